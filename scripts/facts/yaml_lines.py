"""Read a YAML file as plain data, and keep the line of every value.

Nothing here knows what the data mean. Whatever is wrong with a file becomes
a `Problem` with its line; nothing raises.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

Where = tuple[str | int, ...]  # the way to a value: ("positions", 3, "quote")


class Problem(NamedTuple):
    """One thing wrong in a file, and where it stands."""

    file: str
    line: int
    record: str
    message: str

    def __str__(self) -> str:
        return ": ".join(filter(None, [f"{self.file}:{self.line}", self.record, self.message]))


class DataError(Exception):
    """Files break rules; `problems` holds every breach, by file and line."""

    def __init__(self, problems: list[Problem]):
        self.problems = sorted(set(problems))
        count = f"{len(self.problems)} error{'s' * (len(self.problems) != 1)}"
        super().__init__("\n".join([*map(str, self.problems), count]))


@dataclass
class Document:
    """A YAML file as plain data, the line of each value, and its problems."""

    file: str
    data: Any = None
    lines: dict[Where, int] = field(default_factory=dict)
    found: list[tuple[Where, int, str]] = field(default_factory=list)

    @property
    def problems(self) -> list[Problem]:
        """What was found, with the names that records have now that all are read."""
        return [
            Problem(self.file, line, self.label(where), message)
            for where, line, message in self.found
        ]

    def line(self, where: Where) -> int:
        """The line of a value; of what holds it, where the value is missing."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)

    def label(self, where: Where) -> str:
        """`where` as people name it: positions[asker/q-entry].quote."""
        text, data = "", self.data
        for step in where:
            data = item(data, step)
            text += (
                f"[{_name(data, step)}]" if isinstance(step, int) else f"{'.' * bool(text)}{step}"
            )
        return text

    def add(self, where: Where, message: str, line: int | None = None) -> None:
        self.found.append((where, line or self.line(where), message))

    def rows(self, section: str) -> list[tuple[Where, dict]]:
        """The mappings of a list, as written, each with the way to it."""
        rows = item(self.data, section)
        return [
            ((section, i), r)
            for i, r in enumerate(rows if isinstance(rows, list) else [])
            if isinstance(r, dict)
        ]


def item(data: Any, step: str | int) -> Any:
    """`data[step]`, or None where there is no such thing."""
    try:
        return data[step]
    except (KeyError, IndexError, TypeError):
        return None


def _name(record: Any, index: int) -> str:
    """A record's own name; its number, counted from 1, where it has none."""
    id, question, expert = (
        item(record, key) if isinstance(record, dict) else None
        for key in ("id", "question", "expert")
    )
    if isinstance(id, str):
        return id
    return (
        f"{expert}/{question}"
        if isinstance(question, str) and isinstance(expert, str)
        else str(index + 1)
    )


LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one is ten times as fast
_DEEPEST = 20  # levels of lists and mappings; records need five
_PLAIN = {
    f"tag:yaml.org,2002:{tag}"
    for tag in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp")
}


def read(path: Path) -> Document:
    """Read one YAML file of UTF-8 text.

    Anchors and aliases are refused: a few lines of them can stand for
    gigabytes. So is a key that stands twice, of which YAML readers keep the
    last without a word.
    """
    doc = Document(path.as_posix())
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        doc.add((), f"found no readable file ({error.strerror}), expected YAML")
        return doc
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        doc.add(
            (),
            f"found the byte 0x{error.object[error.start]:02x}, which is not UTF-8, expected UTF-8 text",
            line,
        )
        return doc
    try:
        if not _refused(text, doc):
            loader = LOADER(text)
            node = loader.get_single_node()
            doc.data = None if node is None else _plain(loader, node, (), doc)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = " ".join(filter(None, [error.context, error.problem]))
        doc.add(
            (),
            f"found text that is not YAML ({reason}), expected YAML",
            mark.line + 1 if mark else 1,
        )
    except yaml.reader.ReaderError as error:
        character = error.character if isinstance(error.character, int) else ord(error.character)
        line = text.split(chr(character))[0].count("\n") + 1
        doc.add(
            (),
            f"found the character U+{character:04X}, which YAML does not allow, expected text",
            line,
        )
    return doc


def _refused(text: str, doc: Document) -> bool:
    """Whether the text has anchors, or is nested deeper than any record."""
    depth = 0
    for event in yaml.parse(text, LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(
            event, yaml.CollectionEndEvent
        )
        if getattr(event, "anchor", None) or depth > _DEEPEST:
            what = (
                f"the anchor or alias {event.anchor!r}"
                if event.anchor
                else f"more than {_DEEPEST} levels of nesting"
            )
            doc.add((), f"found {what}, expected each value written out", event.start_mark.line + 1)
            return True
    return False


def _plain(loader: Any, node: yaml.Node, where: Where, doc: Document) -> Any:
    doc.lines.setdefault(where, node.start_mark.line + 1)
    if node.tag not in _PLAIN:
        doc.add(where, f"found the YAML tag {node.tag!r}, expected plain data")
        return None
    if isinstance(node, yaml.SequenceNode):
        return [_plain(loader, child, (*where, i), doc) for i, child in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node, where, doc)
    try:
        return loader.construct_object(node)
    except ValueError:
        doc.add(where, f"found {node.value!r}, expected a real date or number")
        return None


def _mapping(loader: Any, node: yaml.MappingNode, where: Where, doc: Document) -> dict:
    data: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            doc.add(where, "found a list or mapping as a key, expected a word", line)
            continue
        key = key_node.value
        if key in data:
            first = doc.lines[*where, key]
            doc.add(
                where,
                f"found the key {key!r} again (first on line {first}), expected it once",
                line,
            )
            continue
        doc.lines[*where, key] = line
        data[key] = _plain(loader, value_node, (*where, key), doc)
    return data
