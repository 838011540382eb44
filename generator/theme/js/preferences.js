/* Runs before the first paint: marks that scripts work, and applies the reader's choices. */
(function () {
  var root = document.documentElement;
  root.className = "js";
  try {
    ["theme", "size"].forEach(function (name) {
      var value = localStorage.getItem("rongguang." + name);
      if (value) root.setAttribute("data-" + name, value);
    });
  } catch (error) {
    /* Storage may be refused; the page is then as designed. */
  }
})();
