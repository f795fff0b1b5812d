"""What records know of themselves, and how a dataset leads from one to another."""

from typing import Literal, get_args, get_origin

import pytest
from breaking import MINI
from pydantic import BaseModel

from facts.load import load


@pytest.fixture(scope="module")
def dataset():
    return load(MINI)[0]


@pytest.mark.parametrize(
    ("id", "initials", "role_line", "known_as", "address"),
    [
        (
            "baker",
            "AB",
            "Master baker, Guild of Bakers",
            "Guild of Bakers",
            "experts/ada-baker/",
        ),
        ("mlynarz", "ŁM", "Miller", "Miller", "experts/lukasz-mlynarz/"),
        (
            "ozturk",
            "AÖ",
            "Professor, University of the Coast",
            "University of the Coast",
            "experts/ayse-ozturk-isik/",
        ),
    ],
)
def test_an_expert_is_introduced(dataset, id, initials, role_line, known_as, address):
    expert = dataset.by_id[id]
    assert expert.initials == initials
    assert expert.role_line == role_line
    assert expert.known_as == known_as
    assert expert.address == address


def test_initials_are_of_the_first_and_the_last_name(dataset):
    expert = dataset.by_id["baker"]
    assert expert.model_copy(update={"name": "Ada B. Carter Dyer"}).initials == "AD"
    assert expert.model_copy(update={"name": "Ada"}).initials == "AA"


@pytest.mark.parametrize(
    ("id", "shown", "in_full"),
    [
        ("f-loaf--baker", "34", "34"),
        ("f-loaf--mlynarz", "30", "about 30"),
        ("f-sacks--baker", "1,200", "about 1,200 sacks"),
        ("f-sacks--mlynarz", "6,000", "6,000 sacks"),
        ("f-road--mlynarz", "120", "about 120 km"),
        ("f-road--ozturk", "120", "120 km"),
        ("f-stones--mlynarz", "2042", "2042"),
        ("f-day--baker", "3 May 2020", "3 May 2020"),
        ("f-towns--ozturk", "Saltby, Millford", "Saltby, Millford"),
    ],
)
def test_a_figure_is_printed(dataset, id, shown, in_full):
    figure = dataset.by_id[id]
    assert figure.shown == shown
    assert dataset.in_full(figure) == in_full


def test_figures_are_put_into_texts(dataset):
    assert dataset.fill("None.") == "None."
    assert dataset.fill("{f-sacks--baker}, then {f-sacks--mlynarz}.") == "1,200, then 6,000."
    assert dataset.fill("By {f-stones--mlynarz}.") == "By 2042."
    with pytest.raises(KeyError):
        dataset.fill("{f-nowhere--baker}")


@pytest.mark.parametrize(
    ("id", "former"),
    [
        ("q-price", ["q-cost"]),
        ("mlynarz", ["miller"]),
        ("q-price--baker", ["q-price--bread", "q-cost--baker"]),
        ("q-price--mlynarz", ["q-price--miller", "q-cost--mlynarz", "q-cost--miller"]),
        ("q-price--ozturk", ["q-cost--ozturk"]),
        ("q-cause--mlynarz", ["q-cause--miller"]),
        ("q-cause--ozturk", []),
        ("f-loaf", ["f-crumb"]),
        ("f-loaf--baker", ["f-penny--baker", "f-crumb--baker"]),
        ("f-loaf--mlynarz", ["f-loaf--miller", "f-crumb--mlynarz", "f-crumb--miller"]),
        ("f-road--ozturk", []),
        ("pl-millford", ["pl-milltown"]),
        ("p03", ["p00"]),
        ("p04", []),
    ],
)
def test_former_ids_lead_to_what_replaced_them(dataset, id, former):
    assert sorted(dataset.former(id)) == sorted(former)


def test_no_former_id_leads_to_two_places(dataset):
    all_former = [old for id in dataset.by_id for old in dataset.former(id)]
    assert len(all_former) == len(set(all_former))
    assert not set(all_former) & set(dataset.by_id)


def ids(records):
    return [record.id for record in records]


def test_a_dataset_leads_from_record_to_record(dataset):
    baker, ozturk = dataset.by_id["baker"], dataset.by_id["ozturk"]
    price, road = dataset.by_id["q-price"], dataset.by_id["f-road"]
    assert dataset.position(price, baker).position == "yes"
    assert ids(dataset.positions_on(price)) == [
        "q-price--baker",
        "q-price--mlynarz",
        "q-price--ozturk",
    ]
    assert ids(dataset.positions_of(ozturk)) == [
        "q-price--ozturk",
        "q-cause--ozturk",
        "q-mills--ozturk",
        "q-import--ozturk",
        "q-butter--ozturk",
    ]
    assert ids(dataset.questions_in("supply")) == ["q-mills", "q-import"]
    assert ids(dataset.paragraphs_of(baker)) == ["p06", "p07", "p08"]
    assert ids(dataset.figures_of(road)) == ["f-road--mlynarz", "f-road--ozturk"]
    assert ids(dataset.figures_by(ozturk)) == [
        "f-loaf--ozturk",
        "f-towns--ozturk",
        "f-road--ozturk",
    ]
    assert ids(dataset.figures_in(dataset.by_id["p12"])) == ["f-road--mlynarz", "f-stones--mlynarz"]
    assert ids(dataset.positions_resting_on(dataset.by_id["p16"])) == [
        "q-price--ozturk",
        "q-cause--ozturk",
    ]
    assert dataset.expert_of(dataset.by_id["f-road--ozturk"]) == ozturk
    assert dataset.question_of(road).id == "q-mills"


def test_a_dataset_leads_to_the_evidence(dataset):
    assert ids(dataset.checks_in("flour and salt")) == ["c-loaf", "c-sacks", "c-fewer"]
    assert ids(dataset.checks_by("introduction")) == ["c-fewer"]
    assert ids(dataset.outcomes_by("title")) == ["o-title"]
    assert ids(dataset.outcomes_by("mlynarz")) == ["o-harvest", "o-stones", "o-close"]
    assert ids(dataset.charts_in("mills")) == ["road-drawn"]
    assert ids(dataset.readings_of("f-sacks")) == ["r-sacks-gazette"]
    assert ids(dataset.events_at("pl-millford")) == ["e-2020-05-03-price"]
    assert ids(dataset.checks_of("f-road--ozturk")) == ["c-road"]
    assert ids(dataset.events_of("p12")) == ["e-2020-08-29-strike", "e-2020-12-30-snow"]
    assert dataset.checks_of("p01") == dataset.outcomes_of("p01") == dataset.events_of("p01") == []
    assert ids(dataset.ties_of(dataset.by_id["ozturk"])) == ["t-port"]
    assert dataset.ties_of(dataset.by_id["baker"]) == []
    assert dataset.background_of("g-loaf").id == "b-loaf"
    assert dataset.background_of("g-guild") is None
    assert [dataset.outlet_of(source).id for source in dataset.evidence.sources] == [
        "council",
        "gazette",
        "almanac",
        "pages",
        "farmer",
        "gazette",
    ]


@pytest.mark.parametrize(
    ("id", "found"),
    [
        ("q-price--baker", [("o-price", "the price rose in one of two towns")]),
        ("q-price--mlynarz", [("o-harvest", "there was no harvest that year")]),
        ("f-loaf--mlynarz", [("o-harvest", "nobody named a price again")]),
        ("q-mills--mlynarz", [("o-close", "two mills were opened")]),
        ("q-mills--baker", []),
    ],
)
def test_an_answer_has_its_own_sentence_of_what_happened(dataset, id, found):
    assert [(outcome.id, since) for outcome, since in dataset.outcomes_of(id)] == found


def test_an_answer_may_have_more_than_one_outcome(dataset):
    close, price = dataset.by_id["o-close"], dataset.by_id["o-price"]
    also = close.model_copy(update={"concerns": [*price.concerns, *close.concerns]})
    evidence = dataset.evidence.model_copy(update={"outcomes": [price, also]})
    other = type(dataset)(dataset.article, evidence, dataset.vocabulary)
    assert ids(outcome for outcome, _ in other.outcomes_of("q-price--baker")) == [
        "o-price",
        "o-close",
    ]


@pytest.mark.parametrize(
    ("id", "concerned", "judged"),
    [
        ("o-title", [], False),  # a question
        ("o-price", ["q-price--baker"], True),  # an assessment
        ("o-harvest", ["q-price--mlynarz", "f-loaf--mlynarz"], True),  # relayed
        ("o-close", ["q-mills--mlynarz"], False),  # a recommendation
        ("o-ships", ["q-import--ozturk"], False),  # a description
    ],
)
def test_only_what_somebody_expected_is_judged(dataset, id, concerned, judged):
    outcome = dataset.by_id[id]
    assert outcome.ids == concerned
    assert outcome.judged is judged


@pytest.mark.parametrize(
    ("id", "voice", "stance"),
    [
        ("q-price--baker", "expert", "yes"),  # quoted
        ("q-mills--ozturk", "expert", "doubtful"),  # reported
        ("q-cause--baker", "narrator", "says how (narrator)"),
        ("q-import--ozturk", "narrator", "yes (narrator)"),
        ("q-import--baker", "third party", "relays"),
        ("q-import--mlynarz", "", "does not address"),
    ],
)
def test_the_narrator_is_told_apart_from_the_expert(dataset, id, voice, stance):
    position = dataset.by_id[id]
    assert dataset.voice(position) == voice
    assert dataset.stance(position) == stance


def test_a_figure_has_a_voice_too(dataset):
    voices = [dataset.voice(dataset.by_id[f"f-{id}"]) for id in ("road--mlynarz", "road--ozturk")]
    assert voices == ["narrator", "expert"]
    assert dataset.voice(dataset.by_id["f-stones--mlynarz"]) == "third party"


def test_speakers_have_names(dataset):
    assert dataset.is_expert("baker")
    assert not dataset.is_expert("title")
    assert not dataset.is_expert("q-price")
    assert dataset.speaker_name("mlynarz") == "Łukasz Młynarz"
    assert dataset.speaker_name("title") == "The title of the article"


def test_words_are_found_in_the_vocabulary(dataset):
    vocabulary = dataset.vocabulary
    assert vocabulary.ids("place_kinds") == ["town", "mill", "market", "harbour"]
    assert vocabulary.term("actors", "Millers (North)").means == "Millers upstream."
    with pytest.raises(KeyError, match="actors: Nobody"):
        vocabulary.term("actors", "Nobody")


# --- The small project has everything that a page can show -----------------------------


def test_every_word_of_the_vocabulary_is_used(dataset):
    """But for the ways in which figures compare, which are worked out."""
    article, evidence = dataset.article, dataset.evidence
    judged = [*evidence.checks, *evidence.outcomes]
    flags = [flag for paragraph in article.paragraphs for flag in paragraph.flags]
    used = {
        "positions": {p.position for p in article.positions},
        "attributions": {f.attribution for f in article.figures},
        "flags": {flag.kind for flag in flags},
        "sections": {p.section for p in article.paragraphs} - {e.id for e in article.experts},
        "units": {f.unit for f in article.figures},
        "check_groups": {c.group for c in evidence.checks},
        "check_classes": {c.verdict for c in evidence.checks},
        "verdicts": {o.verdict for o in evidence.outcomes} - {None},
        "confidences": {r.confidence for r in judged},
        "rereads": {r.reread for r in judged},
        "source_kinds": {s.kind for s in evidence.sources},
        "source_statuses": {s.status for s in evidence.sources},
        "place_kinds": {p.kind for p in evidence.places},
        "place_groups": {role.group for role in dataset.vocabulary.place_roles},
        "place_roles": {p.role for p in evidence.places},
        "place_precisions": {p.precision for p in evidence.places},
        "place_sources": {p.placed_from for p in evidence.places},
        "actors": {actor for event in evidence.events for actor in event.actors},
    }
    for section, words in used.items():
        assert words == set(dataset.vocabulary.ids(section)), section
    assert set(used) | {"comparisons", "aliases"} == set(type(dataset.vocabulary).model_fields)
    assert {p.attribution for p in article.positions} >= used["attributions"]


def records_in(record):
    """A record and the records in it, however deep."""
    yield record
    for name in type(record).model_fields:
        value = getattr(record, name)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, BaseModel):
                yield from records_in(one)


def test_every_choice_of_the_models_is_made(dataset):
    """Each kind of outcome, voice, side and the like, wherever a model lists them."""
    listed, made = {}, {}
    for document in (dataset.article, dataset.evidence, dataset.vocabulary):
        for record in records_in(document):
            for name, info in type(record).model_fields.items():
                for choice in (info.annotation, *get_args(info.annotation)):
                    if get_origin(choice) is Literal:
                        field = f"{type(record).__name__}.{name}"
                        value = getattr(record, name)
                        listed[field] = set(get_args(choice))
                        made.setdefault(field, set()).update(
                            value if isinstance(value, list) else [value]
                        )
    assert made == listed
    assert set(listed) == {
        "AttributionTerm.voice", "Outcome.kind", "PositionTerm.kinds", "PositionTerm.side",
        "Question.kind", "RoleTerm.sign", "UnitTerm.type", "VerdictTerm.mark",
    }  # fmt: skip


def test_every_optional_field_is_given_and_left_out(dataset):
    """Apart from the whole record of a kind."""
    for document in (dataset.article, dataset.evidence, dataset.vocabulary):
        for section in type(document).model_fields:
            records = getattr(document, section)
            if not isinstance(records, list):
                continue
            for name, info in type(records[0]).model_fields.items():
                if info.is_required():
                    continue
                given = {bool(getattr(record, name)) for record in records}
                assert given == {True, False}, f"{section}.{name}"
