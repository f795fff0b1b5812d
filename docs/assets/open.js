// Opens what an address leads to, where it is folded or in a fold. Most browsers
// open a fold around it by themselves; without a script, site.css shows a linked
// cell's evidence.
(() => {
  function open() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folds = [...(target?.closest(".cell")?.querySelectorAll(".evidence") ?? [])];
    for (let fold = target?.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      folds.push(fold);
    }
    const closed = folds.filter((fold) => !fold.open);
    for (const fold of closed) fold.open = true;
    if (closed.length) target.scrollIntoView();
  }

  window.addEventListener("hashchange", open);
  open();
})();
