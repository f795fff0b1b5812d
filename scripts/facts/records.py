"""What a rule sees: every record of the right shape, and every id as it is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, NamedTuple, TypeVar, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from facts.article import ArticleFacts
from facts.evidence import Evidence
from facts.text import strings
from facts.vocabulary import Vocabulary
from facts.yaml_lines import Document, Loc, Problem

Mark = TypeVar("Mark")
FACTS, EVIDENCE, VOCABULARY, RELEASE = "facts", "evidence", "vocabulary", "release"


class Located(NamedTuple):
    """A record, and the way to it: the document first."""

    loc: Loc
    record: Any


class Marked(NamedTuple):
    """A value in a field that has a mark, and the way to it."""

    loc: Loc
    mark: Any
    value: Any


@dataclass
class Records:
    """The records of all files.

    Records whose shape is wrong have been reported and are left out, so that
    the rules still judge the rest. `ids` reads the data as written, so that a
    record left out is not reported as missing too.

    Sections of vocabulary.yml are named `words.positions` and so on: the
    facts have positions of their own.
    """

    documents: dict[str, Document]
    sections: dict[str, list[Located]] = field(default_factory=dict)

    def all(self, *sections: str) -> list[Located]:
        """The records of some sections that have the right shape."""
        return [located for section in sections for located in self.sections.get(section, [])]

    def rows(self, section: str) -> list[tuple[Loc, dict[str, Any]]]:
        """The mappings of a section as they are written."""
        name, plain = document_of(section)
        return [((name, *loc), row) for loc, row in self.documents[name].rows(plain)]

    @cached_property
    def texts(self) -> list[tuple[Loc, str]]:
        """Every text of every file as it is written, with the way to it."""
        return [
            ((name, *loc), text)
            for name, document in self.documents.items()
            for loc, text in strings(document.data)
        ]

    def has(self, *sections: str) -> bool:
        """Whether some sections could be read: of what is missing, one message is enough."""
        if sections == ("anything",):
            sections = tuple(name for name in SECTIONS if not name.startswith("words."))
        return all(section in self.sections for section in sections)

    def ids(self, section: str) -> list[str]:
        """The ids of a section, or every id of facts and evidence for `anything`."""
        return self._ids[section]

    def get(self, section: str, id: str) -> Any:
        """A record by its id, or None."""
        return self._by_id.get((section, id))

    def marked(self, kind: type[Mark]) -> Iterator[Marked]:
        """Every value in a field with a mark of a kind; the items of lists one by one."""
        for located in self.all(*self.sections):
            yield from marked_in(located.record, located.loc, kind)

    def add(self, loc: Loc, message: str) -> None:
        """Report what is wrong at a place."""
        name, *rest = loc
        self.documents[str(name)].add(tuple(rest), message)

    @property
    def problems(self) -> list[Problem]:
        return [problem for document in self.documents.values() for problem in document.problems]

    @cached_property
    def _by_id(self) -> dict[tuple[str, str], Any]:
        found = {}
        for section, rows in self.sections.items():
            for _, record in rows:
                if hasattr(record, "id"):
                    found[section, record.id] = record
        return found

    @cached_property
    def _ids(self) -> dict[str, list[str]]:
        found = {section: self._written_ids(section) for section in SECTIONS}
        found["positions"] = self._cells()
        addresses = ("words.check_groups", "words.sections")  # these words are anchors too
        named = [
            ids
            for section, ids in found.items()
            if section in addresses or not section.startswith("words.")
        ]
        found["anything"] = [id for ids in named for id in ids]
        return found

    def _written_ids(self, section: str) -> list[str]:
        ids = [row.get("id") for _, row in self.rows(section)]
        return list(dict.fromkeys(id for id in ids if isinstance(id, str)))

    def _cells(self) -> list[str]:
        pairs = Counter(
            (str(row.get("question")), str(row.get("expert"))) for _, row in self.rows("positions")
        )
        return [f"{question}--{expert}" for question, expert in pairs]


def document_of(section: str) -> tuple[str, str]:
    """The document that a section is in, and the section's name there."""
    if section.startswith("words."):
        return VOCABULARY, section.removeprefix("words.")
    return SECTIONS[section], section


def marked_in(record: BaseModel, loc: Loc, kind: Any) -> Iterator[Marked]:
    """As `Records.marked`, for one record and the records in it."""
    for name, key, mark in _fields_to_look_at(type(record), kind):
        value = getattr(record, name)
        if value is None:
            continue
        many = isinstance(value, list)
        for i, one in enumerate(value if many else [value]):
            place = (*loc, key, i) if many else (*loc, key)
            if isinstance(one, BaseModel):
                yield from marked_in(one, place, kind)
            elif mark is not None:
                yield Marked(place, mark, one)


@cache
def _fields_to_look_at(model: type[BaseModel], kind: type[Any]) -> list[tuple[str, str, Any]]:
    """The fields with a mark of a kind, and those that hold records: name, key and mark."""
    found = []
    for name, info in model.model_fields.items():
        mark = mark_of(info, kind)
        inner = [info.annotation, *get_args(info.annotation)]
        if mark is not None or any(isinstance(a, type) and issubclass(a, BaseModel) for a in inner):
            found.append((name, info.alias or name, mark))
    return found


def mark_of(info: FieldInfo, kind: type[Mark]) -> Mark | None:
    """The mark of a kind on a field, or None."""
    for mark in info.metadata:
        if isinstance(mark, kind):
            return mark
    return None


def sections_of(model: type[BaseModel]) -> dict[str, tuple[type[BaseModel], bool]]:
    """The sections of a file: the model of their records, and whether they are lists."""
    found = {}
    for name, info in model.model_fields.items():
        kind: Any = info.annotation
        many = get_origin(kind) is list
        found[name] = (get_args(kind)[0] if many else kind, many)
    return found


SECTIONS = (
    dict.fromkeys(sections_of(ArticleFacts), FACTS)
    | dict.fromkeys(sections_of(Evidence), EVIDENCE)
    | {f"words.{name}": VOCABULARY for name in sections_of(Vocabulary)}
)  # every section, and the document that it is in
