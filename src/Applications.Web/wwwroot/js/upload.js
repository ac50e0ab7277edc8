/** Says at once when a file is too large (`data-max-bytes`), and shows how far a large upload is. */
export default function upload(input, { announce, enhance }) {
  const max = Number(input.dataset.maxBytes ?? Infinity);
  const form = input.form;
  input.addEventListener("change", () => {
    const large = [...input.files].find((file) => file.size > max);
    input.setCustomValidity(large ? `文件“${large.name}”超过 ${Math.floor(max / 1048576)} MB` : "");
    input.reportValidity();
  });
  if (form && "progress" in form.dataset && !form.dataset.watched) {
    form.dataset.watched = "1";
    form.addEventListener("submit", (event) => {
      const sends = [...form.querySelectorAll("input[type=file]")].some((field) => field.files.length > 0);
      if (!event.defaultPrevented && sends) {
        event.preventDefault();
        send(form, event.submitter, announce, enhance);
      }
    });
  }
}

function send(form, submitter, announce, enhance) {
  const bar = Object.assign(document.createElement("progress"), { className: "bar", max: 100, value: 0 });
  bar.setAttribute("aria-label", "上传进度");
  const request = new XMLHttpRequest();
  form.append(bar);
  request.upload.addEventListener("progress", (event) => {
    bar.value = event.lengthComputable ? (event.loaded / event.total) * 100 : 0;
  });
  request.addEventListener("load", () => show(request.responseText, request.responseURL, enhance));
  request.addEventListener("error", () => {
    bar.remove();
    form.dispatchEvent(new Event("failed"));
    announce("上传中断，请重试");
    delete form.dataset.sent;
  });
  request.open("POST", submitter?.getAttribute("formaction") ?? form.action);
  request.send(new FormData(form, submitter));
}

/** The answer takes the page's place, with its address: a redirect's message would be lost by asking for it twice. */
function show(html, address, enhance) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  const main = answer.querySelector("main");
  if (!main) {
    location.assign(address);
    return;
  }
  document.querySelector("main").replaceWith(main);
  document.title = answer.title;
  history.replaceState(null, "", address);
  enhance(main);
  (main.querySelector("#error-summary") ?? main).focus();
}
