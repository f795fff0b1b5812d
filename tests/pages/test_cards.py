"""Preview cards: what they say, and texts that fit."""

import functools
import itertools
import struct

import pytest
from making import SITE, changed, with_section

from facts.vocabulary import NEEDED
from pages import cards
from pages.cards import HEIGHT, MARGIN, SANS, SERIF, WIDTH, Card
from pages.page import Page
from pages.render import Renderer

LONG = "Transcontinental peacekeeping arrangements notwithstanding, " * 9
HARD = {
    "long words": Card("Site " * 40, "Donaudampfschifffahrt" * 6, LONG, LONG * 3, "ŞÇ"),
    "wide letters": Card("W" * 80, "W" * 200, "W" * 300, "WM" * 900, ""),
    "letters of no font": Card("漢字" * 30, "漢" * 90, "字 " * 90, "漢字" * 400, "漢"),
    "markup": Card("<b>&amp;</b>", "a < b & c > d", "'\"", "]]> </svg>", "<&"),
    "empty": Card("Site", "Title", "", "", ""),
}


LAYOUTS = functools.cache(lambda name: cards.layout(HARD[name]))


def card(dataset, release, address):
    return cards.card(dataset, release, Page(address, "A title", "A description."))


def test_the_card_of_an_expert_has_the_thesis(dataset, release):
    assert card(dataset, release, "experts/lukasz-mlynarz/") == Card(
        "Three answers on one loaf",
        "Łukasz Młynarz",
        "Miller",
        "A loaf will cost more by harvest, and old mills are no help.",
        "ŁM",
    )
    assert card(dataset, release, "experts/ada-baker/").under == "Master baker, Guild of Bakers"


def test_the_card_of_the_comparison_has_the_first_question_of_the_home_page(dataset, release):
    found = card(dataset, release, "compare/")
    assert found.title == "Will a loaf cost more?"
    body = "Baker says yes, Młynarz thinks so, Öztürk-Işık says no."
    assert (found.under, found.body) == ("3 experts", body)
    other = changed(changed(dataset, "q-price", on_home=False), "q-import", on_home=True)
    found = card(changed(other, "q-cause", on_home=False), release, "compare/")
    assert found.title == "Would old mills help?"


def test_the_card_of_a_question_says_who_says_what_and_what_happened(dataset, release):
    assert card(dataset, release, "questions/mills/") == Card(
        "Three answers on one loaf",
        "Would old mills help?",
        "",
        "Baker says it depends (mills in the north), Öztürk-Işık doubts it (old mills), "
        "Młynarz says no (old mills). What happened: Two old mills were opened, and nobody "
        "asked whether they helped.",
        "",
    )


def test_the_card_of_the_outcomes_answers_the_question_of_the_title(dataset, release):
    found = card(dataset, release, "outcomes/")
    assert found.under == "The title asks whether bread gets dearer."
    assert found.body == "Dearer in Millford since June. Last looked at: 30 June 2021."


def test_without_a_question_the_card_of_the_outcomes_has_the_first_assessment(dataset, release):
    outcomes = [o for o in dataset.evidence.outcomes if o.kind != "question"]
    dataset = with_section(dataset, "outcomes", outcomes)
    found = card(dataset, release, "outcomes/")
    assert found.title == "The price rises in two towns."
    assert found.body == (
        "In part. Criterion: a higher price in both towns. Last looked at: June 2021."
    )
    other = changed(dataset, "o-price", verdict=None, criterion=None, kind="recommendation")
    assert card(other, release, "outcomes/").title != found.title


def test_any_other_card_has_what_the_page_says_of_itself(dataset, release):
    plain = Card("Three answers on one loaf", "A title", "", "A description.", "")
    assert card(dataset, release, "method/") == plain
    assert card(dataset, release, "") == plain
    assert card(with_section(dataset, "outcomes", []), release, "outcomes/") == plain
    assert card(with_section(dataset, "questions", []), release, "compare/") == plain


def test_every_page_has_a_card(dataset, release, by_hand, files, compiled):
    renderer = Renderer(dataset, release, SITE, compiled)
    pages = renderer.all_pages(by_hand, files)
    assert {f"docs/assets/cards/{page.name}.png" for page in pages} == set(renderer.pictures(pages))
    for page in pages:
        assert f"{SITE}assets/cards/{page.name}.png" in files[f"overrides/head/{page.name}.html"]


def test_a_picture_depends_on_every_text_of_its_card():
    texts = Card("a", "b", "c", "d", "e")
    others = [texts._replace(**{name: "x"}) for name in Card._fields]
    keys = {cards.key(one) for one in (texts, *others)}
    assert len(keys) == 1 + len(Card._fields)
    assert cards.key(Card("a", "b", "c", "d", "e")) == cards.key(texts)


def lines_of(layout):
    """Each line of a card: what part it is of, its font, size, baseline and text."""
    body = SERIF if layout.card.initials else SANS
    fonts = {"kicker": SANS, "title": SERIF, "under": SANS, "body": body}
    for part, font in fonts.items():
        block = getattr(layout, part)
        for baseline, text in block.lines if block else []:
            yield part, font, block.size, baseline, text


@pytest.mark.parametrize("name", HARD)
def test_text_that_does_not_fit_shrinks(name):
    layout = LAYOUTS(name)
    for part, font, size, baseline, text in lines_of(layout):
        beside = 150 if layout.card.initials and part in ("title", "under") else 0
        assert cards.width(text, font, size) <= WIDTH - 2 * MARGIN - beside, (part, text)
        assert 40 < baseline < HEIGHT - 66, (part, text)


@pytest.mark.parametrize("name", HARD)
def test_lines_follow_each_other_downwards(name):
    baselines = [(baseline, size) for _, _, size, baseline, _ in lines_of(LAYOUTS(name))]
    for (above, _), (below, size) in itertools.pairwise(baselines):
        assert below - above > 0.7 * size


def test_no_word_is_lost():
    for name, hard in HARD.items():
        layout = LAYOUTS(name)
        for part in ("kicker", "title", "body"):
            found = "".join(text for _, text in getattr(layout, part).lines)
            assert found.replace(" ", "") == "".join(getattr(hard, part).split())


def test_short_text_is_as_large_as_allowed():
    layout = LAYOUTS("empty")
    assert (layout.kicker.size, layout.title.size, layout.under) == (28, 68, None)


def test_the_fonts_have_every_letter_of_the_small_project(dataset):
    texts = [question.wording for question in dataset.article.questions]
    for expert in dataset.article.experts:
        texts += [expert.name, expert.role_line, expert.thesis]
    texts += [word for words in NEEDED.values() for word in words]
    for font in (SERIF, SANS):
        assert {c for c in "".join(texts) if ord(c) not in cards._advances(font)} == set()


@pytest.mark.parametrize("name", HARD)
def test_a_drawing_shows_its_texts_and_nothing_else(dataset, release, compiled, name):
    svg = Renderer(dataset, release, SITE, compiled).drawing(HARD[name])
    assert svg.count("<text") == len(list(lines_of(LAYOUTS(name)))) + bool(HARD[name].initials)
    for sign in ("<b>", "]]>", "</svg> "):
        assert sign not in svg.removesuffix("</svg>\n")


def test_a_picture_is_of_the_right_size_and_light(dataset, release, compiled):
    renderer = Renderer(dataset, release, SITE, compiled)
    data = cards.png(renderer.drawing(HARD["markup"]))
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", data[16:24]) == (WIDTH, HEIGHT) == (1200, 630)
    assert len(data) < 100_000
