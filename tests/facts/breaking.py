"""How a test breaks the small project in tests/mini, and reads what is said against it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel

from facts.load import judge, read_records
from facts.records import Located, Records
from facts.yaml_lines import Loc

MINI = Path(__file__).parent.parent / "mini"
FACTS = "docs/data/facts.yml"
EVIDENCE = "docs/data/evidence.yml"
VOCABULARY = "docs/data/vocabulary.yml"
CITATION = "CITATION.cff"
FILES = (FACTS, EVIDENCE, VOCABULARY, CITATION)


def edit(path: Path, old: str, new: str, times: int = 1) -> None:
    """Replace a text that the file has exactly so many times."""
    text = path.read_text(encoding="utf-8")
    count = text.count(old)
    assert count == times, f"the case is out of date: {old!r} is {count} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def messages(root: Path, today: datetime.date | None = None) -> list[str]:
    """What is said against the project in `root`, by file and line, without the folders."""
    return said(root, read_records(root), today)


def said(root: Path, records: Records, today: datetime.date | None = None) -> list[str]:
    """As `messages`, for records that are read already."""
    return [without_folders(str(p), root) for p in sorted(set(judge(records, today)))]


def without_folders(message: str, root: Path) -> str:
    """`message` with the bare names of files."""
    return message.replace(f"{root}/", "").replace("docs/data/", "")


def with_lines(message: str, root: Path) -> str:
    """`message` with each «text» replaced by the number of the one line on which it begins."""
    texts = [(root / file).read_text(encoding="utf-8") for file in FILES]

    def line(match: re.Match[str]) -> str:
        pattern = r"\s+".join(map(re.escape, match[1].split()))
        found = [(text, place) for text in texts for place in re.finditer(pattern, text)]
        assert len(found) == 1, f"the case is out of date: {match[1]!r} is there {len(found)} times"
        text, place = found[0]
        return str(text.count("\n", 0, place.start()) + 1)

    return re.sub("«([^»]*)»", line, message)


# --- Cases in text files: what is changed, and what is said of it -------------------


class Case(NamedTuple):
    """One way to break the small project, and the whole list of messages."""

    name: str
    file: str
    old: str
    new: str
    expected: list[str]

    def apply(self, root: Path) -> None:
        edit(root / self.file, self.old, self.new)


def read_cases(path: Path) -> list[Case]:
    r"""The cases of a text file.

    == name: file       opens a case
    -line, +line        are taken out and put in, as in a diff; \u200b is that character
     line               is kept: it shows which of several places is meant
    > message           is expected; «text» stands for the number of the line that has it
    > accepted          says that there is no message
    """
    blocks = [block for block in path.read_text(encoding="utf-8").split("\n\n") if block.strip()]
    return [_case(block) for block in blocks if not block.startswith("#")]


def _case(block: str) -> Case:
    head, *lines = [_unescaped(line) for line in block.strip("\n").split("\n")]
    name, _, file = head.removeprefix("== ").rpartition(": ")
    path = file if file == CITATION else f"docs/data/{file}"
    old = "".join(f"\n{line[1:]}" for line in lines if line[0] in " -")
    new = "".join(f"\n{line[1:]}" for line in lines if line[0] in " +")
    expected = [line.removeprefix("> ") for line in lines if line.startswith("> ")]
    return Case(name, path, f"{old}\n", f"{new}\n", expected if expected != ["accepted"] else [])


def _unescaped(line: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})|\\U([0-9a-f]{8})", lambda m: chr(int(m[1] or m[2], 16)), line)


# --- Records with one value changed ------------------------------------------------


def replaced(record: BaseModel, way: Loc, value: Any) -> BaseModel:
    """A record with another value at `way`; no form is asked for."""
    key, *rest = way
    fields = type(record).model_fields
    name = next(name for name, info in fields.items() if key in (info.alias, name))
    old = getattr(record, name)
    if rest and isinstance(old, list):
        index, *rest = rest
        item = replaced(old[int(index)], tuple(rest), value) if rest else value
        value = [*old[: int(index)], item, *old[int(index) + 1 :]]
    return record.model_copy(update={name: value})


def judged(records: Records, rule: Callable, loc: Loc, value: Any) -> list[str]:
    """What a rule says at `loc` of a record that has `value` there."""
    for section, located in records.sections.items():
        for i, (place, record) in enumerate(located):
            if loc[: len(place)] == place:
                changed = Located(place, replaced(record, loc[len(place) :], value))
                others = {**records.sections, section: [*located[:i], changed, *located[i + 1 :]]}
                found = rule(Records(records.documents, others))
                return [message for where, message in found if where == loc]
    raise KeyError(loc)
