"""Load the facts: read, shape, check. Run by itself, it checks and says so.

python scripts/facts.py
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from evidence_rules import EVIDENCE_RULES, former_ids
from models import Edition, Evidence, Facts, Vocabulary
from rules import RULES, Book, plain_text, unknown
from yaml_lines import DataError, Document, Where, read

DATA = Path("docs/data")

# pydantic's kinds of error, in the words of our messages.
EXPECTED = {
    "string_type": "text",
    "string_too_short": "text that is not empty",
    "bool_type": "true or false",
    "list_type": "a list",
    "model_type": "a record with keys",
}


def load(folder: Path = DATA) -> Facts:
    """The facts in `folder`, with the vocabulary and the evidence beside them.

    Raises DataError with every problem of the three files.
    """
    return load_with_lines(folder)[0]


def load_edition(path: Path) -> Edition:
    """What CITATION.cff says of this site. Raises DataError where it says too little."""
    doc = read(path)
    edition = shape(Edition, doc.data, (), doc)
    if edition is None or doc.problems:
        raise DataError(doc.problems)
    return edition


def load_with_lines(folder: Path = DATA) -> tuple[Facts, Document]:
    """As `load`, with the document of the facts, which knows the line of every value."""
    words, doc, more = (
        read(folder / f"{name}.yml") for name in ("vocabulary", "facts", "evidence")
    )
    vocabulary = shape(Vocabulary, words.data, (), words)
    for where, message in plain_text(words.data):
        words.add(where, message)
    records, found = _records(doc, Facts), _records(more, Evidence)
    if vocabulary and isinstance(doc.data, dict):
        book = Book(doc, vocabulary, records)
        _judge(book, RULES)
        if isinstance(more.data, dict):
            more_book = Book(more, vocabulary, found, facts=book)
            _judge(more_book, EVIDENCE_RULES)
            for where, message in former_ids(more_book):
                words.add(where, message)
    if problems := words.problems + doc.problems + more.problems:
        raise DataError(problems)
    evidence = Evidence(
        **{section: [record for _, record in rows] for section, rows in found.items()}
    )
    fields = {section: [record for _, record in rows] for section, rows in records.items()}
    return Facts(
        **fields | {"source": fields["source"][0], "vocabulary": vocabulary, "evidence": evidence}
    ), doc


def _judge(book: Book, rules: list) -> None:
    for rule in rules:
        for where, message in rule(book):
            book.document.add(where, message)


def _records(
    doc: Document, model: type[Facts] | type[Evidence]
) -> dict[str, list[tuple[Where, Any]]]:
    """Every record that has the right shape, by section; the others are reported."""
    sections = {
        name: field.annotation
        for name, field in model.model_fields.items()
        if name not in ("vocabulary", "evidence")
    }
    if not isinstance(doc.data, dict):
        if not doc.found:
            doc.add((), f"{_found(doc.data)}, expected the sections {', '.join(sections)}")
        return {}
    for key in doc.data.keys() - sections.keys():
        doc.add((key,), f"unknown section: {unknown(key, list(sections))}")
    records: dict[str, list[tuple[Where, Any]]] = {}
    for section, kind in sections.items():
        data = doc.data.get(section)
        many = get_origin(kind) is list
        if section not in doc.data or (many and not isinstance(data, list)):
            doc.add(
                (section,),
                f"{_found(data)}, expected {'a list of records' if many else 'a record'}",
            )
            continue
        of = get_args(kind)[0] if many else kind
        rows = [((section, i), row) for i, row in enumerate(data)] if many else [((section,), data)]
        shaped = ((where, shape(of, row, where, doc)) for where, row in rows)
        records[section] = [(where, record) for where, record in shaped if record is not None]
    return records


def shape(model: type[BaseModel], data: Any, where: Where, doc: Document) -> Any:
    """`data` as a record of `model`; None, and the problems in `doc`, if it does not fit."""
    if data is None and doc.found and not where:
        return None  # the file could not be read, which has been said
    try:
        return model.model_validate(data)
    except ValidationError as error:
        said = {place for place, _, _ in doc.found}  # a value that could not even be read
        for fault in error.errors():
            if (*where, *fault["loc"]) not in said:
                doc.add((*where, *fault["loc"]), _message(fault, model))
        return None


def _message(fault: Any, model: type[BaseModel]) -> str:
    if fault["type"] == "missing":
        return "found nothing, expected this key"
    if fault["type"] == "extra_forbidden":
        for step in fault["loc"][:-1]:
            if isinstance(step, str):
                model = get_args(model.model_fields[step].annotation)[0]
        keys = [field.alias or name for name, field in model.model_fields.items()]
        return f"unknown key: {unknown(str(fault['loc'][-1]), keys)}"
    expected = EXPECTED.get(fault["type"]) or str(fault.get("ctx", {}).get("error") or fault["msg"])
    hint = (
        " (put yes and no in quotation marks)"
        if isinstance(fault["input"], bool) and expected == "text"
        else ""
    )
    return f"{_found(fault['input'])}, expected {expected}{hint}"


def _found(value: Any) -> str:
    names = {type(None): "nothing", list: "a list", dict: "a record"}
    if isinstance(value, bool):
        return f"found {str(value).lower()}"
    return f"found {names.get(type(value)) or repr(value)[:80]}"


def main() -> int:
    try:
        facts = load()
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    counts = {
        "positions": facts.positions,
        "figures": facts.figures,
        "checks": facts.evidence.checks,
        "outcomes": facts.evidence.outcomes,
    }
    print(", ".join(f"{len(records)} {name}" for name, records in counts.items()) + ": no errors")
    return 0


if __name__ == "__main__":
    sys.exit(main())
