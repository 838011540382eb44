/* What scripts add to pages that are complete without them: reading settings, printing, yes/no questions. */
(function () {
  "use strict";
  var root = document.documentElement;
  var defaults = { theme: "auto", size: "normal" };

  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }

  function apply(name, value) {
    var usual = value === defaults[name];
    if (usual) root.removeAttribute("data-" + name);
    else root.setAttribute("data-" + name, value);
    try {
      if (usual) localStorage.removeItem("rongguang." + name);
      else localStorage.setItem("rongguang." + name, value);
    } catch (error) {
      /* The choice then holds for this page only. */
    }
  }

  function show_settings() {
    all("input[data-setting]").forEach(function (input) {
      var name = input.dataset.setting;
      input.checked = input.value === (root.getAttribute("data-" + name) || defaults[name]);
    });
  }

  document.addEventListener("change", function (event) {
    var input = event.target;
    if (input.dataset && input.dataset.setting) {
      apply(input.dataset.setting, input.value);
      show_settings();
    }
  });
  show_settings();

  /* Menus close by Escape and by a click elsewhere. */
  var boxes = all("details.tool-box");
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    boxes.forEach(function (box) {
      if (!box.open) return;
      box.open = false;
      box.querySelector("summary").focus();
    });
  });
  document.addEventListener("click", function (event) {
    boxes.forEach(function (box) {
      if (box.open && !box.contains(event.target)) box.open = false;
    });
  });
  boxes.forEach(function (box) {
    box.addEventListener("focusout", function (event) {
      if (event.relatedTarget && !box.contains(event.relatedTarget)) box.open = false;
    });
  });

  all("[data-print]").forEach(function (button) {
    button.addEventListener("click", function () {
      window.print();
    });
  });

  /* "Can I apply": answered on the page, nothing is sent or kept. */
  all("[data-eligibility]").forEach(function (section) {
    var questions = all("li", section);
    var verdict = section.querySelector("[data-verdict]");
    section.addEventListener("click", function (event) {
      var button = event.target.closest("button[data-answer]");
      if (!button) return;
      all("button", button.closest("li")).forEach(function (other) {
        other.setAttribute("aria-pressed", String(other === button));
      });
      var answers = questions.map(function (question) {
        var chosen = question.querySelector('[aria-pressed="true"]');
        return chosen ? chosen.dataset.answer : "";
      });
      verdict.hidden = false;
      if (answers.indexOf("no") >= 0) verdict.textContent = "按这些条件可能不符合。仍有疑问，请向办理单位核实。";
      else if (answers.indexOf("") >= 0) verdict.textContent = "请把其余几个问题也答完。";
      else verdict.textContent = "按这些条件可以申请。是否批准由办理单位决定。";
    });
  });

  /* Opened from a disk there is no server to turn a folder into its page. */
  if (location.protocol === "file:") {
    all("a[href], form[action]").forEach(function (element) {
      var name = element.tagName === "FORM" ? "action" : "href";
      var match = /^([^?#:]*)([?#].*)?$/.exec(element.getAttribute(name));
      if (match && (match[1].slice(-1) === "/" || match[1] === "." || match[1] === "..")) {
        element.setAttribute(name, match[1].replace(/\/?$/, "/") + "index.html" + (match[2] || ""));
      }
    });
  }
})();
