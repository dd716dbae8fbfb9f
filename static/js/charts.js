// Draws each <div class="chart" data-chart="bar|line|stack" data-table="id" data-unit="%"> from the table beside it,
// so that chart and table cannot differ. Rows and columns marked data-skip stay out of the drawing;
// data-columns="rows" makes a series of each row instead of each column.
(function () {
  "use strict";

  // Fills are dark and light by turns, each framed and with a pattern of its own: in grey print neighbours differ.
  var EDGE = "#1e2124", LIGHT = "rgba(255,255,255,.75)", DARK = "rgba(0,0,0,.6)";
  var FILLS = [
    { color: "#0b50d0", decal: { symbol: "none" } },
    { color: "#b9dba0", decal: { color: DARK, dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4 } },
    { color: "#b34a05", decal: { color: LIGHT, symbol: "circle", symbolSize: 0.7, dashArrayX: [[4, 4], [0, 4, 4, 0]], dashArrayY: [4, 2] } },
    { color: "#dccdf2", decal: { color: DARK, symbol: "rect", symbolSize: 0.8, dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [6, 0] } },
    { color: "#3b424c", decal: { color: LIGHT, dashArrayX: [1, 0], dashArrayY: [2, 5] } },
    { color: "#f6cfdd", decal: { color: DARK, symbol: "circle", symbolSize: 0.6, dashArrayX: [[5, 5], [0, 5, 5, 0]], dashArrayY: [5, 2] } },
    { color: "#0f7c86", decal: { color: LIGHT, dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: Math.PI / 2 } },
    { color: "#f2e3ab", decal: { color: DARK, symbol: "triangle", symbolSize: 0.8, dashArrayX: [[7, 7], [0, 7, 7, 0]], dashArrayY: [7, 2] } }
  ];
  // Lines have nothing to fill: shape and dash tell them apart on paper.
  var COLOURS = ["#0b50d0", "#b34a05", "#3d7317", "#6f42c1"];
  var SYMBOLS = ["circle", "triangle", "rect", "diamond"];
  var DASHES = ["solid", "dashed", "dotted", [8, 3, 2, 3]];
  var calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  function number(cell) {
    var text = (cell.dataset.value || cell.textContent).trim().replace(/,/g, "").replace("△", "-");
    if (text === "-") return cell.dataset.none === "zero" ? 0 : null;
    var found = /^-?\d+(\.\d+)?/.exec(text);
    return found ? Number(found[0]) : null;
  }

  function read(table) {
    var heads = Array.from(table.tHead.rows[table.tHead.rows.length - 1].cells);
    var columns = heads.map(function (head, at) { return at; }).filter(function (at) {
      return at > 0 && !heads[at].hasAttribute("data-skip");
    });
    var rows = Array.from(table.tBodies).flatMap(function (body) { return Array.from(body.rows); })
      .filter(function (row) { return !row.hasAttribute("data-skip") && !row.classList.contains("empty"); });
    return {
      names: rows.map(function (row) { return row.cells[0].textContent.trim(); }),
      series: columns.map(function (at) {
        return {
          name: heads[at].textContent.trim(),
          data: rows.map(function (row) { return row.cells[at] ? number(row.cells[at]) : null; })
        };
      })
    };
  }

  function turned(found) {
    return {
      names: found.series.map(function (one) { return one.name; }),
      series: found.names.map(function (name, at) {
        return { name: name, data: found.series.map(function (one) { return one.data[at]; }) };
      })
    };
  }

  function option(kind, found, unit) {
    var line = kind === "line", several = found.series.length > 1;
    var series = found.series.map(function (one, at) {
      var fill = FILLS[at % FILLS.length];
      return {
        itemStyle: line ? undefined : { color: fill.color, decal: several ? fill.decal : undefined, borderColor: EDGE, borderWidth: 0.8 },
        symbol: SYMBOLS[at % SYMBOLS.length], lineStyle: { type: DASHES[at % DASHES.length] },
        name: one.name, data: one.data, type: line ? "line" : "bar",
        stack: kind === "stack" ? "all" : undefined, barMaxWidth: 28, symbolSize: 7, connectNulls: false
      };
    });
    return {
      animation: !calm, color: COLOURS, series: series,
      aria: { enabled: true, label: { enabled: false }, decal: { show: false } },
      textStyle: { fontFamily: "inherit" },
      grid: { left: 8, right: 16, top: 28, bottom: 8 + 22 * Math.ceil(series.length / 3), containLabel: true },
      legend: { bottom: 0, show: several, itemWidth: 26, itemHeight: 16, type: "plain" },
      tooltip: { trigger: "axis", confine: true, renderMode: "richText" },
      xAxis: { type: "category", data: found.names, axisLabel: { interval: 0, width: 88, overflow: "break", hideOverlap: true } },
      yAxis: { type: "value", name: unit ? "(" + unit + ")" : "", nameTextStyle: { align: "left" } }
    };
  }

  // On paper the drawing shrinks to its column: it needs to know its own size.
  function frame(box, chart) {
    var svg = box.querySelector("svg");
    if (!svg) return;
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("viewBox", "0 0 " + chart.getWidth() + " " + chart.getHeight());
  }

  function draw(box) {
    var table = document.getElementById(box.dataset.table);
    if (!table || !window.echarts) return;
    var found = read(table);
    if (box.dataset.columns === "rows") found = turned(found);
    if (!found.names.length || !found.series.length) return;
    box.classList.add("drawn");
    var chart = window.echarts.init(box, null, { renderer: "svg", height: 280 });
    chart.setOption(option(box.dataset.chart, found, box.dataset.unit));
    // What the drawing says is said by the box's own label and by the table.
    frame(box, chart);
    window.addEventListener("resize", function () { chart.resize(); frame(box, chart); });
  }

  document.querySelectorAll(".chart[data-table]").forEach(draw);
})();
