// What a reviewer marks beside the fields is gathered at the place where he decides, and kept while he turns between the changes and the whole text.
const written = (areas) => areas.filter((area) => area.value.trim() !== "");

/** `<div data-marks="ID">` in the form of the decision; the remarks are `textarea[data-mark]` that belong to this form, wherever they stand. */
export default function marks(box, { announce }) {
  const form = box.closest("form");
  const key = `marks:${box.dataset.marks}`;
  const areas = [...document.querySelectorAll(`textarea[data-mark][form="${form.id}"]`)];
  const list = Object.assign(document.createElement("ul"), { className: "marked-list" });
  const count = document.createElement("p");
  box.append(count, list);
  let elsewhere = restore();

  /** Remarks to fields that this view does not show still go out with the decision. */
  function restore() {
    let kept = {};
    try {
      kept = JSON.parse(sessionStorage.getItem(key) ?? "{}");
    } catch {
      sessionStorage.removeItem(key);
    }
    for (const area of areas) {
      if (kept[area.name]) {
        area.value ||= kept[area.name].text;
        area.closest("details").open = true;
        delete kept[area.name];
      }
    }
    return kept;
  }

  function show() {
    const here = written(areas);
    const kept = { ...elsewhere };
    here.forEach((area) => { kept[area.name] = { label: area.dataset.mark, text: area.value }; });
    try {
      sessionStorage.setItem(key, JSON.stringify(kept));
    } catch {
      // Without storage the remarks live as long as the page.
    }
    const total = Object.keys(kept).length;
    count.textContent = total === 0 ? "尚未标注。" : `已标注 ${total} 处：`;
    list.replaceChildren(...here.map(line), ...Object.entries(elsewhere).map(other));
  }

  function line(area) {
    const item = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: `#${area.id}`, textContent: area.dataset.mark });
    link.addEventListener("click", () => {
      for (let outer = area.closest("details"); outer; outer = outer.parentElement.closest("details")) {
        outer.open = true;
      }
      area.focus();
    });
    item.append(link, `：${area.value.trim()}`);
    return item;
  }

  function other([name, { label, text }]) {
    const item = document.createElement("li");
    const hidden = Object.assign(document.createElement("input"), { type: "hidden", name, value: text });
    const drop = Object.assign(document.createElement("button"), { type: "button", className: "button button-link button-small", textContent: "取消" });
    drop.setAttribute("aria-label", `取消标注：${label}`);
    drop.addEventListener("click", () => {
      delete elsewhere[name];
      show();
      announce(`已取消标注：${label}`);
    });
    item.append(`${label}：${text} `, drop, hidden);
    return item;
  }

  areas.forEach((area) => area.addEventListener("input", show));
  form.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) {
      sessionStorage.removeItem(key);
    }
  });
  show();
}
