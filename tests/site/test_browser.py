"""The sites in a real Chromium, as readers use them.

What any data allow is tried on the live site, with records that are found in
its data; what needs particular content, on the small project's site.
"""

import io
import math
import re
import unicodedata
from itertools import combinations
from urllib.parse import quote

import pypdf
import pytest
from built import SIZES, letters, printed
from visits import NOWHERE

from facts import analysis
from facts.text import slug, to_ascii

PHONE = {"viewport": SIZES["phone"], "has_touch": True}


# --- Ways through the site ---------------------------------------------------------


def test_an_unknown_address_at_any_depth_leads_back(open_page, live):
    page = open_page(f"{live.url}no/such/page/at/all/")
    assert page.locator("article h1").inner_text()
    style = "getComputedStyle(document.querySelector('.md-header')).position"
    assert page.evaluate(style) == "sticky"
    page.locator("article a").first.click()
    page.locator("link[rel=canonical]").wait_for(state="attached")
    assert page.url.startswith(live.url) and NOWHERE not in page.url


def test_the_keyboard_reaches_every_control(open_page, small):
    """Tab from the top goes through every control of the page that is in view."""
    page = open_page(f"{small.url}compare/")
    wanted = page.evaluate("""() => {
      window.wanted = new Set([...document.querySelectorAll(
        'article a[href], article summary, article button, article input:checked')]
        .filter(e => e.checkVisibility() && !e.closest('details:not([open]) :not(summary)')));
      document.addEventListener('focusin', (event) => wanted.delete(event.target));
      return wanted.size;
    }""")
    assert wanted > len(small.dataset.article.positions)
    for pressed in range(wanted + 100):
        page.keyboard.press("Tab")
        if pressed % 20 == 0 and not page.evaluate("wanted.size"):
            break
    assert page.evaluate("[...wanted].map(e => e.outerHTML)") == []


def test_the_keyboard_moves_the_filter(open_page, live):
    first, *_, last = live.dataset.article.experts
    question = live.dataset.article.questions[0]
    page = open_page(f"{live.url}compare/")
    page.locator("#show-all").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith(f"#show-{first.id}")
    assert page.locator(f"#{question.id}--{first.id}").is_visible()
    assert page.locator(f"#{question.id}--{last.id}").is_hidden()


IN_VIEW = """([cell, name]) => {
  const shown = (e) => {
    const box = e.getBoundingClientRect();
    const x = box.left + Math.min(box.width / 2, 20), y = box.top + Math.min(box.height / 2, 10);
    const top = document.elementFromPoint(x, y);
    return box.height > 0 && top !== null && (e.contains(top) || top.contains(e));
  };
  const td = document.getElementById(cell), row = td.closest('tr');
  const heads = [...td.closest('table').querySelectorAll('thead th a')];
  const before = getComputedStyle(td, '::before').content;  // the name, on a phone
  return {
    cell: shown(td.querySelector('.stance') ?? td),
    row: shown(row.querySelector('.matrix__question')),
    column: before.includes(name) || heads.some(e => e.textContent.trim() === name && shown(e)),
  };
}"""


def landing(page, built) -> dict[str, dict[str, bool]]:
    """Cells at two corners and in the middle of the comparison whose names are out of view."""
    hidden = {}
    positions = built.dataset.article.positions
    for position in (positions[0], positions[len(positions) // 2], positions[-1]):
        name = printed(built.dataset.expert_of(position).short)
        page.goto("about:blank")
        page.goto(f"{built.url}compare/#{position.id}")
        for _ in range(20):  # the page comes to rest a moment after it is there
            page.wait_for_timeout(50)
            found = page.evaluate(IN_VIEW, [position.id, name])
            if all(found.values()):
                break
        else:
            hidden[position.id] = found
    return hidden


@pytest.mark.parametrize("size", SIZES)
def test_a_link_to_a_cell_lands_with_its_names(open_page, small, live, notice, size):
    page = open_page("about:blank", viewport=SIZES[size])
    assert landing(page, small) == {}
    if hidden := landing(page, live):  # under a question that is too long to leave room
        notice(f"/compare/ on a {size} screen: links land where names are hidden: {hidden}")


@pytest.mark.parametrize("size", SIZES)
def test_the_filter_works_without_javascript(open_page, live, size):
    experts = live.dataset.article.experts
    page = open_page(f"{live.url}compare/", java_script_enabled=False, viewport=SIZES[size])
    answered = ".matrix td:not(.cell--does-not-address)"  # on a phone silence shares a line
    cells = {e.id: page.locator(f"{answered}.of-{e.id}").first for e in experts}
    assert all(cell.is_visible() for cell in cells.values())
    chosen = experts[len(experts) // 2].id
    page.locator(f".choice a[href='#show-{chosen}']").click()
    assert [id for id, cell in cells.items() if cell.is_visible()] == [chosen]
    page.locator(".only:target a").click()
    assert all(cell.is_visible() for cell in cells.values())


def test_the_filter_never_hides_what_was_linked(open_page, small):
    page = open_page(f"{small.url}compare/", java_script_enabled=False)
    shown, *_, linked = small.dataset.article.experts
    for position in small.dataset.positions_of(linked):
        page.goto(f"{small.url}compare/#show-{shown.id}")
        cell = page.locator(f"#{position.id}")
        assert cell.is_hidden()
        page.goto(f"{small.url}compare/#{position.id}")
        assert cell.is_visible()


def seen(page):
    """The ids of the events in sight."""
    return {e.get_attribute("id") for e in page.locator(".event").all() if e.is_visible()}


def test_the_timeline_filter_works_without_javascript(open_page, small):
    page = open_page(f"{small.url}timeline/", java_script_enabled=False)
    events = small.dataset.evidence.events
    short_story = {event.id for event in events if event.key} | {"article"}
    assert seen(page) == short_story
    for actor in {actor for event in events for actor in event.actors}:
        id = f"actor-{slug(actor)}"
        page.locator(f".density a[href='#{id}']").click()
        wanted = {event.id for event in events if actor in event.actors} | {"article"}
        assert page.url.endswith(f"#{id}") and seen(page) == wanted, actor
        headings = page.locator(".timeline__part")
        for heading in headings.all():
            holds = heading.evaluate("(e) => e.className").split()
            assert heading.is_visible() == bool({f"by-{slug(actor)}", "with-article"} & set(holds))
        page.reload()
        assert seen(page) == wanted, actor
    page.locator(".density a[href='#actor-all']").click()
    assert seen(page) == {event.id for event in events} | {"article"}
    page.locator(".density__back a").click()
    assert seen(page) == short_story


def test_a_linked_event_is_in_sight_though_it_was_folded(open_page, small):
    page = open_page(f"{small.url}timeline/#actor-guild", java_script_enabled=False)
    for event in small.dataset.evidence.events:
        page.goto(f"{small.url}timeline/#{event.id}")
        entry = page.locator(f"#{event.id}")
        assert entry.is_visible() and entry.evaluate("(e) => e.matches(':target')")
        top = entry.bounding_box()["y"]
        assert 0 <= top < SIZES["wide"]["height"], event.id


def test_a_search_for_words_opens_what_is_folded(open_page, small):
    """A text fragment finds what finding in the page finds."""
    folded = next(e for e in small.dataset.evidence.events if not e.key)
    page = open_page(f"{small.url}timeline/#:~:text={quote(folded.what)}")
    page.locator(f"#{folded.id}").wait_for()


def test_paper_has_the_folded_events_and_their_sources(open_page, small):
    page = open_page(f"{small.url}timeline/", java_script_enabled=False)
    text = "".join(paper(page))
    for event in small.dataset.evidence.events:
        assert letters(event.what) in text, event.id
        for id in event.sources:
            title = unicodedata.normalize("NFKC", small.dataset.by_id[id].title)
            assert letters(title) in text, (event.id, id)


@pytest.mark.parametrize("section", ["checks", "outcomes"])
@pytest.mark.parametrize("size", SIZES)
def test_an_address_filters_the_records(open_page, small, section, size):
    """Without a script: exactly the rows of the choice, and all records below them."""
    page = open_page("about:blank", java_script_enabled=False, viewport=SIZES[size])
    records = {record.id: record for record in getattr(small.dataset.evidence, section)}
    for choice in analysis.choices(small.dataset, section):
        page.goto(f"{small.url}{section}/#{choice.id}")
        shown = page.locator(".rows tbody tr:visible a")
        ids = [link.get_attribute("href").removeprefix("#") for link in shown.all()]
        assert sorted(ids) == sorted(record.id for record in choice.records), choice.id
        (said,) = page.locator(".chosen:visible").all()
        assert said.get_attribute("id") == choice.id
        assert page.locator("article.finding:visible").count() == len(records)
        said.locator("a").click()
        assert page.locator(".rows tbody tr:visible").count() == len(records)


@pytest.mark.parametrize("section", ["checks", "outcomes"])
def test_what_was_chosen_is_in_view(open_page, live, section):
    """One tap from the top of the page leads to the rows, on a phone too."""
    page = open_page(f"{live.url}{section}/", viewport=SIZES["phone"])
    for choice in analysis.choices(live.dataset, section):
        page.goto(f"{live.url}{section}/")
        page.locator(f"nav.choose a[href='#{choice.id}']").click()
        first = page.locator(".rows tbody tr:visible").first
        page.wait_for_timeout(100)
        for element in (page.locator(".chosen:visible"), first):
            box = element.bounding_box()
            assert box["y"] >= 48 and box["y"] < SIZES["phone"]["height"], choice.id


def test_a_record_that_was_linked_is_never_hidden(open_page, small):
    for section in ("checks", "outcomes"):
        page = open_page(f"{small.url}{section}/", java_script_enabled=False)
        for record in getattr(small.dataset.evidence, section):
            for choice in analysis.choices(small.dataset, section):
                page.goto(f"{small.url}{section}/#{choice.id}")
                page.goto(f"{small.url}{section}/#{record.id}")
                assert page.locator(f"#{record.id}").is_visible()
                assert page.locator(f".rows a[href='#{record.id}']").is_visible()


COLOURS_OF_MARKS = """() => {
  const colour = (name) => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const answers = ['yes', 'no', 'between'].map(colour);
  return [...document.querySelectorAll('.verdict, .verdict *')].flatMap(e => {
    const style = getComputedStyle(e);
    return ['color', 'stroke', 'fill', 'backgroundColor', 'borderLeftColor']
      .filter(name => answers.includes(style[name])).map(name => `${name}: ${e.outerHTML}`);
  });
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_verdicts_have_no_colour_of_an_answer(open_page, live, scheme):
    expert = live.dataset.article.experts[0].address
    for address in ("checks/", "outcomes/", expert):
        page = open_page(live.url + address, color_scheme=scheme)
        assert page.evaluate(COLOURS_OF_MARKS) == [], address
        marks = page.locator(".verdict svg[aria-hidden=true]")
        assert marks.count() == page.locator(".verdict").count(), address
    page.add_style_tag(content=".verdict__mark { stroke: var(--no) }")
    assert page.locator(".verdict").count() == 0 or page.evaluate(COLOURS_OF_MARKS)


def test_paper_keeps_the_marks_and_drops_the_filter(open_page, small):
    page = open_page(f"{small.url}outcomes/")
    page.emulate_media(media="print")
    assert page.locator(".choose").is_hidden()
    assert page.locator(".rows .verdict__mark").first.is_visible()
    first, *_ = paper(page)
    rows = [letters(o.line) for o in small.dataset.evidence.outcomes]
    assert [row for row in rows if row not in first] == [], "the first sheet is not empty"


# --- Map ---------------------------------------------------------------------------

# What is written on the drawings that are shown: its text, and the rectangle of each of its lines.
WRITTEN = """() => [...document.querySelectorAll('.map svg')].filter(svg => svg.checkVisibility())
  .map(svg => {
    const box = ({left, top, right, bottom}) => ({left, top, right, bottom});
    const words = [...svg.querySelectorAll('.spot, .country, .water, .scale__text')];
    const lines = words.flatMap(e => {
      const spans = [...e.querySelectorAll('tspan')];
      return (spans.length ? spans : [e]).map(s => [e.textContent.trim(), s]);
    });
    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    return {frame: box(svg.getBoundingClientRect()), words: lines.map(([text, e]) => ({
      text, turned: e.matches('.water'), size: parseFloat(getComputedStyle(e).fontSize) * scale,
      box: box(e.getBoundingClientRect())}))};
  })"""


def collisions(drawing):
    """Pairs of words that overlap by more than a hair; a turned word fills a corner of its box."""
    words = [word for word in drawing["words"] if not word["turned"]]

    def deep(a, b):
        return min(a["right"], b["right"]) - max(a["left"], b["left"]) > 1 and (
            min(a["bottom"], b["bottom"]) - max(a["top"], b["top"]) > 3  # room above small letters
        )

    return [
        (a["text"], b["text"])
        for a, b in combinations(words, 2)
        if a["text"] != b["text"] and deep(a["box"], b["box"])
    ]


def outside(drawing):
    frame = drawing["frame"]
    return [
        word["text"]
        for word in drawing["words"]
        if word["box"]["left"] < frame["left"] or word["box"]["right"] > frame["right"]
    ]


@pytest.mark.parametrize("width", [320, 360, 767, 768, 1024, 1280])
def test_words_of_the_map_can_be_read(open_page, small, live, notice, width):
    """Two drawings are shown; no word is below 11 px, none on another, none cut off."""
    page = open_page(f"{small.url}map/", viewport={"width": width, "height": 800})
    drawings = page.evaluate(WRITTEN)
    assert len(drawings) == 2
    for drawing in drawings:
        assert min(word["size"] for word in drawing["words"]) >= 11
        assert collisions(drawing) == outside(drawing) == []
    page.goto(f"{live.url}map/")  # a place that is added there may come to lie anywhere
    for drawing in page.evaluate(WRITTEN):
        if found := [*collisions(drawing), *outside(drawing)]:
            notice(f"/map/ {width} px wide: words collide or are cut off: {found}")


TARGETS = """() => [...document.querySelectorAll('.places :is(a, summary)')]
  .filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect())
  .map(({x, y, width, height}) => ({x: x + width / 2, y: y + height / 2, width, height}))"""


def test_a_finger_finds_the_places_on_a_phone(open_page, small):
    """Nothing on the drawings is a target; in the list, targets are large and apart."""
    page = open_page(f"{small.url}map/", viewport={"width": 360, "height": 780})
    assert page.locator(".map a, .map [tabindex]").count() == 0
    page.evaluate("document.querySelectorAll('.places details').forEach(e => { e.open = true })")
    targets = page.evaluate(TARGETS)
    assert targets
    assert [t for t in targets if min(t["width"], t["height"]) < 23.9] == []
    assert [
        (a, b)
        for a, b in combinations(targets, 2)
        if math.hypot(a["x"] - b["x"], a["y"] - b["y"]) < 23.9
    ] == []


# --- Search ------------------------------------------------------------------------


class Search:
    """The theme's search on a page that stays open."""

    def __init__(self, page):
        self.page = page
        self.field = page.locator(".md-search__input")
        self.field.click()

    def __call__(self, query: str) -> list[str]:
        """The addresses that are listed for a query, best first."""
        said = self.page.locator(".md-search-result__meta")
        for text, answer in (("", "Type to start"), (query, "matching document|No match")):
            self.field.fill(text)
            self.field.press("End")  # the theme looks when a key is let go
            said.filter(has_text=re.compile(answer)).wait_for(timeout=10_000)
        self.page.wait_for_timeout(100)
        return self.page.evaluate(
            "[...document.querySelectorAll('.md-search-result__link')].map(a => a.href)"
        )


def pages_of(found: list[str]) -> list[str]:
    """The pages that some addresses are on, each once."""
    return list(dict.fromkeys(re.split("[?#]", address)[0] for address in found))


def forms(expert) -> list[str]:
    """The family name as people type it."""
    plain = to_ascii(expert.short)
    return list(dict.fromkeys((expert.short, plain, plain.lower())))


def test_the_search_finds_every_expert(open_page, live, notice):
    search = Search(open_page(live.url))
    for expert in live.dataset.article.experts:
        address = live.url + expert.address
        for name in dict.fromkeys((expert.name, expert.also_written.lower())):
            assert address in pages_of(search(name))[:5], name
        for name in forms(expert):  # a name that is a common word too is hard to find
            if address not in pages_of(search(name))[:5]:
                notice(f"the search for {name!r} does not lead to /{expert.address}")


def test_the_search_puts_what_was_meant_first(open_page, small):
    search = Search(open_page(small.url))
    article = small.dataset.article
    for expert in article.experts:
        for name in forms(expert):
            assert search(name)[0].startswith(small.url + expert.address), name
    questions = [(one.address, "", one.wording) for one in article.questions]
    terms = [("glossary/", term.id, term.term) for term in article.glossary]
    for page, id, query in (*questions, *terms):
        found = search(query)
        assert id in [address.partition("#")[2] for address in found], query
        assert small.url + page in pages_of(found)[: 5 if id else 1], query
    assert search("xyzzy") == []


def test_the_index_of_the_search_is_fetched_when_it_is_needed(open_page, live):
    page = open_page("about:blank")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(live.url)
    page.wait_for_load_state("networkidle")
    assert asked and not [address for address in asked if "search_index" in address]
    search = Search(page)
    expert = live.dataset.article.experts[0]
    assert live.url + expert.address in pages_of(search(expert.short))
    assert [address for address in asked if "search_index" in address]


def test_an_address_that_asks_finds_at_once(open_page, live):
    """As the form of the page for lost addresses sends it."""
    expert = live.dataset.article.experts[0]
    page = open_page(f"{live.url}?q={to_ascii(expert.short)}")
    page.locator(f".md-search-result__link[href*='{expert.slug}']").first.wait_for()


# What readers typed, and the published page that answers it.
READERS_ASK = {
    "did russia invade afghanistan": "questions/entry/",
    "will russia send peacekeepers": "questions/peacekeeping/",
    "how many afghan soldiers fled": "questions/soldiers-crossed/",
    "who controls the border": "questions/advance/",
    "was the expert right": "outcomes/",
}


def test_what_readers_ask_leads_to_its_answer_first(open_page, live):
    search = Search(open_page(live.url))
    found = {query: pages_of(search(query))[0] for query in READERS_ASK}
    assert found == {query: live.url + address for query, address in READERS_ASK.items()}


def test_a_question_is_found_by_its_other_words(open_page, live):
    search = Search(open_page(live.url))
    for question in live.dataset.article.questions:
        for words in question.also:
            assert live.url + question.address in pages_of(search(words))[:3], words


def test_the_search_works_at_every_depth(open_page, live):
    expert = live.dataset.article.experts[0]
    page = open_page(live.url)
    errors, requests = [], []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    for address in ("compare/", expert.address, NOWHERE):
        page.goto(live.url + address)
        found = Search(page)(expert.short)
        assert found and all(href.startswith(live.url) for href in found)
    assert errors == []
    assert [a for a in requests if not a.startswith((live.url, "data:"))] == []


# --- Copying, terms ----------------------------------------------------------------


@pytest.fixture
def spoken(small):
    """An answer of the small project, and the address of its expert's page."""
    position = next(p for p in small.dataset.article.positions if not p.silent)
    return position, f"{small.url}{small.dataset.expert_of(position).address}"


def test_links_and_quotations_can_be_copied(open_page, small, spoken):
    position, address = spoken
    page = open_page(address, permissions=["clipboard-read", "clipboard-write"])
    copied = "navigator.clipboard.readText()"
    page.locator(f"#{position.question} .permalink").click()
    page.get_by_role("status").get_by_text("Link copied").wait_for()
    assert page.evaluate(copied) == f"{address}#{position.question}" == page.url
    page.locator(f"#{position.question} .copy").click()
    page.get_by_role("status").get_by_text("Quotation copied").wait_for()
    text = page.evaluate(copied)
    name = small.dataset.expert_of(position).name
    assert text.startswith(f"“{printed(position.quote)}” ({name}")
    assert text.endswith(small.url + small.dataset.address_of(position.id))
    source = small.dataset.article.source
    assert source.title in text and source.url in text
    paragraph = small.dataset.article.paragraphs[-1].id
    page.goto(f"{small.url}source/")
    page.locator(f"#{paragraph} .paragraph__id a").click()
    page.get_by_role("status").get_by_text("Link copied").wait_for()
    assert page.evaluate(copied) == f"{small.url}source/#{paragraph}"


def test_without_a_script_there_are_addresses_and_no_dead_buttons(open_page, spoken):
    position, address = spoken
    page = open_page(address, java_script_enabled=False)
    assert page.locator(f"#{position.question} .permalink").is_visible()
    assert page.locator(".copy").count() == 0
    original = page.locator(f"#{position.question} .quote a").get_attribute("href")
    assert "#:~:text=" in original


@pytest.fixture
def explained(small, small_documents):
    """A term that a page of the small project uses, and the page's address."""
    for term in small.dataset.article.glossary:
        for name, page in small_documents.items():
            if page.xpath("//*[@popovertarget=$id]", id=f"t-{term.id}"):
                return term, small.url + name.removesuffix("index.html")
    raise LookupError("no page of the small project uses a term")


@pytest.mark.parametrize("way", ["keyboard", "touch"])
def test_a_term_opens_its_note(open_page, explained, way):
    term, address = explained
    options = {} if way == "keyboard" else PHONE | {"java_script_enabled": False}
    page = open_page(address, **options)
    button = page.locator(f"[popovertarget=t-{term.id}]").first
    note = page.locator(f"#t-{term.id}")
    assert button.inner_text() == printed(term.term) and note.is_hidden()
    if way == "keyboard":
        button.focus()
        page.keyboard.press("Enter")
    else:
        button.tap()
    assert note.is_visible() and printed(term.means) in note.inner_text()
    box, window = note.bounding_box(), page.viewport_size
    assert box["x"] >= 0 and box["x"] + box["width"] <= window["width"]
    assert box["y"] >= 0 and box["y"] + box["height"] <= window["height"]
    page.keyboard.press("Escape")
    assert note.is_hidden()


@pytest.mark.parametrize("name", ["small", "live"])
def test_exercises_are_handed_out_without_their_answers(open_page, request, name):
    """No answer is on the page of the exercises, on no screen and no paper; the key has all."""
    built = request.getfixturevalue(name)
    page = open_page(f"{built.url}classroom/key/")
    exercises = page.locator("article h2").evaluate_all("all => all.map(e => e.id)")
    answers = [letters(text) for text in page.locator("article ol > li").all_text_contents()]
    assert exercises and len(answers) >= len(exercises)
    key = "".join(paper(page))
    assert [answer for answer in answers if answer not in key] == []
    page.goto(f"{built.url}classroom/")
    assert page.locator("article h2").evaluate_all("all => all.map(e => e.id)") == exercises
    assert page.locator("article .exercise").count() == len(exercises)
    assert page.locator("article a[href='key/']").count()
    for text in ("".join(paper(page)), letters(page.locator("article").text_content())):
        assert [answer for answer in answers if answer in text] == []


def test_what_was_looked_for_and_not_found_is_not_searched(small):
    index = (small.site / "search/search_index.json").read_text(encoding="utf-8")
    assert "Looked for and not found" not in index


# --- Paper, and colours of the reader's own ------------------------------------------


def paper(page, **options) -> list[str]:
    """The letters on each sheet of paper."""
    pdf = pypdf.PdfReader(io.BytesIO(page.pdf(**{"format": "A4"} | options)))
    texts = [sheet.extract_text() for sheet in pdf.pages]
    return [letters(unicodedata.normalize("NFKC", text)) for text in texts]


def test_paper_has_every_answer_and_every_column(open_page, small):
    page = open_page(f"{small.url}compare/")
    text = "".join(paper(page))
    for position in small.dataset.article.positions:
        if not position.silent:
            assert letters(small.dataset.fill(position.says)) in text, position.id
    page.emulate_media(media="print")
    assert page.locator(".choice").is_hidden()
    style = "getComputedStyle(document.querySelector('.matrix thead')).display"
    assert page.evaluate(style) == "table-header-group", "the names repeat on every sheet"
    widths = page.evaluate(
        "[...document.querySelectorAll('.matrix th')].map(e => e.getBoundingClientRect().width)"
    )
    assert min(widths) > 60


def test_paper_has_notes_on_terms_and_opened_sources(open_page, small, explained):
    """Without JavaScript too: with it, the theme unfolds what is printed."""
    term, address = explained
    page = open_page(address, java_script_enabled=False)
    assert letters(term.means) in "".join(paper(page))
    page.goto(f"{small.url}checks/")
    text = "".join(paper(page))
    for check in small.dataset.evidence.checks:
        for use in check.sources:
            assert letters(unicodedata.normalize("NFKC", use.supports)) in text, use.source


@pytest.fixture
def sheet(open_page):
    """The only sheet of a page that is meant to be one: its letters and its size in mm."""

    def print_(built, name):
        page = open_page(f"{built.url}sheets/{name}/")
        pdf = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        size = [round(float(side) / 72 * 25.4) for side in pdf.pages[0].mediabox[2:]]
        text = unicodedata.normalize("NFKC", pdf.pages[0].extract_text())
        return len(pdf.pages), size, letters(text).lower()

    return print_


def test_a_sheet_prints_on_one_page_and_has_every_answer(sheet, small):
    data = small.dataset
    for name in ("compare", *(expert.slug for expert in data.article.experts)):
        count, size, text = sheet(small, name)
        assert count == 1, name
        assert size == ([297, 210] if name == "compare" else [210, 297])
        for position in data.article.positions:
            if name == "compare":
                said = position.phrase or data.stance(position)
                assert letters(data.fill(said)).lower() in text, position.id
                assert letters(position.scope or "").lower() in text, position.id
            elif name == data.expert_of(position).slug and not position.silent:
                assert letters(data.fill(position.says)).lower() in text
        for question in data.article.questions:
            assert letters(question.wording).lower() in text, (name, question.id)
        assert name != "compare" or "thebarrunsfromno" in text


@pytest.mark.parametrize("name", ["small", "live"])
def test_the_comparison_fills_its_paper(open_page, request, name):
    built = request.getfixturevalue(name)
    width, height = (round((side - 18) / 25.4 * 96) for side in (297, 210))
    page = open_page(f"{built.url}sheets/compare/", viewport={"width": width, "height": height})
    page.emulate_media(media="print")
    box = page.locator(".sheet").bounding_box()
    assert box["width"] > 0.98 * width
    assert box["height"] > 0.85 * height


def test_sheets_of_the_live_site_still_fit_on_their_page(sheet, live, notice):
    """Longer answers may need a second page; that is for people to decide."""
    for name in ("compare", *(expert.slug for expert in live.dataset.article.experts)):
        count, _, text = sheet(live, name)
        assert text
        if count > 1:
            notice(f"/sheets/{name}/ prints on {count} pages, and is meant for one")


def test_the_reader_s_own_colours_keep_the_words(open_page, live):
    page = open_page(f"{live.url}compare/", forced_colors="active")
    position = next(p for p in live.dataset.article.positions if not p.silent and not p.phrase)
    words = page.locator(f"#{position.id} .stance").inner_text().strip()
    assert words.lower().startswith(printed(position.position).lower())
    page.goto(f"{live.url}compare/#show-{position.expert}")
    chosen = f"document.querySelector('.choice [href=\"#show-{position.expert}\"]')"
    assert page.evaluate(f"getComputedStyle({chosen}).outlineStyle") == "solid"
    assert page.evaluate(f"getComputedStyle({chosen}).outlineColor") != "rgba(0, 0, 0, 0)"
