// A page that keeps itself ([data-autosave]): what is typed goes to the server field by field, and
// until it is there also into this browser's storage, under the person and the page. A field is
// unsaved while its text is not the one the server keeps: data-was, else the one that was drawn.
(() => {
  "use strict";

  let timer, busy, sending, again, held, failing, passed;
  let complaints = {}, found = 0, ticks = 0, waiting = [];

  const area = () => document.querySelector("[data-autosave]");
  const byId = (id) => document.getElementById(id);
  const mine = (event) => area()?.contains(event.target);
  const slot = () => document.body.dataset.user + area().dataset.autosave;
  const edition = () => (area().closest("form") || document).querySelector("[name=edition]");
  const below = (control) => control.closest(".field, td, li") || control.parentNode;
  const soon = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };

  // {name: {all: its controls, now: the text on the page, was: the text the server keeps}}
  function read() {
    const fields = {};
    area().querySelectorAll("input, select, textarea").forEach((one) => {
      const name = one.dataset.name || one.name;
      if (!name || /hidden|file/.test(one.type) || /^choice\./.test(name) || one.closest("[data-plain]")) return;
      const box = /radio|checkbox/.test(one.type);
      const field = (fields[name] = fields[name] || { all: [], now: [], was: [], box });
      field.all.push(one);
      if (!box || one.checked) field.now.push(one.value);
      if (!box) field.was.push(one.options ? (one.querySelector("[selected]") || one.options[0]).value : one.defaultValue);
      else if (one.defaultChecked) field.was.push(one.value);
      if ("was" in one.dataset) field.was = [one.dataset.was];
    });
    for (const field of Object.values(fields)) {
      field.now = field.now.join();
      field.was = field.was.join();
    }
    return fields;
  }

  const unsaved = () => Object.entries(read()).filter(([, field]) => field.now !== field.was);
  const toSend = () => unsaved().filter(([name]) => !byId(name + "-clash") && !area().querySelector(`[name="choice.${name.split("-")[0]}"]`));

  function know(field, text) {
    field.all.forEach((one) => (one.dataset.was = text));
  }

  function put(field, text) {
    if (field.box) field.all.forEach((one) => (one.checked = text.split(",").includes(one.value)));
    else field.all[0].value = text;
  }

  function type(field, text) {
    put(field, text);
    for (const kind of ["input", "change"]) field.all[0].dispatchEvent(new Event(kind, { bubbles: true }));
  }

  function mirror() {
    const kept = unsaved().map(([name, field]) => [name, field.now, field.was]).concat(waiting);
    try {
      if (kept.length) localStorage.setItem(slot(), JSON.stringify(kept));
      else localStorage.removeItem(slot());
    } catch {}
  }

  // Puts back what never arrived, as soon as there is a field for it; whether it may still be saved
  // is for the server to say.
  function restore() {
    const fields = read();
    let kept = [];
    try {
      kept = JSON.parse(localStorage.getItem(slot())) || [];
    } catch {}
    waiting = kept.filter(([name]) => !fields[name]);
    return kept.filter(([name, text, was]) => {
      const field = fields[name];
      if (!field || field.now === text || field.now !== field.was) return false;
      know(field, was);
      type(field, text);
      return true;
    }).length;
  }

  function say(text, trouble) {
    const line = byId("saved");
    if (!line) return;
    line.setAttribute("aria-live", trouble || failing || found ? "polite" : "off"); // no news is quiet
    line.className = trouble ? "saved tone-red" : "saved";
    line.textContent = text;
  }

  function describe(control, key, wrong) {
    const texts = new Set((control.getAttribute("aria-describedby") || "").split(" "));
    texts[wrong ? "add" : "delete"](key + "-error");
    control.setAttribute("aria-describedby", [...texts].join(" "));
    control.setAttribute("aria-invalid", wrong);
  }

  // Not at the field in which somebody is still typing.
  function complain() {
    area().querySelectorAll("p.error").forEach((line) => {
      const key = line.id.slice(0, -6), control = byId(key);
      line.remove();
      if (control) describe(control, key, false);
    });
    for (const key in complaints) {
      const control = byId(key) || area().querySelector(`[data-name="${key}"]`);
      if (!control || control.contains(document.activeElement)) continue;
      const line = document.createElement("p");
      line.className = "error";
      line.id = key + "-error";
      line.textContent = complaints[key];
      below(control).append(line);
      describe(control, key, true);
    }
  }

  function take(answer, sent, seen) {
    const fields = read(), texts = answer.texts || {};
    let current = true;
    for (const name in sent) {
      const field = fields[name], text = texts[name] ?? sent[name];
      if (!field || answer.unkept?.includes(name)) continue;
      if (answer.clashes?.[name]) {
        below(field.all[0]).insertAdjacentHTML("beforeend", answer.clashes[name]);
        continue;
      }
      know(field, text);
      if (field.now === sent[name] && field.now !== text && field.all[0] !== document.activeElement) put(field, text);
    }
    for (const name in texts) {
      const field = fields[name];
      if (!field || name in sent || field.was === texts[name]) continue;
      if (field.now === field.was) {
        know(field, texts[name]);
        type(field, texts[name]);
      } else current = false;
    }
    if (current) {
      document.querySelectorAll("[name=edition]").forEach((one) => {
        if (one.value === seen) one.value = answer.edition;
      });
    }
    complaints = answer.errors || {};
    complain();
    say((found ? `已找回上次没有保存的 ${found} 项，` : "") + answer.said, answer.clashes || answer.unkept);
    failing = found = 0;
    document.dispatchEvent(new Event("autosaved"));
  }

  // Answers whether the server was reached. `always`: also to hear what is new.
  function save(always, leaving) {
    clearTimeout(timer);
    if (!area() || (held && !leaving)) return Promise.resolve(true);
    if (busy && !leaving) {
      again = true;
      return busy;
    }
    mirror();
    const sent = {}, seen = edition()?.value;
    const body = new URLSearchParams({ edition: seen });
    for (const [name, field] of toSend()) {
      body.append(name, (sent[name] = field.now));
      body.append("was." + name, field.was);
    }
    const text = body.toString();
    if (!always && (!Object.keys(sent).length || (busy && text === sending))) {
      failing = failing && Object.keys(sent).length;
      return Promise.resolve(true);
    }
    sending = text;
    return (busy = send(body, text.length < 6e4)
      .then((response) => heard(response, sent, seen))
      .catch(() => {
        failing = 1;
        say("未保存：网络不通，您填写的内容仍在本页，网络恢复后自动保存", true);
      })
      .then((reached) => {
        busy = 0;
        mirror();
        if (again && reached) soon(0);
        again = 0;
        return reached;
      }));
  }

  function send(body, keepalive) {
    const stop = new AbortController();
    const headers = { ...JSON.parse(document.body.getAttribute("hx-headers")), "HX-Request": "true" };
    const patience = setTimeout(() => stop.abort(), 2e4);
    return fetch(area().dataset.autosave, { method: "POST", body, headers, keepalive, signal: stop.signal }).finally(() =>
      clearTimeout(patience)
    );
  }

  async function heard(response, sent, seen) {
    const value = JSON.parse(response.headers.get("HX-Trigger") || "{}")["fresh-token"];
    if (response.ok) take(await response.json(), sent, seen);
    else if (value) {
      document.dispatchEvent(new CustomEvent("fresh-token", { detail: { value } }));
      again = 1;
    } else {
      failing = 1;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const why = page.querySelector(".flash")?.textContent || `服务器没有正常应答（${response.status}）。`;
      say(response.status === 401 ? "未保存：登录已过期，您填写的内容仍在本页，" : "未保存，您填写的内容仍在本页：" + why, true);
      if (response.status === 401) {
        const link = document.createElement("a");
        link.href = "/login?next=" + encodeURIComponent(location.pathname);
        link.textContent = "登录后自动保存";
        byId("saved").append(link);
      }
    }
    return true;
  }

  async function flush() {
    await busy;
    again = 0;
    return save(true);
  }

  document.addEventListener("input", (event) => {
    if (!mine(event)) return;
    mirror();
    soon(1500);
  });
  document.addEventListener("change", (event) => mine(event) && soon(0));
  document.addEventListener("focusout", (event) => {
    if (!mine(event)) return;
    setTimeout(() => {
      complain();
      if (toSend().length) save();
    });
  });

  // Whatever saves the page by itself, or leads away, waits for what is under way.
  document.addEventListener(
    "submit",
    async (event) => {
      const form = event.target, button = event.submitter;
      if (!area() || form === passed) return;
      event.preventDefault();
      event.stopPropagation();
      if (!(await flush())) return;
      passed = form;
      form.requestSubmit(button?.isConnected ? button : null);
      passed = 0;
    },
    true
  );
  document.addEventListener("click", async (event) => {
    const at = event.target, link = at.closest("a[href]:not([target]):not([hx-get]):not([download])");
    if (at.dataset.keep && mine(event)) return choose(at);
    if (!area() || !link || event.button || event.ctrlKey || event.shiftKey || event.metaKey || /^#/.test(link.getAttribute("href"))) return;
    if (!busy && !toSend().length) return;
    event.preventDefault();
    if (await flush()) location.href = link.href;
  });
  document.addEventListener("htmx:confirm", async (event) => {
    if (!mine(event) || event.detail.question || !event.target.matches("button")) return;
    event.preventDefault();
    if ((held = await flush())) event.detail.issueRequest(true);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.target.matches("button")) held = 0;
  });
  document.addEventListener("htmx:load", () => area() && restore() && soon(0));

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
  document.addEventListener("visibilitychange", () => save(0, document.hidden));
  setInterval(() => {
    ticks += 1;
    if (failing || ticks % 6 === 0) save();
  }, 5000);

  if (area() && (found = restore())) soon(0);
})();
