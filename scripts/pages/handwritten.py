"""The rules for the pages that people write, and for the two files beside them.

A rule is a generator of `(line, message)`, as in facts/rules.py. Nothing here
needs a page to be rendered: whatever is wrong is said before that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from facts.article import Expert, Figure
from facts.article_rules import SMALLEST_NUMBER
from facts.records import RELEASE, Records
from facts.rules import invisible_in, plain_text
from facts.text import numbers_in, unknown
from facts.vocabulary import former_ids
from facts.yaml_lines import Document, Problem, get, parse, read_text
from pages.page import PAGES, Page, address_of, heading_of

EXPERT_PIECES = ("head", "answers", "since")  # what an expert's page takes from the facts
CITED_PAGES = ("compare", "checks", "outcomes", "data")  # besides those of the experts
PIECES = (
    "article-link",
    "citation",
    "corrections",
    "experts",
    "glossary",
    "home-answer",
    "home-background",
    "home-experts",
    "home-since",
    "home-strip",
    "home-ways",
    "home-words",
    "source-record",
    "vocabulary",
)
MATTER = re.compile(r"---\n(.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
PIECE = re.compile(r"-+8<-+(?:[ \t]+[\"'](.*?)[\"'])?")

Faults = Iterator[tuple[int, str]]


class Written(NamedTuple):
    """A page that somebody wrote."""

    path: str
    text: str
    settings: Document  # what stands between the two lines of --- at the top
    owner: Expert | None  # whose page it is

    @property
    def page(self) -> Page:
        """Its address, title and description; for pages without faults."""
        title = heading_of(self.text) or self.settings.data.get("title", "")
        return Page(address_of(self.path), title, self.settings.data["description"])


def read_pages(
    root: Path, is_generated: Callable[[str], bool], records: Records
) -> tuple[list[Written], list[Problem]]:
    """The pages that people write, and what is wrong with them.

    `is_generated` tells by a path whether the program writes that page.
    """
    owners = {f"{PAGES}experts/{e.slug}.md": e for _, e in records.all("experts")}
    found = {path.relative_to(root).as_posix() for path in (root / PAGES).rglob("*.md")}
    by_hand = {path for path in found if not is_generated(path)}
    pages = []
    problems = []
    for path in sorted(by_hand | owners.keys()):
        document = Document((root / path).as_posix())
        text = read_text(root / path, document)
        if text is not None:
            page = Written(path, text, _settings(text, document), owners.get(path))
            for line, message in judge(page, records):
                document.add((), message, line)
            pages.append(page)
        problems += document.problems
    return pages, problems + _project_problems(root, records)


def _settings(text: str, document: Document) -> Document:
    """The settings at the top of a page; what is wrong with their YAML goes into `document`."""
    matter = MATTER.match(text)
    settings = Document(document.file)
    parse(matter[1] if matter else "", settings)
    for loc, line, message in settings.faults:
        document.add((), f"{settings.label(loc)}: {message}".removeprefix(": "), line + 1)
    return settings


def judge(page: Written, records: Records) -> Faults:
    """Every rule on a page."""
    for rule in RULES:
        yield from rule(page, records)


def rule_settings(page: Written, records: Records) -> Faults:
    """A page describes itself in a sentence of plain text: previews show it."""
    if page.settings.faults:
        return
    if page.settings.data is not None and not isinstance(page.settings.data, dict):
        yield 1, "found settings that are no list of keys, expected key: value"
        return
    description = get(page.settings.data, "description")
    if not isinstance(description, str) or not description.strip():
        found = "no description" if description is None else f"the description {description!r}"
        yield _line(page, "description"), f"found {found} in the settings, expected a sentence"
    for key in ("title", "description"):
        value = get(page.settings.data, key)
        if not isinstance(value, str) or not value.strip():
            if value is not None and key == "title":  # of the description it has been said
                yield _line(page, key), f"found {key} {value!r}, expected text"
            continue
        for message in plain_text(value):
            yield _line(page, key), f"{key}: {message}"
        if re.search(r'["<>]', value):
            message = f"{key}: found a straight quotation mark or angle bracket"
            yield _line(page, key), f"{message}, expected “ ” or plain words"


def rule_heading(page: Written, records: Records) -> Faults:
    """A page has a heading, or a title in its settings."""
    title = get(page.settings.data, "title")
    piece = page.owner and f'"{page.owner.slug}-head.md"' in page.text
    if not heading_of(page.text) and not title and not piece and _has_all(records):
        yield 1, "found no heading and no title, expected a line that begins with #"


def rule_characters(page: Written, records: Records) -> Faults:
    """Nothing in a page is invisible."""
    for number, line in enumerate(page.text.splitlines(), 1):
        if character := invisible_in(line.replace("\t", " ")):
            yield number, f"found the invisible character U+{ord(character):04X}, expected text"


def rule_pieces_known(page: Written, records: Records) -> Faults:
    """Each piece that a page includes is made from the facts."""
    names = pieces_of(records)
    for number, line in enumerate(page.text.splitlines(), 1):
        for match in PIECE.finditer(line):
            if match[1] is None:
                yield number, 'found --8<-- without a name, expected --8<-- "name.md"'
            elif match[1] not in names and _has_all(records):
                yield number, f"piece: {unknown(match[1], sorted(names))}"


def rule_expert_pieces(page: Written, records: Records) -> Faults:
    """An expert's page shows what the facts say of the expert."""
    if not page.owner:
        return
    shown = [line.rstrip() for line in COMMENT.sub("", page.text).splitlines()]
    for part in EXPERT_PIECES:
        line = f'--8<-- "{page.owner.slug}-{part}.md"'
        if line not in shown:
            yield 1, f"found no line {line}, expected it on the page of {page.owner.name}"


def rule_numbers_from_the_facts(page: Written, records: Records) -> Faults:
    """A number that the facts hold is put in by a piece, not typed.

    Years are held back only on the page of the expert who names them.
    """
    held: dict[int, Figure] = {}
    for _, figure in records.all("figures"):
        if not isinstance(figure.value, int) or figure.value < SMALLEST_NUMBER:
            continue
        if figure.unit != "year" or (page.owner and figure.expert == page.owner.id):
            held[figure.value] = figure
    for number, line in enumerate(page.text.splitlines(), 1):
        for value in sorted(held.keys() & numbers_in(line)):
            expected = f'a line --8<-- "{held[value].id}.md" in its place'
            yield number, f"found {held[value].shown}, expected {expected}"


RULES = [rule for name, rule in globals().items() if name.startswith("rule_")]


def pieces_of(records: Records) -> set[str]:
    """The names of the pieces that pages may include."""
    names = [*PIECES, *(f"cite-{page}" for page in CITED_PAGES)]
    aliases = [alias for _, alias in records.all("words.aliases")]
    for id in records.ids("figures") + records.ids("glossary"):
        names += [id, *former_ids(id, aliases)]
    for _, expert in records.all("experts"):
        names += [f"{expert.slug}-{part}" for part in EXPERT_PIECES]
        names.append(f"cite-{expert.slug}")
    return {f"{name}.md" for name in names}


def _has_all(records: Records) -> bool:
    """Whether all was read of which pieces are made: what could not be read is an error already."""
    sections = ("experts", "figures", "glossary", "words.aliases")
    return records.has(*sections) and len(records.rows("experts")) == len(records.all("experts"))


def _line(page: Written, key: str) -> int:
    """The line of a setting in its page; the first where it is missing."""
    return page.settings.line((key,)) + 1 if (key,) in page.settings.lines else 1


# --- Beside the pages --------------------------------------------------------------


def _project_problems(root: Path, records: Records) -> list[Problem]:
    """What mkdocs.yml lacks: each expert's page in `nav`, and the title of this site."""
    document = Document((root / "mkdocs.yml").as_posix())
    text = read_text(root / "mkdocs.yml", document)
    if text is None:
        return document.problems
    lines = text.splitlines()
    nav = next((n for n, line in enumerate(lines, 1) if line.startswith("nav:")), None)
    for _, expert in records.all("experts") if nav else []:
        path = f"experts/{expert.slug}.md"
        if not any(line.rstrip().endswith((f"- {path}", f": {path}")) for line in lines):
            document.add(
                (), f"nav: found no line '- {path}', expected the page of {expert.name}", nav
            )
    title = get(records.documents[RELEASE].data, "title")
    for number, line in enumerate(lines, 1):
        name = line.removeprefix("site_name:").strip("\"' ")
        if line.startswith("site_name:") and isinstance(title, str) and name != title:
            message = f"found {name!r}, expected {title!r} as in CITATION.cff"
            document.add((), f"site_name: {message}", number)
    return document.problems
