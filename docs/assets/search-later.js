// The theme fetches the index of its search behind every page. This holds the request back
// until somebody turns to the search; where another program searches, it does nothing.
(() => {
  const { open, send } = XMLHttpRequest.prototype;
  const held = [];
  let wanted = false;

  XMLHttpRequest.prototype.open = function (method, address, ...rest) {
    this.isIndex = new URL(address, location).pathname.endsWith("/search/search_index.json");
    return open.call(this, method, address, ...rest);
  };

  XMLHttpRequest.prototype.send = function (...body) {
    if (this.isIndex && !wanted) held.push(() => send.apply(this, body));
    else send.apply(this, body);
  };

  function want(event) {
    if (!event.target.closest?.(".md-search, [for='__search']")) return;
    wanted = true;
    for (const go of held.splice(0)) go();
  }

  for (const type of ["focusin", "pointerover", "touchstart"]) {
    addEventListener(type, want, { passive: true });
  }
})();
