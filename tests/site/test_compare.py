"""The comparison as readers use it: short, folded, and every old address still leads there."""

import io
import unicodedata
from urllib.parse import quote

import published_ids
import pypdf
import pytest
from built import letters, printed

PHONE = {"width": 360, "height": 780}
WIDE = {"width": 1280, "height": 900}
SHOWN = "e => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length > 0"
TAB_STOPS = """() => [...document.querySelectorAll(
    'a[href], button, summary, input, select, textarea, [tabindex]')]
  .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({visibilityProperty: true}))
  .length"""
# The limits are for this many positions; an edit that adds some may add to the page.
POSITIONS = 90


@pytest.fixture
def compare(open_page, request):
    """Opens the comparison of a site, at an id if one is given."""

    def open_(built, id="", **options):
        return open_page(f"{built.url}compare/{id and '#'}{id}", **options)

    return open_


def former(built, position) -> list[str]:
    """An id that led to a cell before, if there is one."""
    return built.dataset.former(position.id)[:1]


def spoken(built) -> list:
    return [position for position in built.dataset.article.positions if not position.silent]


# --- Size ---------------------------------------------------------------------------


def test_the_comparison_is_short_while_it_is_folded(compare, live, notice):
    page = compare(live, viewport=PHONE)
    more = max(1, len(live.dataset.article.positions) / POSITIONS)
    height = page.evaluate("document.documentElement.scrollHeight") / PHONE["height"]
    if height > 10:
        notice(f"/compare/ is {height:.2f} screens of a phone long, and is meant to have 10")
    assert height < 10.5 * more
    elements = page.evaluate("document.querySelectorAll('*').length")
    if elements > 1600 * more:
        notice(f"/compare/ has {elements} elements, and is meant to have 1,600")
    assert elements < 1700 * more
    assert page.locator("details[open]").count() == 0


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_the_keyboard_has_few_stops_on_its_way(compare, live, size):
    more = max(1, len(live.dataset.article.positions) / POSITIONS)
    assert compare(live, viewport=size).evaluate(TAB_STOPS) <= 250 * more


def test_every_row_is_a_heading_for_who_listens(compare, small):
    page = compare(small)
    for question in small.dataset.article.questions:
        heading = page.get_by_role("heading", level=3, name=printed(question.wording), exact=True)
        assert heading.count() == 1
        row = page.locator("tr", has=heading)
        assert row.get_attribute("id") == question.id
        heading.get_by_role("link").click()
        assert page.url == small.url + question.address
        page.go_back()


# --- Evidence -----------------------------------------------------------------------


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_link_to_a_cell_opens_its_evidence(compare, small, size, script):
    for position, id in [(p, id) for p in spoken(small) for id in (p.id, *former(small, p))]:
        page = compare(small, id, viewport=size, java_script_enabled=script)
        cell = page.locator(f"#{position.id}")
        for part in (".stance", ".cell__says", ".evidence q", ".evidence .ref"):
            assert cell.locator(part).first.evaluate(SHOWN), (position.id, part)
        others = page.locator(f".cell:not(#{position.id}) .evidence q")
        assert not any(others.nth(i).evaluate(SHOWN) for i in range(others.count()))
        page.context.close()


def test_evidence_opens_and_closes_by_hand(compare, small):
    first, second, *_ = spoken(small)
    page = compare(small, first.id, viewport=PHONE)
    for position, was in ((first, True), (second, False)):
        quotation = page.locator(f"#{position.id} .evidence q")
        for shown in (was, not was, was):
            assert quotation.evaluate(SHOWN) == shown
            page.locator(f"#{position.id} summary").click()


def test_an_address_of_the_same_page_opens_evidence_too(compare, small):
    first, *_, last = spoken(small)
    page = compare(small, first.id)
    page.evaluate("id => { location.hash = id }", last.id)
    page.wait_for_function("id => document.querySelector(`#${id} details`).open", arg=last.id)
    assert page.locator(f"#{last.id} q").evaluate(SHOWN)


def test_find_in_page_opens_evidence(open_page, small):
    """As a link to a text does, which looks for it in the same way."""
    article = small.dataset.article
    for position in (spoken(small)[0], spoken(small)[-1]):
        text = quote(printed(position.quote), safe="")
        page = open_page(f"{small.url}compare/#:~:text={text}", viewport=PHONE)
        page.wait_for_function(
            "id => document.querySelector(`#${id} details`).open", arg=position.id, timeout=5000
        )
        assert page.locator(f"#{position.id} q").evaluate(SHOWN)
    assert article


def paper(page, **options) -> str:
    """The letters on all sheets of paper."""
    pdf = pypdf.PdfReader(io.BytesIO(page.pdf(**options)))
    text = "".join(sheet.extract_text() for sheet in pdf.pages)
    return letters(unicodedata.normalize("NFKC", text))


PAPERS = {"A4": {"format": "A4"}, "of a phone": {"width": "90mm", "height": "190mm"}}


@pytest.mark.parametrize("size", PAPERS)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_paper_has_every_answer_with_its_evidence(compare, small, size, script):
    page = compare(small, viewport=PHONE, java_script_enabled=script)
    text = paper(page, **PAPERS[size])
    for position in spoken(small):
        assert letters(small.dataset.fill(position.says)) in text, position.id
        assert letters(printed(position.quote)) in text, position.id
    for outcome in small.dataset.evidence.outcomes:
        for concern in outcome.concerns:
            assert concern.id.startswith("f-") or letters(f"Since: {concern.since}") in text
    silent = len(small.dataset.article.positions) - len(spoken(small))
    assert text.count(letters("Does not address")) >= silent


# --- Old addresses ------------------------------------------------------------------

LEADS = """id => { location.hash = ''; location.hash = id; return new Promise(done =>
  setTimeout(() => {
    const e = document.getElementById(id);
    if (!e) return done('nothing');
    const place = e.matches('span:empty') ? e.parentElement : e;
    const box = place.getBoundingClientRect();
    if (!place.checkVisibility({visibilityProperty: true}) || !box.width) return done('hidden');
    if (box.top >= innerHeight || box.bottom <= 0) return done('out of view');
    const around = place.closest('tr, li') ?? place;
    const way = around.querySelector('a[href]') || place.closest('a[href]');
    done(way || !/^([qf]-|details$)/.test(id) ? '' : 'no way on');
  }, 30)); }"""


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_every_old_address_leads_to_something_in_view(compare, live, size):
    """What was published once, though it may have moved: its place has a link to where."""
    page = compare(live, viewport=size)
    listed = [
        id.partition("#")[2] for id in sorted(published_ids.listed()) if id.startswith("compare/#")
    ]
    assert len(listed) > 100
    found = {id: page.evaluate(LEADS, id) for id in listed}
    assert {id: what for id, what in found.items() if what} == {}


# --- Silence, on a phone --------------------------------------------------------------


def test_the_silent_share_one_line_on_a_phone(compare, small):
    page = compare(small, viewport=PHONE, java_script_enabled=False)
    for question in small.dataset.article.questions:
        silent = [p for p in small.dataset.positions_on(question) if p.silent]
        line = page.locator(f"#{question.id} .matrix__silent")
        assert line.count() == bool(silent)
        for position in silent:
            name = printed(small.dataset.expert_of(position).short)
            assert line.is_visible() and name in line.inner_text()
            assert page.locator(f"#{position.id}").is_hidden()
    wide = compare(small, viewport=WIDE)
    assert wide.locator(".matrix__silent").first.is_hidden()
    assert wide.locator(".cell--does-not-address").first.is_visible()


def test_a_silent_cell_shows_where_it_is_linked(compare, small):
    for position in small.dataset.article.positions:
        if position.silent:
            for id in (position.id, *former(small, position)):
                page = compare(small, id, viewport=PHONE, java_script_enabled=False)
                cell = page.locator(f"#{position.id}")
                assert cell.is_visible() and "does not address" in cell.inner_text().lower(), id
                page.context.close()


# --- One expert at a time -------------------------------------------------------------

OF_OTHERS = """id => [...document.querySelectorAll('article [class*="of-"]')]
  .filter(e => !e.matches(`.of-${id}`) && e.checkVisibility())
  .map(e => e.outerHTML.slice(0, 100))"""
LAID_OUT = """[...new Set([...document.querySelectorAll('td.cell')]
  .filter(e => e.checkVisibility()).map(e => getComputedStyle(e).display))]"""
OF_ONE = """id => [...document.querySelectorAll(`article .of-${id}`)]
  .filter(e => e.checkVisibility()).map(e => e.closest('.matrix, .strip, .camps').className)"""


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_an_address_shows_one_expert_on_the_whole_page(compare, small, size):
    laid_out = compare(small, viewport=size).evaluate(LAID_OUT)
    for expert in small.dataset.article.experts:
        page = compare(small, f"show-{expert.id}", viewport=size)
        for _ in range(2):
            page.evaluate("document.querySelectorAll('.camps details').forEach(e => e.open = true)")
            assert page.evaluate(OF_OTHERS, expert.id) == []
            there = {names.split()[0] for names in page.evaluate(OF_ONE, expert.id)}
            assert there >= {"matrix", "strip"}
            cells = page.locator(f"td.of-{expert.id}")
            assert cells.count() == len(small.dataset.article.questions)
            assert all(cells.nth(i).is_visible() for i in range(cells.count()))
            assert page.evaluate(LAID_OUT) == laid_out
            only = page.locator(".only:target")
            assert printed(expert.short) in only.inner_text()
            page.reload()
        only.get_by_role("link").click()
        assert page.evaluate(OF_OTHERS, expert.id) != []
        page.context.close()


def test_no_address_hides_what_it_leads_to(compare, small):
    page = compare(small, viewport=WIDE)
    first = small.dataset.article.experts[0]
    for position in small.dataset.article.positions:
        page.evaluate("id => { location.hash = `show-${id}` }", first.id)
        page.evaluate("id => { location.hash = id }", position.id)
        assert page.locator(f"#{position.id}").is_visible(), position.id


def test_without_a_way_to_filter_everything_is_there(compare, small):
    """The choice shows only where the browser can do it; its rules are in one block."""
    css = (small.site / "assets/filter.css").read_text(encoding="utf-8")
    assert css.index("@supports selector(:has(*))") < css.index(".choice { display: flex; }")
