(function () {
  "use strict";
  var root = document.documentElement;
  var form = document.querySelector(".filters");
  var documents = all(".document");
  var cards = all(".card");
  var kind = "";
  root.classList.add("js");
  form.hidden = false;

  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }

  function pieces(clause) {
    return all(".has-card").filter(function (piece) { return piece.dataset.clause === clause; });
  }

  /* --- which document is shown --- */
  function show(section) {
    documents.forEach(function (other) { other.classList.toggle("current", other === section); });
    all(".index a").forEach(function (link) {
      if (link.getAttribute("href") === "#" + section.id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }

  /* --- selecting a task with its sentence --- */
  function clear() {
    all(".on").forEach(function (element) { element.classList.remove("on"); });
  }

  function bring(element, block) {
    var calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    element.scrollIntoView({ block: block, behavior: calm ? "auto" : "smooth" });
  }

  function bringCard(card) {
    var pane = card.closest(".ledger");
    if (pane.scrollHeight <= pane.clientHeight + 1) return bring(card, "nearest");
    var top = card.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
    pane.scrollTop = top - (pane.clientHeight - card.offsetHeight) / 3;
  }

  function select(card, from) {
    clear();
    show(card.closest(".document"));
    card.classList.add("on");
    if (from !== "card") bringCard(card);
    var sentence = card.dataset.clause ? pieces(card.dataset.clause) : [];
    sentence.forEach(function (piece) { piece.classList.add("on"); });
    if (sentence.length && from !== "sentence") bring(sentence[0], "center");
    history.replaceState(null, "", "#" + card.id);
  }

  function cardsOf(piece) {
    return cards.filter(function (card) { return card.dataset.clause === piece.dataset.clause; });
  }

  function fromSentence(piece) {
    /* A sentence with several tasks gives them in turn. */
    var found = cardsOf(piece).filter(function (card) { return !card.hidden; });
    var at = found.findIndex(function (card) { return card.classList.contains("on"); });
    if (found.length) select(found[(at + 1) % found.length], "sentence");
  }

  function step(by) {
    var shown = all(".current .card").filter(function (card) { return !card.hidden; });
    if (!shown.length) return;
    var at = shown.findIndex(function (card) { return card.classList.contains("on"); });
    var next = at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + by, 0), shown.length - 1);
    select(shown[next], "key");
  }

  /* --- filters --- */
  function filter() {
    var agency = form.agency.value;
    var doubtful = form.doubtful.checked;
    cards.forEach(function (card) {
      var agencies = card.dataset.agencies.split(" ");
      card.hidden = Boolean((kind && card.dataset.kind !== kind) || (agency && agencies.indexOf(agency) < 0) ||
        (doubtful && !card.hasAttribute("data-doubtful")));
    });
    var visible = {};
    cards.forEach(function (card) { if (!card.hidden && card.dataset.clause) visible[card.dataset.clause] = true; });
    all(".has-card").forEach(function (piece) { piece.classList.toggle("off", !visible[piece.dataset.clause]); });
    all(".group").forEach(function (group) { group.hidden = !all(".card:not([hidden])", group).length; });
    var filtered = kind || agency || doubtful;
    documents.forEach(function (section) {
      var count = all(".card:not([hidden])", section).length;
      section.querySelector(".no-match").hidden = !filtered || count > 0;
      var link = document.querySelector('.index a[href="#' + section.id + '"]');
      if (!link) return;
      var note = link.querySelector(".count");
      note.textContent = filtered ? count : note.dataset.total;
      link.classList.toggle("none", Boolean(filtered && !count));
    });
    /* Nothing left here: go where something is. */
    var first = document.querySelector(".card:not([hidden])");
    if (first && !document.querySelector(".current .card:not([hidden])")) show(first.closest(".document"));
    var shown = all(".card:not([hidden])").length;
    form.querySelector(".shown").textContent = filtered ? shown + " / " + cards.length + " 项" : "";
  }

  /* --- events --- */
  document.addEventListener("click", function (event) {
    var target = event.target;
    var key = target.closest(".key");
    if (key) {
      var on = key.getAttribute("aria-pressed") !== "true";
      key.setAttribute("aria-pressed", String(on));
      root.classList.toggle("hide-" + key.dataset.entity.toLowerCase(), !on);
      return;
    }
    var button = target.closest(".kinds button");
    if (button) {
      kind = button.dataset.kind;
      all(".kinds button").forEach(function (other) { other.setAttribute("aria-pressed", String(other === button)); });
      filter();
      return;
    }
    var entry = target.closest(".index a");
    if (entry) {
      event.preventDefault();
      clear();
      show(document.getElementById(entry.getAttribute("href").slice(1)));
      history.replaceState(null, "", entry.getAttribute("href"));
      window.scrollTo(0, 0);
      return;
    }
    var chosen = window.getSelection();
    var link = target.closest("a.ref, a.number");
    if (!link && chosen && !chosen.isCollapsed) return;
    var card = target.closest(".card");
    var piece = target.closest(".has-card");
    if (link) event.preventDefault();
    if (card) select(card, "card");
    else if (link) select(document.getElementById(link.getAttribute("href").slice(1)), "sentence");
    else if (piece) fromSentence(piece);
  });

  document.addEventListener("keydown", function (event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("select, input")) return;
    if (event.key === "ArrowDown" || event.key === "j") { event.preventDefault(); step(1); }
    else if (event.key === "ArrowUp" || event.key === "k") { event.preventDefault(); step(-1); }
    else if (event.key === "Escape") { clear(); history.replaceState(null, "", location.pathname + location.search); }
  });

  form.addEventListener("change", filter);
  form.addEventListener("submit", function (event) { event.preventDefault(); });

  function open() {
    var target = location.hash ? document.getElementById(location.hash.slice(1)) : null;
    var section = target && target.closest(".document");
    if (section) show(section);
    else if (documents.length) show(documents[0]);
    if (!target) return;
    if (target.classList.contains("card")) select(target, "key");
    else if (target.classList.contains("has-card")) fromSentence(target);
  }

  window.addEventListener("hashchange", open);
  open();
}());
