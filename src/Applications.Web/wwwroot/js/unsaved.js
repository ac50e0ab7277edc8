/** Warns before a changed form is left. A saved draft or a submit clears it. */
export default function unsaved(form) {
  let dirty = false;
  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("saved", () => { dirty = false; });
  form.addEventListener("submit", (event) => { dirty = event.defaultPrevented && dirty; });
  window.addEventListener("beforeunload", (event) => {
    if (dirty && form.isConnected) {
      event.preventDefault();
    }
  });
}
