// Number entry as in a spreadsheet. Everything also works without it.
// Enter and ↓ go to the next figure, Shift+Enter and ↑ to the one before; Ctrl+S saves; a column
// copied from WPS or Excel fills the figures downward from the one it is pasted into.
(function () {
  "use strict";

  function figures(field) {
    var form = field.closest("[data-report-form]");
    return form ? Array.from(form.querySelectorAll("input.number")) : [];
  }

  function step(field, by) {
    var all = figures(field);
    var next = all[all.indexOf(field) + by];
    if (next) next.focus();
  }

  function stepOf(event) {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return 0;
    if (event.key === "ArrowDown") return 1;
    if (event.key === "ArrowUp") return -1;
    if (event.key === "Enter") return event.shiftKey ? -1 : 1;
    return 0;
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey && event.key.toLowerCase() === "s" && document.querySelector("[data-report-form]")) {
      event.preventDefault();
      if (document.activeElement) document.activeElement.blur();
      document.querySelector("[data-save]").click();
    } else if (event.target.matches("[data-report-form] input.number") && stepOf(event)) {
      event.preventDefault();
      step(event.target, stepOf(event));
    }
  });

  document.addEventListener("focusin", function (event) {
    if (event.target.matches("[data-report-form] input.number")) event.target.select();
  });

  document.addEventListener("paste", function (event) {
    if (!event.target.matches("[data-report-form] input.number")) return;
    var cells = event.clipboardData.getData("text").replace(/\s+$/, "").split(/[\t\r\n]+/);
    if (cells.length < 2) return;
    event.preventDefault();
    var all = figures(event.target);
    var from = all.indexOf(event.target);
    cells.slice(0, all.length - from).forEach(function (cell, i) {
      all[from + i].value = cell.trim();
    });
    event.target.dispatchEvent(new Event("change", { bubbles: true }));
  });
})();
