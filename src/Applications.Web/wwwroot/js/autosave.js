// The draft is saved every 20 seconds while it changes and when the page is put away. When the server cannot take it
// (offline, signed out, expired token), what was typed stays in this browser and is offered again.
const every = 20_000;
const keptFor = 7 * 24 * 3600 * 1000;
const secret = /(__RequestVerificationToken|IdempotencyKey|(^|\.)Version)$/;

const clock = () => new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Shanghai" });

/** `<form data-autosave [data-autosave-url] [data-autosave-user]>`; the state is shown in `[data-save-state]`, made when absent. */
export default function autosave(form, { announce }) {
  const key = `draft:${form.dataset.autosaveUser ?? ""}:${location.pathname}`;
  const state = form.querySelector("[data-save-state]") ?? form.appendChild(Object.assign(document.createElement("p"), { className: "save-state" }));
  let dirty = false;
  let stopped = false;
  let running = null;

  function url() {
    const target = new URL(form.dataset.autosaveUrl ?? form.getAttribute("action") ?? "", location.href);
    if (!form.dataset.autosaveUrl) {
      target.searchParams.set("handler", "Autosave");
    }
    return target;
  }

  function data() {
    const all = new FormData(form);
    for (const [name, value] of [...all]) {
      if (value instanceof File) {
        all.delete(name);
      }
    }
    return all;
  }

  function show(text, failed) {
    state.textContent = text;
    state.classList.toggle("failed", failed);
  }

  function keep(sent = false) {
    const values = [...data()].filter(([name]) => !secret.test(name));
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), sent, values }));
      return true;
    } catch {
      return false;
    }
  }

  function failed(text) {
    const kept = keep();
    show(`${text}${kept ? "，内容已暂存在本机浏览器" : "，请勿关闭页面"}`, true);
    announce(state.textContent);
  }

  async function send() {
    dirty = false;
    let reply;
    try {
      reply = await fetch(url(), { method: "POST", body: data(), redirect: "manual", headers: { "X-Requested-With": "autosave" } });
    } catch {
      dirty = true;
      failed("网络中断，未能保存");
      return;
    }
    if (reply.ok) {
      const answer = reply.headers.get("content-type")?.includes("json") ? await reply.json() : {};
      const version = form.querySelector("input[name=Version], input[name$='.Version']");
      if (answer.version && version) {
        version.value = answer.version;
      }
      localStorage.removeItem(key);
      show(`已保存 ${answer.savedAt ?? clock()}`, false);
      if (!dirty) {
        form.dispatchEvent(new Event("saved"));
      }
    } else if (reply.status === 409) {
      stopped = true;
      failed("该内容已在别处修改，已停止自动保存，请刷新页面");
    } else {
      dirty = true;
      failed(reply.status === 400 || reply.status === 401 || reply.type === "opaqueredirect" ? "登录可能已过期，未能保存" : "暂时未能保存");
    }
  }

  function save() {
    if (dirty && !stopped && !running && form.isConnected && !form.dataset.sent) {
      running = send().finally(() => { running = null; });
    }
    return running;
  }

  form.addEventListener("input", () => {
    dirty = true;
    if (!stopped) {
      show("有未保存的修改", false);
    }
  });
  // A save under way is waited for, or the submit would carry the version before it.
  form.addEventListener("submit", (event) => {
    if (running) {
      event.preventDefault();
      event.stopImmediatePropagation();
      const button = event.submitter;
      running.then(() => form.requestSubmit(button));
      return;
    }
    keep(true);
  }, true);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
  setInterval(save, every);
  state.setAttribute("role", "status");
  offer(form, key);
}

function offer(form, key) {
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    localStorage.removeItem(key);
  }
  if (!kept || Date.now() - kept.at > keptFor || same(form, kept.values)) {
    localStorage.removeItem(key);
    return;
  }
  const box = document.createElement("div");
  box.className = "alert alert-warning";
  const text = document.createElement("div");
  text.textContent = `本机浏览器暂存了 ${new Date(kept.at).toLocaleString("zh-CN", { timeZone: "Asia/Shanghai" })} 未能保存的内容。`;
  const restore = button("恢复", () => {
    fill(form, kept.values);
    form.dispatchEvent(new Event("input", { bubbles: true }));
    box.remove();
  });
  const drop = button("丢弃", () => {
    localStorage.removeItem(key);
    box.remove();
  });
  text.append(" ", restore, " ", drop);
  box.append(text);
  form.prepend(box);
}

function button(text, press) {
  const element = Object.assign(document.createElement("button"), { type: "button", className: "button button-small button-secondary", textContent: text });
  element.addEventListener("click", press);
  return element;
}

const shown = (form) => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !secret.test(name));
const same = (form, values) => JSON.stringify(shown(form)) === JSON.stringify(values);

/** Puts values back by name and order; rows that are gone are not made again. */
function fill(form, values) {
  const left = new Map();
  values.forEach(([name, value]) => left.set(name, [...(left.get(name) ?? []), value]));
  for (const field of form.elements) {
    const waiting = left.get(field.name);
    if (field.type === "checkbox" || field.type === "radio") {
      if (field.name && !secret.test(field.name)) {
        field.checked = waiting?.includes(field.value) ?? false;
      }
    } else if (waiting && field.type !== "file" && field.type !== "hidden") {
      field.value = waiting.shift() ?? field.value;
    }
  }
}
