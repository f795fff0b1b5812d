"""The evidence keeps its rules, and what is worked out from it is right."""

import datetime
import math
import re
import subprocess
import sys

import pytest

import derive
import maps
from build_pages import render
from conftest import DATA, ROOT
from evidence_rules import EVIDENCE_RULES
from facts import load, load_edition
from models import When
from test_facts import edit, messages
from yaml_lines import DataError

EDITION = load_edition(ROOT / "CITATION.cff")


@pytest.fixture(scope="module")
def facts():
    return load(DATA)


E = "evidence.yml"
CHECK = "  - id: c-largest-base-abroad"
# rule, text of evidence.yml to replace, its replacement, part of the message
CASES = [
    (
        "evidence_ids_unique",
        "  - id: c-border-length-kalay",
        "  - id: c-border-length-asker",
        "found 'c-border-length-asker' again",
    ),
    (
        "evidence_references",
        "\n    concerns: [f-border-length--asker]",
        "\n    concerns: [f-border-lenth--asker]",
        "found 'f-border-lenth--asker' (did you mean 'f-border-length--asker'?), expected the id of a record",
    ),
    (
        "evidence_references",
        "\n      - source: s-mid-tj-border",
        "\n      - source: s-mid-tj-bordre",
        "checks[c-border-length-asker].sources[1].source: found 's-mid-tj-bordre' (did you mean 's-mid-tj-border'?)",
    ),
    (
        "evidence_references",
        "place: pl-kunduz",
        "place: pl-kundus",
        "found 'pl-kundus' (did you mean 'pl-kunduz'?)",
    ),
    (
        "evidence_references",
        "measure: f-crossings",
        "measure: f-crossing",
        "readings[r-crossed-06-22].measure: found 'f-crossing'",
    ),
    (
        "evidence_vocabulary",
        "\n    class: matches",
        "\n    class: match",
        "checks[c-border-length-asker].class: found 'match' (did you mean 'matches'?)",
    ),
    (
        "evidence_vocabulary",
        "verdict: borne out",
        "verdict: proved",
        "found 'proved', expected one of: borne out, partly",
    ),
    (
        "evidence_vocabulary",
        "actors: [Uzbekistan, other]",
        "actors: [Uzbekistan, others]",
        "found 'others' (did you mean 'other'?)",
    ),
    (
        "sourced",
        "    sources: [s-jamestown-1999-04-treaty]",
        "    sources: []",
        "found none, expected one source at least",
    ),
    (
        "sources_used",
        "  - id: s-theodora-1996-border\n",
        "  - id: s-unused\n    publisher: A\n    title: B\n    titled: true\n    date: not shown\n    url: https://example.org/\n    kind: media\n    party: false\n    status: ok\n  - id: s-theodora-1996-border\n",
        "sources[s-unused]: found no record that cites 's-unused'",
    ),
    (
        "withdrawn",
        "    kind: official\n    party: true\n    status: ok",
        "    kind: official\n    party: true\n    status: withdrawn\n    note: taken back",
        "found 's-mid-tj-border', which is withdrawn, expected a source that stands",
    ),
    (
        "withdrawn",
        "    kind: official\n    party: true\n    status: ok",
        "    kind: official\n    party: true\n    status: withdrawn",
        "sources[s-mid-tj-border]: found no note on a withdrawn source",
    ),
    ("verdicts", "    verdict: borne out\n", "", "found no verdict on an assessment, expected one"),
    (
        "verdicts",
        "\n    kind: recommendation",
        "\n    kind: recommendation\n    verdict: partly",
        "found a verdict on a recommendation, expected none",
    ),
    (
        "paragraphs_of_speaker",
        "expert: asker\n    paragraphs: [p16]",
        "expert: asker\n    paragraphs: [p20]",
        "checks[c-border-length-asker].paragraphs[1]: found 'p20' of karakus",
    ),
    (
        "dates",
        "when: 2012-10-05",
        "when: 1998-10-05",
        "found 1998-10-05 after 2006-08-16, expected events in order of date",
    ),
    (
        "dates",
        "when: 2026-05-27",
        "when: 2027-05-27",
        "found 2027-05-27, expected no later than 2026-06-30, when we last looked",
    ),
    (
        "dates",
        "    looked: 2026-06\n",
        "    looked: 2020\n",
        "looked: found 2020, expected no earlier than the source",
    ),
    (
        "places",
        "    lat: 36.73",
        "    lat: 46.73",
        "places[pl-kunduz]: found 46.73, 68.86, expected a place between",
    ),
    (
        "places",
        "    note: The marker is at Panji Poyon",
        "    also_note: The marker is at Panji Poyon",
        "places[pl-sherkhan-bandar].also_note: unknown key",
    ),
    (
        "lengths_of_evidence",
        "statement: In all,",
        "statement: In all, " + "and all " * 20,
        "checks[c-border-length-kalay].statement: found",
    ),
    (
        "neutral",
        "happened: None was found.",
        "happened: The regime was not found.",
        "happened: found 'regime', expected government",
    ),
    (
        "evidence_placeholders",
        "{f-border-length--asker} km",
        "1,344 km",
        "found '1,344', expected {f-border-length--asker}: a figure is typed once",
    ),
    (
        "evidence_placeholders",
        "{f-border-length--asker} km",
        "{f-border-length--kalay} km",
        "found 'f-border-length--kalay', expected one of what it concerns: f-border-length--asker",
    ),
    (
        "evidence_placeholders",
        "happened: None was found.",
        "happened: None {was} found.",
        "found a brace, expected none",
    ),
    (
        "evidence_plain_text",
        "happened: None was found.",
        "happened: None <b>was</b> found.",
        "found HTML '<b>'",
    ),
    ("headlines", "    headline: true\n", "", "events: found 3 with `headline: true`, expected 4"),
]


@pytest.mark.parametrize(
    ("rule", "old", "new", "message"), CASES, ids=[f"{case[0]}-{i}" for i, case in enumerate(CASES)]
)
def test_rule_is_broken_by(data, rule, old, new, message):
    edit(data, old, new, E)
    found = messages(data, E)
    assert any(message in m for m in found), found
    assert all(re.match(r"evidence\.yml:\d+: ", m) for m in found)


def test_a_verdict_on_one_repost_alone_is_never_sure(data):
    """The rule `reposts`: the file has no such record, so one is made."""
    text = (data / E).read_text(encoding="utf-8")
    start = text.index("  - id: c-border-length-asker")
    block = text[start : text.index("  - id: c-border-length-kalay")]
    lines = block.splitlines()
    first = next(i for i, line in enumerate(lines) if line.strip().startswith("- source:"))
    alone = (
        "\n".join(lines[: first + 2]).replace(
            "s-mid-tj-border", "s-urdupoint-2021-07-09-two-thirds"
        )
        + "\n"
    )
    (data / E).write_text(text.replace(block, alone), encoding="utf-8")
    assert any("confidence: found 'high' on one repost alone" in m for m in messages(data, E))


def test_every_rule_has_a_case():
    assert {rule.__name__.removeprefix("rule_") for rule in EVIDENCE_RULES} == {
        case[0] for case in CASES
    } | {"reposts"}


@pytest.mark.parametrize(
    ("value", "shown", "start", "end"),
    [
        (datetime.date(2021, 7, 5), "5 July 2021", "2021-07-05", "2021-07-05"),
        ("2021-07", "July 2021", "2021-07-01", "2021-07-31"),
        ("2021-12", "December 2021", "2021-12-01", "2021-12-31"),
        (2021, "2021", "2021-01-01", "2021-12-31"),
        ("2021-08-05/2021-08-10", "5–10 August 2021", "2021-08-05", "2021-08-10"),
        ("2023-08-29/2023-09-05", "29 August – 5 September 2023", "2023-08-29", "2023-09-05"),
        ("2021-12-30/2022-01-02", "30 December 2021 – 2 January 2022", "2021-12-30", "2022-01-02"),
    ],
)
def test_dates_are_as_precise_as_known(value, shown, start, end):
    when = When.read(value)
    assert (when.shown, str(when.start), str(when.end)) == (shown, start, end)


@pytest.mark.parametrize(
    "value",
    ["July 2021", "2021-13", "2021-02-30", "2021-08-10/2021-08-05", 20210705, None, 3.5, True],
)
def test_other_dates_are_refused(value):
    with pytest.raises(ValueError, match="a date|a range"):
        When.read(value)


def test_every_figure_with_a_record_shows_its_class(facts):
    """On the compare page and on the expert's page; so does every assessment with a verdict."""
    files = render(facts, EDITION)
    slugs = {e.id: e.slug for e in facts.experts}
    for check in facts.evidence.checks:
        link = f'checks/#{check.id}">Record: {check.verdict}<'
        for id in check.concerns:
            assert link in files["docs/compare.md"], (check.id, id)
            assert link in files[f"includes/{slugs[id.rpartition('--')[2]]}-answers.md"], (
                check.id,
                id,
            )
    for outcome in facts.evidence.outcomes:
        if outcome.verdict and outcome.concerns:
            assert (
                f'outcomes/#{outcome.id}">Since: {outcome.verdict}<' in files["docs/compare.md"]
            ), outcome.id


def test_a_verdict_changes_wherever_it_is_shown(facts):
    outcome = next(o for o in facts.evidence.outcomes if o.id == "o-no-russian-entry")
    changed = [
        o.model_copy(update={"verdict": "open"}) if o is outcome else o
        for o in facts.evidence.outcomes
    ]
    evidence = facts.evidence.model_copy(update={"outcomes": changed})
    before, after = (
        render(facts, EDITION),
        render(facts.model_copy(update={"evidence": evidence}), EDITION),
    )
    differ = {name for name in before if before[name] != after[name]}
    assert differ == {
        "docs/compare.md",
        "docs/outcomes.md",
        "docs/data/outcomes.csv",
        "docs/data/evidence.json",
        "includes/ali-asker-since.md",
        "includes/ali-asker-answers.md",
    }


@pytest.mark.parametrize(
    ("alias", "message"),
    [
        (
            "{old: q-army, id: q-entri}",
            "aliases[q-entri].id: found 'q-entri' (did you mean 'q-entry'?)",
        ),
        ("{old: q-worry, id: q-entry}", "aliases[q-entry].old: found 'q-worry', which is in use"),
    ],
)
def test_a_former_id_has_to_lead_somewhere(data, alias, message):
    edit(data, "aliases: []", f"aliases: [{alias}]", "vocabulary.yml")
    with pytest.raises(DataError, match=re.escape(message)):
        load(data)


def test_former_ids_stay_where_the_new_ones_are(data):
    ids = [
        "q-entry",
        "q-entry--asker",
        "f-crossings",
        "f-crossings--asker",
        "p15",
        "c-tajik-20000",
        "o-title",
        "e-2021-08-15-kabul-falls",
        "pl-kabul",
        "r-border-csto",
        "g-csto",
    ]
    edit(
        data,
        "aliases: []",
        "aliases: [" + ", ".join(f"{{old: {id}-former, id: {id}}}" for id in ids) + "]",
        "vocabulary.yml",
    )
    text = "".join(render(load(data), EDITION).values())
    assert [id for id in ids if f'id="{id}-former"' not in text] == []


def test_a_withdrawn_source_is_struck(facts):
    source = facts.evidence.sources[0].model_copy(
        update={"status": "withdrawn", "note": "Taken back for want of evidence."}
    )
    evidence = facts.evidence.model_copy(update={"sources": [source, *facts.evidence.sources[1:]]})
    text = render(facts.model_copy(update={"evidence": evidence}), EDITION)["docs/checks.md"]
    struck = re.search(r"<li><s><a href=[^>]+>[^<]+</a></s>.*", text)[0]
    assert "withdrawn</span>" in struck and "Taken back for want of evidence." in struck


def test_the_article_falls_among_the_events(facts):
    summer = next(p for p in derive.periods(facts) if p["id"] == "summer-2021")["events"]
    place = summer.index("article")
    assert summer[place - 1].when.start <= datetime.date(2021, 7, 9) < summer[place + 1].when.start
    counted = [
        event
        for period in derive.periods(facts)
        for event in period["events"]
        if event != "article"
    ]
    assert counted == facts.evidence.events


def test_charts_draw_to_scale(facts):
    bars = {bar.shown: bar for bar in derive.chart(facts, "f-crossings")["rows"]}
    assert bars["2,300"].length == 100 and bars["1,037"].length == pytest.approx(
        100 * 1037 / 2300, abs=0.1
    )
    ticks = derive.chart(facts, "f-border-length")
    assert ticks["axis"] == "Between 1,206 and 1,357"
    assert [b.start for b in ticks["rows"] if b.shown == "1,206 km"] == [0]
    assert [b.start for b in ticks["rows"] if b.expert and b.shown == "1,344 km"] == [
        round(97 * 138 / 151, 1)
    ]


def test_projection_is_the_formula_of_the_base_map():
    base = maps.basemap()
    assert maps.project(base, base["lat1"], base["lon0"]) == (0, 0)
    x, y = maps.project(base, base["lat1"] - 1, base["lon0"] + 1)
    assert y == pytest.approx(base["k"]) and x == pytest.approx(
        base["k"] * math.cos(math.radians(37.5))
    )
    assert maps.project(base, base["lat1"], 76)[0] == pytest.approx(base["width"], abs=0.5)


def test_the_border_runs_between_the_banks():
    """Panji Poyon and Khorog stand at the drawn border, Kunduz and Dushanbe well inside."""
    base = maps.basemap()
    path = next(b["d"] for b in base["borders"] if sorted(b["between"]) == ["AFG", "TJK"])
    numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", path)]
    assert len(numbers) > 200, "too few points to recognise the Panj"
    absolute = "l" not in path
    assert absolute
    points = list(zip(numbers[::2], numbers[1::2], strict=True))

    def distance(lat, lon):
        x, y = maps.project(base, lat, lon)
        return min(math.hypot(x - px, y - py) for px, py in points) / base["k"] * 111  # km, roughly

    assert distance(37.19, 68.58) < 6 and distance(37.49, 71.55) < 6 and distance(36.72, 71.61) < 6
    assert 35 < distance(36.73, 68.86) < 65, "Kunduz is about 50 km from the border"
    assert distance(38.54, 68.78) > 90


def test_badges_do_not_collide(facts):
    for view in maps.views(facts.evidence.places):
        badges = [(m.bx, m.by) for m in view["markers"]]
        for i, a in enumerate(badges):
            assert all(
                math.hypot(a[0] - b[0], a[1] - b[1]) > 3.6 * view["badge"] for b in badges[:i]
            )
    numbers = sorted(
        m.number for view in maps.views(facts.evidence.places) for m in view["markers"]
    )
    assert numbers == list(range(1, len(facts.evidence.places) + 1))


def test_evidence_that_is_not_to_be_published_is_not_there():
    """Claims that the research found unsupported, one-sided or private."""
    text = (DATA / E).read_text(encoding="utf-8").lower()
    for phrase in ("1,288", "intern"):
        assert not re.search(rf"\b{phrase}\b", text), phrase


def test_the_command_names_file_line_and_record(project):
    edit(
        project / "docs/data", "\n      - source: s-mid-tj-border", "\n      - source: s-nowhere", E
    )
    run = subprocess.run(
        [sys.executable, "scripts/build_pages.py"], cwd=project, capture_output=True, text=True
    )
    assert run.returncode == 1 and "Traceback" not in run.stderr
    assert re.search(
        r"^docs/data/evidence\.yml:\d+: checks\[c-border-length-asker\]\.sources\[1\]\.source: found 's-nowhere'",
        run.stderr,
        re.M,
    )
