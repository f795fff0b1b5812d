"""The rules that hold for every file, and how a rule is written.

A rule is a generator of `(loc, message)`; its docstring states the rule. A
message says what was found and what was expected. `load.judge` runs every
rule of this module, article_rules, evidence_rules and vocabulary_rules, and
all messages are printed together.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from facts.article import PLACEHOLDER
from facts.fields import Neutral, PartialDate, Ref, Word, Words
from facts.records import SECTIONS, VOCABULARY, Records
from facts.text import one_of, outside_quotes, unknown
from facts.yaml_lines import Loc

Problems = Iterator[tuple[Loc, str]]
Rule = Callable[[Records], Problems]

HTML = re.compile(r"</?[a-zA-Z][^>]*>?|<!|&(?:#\d+|#x[\da-fA-F]+|[a-zA-Z]\w*);")
# Letters and marks that show nothing, besides what Unicode classes as control or format.
BLANKS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]"
)
CONTROLS = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
ODD_SPACES = re.compile("[\u1680\u2000-\u200a\u205f\u3000]")  # no-break spaces are meant

LONGEST_TEXT, LONGEST_WORD = 3000, 100  # characters
# Texts into which figures are put: section and key.
FILLED = (
    ("positions", "says"),
    ("positions", "phrase"),
    ("checks", "statement"),
    ("charts", "text"),
)

# Words that take a side, and what to say instead.
LOADED = {
    "regime": "government",
    "puppet": "the name of the government",
    "aggressor": "the name of the state",
    "jihadists": "the name of the group",
    "terrorists": "armed men, or who calls them so",
    "militants": "armed men, or who calls them so",
    "so-called": "the name itself",
    "invaders": "the name of the state",
    "liberated": "taken",
    "failed": "did not",
}


def rules_of(module: dict[str, Any]) -> list[Rule]:
    """Every rule of a module, in its order."""
    return [rule for name, rule in module.items() if name.startswith("rule_")]


def rule_not_empty(records: Records) -> Problems:
    """There is a paragraph, an expert, a question and a period of time at least."""
    for section in ("paragraphs", "experts", "questions", "periods"):
        if records.has(section) and not records.rows(section):
            yield (SECTIONS[section], section), "found none, expected one at least"


def rule_ids_unique(records: Records) -> Problems:
    """An id is used once in facts and evidence: it is an address on the site."""
    seen: dict[str, Loc] = {}
    for section in SECTIONS:
        if section.startswith("words."):
            continue
        for loc, row in records.rows(section):
            id = row.get("id")
            if not isinstance(id, str):
                continue
            if id not in seen:
                seen[id] = loc
                continue
            document = records.documents[str(seen[id][0])]
            first = document.line(seen[id][1:])
            message = f"found {id!r} again (first on line {first} of {document.file})"
            yield (*loc, "id"), f"{message}, expected an id that is used once"


def rule_references(records: Records) -> Problems:
    """Whatever a record points to exists."""
    for loc, mark, id in records.marked(Ref):
        known = [id for section in mark.sections for id in records.ids(section)]
        if id not in known and records.has(*mark.sections):
            yield loc, unknown(id, known)


def rule_words(records: Records) -> Problems:
    """Positions, classes, units and the like are words of the vocabulary.

    Where several records use a word that is not there, the vocabulary is
    named once and not each of its users.
    """
    users: dict[tuple[str, str], list[Loc]] = {}
    for loc, mark, word in records.marked(Word):
        section = f"words.{mark.section}"
        if word not in records.ids(section) and records.has(section):
            users.setdefault((mark.section, word), []).append(loc)
    for (section, word), locs in users.items():
        allowed = records.ids(f"words.{section}")
        if len(locs) < 3:
            for loc in locs:
                yield loc, unknown(word, allowed)
            continue
        name, *way = locs[0]
        document = records.documents[str(name)]
        first = f"{document.label(tuple(way))} on line {document.line(tuple(way))}"
        message = f"found no {word!r}, which {len(locs)} records use (first: {first} of"
        yield (VOCABULARY, section), f"{message} {document.file}), expected {one_of(allowed)}"


def rule_lengths(records: Records) -> Problems:
    """A text has as many words as its field admits."""
    for loc, mark, text in records.marked(Words):
        count = len(text.split())
        if count > mark.most and mark.least == 1:
            yield loc, f"found {count} words, expected at most {mark.most}"
        elif not mark.least <= count <= mark.most:
            yield loc, f"found {count} words, expected {mark.least} to {mark.most}"


def rule_neutral(records: Records) -> Problems:
    """No word takes a side, outside quotation marks."""
    for loc, _, text in records.marked(Neutral):
        words = set(re.findall(r"[a-z]+(?:-[a-z]+)*", outside_quotes(text).lower()))
        for word in sorted(words & LOADED.keys()):
            yield loc, f"found {word!r}, expected {LOADED[word]}"


def rule_named_once(records: Records) -> Problems:
    """A list names nothing twice."""
    for section in SECTIONS:
        for loc, row in records.rows(section):
            for key, value in row.items():
                if isinstance(value, list):
                    yield from _twice(value, (*loc, key))


def _twice(values: list[Any], loc: Loc) -> Problems:
    seen = set()
    for i, value in enumerate(values):
        name = value
        if isinstance(value, dict):
            name = value.get("source") or value.get("id")
        if not isinstance(name, str):
            continue
        if name in seen:
            yield (*loc, i), f"found {name!r} twice in one list, expected it once"
        seen.add(name)


def rule_plain_text(records: Records) -> Problems:
    """Text is NFC, without HTML, invisible characters or stray spaces."""
    for loc, text in records.texts:
        for message in plain_text(text):
            yield loc, message


def plain_text(text: str) -> Iterator[str]:
    """What is wrong with the characters of a text."""
    if unicodedata.normalize("NFC", text) != text:
        yield "found letters with separate accents, expected NFC (one character a letter)"
    if match := HTML.search(text):
        yield f"found HTML {match[0]!r}, expected plain text"
    if character := invisible_in(text):
        code = f"U+{ord(character):04X}"
        yield f"found the invisible character {code}, expected plain text in one line"
    if odd := ODD_SPACES.search(text):
        yield f"found the odd space U+{ord(odd[0]):04X}, expected a plain space"
    if text != text.strip() or "  " in text:
        yield "found spaces at an end or doubled, expected single spaces between words"


def invisible_in(text: str) -> str | None:
    """The first character that shows nothing and is no space, or None."""
    if blank := BLANKS.search(text):
        return blank[0]
    if text.isprintable():
        return None  # most texts, thousands of times
    for character in text:
        if unicodedata.category(character) in CONTROLS:
            return character
    return None


def rule_not_endless(records: Records) -> Problems:
    """No text is longer than a page, no word longer than a line."""
    for loc, text in records.texts:
        if len(text) > LONGEST_TEXT:
            yield loc, f"found {len(text):,} characters, expected at most {LONGEST_TEXT:,}"
        if len(text) <= LONGEST_WORD or "://" in text:
            continue
        longest = max(map(len, text.split()), default=0)
        if longest > LONGEST_WORD:
            yield loc, f"found a word of {longest:,} letters, expected at most {LONGEST_WORD}"


def rule_braces(records: Records) -> Problems:
    """Braces are for figures, and only where figures are put in."""
    for loc, text in records.texts:
        rest = PLACEHOLDER.sub("", text) if loc[1:2] + loc[-1:] in FILLED else text
        if "{" in rest or "}" in rest:
            places = "`says`, `phrase`, `statement` and a chart's `text`"
            yield loc, f"found a brace, expected none: figures are put into {places}"


def rule_figures_put_in(records: Records) -> Problems:
    """A {figure-id} in a text is the id of a figure."""
    if not records.has("figures"):
        return
    ids = records.ids("figures")
    for section, key in FILLED:
        for loc, record in records.all(section):
            for id in PLACEHOLDER.findall(getattr(record, key) or ""):
                if id not in ids:
                    yield (*loc, key), unknown(id, ids)


def rule_no_date_to_come(records: Records, today: datetime.date | None = None) -> Problems:
    """Nothing happened, was published or was looked at later than today.

    `today` is the day after the machine's, which is the latest anywhere.
    """
    today = today or datetime.date.today()
    latest = today + datetime.timedelta(days=1)
    for located in records.all(*records.sections):
        for name in type(located.record).model_fields:
            value = getattr(located.record, name)
            day = _day_reached(value) if isinstance(value, PartialDate) else value
            if name != "value" and isinstance(day, datetime.date) and day > latest:
                key = type(located.record).model_fields[name].alias or name
                yield (*located.loc, key), f"found {value}, expected no later than today"


def _day_reached(date: PartialDate) -> datetime.date:
    """The last day of a range of days; else the first, since a month or year may be going on."""
    return date.end if "/" in date.text else date.start


RULES = rules_of(globals())
