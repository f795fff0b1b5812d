"""Read a YAML file as plain data, and keep the line of every value.

Nothing here knows what the data mean. Whatever is wrong with a file becomes
a `Problem` with its line; nothing raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

Loc = tuple[str | int, ...]  # the way to a value: ("positions", 3, "quote")


class Problem(NamedTuple):
    """One thing that is wrong in a file, and where."""

    file: str
    line: int
    record: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}"
        return ": ".join(part for part in (place, self.record, self.message) if part)


class DataError(Exception):
    """Files break rules; `problems` holds every breach, by file and line."""

    def __init__(self, problems: list[Problem]):
        self.problems = sorted(set(problems))
        count = len(self.problems)
        lines = [str(problem) for problem in self.problems]
        super().__init__("\n".join([*lines, f"{count} error{'s' if count != 1 else ''}"]))


@dataclass
class Document:
    """A YAML file as plain data, the line of each value, and what is wrong with it."""

    file: str
    data: Any = None
    lines: dict[Loc, int] = field(default_factory=dict)
    faults: list[tuple[Loc, int, str]] = field(default_factory=list)

    @property
    def problems(self) -> list[Problem]:
        """Every fault, with the names that records have now that all are read."""
        return [
            Problem(self.file, line, self.label(loc), message) for loc, line, message in self.faults
        ]

    def line(self, loc: Loc) -> int:
        """The line of a value; where the value is missing, of what would hold it."""
        while loc and loc not in self.lines:
            loc = loc[:-1]
        return self.lines.get(loc, 1)

    def label(self, loc: Loc) -> str:
        """`loc` as people name it: positions[asker/q-entry].quote."""
        text = ""
        data = self.data
        for step in loc:
            data = get(data, step)
            if isinstance(step, int):
                text += f"[{_name(data, step)}]"
            else:
                text += f".{step}" if text else step
        return text

    def add(self, loc: Loc, message: str, line: int | None = None) -> None:
        self.faults.append((loc, line or self.line(loc), message))

    def rows(self, section: str) -> Iterator[tuple[Loc, dict[str, Any]]]:
        """The mappings of a list, as written, each with the way to it."""
        rows = get(self.data, section)
        if not isinstance(rows, list):
            return
        for i, row in enumerate(rows):
            if isinstance(row, dict):
                yield (section, i), row


def get(data: Any, step: str | int) -> Any:
    """`data[step]`, or None where there is no such thing."""
    try:
        return data[step]
    except (KeyError, IndexError, TypeError):
        return None


def _name(record: Any, index: int) -> str:
    """A record's own name; its number, counted from 1, where it has none."""
    if not isinstance(record, dict):
        return str(index + 1)
    if isinstance(record.get("id"), str):
        return record["id"]
    question = record.get("question")
    expert = record.get("expert")
    if isinstance(question, str):
        return f"{expert}/{question}" if isinstance(expert, str) else question
    return str(index + 1)


LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one is ten times as fast
DEEPEST = 20  # levels of lists and mappings; records need five
# YAML reads 01344 as 740 and 22:24 as 1344: numbers are taken in plain digits only.
WRITTEN_AS = {
    "tag:yaml.org,2002:int": re.compile(r"-?(0|[1-9][0-9]{0,14})"),
    "tag:yaml.org,2002:float": re.compile(r"-?(0|[1-9][0-9]{0,14})\.[0-9]{1,15}"),
}
# YAML takes these for ends of lines, editors do not: line numbers would be off.
ODD_LINE_ENDS = re.compile("[\x85\u2028\u2029]")


def read(path: Path) -> Document:
    """Read one YAML file of UTF-8 text.

    Anchors and aliases are refused: a few lines of them can expand to
    gigabytes. So are tags, which can ask for types that no record has, and
    keys that are given twice, of which YAML readers silently keep the last.
    """
    document = Document(path.as_posix())
    text = read_text(path, document)
    if text is not None:
        parse(text, document)
    return document


def parse(text: str, document: Document) -> None:
    """Read YAML from `text` into `document`."""
    try:
        if not _refused(text, document):
            loader = LOADER(text)
            node = loader.get_single_node()
            document.data = None if node is None else _plain(loader, node, (), document)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if (error.context or "").startswith("while scanning"):
            mark = error.context_mark or mark  # where it begins that has no end, not the end
        reason = " ".join(part for part in (error.context, error.problem) if part)
        last = text.count("\n") + 1  # libyaml puts the end of a file on the line after it
        line = min(mark.line + 1, last) if mark else 1
        document.add((), f"found text that is not YAML ({reason}), expected YAML", line)
    except yaml.reader.ReaderError as error:
        character = error.character
        code = character if isinstance(character, int) else ord(character)
        line = text.split(chr(code))[0].count("\n") + 1
        message = f"found the character U+{code:04X}, which YAML does not allow, expected text"
        document.add((), message, line)


def read_text(path: Path, document: Document) -> str | None:
    """The text of a file; None, and the problem in `document`, if it is not UTF-8 text."""
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        document.add((), f"found no readable file ({error.strerror}), expected a text file")
        return None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        byte = error.object[error.start]
        message = f"found the byte 0x{byte:02x}, which is not UTF-8, expected UTF-8 text"
        document.add((), message, line)
        return None
    if odd := ODD_LINE_ENDS.search(text):
        line = text.count("\n", 0, odd.start()) + 1
        message = f"found the invisible character U+{ord(odd[0]):04X}, expected plain text"
        document.add((), message, line)
        return None
    return text.removeprefix("\ufeff")


def _refused(text: str, document: Document) -> bool:
    """Whether the text has anchors or tags, or is nested deeper than any record."""
    depth = 0
    for event in yaml.parse(text, LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        what = ""
        if anchor := getattr(event, "anchor", None):
            what = f"the anchor or alias {anchor!r}"
        elif tag := getattr(event, "tag", None):
            what = f"the YAML tag {tag!r}"
        elif depth > DEEPEST:
            what = f"more than {DEEPEST} levels of nesting"
        if what:
            line = event.start_mark.line + 1 if event.start_mark else 1
            document.add((), f"found {what}, expected each value written out", line)
            return True
    return False


def _plain(loader: Any, node: yaml.Node, loc: Loc, document: Document) -> Any:
    document.lines.setdefault(loc, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(loader, child, (*loc, i), document) for i, child in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node, loc, document)
    written_as = WRITTEN_AS.get(node.tag)
    if written_as and not written_as.fullmatch(node.value):
        shown = node.value[:40]
        document.add(loc, f"found {shown!r}, expected a number in plain digits, or text in quotes")
        return None
    try:
        return loader.construct_object(node)
    except (ValueError, yaml.YAMLError):
        document.add(loc, f"found {node.value!r}, expected a real date or number")
        return None


def _mapping(loader: Any, node: yaml.MappingNode, loc: Loc, document: Document) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            document.add(loc, "found a list or mapping as a key, expected a word", line)
            continue
        key = key_node.value
        if key in data:
            first = document.lines[*loc, key]
            message = f"found the key {key!r} again (first on line {first}), expected it once"
            document.add(loc, message, line)
            continue
        document.lines[*loc, key] = line
        data[key] = _plain(loader, value_node, (*loc, key), document)
    return data
