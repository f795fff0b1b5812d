"""One visit to each page of a site, and all that it finds.

Visits take long, most of it for axe. They have a browser of their own, so
that they go on in a thread while other tests run.
"""

from typing import NamedTuple

import browser
from axe_playwright_python.sync_playwright import Axe
from built import PATIENCE, SIZES

AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
NOWHERE = "no/such/page/"
WIDTHS = (320, 360, 768, 1280, 1920)  # 320 px is also 1280 px at a zoom of 400 %


def axe(page) -> list:
    """What axe has against a page: the rule, and where it is broken."""
    found = Axe().run(page, options=AXE).response["violations"]
    return [(v["id"], [node["target"] for node in v["nodes"]][:3]) for v in found]


SMALL_LINKS = """() => [...document.querySelectorAll(
    'article :is(.permalink, .ref, .heading-link, .paragraph__id a)')]
  .filter(e => e.checkVisibility()).map(e => [e.getBoundingClientRect(), e])
  .filter(([box]) => box.width < 23.9 || box.height < 23.9).map(([box, e]) => e.outerHTML)"""
LINK_NAMES = """() => [...document.querySelectorAll('.permalink, .paragraph__id a')]
  .map(e => e.ariaLabel)"""
UNFOLD = "document.querySelectorAll('details').forEach(e => e.open = true)"
# A record may fold the link with its details. What the comparison has in short is shown in full
# on the page of a question, with a link to itself there.
WITHOUT_LINK = """() => {
  const offered = (e) => [...document.querySelectorAll(
      `article a[href="#${e.id}"]:is(.permalink, .heading-link, .paragraph__id a)`)]
    .some(a => a.checkVisibility() || e.contains(a.closest('details')));
  const elsewhere = (e) => e.closest('.matrix, .index') && (e.matches('.cell--does-not-address')
    || e.querySelector(':scope > a[href*="questions/"], th a[href*="questions/"]'));
  return [...document.querySelectorAll('article :is(td, tr, li, h2, h3, section, article)[id]')]
    .filter(e => /^((q|f|c|o|e|pl|g)-|p\\d\\d)/.test(e.id) && !/-detail$|--claim$/.test(e.id))
    .filter(e => !offered(e) && !elsewhere(e)).map(e => e.id);
}"""


def wider_than(page, width: int) -> bool:
    """Whether a page is wider than its window, once it has come to rest."""
    for _ in range(20):
        if page.evaluate("document.documentElement.scrollWidth") <= width:
            return False
        page.wait_for_timeout(50)
    return True


class Visit(NamedTuple):
    """What a visit to a page has found."""

    address: str
    violations: list
    too_wide: list[int]  # widths of the window at which the page is wider
    small: list[str]  # links that are hard to hit
    names: list[str | None]  # of links that say no more than #
    without_link: list[str]  # ids that no link offers
    errors: list[str]
    requests: list[str]


def one_of_each_kind(built) -> list[str]:
    """The pages of a site, with one expert's page and one expert's sheet."""
    rest = built.dataset.article.experts[1:]
    alike = {address for e in rest for address in (e.address, f"sheets/{e.slug}/")}
    return [address for address in built.pages if address not in alike]


def day(built) -> list[Visit]:
    """Visits to every page of a site, by day on a wide screen."""
    return visit_all(built, built.pages, viewport=SIZES["wide"], color_scheme="light")


def night(built) -> list[Visit]:
    """Visits to one page of each kind, by night on a phone."""
    pages = one_of_each_kind(built)
    return visit_all(built, pages, viewport=SIZES["phone"], color_scheme="dark")


def sample(built) -> list[Visit]:
    """Visits to one page of each kind, by day on a wide screen."""
    pages = one_of_each_kind(built)
    return visit_all(built, pages, viewport=SIZES["wide"], color_scheme="light")


def visit_all(built, pages: list[str], **options) -> list[Visit]:
    """Visits to pages of a site, and to an address that it does not have."""
    with browser.running() as chromium:
        context = chromium.new_context(**options)
        context.set_default_navigation_timeout(PATIENCE)
        return _visit_all(context, built, pages, options["viewport"])


def _visit_all(context, built, pages: list[str], size: dict[str, int]) -> list[Visit]:
    page = context.new_page()
    errors: list[str] = []
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))

    def heard(message):
        if message.type in ("error", "warning"):
            errors.append(message.text)

    page.on("console", heard)
    visits = []
    for address in [*pages, NOWHERE]:
        errors.clear()
        requests.clear()
        page.set_viewport_size(size)
        page.goto(built.url + address)
        found = [axe(page), [], page.evaluate(SMALL_LINKS), page.evaluate(LINK_NAMES)]
        page.evaluate(UNFOLD)
        found.append(page.evaluate(WITHOUT_LINK))
        for width in WIDTHS if size == SIZES["wide"] else WIDTHS[1:2]:
            page.set_viewport_size({"width": width, "height": 640})
            if wider_than(page, width):
                found[1].append(width)
        visits.append(Visit(address, *found, [*errors], [*requests]))
    return visits
