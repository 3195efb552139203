// After a page opens or a button of htmx has put something in, the focus goes to what must be read
// first: the error summary, else the message. It is never lost with an element that went away, and
// never taken from somebody who types: what comes by itself (hx-trigger) leaves it alone.
(function () {
  "use strict";

  function find(selector) {
    return document.querySelector(selector);
  }

  function message() {
    var flashes = find("#flashes");
    return flashes && flashes.children.length ? flashes : null;
  }

  function lost() {
    var active = document.activeElement;
    return !active || active === document.body;
  }

  document.addEventListener("DOMContentLoaded", function () {
    var first = find(".error-summary[tabindex]") || (find(".flash-error") && message());
    if (first) first.focus();
  });

  document.addEventListener("htmx:afterOnLoad", function (event) {
    if (event.detail.elt.matches("[hx-trigger]") && !lost()) return;
    var first = (event.detail.xhr.status === 422 && find(".error-summary[tabindex]")) || (/id="flashes"/.test(event.detail.xhr.responseText) && message());
    if (first) first.focus();
    else if (lost()) find("#content").focus({ preventScroll: true });
  });
})();
