// What is typed is kept in this browser within a second and saved within 20. When the server cannot take it (offline, signed out), the copy stays and is
// merged when the page is open again; the server tells a colleague's changes from one's own by the fingerprints in `Base`.
const every = 20_000;
const settle = 1_000;
const keptFor = 7 * 24 * 3600 * 1000;
const secret = /(__RequestVerificationToken|IdempotencyKey|(^|\.)Version)$/;
const unseen = /^Base$/;

const clock = () => new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Shanghai" });

/** `<form data-autosave [data-autosave-url] [data-autosave-user]>`; the state is shown in `[data-save-state]`, made when absent. */
export default async function autosave(form, { announce }) {
  const place = `draft:${form.dataset.autosaveUser ?? ""}:${location.pathname}`;
  const state = form.querySelector("[data-save-state]") ?? form.appendChild(Object.assign(document.createElement("p"), { className: "save-state" }));
  let dirty = false;
  let stopped = false;
  let submitted = false;
  let running = null;
  let keeping = 0;
  let key = null;
  state.setAttribute("role", "status");

  function show(text, failed) {
    state.textContent = text;
    state.classList.toggle("failed", failed);
  }

  function keep(sent = false) {
    clearTimeout(keeping);
    if (key === null) {
      return false;
    }
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), sent, values: typed(form) }));
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
    const body = data(form);
    let reply;
    try {
      reply = await post(form, body);
    } catch {
      dirty = true;
      failed("网络中断，未能保存");
      return;
    }
    if (reply.ok) {
      const answer = reply.headers.get("content-type")?.includes("json") ? await reply.json() : {};
      accept(form, answer);
      const taken = answer.taken?.length ? `，${answer.by ?? "同事"}同时修改的“${answer.taken.map((t) => t.label).join("”、“")}”已一并保留` : "";
      show(`已保存 ${answer.savedAt ?? clock()}${taken}`, false);
      if (!dirty) {
        clearTimeout(keeping);
        localStorage.removeItem(key);
        form.dispatchEvent(new Event("saved"));
      }
    } else if (reply.status === 409) {
      stopped = true;
      failed(await said(reply) ?? "该内容已在别处修改，已停止自动保存，请刷新页面");
    } else {
      dirty = true;
      failed(reply.status === 422 ? (await said(reply)) ?? "暂时未能保存" : reply.status === 400 || reply.status === 401 || reply.type === "opaqueredirect" ? "登录可能已过期，未能保存" : "暂时未能保存");
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
    submitted = false;
    clearTimeout(keeping);
    keeping = setTimeout(keep, settle);
    if (!stopped) {
      show("有未保存的修改", false);
    }
  });
  // A save under way is waited for, or the submit would carry what was known before it.
  form.addEventListener("submit", (event) => {
    if (running) {
      event.preventDefault();
      event.stopImmediatePropagation();
      const button = event.submitter;
      running.then(() => form.requestSubmit(button));
      return;
    }
    submitted = true;
    keep(true);
  }, true);
  // What a link leads to shows what is saved, so what was just typed goes first. It is followed even where the save fails: the copy is kept.
  form.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-after-save]");
    if (link && (dirty || running)) {
      event.preventDefault();
      Promise.resolve(running).then(save).then(() => { location.href = link.href; });
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && dirty) {
      keep(submitted);
      save();
    }
  });
  window.addEventListener("online", save);
  setInterval(save, every);
  told(form);
  const { name, former } = await tabName();
  key = `${place}#${name}`;
  if (dirty) {
    keep();
  }
  // A page that shows a conflict holds everything that was typed already.
  const bringBack = () => !dirty && !form.querySelector("[data-conflict]") && recover(form, place, key, announce);
  await bringBack();
  if (former) {
    navigator.locks.request(`tab:${former}`, bringBack);
  }
}

/** One name a tab, kept over reloads. A duplicated tab takes a new one, and so does a page whose predecessor is slow to go; `former` is the name it could not have. */
async function tabName() {
  const made = () => Math.random().toString(36).slice(2, 8);
  let name = sessionStorage.getItem("tab") ?? made();
  let former = null;
  if (navigator.locks && !(await hold(name))) {
    former = name;
    name = made();
    await hold(name);
  }
  sessionStorage.setItem("tab", name);
  return { name, former };
}

/** Holds the tab's name as long as the page lives; false when another tab holds it. The page before in this tab may take a moment to let go. */
const hold = (name) => new Promise((answer) => {
  navigator.locks.request(`tab:${name}`, { signal: AbortSignal.timeout(1_000) }, () => {
    answer(true);
    return new Promise(() => {});
  }).catch(() => answer(false));
});

function target(form) {
  const url = new URL(form.dataset.autosaveUrl ?? form.getAttribute("action") ?? "", location.href);
  if (!form.dataset.autosaveUrl) {
    url.searchParams.set("handler", "Autosave");
  }
  return url;
}

const post = (form, body) => fetch(target(form), { method: "POST", body, redirect: "manual", headers: { "X-Requested-With": "autosave" } });

function data(form) {
  const all = new FormData(form);
  for (const [name, value] of [...all]) {
    if (value instanceof File) {
      all.delete(name);
    }
  }
  return all;
}

const typed = (form) => [...data(form)].filter(([name]) => !secret.test(name));
const visible = (values) => JSON.stringify(values.filter(([name]) => !unseen.test(name)));

/** Takes over version and fingerprints. What a colleague changed is not on this page yet, so of that the page still knows the older state. */
function accept(form, answer) {
  const version = form.querySelector("input[name=Version], input[name$='.Version']");
  if (answer.version && version) {
    version.value = answer.version;
  }
  const known = form.querySelector("input[name=Base]");
  if (answer.base && known) {
    const old = JSON.parse(known.value || "{}");
    known.value = JSON.stringify({ ...answer.base, ...Object.fromEntries((answer.taken ?? []).filter((t) => t.key in old).map((t) => [t.key, old[t.key]])) });
  }
}

async function said(reply) {
  try {
    return (await reply.json()).message;
  } catch {
    return null;
  }
}

/** Copies of this page that never reached the server: this tab's own, and those of tabs that are gone. */
async function copies(place, own) {
  const alive = navigator.locks ? (await navigator.locks.query()).held.map((lock) => lock.name) : null;
  const found = [];
  for (const key of Object.keys(localStorage).filter((k) => k === own || k.startsWith(`${place}#`))) {
    const tab = key.split("#").pop();
    if (key !== own && (alive === null || alive.includes(`tab:${tab}`))) {
      continue;
    }
    try {
      const kept = JSON.parse(localStorage.getItem(key));
      if (Date.now() - kept.at <= keptFor) {
        found.push([key, kept]);
        continue;
      }
    } catch {
      // Not ours, or broken: nothing to bring back.
    }
    localStorage.removeItem(key);
  }
  return found.sort(([, a], [, b]) => a.at - b.at);
}

async function recover(form, place, own, announce) {
  for (const [key, kept] of await copies(place, own)) {
    // Sent by its button and told as saved: the server has it, whatever fields the page asks for now.
    const arrived = kept.sent && document.querySelector(".alert-success");
    if (arrived || visible(kept.values) === visible(typed(form))) {
      localStorage.removeItem(key);
      continue;
    }
    const body = data(form);
    [...new Set(kept.values.map(([name]) => name))].forEach((name) => body.delete(name));
    kept.values.forEach(([name, value]) => body.append(name, value));
    let reply = null;
    try {
      reply = await post(form, body);
    } catch {
      // Offline still: it is offered below, and tried again when the page is opened next.
    }
    if (reply?.ok) {
      localStorage.removeItem(key);
      sessionStorage.setItem("told", `未能及时保存的内容（${when(kept)}填写）已从本机浏览器取回并保存。`);
      location.reload();
      return;
    }
    if (reply?.status === 409) {
      // The server shows both answers side by side.
      return resubmit(form, kept);
    }
    offer(form, key, kept);
    announce("本机浏览器暂存了未能保存的内容");
  }
}

const when = (kept) => new Date(kept.at).toLocaleString("zh-CN", { timeZone: "Asia/Shanghai" });

function resubmit(form, kept) {
  const copy = document.createElement("form");
  copy.method = "post";
  copy.action = form.getAttribute("action") || location.pathname;
  const fields = [...data(form)].filter(([name]) => secret.test(name));
  for (const [name, value] of [...fields, ...kept.values, ["action", "save"]]) {
    copy.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(copy);
  copy.submit();
}

function told(form) {
  const text = sessionStorage.getItem("told");
  if (text) {
    sessionStorage.removeItem("told");
    const box = Object.assign(document.createElement("div"), { className: "alert alert-success" });
    box.append(Object.assign(document.createElement("div"), { textContent: text }));
    box.setAttribute("role", "status");
    form.before(box);
  }
}

function offer(form, key, kept) {
  const box = document.createElement("div");
  box.className = "alert alert-warning";
  const text = document.createElement("div");
  text.textContent = `本机浏览器暂存了 ${when(kept)} 未能保存的内容。`;
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
    } else if (waiting && field.type !== "file" && (field.type !== "hidden" || unseen.test(field.name))) {
      field.value = waiting.shift() ?? field.value;
    }
  }
}
