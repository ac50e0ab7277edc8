// Long choices with search: a text input becomes a combobox over a code list. What is posted stays the input itself, so that nothing is lost without this.
const lists = new Map();
const most = 40;
let serial = 0;

/** Entries that stand in the page itself: a `<datalist>`, which the browser offers where this does not run. */
const local = (id) => [...document.querySelectorAll(`${id} > option`)].map(({ value }) => ({ code: value, name: "", label: value, path: [], codes: [value] }));

/** One request a list and page; the browser keeps the answer as long as the address stays the same. */
function load(url) {
  if (url.startsWith("#")) {
    return Promise.resolve(local(url));
  }
  if (!lists.has(url)) {
    lists.set(url, fetch(url).then((reply) => reply.ok ? reply.json() : Promise.reject(reply.status)).then(({ entries }) => {
      const byCode = new Map();
      for (const [code, name, parent, label] of entries) {
        const above = byCode.get(parent);
        byCode.set(code, { code, name, label, above, path: above ? [...above.path, above.name] : [], codes: above ? [...above.codes, code] : [code] });
      }
      return [...byCode.values()].filter((e) => e.label);
    }));
    lists.get(url).catch(() => lists.delete(url));
  }
  return lists.get(url);
}

function search(entries, words) {
  const asked = words.normalize("NFKC").toUpperCase().split(/\s+/).filter(Boolean);
  const near = [];
  const far = [];
  for (const entry of entries) {
    const own = `${entry.code} ${entry.name} ${entry.label}`.toUpperCase();
    const all = `${own} ${entry.path.join(" ")}`.toUpperCase();
    if (asked.every((word) => all.includes(word))) {
      (asked.every((word) => own.includes(word)) ? near : far).push(entry);
    }
  }
  return [...near, ...far];
}

/** `<input data-code-list="/lists/industries.json?v=…" data-under="C I65">` */
export default function codes(input, { announce }) {
  const under = (input.dataset.under ?? "").split(" ").filter(Boolean);
  const list = document.createElement("ul");
  const id = `codes-${++serial}`;
  let found = [];
  let at = -1;
  list.id = id;
  list.className = "codes";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels?.[0]?.firstChild?.textContent.trim() || input.getAttribute("aria-label") || "选项");
  list.popover = "manual";
  input.removeAttribute("list");
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id, autocomplete: "off" })) {
    input.setAttribute(name, value);
  }

  const isOpen = () => list.isConnected;

  function close() {
    if (isOpen()) {
      list.hidePopover();
      list.remove();
    }
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function show() {
    if (!isOpen()) {
      // Beside the input, so that a dialog that holds it holds the list too; in the top layer, so that no scrolled table cuts it off.
      input.after(list);
      list.showPopover();
      input.setAttribute("aria-expanded", "true");
    }
    const box = input.getBoundingClientRect();
    const below = innerHeight - box.bottom - 12;
    const above = box.top - 12;
    const wide = Math.min(Math.max(box.width, 360), innerWidth - 16);
    list.style.width = `${wide}px`;
    list.style.left = `${Math.max(8, Math.min(box.left, innerWidth - wide - 8))}px`;
    list.style.maxHeight = `${Math.min(360, Math.max(below, above))}px`;
    list.style.top = below >= 220 || below >= above ? `${box.bottom + 4}px` : "auto";
    list.style.bottom = below >= 220 || below >= above ? "auto" : `${innerHeight - box.top + 4}px`;
  }

  async function open(words) {
    let entries;
    try {
      entries = await load(input.dataset.codeList);
    } catch {
      announce("代码表暂时无法读取，可直接填写代码");
      return;
    }
    if (document.activeElement !== input) {
      return;
    }
    const all = search(entries.filter((e) => under.length === 0 || e.codes.some((code) => under.includes(code))), words);
    found = all.slice(0, most);
    at = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...found.map(option), ...(all.length === found.length ? [] : [note(`共 ${all.length} 项，只列出前 ${most} 项，请再输入几个字`)]));
    if (found.length === 0) {
      list.replaceChildren(note(input.dataset.codeList.startsWith("#") ? "没有符合的项" : "没有符合的项，可换个说法，或输入代码"));
    }
    show();
    announce(found.length === 0 ? "没有符合的项" : `${all.length} 项，用上下键选择`);
  }

  function option(entry, position) {
    const item = document.createElement("li");
    item.id = `${id}-${position}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.append(Object.assign(document.createElement("span"), { textContent: entry.label }));
    if (entry.path.length > 0) {
      item.append(Object.assign(document.createElement("small"), { textContent: entry.path.join(" › ") }));
    }
    return item;
  }

  function note(text) {
    const item = Object.assign(document.createElement("li"), { className: "note", textContent: text });
    item.setAttribute("role", "option");
    item.setAttribute("aria-disabled", "true");
    item.setAttribute("aria-selected", "false");
    return item;
  }

  function mark(position) {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = (position + found.length) % found.length;
    const item = list.children[at];
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", item.id);
  }

  function take(entry) {
    input.value = entry.label;
    close();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    close();
  }

  input.addEventListener("input", (event) => {
    if (event instanceof InputEvent && !event.isComposing) {
      open(input.value);
    }
  });
  input.addEventListener("compositionend", () => open(input.value));
  input.addEventListener("click", () => { if (!isOpen()) { open(""); input.select(); } });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) {
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen()) {
        open("");
      } else if (found.length > 0) {
        mark(event.key === "ArrowDown" ? at + 1 : at < 0 ? found.length - 1 : at - 1);
      }
    } else if (event.key === "Enter" && isOpen()) {
      event.preventDefault();
      if (at >= 0 || found.length === 1) {
        take(found[Math.max(at, 0)]);
      } else {
        close();
      }
    } else if (event.key === "Escape" && isOpen()) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "Tab" && isOpen() && at >= 0) {
      take(found[at]);
    }
  });
  // The input keeps the focus while the list is pressed.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    const position = [...list.children].indexOf(item);
    if (item && position < found.length) {
      take(found[position]);
    }
  });
  input.addEventListener("blur", async () => {
    close();
    // A code alone is completed with its name.
    const text = input.value.trim().toUpperCase();
    if (text && lists.has(input.dataset.codeList)) {
      const entry = (await load(input.dataset.codeList)).find((e) => e.code === text || (/^\d+$/.test(text) && e.code.slice(1) === text));
      if (entry) {
        input.value = entry.label;
      }
    }
  });
  addEventListener("scroll", (event) => { if (isOpen() && !list.contains(event.target)) { show(); } }, { capture: true, passive: true });
}
