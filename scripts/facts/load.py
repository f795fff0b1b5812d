"""Read the data files, give each record its shape, and judge them all.

    read -> shape -> judge -> Dataset

Nothing here stops at the first mistake: every file and every rule is heard.
"""

from __future__ import annotations

import datetime
from functools import partial
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from facts import article_rules, evidence_rules, release_rules, rules, vocabulary_rules
from facts.article import ArticleFacts
from facts.dataset import Dataset
from facts.evidence import Evidence
from facts.records import EVIDENCE, FACTS, RELEASE, VOCABULARY, Located, Records, sections_of
from facts.release import Release
from facts.text import unknown
from facts.vocabulary import Vocabulary
from facts.yaml_lines import DataError, Document, Loc, Problem, get, read

DATA = Path("docs/data")
CITATION = Path("CITATION.cff")
FILES = {FACTS: "facts.yml", EVIDENCE: "evidence.yml", VOCABULARY: "vocabulary.yml"}
MODELS: dict[str, type[BaseModel]] = {
    FACTS: ArticleFacts,
    EVIDENCE: Evidence,
    VOCABULARY: Vocabulary,
}

# pydantic's kinds of error, in the words of our messages.
EXPECTED = {
    "string_type": "text",
    "string_too_short": "text that is not empty",
    "string_pattern_mismatch": "a version of three numbers: 1.0.0",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "float_type": "a number such as 38.5",
    "date_type": "a date: 2021-07-05",
    "list_type": "a list",
    "too_short": "a list with one entry at least",
    "model_type": "a record with keys",
}


def load(root: Path = Path()) -> tuple[Dataset, Release]:
    """The facts of the project in `root`, and what CITATION.cff says of this site.

    Raises DataError with every problem of the four files.
    """
    records = read_records(root)
    if problems := judge(records):
        raise DataError(problems)
    return dataset_of(records), release_of(records)


def read_records(root: Path) -> Records:
    """Every record of the four files that has the right shape; the others are reported."""
    documents = {name: read(root / DATA / file) for name, file in FILES.items()}
    documents[RELEASE] = read(root / CITATION)
    records = Records(documents)
    for name, model in MODELS.items():
        _shape_file(records, name, model)
    release = shape(Release, documents[RELEASE], ())
    records.sections["release"] = [Located((RELEASE,), release)] if release else []
    return records


def judge(records: Records, today: datetime.date | None = None) -> list[Problem]:
    """Run every rule; all problems of all files. `today` is for rules on dates to come."""
    for module in (rules, article_rules, evidence_rules, vocabulary_rules, release_rules):
        for rule in module.RULES:
            if rule is rules.rule_no_date_to_come:
                rule = partial(rules.rule_no_date_to_come, today=today)
            for loc, message in rule(records):
                records.add(loc, message)
    return records.problems


def dataset_of(records: Records) -> Dataset:
    """The whole of records that were judged and found right."""
    made: dict[str, Any] = {}
    for name, model in MODELS.items():
        prefix = "words." if name == VOCABULARY else ""
        fields: dict[str, Any] = {}
        for section, (_, many) in sections_of(model).items():
            found = [record for _, record in records.all(prefix + section)]
            fields[section] = found if many else found[0]
        made[name] = model(**fields)
    return Dataset(made[FACTS], made[EVIDENCE], made[VOCABULARY])


def release_of(records: Records) -> Release:
    """What CITATION.cff says, once it is judged and found right."""
    release: Release = records.all("release")[0].record
    return release


# --- Shapes ------------------------------------------------------------------------


def _shape_file(records: Records, name: str, model: type[BaseModel]) -> None:
    document = records.documents[name]
    prefix = "words." if name == VOCABULARY else ""
    sections = sections_of(model)
    if not isinstance(document.data, dict):
        if not document.faults:
            expected = f"the sections {', '.join(sections)}"
            document.add((), f"{_found(document.data)}, expected {expected}")
        return
    for key in document.data:
        if key not in sections:
            document.add((key,), f"unknown section: {unknown(key, list(sections))}")
    for section, (kind, many) in sections.items():
        data = get(document.data, section)
        if section not in document.data or (many and not isinstance(data, list)):
            expected = "a list of records" if many else "a record"
            document.add((section,), f"{_found(data)}, expected {expected}")
            continue
        located = records.sections.setdefault(prefix + section, [])
        rows: list[tuple[Loc, Any]] = [((section,), data)]
        if many:
            rows = [((section, i), row) for i, row in enumerate(data)]
        for loc, _ in rows:
            record = shape(kind, document, loc)
            if record is not None:
                located.append(Located((name, *loc), record))


def shape(model: type[BaseModel], document: Document, loc: Loc) -> Any:
    """What is at `loc` as a record of `model`; None, and the faults reported, if it is not one."""
    data = document.data
    for step in loc:
        data = get(data, step)
    if data is None and not loc and document.faults:
        return None  # the file could not be read, which has been said
    try:
        return model.model_validate(data)
    except ValidationError as error:
        said = {place for place, _, _ in document.faults}  # a value that could not be read
        for fault in error.errors():
            place = (*loc, *fault["loc"])
            if place not in said:
                document.add(place, _message(fault, model))
        return None


def _message(fault: Any, model: type[BaseModel]) -> str:
    if fault["type"] == "missing":
        return "found nothing, expected this key"
    if fault["type"] == "extra_forbidden":
        return f"unknown key: {unknown(str(fault['loc'][-1]), _keys(model, fault['loc'][:-1]))}"
    expected = EXPECTED.get(fault["type"])
    context = fault.get("ctx", {})
    if not expected:
        expected = str(context.get("error") or fault["msg"]).removeprefix("Input should be ")
    hint = ""
    if isinstance(fault["input"], bool) and expected == "text":
        hint = " (put yes and no in quotation marks)"
    return f"{_found(fault['input'])}, expected {expected}{hint}"


def _keys(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """The keys of the record at `loc` in a record of `model`."""
    for step in loc:
        if isinstance(step, str):
            model = get_args(model.model_fields[step].annotation)[0]
    return [info.alias or name for name, info in model.model_fields.items()]


def _found(value: Any) -> str:
    if isinstance(value, bool):
        return f"found {str(value).lower()}"
    if value is None:
        return "found nothing"
    if isinstance(value, list):
        return "found a list" if value else "found an empty list"
    if isinstance(value, dict):
        return "found a record"
    if isinstance(value, datetime.date):
        return f"found {value}"
    return f"found {repr(value)[:80]}"
