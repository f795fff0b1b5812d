// Shares and copies addresses, and copies quotations. Nothing on the pages
// depends on it: each Share is a link, each heading is in the list of contents,
// and each quotation leads to its place in the article.
(() => {
  const page = document.querySelector("article.md-content__inner");

  // Headings are read and searched without their addresses, so these stand beside them.
  for (const heading of page?.querySelectorAll(":scope > :is(h2, h3)[id]") ?? []) {
    const link = document.createElement("a");
    link.className = "heading-link";
    link.href = `#${heading.id}`;
    link.textContent = "#";
    link.setAttribute("aria-label", `Link to “${heading.textContent.trim()}”`);
    heading.after(link);
  }

  // The drawer is one list (see site.css): its headings open nothing.
  for (const heading of document.querySelectorAll(".md-nav--primary label[tabindex]")) {
    heading.removeAttribute("tabindex");
  }

  // The theme opens its menu and its search by labels, which no keyboard reaches.
  for (const [id, name] of [["__drawer", "Menu"], ["__search", "Search"]]) {
    const label = document.querySelector(`.md-header__button[for=${id}]`);
    if (!label) continue;
    const toggle = document.getElementById(id);
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", name);
    button.append(...label.childNodes);
    button.addEventListener("click", () => {
      toggle.click();
      if (id === "__drawer") document.querySelector(".md-sidebar--primary a")?.focus();
    });
    label.append(button);
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !toggle.checked) return;
      toggle.click();
      button.focus();
    });
  }

  if (!navigator.clipboard) return; // there is none without https

  const status = document.createElement("p");
  status.className = "copied";
  status.setAttribute("role", "status");
  page?.append(status);

  async function copy(text, said) {
    await navigator.clipboard.writeText(text);
    status.textContent = said;
    clearTimeout(copy.timer);
    copy.timer = setTimeout(() => (status.textContent = ""), 2500);
  }

  // A phone has a sheet for sharing. With a mouse people want the address itself.
  function share(link) {
    if (!navigator.share || matchMedia("(hover: hover)").matches) {
      return copy(link.href, "Link copied");
    }
    const what = { title: document.title, url: link.href };
    return navigator.share(what).catch(() => {}); // the reader has closed the sheet
  }

  const links = "article :is(.permalink, .heading-link, .paragraph__id a)";
  for (const link of document.querySelectorAll(links)) {
    link.addEventListener("click", () => share(link));
  }

  // The page says how to cite the article: beside quotations, or in the second line of
  // "Cite this page".
  const article = document.querySelector("[data-article]")?.dataset.article
    ?? document.querySelectorAll(".cite__line")[1]?.textContent.trim();
  for (const quote of article ? document.querySelectorAll("[data-by]") : []) {
    const button = document.createElement("button");
    const words = quote.querySelector("q").textContent;
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy quotation";
    button.setAttribute("aria-label", `Copy quotation with source: ${words}`);
    button.addEventListener("click", () => {
      const address = new URL(quote.dataset.at, location.href);
      copy(`“${words}” (${quote.dataset.by}), in: ${article}. Coded at ${address}`, "Quotation copied");
    });
    quote.append(" ", button);
  }
})();
