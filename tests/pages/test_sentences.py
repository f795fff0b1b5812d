"""English that nobody typed, on the records of the small project."""

import re

import pytest
from making import changed

from facts import analysis, sentences
from facts.fields import PartialDate


@pytest.mark.parametrize(
    ("text", "expected"),
    [("an hour", "An hour"), ("łoś", "Łoś"), ("NATO", "NATO"), ("“a”", "“a”"), ("", "")],
)
def test_a_sentence_begins_with_a_capital_letter(text, expected):
    assert sentences.upper_first(text) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["a", "b", "c", "d"], "a, b, c and d"),
    ],
)
def test_words_are_joined_as_in_a_sentence(words, expected):
    assert sentences.join(words) == expected


@pytest.mark.parametrize(
    ("count", "number", "counted"),
    [
        (0, "no", "no loaves"),
        (1, "one", "one loaf"),
        (2, "two", "two loaves"),
        (9, "nine", "nine loaves"),
        (10, "10", "10 loaves"),
        (1234, "1,234", "1,234 loaves"),
    ],
)
def test_small_numbers_are_words(count, number, counted):
    things = ["loaf"] * count
    assert sentences.number(things) == number
    assert sentences.count_of(things, "loaf", "loaves") == counted


def test_a_plural_ends_in_s_where_nothing_else_is_said():
    assert sentences.count_of([1, 2], "expert") == "two experts"


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("q-price--mlynarz", "Młynarz: price of a loaf"),
        ("f-road--ozturk", "Öztürk-Işık: length of the road"),
        ("p06", "p06"),
    ],
)
def test_a_record_has_a_name_in_links(dataset, id, expected):
    assert sentences.name_of(dataset, id) == expected


STANDING = {
    "q-price": "Baker says yes, Młynarz thinks so, Öztürk-Işık says no.",
    "q-cause": (
        "The narrator in the section of Baker says how, Öztürk-Işık says how, Młynarz passes it on."
    ),
    "q-mills": (
        "Baker says it depends (mills in the north), Öztürk-Işık doubts it (old mills), "
        "Młynarz says no (old mills)."
    ),
    "q-import": (
        "The narrator in the section of Öztürk-Işık says yes, Baker passes it on; "
        "Młynarz is silent on it."
    ),
    "q-butter": "Baker, Młynarz and Öztürk-Işık are silent on it.",
}


@pytest.mark.parametrize("question", STANDING)
def test_who_says_what_is_a_sentence(dataset, question):
    positions = dataset.positions_on(dataset.by_id[question])
    assert sentences.standing(dataset, positions) == STANDING[question]


def standing_on(dataset, question):
    return sentences.standing(dataset, dataset.positions_on(dataset.by_id[question]))


def test_most_come_first_and_the_silent_last(dataset):
    other = changed(dataset, "q-price--mlynarz", position="no")
    assert standing_on(other, "q-price") == "Młynarz and Öztürk-Işık say no, Baker says yes."
    silent = {"position": "does not address", "attribution": None}
    other = changed(changed(dataset, "q-price--baker", **silent), "q-price--mlynarz", **silent)
    assert standing_on(other, "q-price") == (
        "Öztürk-Işık says no; Baker and Młynarz are silent on it."
    )


def test_the_narrator_is_never_joined_with_an_expert(dataset):
    told = changed(dataset, "q-price--mlynarz", position="yes", attribution="told")
    assert standing_on(told, "q-price") == (
        "Baker says yes, the narrator in the section of Młynarz says yes, Öztürk-Işık says no."
    )


def test_one_narrator_speaks_in_several_sections(dataset):
    told = changed(dataset, "q-cause--ozturk", attribution="told")
    assert standing_on(told, "q-cause") == (
        "The narrator in the section of Baker and Öztürk-Işık says how, Młynarz passes it on."
    )


def test_answers_on_different_things_are_told_apart(dataset):
    same = changed(dataset, "q-mills--ozturk", position="no")
    assert standing_on(same, "q-mills").startswith("Młynarz and Öztürk-Işık say no (old mills), ")
    apart = changed(same, "q-mills--ozturk", scope="a new mill")
    assert "Młynarz says no (old mills), Öztürk-Işık says no (a new mill)." in (
        standing_on(apart, "q-mills")
    )
    alike = changed(dataset, "q-mills--baker", scope="old mills")
    assert "(" not in standing_on(alike, "q-mills"), "where all speak of one thing, nobody says it"


def test_some_of_the_positions_make_a_sentence_too(dataset):
    """The others, on the page of an expert."""
    positions = dataset.positions_on(dataset.by_id["q-mills"])
    others = [p for p in positions if p.expert != "baker"]
    assert sentences.standing(dataset, others) == "Öztürk-Işık doubts it, Młynarz says no."


def test_experts_are_named_in_their_order(dataset):
    positions = dataset.positions_on(dataset.by_id["q-price"])
    assert sentences.names(dataset, positions) == "Baker, Młynarz and Öztürk-Işık"
    assert sentences.names(dataset, positions[1:2]) == "Młynarz"
    assert sentences.names(dataset, []) == ""


def test_a_question_in_short_says_what_happened_if_somebody_looked(dataset):
    def short(id):
        return sentences.question_in_short(dataset, dataset.by_id[id])

    assert short("q-price") == (
        f"{STANDING['q-price']} What happened: A loaf went up in one of two towns."
    )
    assert short("q-butter") == STANDING["q-butter"]


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("q-price--baker", "yes"),
        ("q-import--ozturk", "yes (narrator)"),
        ("q-import--mlynarz", "does not address"),
        ("q-cause--ozturk", "poor harvests"),
        ("q-cause--baker", "told: 1,200 sacks, fewer in spring"),
        ("q-cause--mlynarz", "passed on: carters blame bad weather"),
    ],
)
def test_an_answer_in_short_says_whose_words_it_is_in(dataset, id, expected):
    assert sentences.in_short(dataset, dataset.by_id[id]) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (0, "One minute"),
        (1, "One minute"),
        (344, "One minute"),
        (346, "Two minutes"),
        (2300, "10 minutes"),
    ],
)
def test_reading_takes_a_minute_at_least(words, expected):
    assert sentences.minutes(words) == expected


COMPARED = {
    "f-loaf": [
        "Baker and Młynarz (34 / about 30). One value is the other, rounded.",
        "Baker and Öztürk-Işık (34 / 40), Młynarz and Öztürk-Işık (about 30 / 40). "
        "The same thing and two values.",
    ],
    "f-day": [],
    "f-towns": [
        "Baker and Öztürk-Işık (Millford, Saltby / Saltby, Millford). "
        "The same thing and the same value.",
    ],
    "f-sacks": [
        "The time differs between Baker (1,200) and Baker (300); Baker (1,200) and "
        "Młynarz (6,000); Baker (300) and Młynarz (6,000).",
    ],
    "f-road": [
        "Młynarz and Öztürk-Işık (about 120 km / 120 km). The same thing and the same value.",
    ],
    "f-stones": [],
}


@pytest.mark.parametrize("measure", COMPARED)
def test_figures_are_compared_in_a_sentence(dataset, measure):
    assert compared(dataset, measure) == COMPARED[measure]


def compared(dataset, id):
    measure = dataset.by_id[id]
    found = analysis.comparisons(dataset, measure)
    return [sentences.comparison(dataset, measure, comparison) for comparison in found]


def test_each_cause_of_a_difference_is_named(dataset):
    other = changed(dataset, "f-road--ozturk", what="width", where="Saltby")
    assert compared(other, "f-road") == [
        "What is measured and the place differ between Młynarz (120) and Öztürk-Işık (120)."
    ]
    other = changed(other, "f-road--ozturk", when="last year")
    assert compared(other, "f-road")[0].startswith(
        "What is measured, the place and the time differ"
    )


def test_a_longer_list_denies_nothing(dataset):
    other = changed(dataset, "f-towns--ozturk", value=["Millford", "Saltby", "Northby"])
    assert compared(other, "f-towns") == [
        "Baker names 2, Öztürk-Işık names 3. To name some is not to say that there are no others."
    ]


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("c-loaf", "confidence high"),
        ("c-sacks", "confidence fair (for the month); re-read in part"),
        ("c-road", "confidence poor; not re-read"),
        ("o-price", "confidence fair (for Saltby); re-read in part"),
    ],
)
def test_confidence_says_whether_sources_were_read_again(dataset, id, expected):
    assert sentences.confidence(dataset.by_id[id]) == expected


@pytest.mark.parametrize(
    ("id", "cited", "details"),
    [
        ("s-ledger", "Town Council of Millford, “Ledger of the market”", "30 June 2020"),
        ("s-almanac", "Almanac of the Coast, on mills and roads", "2000"),
        ("s-copy", "A Page of Pages, “Sacks counted”", "5–6 May 2020, crediting The Gazette"),
        ("s-bare", "A Farmer, a letter without a date", "date not shown"),
    ],
)
def test_a_source_is_cited_with_what_is_known_of_it(dataset, id, cited, details):
    source = dataset.by_id[id]
    assert sentences.cited_as(dataset, source) == cited
    assert sentences.source_details(source) == details


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("c-sacks", "Sacks in a month: nearly"),
        ("o-price", "A higher price in two towns"),
        ("r-loaf-ledger", "1 June 2020"),
        ("r-sacks-gazette", "2020"),
        ("r-road-map", "date not shown"),
    ],
)
def test_evidence_is_called_by_what_it_is_about(dataset, id, expected):
    assert sentences.label_of(dataset, id) == expected


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("o-title", "The answer so far: dearer in Millford since June"),
        ("o-close", "A recommendation, not judged"),
        ("o-ships", "A description of the time, not judged"),
    ],
)
def test_what_nobody_expected_has_other_words_than_a_verdict(dataset, id, expected):
    assert sentences.unjudged(dataset.by_id[id]) == expected


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("q-price--baker", "yes"),
        ("q-cause--baker", "says how (narrator)"),
        ("q-import--ozturk", "yes (narrator)"),
        ("q-import--baker", "relays"),
        ("q-import--mlynarz", "does not address"),
    ],
)
def test_an_answer_in_the_narrator_s_words_says_so(dataset, id, expected):
    assert dataset.stance(dataset.by_id[id]) == expected


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("e-2020-05-03-price", "Guild, Town Council"),
        ("e-2020-03-rain", "Millers (South)"),
        ("e-2020-08-29-strike", ""),
    ],
)
def test_an_actor_without_a_name_is_not_named(dataset, id, expected):
    assert sentences.actors(dataset.by_id[id]) == expected


def events_on(dataset, *days):
    """Copies of an event, each on another day."""
    event = dataset.by_id["e-2020-08-05-fair"]
    return [event.model_copy(update={"when": PartialDate.read(day)}) for day in days]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["2020-08-05/2020-08-10"], "5–10 August 2020"),
        (["1999-04"], "April 1999"),
        (["2020-08-05", "2020-08-06", "2020-08-07"], "5–7 August 2020"),
        (["2020-07-30/2020-08-10", "2020-08-07/2020-08-09"], "30 July – 7 August 2020"),
        (["2020-08-05", "2020-08-05"], "5 August 2020"),
        (["2020-01-06", "2020-09"], "January 2020 to September 2020"),
        (["2020-09", "2020-09-05"], "September 2020"),
        (["2020", "2020-09"], "2020"),
    ],
)
def test_a_span_is_as_precise_as_its_ends(dataset, days, expected):
    assert sentences.span(events_on(dataset, *days)) == expected


def test_one_folded_event_is_named_and_more_are_counted(dataset):
    one = events_on(dataset, "2020-08-05")
    assert sentences.folded_events(one) == "5 August 2020: A fair without bread"
    two = events_on(dataset, "2020-08-05", "2020-08-06")
    assert sentences.folded_events(two) == "two events, 5–6 August 2020"


@pytest.mark.parametrize(
    ("id", "links", "expected"),
    [
        ("e-2020-08-05-fair", [], "1 source"),
        ("e-2020-08-05-fair", ["a"], "1 source, 1 link"),
        ("e-2020-05-03-price", ["a", "b"], "2 sources, 2 links"),
    ],
)
def test_what_is_folded_under_an_event_is_counted(dataset, id, links, expected):
    assert sentences.behind(dataset.by_id[id], links) == expected


def test_events_are_counted_year_by_year(dataset):
    days = ("1999", "2019-12-31", "2020-01", "2020-08-05", "2022-02-03")
    counted = sentences.year_by_year(events_on(dataset, *days), 2020)
    assert counted == "2 before 2020, 2 in 2020 and 1 in 2022"
    assert sentences.year_by_year(events_on(dataset, "2020-08-05"), 2020) == "1 in 2020"


def test_a_filter_says_what_it_shows_and_counts_nobody(dataset):
    choices = {choice.id: choice for choice in analysis.choices(dataset, "outcomes")}
    said = {id: sentences.chosen(dataset, choice, 8) for id, choice in choices.items()}
    assert said["verdict-in-part"] == "In part: 1 of 8 rows are shown."
    assert said["unjudged"] == "Not judged: 3 of 8 rows are shown."
    assert said["by-baker"] == "Baker: only these rows are shown."
    assert said["by-title"] == "The title of the article: only these rows are shown."
    assert not [
        text for id, text in said.items() if id.startswith("by-") and re.search(r"\d", text)
    ]


@pytest.mark.parametrize(
    ("id", "events", "expected"),
    [
        ("c-loaf", 0, "2 sources, 1 answer, 1 figure"),
        ("c-road", 1, "1 source, 2 figures, 1 event in the timeline"),
        ("o-title", 2, "1 source, 2 events in the timeline"),
    ],
)
def test_what_is_folded_away_is_counted(dataset, id, events, expected):
    found = dataset.evidence.events[:events]
    assert sentences.folded(dataset, dataset.by_id[id], found) == expected
