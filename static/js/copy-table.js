// 표 복사: a table goes to the clipboard as HTML whose merges and borders survive pasting into 한글 and Excel, and as
// text with tabs. The copy event is used, not navigator.clipboard, which browsers refuse on plain http.
(function () {
  "use strict";

  var BOX = "border:1px solid #000000;padding:2px 5px;font-family:'맑은 고딕','Malgun Gothic';font-size:10pt;";

  function escaped(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
  }

  function words(cell) {
    return (cell.innerText || cell.textContent).trim();
  }

  function cellHtml(cell) {
    var head = cell.tagName === "TH";
    var align = head || cell.classList.contains("center") ? "center" : cell.classList.contains("num") ? "right" : "left";
    var look = BOX + "text-align:" + align + ";vertical-align:middle;";
    if (head) look += "background-color:#e9edf3;font-weight:bold;";
    if (cell.parentElement.classList.contains("total")) look += "font-weight:bold;";
    // A code such as 0012 or 3-1 is not to become a number or a date where it is pasted.
    if (align !== "right") look += "mso-number-format:'\\@';";
    var spans = (cell.colSpan > 1 ? ' colspan="' + cell.colSpan + '"' : "") + (cell.rowSpan > 1 ? ' rowspan="' + cell.rowSpan + '"' : "");
    return "<" + cell.tagName.toLowerCase() + spans + ' style="' + escaped(look) + '">' + escaped(words(cell)).replace(/\n/g, "<br>") + "</" + cell.tagName.toLowerCase() + ">";
  }

  function tableHtml(table) {
    var rows = Array.prototype.map.call(table.rows, function (row) {
      return "<tr>" + Array.prototype.map.call(row.cells, cellHtml).join("") + "</tr>";
    });
    return '<table border="1" cellspacing="0" cellpadding="0" style="border-collapse:collapse;border:1px solid #000000;">' + rows.join("") + "</table>";
  }

  // Merged places are left empty, so that columns stay under each other.
  function tableText(table) {
    var grid = [];
    Array.prototype.forEach.call(table.rows, function (row, at) {
      var col = 0;
      grid[at] = grid[at] || [];
      Array.prototype.forEach.call(row.cells, function (cell) {
        while (grid[at][col] !== undefined) col += 1;
        for (var down = 0; down < cell.rowSpan; down += 1) {
          grid[at + down] = grid[at + down] || [];
          for (var right = 0; right < cell.colSpan; right += 1) grid[at + down][col + right] = "";
        }
        grid[at][col] = words(cell).replace(/\s+/g, " ");
        col += cell.colSpan;
      });
    });
    return grid.map(function (line) { return line.join("\t"); }).join("\r\n");
  }

  function copy(table) {
    var done = false;
    function give(event) {
      event.clipboardData.setData("text/html", "<html><head><meta charset=\"utf-8\"></head><body>" + tableHtml(table) + "</body></html>");
      event.clipboardData.setData("text/plain", tableText(table));
      event.preventDefault();
      done = true;
    }
    document.addEventListener("copy", give, { once: true });
    document.execCommand("copy");
    document.removeEventListener("copy", give);
    return done;
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy-table]");
    if (!button) return;
    var told = button.parentElement.querySelector("[data-copy-told]");
    var table = document.getElementById(button.dataset.copyTable);
    told.textContent = copy(table)
      ? "복사했습니다. 한글이나 엑셀에서 붙여 넣으세요(Ctrl+V)."
      : "복사하지 못했습니다. 표를 끌어 고른 뒤 Ctrl+C를 누르세요.";
  });
})();
