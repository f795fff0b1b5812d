"""The rules that the facts must keep.

Each rule is a generator of `(where, message)`; its docstring states the rule.
A message says what was found and what was expected. `facts.load` runs every
rule and prints all messages together.
"""

from __future__ import annotations

import datetime
import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from models import PLACEHOLDER, Facts, Figure, Vocabulary, Word
from yaml_lines import Document, Where

HTML = re.compile(r"</?[a-zA-Z][^>]*>?|<!--|&(?:#\d+|#x[\da-fA-F]+|[a-zA-Z]\w*);")
Found = Iterator[tuple[Where, str]]


@dataclass
class Book:
    """What a rule sees.

    `records` holds the records of the right shape, with the way to each. The
    others have been reported and are left out, so that the rules still judge
    the rest. `ids` reads the data as written, so that a record left out is
    not reported as missing too.
    """

    document: Document
    vocabulary: Vocabulary
    records: dict[str, list[tuple[Where, Any]]]
    facts: Book | None = None  # for evidence: the facts that it refers to

    def all(self, section: str) -> list[tuple[Where, Any]]:
        return self.records.get(section, [])

    def ids(self, section: str) -> list[str]:
        ids = (row.get("id") for _, row in self.document.rows(section))
        return list(dict.fromkeys(id for id in ids if isinstance(id, str)))

    def find(self, section: str, id: str) -> Any:
        return next((record for _, record in self.all(section) if record.id == id), None)


def unknown(found: str, allowed: list[str]) -> str:
    """The message for a word that is not among the allowed ones."""
    near = difflib.get_close_matches(found, allowed, n=1)
    hint = f" (did you mean {near[0]!r}?)" if near else ""
    return f"found {found!r}{hint}, expected one of: {', '.join(allowed)}"


def strings(data: Any, where: Where = ()) -> Iterator[tuple[Where, str]]:
    """Every text in plain data, with the way to it."""
    if isinstance(data, str):
        yield where, data
    elif isinstance(data, (dict, list)):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from strings(value, (*where, key))


def fold(name: str) -> str:
    """`name` in plain ASCII letters: Kıvanç becomes Kivanc."""
    return unicodedata.normalize("NFKD", name.replace("ı", "i")).encode("ascii", "ignore").decode()


def rule_ids_unique(book: Book) -> Found:
    """An id stands once in the whole file: it is an address on the site."""
    yield from ids_unique(book, Facts)
    for key in ("slug", "short", "name"):
        counts = Counter(getattr(expert, key) for _, expert in book.all("experts"))
        for where, expert in book.all("experts"):
            if counts[getattr(expert, key)] > 1:
                yield (
                    (*where, key),
                    f"found {getattr(expert, key)!r} more than once, expected one expert to have it",
                )


def ids_unique(book: Book, model: type) -> Found:
    """Ids of `book` that stand more than once, in whatever section."""
    seen: dict[str, Where] = {}
    for section in model.model_fields:
        for where, row in book.document.rows(section):
            id = row.get("id")
            if isinstance(id, str) and id in seen:
                first = book.document.line(seen[id])
                yield (
                    (*where, "id"),
                    f"found {id!r} again (first on line {first}), expected an id that stands once",
                )
            elif isinstance(id, str):
                seen[id] = where


def rule_paragraphs_in_order(book: Book) -> Found:
    """Paragraphs are numbered p01, p02 … in the order of the article."""
    for where, paragraph in book.all("paragraphs"):
        expected = f"p{where[1] + 1:02d}"
        if paragraph.id != expected:
            yield (*where, "id"), f"found {paragraph.id!r}, expected {expected!r}"


def rule_references(book: Book) -> Found:
    """Whatever a record points to exists."""
    pointers = [
        ("questions", "group", "groups"),
        ("positions", "question", "questions"),
        ("positions", "expert", "experts"),
        ("positions", "paragraphs", "paragraphs"),
        ("measures", "question", "questions"),
        ("figures", "measure", "measures"),
        ("figures", "expert", "experts"),
        ("figures", "paragraph", "paragraphs"),
    ]
    for section, key, target in pointers:
        ids = book.ids(target)
        for where, record in book.all(section):
            value = getattr(record, key)
            for i, id in enumerate(value if isinstance(value, list) else [value]):
                if id not in ids:
                    yield (
                        ((*where, key, i) if isinstance(value, list) else (*where, key)),
                        unknown(id, ids),
                    )
    sections = book.vocabulary.ids("sections") + book.ids("experts")
    for where, paragraph in book.all("paragraphs"):
        if paragraph.section not in sections:
            yield (*where, "section"), unknown(paragraph.section, sections)


def rule_vocabulary(book: Book) -> Found:
    """Positions, attributions, flags, kinds and units are words of the vocabulary."""
    yield from words_known(book, Facts)
    kinds = sorted({k for term in book.vocabulary.positions for k in term.kinds})
    for where, question in book.all("questions"):
        if question.kind not in kinds:
            yield (*where, "kind"), unknown(question.kind, kinds)
    for where, paragraph in book.all("paragraphs"):
        for i, flag in enumerate(paragraph.flags):
            if flag.kind not in book.vocabulary.ids("flags"):
                yield (*where, "flags", i, "kind"), unknown(flag.kind, book.vocabulary.ids("flags"))


def words_known(book: Book, model: type) -> Found:
    """Words in fields that the models mark with `Word` are in the vocabulary."""
    for section in model.model_fields:
        for where, record in book.all(section):
            for name, field in type(record).model_fields.items():
                for word in (mark for mark in field.metadata if isinstance(mark, Word)):
                    allowed, value = book.vocabulary.ids(word.section), getattr(record, name)
                    for found in value if isinstance(value, list) else [value]:
                        if found is not None and found not in allowed:
                            yield (*where, field.alias or name), unknown(found, allowed)


def rule_every_pair_once(book: Book) -> Found:
    """Every expert has exactly one position on every question."""
    pairs = Counter(
        (str(row.get("question")), str(row.get("expert")))
        for _, row in book.document.rows("positions")
    )
    for pair in product(book.ids("questions"), book.ids("experts")):
        if not pairs[pair]:
            yield ("positions",), f"found no position of {pair[1]} on {pair[0]}, expected one"
    seen = set()
    for where, row in book.document.rows("positions"):
        pair = str(row.get("question")), str(row.get("expert"))
        if pair in seen:
            yield where, f"found a second position of {pair[1]} on {pair[0]}, expected one"
        seen.add(pair)


def rule_position_admitted(book: Book) -> Found:
    """A position fits the kind of its question."""
    for where, position in book.all("positions"):
        question = book.find("questions", position.question)
        term = next((t for t in book.vocabulary.positions if t.id == position.position), None)
        if question and term and question.kind not in term.kinds:
            allowed = [t.id for t in book.vocabulary.positions if question.kind in t.kinds]
            message = f"found {position.position!r} on a {question.kind} question, expected one of: {', '.join(allowed)}"
            yield (*where, "position"), message


def rule_silence(book: Book) -> Found:
    """A silent position names the words looked for; any other shows its evidence."""
    evidence = ("says", "paragraphs", "attribution", "quote")
    for where, position in book.all("positions"):
        unwanted = [
            k for k in (evidence if position.silent else ("looked_for",)) if getattr(position, k)
        ]
        needed = [
            k
            for k in (("looked_for",) if position.silent else evidence)
            if not getattr(position, k)
        ]
        for key in unwanted:
            yield (*where, key), f"found {key!r} with position {position.position!r}, expected none"
        for key in needed:
            yield (
                (*where, key),
                f"found no {key!r} with position {position.position!r}, expected it",
            )


def rule_paragraphs_of_expert(book: Book) -> Found:
    """Positions and figures rest on paragraphs of that expert's section, headings apart."""
    inside: dict[str, list[str]] = {}
    for _, paragraph in book.all("paragraphs"):
        if not paragraph.heading:
            inside.setdefault(paragraph.section, []).append(paragraph.id)
    known = book.ids("paragraphs")
    for section in ("positions", "figures"):
        for where, record in book.all(section):
            many = section == "positions"
            for i, id in enumerate(record.paragraphs if many else [record.paragraph]):
                allowed = inside.get(record.expert, [])
                if id in known and allowed and id not in allowed:
                    spot = ("paragraphs", i) if many else ("paragraph",)
                    yield (
                        (*where, *spot),
                        f"found {id!r}, expected a paragraph of {record.expert}: {', '.join(allowed)}",
                    )
    for where, expert in book.all("experts"):
        if expert.id not in inside:
            yield where, f"found no paragraph whose section is {expert.id!r}, expected at least one"


def rule_lengths(book: Book) -> Found:
    """Quotes have 3 to 12 words and are no sentence; says at most 25, theses 30."""
    for where, record in book.all("positions") + book.all("figures"):
        if record.quote:
            count = len(record.quote.split())
            if not 3 <= count <= 12:
                yield (*where, "quote"), f"found {count} words, expected 3 to 12"
            if record.quote.rstrip("”\"'").endswith((".", "!", "?")):
                yield (*where, "quote"), "found the end of a sentence, expected a fragment"
    for where, position in book.all("positions"):
        if position.says and (count := len(position.says.split())) > 25:
            yield (*where, "says"), f"found {count} words, expected at most 25"
    for where, expert in book.all("experts"):
        if (count := len(expert.thesis.split())) > 30:
            yield (*where, "thesis"), f"found {count} words, expected at most 30"
    for where, paragraph in book.all("paragraphs"):
        for i, flag in enumerate(paragraph.flags):
            if not 1 <= (count := len(flag.printed.split())) <= 12:
                yield (*where, "flags", i, "printed"), f"found {count} words, expected 1 to 12"


def rule_figures(book: Book) -> Found:
    """A figure's id names its expert; its value fits its unit; one measure has one unit."""
    types = {"number": int, "year": int, "date": datetime.date, "names": list}
    units = {t.id: t.type for t in book.vocabulary.units}
    first: dict[str, Figure] = {}
    for where, figure in book.all("figures"):
        if not figure.id.endswith(f"--{figure.expert}"):
            yield (*where, "id"), f"found {figure.id!r}, expected it to end in '--{figure.expert}'"
        kind = units.get(figure.unit)
        if kind and type(figure.value) is not types[kind]:
            yield (
                (*where, "value"),
                f"found {figure.value!r} with unit {figure.unit!r}, expected a {kind}",
            )
        elif kind == "number" and figure.value <= 0:
            yield (*where, "value"), f"found {figure.value}, expected a number above 0"
        elif kind == "year" and not 1000 <= figure.value <= 2999:
            yield (*where, "value"), f"found {figure.value}, expected a year of four digits"
        elif kind == "names" and len(set(figure.value)) < len(figure.value):
            yield (*where, "value"), "found a name twice, expected each once"
        other = first.setdefault(figure.measure, figure)
        if other.unit != figure.unit:
            yield (
                (*where, "unit"),
                f"found {figure.unit!r}, expected {other.unit!r} as in {other.id}: a measure has one unit",
            )


def rule_measures_used(book: Book) -> Found:
    """Every measure has a figure, every group a question."""
    for section, key, users in (
        ("measures", "measure", "figures"),
        ("groups", "group", "questions"),
    ):
        used = {getattr(r, key) for _, r in book.all(users)}
        for where, record in book.all(section):
            if record.id not in used:
                yield where, f"found none of the {users} using {record.id!r}, expected at least one"


def rule_placeholders(book: Book) -> Found:
    """A {figure-id} in a text is a figure of that expert, from a paragraph named there."""
    ids = book.ids("figures")
    for where, value in strings(book.document.data):
        if where[0] == "positions" and where[-1] == "says":
            position = next((p for w, p in book.all("positions") if w == where[:2]), None)
            for id in PLACEHOLDER.findall(value):
                figure = book.find("figures", id)
                if id not in ids:
                    yield where, unknown(id, ids)
                elif figure and position and figure.expert != position.expert:
                    yield where, f"found {id!r}, expected a figure of {position.expert}"
                elif figure and position and figure.paragraph not in position.paragraphs:
                    yield (
                        where,
                        f"found {id!r} from {figure.paragraph}, expected {figure.paragraph} among the paragraphs",
                    )
        elif "{" in value or "}" in value:
            yield where, "found a brace, expected none: figures are put into `says` only"


def rule_typed_once(book: Book) -> Found:
    """A position's text does not repeat a value that its expert's figures hold."""
    for where, position in book.all("positions"):
        for key in ("says", "note"):
            text = PLACEHOLDER.sub("", getattr(position, key) or "")
            for _, figure in book.all("figures"):
                if figure.expert == position.expert and isinstance(figure.value, int):
                    if re.search(rf"(?<![\w,.]){re.escape(figure.shown)}(?![\w]|[,.]\d)", text):
                        yield (
                            (*where, key),
                            f"found {figure.shown!r}, expected {{{figure.id}}}: a figure is typed once",
                        )


def rule_plain_text(book: Book) -> Found:
    """Text is NFC, without HTML, invisible characters or stray spaces."""
    yield from plain_text(book.document.data)


def plain_text(data: Any) -> Found:
    """What is wrong with the characters of any text in `data`."""
    for where, text in strings(data):
        if unicodedata.normalize("NFC", text) != text:
            yield (
                where,
                "found letters with separate accents, expected NFC (one character a letter)",
            )
        if match := HTML.search(text):
            yield where, f"found HTML {match[0]!r}, expected plain text"
        if not text.isprintable() and (
            bad := next(
                (c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Co", "Cs"}), None
            )
        ):
            yield (
                where,
                f"found the invisible character U+{ord(bad):04X}, expected plain text in one line",
            )
        if text != text.strip() or "  " in text:
            yield where, "found spaces at an end or doubled, expected single spaces between words"


def rule_also_written(book: Book) -> Found:
    """The second spelling of a name is plain ASCII, so that any keyboard finds it."""
    for where, expert in book.all("experts"):
        if not expert.also_written.isascii():
            yield (
                (*where, "also_written"),
                f"found {expert.also_written!r}, expected plain ASCII such as {fold(expert.name)!r}",
            )


def rules_of(module: dict[str, Any]) -> list:
    """Every rule of a module, in the order in which they stand."""
    return [rule for name, rule in module.items() if name.startswith("rule_")]


RULES = rules_of(globals())
