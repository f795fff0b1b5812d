"""Each rule is broken once at least, and each limit is held to the last unit."""

import datetime
import re
from pathlib import Path

import breaking
import pytest
from breaking import (
    EVIDENCE,
    FACTS,
    MINI,
    VOCABULARY,
    edit,
    judged,
    messages,
    said,
    with_lines,
    without_folders,
)
from pydantic import TypeAdapter, ValidationError

from facts import article_rules, evidence_rules, fields, release_rules, rules, vocabulary_rules
from facts.fields import Neutral, PartialDate, Ref, Word, Words
from facts.load import MODELS, read_records
from facts.records import Records, mark_of, sections_of
from facts.vocabulary import NEEDED
from facts.yaml_lines import Document

MODULES = (rules, article_rules, evidence_rules, vocabulary_rules, release_rules)
RULES = {rule.__name__.removeprefix("rule_"): rule for module in MODULES for rule in module.RULES}
CASES = breaking.read_cases(Path(__file__).parent / "rules.txt")


@pytest.fixture(scope="module")
def records():
    """The records of the small project, unbroken."""
    return read_records(MINI)


def test_the_small_project_is_right():
    assert messages(MINI) == []


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_rule_is_broken_by(mini, case):
    case.apply(mini)
    broken = read_records(mini)
    own = [without_folders(message, mini) for _, message in RULES[case.name](broken)]
    found = said(mini, broken)
    assert found == [with_lines(message, mini) for message in case.expected]
    assert any(line.endswith(message) for line in found for message in own), "another rule said it"


def test_every_rule_has_a_case_and_every_case_a_rule():
    assert {case.name for case in CASES} == set(RULES)


def test_every_rule_says_what_it_is():
    assert [name for name, rule in RULES.items() if not rule.__doc__] == []


# --- What the cases cannot show in a few lines ---------------------------------------


def test_an_expert_cannot_be_called_as_a_part_of_the_article(mini):
    for file in (FACTS, EVIDENCE, VOCABULARY):
        path = mini / file
        path.write_text(path.read_text(encoding="utf-8").replace("ozturk", "margin"), "utf-8")
    line = with_lines("«- id: margin slug»", mini)
    assert f"facts.yml:{line}: experts[margin].id: found 'margin', a part of the article, " in (
        "".join(messages(mini))
    )


def test_a_table_cannot_be_called_as_a_part_of_a_page(mini):
    edit(mini / FACTS, "  - id: table\n", "  - id: details\n")
    edit(mini / FACTS, "    group: table\n", "    group: details\n")
    expected = "facts.yml:«- id: details»: groups[details].id: found 'details', which a page has, "
    assert messages(mini) == [with_lines(f"{expected}expected another id", mini)]


def test_an_expert_has_a_paragraph(mini):
    path = mini / FACTS
    text = path.read_text(encoding="utf-8")
    for id in ("p14", "p15", "p16"):
        text = text.replace(f"{id}\n    section: ozturk", f"{id}\n    section: introduction")
    path.write_text(text, encoding="utf-8")
    expected = "facts.yml:«- id: ozturk»: experts[ozturk]: found no paragraph whose section is "
    assert with_lines(f"{expected}'ozturk', expected at least one", mini) in messages(mini)


def test_events_without_a_headline_at_all(mini):
    edit(mini / EVIDENCE, "headline: true", "headline: false", times=4)
    expected = "evidence.yml:«events:»: events: found 0 with `headline: true`, expected 4"
    assert messages(mini) == [with_lines(expected, mini)]


@pytest.mark.parametrize("section", ["paragraphs", "experts", "questions", "periods"])
def test_a_project_is_not_without(mini, section):
    path = mini / (EVIDENCE if section == "periods" else FACTS)
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(rf"\n{section}:\n.*?\n\n", f"\n{section}: []\n\n", text, flags=re.S))
    expected = f"{path.name}:«{section}: []»: {section}: found none, expected one at least"
    assert with_lines(expected, mini) in messages(mini)


def test_an_event_may_share_the_day_of_the_one_before_it(mini):
    edit(mini / EVIDENCE, "when: 2020-08-05/2020-08-10", "when: 2020-05-03")
    assert messages(mini) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("sources: [s-almanac, s-ledger]", "sources: [s-almanac, s-recant]"),
        ("2018.\n    sources: [s-gazette]", "2018.\n    sources: [s-gazette, s-recant]"),
    ],
    ids=["background", "tie"],
)
def test_a_source_is_used_where_only_one_record_cites_it(mini, old, new):
    edit(mini / EVIDENCE, "sources: [s-gazette, s-recant]", "sources: [s-gazette]")
    assert len(messages(mini)) == 1
    edit(mini / EVIDENCE, old, new)
    assert messages(mini) == []


# --- Fields with a mark: found in the models, so that a new one is held to it too ------


def ways(kind):
    """The way to every field with a mark of a kind, without numbers of records."""
    found = set()
    for name, model in MODELS.items():
        prefix = "words." if name == "vocabulary" else ""
        for section, (record, _) in sections_of(model).items():
            found |= {(name, prefix + section, *way) for way in _ways_in(record, kind)}
    return found


def _ways_in(model, kind):
    for name, info in model.model_fields.items():
        inner = [a for a in getattr(info.annotation, "__args__", ()) if hasattr(a, "model_fields")]
        if mark_of(info, kind) is not None:
            yield (info.alias or name,)
        for record in inner:
            yield from ((name, *way) for way in _ways_in(record, kind))


def samples(records, kind):
    """For each of `ways`, one value of the small project: the way to it, the mark, the value."""
    found = {}
    for marked in records.marked(kind):
        name, section, *rest = marked.loc
        prefix = "words." if name == "vocabulary" else ""
        way = (name, prefix + str(section), *[step for step in rest if isinstance(step, str)])
        found.setdefault(way, marked)
    return found


@pytest.mark.parametrize("kind", [Words, Word, Ref, Neutral])
def test_the_small_project_fills_every_field_with_a_mark(records, kind):
    assert set(samples(records, kind)) == ways(kind)


@pytest.mark.parametrize("way", sorted(ways(Words)), ids=".".join)
def test_a_text_has_no_word_too_many_or_too_few(records, way):
    loc, (least, most), _ = samples(records, Words)[way]

    def said_of(count):
        return judged(records, rules.rule_lengths, loc, " ".join(["word"] * count))

    limits = f"{least} to {most}" if least > 1 else f"at most {most}"
    assert said_of(least) == said_of(most) == []
    assert said_of(most + 1) == [f"found {most + 1} words, expected {limits}"]
    if least > 1:
        assert said_of(least - 1) == [f"found {least - 1} words, expected {limits}"]


def test_the_limits_of_texts_are_these():
    """As README and CONTRIBUTING state them: another limit is a decision, not a slip."""
    found = {
        f"{way[1]}.{way[-1]}": mark
        for way, (_, mark, _) in samples(read_records(MINI), Words).items()
    }
    assert found == {
        "backgrounds.says": (1, 90),
        "checks.line": (1, 20),
        "checks.record": (1, 100),
        "checks.short": (1, 6),
        "checks.statement": (1, 35),
        "corrections.says": (1, 50),
        "events.short": (1, 8),
        "events.what": (1, 45),
        "experts.thesis": (1, 30),
        "figures.quote": (3, 12),
        "outcomes.answer": (1, 12),
        "outcomes.assessment": (1, 35),
        "outcomes.happened": (1, 150),
        "outcomes.line": (1, 20),
        "outcomes.short": (1, 6),
        "outcomes.since": (1, 14),
        "outcomes.what": (1, 35),
        "outlets.owner": (1, 10),
        "paragraphs.printed": (1, 12),
        "places.beside": (1, 6),
        "positions.phrase": (1, 6),
        "positions.quote": (3, 12),
        "positions.says": (1, 25),
        "positions.scope": (1, 10),
        "sequels.says": (1, 18),
        "ties.says": (1, 30),
    }


@pytest.mark.parametrize("way", sorted(ways(Ref)), ids=".".join)
def test_an_id_that_is_nowhere_is_reported(records, way):
    loc, _, _ = samples(records, Ref)[way]
    (message,) = judged(records, rules.rule_references, loc, "nowhere")
    assert message.startswith("found 'nowhere'")


@pytest.mark.parametrize("way", sorted(ways(Word)), ids=".".join)
def test_a_word_that_is_not_in_the_vocabulary_is_reported(records, way):
    loc, _, _ = samples(records, Word)[way]
    (message,) = judged(records, rules.rule_words, loc, "abracadabra")
    assert message.startswith("found 'abracadabra', expected one of: ")


@pytest.mark.parametrize("way", sorted(ways(Neutral)), ids=".".join)
def test_a_word_that_takes_a_side_is_refused_in(records, way):
    loc, _, _ = samples(records, Neutral)[way]
    for word, instead in rules.LOADED.items():
        expected = [f"found {word!r}, expected {instead}"]
        for text in (f"They {word}.", f"They {word}; others", word.capitalize(), f"({word})"):
            assert judged(records, rules.rule_neutral, loc, text) == expected, text
        for text in (f'They "{word}" it', f"They “the {word}” it", f"un{word}", f"{word}ly"):
            assert judged(records, rules.rule_neutral, loc, text) == [], text


def test_the_words_that_take_a_side_are_these():
    assert sorted(rules.LOADED) == [
        "aggressor", "failed", "invaders", "jihadists", "liberated", "militants", "puppet",
        "regime", "so-called", "terrorists",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("section", "word"), [(section, word) for section, words in NEEDED.items() for word in words]
)
def test_a_word_that_the_pages_need_cannot_go(records, section, word):
    vocabulary = records.documents["vocabulary"]
    rest = [row for row in vocabulary.data[section] if row["id"] != word]
    assert len(rest) == len(vocabulary.data[section]) - 1
    document = Document(vocabulary.file, {**vocabulary.data, section: rest})
    without = Records({**records.documents, "vocabulary": document}, records.sections)
    message = f"found no {word!r}, expected it: the pages need this word"
    assert list(vocabulary_rules.rule_needed_words(without)) == [(("vocabulary", section), message)]


def test_the_words_that_the_pages_need_are_these():
    assert NEEDED == {
        "positions": ["relays", "does not address"],
        "comparisons": ["same", "rounding", "different measure", "conflict", "single"],
        "sections": ["title", "introduction"],
        "source_kinds": ["repost"],
        "source_statuses": ["ok", "withdrawn"],
        "confidences": ["high"],
        "rereads": ["yes", "partly", "no"],
        "place_precisions": ["exact", "approximate"],
        "actors": ["other"],
    }


# --- Limits of numbers, dates, places, ids and texts -----------------------------------


def figure(records, id):
    return next(loc for loc, record in records.all("figures") if record.id == id)


@pytest.mark.parametrize(
    ("id", "admitted", "refused"),
    [
        ("f-sacks--baker", [1, 1_000_000_000], [0, -1, 1_000_000_001, True, 1.0]),
        ("f-stones--mlynarz", [1000, 2999], [999, 3000]),
        (
            "f-day--baker",
            [datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)],
            [datetime.date(999, 12, 31), datetime.date(3000, 1, 1)],
        ),
        ("f-towns--baker", [["Millford"]], ["Millford", 12]),
    ],
)
def test_a_value_fits_its_unit(records, id, admitted, refused):
    loc = (*figure(records, id), "value")

    def said_of(value):
        return judged(records, article_rules.rule_figure_values, loc, value)

    assert [value for value in admitted if said_of(value)] == []
    assert [value for value in refused if not said_of(value)] == []


def test_numbers_below_a_hundred_may_be_typed_twice(records):
    """They occur in dates and in prose."""
    figures = figure(records, "f-road--ozturk")
    says = next(loc for loc, p in records.all("positions") if p.id == "q-import--ozturk")
    for value, count in ((99, 0), (100, 1)):
        changed = {
            "figures": [
                located._replace(
                    record=located.record.model_copy(update={"value": value})
                    if located.loc == figures
                    else located.record
                )
                for located in records.sections["figures"]
            ]
        }
        other = Records(records.documents, records.sections | changed)
        found = judged(other, article_rules.rule_typed_once, (*says, "says"), f"All {value} ships.")
        assert len(found) == count


@pytest.mark.parametrize(
    ("lat", "lon", "admitted"),
    [
        (33.0, 59.5, True),
        (41.5, 76.0, True),
        (32.99, 68.0, False),
        (41.51, 68.0, False),
        (37.0, 59.49, False),
        (37.0, 76.01, False),
    ],
)
def test_the_map_ends_at(mini, lat, lon, admitted):
    edit(mini / EVIDENCE, "lat: 40.6\n    lon: 62.5", f"lat: {lat}\n    lon: {lon}")
    assert (messages(mini) == []) == admitted


TODAY = datetime.date(2022, 5, 15)


@pytest.mark.parametrize(
    ("date", "admitted"),
    [
        ("2022-05-15", True),
        ("2022-05-16", True),  # it is tomorrow already, east of here
        ("2022-05-17", False),
        ("2022-05", True),
        ("2022-06", False),
        ("2022", True),
        ("2023", False),
        ("2022-05-10/2022-05-16", True),
        ("2022-05-10/2022-05-17", False),
    ],
)
def test_nothing_is_later_than_today(mini, date, admitted):
    edit(mini / EVIDENCE, "date: 2021-01\n", f"date: {date}\n")
    edit(mini / EVIDENCE, "looked: 2021-06\n", f"looked: {date}\n", times=6)
    expected = f"found {date}, expected no later than today"
    found = messages(mini, TODAY)
    assert len(found) == (0 if admitted else 7)
    assert all(message.endswith(expected) for message in found)


def test_every_date_of_the_models_is_held_against_today(records):
    """Wherever a record has a date, apart from the value of a figure."""
    later = PartialDate.read("2099")
    checked = set()
    for located in records.all(*records.sections):
        for name in type(located.record).model_fields:
            value = getattr(located.record, name)
            if isinstance(value, PartialDate):
                loc = (*located.loc, name)
                assert judged(records, rules.rule_no_date_to_come, loc, later), loc
                checked.add(f"{located.loc[1]}.{name}")
    assert checked == {
        "source.published", "sources.date", "outcomes.looked", "events.when", "readings.when",
        "periods.begins",
    }  # fmt: skip


IDS = {
    fields.ShortId: "",
    fields.Slug: "",
    fields.QuestionId: "q-",
    fields.MeasureId: "f-",
    fields.TermId: "g-",
    fields.SourceId: "s-",
    fields.CheckId: "c-",
    fields.OutcomeId: "o-",
    fields.EventId: "e-",
    fields.PlaceId: "pl-",
    fields.ReadingId: "r-",
    fields.BackgroundId: "b-",
    fields.TieId: "t-",
    fields.FormerId: "",
}


def admits(form, text):
    try:
        TypeAdapter(form).validate_python(text)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(("form", "prefix"), IDS.items(), ids=[p or "none" for p in IDS.values()])
def test_an_id_has_eighty_letters_at_most(form, prefix):
    assert admits(form, prefix + "a" * (80 - len(prefix)))
    assert not admits(form, prefix + "a" * (81 - len(prefix)))
    for text in (
        prefix,
        prefix + "A",
        prefix + "a b",
        prefix + "a_b",
        prefix + "ä",
        prefix + "a\n",
    ):
        assert not admits(form, text), text
    if prefix:
        assert not admits(form, "a")
        assert not admits(form, prefix + "a-")
        assert admits(form, prefix + "a-b")


@pytest.mark.parametrize(
    ("form", "admitted", "refused"),
    [
        (fields.ParagraphId, ["p01", "p99", "p999"], ["p1", "p1000", "q01", "p01\n", "p٠١"]),
        (
            fields.FigureId,
            ["f-a--b", "f-a-1--baker"],
            ["f-a", "f-a--", "f-a--b1", "f--b", "f-a---b", "f-" + "a" * 75 + "--bbb"],
        ),
        (fields.FormerId, ["a", "q-a--b", "p01"], ["q-a--", "--b", "a b", "a.b", "a#b"]),
        (fields.ShortId, ["a"], ["a1", "a-b", ""]),
        (fields.Slug, ["a", "1", "a-1"], ["-a", "a--b", "a/b", "../a", ""]),
        (
            fields.Address,
            ["http://a", "https://a.b:80/c?d=e&f#g", "https://a/" + "b" * 1990],
            ["https:///path", "ftp://a", "https://", "https://a b", "https://a/<b>", "a.org",
             "javascript:alert(7)", 'https://a/"b', "https://a@b/", "https://a/" + "b" * 1991],
        ),
        (
            fields.Count,
            [1, 1_000_000_000],
            [0, -1, 1_000_000_001, True, 1.0, "1", None],
        ),
    ],
)  # fmt: skip
def test_a_form_admits_and_refuses(form, admitted, refused):
    assert [value for value in admitted if not admits(form, value)] == []
    assert [value for value in refused if admits(form, value)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abcd " * 599 + "abcde", []),
        ("abcd " * 599 + "abcd a", ["found 3,001 characters, expected at most 3,000"]),
        ("a" * 100, []),
        ("a" * 101, ["found a word of 101 letters, expected at most 100"]),
        ("https://example.org/" + "a" * 100, []),
    ],
)
def test_a_text_is_not_endless(records, text, expected):
    document = Document("facts.yml", {"source": {"title": text}})
    other = Records({**records.documents, "facts": document})
    assert [message for _, message in rules.rule_not_endless(other)] == expected
