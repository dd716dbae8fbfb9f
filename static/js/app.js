// Small courtesies that every page shares; nothing here decides anything that the server does not check again.
(function () {
  "use strict";

  // <form data-confirm="…"> or <button data-confirm="…"> asks first.
  document.addEventListener("submit", function (event) {
    var asker = (event.submitter && event.submitter.dataset.confirm) || event.target.dataset.confirm;
    if (asker && !window.confirm(asker)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  });

  // A form that is on its way is not sent a second time by a double click.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    form.dataset.changed = "";
    // A file that comes back as a download leaves this page as it is: let it be asked for again.
    window.setTimeout(function () { delete form.dataset.sent; }, 5000);
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });

  // Leaving a page with typed but unsaved values asks (not for searches, which are sent by GET).
  document.addEventListener("input", function (event) {
    var form = event.target.form;
    if (form && form.method === "post") form.dataset.changed = "1";
  });
  window.addEventListener("beforeunload", function (event) {
    if (document.querySelector('form[data-changed="1"]')) event.preventDefault();
  });

  // On a telephone the menu is wider than the screen: where one is stays in sight.
  var here = document.querySelector(".main-menu [aria-current]");
  if (here) here.closest("ul").scrollLeft = here.offsetLeft - 16;

  // After a refused form the eye and the keyboard go to the reason.
  var fault = document.querySelector(".error-box, .has-error input, .has-error select, .has-error textarea");
  if (fault) fault.focus();
  // A page that is there to be filled in is ready for typing; a telephone's keyboard would only cover it.
  var form = !fault && window.matchMedia("(min-width: 641px)").matches && document.querySelector("main form[method=post]:not([action])");
  var fields = form ? Array.from(form.querySelectorAll("input:not([type=hidden], [type=file], [readonly], :disabled), select:not(:disabled), textarea:not([readonly])")) : [];
  // Where the address filled something in already, typing goes on behind it.
  var revision = form && form.querySelector("[name=revision]");
  var isNew = !revision || revision.value === "0";
  var first = (isNew && location.search && fields.find(function (field) { return !field.value; })) || fields[0];
  if (first && document.activeElement === document.body && first.getBoundingClientRect().bottom < window.innerHeight) {
    first.focus();
  }
  // A list is there to be searched: the cursor waits in its search, behind what was asked. Who turns pages reads.
  var search = !fault && !form && window.matchMedia("(min-width: 641px)").matches && document.querySelector("main .filters:not(.dash-filters) input[type=search]");
  if (search && document.activeElement === document.body && !location.hash && !/[?&]page=/.test(location.search)) {
    search.focus({ preventScroll: true });
    search.setSelectionRange(search.value.length, search.value.length);
  }

  // htmx sends the token that Django keeps in the page's forms.
  document.addEventListener("htmx:configRequest", function (event) {
    var token = document.querySelector("input[name=csrfmiddlewaretoken]");
    if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token.value;
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) window.print();
  });

  // <button data-copy="id"> copies the text of the field with that id; over plain http the browser's older way is used.
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy]");
    var source = button && document.getElementById(button.dataset.copy);
    if (!source) return;
    var text = "value" in source ? source.value : source.textContent;
    function told() {
      var words = button.dataset.words || (button.dataset.words = button.textContent);
      button.textContent = "복사했습니다";
      window.setTimeout(function () { button.textContent = words; }, 2000);
    }
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(told);
    } else if (source.select) {
      source.select();
      if (document.execCommand("copy")) told();
    }
  });
})();
