// docs/components.md
(() => {
  "use strict";

  const find = (selector) => document.querySelector(selector);
  const message = () => find("#flashes > *") && find("#flashes");
  const lost = () => !document.activeElement || document.activeElement === document.body;

  addEventListener("DOMContentLoaded", () => {
    const first = find(".error-summary[tabindex]") || (find(".flash-error") && message());
    if (first) first.focus();
  });

  addEventListener("htmx:afterOnLoad", ({ detail: { elt, xhr } }) => {
    if (elt.matches("[hx-trigger]") && !lost()) return;
    const first = (xhr.status === 422 && find(".error-summary[tabindex]")) || (/id="flashes"/.test(xhr.responseText) && message());
    if (first) first.focus();
    else if (lost()) find("#content").focus({ preventScroll: true });
  });
})();
