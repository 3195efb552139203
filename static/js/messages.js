// What the server does not say itself: that it does not answer; and its fresh token for an old page.
(() => {
  "use strict";

  const TOO_LARGE = "提交的内容过大，没有保存。请改小后再试。";

  function say(sentence, calm) {
    const flashes = document.querySelector("#flashes"), message = document.createElement("p");
    message.className = calm ? "flash" : "flash flash-error";
    message.setAttribute("role", calm ? "status" : "alert");
    message.textContent = sentence;
    flashes.textContent = "";
    flashes.append(message);
  }

  // what a page that saves itself only asks along is not worth a word
  const isAside = ({ detail }) => detail.elt.matches("[hx-trigger]") && document.querySelector("[data-autosave]");

  function offline(event) {
    if (!isAside(event)) say("未保存：网络不通，已填写的内容仍在本页，网络恢复后请重试。");
  }

  document.addEventListener("say", ({ detail }) => say(detail, true));

  document.addEventListener("fresh-token", ({ detail: { value } }) => {
    for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = value;
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": value }));
  });

  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (isAside(event) && event.detail.xhr.status >= 400) event.preventDefault();
  });

  document.addEventListener("htmx:sendError", offline);
  document.addEventListener("htmx:timeout", offline);
  document.addEventListener("htmx:responseError", (event) => {
    if (isAside(event)) return;
    const status = event.detail.xhr.status;
    say(status === 413 ? TOO_LARGE : `未保存：服务器没有正常应答（${status}），已填写的内容仍在本页，请稍后重试。`);
  });
})();
