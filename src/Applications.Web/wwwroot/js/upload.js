/**
 * Says at once when a file is too large (`data-max-bytes`). In a form with `data-uploads` files go up in parts, with a bar and a way to stop each; they can
 * be dropped on the form's section (`data-drop`). Afterwards that section alone is drawn anew: what is typed elsewhere on the page stays.
 */
import { Refused, transfer } from "./transfer.js";

const megabytes = (bytes) => `${(bytes / 1048576).toFixed(1)} MB`;

export default function upload(input, { announce, enhance }) {
  const form = input.form;
  const max = Number(input.dataset.maxBytes ?? Infinity);
  const tooLarge = (file) => (file.size > max ? `文件“${file.name}”超过 ${Math.floor(max / 1048576)} MB，请压缩后重新上传。` : null);
  input.addEventListener("change", () => {
    input.setCustomValidity([...input.files].map(tooLarge).find(Boolean) ?? "");
    input.reportValidity();
  });
  if (!form?.dataset.uploads) {
    return;
  }
  const section = form.closest("section");
  const begin = (files) => sendAll(form, section, files, tooLarge, { announce, enhance });
  form.addEventListener("submit", (event) => {
    if (input.files.length > 0) {
      event.preventDefault();
      event.stopImmediatePropagation();
      begin([...input.files]);
      input.value = "";
    }
  }, { capture: true });
  if (section.hasAttribute("data-drop") && !form.elements.replaces) {
    form.querySelector("[data-drop-hint]").hidden = false;
    dropOn(section, (files) => begin(input.multiple ? files : files.slice(0, 1)));
  }
}

function dropOn(section, take) {
  section.addEventListener("dragover", (event) => {
    event.preventDefault();
    section.classList.add("is-over");
  });
  section.addEventListener("dragleave", () => section.classList.remove("is-over"));
  section.addEventListener("drop", (event) => {
    event.preventDefault();
    section.classList.remove("is-over");
    take([...event.dataTransfer.files]);
  });
}

async function sendAll(form, section, files, tooLarge, { announce, enhance }) {
  const list = section.querySelector("ul.sending") ?? section.insertBefore(Object.assign(document.createElement("ul"), { className: "files sending" }), section.querySelector(":scope > form"));
  const sent = [];
  const rows = files.map((file) => row(list, file));
  for (const [i, file] of files.entries()) {
    if (await send(file, rows[i], form, tooLarge(file))) {
      sent.push(file.name);
    }
  }
  if (sent.length > 0) {
    await redraw(section, list, sent, enhance);
    announce(`附件已上传：${sent.join("、")}`);
  }
}

function row(list, file) {
  const item = document.createElement("li");
  item.className = "file";
  item.innerHTML = '<div><span class="file-name"></span><span class="file-meta">准备上传…</span><progress class="bar" max="1" value="0"></progress></div><button type="button" class="button button-link button-small">取消</button>';
  item.querySelector(".file-name").textContent = file.name;
  item.querySelector("progress").setAttribute("aria-label", `${file.name} 上传进度`);
  item.querySelector("button").setAttribute("aria-label", `取消上传 ${file.name}`);
  list.append(item);
  return item;
}

/** @returns whether the file is kept now. */
async function send(file, item, form, complaint) {
  const stop = new AbortController();
  const task = { address: form.dataset.uploads, token: form.elements.__RequestVerificationToken.value, field: form.dataset.part, replaces: form.elements.replaces?.value };
  const [meta, bar, button] = [item.querySelector(".file-meta"), item.querySelector("progress"), item.querySelector("button")];
  button.addEventListener("click", () => {
    stop.abort(new DOMException("stopped", "AbortError"));
    button.disabled = true;

    // Gone from the page only when the server has let go of it too.
    Promise.resolve(task.forget?.()).finally(() => item.remove());
  });
  try {
    if (complaint) {
      throw new Refused(complaint);
    }
    await transfer(file, task, {
      progress: (bytes) => {
        bar.value = bytes / file.size;
        meta.textContent = bytes < file.size ? `已上传 ${megabytes(bytes)} / ${megabytes(file.size)}` : "已上传，正在核对…";
      },
      waiting: (seconds) => { meta.textContent = `网络中断，${seconds} 秒后自动重试；已上传的部分不会丢失。`; },
    }, stop.signal);
    item.remove();
    return true;
  } catch (error) {
    if (!stop.signal.aborted) {
      meta.textContent = error instanceof Refused ? error.message : "浏览器未能读取或发送该文件，请重新选择。";
      meta.classList.add("field-error");
      meta.setAttribute("role", "alert");
      bar.remove();
      button.textContent = "关闭";
      button.setAttribute("aria-label", `关闭提示 ${file.name}`);
    }
    return false;
  }
}

/** The section as the server shows it now takes its place; rows that still say something move over. */
async function redraw(section, list, sent, enhance) {
  const answer = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  const fresh = answer.getElementById(section.id);
  if (!fresh) {
    location.reload();
    return;
  }
  section.replaceWith(fresh);
  if (list.children.length > 0) {
    fresh.insertBefore(list, fresh.querySelector(":scope > form"));
  }
  await enhance(fresh);
  const done = Object.assign(document.createElement("p"), { className: "soft", textContent: `附件已上传：${sent.join("、")}` });
  done.setAttribute("role", "status");
  fresh.querySelector("h2").after(done);
}
