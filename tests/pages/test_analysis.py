"""What is worked out from the records: counts, sides, comparisons, charts, the timeline."""

from urllib.parse import unquote

import pytest
from making import changed, with_section

from facts import analysis
from facts.evidence import Chart, Period
from facts.fields import PartialDate


def ids(records):
    return [record and record.id for record in records]


# --- Positions ----------------------------------------------------------------------


def steps_of(dataset, question):
    """Whose answers stand on each step of a question, and who stands on none."""
    question = dataset.by_id[question]
    taken = {
        step.id: [p.expert for p in analysis.on_step(dataset, question, step)]
        for step in analysis.steps(dataset)
    }
    aside = [p.expert for p in analysis.off_scale(dataset, question)]
    return {word: experts for word, experts in taken.items() if experts}, aside


def test_steps_lead_from_no_to_yes(dataset):
    words = [step.id for step in analysis.steps(dataset)]
    assert words == ["no", "doubtful", "depends", "probably", "yes"]


STEPS = {
    "q-price": ({"no": ["ozturk"], "probably": ["mlynarz"], "yes": ["baker"]}, []),
    "q-mills": ({"no": ["mlynarz"], "doubtful": ["ozturk"], "depends": ["baker"]}, []),
    "q-import": ({}, ["baker", "ozturk", "mlynarz"]),  # passed on, narrated, silent
    "q-cause": ({}, ["baker", "mlynarz", "ozturk"]),
    "q-butter": ({}, ["baker", "mlynarz", "ozturk"]),
}


@pytest.mark.parametrize("question", STEPS)
def test_each_answer_stands_on_the_step_of_its_word_or_beside_the_steps(dataset, question):
    assert steps_of(dataset, question) == STEPS[question]


@pytest.mark.parametrize(
    ("attribution", "own"),
    [("quoted", True), ("reported", True), ("told", False), ("passed on", False)],
)
def test_only_words_of_their_own_put_experts_on_a_step(dataset, attribution, own):
    other = changed(dataset, "q-price--mlynarz", attribution=attribution)
    taken, aside = steps_of(other, "q-price")
    assert taken.get("probably", []) == (["mlynarz"] if own else [])
    assert aside == ([] if own else ["mlynarz"])


def test_the_silent_stand_behind_those_who_pass_something_on(dataset):
    other = changed(dataset, "q-import--baker", position="does not address", attribution=None)
    assert steps_of(other, "q-import")[1] == ["ozturk", "baker", "mlynarz"]


def test_every_expert_stands_in_one_place(dataset):
    for question in dataset.article.questions:
        taken, aside = steps_of(dataset, question.id)
        found = [expert for experts in taken.values() for expert in experts] + aside
        assert sorted(found) == sorted(expert.id for expert in dataset.article.experts)


@pytest.mark.parametrize("question", STEPS)
def test_experts_answer_or_are_silent(dataset, question):
    question = dataset.by_id[question]
    told, untold = analysis.answered(dataset, question), analysis.silent(dataset, question)
    assert not [p for p in told if p.silent] and not [p for p in untold if not p.silent]
    both = [p for p in dataset.positions_on(question) if p in told or p in untold]
    assert ids(both) == ids(dataset.positions_on(question))
    assert len(told) + len(untold) == 3


def test_a_question_can_have_no_answer_at_all(dataset):
    butter = dataset.by_id["q-butter"]
    assert analysis.answered(dataset, butter) == []
    assert len(analysis.silent(dataset, butter)) == 3


@pytest.mark.parametrize(
    ("id", "address"),
    [
        ("q-price--baker", "questions/price/#q-price--baker"),
        ("f-loaf--baker", "questions/price/#f-loaf--baker"),
        ("f-sacks-spring--baker", "questions/cause/#f-sacks-spring--baker"),
        ("f-road", "questions/mills/#f-road"),
    ],
)
def test_an_answer_and_a_figure_are_shown_on_the_page_of_their_question(dataset, id, address):
    assert dataset.address_of(id) == address


def test_the_address_of_a_question_is_made_of_its_id(dataset):
    question = dataset.by_id["q-mills"].model_copy(update={"id": "q-old-q-mills"})
    assert (question.slug, question.address) == ("old-q-mills", "questions/old-q-mills/")


def scopes_of(dataset, question):
    found = analysis.scopes(dataset, dataset.by_id[question])
    return {scope: [p.expert for p in positions] for scope, positions in found}


def test_scopes_are_told_where_there_are_several(dataset):
    assert scopes_of(dataset, "q-mills") == {
        "old mills": ["mlynarz", "ozturk"], "mills in the north": ["baker"],
    }  # fmt: skip
    assert scopes_of(dataset, "q-price") == {}
    assert scopes_of(scoped(dataset, "q-mills", baker="old mills"), "q-mills") == {}


def test_whoever_speaks_of_the_question_itself_has_no_scope(dataset):
    other = scoped(dataset, "q-mills", mlynarz=None)
    assert scopes_of(other, "q-mills") == {
        "old mills": ["ozturk"], "mills in the north": ["baker"],
    }  # fmt: skip
    assert scopes_of(scoped(other, "q-mills", ozturk=None), "q-mills") == {}


def test_the_narrator_has_no_scope_among_the_experts(dataset):
    told = changed(dataset, "q-mills--baker", attribution="told")
    assert scopes_of(told, "q-mills") == {}


SIDES = {
    "q-price": {("yes", None): ["baker", "mlynarz"], ("no", None): ["ozturk"]},
    "q-mills": {
        ("between", "mills in the north"): ["baker"],
        ("no", "old mills"): ["mlynarz", "ozturk"],
    },
    "q-import": {},  # one passes it on, one is silent, and for one the narrator speaks
    "q-cause": {},
    "q-butter": {},
}


@pytest.mark.parametrize("question", SIDES)
def test_experts_are_on_the_side_of_their_word(dataset, question):
    found = analysis.sides(dataset, dataset.by_id[question])
    named = {(side.name, side.scope): [p.expert for p in side.positions] for side in found}
    assert named == SIDES[question]


@pytest.mark.parametrize(
    ("attribution", "counts"),
    [("quoted", True), ("reported", True), ("told", False), ("passed on", False)],
)
def test_only_words_of_their_own_put_experts_on_a_side(dataset, attribution, counts):
    other = changed(dataset, "q-price--mlynarz", attribution=attribution)
    sides = analysis.sides(other, other.by_id["q-price"])
    assert ("mlynarz" in [p.expert for side in sides for p in side.positions]) == counts
    agreed = [question.id for question, _ in analysis.agreements(other)]
    assert ("q-price" in agreed) == counts
    other = changed(dataset, "q-price--ozturk", attribution=attribution)
    opposed = [question.id for question, _ in analysis.disagreements(other)]
    assert opposed == (["q-price"] if counts else [])


def scoped(dataset, question, **scopes):
    """The dataset with other scopes of the answers to a question."""
    for expert, scope in scopes.items():
        dataset = changed(dataset, f"{question}--{expert}", scope=scope)
    return dataset


def test_experts_agree_or_not_only_on_the_same_thing(dataset):
    one = scoped(dataset, "q-price", baker="here", mlynarz="here", ozturk="here")
    assert [(q.id, [s.scope for s in taken]) for q, taken in analysis.disagreements(one)] == [
        ("q-price", ["here", "here"])
    ]
    assert ("q-price", "here") in [(q.id, side.scope) for q, side in analysis.agreements(one)]
    two = scoped(dataset, "q-price", baker="here", mlynarz="there", ozturk="there")
    ((_, taken),) = analysis.disagreements(two)
    assert [(side.name, ids(side.positions)) for side in taken] == [
        ("yes", ["q-price--mlynarz"]), ("no", ["q-price--ozturk"]),
    ]  # fmt: skip
    three = scoped(dataset, "q-price", baker="here", mlynarz="there", ozturk="nowhere")
    assert analysis.disagreements(three) == []
    assert [question.id for question, _ in analysis.agreements(three)] == ["q-mills"]


def test_experts_who_speak_of_different_things_are_named_as_such(dataset):
    found = [(q.id, [s.scope for s in taken]) for q, taken in analysis.different_things(dataset)]
    assert found == [("q-mills", ["mills in the north", "old mills"])]
    alike = scoped(dataset, "q-mills", baker="old mills")
    assert analysis.different_things(alike) == []
    told = changed(dataset, "q-mills--baker", attribution="told")
    assert analysis.different_things(told) == []


def test_a_question_has_opponents_where_both_sides_are_taken(dataset):
    assert [question.id for question, _ in analysis.disagreements(dataset)] == ["q-price"]


def test_two_on_a_side_agree_but_not_two_between_the_sides(dataset):
    found = [(q.id, side.name, len(side.positions)) for q, side in analysis.agreements(dataset)]
    assert found == [("q-price", "yes", 2), ("q-mills", "no", 2)]
    other = changed(dataset, "q-mills--mlynarz", position="depends")
    found = [(q.id, side.name) for q, side in analysis.agreements(other)]
    assert found == [("q-price", "yes")]


def test_the_data_choose_what_is_on_the_home_page(dataset):
    assert ids(analysis.on_home(dataset)) == ["q-price", "q-cause", "q-mills"]
    other = changed(changed(dataset, "q-cause", on_home=False), "q-butter", on_home=True)
    assert ids(analysis.on_home(other)) == ["q-price", "q-mills", "q-butter"]


# --- Figures ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ({"value": 6000}, {"value": 6000, "approximate": True}, "same"),
        ({"value": 1300, "approximate": True}, {"value": 1344}, "rounding"),
        ({"value": 1300, "approximate": True}, {"value": 1250}, "rounding"),
        ({"value": 1300, "approximate": True}, {"value": 1249}, "conflict"),
        ({"value": 1300, "approximate": True}, {"value": 1350}, "conflict"),
        ({"value": 1300}, {"value": 1344}, "conflict"),
        ({"value": 1344, "approximate": True}, {"value": 1345}, "conflict"),
        ({"value": 2040, "approximate": True}, {"value": 2042}, "rounding"),
        (
            {"value": 2040, "approximate": True, "unit": "year"},
            {"value": 2042, "unit": "year"},
            "conflict",
        ),
        ({"value": 300}, {"value": 300, "what": "width"}, "different measure"),
        ({"value": 300}, {"value": 300, "where": "there"}, "different measure"),
        ({"value": 300}, {"value": 300, "when": "later"}, "different measure"),
        ({"value": ["A", "B"]}, {"value": ["B", "A"]}, "same"),
        ({"value": ["A", "B"]}, {"value": ["A", "C"]}, "different measure"),
        ({"value": ["A"]}, {"value": ["A", "C"], "approximate": True}, "different measure"),
    ],
)
def test_two_figures_compare_alike_either_way(dataset, a, b, expected):
    figure = dataset.by_id["f-road--ozturk"]
    one, other = figure.model_copy(update=a), figure.model_copy(update=b)
    assert analysis.compare(one, other) == expected
    assert analysis.compare(other, one) == expected


def test_comparisons_are_gathered_by_kind_and_cause(dataset):
    found = {
        measure.id: [
            (c.kind, c.differs_in, len(c.pairs)) for c in analysis.comparisons(dataset, measure)
        ]
        for measure in dataset.article.measures
    }
    assert found == {
        "f-loaf": [("rounding", [], 1), ("conflict", [], 2)],
        "f-day": [],
        "f-towns": [("same", [], 1)],
        "f-sacks": [("different measure", ["when"], 3)],
        "f-road": [("same", [], 1)],
        "f-stones": [],
    }


# --- Charts -------------------------------------------------------------------------


def drawn(dataset, *values):
    """The chart of the road, with these values for the reading and the two figures."""
    for id, value in zip(("r-road-map", "f-road--mlynarz", "f-road--ozturk"), values, strict=True):
        dataset = changed(dataset, id, value=value)
    return analysis.drawing(dataset, dataset.by_id["road-drawn"])


@pytest.mark.parametrize(
    ("values", "axis", "marks"),
    [
        ((70, 90, 100), "From 0 to 100", [(0, 70), (0, 90), (0, 100)]),
        ((71, 90, 100), "Between 71 and 100", [(0, 3), (63.6, 3), (97, 3)]),
        ((5, 2500, 1000), "From 0 to 2,500", [(0, 0.2), (0, 100), (0, 40)]),
        ((120, 120, 120), "From 0 to 120", [(0, 100), (0, 100), (0, 100)]),
        ((1000, 1001, 1000), "Between 1,000 and 1,001", [(0, 3), (97, 3), (0, 3)]),
    ],
)
def test_a_chart_is_to_scale(dataset, values, axis, marks):
    found = drawn(dataset, *values)
    assert found.axis == axis
    assert [(bar.start, bar.length) for bar in found.bars] == marks
    assert all(bar.start >= 0 and bar.start + bar.length <= 100 for bar in found.bars)


def test_a_chart_names_who_and_when(dataset):
    found = analysis.drawing(dataset, dataset.by_id["road-drawn"])
    assert [(bar.label, bar.shown, bar.when, bar.expert) for bar in found.bars] == [
        ("an old map", "120 km", "date not shown", False),
        ("Młynarz", "about 120 km", "Millford to Saltby", True),
        ("Öztürk-Işık", "120 km", "Millford to Saltby", True),
    ]
    loaf = analysis.drawing(dataset, dataset.by_id["loaf-drawn"])
    assert (loaf.bars[0].label, loaf.bars[0].when) == ("the ledger", "1 June 2020")


def test_a_chart_has_its_own_caption_or_that_of_its_measure(dataset):
    captions = {
        chart.id: analysis.drawing(dataset, chart).caption for chart in dataset.evidence.charts
    }
    assert captions == {
        "loaf-drawn": "Price of a loaf",
        "sacks-drawn": "Sacks of flour, counted by three",
        "road-drawn": "Length of the road",
    }


def test_a_measure_without_readings_can_be_drawn(dataset):
    chart = Chart(id="x", measure="f-loaf", group="mills", title="Loaves")
    bare = with_section(dataset, "readings", [])
    assert [bar.expert for bar in analysis.drawing(bare, chart).bars] == [True, True, True]


# --- Evidence -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "date"), [("q-price", "2021"), ("q-mills", "2021-06"), ("q-import", "2021-06")]
)
def test_a_sequel_was_looked_at_when_the_first_of_its_outcomes_was(dataset, question, date):
    sequel = dataset.sequel_of(dataset.by_id[question])
    assert analysis.looked(dataset, sequel).text == date


def test_of_two_dates_the_one_that_begins_first_is_told(dataset):
    sequel = dataset.sequel_of(dataset.by_id["q-price"])
    for date in ("2020-12-31", "2020"):
        other = changed(dataset, "o-price", looked=PartialDate.read(date))
        assert analysis.looked(other, sequel).text == date
    same = changed(dataset, "o-harvest", looked=PartialDate.read("2022-01"))
    assert analysis.looked(same, sequel).text == "2021-06"


def test_a_question_that_nobody_followed_up_has_no_sequel(dataset):
    assert dataset.sequel_of(dataset.by_id["q-butter"]) is None
    assert dataset.sequel_of(dataset.by_id["q-price"]).id == "q-price/sequel"


# What belongs to a question: its measures, and the evidence on its answers and figures.
BELONGS = {
    "q-price": {
        "measures_of": ["f-loaf", "f-day", "f-towns"],
        "checks_on": ["c-loaf", "c-towns"],
        "outcomes_on": ["o-title", "o-price", "o-harvest", "o-calm"],
        "events_on": [
            "e-2020-03-rain",
            "e-2020-05-03-price",
            "e-2020-08-05-fair",
            "e-2020-08-29-strike",
            "e-2020-12-30-snow",
        ],
    },
    "q-cause": {
        "measures_of": ["f-sacks"],
        "checks_on": ["c-sacks"],
        "outcomes_on": [],
        "events_on": ["e-1999-sacks"],
    },
    "q-mills": {
        "measures_of": ["f-road", "f-stones"],
        "checks_on": ["c-road"],
        "outcomes_on": ["o-stones", "o-close"],
        "events_on": [
            "e-2020-03-rain",
            "e-2020-05-03-price",
            "e-2020-08-29-strike",
            "e-2020-12-30-snow",
        ],
    },
    "q-butter": {"measures_of": [], "checks_on": [], "outcomes_on": [], "events_on": []},
}


@pytest.mark.parametrize("question", BELONGS)
@pytest.mark.parametrize("what", BELONGS["q-price"])
def test_a_question_has_what_is_on_record_of_its_answers(dataset, question, what):
    found = getattr(analysis, what)(dataset, dataset.by_id[question])
    assert ids(found) == BELONGS[question][what]


def test_an_outcome_belongs_to_a_question_by_its_sequel_too(dataset):
    """The title is nobody's answer, and what came of it is what the question asks."""
    assert dataset.by_id["o-title"].concerns == []
    other = with_section(dataset, "sequels", [])
    found = ids(analysis.outcomes_on(other, dataset.by_id["q-price"]))
    assert found == ["o-price", "o-harvest", "o-calm"]


def test_speakers_are_parts_of_the_article_first(dataset):
    assert analysis.speakers(dataset) == ["title", "baker", "mlynarz", "ozturk"]


def timeline(dataset):
    """The ids of events, period by period; None is the article."""
    return {s.period.id: ids(s.events) for s in analysis.stretches(dataset)}


def test_the_article_has_its_place_among_the_events(dataset):
    assert timeline(dataset) == {
        "early": ["e-1999-sacks"],
        "dear": [
            "e-2020-03-rain",
            "e-2020-05-03-price",
            None,
            "e-2020-08-05-fair",
            "e-2020-08-29-strike",
        ],
        "since": ["e-2020-12-30-snow"],
    }


@pytest.mark.parametrize(
    ("published", "period", "place"),
    [
        ("1990", "early", 0),
        ("1999-01-01", "early", 1),
        ("2019-12-31", "early", 1),
        ("2020-01", "dear", 0),
        ("2020-08-31", "dear", 4),
        ("2020-09-01", "since", 0),
        ("2021", "since", 1),
    ],
)
def test_the_article_is_in_one_place_whenever_it_appeared(dataset, published, period, place):
    source = dataset.article.source.model_copy(update={"published": PartialDate.read(published)})
    found = timeline(with_section(dataset, "source", source))
    assert found[period].index(None) == place
    assert sum(events.count(None) for events in found.values()) == 1


def test_every_event_is_in_one_period(dataset):
    found = [id for events in timeline(dataset).values() for id in events if id]
    assert found == dataset.ids("events")


def test_a_period_without_events_is_left_out(dataset):
    empty = Period(id="late", title="Late", begins="2021-06")
    other = with_section(dataset, "periods", [*dataset.evidence.periods, empty])
    assert "late" not in timeline(other)


def test_the_article_can_be_alone_in_a_period(dataset):
    other = with_section(dataset, "events", [])
    assert timeline(other) == {"dear": [None]}


def years(dataset):
    """The years of the timeline, part by part; what is folded is in brackets."""
    return {
        f"{stretch.period.id} {year.year}": [
            [ids(part.events)] if part.folded else ids(part.events) for part in year.parts
        ]
        for stretch in analysis.stretches(dataset)
        for year in stretch.years
    }


def test_key_events_and_the_article_stand_open_among_the_folded(dataset):
    assert years(dataset) == {
        "early 1999": [[["e-1999-sacks"]]],
        "dear 2020": [
            ["e-2020-03-rain", "e-2020-05-03-price", None, "e-2020-08-05-fair"],
            [["e-2020-08-29-strike"]],
        ],
        "since 2020": [["e-2020-12-30-snow"]],
    }


def test_the_article_parts_what_is_folded_around_it(dataset):
    events = [event.model_copy(update={"key": False}) for event in dataset.evidence.events]
    assert years(with_section(dataset, "events", events))["dear 2020"] == [
        [["e-2020-03-rain", "e-2020-05-03-price"]],
        [None],
        [["e-2020-08-05-fair", "e-2020-08-29-strike"]],
    ]


def test_years_hold_what_their_period_holds(dataset):
    for stretch in analysis.stretches(dataset):
        held = [event for year in stretch.years for event in year.events]
        assert ids(held) == ids(stretch.events)


def test_events_of_an_actor_are_those_it_took_part_in(dataset):
    assert ids(analysis.events_by(dataset, "Town Council")) == [
        "e-2020-05-03-price", "e-2020-08-05-fair",
    ]  # fmt: skip
    assert analysis.events_by(dataset) == dataset.evidence.events


def test_events_are_counted_by_quarter_from_the_article_s_year_on(dataset):
    axis = analysis.density(dataset)
    assert axis.years == [(2020, 4)]
    assert axis.bars(dataset.evidence.events) == [(-1, 1), (0, 1), (1, 1), (2, 2), (3, 1)]
    assert 1 < axis.article < 2, "May is in the second quarter"


def test_the_axis_ends_with_the_last_quarter_of_an_event_or_of_the_article(dataset):
    later = changed(dataset, "e-2020-12-30-snow", when=PartialDate.read("2022-04"))
    assert analysis.density(later).years == [(2020, 4), (2021, 4), (2022, 2)]
    assert analysis.density(with_section(dataset, "events", [])).years == [(2020, 2)]


@pytest.mark.parametrize(
    ("day", "column"),
    [("1000", -1), ("2019-12-31", -1), ("2020-01-01", 0), ("2020-03-31", 0), ("2020-10", 3)],
)
def test_an_event_counts_where_it_began(dataset, day, column):
    event = dataset.evidence.events[0].model_copy(update={"when": PartialDate.read(day)})
    assert analysis.density(dataset).bars([event]) == [(column, 1)]


@pytest.mark.parametrize(
    ("id", "section", "expected"),
    [
        ("c-loaf", "events", ["e-2020-03-rain", "e-2020-05-03-price", "e-2020-12-30-snow"]),
        ("c-sacks", "events", ["e-2020-08-29-strike"]),
        ("e-1999-sacks", "checks", ["c-road"]),
        ("e-1999-sacks", "outcomes", []),
        ("e-2020-08-29-strike", "outcomes", ["o-price", "o-harvest", "o-close"]),
    ],
)
def test_records_meet_where_they_cite_the_same_source(dataset, id, section, expected):
    assert ids(analysis.citing_same_source(dataset, dataset.by_id[id], section)) == expected


def test_actors_are_those_of_the_timeline_in_order(dataset):
    names = ["Millers (North)", "Millers (South)", "Guild", "Town Council", "other"]
    assert analysis.actors_seen(dataset) == names
    events = [event for event in dataset.evidence.events if "Guild" not in event.actors]
    assert analysis.actors_seen(with_section(dataset, "events", events)) == [
        "Millers (North)", "Millers (South)", "Town Council", "other",
    ]  # fmt: skip


# --- Texts --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["The Loaf is dear."], ["g-loaf"]),
        (["a loaf"], []),
        (["Loafs", "Loaf-like"], ["g-loaf"]),
        (["Loafs"], []),
        (["The Guild and a Loaf"], ["g-loaf", "g-guild"]),
        ([], []),
    ],
)
def test_a_term_is_found_by_any_of_its_names(dataset, texts, expected):
    assert ids(analysis.terms_in(dataset, texts)) == expected


def test_signs_in_the_name_of_a_term_mean_themselves(dataset):
    other = changed(dataset, "g-loaf", term="Loaf (old)", also=["L.o"])
    assert ids(analysis.terms_in(other, ["a Loaf (old) one"])) == ["g-loaf"]
    assert analysis.terms_in(other, ["Lao, Loaf old"]) == []


@pytest.mark.parametrize(
    ("quotation", "expected"),
    [
        ("will rise to 34 pence", "will rise to 34 pence"),
        ("I don't doubt it", "doubt it"),
        ("the “bread of today” is not it", "is not it"),
        ("today’s bread, and tomorrow's too", "bread, and"),
    ],
)
def test_a_link_looks_for_words_without_quotation_marks(quotation, expected):
    assert analysis.fragment(quotation) == expected


def test_a_link_into_the_article_is_an_address(dataset):
    address = analysis.text_fragment(dataset, "a well-known loaf, & more")
    assert address == "https://example.org/bread#:~:text=a%20well%2Dknown%20loaf%2C%20%26%20more"
    assert unquote(address).endswith("a well-known loaf, & more")
    source = dataset.article.source.model_copy(update={"url": "https://example.org/b#top"})
    other = with_section(dataset, "source", source)
    assert analysis.text_fragment(other, "loaf").startswith("https://example.org/b#:~:text=")


# --- Choices of the filters ------------------------------------------------------------


def test_choices_follow_the_vocabulary_and_leave_out_words_without_a_record(dataset):
    found = [(c.id, [r.id for r in c.records]) for c in analysis.by_verdict(dataset, "outcomes")]
    assert found == [
        ("verdict-came-true", ["o-sacks"]),
        ("verdict-in-part", ["o-price"]),
        ("verdict-did-not", ["o-calm"]),
        ("verdict-unclear", ["o-harvest"]),
        ("verdict-pending", ["o-stones"]),
        ("unjudged", ["o-title", "o-close", "o-ships"]),
    ]
    judged = [o for o in dataset.evidence.outcomes if o.id in ("o-calm", "o-sacks")]
    fewer = with_section(dataset, "outcomes", judged)
    ids = [choice.id for choice in analysis.by_verdict(fewer, "outcomes")]
    assert ids == ["verdict-came-true", "verdict-did-not"]


def test_every_record_is_shown_under_a_verdict_and_a_speaker(dataset):
    loaf = dataset.by_id["c-loaf"]
    assert analysis.choices_of(dataset, "checks", loaf) == ["class-agrees", "by-baker"]
    title = dataset.by_id["o-title"]
    assert analysis.choices_of(dataset, "outcomes", title) == ["unjudged", "by-title"]
    for section in ("checks", "outcomes"):
        for record in getattr(dataset.evidence, section):
            assert len(analysis.choices_of(dataset, section, record)) == 2


def test_the_filter_has_each_choice_once(dataset):
    ids = analysis.choice_ids(dataset)
    assert len(ids) == len(set(ids)) and {"by-baker", "class-agrees", "unjudged"} <= set(ids)


def test_parts_of_the_article_come_before_the_experts(dataset):
    assert analysis.speakers(dataset, "checks") == ["introduction", "baker", "mlynarz", "ozturk"]
    assert analysis.speakers(dataset) == ["title", "baker", "mlynarz", "ozturk"]
