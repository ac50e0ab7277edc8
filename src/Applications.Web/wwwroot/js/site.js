// The one module every page loads. The others come only where the page has something for them; without any of them the page works.
import { announce, init as start } from "./page.js";

const modules = {
  "form[data-autosave]": "./autosave.js",
  "form[data-unsaved]": "./unsaved.js",
  "[data-rows]": "./rows.js",
  "[data-counter]": "./counter.js",
  "[data-marks]": "./marks.js",
  "[data-confirm]": "./confirm.js",
  "input[type=file]": "./upload.js",
  "[data-code-list]": "./codes.js",
  "[data-copy]": "./copy.js",
  "[data-total]": "./scores.js",
  ".picture .current": "./flow.js",
};

async function enhance(root) {
  start(root);
  for (const [selector, path] of Object.entries(modules)) {
    const found = root.querySelectorAll(selector);
    if (found.length > 0) {
      const module = await import(path);
      found.forEach((element) => module.default(element, { announce, enhance }));
    }
  }
}

// Says that the page now does all it can.
enhance(document).then(() => { document.documentElement.dataset.ready = ""; });
