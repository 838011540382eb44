/* 预览：保存后自动刷新；内容有错时把问题列在页面上，网页保持上一次的样子。 */
(function () {
  "use strict";
  var panel = null;

  function element(tag, text, style) {
    var made = document.createElement(tag);
    made.textContent = text;
    Object.assign(made.style, style || {});
    return made;
  }

  function show(state) {
    if (panel) panel.remove();
    panel = null;
    if (!state.diagnostics.length) return;
    panel = element("section", "", {
      position: "fixed", left: "0", right: "0", bottom: "0", maxHeight: "45vh", overflow: "auto", zIndex: "1000",
      padding: "12px 20px", background: state.failed ? "#FFF4F3" : "#FFFBEF", color: "#1E1A17",
      borderTop: "4px solid " + (state.failed ? "#A3151B" : "#8A6A2B"), font: "15px/1.7 sans-serif"
    });
    panel.setAttribute("role", "status");
    panel.setAttribute("aria-label", "内容检查");
    var close = element("button", "收起", { float: "right", font: "inherit", padding: "2px 12px" });
    close.addEventListener("click", function () { panel.remove(); });
    panel.appendChild(close);
    panel.appendChild(element("strong", state.headline));
    var list = element("ol", "", { margin: "8px 0 0", paddingLeft: "28px" });
    state.diagnostics.forEach(function (found) {
      var item = element("li", "", { marginBottom: "6px" });
      item.appendChild(element("code", found.path + ":" + found.line + ":" + found.column + "　"));
      item.appendChild(element("span", found.message));
      item.appendChild(element("div", found.hint, { color: "#5E554C" }));
      list.appendChild(item);
    });
    panel.appendChild(list);
    document.body.appendChild(panel);
  }

  var version = null;
  var events = new EventSource("/__rongguang/events");
  events.onmessage = function (event) {
    var state = JSON.parse(event.data);
    if (version !== null && state.version !== version) {
      location.reload();
      return;
    }
    version = state.version;
    show(state);
  };
})();
