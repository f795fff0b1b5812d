// Copies addresses and quotations. Nothing on the pages depends on it: each #
// is a link, and each quotation leads to its place in the article.
(() => {
  if (!navigator.clipboard) return; // there is none without https

  const status = document.createElement("p");
  status.className = "copied";
  status.setAttribute("role", "status");
  document.querySelector("article.md-content__inner")?.append(status);

  async function copy(text, said) {
    await navigator.clipboard.writeText(text);
    status.textContent = said;
    clearTimeout(copy.timer);
    copy.timer = setTimeout(() => (status.textContent = ""), 2500);
  }

  for (const link of document.querySelectorAll("article :is(.permalink, .paragraph__id a)")) {
    link.title = "Copy link";
    link.addEventListener("click", () => copy(link.href, "Link copied"));
  }

  // The page says how to cite the article: the second line of "Cite this page".
  const article = document.querySelectorAll(".cite__line")[1]?.textContent.trim();
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
