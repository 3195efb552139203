// When the server does not answer htmx, say so above the page and keep what was typed. When it
// says that the page is older than the session, take over the session's token for the next try.
(function () {
  "use strict";

  var SAID = {
    413: "提交的内容过大，没有保存。请改小后再试。",
    429: "操作过于频繁，请稍等一分钟再试。",
  };

  function say(sentence) {
    var flashes = document.querySelector("#flashes");
    var message = document.createElement("p");
    message.className = "flash flash-error";
    message.setAttribute("role", "alert");
    message.textContent = sentence;
    flashes.textContent = "";
    flashes.append(message);
  }

  function offline(event) {
    if (isAside(event)) return;
    say("未保存：网络不通，已填写的内容仍在本页，网络恢复后请重试。");
  }

  document.addEventListener("fresh-token", function (event) {
    document.querySelectorAll("[name=csrf_token]").forEach(function (field) {
      field.value = event.detail.value;
    });
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": event.detail.value }));
  });

  // A page that saves itself says by itself when it cannot; what it only asks along is not worth a
  // word, nor the focus of somebody who types.
  function isAside(event) {
    return event.detail.elt.matches("[hx-trigger]") && document.querySelector("[data-autosave]");
  }

  document.addEventListener("htmx:beforeOnLoad", function (event) {
    if (isAside(event) && event.detail.xhr.status >= 400) event.preventDefault();
  });

  document.addEventListener("htmx:sendError", offline);
  document.addEventListener("htmx:timeout", offline);
  document.addEventListener("htmx:responseError", function (event) {
    if (isAside(event)) return;
    var status = event.detail.xhr.status;
    say(SAID[status] || "未保存：服务器没有正常应答（" + status + "），已填写的内容仍在本页，请稍后重试。");
  });
})();
