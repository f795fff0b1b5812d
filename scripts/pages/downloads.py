"""The data beside the pages: tables, JSON, schemas, places and the package.

Everything here is text made from the facts and the models; nothing is read or
written. The descriptions come from the models, the words from the vocabulary.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from typing import Any, NamedTuple, get_args, get_origin

from pydantic.fields import FieldInfo

from facts import sentences
from facts.article import ArticleFacts, Expert, Figure, Position, Question
from facts.dataset import Dataset
from facts.evidence import Check, Event, Evidence, Outcome, Sequel, Source
from facts.fields import Record, Ref, Word, Words
from facts.records import mark_of
from facts.release import Release
from facts.text import slug
from facts.vocabulary import Vocabulary
from pages.schema_org import FORMATS


class Table(NamedTuple):
    """A table: its records, and the names of its columns in their order."""

    model: type[Record]
    columns: str


# Programs read these tables by the names and the order of their columns: new
# ones come last, and none is renamed or dropped.
TABLES = {
    "positions": Table(
        Position,
        "id question expert position says paragraphs attribution quote looked_for note "
        "expert_name scope phrase question_wording",
    ),
    "figures": Table(
        Figure,
        "id measure expert paragraph attribution what where when value unit approximate quote "
        "note expert_name",
    ),
    "checks": Table(
        Check,
        "id group expert paragraphs attribution concerns statement record class confidence "
        "confidence_note reread sources expert_name short line",
    ),
    "outcomes": Table(
        Outcome,
        "id expert paragraphs concerns kind assessment criterion happened verdict confidence "
        "confidence_note reread looked sources expert_name short owner answer dated line changed",
    ),
    "sequels": Table(Sequel, "id question says outcomes"),
    "questions": Table(Question, "id group kind short wording also on_home"),
    "experts": Table(Expert, "id slug short name also_written role affiliation interest thesis"),
    "events": Table(Event, "id when what place actors mentioned sources headline short key"),
    "sources": Table(
        Source,
        "id publisher title titled date url kind credits party status note outlet owner",
    ),
}
# Columns that no field of the record holds: what each is, and its words.
ADDED = {
    "id": "Id of the record; that of a position is its cell's address on the compare page.",
    "question_wording": "The question in full.",
    "expert_name": "Name of the expert as the article prints it, or the part of the article.",
    "publisher": "Name of the outlet that published it.",
    "owner": "The state or public body that owns or pays for the outlet, where one is known.",
}
NAMES = (
    *(f"{name}.csv" for name in TABLES),
    "datapackage.json",
    "evidence.json",
    "evidence.schema.json",
    "facts.json",
    "facts.schema.json",
    "places.geojson",
)  # of every data file
# What holds the whole, where a table has one section.
WHOLE = {
    "facts.json": "What the article says, with the words of both files.",
    "evidence.json": "What others say.",
    "places.geojson": "The places of the map.",
}
# What a spreadsheet takes for a formula if a cell begins with it, and how we stop that.
FORMULA = re.compile("[=+\\-@\t\r＝＋－＠]")
HARMLESS = (
    "In tables, a text that a spreadsheet would take for a formula, since it begins with =, +, - "
    "or @, has an apostrophe in front."
)
ARCHIVE = "datapackage.zip"  # the package in one file
BYTE_ORDER_MARK = "\ufeff"  # tells spreadsheets that a CSV file is UTF-8
TYPES = {bool: "boolean", int: "integer", float: "number"}
SECTION_NAMES = {"source": "the article", "words.sections": "parts of the article"}


def files(dataset: Dataset, release: Release, site: str) -> dict[str, str]:
    """Every data file, by its name; `site` is the site's address."""
    full = filled(dataset)
    made = {f"{name}.csv": table(full, name) for name in TABLES}
    article = full.article.model_dump(mode="json", by_alias=True)
    article["vocabulary"] = full.vocabulary.model_dump(mode="json", by_alias=True)
    return made | {
        "facts.json": as_json(article),
        "evidence.json": as_json(full.evidence.model_dump(mode="json", by_alias=True)),
        "facts.schema.json": as_json(schema_of_facts(dataset.vocabulary)),
        "evidence.schema.json": as_json(schema(Evidence, dataset.vocabulary)),
        "places.geojson": as_json(geojson(dataset)),
        "datapackage.json": as_json(package(dataset, release, site)),
    }


def archive(texts: dict[str, str], release: Release) -> bytes:
    """The package and all that it names, and the schemas, in one file: always the same bytes."""
    day = release.released
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zip:
        for name in NAMES:
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.create_system = 3  # whatever system this is
            entry.external_attr = 0o644 << 16
            zip.writestr(entry, texts[name].encode(), zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()


def filled(dataset: Dataset) -> Dataset:
    """The dataset with figures put into its texts."""
    positions = [
        position.model_copy(
            update={
                "says": dataset.fill(position.says or "") or None,
                "phrase": dataset.fill(position.phrase or "") or None,
            }
        )
        for position in dataset.article.positions
    ]
    checks = [
        check.model_copy(update={"statement": dataset.fill(check.statement)})
        for check in dataset.evidence.checks
    ]
    charts = [
        chart.model_copy(update={"text": dataset.fill(chart.text)}) if chart.text else chart
        for chart in dataset.evidence.charts
    ]
    article = dataset.article.model_copy(update={"positions": positions})
    evidence = dataset.evidence.model_copy(update={"checks": checks, "charts": charts})
    return Dataset(article, evidence, dataset.vocabulary)


def records_of(dataset: Dataset, section: str) -> list[Any]:
    """The records of a section of the facts or of the evidence."""
    document = dataset.article if section in ArticleFacts.model_fields else dataset.evidence
    records: list[Any] = getattr(document, section)
    return records


def as_json(data: Any) -> str:
    """Data as JSON that people can read too."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


# --- Fields ------------------------------------------------------------------------


class Column(NamedTuple):
    """A field of a record, for the dictionary and the package."""

    name: str
    type: str
    means: str
    words: str | None = None  # section of the vocabulary that defines its words
    refers: str | None = None  # section of the records whose ids it holds, where it is one


def columns(model: type[Record]) -> list[Column]:
    """The fields of a model, in order."""
    found = []
    for name, info in model.model_fields.items():
        kind: Any = info.annotation
        kind = "list" if get_origin(kind) is list else TYPES.get(kind, "string")
        word, ref = mark_of(info, Word), mark_of(info, Ref)
        words = word.section if word else None
        refers = ref.sections[0] if ref and len(ref.sections) == 1 else None
        found.append(Column(info.alias or name, kind, means(info), words, refers))
    return found


def means(info: FieldInfo) -> str:
    """What a field means, and how long its text may be."""
    text = info.description or ""
    if limits := mark_of(info, Words):
        room = f"At most {limits.most} words."
        if limits.least > 1:
            room = f"{limits.least} to {limits.most} words."
        text = f"{text} {room}"
    return text


def table_columns(name: str) -> list[Column]:
    """The columns of a table, in the order that was published."""
    table = TABLES[name]
    fields = {column.name: column for column in columns(table.model)}
    return [
        fields.get(column) or Column(column, "string", ADDED[column])
        for column in table.columns.split()
    ]


# --- Tables ------------------------------------------------------------------------


def table(dataset: Dataset, name: str) -> str:
    """A section as CSV: a row for each record, lists joined with semicolons."""
    names = [column.name for column in table_columns(name)]
    rows = []
    for record in records_of(dataset, name):
        row = record.model_dump(mode="json", by_alias=True) | {"id": record.id}
        if "expert_name" in names:
            row["expert_name"] = dataset.speaker_name(record.expert)
        if "question_wording" in names:
            row["question_wording"] = dataset.question_of(record).wording
        if "publisher" in names:
            outlet = dataset.outlet_of(record)
            row |= {"publisher": outlet.name, "owner": outlet.owner}
        rows.append([_cell(row[column]) for column in names])
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([names, *rows])
    return BYTE_ORDER_MARK + out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        value = "; ".join(_name(item) for item in value)
    if isinstance(value, str) and FORMULA.match(value):
        return f"'{value}"
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else value


def _name(item: Any) -> str:
    """An item of a list: a text, a dated text, or the id by which a record names another."""
    if isinstance(item, dict) and "when" in item:
        return f"{item['when']}: {item['what']}"
    if isinstance(item, dict):
        return str(item.get("source") or item["id"])
    return str(item)


# --- Schemas -----------------------------------------------------------------------


def schema(model: type[Record], vocabulary: Vocabulary) -> dict[str, Any]:
    """The JSON Schema of a YAML file, for editors and programs.

    It has the shape, the forms, the allowed words and the lengths in words.
    What only the rules can judge (pairs, references) is not in it.
    """
    found = model.model_json_schema(by_alias=True)
    found["$defs"] = dict(sorted(found["$defs"].items()))
    for record in sections(model).values():
        for name, info in record.model_fields.items():
            field = found["$defs"][record.__name__]["properties"][info.alias or name]
            if word := mark_of(info, Word):
                _narrow(field, {"enum": vocabulary.ids(word.section)})
            if limits := mark_of(info, Words):
                most = limits.most - 1
                _narrow(field, {"pattern": rf"^\S+( \S+){{{limits.least - 1},{most}}}$"})
            if mark_of(info, Words) or mark_of(info, Ref):
                field["description"] = _described(info)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | found


def schema_of_facts(vocabulary: Vocabulary) -> dict[str, Any]:
    """The schema of facts.yml, and of facts.json, which has the words of both files besides."""
    found = schema(ArticleFacts, vocabulary)
    found["properties"]["vocabulary"] = {
        "type": "object",
        "description": "The words of vocabulary.yml, by section. In facts.json only.",
    }
    return found


def _described(info: FieldInfo) -> str:
    """What a field means, how long it may be, and where the ids are that it takes."""
    text = means(info)
    if mark := mark_of(info, Ref):
        names = [SECTION_NAMES.get(section, section) for section in mark.sections]
        text = f"{text} (Refers to: {', '.join(names)}.)"
    return text


def _narrow(field: dict[str, Any], limits: dict[str, Any]) -> None:
    """Narrow the text in a field (plain, optional or a list)."""
    for place in (field, field.get("items", {}), *field.get("anyOf", [])):
        if place.get("type") == "string":
            place |= limits


# --- Places and the package --------------------------------------------------------


def geojson(dataset: Dataset) -> dict[str, Any]:
    """The places as GeoJSON: longitude first, as RFC 7946 has it."""
    names = ("id", "name", "also", "kind", "precision", "why", "note", "role", "beside")
    features = [
        {
            "type": "Feature",
            "id": place.id,
            "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
            "properties": {
                **{name: getattr(place, name) for name in names},
                "coordinates": sentences.placed(dataset, place),
            },
        }
        for place in dataset.evidence.places
    ]
    return {"type": "FeatureCollection", "features": features}


def package(dataset: Dataset, release: Release, site: str) -> dict[str, Any]:
    """A Frictionless data package of the tables, and of the files that hold the whole."""
    article = dataset.article.source
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": slug(release.title),
        "title": release.title,
        "description": f"{release.abstract} {HARMLESS}",
        "homepage": site,
        "version": release.version,
        "contributors": [
            {"title": author.shown, "roles": ["creator"]} for author in release.authors
        ],
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
                "title": "Creative Commons Attribution 4.0",
            }
        ],
        "sources": [{"title": f"{article.publisher_short}: {article.title}", "path": article.url}],
        "resources": [
            *(_resource(name, dataset.vocabulary) for name in TABLES),
            *(_file(path, means) for path, means in WHOLE.items()),
        ],
    }


def _file(path: str, means: str) -> dict[str, Any]:
    """A file that is no table. `type` has no other word, so it is left out.

    The format is in capitals because a validator opens "json" to see what it
    is, and takes our section of checks for its own.
    """
    name, _, format = path.partition(".")
    return {
        "name": name,
        "path": path,
        "format": format.upper(),
        "mediatype": FORMATS[format],
        "encoding": "utf-8",
        "description": means,
    }


def _resource(name: str, vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": (TABLES[name].model.__doc__ or "").strip(),
        "schema": {
            "fields": [_package_field(column, vocabulary) for column in table_columns(name)],
            "primaryKey": ["id"],
            "foreignKeys": _foreign_keys(name),
        },
    }


def _foreign_keys(name: str) -> list[dict[str, Any]]:
    """The columns of a table that hold one id each, of records that have a table."""
    return [
        {"fields": [column.name], "reference": {"resource": column.refers, "fields": ["id"]}}
        for column in table_columns(name)
        if column.type != "list" and column.refers in TABLES
    ]


def _package_field(column: Column, vocabulary: Vocabulary) -> dict[str, Any]:
    kind = "string" if column.type == "list" else column.type
    field: dict[str, Any] = {"name": column.name, "type": kind, "description": column.means}
    if column.name == "id":
        field["constraints"] = {"required": True, "unique": True}
    elif column.words and column.type == "string":
        field["constraints"] = {"enum": vocabulary.ids(column.words)}
    return field


# --- The dictionary ----------------------------------------------------------------


class Described(NamedTuple):
    """A section of a YAML file: its name, what it holds, and its fields."""

    section: str
    means: str
    columns: list[Column]


def dictionary() -> dict[str, list[Described]]:
    """What the two YAML files hold: the sections of each."""
    found = {}
    for file, model in (("facts", ArticleFacts), ("evidence", Evidence)):
        found[file] = [
            Described(section, (record.__doc__ or "").strip().partition("\n")[0], columns(record))
            for section, record in sections(model).items()
        ]
    return found


def sections(model: type[Record]) -> dict[str, type[Record]]:
    """The kinds of records in a file, by section; records in records after what holds them."""
    found: dict[str, type[Record]] = {}
    for name, info in model.model_fields.items():
        inner = info.annotation
        if get_origin(inner) is list:
            inner = get_args(inner)[0]
        if isinstance(inner, type) and issubclass(inner, Record):
            found[name] = inner
            found |= {f"{name}.{part}": record for part, record in sections(inner).items()}
    return found
