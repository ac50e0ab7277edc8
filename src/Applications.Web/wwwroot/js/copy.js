/** A button that puts its `data-copy` into the clipboard. Without one, or without scripts, the text stands beside it to be selected. */
export default function copy(button, { announce }) {
  if (!navigator.clipboard) {
    return;
  }
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const words = button.textContent;
    button.textContent = "已复制";
    announce("已复制");
    setTimeout(() => { button.textContent = words; }, 2000);
  });
}
