/** Adds up the form's fields whose names begin with `data-total`, while they are being filled in. In hundredths: the sum must be exact. */
export default function total(line) {
  const form = line.closest("form");
  const fields = [...form.querySelectorAll("input")].filter((field) => field.name.startsWith(line.dataset.total));
  form.addEventListener("input", () => {
    const base = Math.round(Number(line.dataset.totalBase ?? 0) * 100);
    const sum = fields.reduce((hundredths, field) => hundredths + Math.round((Number(field.value) || 0) * 100), base);
    line.querySelector("output").textContent = String(sum / 100);
    line.querySelector("[data-total-label]").textContent = "合计（尚未保存）";
  });
}
