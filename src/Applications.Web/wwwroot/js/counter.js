/** Characters left, counted as the server counts them: a line break is two. */
export default function counter(note) {
  const field = document.getElementById(note.dataset.counter);
  const max = Number(note.dataset.max);
  if (!field) {
    return;
  }
  const show = () => {
    const used = field.value.replace(/\r?\n/g, "\r\n").length;
    note.textContent = used > max ? `超出 ${used - max} 字（最多 ${max} 字）` : `${used} / ${max} 字`;
    note.classList.toggle("over", used > max);
  };
  field.removeAttribute("maxlength");
  field.addEventListener("input", show);
  show();
}
