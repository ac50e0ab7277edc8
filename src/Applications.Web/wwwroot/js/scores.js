// A score sheet while it is being filled in: the sum, what is out of its range, suggestions taken over one by one. The server checks all of it again.

/** Adds up the form's criteria in `data-total`, in hundredths: the sum must be exact. */
export default function scores(line, { announce }) {
  const form = line.closest("form");
  const criteria = [...form.querySelectorAll("[data-full]")].map((item) => ({ item, field: item.querySelector("input") })).filter(({ field }) => field);
  const lock = form.querySelector("[data-total-confirm]");

  function add(label) {
    const base = hundredths(line.dataset.totalBase ?? "0");
    const sum = criteria.reduce((all, { item, field }) => all + (fault(item, field) ? 0 : hundredths(field.value)), base);
    const faulty = criteria.filter(({ item, field }) => fault(item, field)).length;
    line.querySelector("output").textContent = String(sum / 100);
    if (label) {
      line.querySelector("[data-total-label]").textContent = faulty ? `合计（${faulty} 项分数有误，未计入）` : label;
    }
    if (lock) {
      // A sheet that will be refused is not asked about: the server says what is wrong.
      const whole = faulty === 0 && criteria.every(({ field }) => field.value.trim() !== "");
      lock.dataset.confirm = whole ? lock.dataset.totalConfirm.replace("#", sum / 100) : "";
    }
  }

  /** What a refused attempt said on top of a field that is mended is out of date. */
  function settle(field) {
    const summary = document.querySelector(".error-summary");
    summary?.querySelector(`a[href="#${CSS.escape(field.id)}"]`)?.closest("li")?.remove();
    const left = summary?.querySelectorAll("li").length;
    if (left === 0) {
      summary.remove();
    } else if (left) {
      summary.querySelector("h2").textContent = `有 ${left} 处需要修改`;
    }
  }

  function adopt(field, value) {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  form.querySelector("[data-suggest]")?.addEventListener("click", (event) => {
    event.preventDefault();
    const empty = criteria.filter(({ item, field }) => field.value.trim() === "" && item.querySelector("[data-adopt]"));
    empty.forEach(({ item, field }) => adopt(field, item.querySelector("[data-adopt]").dataset.adopt));
    const words = empty.length ? `已在 ${empty.length} 个空白项填入建议分，请逐项核对` : "没有空白的项可填：已填的分数不改，要改用建议分请按该项旁的“采用”";
    form.querySelector("[data-save-state]").textContent = words;
    announce(words);
  });

  form.addEventListener("input", (event) => {
    const one = criteria.find(({ field }) => field === event.target);
    // While a number is being typed only a mended one is told.
    if (one && !fault(one.item, one.field)) {
      tell(one.item, one.field);
      settle(one.field);
    }
    add("合计（尚未保存）");
  });
  form.addEventListener("saved", () => add("已保存合计"));
  for (const { item, field } of criteria) {
    field.addEventListener("change", () => tell(item, field));
    const offer = item.querySelector("[data-adopt]");
    if (offer) {
      offer.hidden = false;
      offer.addEventListener("click", () => {
        adopt(field, offer.dataset.adopt);
        field.focus();
      });
    }
  }
  add(null);
}

// A Chinese keyboard gives full-width digits.
const plain = (text) => text.normalize("NFKC").trim();
const hundredths = (text) => Math.round((Number(plain(text)) || 0) * 100);

/** What is wrong with a criterion's points; null when nothing is. */
function fault(item, field) {
  const text = plain(field.value);
  const { full, step } = item.dataset;
  if (text === "") {
    return null;
  }
  if (!/^-?\d+(\.\d+)?$/.test(text)) {
    return `“${text}”不是数字，请填 0 至 ${full} 分`;
  }
  if (Number(text) < 0 || Number(text) > Number(full)) {
    return `应在 0 至 ${full} 分之间`;
  }
  return Math.abs((Number(text) / Number(step)) % 1) > 1e-9 && Math.abs((Number(text) / Number(step)) % 1) < 1 - 1e-9 ? `以 ${step} 分为一档` : null;
}

function tell(item, field) {
  const holder = field.closest(".field");
  const words = fault(item, field);
  holder.querySelectorAll(".field-error").forEach((old) => old.remove());
  holder.classList.toggle("has-error", words !== null);
  if (words === null) {
    field.removeAttribute("aria-invalid");
    return;
  }
  const said = document.createElement("p");
  said.className = "field-error";
  said.id = `${field.id}-error`;
  said.textContent = words;
  said.setAttribute("role", "alert");
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", `${field.id}-hint ${said.id}`);
  (field.closest(".with-unit") ?? field).before(said);
}
