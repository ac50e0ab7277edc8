// Table rows in place. The server reads rows by their key in `Name.index`, so keys need no order and gaps do no harm.
const newKey = () => "n" + Math.random().toString(36).slice(2, 9);

/**
 * `<div data-rows data-max-rows="100">` holds a table body `[data-rows-body]`, a `<template>` of one row with `__key__` in its names,
 * a button `[data-row-add]` and in each row `[data-row-remove]`, both hidden until here. Without scripts the page has two empty rows to spare, and an
 * emptied row is dropped when the form is saved.
 */
export default function rows(box, { announce }) {
  const body = box.querySelector("[data-rows-body]");
  const template = box.querySelector("template");
  const max = Number(box.dataset.maxRows ?? 500);
  const fields = (row) => [...row.querySelectorAll("input:not([type=hidden]):not([type=file]), select, textarea")];
  box.querySelectorAll("[data-row-add], [data-row-remove]").forEach((button) => { button.hidden = false; });
  const changed = () => body.dispatchEvent(new Event("input", { bubbles: true }));

  function add() {
    if (!template || body.children.length >= max) {
      announce(`最多 ${max} 行`);
      return null;
    }
    const holder = document.createElement("template");
    holder.innerHTML = template.innerHTML.replaceAll("__key__", newKey());
    const row = holder.content.firstElementChild;
    body.append(row);
    return row;
  }

  function remove(row) {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    (next && fields(next)[0] || box.querySelector("[data-row-add]"))?.focus();
    announce(`已删除一行，共 ${body.children.length} 行`);
    changed();
  }

  function paste(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const start = event.target.closest("[data-rows-body] > *");
    if (!start || !/[\t\n]/.test(text.trim())) {
      return;
    }
    event.preventDefault();
    const lines = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n");
    const column = fields(start).indexOf(event.target);
    let row = start;
    let done = 0;
    for (const line of lines) {
      row ??= add();
      if (!row) {
        break;
      }
      const cells = fields(row).slice(column);
      line.split("\t").slice(0, cells.length).forEach((value, position) => put(cells[position], value.trim()));
      row = row.nextElementSibling;
      done += 1;
    }
    announce(done < lines.length ? `已粘贴 ${done} 行，其余 ${lines.length - done} 行超出上限` : `已粘贴 ${done} 行`);
    changed();
  }

  box.addEventListener("click", (event) => {
    if (event.target.closest("[data-row-add]")) {
      event.preventDefault();
      const row = add();
      if (row) {
        fields(row)[0]?.focus();
        announce(`已添加一行，共 ${body.children.length} 行`);
        changed();
      }
    } else if (event.target.closest("[data-row-remove]")) {
      event.preventDefault();
      remove(event.target.closest("[data-rows-body] > *"));
    }
  });
  body.addEventListener("paste", paste);
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
