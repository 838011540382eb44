/* Search over titles, other names, places and summaries, in the reader's own browser. */
(function () {
  "use strict";
  var section = document.querySelector("[data-search]");
  var form = document.querySelector("main form.search");
  if (!section || !form) return;
  var told = section.querySelector("[data-search-told]");
  var list = section.querySelector("[data-search-results]");
  var browse = document.querySelector("[data-search-browse]");
  var input = form.querySelector("input");
  var most = 60;
  var loading = null;

  function normal(text) {
    return text.normalize("NFKC").toLowerCase();
  }

  /* The index is a script, for a page opened from a disk may fetch nothing. */
  function load() {
    if (!loading) {
      loading = new Promise(function (done, failed) {
        var script = document.createElement("script");
        script.src = section.dataset.searchIndex;
        script.onload = function () { done(window.rongguangIndex); };
        script.onerror = failed;
        document.head.appendChild(script);
      }).then(function (rows) {
        return rows.map(function (row) {
          return { row: row, title: normal(row[0]), words: normal(row[4]), rest: normal(row[2] + " " + row[3]) };
        });
      });
    }
    return loading;
  }

  function pairs(word) {
    var found = [];
    for (var at = 0; at + 2 <= word.length; at += 1) found.push(word.slice(at, at + 2));
    return found.length ? found : [word];
  }

  function weight(entry, word) {
    if (entry.title === word) return 100;
    if (entry.title.indexOf(word) >= 0) return 40;
    if (entry.words.indexOf(word) >= 0) return 20;
    if (entry.rest.indexOf(word) >= 0) return 10;
    var parts = pairs(word);
    var whole = entry.title + " " + entry.words + " " + entry.rest;
    var held = parts.filter(function (part) { return whole.indexOf(part) >= 0; }).length;
    return held / parts.length >= 0.5 ? (4 * held) / parts.length : 0;
  }

  function rank(entries, words) {
    return entries.map(function (entry) {
      var weights = words.map(function (word) { return weight(entry, word); });
      var complete = weights.every(Boolean);
      return { entry: entry, score: complete ? weights.reduce(function (a, b) { return a + b; }, 0) : 0 };
    }).filter(function (found) { return found.score > 0; }).sort(function (a, b) { return b.score - a.score; });
  }

  function put(parent, tag, name, text) {
    var element = document.createElement(tag);
    element.className = name;
    element.textContent = text;
    parent.appendChild(element);
    return element;
  }

  function mark(element, text, words) {
    var lower = normal(text);
    var at = 0;
    element.textContent = "";
    if (lower.length !== text.length) { element.textContent = text; return; }
    while (at < text.length) {
      var next = words.map(function (word) { return [lower.indexOf(word, at), word.length]; })
        .filter(function (hit) { return hit[0] >= 0; }).sort(function (a, b) { return a[0] - b[0]; })[0];
      if (!next) break;
      element.appendChild(document.createTextNode(text.slice(at, next[0])));
      var shown = document.createElement("mark");
      shown.textContent = text.slice(next[0], next[0] + next[1]);
      element.appendChild(shown);
      at = next[0] + next[1];
    }
    element.appendChild(document.createTextNode(text.slice(at)));
  }

  function show(found, words) {
    list.textContent = "";
    told.textContent = found.length ? "找到" + found.length + "条" + (found.length > most ? "，先列" + most + "条" : "") : "没有找到。换一个说法，或者按类别找。";
    found.slice(0, most).forEach(function (hit) {
      var row = hit.entry.row;
      var box = put(list, "div", "row result", "");
      var title = put(box, "h2", "row__title", "");
      var link = document.createElement("a");
      var page = location.protocol === "file:" ? "index.html" : "";
      link.href = section.dataset.searchRoot + row[1] + page;
      mark(link, row[0], words);
      title.appendChild(link);
      put(box, "p", "row__side", row[2]);
      mark(put(box, "p", "row__text", ""), row[3], words);
    });
  }

  function search() {
    var words = normal(input.value).split(/[\s，。、；：？！,.;:?!]+/).filter(Boolean);
    section.hidden = !words.length;
    if (browse) browse.hidden = words.length > 0;
    if (!words.length) return;
    load().then(function (entries) {
      show(rank(entries, words), words);
    }, function () {
      told.textContent = "索引没有取到，请按类别找。";
      if (browse) browse.hidden = false;
    });
  }

  input.value = new URLSearchParams(location.search).get("q") || "";
  search();
  var waiting = 0;
  input.addEventListener("input", function () {
    clearTimeout(waiting);
    waiting = setTimeout(search, 150);
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    history.replaceState(null, "", "?q=" + encodeURIComponent(input.value));
    search();
  });
})();
