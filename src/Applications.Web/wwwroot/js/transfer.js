// One file to the server in parts (standard Content-Range). A cut line is waited out; what has arrived is not sent again.
const partSize = 1024 * 1024;
const longestWait = 15000;

/** The server will not have it: its words are for the reader. */
export class Refused extends Error {}

/**
 * Sends `file`; resolves when it is kept. `task`: `{address, token, field, replaces}`; `told`: `progress(bytes)`, `waiting(seconds)`; `signal` stops it, and
 * `forget` (resolved with a function once there is something) gives up what has arrived.
 */
export async function transfer(file, task, told, signal) {
  const call = caller(task.token, signal);
  const opening = JSON.stringify({ field: task.field, name: file.name, size: file.size, sha256: await digest(file), replaces: task.replaces || null });
  let state = await patient(() => call(task.address, "POST", opening, { "Content-Type": "application/json" }), told, signal);
  const address = `${task.address}/${state.id}`;
  task.forget = () => caller(task.token)(address, "DELETE").catch(() => {});
  while (!state.fileId) {
    told.progress(state.received);
    const from = state.received;
    const to = Math.min(from + partSize, file.size);
    const range = from < to ? `bytes ${from}-${to - 1}/${file.size}` : `bytes */${file.size}`;
    state = await patient(
      () => call(address, "PUT", file.slice(from, to), { "Content-Range": range, "Content-Type": "application/octet-stream" }),
      told, signal, () => call(address, "GET"));
  }
  told.progress(file.size);
}

function caller(token, signal) {
  return async (address, method, body, headers = {}) => {
    const answer = await fetch(address, { method, body, signal, redirect: "manual", headers: { ...headers, RequestVerificationToken: token } });
    if (answer.type === "opaqueredirect" || answer.status === 401) {
      throw new Refused("登录已失效，请重新登录后再选择同一文件，已上传的部分不会丢失。");
    }
    if (answer.status >= 500 || answer.status === 429 || answer.status === 408) {
      throw new TypeError(`HTTP ${answer.status}`);
    }
    const json = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
    if (json && "received" in json) {
      return json;
    }
    if (!answer.ok) {
      throw new Refused(json?.title ?? (answer.status === 404 ? "这次上传已被放弃或过期，请重新选择文件。" : "服务器未接受该文件，请稍后重试。"));
    }
    return json;
  };
}

/** Tries again until the line is back; then asks how much has arrived and goes on from there. */
async function patient(attempt, told, signal, ask) {
  for (let wait = 1000, next = attempt; ; wait = Math.min(wait * 2, longestWait)) {
    try {
      return await next();
    } catch (error) {
      if (!(error instanceof TypeError)) {
        throw error;
      }
      told.waiting(wait / 1000);
      await pause(wait, signal);
      next = ask ?? attempt;
    }
  }
}

function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    window.addEventListener("online", () => { clearTimeout(timer); resolve(); }, { once: true });
    signal.addEventListener("abort", () => { clearTimeout(timer); reject(signal.reason); }, { once: true });
  });
}

/** SHA-256 in hex, or null where the browser does not count it (a page without TLS). */
async function digest(file) {
  if (!crypto.subtle) {
    return null;
  }
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
