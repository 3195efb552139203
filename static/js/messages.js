(() => {
  "use strict";

  const SAID = {
    0: "未保存：网络不通，已填写的内容仍在本页，网络恢复后请重试。",
    413: "提交的内容过大，没有保存。请改小后再试。",
  };

  function say(sentence, calm) {
    const flashes = document.querySelector("#flashes");
    flashes.innerHTML = `<p class="flash ${calm ? '" role="status"' : 'flash-error" role="alert"'}></p>`;
    flashes.firstChild.textContent = sentence;
  }

  // what a page that saves itself only asks along is not worth a word
  const isAside = ({ detail }) => detail.elt.matches("[hx-trigger]") && document.querySelector("[data-autosave]");

  document.addEventListener("say", ({ detail }) => say(detail, true));

  document.addEventListener("fresh-token", ({ detail: { value } }) => {
    for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = value;
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": value }));
  });

  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (isAside(event) && event.detail.xhr.status >= 400) event.preventDefault();
  });

  for (const kind of ["sendError", "timeout", "responseError"])
    document.addEventListener("htmx:" + kind, (event) => {
      const { status } = event.detail.xhr;
      if (!isAside(event)) say(SAID[status] || `未保存：服务器没有正常应答（${status}），已填写的内容仍在本页，请稍后重试。`);
    });
})();
