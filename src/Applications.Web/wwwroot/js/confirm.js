/** Asks before a button's form goes out. Without scripts the server asks on a page of its own, or the button stands in a panel. */
export default function confirm(button) {
  let sure = false;
  button.addEventListener("click", (event) => {
    if (sure) {
      sure = false;
      return;
    }
    // Nothing is chosen that the question would be about: the server says so at the field.
    const question = words(button);
    if (question === null) {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(question, button.textContent.trim(), button.classList.contains("button-danger")).then((yes) => {
      if (yes) {
        sure = true;
        button.click();
      }
    });
  }, true);
}

/** `{Name}` in the question stands for the words of what is chosen under that name; null when nothing is, and when there is no question. */
function words(button) {
  if (!button.dataset.confirm) {
    return null;
  }
  let missing = false;
  const question = button.dataset.confirm.replace(/\{(\w+)\}/g, (_, name) => {
    const chosen = button.form?.querySelector(`[name="${name}"]:checked`);
    missing ||= !chosen;
    return chosen?.closest("label").textContent.trim();
  });
  return missing ? null : question;
}

function make(name, className, text) {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}

function ask(question, action, danger) {
  const dialog = make("dialog", "dialog", "");
  const title = make("h2", "", "请确认");
  title.id = "dialog-title";
  dialog.setAttribute("aria-labelledby", title.id);
  const actions = make("div", "actions", "");
  const no = make("button", "button button-secondary", "取消");
  const yes = make("button", danger ? "button button-danger-solid" : "button", action);
  actions.append(no, yes);
  dialog.append(title, make("p", "", question), actions);
  document.body.append(dialog);
  return new Promise((resolve) => {
    no.addEventListener("click", () => dialog.close());
    yes.addEventListener("click", () => dialog.close("yes"));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    dialog.showModal();
    no.focus();
  });
}
