// The entry form asks the server again when something that matters was typed. The server decides everything;
// without this script the page has buttons that do the same.
(function () {
  "use strict";

  var WATCHED = ["program", "recipient_q", "recipient", "award", "fiscal_year", "paid_on", "installment", "amount",
    "national", "city", "district", "other"];
  var SOURCES = ["national", "city", "district", "other"];
  var form = document.getElementById("disbursement-form");
  var panel = document.getElementById("preview");
  if (!form || !panel || !window.htmx) return;
  var timer = null;

  function ask(name) {
    panel.setAttribute("hx-vals", JSON.stringify({ changed: name }));
    window.htmx.trigger(panel, "preview");
  }

  function later(name, delay) {
    window.clearTimeout(timer);
    timer = window.setTimeout(function () { ask(name); }, delay);
  }

  form.addEventListener("input", function (event) {
    var name = event.target.name;
    if (name === "log_title" || name === "log_text") event.target.dataset.touched = "1";
    if (WATCHED.indexOf(name) >= 0 && event.target.tagName === "INPUT") later(name, 450);
  });
  form.addEventListener("change", function (event) {
    var name = event.target.name;
    if (WATCHED.indexOf(name) >= 0) later(name, event.target.tagName === "INPUT" ? 100 : 0);
  });

  // The sentence follows what is typed until somebody edits it.
  ["log_title", "log_text"].forEach(function (name) {
    var field = form.elements[name];
    if (field.value && !field.dataset.auto) field.dataset.touched = "1";
  });
  // What nobody edited is written by the server, from what is sent and not from what was shown a moment ago.
  form.addEventListener("submit", function () {
    window.clearTimeout(timer);
    ["log_title", "log_text"].forEach(function (name) {
      var field = form.elements[name];
      if (!field.dataset.touched) field.value = "";
    });
  });

  function choose(select, value) {
    if (!select || select.value || !value) return false;
    select.value = value;
    return select.value === value;
  }

  // What was chosen while an answer was on its way is not lost when the answer brings new choices.
  var kept = {};
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (event.target !== panel) return;
    ["recipient", "award"].forEach(function (name) { kept[name] = form.elements[name].value; });
  });

  function fill() {
    var seen = panel.querySelector(".outlook");
    if (!seen) return;
    if (choose(form.elements.recipient, kept.recipient)) return ask("recipient");
    if (choose(form.elements.award, kept.award)) return ask("award");
    SOURCES.forEach(function (name) { form.elements[name].placeholder = seen.dataset[name] || ""; });
    form.elements.fiscal_year.placeholder = seen.dataset.year || "";
    if (seen.dataset.logText) {
      [["log_title", "logTitle"], ["log_text", "logText"]].forEach(function (pair) {
        var field = form.elements[pair[0]];
        if (!field.dataset.touched) field.value = seen.dataset[pair[1]];
      });
    }
    // One that was found is the one that was meant; so is a firm's only award.
    if (form.elements.recipient_q.value && choose(form.elements.recipient, seen.dataset.only)) return ask("recipient");
    var award = form.elements.award;
    if (award && award.options.length === 2 && !award.dataset.seen) {
      award.dataset.seen = "1";
      if (choose(award, award.options[1].value)) ask("award");
    }
  }

  document.addEventListener("htmx:afterSettle", function (event) {
    if (event.target === panel) fill();
  });
  fill();
  // A record that is corrected, and a page that a link filled in, say at once what they mean.
  window.addEventListener("load", function () {
    var seen = panel.querySelector(".outlook");
    if (form.elements.program.value && seen && !seen.dataset.year) ask("");
  });
})();
