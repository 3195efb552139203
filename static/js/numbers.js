// The habits of a spreadsheet in tables of numbers to fill in (.entry-table): Enter and the arrows
// move between cells and never submit, a cell is selected on entering it, a column copied from a
// spreadsheet fills downward, and Ctrl+S presses the form's button marked data-save. A button's
// data-zeros names cells to fill with 0 when blank.
(function () {
  "use strict";

  var STEPS = { ArrowDown: 1, ArrowUp: -1 };

  function cells(cell) {
    return Array.from(cell.form.querySelectorAll(".entry-table input.number:not([readonly])"));
  }

  function cellOf(event) {
    var target = event.target;
    return target.matches && target.form && target.matches(".entry-table input.number") ? target : null;
  }

  function move(cell, step) {
    var all = cells(cell);
    var next = all[all.indexOf(cell) + step];
    if (next) next.focus();
    else cell.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function put(cell, text) {
    cell.value = text;
    cell.dispatchEvent(new Event("input", { bubbles: true }));
    cell.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function tell(sentence) {
    var message = document.createElement("p");
    message.className = "flash";
    message.setAttribute("role", "status");
    message.textContent = sentence;
    var flashes = document.querySelector("#flashes");
    flashes.textContent = "";
    flashes.append(message);
  }

  document.addEventListener("focusin", function (event) {
    var cell = cellOf(event);
    if (cell) cell.select();
  });

  document.addEventListener("keydown", function (event) {
    var cell = cellOf(event);
    if (!cell || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    var step = event.key === "Enter" ? (event.shiftKey ? -1 : 1) : STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    move(cell, step);
  });

  document.addEventListener("keydown", function (event) {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    var form = event.target.form;
    var save = (form || document).querySelector("button[data-save]");
    if (!save) return;
    event.preventDefault();
    save.click();
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-zeros]");
    if (!button) return;
    event.preventDefault();
    var filled = 0;
    button.dataset.zeros.split(" ").forEach(function (id) {
      var cell = button.form[id];
      if (cell.value.trim()) return;
      filled += 1;
      put(cell, "0");
    });
    button.parentNode.querySelector("output").textContent = "已填 " + filled + " 项 0。";
  });

  // Of several columns the first that holds numbers, other than the codes of these very cells.
  function valuesIn(rows, below) {
    function fits(column) {
      var texts = rows.map(function (row) {
        return row[column] || "";
      });
      var codes = below.map(function (cell) {
        return cell.closest("tr").cells[0].textContent.trim();
      });
      return /\d|[０-９]/.test(texts) && !/[^-.,，。\s\d０-９]/.test(texts) && texts.join() !== codes.join();
    }
    return Math.max(0, rows[0].findIndex(function (_, column) {
      return fits(column);
    }));
  }

  document.addEventListener("paste", function (event) {
    var cell = cellOf(event);
    if (!cell) return;
    var rows = event.clipboardData.getData("text").replace(/\r?\n$/, "").split(/\r?\n/).map(function (line) {
      return line.split("\t");
    });
    if (rows.length < 2) rows = rows[0].map(function (text) {
      return [text]; // a row fills downward like a column
    });
    if (rows.length < 2) return;
    event.preventDefault();
    var all = cells(cell);
    var below = all.slice(all.indexOf(cell)).slice(0, rows.length);
    var column = valuesIn(rows, below);
    below.forEach(function (one, i) {
      put(one, (rows[i][column] || "").trim());
    });
    var left = rows.length - below.length;
    var others = rows[0].length - 1;
    tell(
      "已粘贴 " + below.length + " 项" + (others ? "（第 " + (column + 1) + " 列，其余 " + others + " 列未粘贴）" : "") +
        (left ? "，另有 " + left + " 项没有位置，未粘贴。" : "。")
    );
  });
})();
