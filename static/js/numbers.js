// Tables to fill in; pasting: docs/decisions/0018
(() => {
  "use strict";

  const CELL = ".entry-table input.number:not([readonly])";
  const cells = (cell) => [...cell.form.querySelectorAll(CELL)];
  const cellOf = ({ target }) => target.form && target.matches(CELL) && target;
  const isNumber = (text) => /^-?[\d０-９][.,，。\s\d０-９]*$/.test(text);
  const isWord = (text) => /^(?!.*[无没未不缺])\D*[a-z一-龥]\D*$|\d-\d|\d\D*[一-龥]{3}/i.test(text);
  const isCell = (mark) => mark?.form, isHead = (mark) => mark?.matches(".section-row");

  function put(cell, text) {
    cell.value = text;
    for (const kind of ["input", "change"]) cell.dispatchEvent(new Event(kind, { bubbles: true }));
  }

  addEventListener("focusin", (event) => cellOf(event)?.select?.());

  addEventListener("keydown", (event) => {
    const cell = cellOf(event), step = { ArrowDown: 1, ArrowUp: -1, Enter: event.shiftKey ? -1 : 1 }[event.key];
    const command = event.ctrlKey || event.metaKey, save = (event.target.form || document).querySelector("button[data-save]");
    if (command && save && event.key.toLowerCase() === "s") {
      event.preventDefault();
      save.click();
    } else if (step && cell && !(command || event.altKey || event.isComposing)) {
      event.preventDefault();
      const all = cells(cell), next = all[all.indexOf(cell) + step];
      if (next) next.focus();
      else put(cell, cell.value);
    }
  });

  addEventListener("click", (event) => {
    const button = event.target.closest("[data-zeros]");
    if (!button) return;
    event.preventDefault();
    const blank = button.dataset.zeros.split(" ").map((id) => button.form[id]).filter((cell) => !cell.value.trim());
    blank.forEach((cell) => put(cell, "0"));
    button.parentNode.querySelector("output").textContent = `已填 ${blank.length} 项 0。`;
  });

  function isOurs(rows, at) {
    const texts = rows.map((row) => row[at]).filter((text) => text), words = texts.filter(isWord);
    return !words[0] || texts.some(isNumber) || words.length * 2 < texts.length;
  }

  // Rows with our codes, beside names or with their zeros.
  function byCode(rows, cell) {
    const all = cells(cell), place = (code) => all.find((one) => +one.closest("tr").cells[0].textContent === +code);
    const coded = (at) => rows.filter((row) => isNumber(row[at]));
    const at = rows[0].findIndex((_, at) => {
      const mine = coded(at), ours = mine.every((row, i) => place(row[at]) && !(i && +mine[i - 1][at] >= +row[at]));
      return ours && mine.some((row) => /^0/.test(row[at]) || row.some(isWord)) && mine[place(mine[0][at]) === cell ? 1 : 5];
    });
    const value = rows[0].findIndex((_, other) => other > at && isOurs(coded(at), other));
    return at >= 0 && (value > at || !rows[0].slice(0, at).some(isWord)) && [coded(at).map((row) => [place(row[at]), row[value]]), value];
  }

  // Undefined: a column without sums. []: nobody can tell.
  function beside(values, marks, at, long) {
    const pairs = [];
    let first, sum = 0, heads = 0, met = 0, wrong, whole = !isCell(marks[at - 1]), plain = 1;
    for (const text of values) {
      const mark = marks[at++], value = +text || 0;
      if (isCell(mark)) {
        pairs.push([mark, text]);
        first ??= value;
        sum += value;
        plain &= isNumber(text);
        continue;
      }
      if (isHead(mark) ? text : !mark) return;
      if (isHead(mark)) heads++;
      else if (value < sum - first || (whole && plain && ![0, first].includes(sum - value))) wrong = 1; // 17 is no part
      else met += value;
      first = null;
      sum = 0;
      whole = plain = 1;
    }
    return wrong ? heads && [] : long || !values[pairs.length] || (heads && met) ? pairs : [];
  }

  // [[[cell, text], …], column]
  function found(rows, cell) {
    const marks = [...cell.form.querySelectorAll(".section-row, .entry-total, " + CELL)], here = marks.indexOf(cell);
    const below = marks.slice(here).filter(isCell);
    const isAbove = (text) => isWord(text) && (/[数月量]$/.test(text) || rows.length === below.length + 1);
    const body = (at) => rows.slice(isAbove(rows[0][at])); // below a heading
    const at = rows[0].findIndex((_, at) => isOurs(body(at), at)), values = body(at).map((row) => row[at] || "");
    const long = values.length > below.length;
    const plain = values.map((text, i) => [below[i], text]);
    if (!long && rows.every((row) => row[at] && row.slice(0, at).some(isWord) && !/合计/.test(row))) return [plain, at];
    const [whole, headed] = [here, here - 1].map((at) => beside(values, marks, at, long));
    if (isWord(values[0])) return [[]];
    if (!values[0] && isHead(marks[here - 1]) && headed) return [whole ? [] : headed, at];
    return [whole || (long ? [] : plain), at];
  }

  addEventListener("paste", (event) => {
    const cell = cellOf(event);
    if (!cell) return;
    const lines = event.clipboardData.getData("text").replace(/\s+$/, "").split(/\r?\n/);
    let rows = lines.map((line) => line.split("\t").map((text) => text.trim()));
    if (!rows[1]) rows = rows[0].map((text) => [text]);
    if (!rows[1]) return;
    event.preventDefault();
    const [pairs, at] = byCode(rows, cell) || found(rows, cell), placed = pairs.filter(([, text]) => text), others = rows[0].length - 1;
    placed.forEach(([one, text]) => put(one, text));
    const detail = placed[0] ? `已粘贴 ${placed.length} 项` + (others ? `（第 ${at + 1} 列，其余 ${others} 列未粘贴）。` : "。") : "没有粘贴：分不清数字属于哪项，请连同“代码”列复制。";
    document.dispatchEvent(new CustomEvent("say", { detail }));
  });
})();
