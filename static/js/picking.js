// Lists with a checkbox a row: choose all of the page, and count the chosen.
(function () {
  "use strict";

  function recount(form) {
    var picks = Array.from(form.querySelectorAll("[data-pick]"));
    var chosen = picks.filter(function (pick) {
      return pick.checked;
    }).length;
    var all = form.querySelector("[data-pick-all]");
    var shown = form.querySelector("[data-picked]");
    if (all) {
      all.checked = chosen > 0 && chosen === picks.length;
      all.indeterminate = chosen > 0 && chosen < picks.length;
    }
    if (shown) {
      shown.hidden = chosen === 0;
      shown.querySelector("output").textContent = chosen;
    }
  }

  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (!form || !event.target.matches("[data-pick], [data-pick-all]")) return;
    if (event.target.matches("[data-pick-all]")) {
      form.querySelectorAll("[data-pick]").forEach(function (pick) {
        pick.checked = event.target.checked;
      });
    }
    recount(form);
  });

  document.addEventListener("htmx:afterOnLoad", function () {
    document.querySelectorAll("form").forEach(recount);
  });
})();
