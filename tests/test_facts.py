"""The facts are read strictly, and each rule has a case that breaks it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import DATA, ROOT
from facts import load
from models import Facts
from rules import RULES
from yaml_lines import DataError

BAD = Path(__file__).parent / "bad"


def messages(folder, file: str = "") -> list[str]:
    """What `load` has against the data in `folder`, or against one file there, without the folder's path."""
    try:
        load(folder)
    except DataError as error:
        return [str(p).replace(f"{folder}/", "") for p in error.problems if file in p.file]
    return []


def edit(folder, old: str, new: str, name: str = "facts.yml", count: int = 1):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"the case is out of date: {old!r} is not in {name}"
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def test_the_facts_are_right():
    facts = load(DATA)
    assert len(facts.positions) == len(facts.experts) * len(facts.questions) == 85


def test_bad_files_give_the_whole_list(tmp_path):
    for name in ("facts.yml", "evidence.yml"):
        shutil.copy(BAD / name, tmp_path)
    shutil.copy(DATA / "vocabulary.yml", tmp_path)
    assert messages(tmp_path) == (BAD / "expected.txt").read_text(encoding="utf-8").splitlines()


ASKER_ON_ENTRY = """    expert: asker
    position: "no"
    says: Excludes an entry of the Russian army altogether.
    paragraphs: [p15]"""

# rule, text of facts.yml to replace, its replacement, record and part of the message
CASES = [
    ("ids_unique", "  - id: g-taliban", "  - id: g-sco", "glossary[g-sco].id: found 'g-sco' again"),
    (
        "ids_unique",
        "slug: ali-asker",
        "slug: guler-kalay",
        "experts[asker].slug: found 'guler-kalay' more than once",
    ),
    (
        "paragraphs_in_order",
        "  - id: p31",
        "  - id: p30",
        "paragraphs[p30].id: found 'p30', expected 'p31'",
    ),
    (
        "references",
        "question: q-worry\n    expert: asker",
        "question: q-wory\n    expert: asker",
        "positions[asker/q-wory].question: found 'q-wory' (did you mean 'q-worry'?)",
    ),
    (
        "references",
        "paragraphs: [p15]",
        "paragraphs: [p99]",
        "positions[asker/q-entry].paragraphs[1]: found 'p99'",
    ),
    (
        "references",
        "section: compiler",
        "section: compilr",
        "paragraphs[p32].section: found 'compilr' (did you mean 'compiler'?)",
    ),
    ("references", "    measure: f-kunduz", "    measure: f-kabul", "found 'f-kabul'"),
    ("vocabulary", "position: relays", "position: repeats", "found 'repeats'"),
    (
        "vocabulary",
        "attribution: narration",
        "attribution: narrated",
        "found 'narrated' (did you mean 'narration'?)",
    ),
    ("vocabulary", "unit: km", "unit: miles", "found 'miles'"),
    (
        "vocabulary",
        "kind: misspelt",
        "kind: mispelt",
        "paragraphs[p07].flags[1].kind: found 'mispelt'",
    ),
    (
        "vocabulary",
        "    kind: open\n",
        "    kind: opne\n",
        "questions[q-reinforcement].kind: found 'opne'",
    ),
    (
        "every_pair_once",
        "question: q-entry\n    expert: asker",
        "question: q-entry\n    expert: kalay",
        "found no position of asker on q-entry, expected one",
    ),
    (
        "every_pair_once",
        "question: q-entry\n    expert: asker",
        "question: q-entry\n    expert: kalay",
        "found a second position of kalay on q-entry",
    ),
    (
        "position_admitted",
        ASKER_ON_ENTRY,
        ASKER_ON_ENTRY.replace('"no"', "answers"),
        "positions[asker/q-entry].position: found 'answers' on a yes-no question",
    ),
    (
        "silence",
        ASKER_ON_ENTRY,
        ASKER_ON_ENTRY.replace('"no"', "does not address"),
        "positions[asker/q-entry].says: found 'says' with position 'does not address'",
    ),
    (
        "silence",
        ASKER_ON_ENTRY,
        ASKER_ON_ENTRY.replace('"no"', "does not address"),
        "found no 'looked_for'",
    ),
    (
        "silence",
        "    quote: out of the question\n",
        "",
        "positions[asker/q-entry].quote: found no 'quote'",
    ),
    (
        "paragraphs_of_expert",
        "paragraphs: [p15]",
        "paragraphs: [p20]",
        "positions[asker/q-entry].paragraphs[1]: found 'p20', expected a paragraph of asker: p15, p16, p17, p18",
    ),
    (
        "paragraphs_of_expert",
        "paragraphs: [p15]",
        "paragraphs: [p14]",
        "found 'p14', expected a paragraph of asker",
    ),
    (
        "paragraphs_of_expert",
        "paragraph: p09",
        "paragraph: p16",
        "figures[f-border-length--kalay].paragraph: found 'p16'",
    ),
    (
        "lengths",
        "quote: out of the question",
        "quote: two words",
        "positions[asker/q-entry].quote: found 2 words, expected 3 to 12",
    ),
    (
        "lengths",
        "quote: out of the question",
        "quote: a whole sentence stands here.",
        "found the end of a sentence",
    ),
    (
        "lengths",
        "says: Excludes an",
        "says: " + "very " * 20 + "much excludes an",
        "positions[asker/q-entry].says: found",
    ),
    (
        "lengths",
        "thesis: A Russian",
        "thesis: " + "very " * 20 + "A Russian",
        "experts[asker].thesis: found",
    ),
    (
        "lengths",
        "printed: the alliance fborces",
        "printed: " + "one " * 13 + "fborces",
        "paragraphs[p07].flags[1].printed: found 14 words",
    ),
    (
        "figures",
        "id: f-border-length--asker",
        "id: f-border-length--kivanc",
        "found 'f-border-length--kivanc', expected it to end in '--asker'",
    ),
    (
        "figures",
        "value: 1344",
        "value: [one, two]",
        "figures[f-border-length--asker].value: found ['one', 'two'] with unit 'km'",
    ),
    ("figures", "value: 1344", "value: -5", "found -5, expected a number above 0"),
    ("figures", "value: 2042", "value: 20420", "found 20420, expected a year of four digits"),
    ("figures", "value: [Tajikistan, Russia]", "value: [Russia, Russia]", "found a name twice"),
    (
        "figures",
        "value: 1344\n    unit: km",
        "value: 1344\n    unit: people",
        "found 'people', expected 'km' as in f-border-length--kalay",
    ),
    (
        "measures_used",
        "    measure: f-tajik-deployment",
        "    measure: f-crossings",
        "measures[f-tajik-deployment]: found none of the figures",
    ),
    (
        "placeholders",
        "{f-base-term--asker}",
        "{f-base-turm--asker}",
        "found 'f-base-turm--asker' (did you mean 'f-base-term--asker'?)",
    ),
    (
        "placeholders",
        "{f-base-term--asker}",
        "{f-base-term--kivanc}",
        "found 'f-base-term--kivanc', expected a figure of asker",
    ),
    (
        "placeholders",
        "{f-base-term--asker}",
        "{f-russian-troops--asker}",
        "found 'f-russian-troops--asker' from p16, expected p16 among the paragraphs",
    ),
    (
        "placeholders",
        "interest: An academic.",
        "interest: An {academic}.",
        "experts[asker].interest: found a brace",
    ),
    (
        "typed_once",
        "now with {f-russian-troops--asker} soldiers",
        "now with 6,000 soldiers",
        "found '6,000', expected {f-russian-troops--asker}",
    ),
    (
        "plain_text",
        "name: Güler Kalay",
        "name: Gu\u0308ler Kalay",
        "experts[kalay].name: found letters with separate accents",
    ),
    (
        "plain_text",
        "says: Excludes an",
        "says: Excludes <script>alert(1)</script> an",
        "found HTML '<script>'",
    ),
    ("plain_text", "says: Excludes an", "says: Excludes&nbsp;an", "found HTML '&nbsp;'"),
    (
        "plain_text",
        "says: Excludes an",
        "says: Excludes\u200ban",
        "found the invisible character U+200B",
    ),
    ("plain_text", "says: Excludes an", "says: Excludes  an", "found spaces at an end or doubled"),
    (
        "also_written",
        "also_written: Guler Kalay",
        "also_written: Güler Kalay",
        "expected plain ASCII such as 'Guler Kalay'",
    ),
]


@pytest.mark.parametrize(
    ("rule", "old", "new", "message"), CASES, ids=[f"{case[0]}-{i}" for i, case in enumerate(CASES)]
)
def test_rule_is_broken_by(data, rule, old, new, message):
    edit(data, old, new)
    assert any(message in found for found in messages(data)), messages(data)


def test_every_rule_has_a_case():
    assert {rule.__name__.removeprefix("rule_") for rule in RULES} == {case[0] for case in CASES}


def test_every_message_has_its_line(data):
    edit(data, "quote: out of the question", "quote: two words")
    line = (data / "facts.yml").read_text(encoding="utf-8").splitlines().index(
        "    quote: two words"
    ) + 1
    assert messages(data) == [
        f"facts.yml:{line}: positions[asker/q-entry].quote: found 2 words, expected 3 to 12"
    ]


# name, bytes of facts.yml, line and part of the message
UNREADABLE = [
    ("not YAML", b"source: [1, 2\nexperts: }", 2, "not YAML"),
    ("a tab", b"source:\n\ttitle: x", 2, "not YAML"),
    ("empty", b"", 1, "found nothing, expected the sections source, paragraphs"),
    ("a list", b"- 1\n- 2", 1, "found a list, expected the sections"),
    ("a word", b"hello", 1, "found 'hello', expected the sections"),
    (
        "wrong encoding",
        "a: b\nsource: Güler".encode("latin-1"),
        2,
        "the byte 0xfc, which is not UTF-8",
    ),
    ("a control character", b"a: b\nsource: \x07", 2, "U+0007"),
    ("an anchor bomb", b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", 1, "the anchor or alias 'a'"),
    (
        "a duplicate key",
        b"source: {title: a, title: b}",
        1,
        "found the key 'title' again (first on line 1)",
    ),
    ("a language tag", b"source: !!python/object/apply:os.system [ls]", 1, "the YAML tag"),
    ("a date that is none", b"source: 2021-02-30", 1, "expected a real date or number"),
    ("two documents", b"a: 1\n---\nb: 2", 2, "not YAML"),
    ("a bottomless list", b"[" * 50_000 + b"]" * 50_000, 1, "more than 20 levels of nesting"),
    ("a key that is a list", b"? [a, b]\n: c", 1, "found a list or mapping as a key"),
]


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [case[1:] for case in UNREADABLE],
    ids=[case[0] for case in UNREADABLE],
)
def test_unreadable(data, content, line, message):
    (data / "facts.yml").write_bytes(content)
    assert any(
        found.startswith(f"facts.yml:{line}: ") and message in found for found in messages(data)
    ), messages(data)


def test_half_a_file(data):
    text = (data / "facts.yml").read_text(encoding="utf-8")
    (data / "facts.yml").write_text(text[: text.index("measures:")], encoding="utf-8")
    assert {m.split(": ", 1)[1] for m in messages(data)} >= {
        f"{section}: found nothing, expected a list of records"
        for section in ("measures", "figures", "glossary")
    }


def test_missing_file(data):
    (data / "facts.yml").unlink()
    assert messages(data, "facts.yml") == [
        "facts.yml:1: found no readable file (No such file or directory), expected YAML"
    ]


def test_vocabulary_is_held_to_its_shape_too(data):
    edit(data, "means: Kilometres.", "mean: Kilometres.", "vocabulary.yml")
    assert any("units[km].means: found nothing" in m for m in messages(data))
    assert any(
        "units[km].mean: unknown key: found 'mean' (did you mean 'means'?)" in m
        for m in messages(data)
    )


def test_any_prefix_of_the_file_is_handled(data):
    """A file cut anywhere before its last section gives messages, and nothing else is raised."""
    text = (data / "facts.yml").read_bytes()
    for end in range(0, text.index(b"glossary:"), len(text) // 60):
        (data / "facts.yml").write_bytes(text[:end])
        assert messages(data)


def test_the_command_exits_1_without_a_traceback(project):
    edit(project / "docs/data", ASKER_ON_ENTRY, ASKER_ON_ENTRY.replace('"no"', "no"))
    run = subprocess.run(
        [sys.executable, "scripts/facts.py"], cwd=project, capture_output=True, text=True
    )
    assert run.returncode == 1 and "Traceback" not in run.stderr
    assert re.search(
        r"^docs/data/facts\.yml:\d+: positions\[asker/q-entry\]\.position: found false, expected text \(put yes and no",
        run.stderr,
        re.M,
    )


def test_the_example_in_the_comment_is_a_record(data):
    """The commented record at the top of facts.yml is the one in the file, comments apart."""
    lines = (DATA / "facts.yml").read_text(encoding="utf-8").splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("#   - question:"))
    keys = [
        re.match(r"#\s+(?:- )?(\w+):", line)[1] for line in lines[start:] if line.startswith("#   ")
    ]
    fields = list(Facts.model_fields["positions"].annotation.__args__[0].model_fields)
    assert keys == [key for key in fields if key != "looked_for"]
