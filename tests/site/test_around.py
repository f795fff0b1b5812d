"""What stands around every page: tabs, pages of a part, contents, foot; and its print."""

import io
import re
import urllib.parse

import pypdf
import pytest
from built import SIZES, letters, words

PHONE = {"viewport": SIZES["phone"], "has_touch": True, "is_mobile": True}
TABS_FROM = 960  # px
FOOT = ["Method", "Corrections", "Data", "Licences", "How to cite"]


def address_of(name: str) -> str:
    return name.removesuffix("index.html")


def led_to(name: str, page, path: str) -> list[tuple[str, str, str | None]]:
    """Links of a page: what they say, the address below the site's, and whether they are here."""
    found = []
    for link in page.xpath(path):
        href = urllib.parse.urljoin(f"http://site/{address_of(name)}", link.get("href"))
        found.append((words(link), href.removeprefix("http://site/"), link.get("aria-current")))
    return found


TABS = "//nav[contains(@class, 'md-tabs')]//a"
PART = "//nav[@class='part']//a"
CONTENTS = "//details[@class='contents']//a"
WAYS = "//nav[contains(@class, 'ways-on')]//a"


def in_menu(documents) -> dict:
    """The pages that the menu has, and those of questions: not the sheets, the key and 404."""
    apart = ("404.html", "sheets/", "classroom/key/")
    return {name: page for name, page in documents.items() if not name.startswith(apart)}


# --- Markup ------------------------------------------------------------------------


def test_one_tab_is_the_current_one(documents):
    for name, page in in_menu(documents).items():
        current = [link for link in led_to(name, page, TABS) if link[2]]
        ((_, address, state),) = current
        assert state == ("page" if address == address_of(name) else "true"), name


def test_pages_of_a_part_lead_to_each_other(documents):
    parts = {n: links for n, p in documents.items() if (links := led_to(n, p, PART))}
    assert parts
    for name, links in parts.items():
        assert [link[1] for link in links if link[2] == "page"] == [address_of(name)]
        for _, address, _ in links:
            theirs = parts[f"{address}index.html"]
            assert [link[:2] for link in theirs] == [link[:2] for link in links], name
        first, *_ = links
        assert first[1] in [link[1] for link in led_to(name, documents[name], TABS)], name


def test_a_page_is_called_the_same_in_menu_title_and_heading(documents):
    for name, page in in_menu(documents).items():
        if address_of(name) in ("", "compare/"):  # these open with a sentence of their own
            continue
        heading = words(page.xpath("//h1")[0])
        assert page.xpath("string(//title)").startswith(f"{heading} - "), name
        for text, address, _ in led_to(name, page, f"{PART} | {TABS}"):
            if address == address_of(name) and text != "Use this":
                assert text == heading, name


def test_long_pages_say_what_is_on_them(documents):
    long = 0
    for name, page in documents.items():
        entries = page.xpath("//article/h2/@id")
        listed = [href.rpartition("#")[2] for _, href, _ in led_to(name, page, CONTENTS)]
        beside = page.xpath("//*[@data-md-type='toc' and not(@hidden)]")
        if listed:
            long += 1
            assert listed == entries and not page.find_class("jump"), name
        elif beside and len(entries) > 3:
            assert page.find_class("jump"), name
    assert long


def test_every_page_has_the_ways_on_at_its_foot(documents):
    for name, page in documents.items():
        assert [link[0] for link in led_to(name, page, WAYS)][: len(FOOT)] == FOOT, name
        (ways,) = page.find_class("ways-on")
        assert ways.getparent().getnext().get("class").startswith("md-footer-meta"), name


def test_zensical_puts_the_same_around_the_pages(documents, zensical_site):
    import lxml.html

    for name, page in documents.items():
        theirs = lxml.html.parse(str(zensical_site / name)).getroot()
        for path in (TABS, PART, CONTENTS, WAYS):
            assert led_to(name, theirs, path) == led_to(name, page, path), (name, path)
        printed = "string(//p[@class='printed-from'])"
        assert theirs.xpath(printed) == page.xpath(printed), name


def test_an_unknown_address_says_so_and_has_ways_back(documents):
    page = documents["404.html"]
    assert "not found" in page.xpath("string(//title)")
    assert "What happened" in [words(link) for link in page.xpath("//article//a")]
    assert page.xpath("//article//form[@role='search']//input/@name") == ["q"]


def test_headings_hold_no_link_to_themselves(documents):
    for name, page in documents.items():
        headings = page.xpath("//article//*[self::h1 or self::h2 or self::h3 or self::h4]")
        inside = [a for h in headings for a in h.iter("a") if a.get("href").startswith("#")]
        assert inside == [], name


def test_no_link_is_named_by_a_sign(documents):
    for name, page in documents.items():
        for link in page.iter("a"):
            said = link.get("aria-label") or link.get("title") or words(link)
            assert re.search(r"\w", said) or link.xpath(".//svg"), (name, link.get("href"))


# --- In the browser ----------------------------------------------------------------


def test_the_tabs_stand_in_one_row_where_they_fit(open_page, live):
    page = open_page(live.url, viewport={"width": TABS_FROM, "height": 700})
    row = page.evaluate("""() => {
      const tabs = [...document.querySelectorAll('.md-tabs__link')].filter(e => e.offsetParent);
      const list = document.querySelector('.md-tabs__list');
      return [tabs.length, new Set(tabs.map(e => e.getBoundingClientRect().top)).size,
        new Set(tabs.map(e => e.getClientRects().length)).size,
        list.scrollWidth <= list.clientWidth];
    }""")
    assert row == [6, 1, 1, True]
    assert page.get_by_role("button", name="Menu").count() == 0
    assert page.locator(".md-header .md-logo").is_visible()
    page.set_viewport_size({"width": TABS_FROM - 1, "height": 700})
    assert page.locator(".md-tabs").is_hidden()
    assert page.get_by_role("button", name="Menu").is_visible()


@pytest.mark.parametrize("width", [360, 1024, 1280])
def test_pages_of_a_part_are_in_sight(open_page, live, width):
    page = open_page(f"{live.url}timeline/", viewport={"width": width, "height": 700})
    assert page.locator(".part a").first.is_visible()
    page.goto(live.url + live.dataset.article.experts[0].address)
    beside = page.locator(".md-sidebar--primary nav a", has_text="Experts").first
    assert page.locator(".part").is_visible() != (width >= 1220)
    assert beside.is_visible() == (width >= 1220)


def test_the_name_of_the_site_is_not_cut_on_a_phone(open_page, live):
    page = open_page(live.url, **PHONE)
    for part in page.locator(".md-header__topic .md-ellipsis").all():
        cut = part.evaluate("e => [e.scrollWidth - e.clientWidth, e.scrollHeight - e.clientHeight]")
        assert max(cut) <= 1, part.inner_text()


def test_the_contents_of_a_page_unfold_on_a_phone(open_page, small):
    address = f"{small.url}{small.dataset.article.experts[0].address}"
    page = open_page(address, **PHONE | {"java_script_enabled": False})
    contents = page.locator(".contents")
    assert contents.locator("a").last.is_hidden()
    contents.locator("summary").tap()
    link = contents.locator("a").last
    target = page.locator(f"h2{link.get_attribute('href')}")
    link.tap()
    assert 48 <= target.bounding_box()["y"] < 740
    page.emulate_media(media="print")
    assert contents.is_hidden()
    wide = open_page(address, viewport={"width": 1024, "height": 700})
    assert wide.locator(".contents").is_hidden()


def test_paper_names_the_address_of_the_page(open_page, small):
    for address in ("checks/", small.dataset.article.experts[0].address):
        page = open_page(small.url + address)
        assert page.locator(".printed-from").is_hidden()
        pdf = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))
        assert letters(small.url + address) in letters(pdf.pages[-1].extract_text())
    page.goto(f"{small.url}sheets/compare/")
    assert page.locator(".printed-from").count() == 0, "sheets have one of their own"


# --- Addresses of records ------------------------------------------------------------


@pytest.fixture
def answer(small):
    """An answer of the small project, and the page of its expert."""
    position = next(p for p in small.dataset.article.positions if not p.silent)
    return f"#{position.question}", small.url + small.dataset.expert_of(position).address


def opacity(locator) -> str:
    return locator.evaluate("e => getComputedStyle(e).opacity")


def test_a_mouse_or_the_focus_brings_out_the_link_of_a_record(open_page, answer):
    record, address = answer
    page = open_page(address)
    link = page.locator(f"{record} .permalink")
    assert opacity(link) == "0" and link.inner_text() == "Share"
    page.locator(f"{record} h4").hover()
    page.locator(f"{record} .cell__meta").hover()
    assert opacity(link) == "1"
    page.mouse.move(0, 0)
    link.focus()
    assert opacity(link) == "1"


def test_a_finger_finds_the_link_and_shares_it(open_page, answer):
    record, address = answer
    page = open_page(address, **PHONE)
    page.evaluate("() => { navigator.share = async (what) => { window.shared = what.url } }")
    link = page.locator(f"{record} .permalink")
    assert opacity(link) == "1"
    link.tap()
    page.wait_for_function("window.shared")
    assert page.evaluate("window.shared") == address + record == page.url


def test_a_heading_offers_its_address_beside_it(open_page, answer):
    _, address = answer
    page = open_page(address, permissions=["clipboard-read", "clipboard-write"])
    heading = page.locator("article > h2").first
    link = page.locator("article > h2 + .heading-link").first
    assert opacity(link) == "0"
    heading.hover()
    assert opacity(link) == "1"
    title, box = heading.bounding_box(), link.bounding_box()
    assert box["x"] + box["width"] <= title["x"] + 1
    assert title["y"] - 4 <= box["y"] <= title["y"] + title["height"]
    link.click()
    page.get_by_role("status").get_by_text("Link copied").wait_for()
    copied = f"{address}#{heading.get_attribute('id')}"
    assert page.evaluate("navigator.clipboard.readText()") == copied == page.url


FRAME = """(id) => {
  const e = document.getElementById(id), style = getComputedStyle(e);
  const bar = document.querySelector('.md-header').getBoundingClientRect().bottom;
  const box = e.getBoundingClientRect();
  return {
    framed: style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2,
    inside: parseFloat(style.outlineOffset) < 0,
    clear: box.top >= bar && box.top < innerHeight,
    tint: style.backgroundColor,
  };
}"""


@pytest.mark.parametrize("width", [360, 1024, 1280])
def test_what_a_link_leads_to_is_framed_and_clear_of_the_bar(open_page, small, width):
    article, evidence = small.dataset.article, small.dataset.evidence
    cell = next(p for p in article.positions if p.position == "yes").id
    targets = {
        "compare/": cell,
        article.experts[0].address: article.questions[0].id,
        "source/": article.paragraphs[-1].id,
        "glossary/": article.glossary[-1].id,
        "timeline/": evidence.events[-1].id,
    }
    page = open_page("about:blank", viewport={"width": width, "height": 740})
    for address, id in targets.items():
        page.goto(small.url + address)
        before = page.evaluate(
            "(id) => getComputedStyle(document.getElementById(id)).backgroundColor", id
        )
        page.goto(f"{small.url}{address}#{id}")
        page.wait_for_timeout(100)
        found = page.evaluate(FRAME, id)
        assert found["framed"] and found["clear"], (address, found)
        if address == "compare/":
            assert found["inside"] and found["tint"] == before != "rgba(0, 0, 0, 0)"
