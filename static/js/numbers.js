// The habits of a spreadsheet in tables to fill in (.entry-table): keys, paste, Ctrl+S (data-save),
// and buttons that fill what is blank with 0 (data-zeros). See docs/components.md.
(() => {
  "use strict";

  const CELL = "input.number:not([readonly])", STEPS = { ArrowDown: 1, ArrowUp: -1 };
  const cells = (cell) => [...cell.form.querySelectorAll(".entry-table " + CELL)];
  const cellOf = ({ target }) => target.form && target.matches(".entry-table " + CELL) && target;
  const codeOf = (cell) => +cell.closest("tr").cells[0].textContent;
  const isNumber = (text) => /[\d０-９]/.test(text) && !/[^-.,，。\s\d０-９]/.test(text);

  const say = (detail) => document.dispatchEvent(new CustomEvent("say", { detail }));

  function change(cell) {
    for (const kind of ["input", "change"]) cell.dispatchEvent(new Event(kind, { bubbles: true }));
  }

  function put(cell, text) {
    cell.value = text;
    change(cell);
  }

  document.addEventListener("focusin", (event) => {
    const cell = cellOf(event);
    if (cell) cell.select();
  });

  document.addEventListener("keydown", (event) => {
    const cell = cellOf(event);
    if (!cell || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const step = event.key === "Enter" ? (event.shiftKey ? -1 : 1) : STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const all = cells(cell), next = all[all.indexOf(cell) + step];
    if (next) next.focus();
    else change(cell);
  });

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    const save = (event.target.form || document).querySelector("button[data-save]");
    if (!save) return;
    event.preventDefault();
    save.click();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zeros]");
    if (!button) return;
    event.preventDefault();
    const blank = button.dataset.zeros.split(" ").map((id) => button.form[id]).filter((cell) => !cell.value.trim());
    blank.forEach((cell) => put(cell, "0"));
    button.parentNode.querySelector("output").textContent = `已填 ${blank.length} 项 0。`;
  });

  const texts = (rows, at) => rows.map((row) => row[at] || "");
  const holds = (rows, at) => texts(rows, at).some(isNumber) && texts(rows, at).every((text) => !text || isNumber(text));

  // Rows that carry our codes, beside names or with their zeros, go where the codes say.
  function byCode(rows, all, first) {
    const coded = (at) => rows.filter((row) => isNumber(row[at] || ""));
    const at = rows[0].findIndex((_, at) => {
      const codes = texts(coded(at), at).map(Number), named = coded(at).some((row) => /^0/.test(row[at]) || !row.every((text) => !text || isNumber(text)));
      const ours = codes.every((code, i) => all.some((cell) => codeOf(cell) === code) && !(codes[i - 1] >= code));
      return named && ours && codes[codes[0] === first ? 1 : 5];
    });
    const value = rows[0].findIndex((_, other) => at >= 0 && other > at && holds(coded(at), other));
    return value < 0 ? [] : [coded(at).map((row) => [all.find((cell) => codeOf(cell) === +row[at]), row[value]]), value];
  }

  const sums = ([first, ...more]) => [0, first || 0].map((start) => more.reduce((sum, one) => sum + one, start));

  // A column copied with headings and sums goes row by row beside the page's.
  function besideSums(values, cell) {
    const marks = [...cell.form.querySelectorAll(".section-row, .entry-total, .entry-table " + CELL)], pairs = [];
    let group = [], met = 0, at = marks.indexOf(cell);
    for (const text of values) {
      const mark = marks[at++];
      if (mark && mark.form) pairs.push([mark, text]), group.push(+text);
      else if (!mark || (mark.matches(".section-row") ? text : !sums(group).includes(+text))) return [];
      else (met += +text), (group = []);
    }
    return met ? pairs : [];
  }

  // [[[cell or none, text], …], column]
  function found(rows, cell) {
    const all = cells(cell), below = all.slice(all.indexOf(cell)), coded = byCode(rows, all, codeOf(cell));
    if (coded[0]) return coded;
    const body = (at) => rows.slice(+!isNumber(rows[0][at])); // below a heading
    const at = rows[0].findIndex((_, at) => holds(body(at), at));
    const values = at < 0 ? [] : texts(body(at), at), beside = besideSums(values, cell);
    return [beside[0] ? beside : values.map((text, i) => [below[i], text]), at];
  }

  document.addEventListener("paste", (event) => {
    const cell = cellOf(event);
    if (!cell) return;
    const lines = event.clipboardData.getData("text").replace(/\r?\n$/, "").split(/\r?\n/);
    let rows = lines.map((line) => line.split("\t").map((text) => text.trim()));
    if (!rows[1]) rows = rows[0].map((text) => [text]);
    if (!rows[1]) return;
    event.preventDefault();
    const [pairs, at] = found(rows, cell), placed = pairs.filter(([one, text]) => one && text);
    placed.forEach(([one, text]) => put(one, text));
    const left = pairs.filter(([one, text]) => !one && text).length, others = rows[0].length - 1;
    const said = `已粘贴 ${placed.length} 项` + (others ? `（第 ${at + 1} 列，其余 ${others} 列未粘贴）` : "") + (left ? `，另有 ${left} 项没有位置，未粘贴。` : "。");
    say(placed[0] ? said : "没有认出哪一列是数字，没有粘贴；请只复制“本月数”一列。");
  });
})();
