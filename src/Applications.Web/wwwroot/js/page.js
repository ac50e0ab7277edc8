// Small manners of every page: no form goes out twice, menus close, messages are read aloud.
let live;

/** Tells a screen reader, politely. */
export function announce(text) {
  if (!live) {
    live = document.createElement("div");
    live.className = "visually-hidden";
    live.setAttribute("role", "status");
    document.body.append(live);
  }
  live.textContent = text;
}

function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll("[data-was]").forEach((button) => {
    button.innerHTML = button.dataset.was;
    delete button.dataset.was;
    button.removeAttribute("aria-disabled");
  });
}

function guard(form) {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) {
      return;
    }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    const button = event.submitter;
    // The button is not disabled: its name and value belong to what is posted. A download leaves the page where it is.
    if (button && !("download" in form.dataset)) {
      setTimeout(() => {
        button.dataset.was = button.innerHTML;
        button.setAttribute("aria-disabled", "true");
        button.textContent = "正在提交…";
      });
    }
    if ("download" in form.dataset) {
      setTimeout(() => release(form), 3000);
    }
  });
}

/** What was kept when a form went out is dropped as soon as a page says that it arrived. */
function dropSent(root) {
  if (!root.querySelector(".alert-success")) {
    return;
  }
  try {
    Object.keys(localStorage)
      .filter((key) => key.startsWith("draft:") && localStorage[key].includes('"sent":true'))
      .forEach((key) => localStorage.removeItem(key));
  } catch {
    // A browser without storage has kept nothing.
  }
}

export function init(root) {
  root.querySelectorAll("form[method=post]").forEach(guard);
  root.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
  // What is wrong in a fold is not hidden in it.
  root.querySelectorAll("details:has(.field-error)").forEach((fold) => { fold.open = true; });
  root.querySelector("#error-summary")?.focus();
  dropSent(root);
}

window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    document.querySelectorAll("form[data-sent]").forEach(release);
  }
});

const menus = () => document.querySelectorAll(".site-header details[open]");
document.addEventListener("click", (event) => menus().forEach((menu) => {
  if (!menu.contains(event.target)) {
    menu.open = false;
  }
}));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    menus().forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }
});
