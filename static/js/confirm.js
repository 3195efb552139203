(() => {
  "use strict";

  const make = (tag) => document.createElement(tag);
  let agreed;

  function ask(question, word, go) {
    const dialog = make("dialog"), text = make("p"), buttons = make("div"), before = document.activeElement;
    text.textContent = question;
    text.id = "confirm-question";
    dialog.setAttribute("aria-labelledby", text.id);
    buttons.className = "buttons mb-0";
    buttons.append(choice(dialog, word, "yes", "button"), choice(dialog, "取消", "", "button button-plain"));
    dialog.append(text, buttons);
    document.body.append(dialog);
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (before) before.focus();
      if (dialog.returnValue === "yes") go();
    });
    dialog.showModal();
  }

  function choice(dialog, label, value, classes) {
    const button = make("button");
    button.type = "button";
    button.textContent = label;
    button.className = classes;
    button.addEventListener("click", () => dialog.close(value));
    return button;
  }

  addEventListener(
    "click",
    (event) => {
      const button = event.target.closest("[data-confirm]");
      if (!button || button === agreed) return;
      event.preventDefault();
      event.stopPropagation();
      ask(button.dataset.confirm, button.textContent.trim(), () => {
        agreed = button;
        button.click();
        agreed = null;
      });
    },
    true
  );

  addEventListener("htmx:confirm", (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    ask(event.detail.question, "确定", () => event.detail.issueRequest(true));
  });
})();
