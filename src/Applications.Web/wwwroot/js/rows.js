// Table rows in place. The server reads rows by their key in `Name.index`, so keys need no order and gaps do no harm.
const newKey = () => "n" + Math.random().toString(36).slice(2, 9);

/**
 * `<div data-rows data-max-rows="100">` holds a table body `[data-rows-body]`, a `<template>` of one row with `__key__` in its names, and buttons named
 * `row-action` whose values begin with what they do: add, up, down, copy, remove. Without scripts they post the form and the server does the same.
 * Where it does not, the buttons are `[data-row-add]` and `[data-row-remove]`, hidden until here.
 */
export default function rows(box, { announce, enhance }) {
  const body = box.querySelector("[data-rows-body]");
  const template = box.querySelector("template");
  const max = Number(box.dataset.maxRows ?? 500);
  const fields = (row) => [...row.querySelectorAll("input:not([type=hidden]):not([type=file]), select, textarea")];
  const changed = () => body.dispatchEvent(new Event("input", { bubbles: true }));
  const place = (row) => [...body.children].indexOf(row) + 1;
  box.querySelectorAll("[data-rows-hint], [data-row-add], [data-row-remove]").forEach((element) => { element.hidden = false; });

  function make(before = null) {
    if (!template || body.children.length >= max) {
      announce(`最多 ${max} 行`);
      return null;
    }
    const holder = document.createElement("template");
    holder.innerHTML = template.innerHTML.replaceAll("__key__", newKey());
    const row = holder.content.firstElementChild;
    body.insertBefore(row, before);
    enhance(row);
    return row;
  }

  const verbs = {
    add() {
      const row = make();
      if (row) {
        fields(row)[0]?.focus();
        announce(`已添加一行，共 ${body.children.length} 行`);
      }
      return row;
    },
    copy(row) {
      const copy = make(row.nextElementSibling);
      if (copy) {
        const from = fields(row);
        fields(copy).forEach((field, i) => { field.value = from[i].value; });
        fields(copy)[0]?.focus();
        announce(`已复制为第 ${place(copy)} 行`);
      }
      return copy;
    },
    up: (row) => move(row, row.previousElementSibling, "已是第一行"),
    down: (row) => move(row, row.nextElementSibling?.nextElementSibling ?? null, "已是最后一行", row.nextElementSibling),
    remove(row) {
      const next = row.nextElementSibling ?? row.previousElementSibling;
      row.remove();
      (next && fields(next)[0] || box.querySelector("[value^=add], [data-row-add]"))?.focus();
      announce(`已删除一行，共 ${body.children.length} 行`);
      return body;
    },
  };

  function move(row, before, atEnd, beyond = before) {
    if (!beyond) {
      announce(atEnd);
      return null;
    }
    body.insertBefore(row, before);
    announce(`已移到第 ${place(row)} 行`);
    return row;
  }

  function paste(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const start = event.target.closest("[data-rows-body] > *");
    if (!start || !/[\t\n]/.test(text.trim())) {
      return;
    }
    event.preventDefault();
    const lines = cells(text);
    const column = fields(start).indexOf(event.target);
    let row = start;
    let done = 0;
    for (const line of lines) {
      row ??= make();
      if (!row) {
        break;
      }
      const targets = fields(row).slice(column);
      for (const value of line) {
        const target = targets.shift();
        if (!target) {
          break;
        }
        const ends = target.closest(".period") ? value.split(/至|到|~|～|—+|–/) : [];
        put(target, ends.length === 2 ? ends[0].trim() : value.trim());
        if (ends.length === 2 && targets[0]?.name === target.name) {
          put(targets.shift(), ends[1].trim());
        }
      }
      row = row.nextElementSibling;
      done += 1;
    }
    announce(done < lines.length ? `已粘贴 ${done} 行，其余 ${lines.length - done} 行超出上限` : `已粘贴 ${done} 行`);
    changed();
  }

  box.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=row-action], [data-row-add], [data-row-remove]");
    if (!button) {
      return;
    }
    event.preventDefault();
    const verb = "rowAdd" in button.dataset ? "add" : "rowRemove" in button.dataset ? "remove" : button.value.split(":")[0];
    if (verbs[verb](button.closest("[data-rows-body] > *"))) {
      if (button.isConnected && /^(up|down)/.test(button.value)) {
        button.focus();
      }
      changed();
    }
  });
  body.addEventListener("paste", paste);
}

/** Lines and cells as Excel puts them on the clipboard: a cell with a line break or a tab stands in quotation marks. */
function cells(text) {
  const lines = [[]];
  const part = /"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*)/y;
  const plain = text.replace(/\r/g, "").replace(/\n+$/, "");
  for (let at = 0; at <= plain.length;) {
    part.lastIndex = at;
    const [whole, quoted, bare] = part.exec(plain);
    lines.at(-1).push(quoted === undefined ? bare : quoted.replaceAll('""', '"').replaceAll("\n", " "));
    at += whole.length;
    if (plain[at] === "\n") {
      lines.push([]);
    } else if (plain[at] !== "\t") {
      break;
    }
    at += 1;
  }
  return lines;
}

/** A choice takes its value or its words; a date takes 2024/3/9 as well; a number loses its thousands separators. */
function put(field, value) {
  if (field.tagName === "SELECT") {
    const option = [...field.options].find((o) => o.value === value || o.text.trim() === value);
    field.value = option ? option.value : field.value;
  } else if (field.type === "date") {
    const parts = value.match(/^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})/);
    field.value = parts ? `${parts[1]}-${parts[2].padStart(2, "0")}-${parts[3].padStart(2, "0")}` : "";
  } else if (field.type === "checkbox") {
    field.checked = /^(是|1|true|√)$/i.test(value);
  } else {
    field.value = field.inputMode === "decimal" || field.inputMode === "numeric" ? value.replaceAll(",", "") : value;
  }
}
