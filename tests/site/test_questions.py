"""The strips, the page of each question, and home: who stands where, and the way to it."""

import json

import pytest
from built import printed, words
from visits import wider_than

from facts.sentences import minutes, question_in_short, upper_first

PHONE = {"width": 360, "height": 780}
WORDS_A_MINUTE = 230


@pytest.fixture(scope="module")
def question_pages(documents, dataset):
    """The page of each question, by the question's id."""
    return {q.id: documents[f"{q.address}index.html"] for q in dataset.article.questions}


def strips(page) -> list:
    """The strips of a page that have steps."""
    return [table for table in page.find_class("strip") if "strip--open" not in table.get("class")]


# --- The strip ----------------------------------------------------------------------


def places(row, heads) -> list[tuple[str, str, str]]:
    """Each mark of a row: under which head, where it leads, and what it says aloud."""
    return [
        (head, mark.get("href"), mark.get("aria-label"), mark.get("class"))
        for head, cell in zip(heads, row, strict=True)
        for mark in cell.find_class("mark")
    ]


def test_every_expert_stands_once_in_every_row(documents, dataset):
    """On the step of the expert's own word; beside the steps, what nobody says of their own."""
    side = {word.id: word.side for word in dataset.vocabulary.positions}
    voices = {word.id: word.voice for word in dataset.vocabulary.attributions}
    asked = {q.address: q for q in dataset.article.questions}
    rows = 0
    for name, page in documents.items():
        for table in strips(page):
            heads = [words(th) for th in table.xpath("./thead/tr/th")]
            for row in table.xpath("./tbody/tr"):
                # On its own page a question needs no link to itself.
                (href,) = row.xpath("./th/a/@href") or [name.removesuffix("index.html")]
                question = asked[href.replace("../", "")]
                marks = places(row, heads)
                assert len(marks) == len(dataset.article.experts), (name, question.id)
                for position in dataset.positions_on(question):
                    address = dataset.address_of(position.id)
                    (mark,) = [m for m in marks if m[1].replace("../", "") == address]
                    own = voices.get(position.attribution) == "expert"
                    taken = own and side[position.position] != "none"
                    where = upper_first(position.position) if taken else "No own answer"
                    kind = "own" if taken else "silent" if position.silent else "passed-on"
                    assert mark[0] == where, (name, position.id)
                    assert f"mark--{kind}" in mark[3].split(), (name, position.id)
                    short = printed(dataset.expert_of(position).short)
                    assert mark[2].startswith(f"{short}: {printed(position.position)}")
                rows += 1
    scaled = [q for q in dataset.article.questions if q.kind == "yes-no"]
    assert rows == 3 * len(scaled), "on home, in the comparison, and on the question's page"


def test_the_steps_lead_from_no_to_yes(documents, dataset):
    steps = [word.id for word in reversed(dataset.vocabulary.positions) if word.side != "none"]
    for name in ("index.html", "compare/index.html"):
        (table,) = strips(documents[name])
        heads = [words(th) for th in table.find_class("step") if th.tag == "th"]
        assert heads == [upper_first(word) for word in steps]


@pytest.mark.parametrize("start", ["", "compare/", "questions"])
def test_a_mark_leads_to_its_answer(open_page, small, start):
    question = next(q for q in small.dataset.article.questions if q.kind == "yes-no")
    page = open_page(small.url + (question.address if start == "questions" else start))
    for position in small.dataset.positions_on(question):
        here = page.url
        page.locator(f".strip .mark[href$='#{position.id}']").click()
        assert page.url == small.url + small.dataset.address_of(position.id)
        card = page.locator(".answer-card:target")
        assert card.get_attribute("id") == position.id and card.is_visible()
        page.goto(here)


MARKS = """() => [...document.querySelectorAll('a.mark')].map(e => [e, e.getBoundingClientRect()])
  .filter(([, box]) => box.width < 24 || box.height < 24).map(([e]) => e.outerHTML)"""
OVERLAPS = """() => { const boxes = [...document.querySelectorAll('a.mark')]
    .map(e => [e, e.getBoundingClientRect()]);
  return boxes.flatMap(([e, a], i) => boxes.slice(0, i)
    .filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1
      && a.top < b.bottom - 1 && b.top < a.bottom - 1).map(([f]) => [e.outerHTML, f.outerHTML]));
}"""


@pytest.mark.parametrize("which", ["live", "small"])
def test_marks_can_be_hit_on_a_phone(open_page, request, which):
    built = request.getfixturevalue(which)
    question = next(q for q in built.dataset.article.questions if q.kind == "yes-no")
    page = open_page(built.url, viewport=PHONE, java_script_enabled=False)
    for address in ("", "compare/", question.address):
        page.goto(built.url + address)
        assert page.locator("a.mark").count()
        assert page.evaluate(MARKS) == [], address
        assert page.evaluate(OVERLAPS) == [], address


@pytest.mark.parametrize("which", ["live", "small"])
def test_a_strip_is_no_wider_than_the_window(open_page, request, which):
    built = request.getfixturevalue(which)
    page = open_page(built.url, viewport={"width": 320, "height": 640})
    question = next(q for q in built.dataset.article.questions if q.kind == "yes-no")
    for address in ("", "compare/", question.address):
        page.goto(built.url + address)
        assert page.locator(".strip").first.is_visible()
        assert not wider_than(page, 320), address


# --- The page of a question -----------------------------------------------------------


def test_every_question_has_a_page_that_says_what_it_is(question_pages, dataset, live):
    for question in dataset.article.questions:
        page = question_pages[question.id]
        wording = printed(question.wording)
        (heading,) = page.xpath("//h1")
        assert heading.get("id") == question.id
        assert words(heading).removesuffix("#").strip() == wording
        assert page.xpath("string(//title)").startswith(wording)
        meta = {
            tag.get("name") or tag.get("property"): tag.get("content")
            for tag in page.xpath("//meta[@content]")
        }
        address = live.url + question.address
        described = printed(question_in_short(dataset, question))
        assert page.xpath("//link[@rel='canonical']/@href") == [address]
        assert meta["description"] == meta["og:description"] == described
        assert meta["og:title"] == meta["citation_title"] == wording
        assert meta["og:url"] == meta["citation_public_url"] == address
        assert meta["og:image"].endswith(f"cards/{question.address.rstrip('/')}.png")
        graph = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))["@graph"]
        (node,) = [node for node in graph if node.get("@id") == f"{address}#page"]
        assert (node["@type"], node["name"]) == ("Article", wording)
        (trail,) = [node for node in graph if node["@type"] == "BreadcrumbList"]
        assert [step["item"]["@id"] for step in trail["itemListElement"]] == [
            live.url, f"{live.url}questions/", address,
        ]  # fmt: skip
        (cite,) = page.find_class("cite")
        assert address in words(cite)


def test_questions_form_one_chain(question_pages, dataset):
    """From the first to the last, and back."""
    addresses = {q.id: f"../../{q.address}" for q in dataset.article.questions}
    order = list(addresses.values())
    for rel, chain in (("next", order), ("prev", order[::-1])):
        following = {
            addresses[id]: page.xpath(f"//nav[@class='between']/a[@rel='{rel}']/@href")
            for id, page in question_pages.items()
        }
        expected = [[address] for address in chain[1:]] + [[]]
        assert [following[address] for address in chain] == expected
    for question in dataset.article.questions:
        (between,) = question_pages[question.id].find_class("between")
        links = between.xpath(".//a/@href")
        assert f"../../compare/#{question.id}" in links and "../../questions/" in links


def test_a_question_shows_its_answers_before_the_silence(question_pages, dataset):
    for question in dataset.article.questions:
        cards = question_pages[question.id].find_class("answer-card")
        silent = [dataset.by_id[card.get("id")].silent for card in cards]
        assert silent == sorted(silent) and len(cards) == len(dataset.article.experts)


def test_every_quotation_can_be_copied_with_its_source(open_page, small):
    """Words, speaker, article and address; on home too, where no page says how to cite it."""
    article = small.dataset.article
    page = open_page(small.url, permissions=["clipboard-read", "clipboard-write"])
    copied = 0
    for address in ("", *(question.address for question in article.questions)):
        page.goto(small.url + address)
        quotes = page.locator(".quote")
        assert quotes.count() == page.locator(".copy").count()
        for i in range(quotes.count()):
            said = quotes.nth(i).locator("q").inner_text()
            quotes.nth(i).locator(".copy").click()
            page.wait_for_function(
                "words => navigator.clipboard.readText().then(text => text.includes(words))",
                arg=said,
            )
            text = page.evaluate("navigator.clipboard.readText()")
            (position,) = [p for p in article.positions if p.quote and printed(p.quote) == said]
            assert text.startswith(f"“{said}” ({small.dataset.expert_of(position).name}")
            assert article.source.title in text and article.source.url in text
            assert text.endswith(small.url + small.dataset.address_of(position.id))
            copied += 1
    answers = [p for p in article.positions if not p.silent]
    first = next(q for q in article.questions if q.on_home)
    assert copied == len(answers) + sum(p.question == first.id for p in answers)


def test_the_next_engine_makes_the_same_of_a_question(question_pages, dataset, zensical_site):
    import lxml.html

    for question in dataset.article.questions:
        theirs = lxml.html.parse(str(zensical_site / question.address / "index.html")).getroot()
        for one, other in zip(
            question_pages[question.id].find_class("answer-card"),
            theirs.find_class("answer-card"),
            strict=True,
        ):
            assert (one.get("id"), words(one)) == (other.get("id"), words(other))
        assert printed(question.wording) in words(theirs.xpath("//h1")[0])


# --- Home ---------------------------------------------------------------------------

FIRST = (".hero__kicker", "#question", ".hero__answer", ".hero__since", ".hero__on a")


def test_the_first_screen_of_a_phone_has_question_answer_and_what_happened(open_page, live):
    page = open_page(live.url, viewport=PHONE)
    for part in FIRST:
        box = page.locator(part).first.bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= PHONE["height"], (part, box)
    page.locator(".hero__on a").click()
    assert page.url.endswith("#differences")


def words_at_first(page) -> int:
    """How many words the content of a page shows while its folds are closed."""
    (content,) = page.find_class("md-content__inner")
    texts = content.xpath(
        ".//text()[not(ancestor::*[self::details or self::script or self::style or self::pre])]"
        "[not(ancestor::*[contains(@class, 'cite') or contains(@class, 'headerlink')])]"
    )
    return sum(len(text.split()) for text in texts)


def test_reading_times_are_true(documents, dataset):
    """Within a minute of what is shown on the built pages before anything is opened."""
    (ways,) = documents["index.html"].find_class("ways")
    timed = {}
    for way in ways.xpath("./a"):
        (time,) = way.xpath("./b")
        if "minute" in words(time):
            timed[way.get("href")] = words(time)
    first = [q.address for q in dataset.article.questions if q.on_home][:1]
    assert set(timed) == {"compare/", *first}
    for address, told in timed.items():
        count = words_at_first(documents[f"{address}index.html"])
        near = {minutes(max(0, count + by)) for by in (-WORDS_A_MINUTE, 0, WORDS_A_MINUTE)}
        assert told in near, (address, count)
