"""The site in a real Chromium, as readers meet it."""

import io
import re
import unicodedata

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import ROOT
from facts import load

pytestmark = pytest.mark.site

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SIZES = {"wide": {"width": 1280, "height": 800}, "phone": {"width": 360, "height": 740}}


@pytest.fixture(scope="module")
def facts():
    return load(ROOT / "docs/data")


@pytest.fixture
def open_page(chromium, url):
    """Opens an address of the site in a browser of its own; closes all at the end."""
    contexts = []

    def open_(path="", **options):
        contexts.append(chromium.new_context(**{"viewport": SIZES["wide"]} | options))
        page = contexts[-1].new_page()
        page.goto(url + path)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page, url, pages, size, scheme):
    page = open_page(viewport=SIZES[size], color_scheme=scheme)
    violations = []
    for path in [*pages, "no/such/page/"]:
        page.goto(url + path)
        found = Axe().run(page, options=AXE).response["violations"]
        violations += [(path, v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found]
    assert not violations


def test_axe_finds_nothing_with_parts_opened(open_page, pages):
    page = open_page("compare/")
    page.locator(".legend summary").click()
    page.locator("#show-asker").check(force=True)
    assert not Axe().run(page, options=AXE).response["violations"]


def test_axe_finds_nothing_in_opened_sources(open_page, url):
    page = open_page()
    for path in ("checks/", "outcomes/"):
        page.goto(url + path)
        page.evaluate("document.querySelectorAll('.sources').forEach(e => e.open = true)")
        assert not Axe().run(page, options=AXE).response["violations"]


def test_axe_can_fail(open_page):
    page = open_page()
    page.evaluate("document.querySelector('h1').innerHTML = '<a href=x></a>'")
    assert {v["id"] for v in Axe().run(page, options=AXE).response["violations"]} >= {"link-name"}


@pytest.mark.parametrize("width", [320, 360, 768, 1280, 1920])
def test_nothing_scrolls_sideways(open_page, url, pages, width):
    """320 px is also 1280 px at a zoom of 400 %."""
    page = open_page(viewport={"width": width, "height": 640})
    for path in [*pages, "no/such/page/"]:
        page.goto(url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_no_foreign_request_and_no_console_error(open_page, url, pages):
    page = open_page()
    requests, errors = set(), []
    page.on("request", lambda request: requests.add(request.url))
    page.on(
        "console",
        lambda message: (
            errors.append(message.text) if message.type in {"error", "warning"} else None
        ),
    )
    page.on("pageerror", lambda error: errors.append(str(error)))
    for path in pages:
        page.goto(url + path, wait_until="networkidle")
        page.locator(".md-search__input").click()
        page.locator(".md-search__input").press_sequentially("CSTO")
        page.locator(".md-search-result__item").first.wait_for()
    assert not errors
    assert not {r for r in requests if not r.startswith((url, "data:"))}


def test_404_is_styled_at_depth(open_page):
    page = open_page("no/such/page/at/all/")
    assert page.locator("h1").inner_text() == "This page is not here"
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
    )
    page.get_by_role("link", name="The comparison").click()
    assert page.url.endswith("/repo/compare/")


def test_keyboard_reaches_every_control(open_page):
    """Tab from the top goes through every control of the page that is in view."""
    page = open_page("compare/")
    page.evaluate("""() => {
      window.wanted = new Set([...document.querySelectorAll('article a[href], article summary, article input:checked')]
        .filter(e => e.checkVisibility() && !e.closest('details:not([open]) :not(summary)')));
    }""")
    assert page.evaluate("wanted.size") > 300
    for _ in range(1200):
        page.keyboard.press("Tab")
        if not page.evaluate("wanted.delete(document.activeElement), wanted.size"):
            break
    assert page.evaluate("[...wanted].map(e => e.outerHTML)") == []


def test_keyboard_moves_the_filter(open_page):
    page = open_page("compare/")
    page.locator("#show-all").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#show-kalay").is_checked()
    assert (
        page.locator("#q-csto--kalay").is_visible() and page.locator("#q-csto--asker").is_hidden()
    )


CELLS = [
    "q-entry--kalay",
    "q-entry--kivanc",
    "q-worry--karakus",
    "q-withdrawal--ibrahimi",
    "q-soldiers-crossed--kivanc",
]

IN_VIEW = """([cell, name]) => {
  const shown = (e) => {
    const box = e.getBoundingClientRect();
    const x = box.left + Math.min(box.width / 2, 20), y = box.top + Math.min(box.height / 2, 10);
    const top = document.elementFromPoint(x, y);
    return box.height > 0 && top !== null && (e.contains(top) || top.contains(e));
  };
  const td = document.getElementById(cell), row = td.closest('tr');
  const heads = [...td.closest('table').querySelectorAll('thead th a'), td.querySelector('.cell__who')];
  return {
    cell: shown(td.querySelector('.stance')),
    row: shown(row.querySelector('.matrix__question')),
    column: heads.some(e => e.textContent.trim() === name && shown(e)),
  };
}"""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("cell", CELLS)
def test_a_link_to_a_cell_lands_with_its_names(open_page, facts, size, cell):
    page = open_page(f"compare/#{cell}", viewport=SIZES[size])
    page.wait_for_timeout(300)
    name = next(e.short for e in facts.experts if cell.endswith(e.id))
    assert page.evaluate(IN_VIEW, [cell, name]) == {"cell": True, "row": True, "column": True}


def test_every_permalink_is_large_enough_and_named(open_page, url, pages):
    page = open_page()
    for path in [
        "compare/",
        "experts/ali-asker/",
        "source/",
        "checks/",
        "outcomes/",
        "timeline/",
        "map/",
    ]:
        page.goto(url + path)
        small = page.evaluate("""() => [...document.querySelectorAll('article :is(.permalink, .ref, .headerlink, .paragraph__id a)')]
          .filter(e => e.checkVisibility()).map(e => [e.getBoundingClientRect(), e])
          .filter(([box]) => box.width < 23.9 || box.height < 23.9).map(([box, e]) => e.outerHTML)""")
        assert small == [], path
        names = page.evaluate(
            "[...document.querySelectorAll('.permalink, .paragraph__id a')].map(e => e.ariaLabel)"
        )
        assert names and len(names) == len(set(names))
        without = page.evaluate("""() => [...document.querySelectorAll('article [id]')].map(e => e.id)
          .filter(id => /^((q|f|c|o|e|pl)-|p\\d\\d)/.test(id))
          .filter(id => !document.querySelector(`article a[href="#${id}"]:is(.permalink, .headerlink, .paragraph__id a)`)?.checkVisibility())""")
        assert without == [], path


@pytest.mark.parametrize("size", SIZES)
def test_the_filter_works_without_javascript(open_page, facts, size):
    page = open_page("compare/", java_script_enabled=False, viewport=SIZES[size])
    cells = {e.id: page.locator(f".matrix td.of-{e.id}").first for e in facts.experts}
    assert all(cell.is_visible() for cell in cells.values())
    page.locator("label", has_text="Karakuş").click()
    assert [id for id, cell in cells.items() if cell.is_visible()] == ["karakus"]
    page.locator("label", has_text="All five").click()
    assert all(cell.is_visible() for cell in cells.values())


def test_the_timeline_filter_works_without_javascript(open_page):
    page = open_page("timeline/", java_script_enabled=False)
    recognition, kazakhstan = (
        page.locator("#e-2025-07-03-recognition"),
        page.locator("#e-2021-06-18-kazakh-agreement"),
    )
    page.locator("label", has_text="Kazakhstan").click()
    assert (
        kazakhstan.is_visible()
        and recognition.is_hidden()
        and page.locator(".event--article").is_visible()
    )
    page.locator("label", has_text="All").first.click()
    assert kazakhstan.is_visible() and recognition.is_visible()


def test_labels_of_the_map_do_not_collide(open_page):
    for size in SIZES.values():
        page = open_page("map/", viewport=size)
        collisions = page.evaluate("""() => [...document.querySelectorAll('.map svg')].flatMap(svg => {
          const labels = [...svg.querySelectorAll('.badge circle, .country')].map(e => [e, e.getBoundingClientRect()]).filter(([, b]) => b.width);
          const apart = ([e, a], [f, b]) => e.matches('circle') && f.matches('circle')
            ? Math.hypot(a.x + a.width / 2 - b.x - b.width / 2, a.y + a.height / 2 - b.y - b.height / 2) >= (a.width + b.width) / 2
            : a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
          return labels.flatMap((a, i) => labels.slice(0, i).filter(b => !apart(a, b)).map(b => [a, b].map(([e]) => e.parentNode.textContent))); })""")
        assert collisions == [], size
        crossed = page.evaluate("""() => [...document.querySelectorAll('.map svg')].flatMap(svg => {
          const frame = svg.querySelector('.inset')?.getBoundingClientRect(), whole = svg.getBoundingClientRect();
          return [...svg.querySelectorAll('.badge circle, .country')].map(e => [e, e.getBoundingClientRect()])
            .filter(([e, b]) => b.width && (b.left < whole.left || b.right > whole.right || frame
              && b.left < frame.right && b.right > frame.left && b.top < frame.bottom && b.bottom > frame.top))
            .map(([e]) => e.textContent || e.parentNode.getAttribute('aria-label')); })""")
        assert crossed == [], size
        text = page.evaluate(
            "[...document.querySelectorAll('.badge text')].map(e => e.getBoundingClientRect().height)"
        )
        assert min(text) >= 9, "the numbers are too small to read"


def test_the_filter_never_hides_what_was_linked(open_page, url):
    page = open_page("compare/", java_script_enabled=False)
    page.locator("label", has_text="Karakuş").click()
    page.locator("#agreements ~ .camps a[href='#q-entry--asker']").first.click()
    assert page.locator("#q-entry--asker").is_visible()


# what is typed, and where the first hit (or one of the first three) leads
EXPERT_SEARCHES = {
    "mehmet-kivanc": ["Kivanc", "kivanc", "Kıvanç"],
    "erdogan-karakus": ["Karakus", "Erdogan", "Karakuş"],
    "guler-kalay": ["Guler", "Kalay", "Güler"],
    "ali-asker": ["Asker", "asker"],
    "said-sabir-ibrahimi": ["Ibrahimi", "İbrahimi", "ibrahimi"],
}
SECTION_SEARCHES = {
    "CSTO": r"compare/.*#(q-csto-detail|f-csto-members)|glossary/.*#g-csto",
    "2042": r"compare/.*#(q-base-term-detail|f-base-term)|experts/.+#figures",
    "peacekeeping": r"compare/.*#q-peacekeeping-detail",
    "Sherkhan Bandar": r"glossary/.*#g-sherkhan-bandar|source/",
    "civil war": r"compare/.*#q-civil-war-detail",
}


def hits(page, url, query) -> list[str]:
    """The addresses that the theme's search lists for a query, best first."""
    page.goto(url)
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially(query)
    page.locator(
        ".md-search-result__meta", has_text=re.compile("matching document|No match")
    ).wait_for()
    page.wait_for_timeout(400)
    return page.evaluate(
        "[...document.querySelectorAll('.md-search-result__link')].map(a => a.href)"
    )


@pytest.mark.parametrize(
    ("query", "slug"), [(q, slug) for slug, queries in EXPERT_SEARCHES.items() for q in queries]
)
def test_search_finds_the_expert_first(open_page, url, query, slug):
    found = hits(open_page(), url, query)
    assert found and found[0].startswith(f"{url}experts/{slug}/"), found[:5]


@pytest.mark.parametrize("query", SECTION_SEARCHES)
def test_search_finds_the_section(open_page, url, query):
    found = hits(open_page(), url, query)
    assert any(re.search(SECTION_SEARCHES[query], address) for address in found[:6]), found[:6]


def test_links_and_quotations_can_be_copied(open_page, url, facts):
    page = open_page("experts/ali-asker/", permissions=["clipboard-read", "clipboard-write"])
    page.locator("#q-entry .permalink").click()
    assert (
        page.evaluate("navigator.clipboard.readText()")
        == f"{url}experts/ali-asker/#q-entry"
        == page.url
    )
    assert page.get_by_role("status").inner_text() == "Link copied"
    page.locator("#q-entry .copy").click()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("“out of the question” (Ali Asker, reported), in: ") and text.endswith(
        f"{url}compare/#q-entry--asker"
    )
    assert facts.source.title in text and facts.source.url in text
    page.goto(url + "source/")
    page.locator("#p07 .paragraph__id a").click()
    assert page.evaluate("navigator.clipboard.readText()") == f"{url}source/#p07"


def test_without_a_script_there_are_addresses_and_no_dead_buttons(open_page):
    page = open_page("experts/ali-asker/", java_script_enabled=False)
    assert page.locator("#q-entry .permalink").is_visible() and page.locator(".copy").count() == 0
    original = page.locator("#q-entry .quote a").get_attribute("href")
    assert original.endswith("#:~:text=out%20of%20the%20question")


@pytest.mark.parametrize(
    "options", [{}, {"viewport": SIZES["phone"], "has_touch": True, "java_script_enabled": False}]
)
def test_terms_open_by_keyboard_and_touch(open_page, facts, options):
    page = open_page("experts/said-sabir-ibrahimi/", **options)
    means = next(term.means for term in facts.glossary if term.id == "g-csto")
    term, note = page.get_by_role("button", name="CSTO", exact=True), page.locator("#t-g-csto")
    assert note.is_hidden()
    if options:
        term.tap()
    else:
        term.focus()
        page.keyboard.press("Enter")
    assert note.is_visible() and means in note.inner_text().replace("’", "'")
    box = note.bounding_box()
    assert (
        box["x"] >= 0
        and box["x"] + box["width"] <= page.viewport_size["width"]
        and box["y"] + box["height"] <= page.viewport_size["height"]
    )
    page.keyboard.press("Escape")
    assert note.is_hidden()


def test_terms_print_as_notes(open_page, facts):
    pdf = pypdf.PdfReader(io.BytesIO(open_page("experts/said-sabir-ibrahimi/").pdf(format="A4")))
    text = " ".join(" ".join(sheet.extract_text() for sheet in pdf.pages).split())
    assert "A military alliance that includes Russia and Tajikistan" in text


def test_print_keeps_every_column(open_page, facts):
    page = open_page("compare/")
    pdf = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))
    sheets = [
        unicodedata.normalize("NFKC", " ".join(sheet.extract_text().split())) for sheet in pdf.pages
    ]
    text = " ".join(sheets)
    squeezed = re.sub(r"\W", "", text)
    for position in facts.positions:
        if not position.silent:
            assert re.sub(r"\W", "", facts.fill(position.says)) in squeezed, position.id
    header = "".join(e.short for e in facts.experts)
    matrix = [s for s in sheets if re.search(r"Question\W+Kalay", s)]
    assert len(matrix) >= 3, "the header row repeats on every sheet"
    assert all(all(e.short in s for e in facts.experts) for s in matrix), header
    page.emulate_media(media="print")
    assert page.locator(".filter").is_hidden()
    widths = page.evaluate(
        "[...document.querySelectorAll('.matrix thead th')].map(e => e.getBoundingClientRect().width)"
    )
    assert all(width > 60 for width in widths)


def test_print_opens_the_sources(open_page, facts):
    pdf = pypdf.PdfReader(io.BytesIO(open_page("checks/").pdf(format="A4")))
    text = re.sub(
        r"\W",
        "",
        unicodedata.normalize("NFKC", "".join(sheet.extract_text() for sheet in pdf.pages)),
    )
    for check in facts.evidence.checks:
        for item in check.sources:
            assert re.sub(r"\W", "", unicodedata.normalize("NFKC", item.supports)) in text, (
                check.id,
                item.source,
            )


def test_a_sheet_prints_on_one_page(open_page, facts):
    for name in ["compare", *(expert.slug for expert in facts.experts)]:
        pdf = pypdf.PdfReader(
            io.BytesIO(open_page(f"sheets/{name}/").pdf(prefer_css_page_size=True))
        )
        assert len(pdf.pages) == 1, name
        across, down = (round(float(side) / 72 * 25.4) for side in pdf.pages[0].mediabox[2:])
        assert (across, down) == ((297, 210) if name == "compare" else (210, 297))
        text = re.sub(r"\W", "", unicodedata.normalize("NFKC", pdf.pages[0].extract_text()))
        for position in facts.positions:
            if name == "compare" or name == next(
                e.slug for e in facts.experts if e.id == position.expert
            ):
                words = (
                    position.position
                    if name == "compare" or position.silent
                    else facts.fill(position.says)
                )
                assert re.sub(r"\W", "", words).lower() in text.lower(), position.id
        for question in facts.questions:
            assert re.sub(r"\W", "", question.wording) in text, (name, question.id)


def test_classroom_answers_are_folded_away(open_page):
    page = open_page("classroom/", java_script_enabled=False)
    answers = page.locator("details.answer")
    assert answers.count() == 3 and page.locator("details.answer[open]").count() == 0
    answers.nth(1).locator("summary").click()
    assert (
        answers.nth(1).locator("li").first.is_visible()
        and answers.nth(0).locator("li").first.is_hidden()
    )


def test_forced_colours_keep_the_words(open_page):
    page = open_page("compare/", forced_colors="active")
    assert page.locator("#q-entry--asker .stance").inner_text().strip() == "No"
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    page.locator("#show-asker").check(force=True)
    assert (
        page.evaluate("getComputedStyle(document.querySelector('#show-asker + span')).outlineStyle")
        == "solid"
    )
