// A page that keeps itself: docs/decisions/0009. The server keeps of a field data-was, else what was drawn.
(() => {
  "use strict";

  let timer, busy, sending, again, failing, passed;
  let complaints, found = 0, ticks = 0, waiting = [];
  const flying = {}, seen = {}; // by field: texts not answered yet; the edition of one put back

  const $ = (selector, inside = document) => inside.querySelector(selector);
  const $$ = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const area = () => $("[data-autosave]");
  const mine = (event) => area()?.contains(event.target);
  const edition = () => $("[name=edition]", area().closest("form")).value;
  const slot = () => document.body.dataset.user + area().dataset.autosave;
  const soon = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };

  // {name: {all: its controls, now: its text, was: the one the server keeps}}
  function read() {
    const fields = {};
    for (const one of $$("input, select, textarea", area())) {
      const name = one.dataset.name || one.name;
      if (/hidden|file/.test(one.type) || /^choice/.test(name)) continue;
      const box = /radio|checkbox/.test(one.type), now = one.value;
      const field = (fields[name] ??= { all: [], now: [], was: [], box });
      const drawn = one.options ? ($("[selected]", one) || one.options[0]).value : box ? now : one.defaultValue;
      field.all.push(one);
      if (!box || one.checked) field.now.push(now);
      if (!box || one.defaultChecked) field.was.push(drawn);
      if ("was" in one.dataset) field.was = [one.dataset.was];
    }
    for (const field of Object.values(fields)) for (const text of ["now", "was"]) field[text] = field[text].join();
    return fields;
  }

  const unsaved = () => Object.entries(read()).filter(([, field]) => field.now !== field.was);
  // what awaits a choice is not sent
  const toSend = () => unsaved().filter(([name]) => !$(`#${name}-clash, [name="choice.${name.split("-")[0]}"]`));
  const know = (field, text) => field.all.forEach((one) => (one.dataset.was = text));

  function put(field, text) {
    if (field.box) for (const one of field.all) one.checked = text.split(",").includes(one.value);
    else field.all[0].value = text;
  }

  function type(field, text) {
    put(field, text);
    for (const kind of ["input", "change"]) field.all[0].dispatchEvent(new Event(kind, { bubbles: true }));
  }

  function mirror() {
    const kept = unsaved().map(([name, field]) => [name, field.now, field.was, seen[name] || edition()]).concat(waiting);
    try {
      if (kept[0]) localStorage[slot()] = JSON.stringify(kept);
      else delete localStorage[slot()];
    } catch {} // a browser that keeps nothing
  }

  // Puts back what never arrived; whether it may still be saved is for the server to say.
  function restore() {
    const fields = read();
    let kept = [];
    try {
      kept = JSON.parse(localStorage[slot()]);
    } catch {}
    waiting = kept.filter(([name]) => !fields[name]);
    return kept.filter(([name, text, was, when]) => {
      const field = fields[name];
      if (!field || field.now === text || field.now !== field.was) return false;
      know(field, was);
      seen[name] = when;
      type(field, text);
      return true;
    }).length;
  }

  function say(text, trouble) {
    const line = $("#saved");
    line.setAttribute("aria-live", trouble || failing || found ? "polite" : "off"); // no news is quiet
    line.className = trouble ? "saved tone-red" : "saved";
    line.textContent = text;
    return line;
  }

  function complain(errors) {
    complaints = errors;
    for (const line of $$("p.error[id]", area())) {
      const key = line.id.slice(0, -6), control = $(`#${key}, [data-name=${key}]`);
      if (control.contains(document.activeElement)) continue; // still typing
      line.textContent = errors[key] || "";
      line.hidden = !errors[key];
      control.setAttribute("aria-invalid", !line.hidden);
    }
  }

  function take({ said, edition: newest, texts = {}, errors = {}, clashes = {}, unkept = [] }, sent) {
    const fields = read();
    for (const name in { ...texts, ...sent }) {
      const field = fields[name], text = texts[name] ?? sent[name], own = name in sent;
      if (own) delete flying[name], delete seen[name];
      if (!field || unkept.includes(name)) continue;
      if (name in clashes) field.all[0].closest(".field, td, li, p").insertAdjacentHTML("beforeend", clashes[name]);
      else if (own) {
        know(field, text);
        if (field.now === sent[name] && field.now !== text && field.all[0] !== document.activeElement) put(field, text);
      } else if (field.now !== field.was) newest = 0; // typed in since: the next save will ask
      else if (field.now !== text) {
        know(field, text);
        type(field, text);
      }
    }
    if (newest) for (const one of $$("[name=edition]")) one.value = newest;
    complain(errors);
    const open = $$(".clash").length;
    if (open) said += `，有 ${open} 项与另一窗口不同，请在该项下选择`;
    say((found ? `已找回上次没有保存的 ${found} 项，` : "") + said, open || unkept[0]);
    failing = found = 0;
  }

  // The status of the answer, 0 for none. `always`: to hear news.
  async function save(always, leaving) {
    clearTimeout(timer);
    if (!area()) return true;
    if (busy && !leaving) {
      again = 1;
      return busy;
    }
    mirror();
    const sent = {}, body = new URLSearchParams({ edition: edition() });
    for (const [name, field] of toSend()) {
      body.append(name, (sent[name] = field.now));
      body.append("was." + name, field.was);
      if (seen[name]) body.append("seen." + name, seen[name]);
      for (const text of flying[name] || []) body.append("sent." + name, text);
    }
    if (!always && (!Object.keys(sent)[0] || (busy && sending === "" + body))) return true;
    sending = "" + body;
    for (const name in sent) (flying[name] ??= new Set()).add(sent[name]);
    return (busy = send(body, sent));
  }

  async function send(body, sent) {
    const stop = new AbortController(), patience = setTimeout(() => stop.abort(), 2e4);
    const headers = { ...JSON.parse(document.body.getAttribute("hx-headers")), "HX-Request": "true" };
    const more = { method: "POST", body, headers, keepalive: sending.length < 6e4, signal: stop.signal };
    let reached = 0;
    try {
      const answer = await fetch(area().dataset.autosave, more);
      await heard(answer, sent);
      reached = answer.status;
    } catch {
      failing = 1;
      say("未保存：网络不通，您填写的内容仍在本页，网络恢复后自动保存", true);
    }
    clearTimeout(patience);
    busy = 0;
    mirror();
    if (again && reached) soon(0);
    again = 0;
    return reached;
  }

  async function heard(answer, sent) {
    if (answer.ok) return take(await answer.json(), sent);
    const value = JSON.parse(answer.headers.get("HX-Trigger"))?.["fresh-token"];
    if (value) {
      document.dispatchEvent(new CustomEvent("fresh-token", { detail: { value } }));
      return (again = 1);
    }
    failing = 1;
    if (answer.status === 401) {
      const link = `<a href="/login?next=${location.pathname}">登录后自动保存</a>`;
      return say("未保存：登录已过期，您填写的内容仍在本页，", true).insertAdjacentHTML("beforeend", link);
    }
    const why = (await answer.text()).match(/class="flash[^>]+>([^<]+)/);
    say("未保存，您填写的内容仍在本页。" + (why ? why[1] : answer.status), true);
  }

  async function flush() {
    await busy;
    again = 0;
    return save(true);
  }

  addEventListener("input", (event) => {
    if (!mine(event)) return;
    mirror();
    soon(1500);
  });
  addEventListener("change", (event) => mine(event) && soon(0));
  addEventListener("focusout", (event) => {
    if (!mine(event)) return;
    setTimeout(() => {
      if (complaints) complain(complaints);
      save();
    });
  });

  // Whatever saves the page, or leads away, waits for what is under way.
  const isIn = (status) => status && status !== 401;
  addEventListener(
    "submit",
    async (event) => {
      const form = event.target, button = event.submitter;
      if (!area() || form === passed) return;
      event.preventDefault();
      event.stopPropagation();
      if (!isIn(await flush())) return;
      passed = form;
      form.requestSubmit(button?.isConnected ? button : null);
      passed = 0;
    },
    true
  );
  addEventListener("click", async (event) => {
    const at = event.target, link = at.closest("a:not([target]):not([hx-get]):not([download])");
    if (at.dataset.keep) return choose(at);
    if (!area() || !link || event.ctrlKey || event.shiftKey || link.hash || !(busy || toSend()[0])) return;
    event.preventDefault();
    if (await flush()) location.href = link.href;
  });
  addEventListener("htmx:confirm", async (event) => {
    if (!mine(event) || !event.target.matches("button")) return;
    event.preventDefault();
    if (isIn(await flush())) event.detail.issueRequest(true);
  });
  addEventListener("htmx:load", () => area() && (restore(), soon(0)));

  // What was typed while its note was being drawn anew.
  addEventListener("htmx:beforeRequest", (event) => mine(event) && $$("textarea").forEach((box) => (box.sent = box.value)));
  addEventListener("htmx:oobBeforeSwap", ({ detail: { target, fragment } }) => {
    for (const box of $$("textarea", target)) {
      const next = box.value !== box.sent && $(`[name="${box.name}"]`, fragment);
      if (next) next.value = box.value;
    }
  });

  function choose(button) {
    const box = button.closest(".clash"), field = read()[box.id.slice(0, -6)];
    box.remove();
    know(field, box.dataset.text);
    if (button.dataset.keep === "theirs") type(field, box.dataset.text);
    (field.all.find((one) => one.checked) || field.all[0]).focus();
    save();
  }

  addEventListener("online", () => save());
  addEventListener("pagehide", () => save(0, 1));
  addEventListener("visibilitychange", () => save(0, document.hidden));
  setInterval(() => (failing || ++ticks % 6 === 0) && save(), 5000);

  if (area() && (found = restore())) soon(0);
})();
