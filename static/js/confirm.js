// data-confirm="确认后该月报将锁定，修改须申请更正。" on a button: ask first, in a dialog that names
// the object and the consequence. hx-confirm asks in the same dialog.
(function () {
  "use strict";

  var agreed = null;

  function ask(question, word, go) {
    var dialog = document.createElement("dialog");
    var text = document.createElement("p");
    var buttons = document.createElement("div");
    text.textContent = question;
    text.id = "confirm-question";
    dialog.setAttribute("aria-labelledby", text.id);
    buttons.className = "buttons mb-0";
    buttons.append(choice(dialog, word, "yes", "button"), choice(dialog, "取消", "", "button button-plain"));
    dialog.append(text, buttons);
    document.body.append(dialog);
    var before = document.activeElement;
    dialog.addEventListener("close", function () {
      dialog.remove();
      if (before) before.focus();
      if (dialog.returnValue === "yes") go();
    });
    dialog.showModal();
  }

  function choice(dialog, label, value, classes) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.className = classes;
    button.addEventListener("click", function () {
      dialog.close(value);
    });
    return button;
  }

  document.addEventListener(
    "click",
    function (event) {
      var button = event.target.closest("[data-confirm]");
      if (!button || button === agreed) return;
      event.preventDefault();
      event.stopPropagation();
      ask(button.dataset.confirm, button.textContent.trim(), function () {
        agreed = button;
        button.click();
        agreed = null;
      });
    },
    true
  );

  document.addEventListener("htmx:confirm", function (event) {
    if (!event.detail.question) return;
    event.preventDefault();
    ask(event.detail.question, "确定", function () {
      event.detail.issueRequest(true);
    });
  });
})();
