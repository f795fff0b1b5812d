"""The data beside the pages: tables, JSON, schemas, places and the package.

Everything here is text made from the facts and the models; nothing is read or
written. The descriptions come from the models, the words from the vocabulary.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any, NamedTuple, get_args, get_origin

from models import (
    Check,
    Edition,
    Event,
    Evidence,
    EvidenceSource,
    Facts,
    Figure,
    Outcome,
    Position,
    Record,
    Vocabulary,
    Word,
)

# Tables, their records and what they are called in the package. Columns stand
# in the order of the model's fields; to rename or drop one breaks programs.
TABLES: dict[str, type[Record]] = {
    "positions": Position,
    "figures": Figure,
    "checks": Check,
    "outcomes": Outcome,
    "events": Event,
    "sources": EvidenceSource,
}
MARK = "\ufeff"  # tells spreadsheets that a CSV file is UTF-8
TYPES = {bool: "boolean", int: "integer", float: "number"}


class Column(NamedTuple):
    """A field of a record, for the dictionary and the package."""

    name: str
    type: str
    means: str
    words: str | None  # section of the vocabulary that defines its words


def columns(model: type[Record]) -> list[Column]:
    """The fields of a model, in order."""
    found = []
    for name, field in model.model_fields.items():
        words = next((mark.section for mark in field.metadata if isinstance(mark, Word)), None)
        many = get_origin(field.annotation) is list
        found.append(
            Column(
                field.alias or name,
                "list" if many else TYPES.get(field.annotation, "string"),
                field.description or "",
                words,
            )
        )
    return found


def table_columns(model: type[Record]) -> list[Column]:
    """The columns of a table: the fields, a position's id before them, and the name of the expert after them."""
    id = (
        [Column("id", "string", "Id, the cell's address on the compare page.", None)]
        if model is Position
        else []
    )
    name = [
        Column(
            "expert_name",
            "string",
            "Name of the expert as the article prints it, or the part of the article.",
            None,
        )
    ]
    return id + columns(model) + (name if "expert" in model.model_fields else [])


def filled(facts: Facts) -> Facts:
    """The facts and the evidence, with figures put into the texts."""
    positions = [
        p.model_copy(update={"says": facts.fill(p.says)}) if p.says else p for p in facts.positions
    ]
    checks = [
        c.model_copy(update={"statement": facts.fill(c.statement)}) for c in facts.evidence.checks
    ]
    evidence = facts.evidence.model_copy(update={"checks": checks})
    return facts.model_copy(update={"positions": positions, "evidence": evidence})


def files(facts: Facts, edition: Edition) -> dict[str, str]:
    """Every data file, by its name."""
    full = filled(facts)
    made = {
        f"{name}.csv": table(
            facts, model, getattr(full, name, None) or getattr(full.evidence, name)
        )
        for name, model in TABLES.items()
    }
    return made | {
        "facts.json": full.model_dump_json(indent=1, by_alias=True, exclude={"evidence"}) + "\n",
        "evidence.json": full.evidence.model_dump_json(indent=1, by_alias=True) + "\n",
        "facts.schema.json": as_json(schema(Facts, facts.vocabulary)),
        "evidence.schema.json": as_json(schema(Evidence, facts.vocabulary)),
        "places.geojson": as_json(geojson(facts)),
        "datapackage.json": as_json(package(facts, edition)),
    }


def as_json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


# --- Tables ------------------------------------------------------------------------


def table(facts: Facts, model: type[Record], records: list[Any]) -> str:
    """Records as CSV: a column for each field, lists joined with semicolons."""
    names = [column.name for column in table_columns(model)]
    speakers = {expert.id: expert.name for expert in facts.experts} | {
        term.id: term.means for term in facts.vocabulary.sections
    }
    rows = [
        {"id": record.id, "expert_name": speakers.get(getattr(record, "expert", ""), "")}
        | record.model_dump(mode="json", by_alias=True)
        for record in records
    ]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [names, *([_cell(row[name]) for name in names] for row in rows)]
    )
    return MARK + out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(item["source"] if isinstance(item, dict) else item for item in value)
    return "" if value is None else str(value).lower() if isinstance(value, bool) else value


# --- Schemas -----------------------------------------------------------------------


def schema(model: type[Facts] | type[Evidence], vocabulary: Vocabulary) -> dict[str, Any]:
    """The JSON Schema of a YAML file, for editors and programs: shape, forms and allowed words.

    What only the rules can judge (pairs, references, lengths in words) is not in it.
    """
    found = model.model_json_schema(by_alias=True)
    for section in ("vocabulary", "evidence"):
        if found["properties"].pop(section, None):
            found["required"].remove(section)
    used = set(_used(found["properties"], found["$defs"]))
    found["$defs"] = {name: found["$defs"][name] for name in sorted(used)}
    for record in sections(model).values():
        for column in columns(record):
            if column.words:
                _allow(
                    found["$defs"][record.__name__]["properties"][column.name],
                    vocabulary.ids(column.words),
                )
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | found


def _used(data: Any, definitions: dict[str, Any]) -> Iterator[str]:
    """Names of the definitions that `data` refers to, directly or not."""
    if isinstance(data, dict):
        if "$ref" in data:
            name = data["$ref"].rpartition("/")[2]
            yield name
            yield from _used(definitions[name], definitions)
        data = list(data.values())
    for item in data if isinstance(data, list) else []:
        yield from _used(item, definitions)


def _allow(property: dict[str, Any], words: list[str]) -> None:
    """Narrow the text in a property (plain, optional or a list) to some words."""
    for place in (property, property.get("items", {}), *property.get("anyOf", [])):
        if place.get("type") == "string":
            place["enum"] = words


# --- Places and the package --------------------------------------------------------


def geojson(facts: Facts) -> dict[str, Any]:
    """The places as GeoJSON: longitude first, as RFC 7946 has it."""
    names = ("id", "name", "also", "kind", "precision", "why", "coordinates", "note")
    features = [
        {
            "type": "Feature",
            "id": place.id,
            "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
            "properties": {name: getattr(place, name) for name in names},
        }
        for place in facts.evidence.places
    ]
    return {"type": "FeatureCollection", "features": features}


def package(facts: Facts, edition: Edition) -> dict[str, Any]:
    """A Frictionless data package of the tables."""

    def field(column: Column) -> dict[str, Any]:
        required = {"required": True, "unique": True} if column.name == "id" else {}
        words = (
            {"enum": facts.vocabulary.ids(column.words)}
            if column.words and column.type == "string"
            else {}
        )
        kind = "string" if column.type == "list" else column.type
        found = {"name": column.name, "type": kind, "description": column.means}
        return found | ({"constraints": required | words} if required or words else {})

    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": edition.title.lower().replace(" ", "-"),
        "title": edition.title,
        "version": edition.version,
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
                "title": "Creative Commons Attribution 4.0",
            }
        ],
        "sources": [
            {
                "title": f"{facts.source.publisher_short}: {facts.source.title}",
                "path": facts.source.url,
            }
        ],
        "resources": [
            {
                "name": name,
                "type": "table",
                "path": f"{name}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "description": (model.__doc__ or "").strip(),
                "schema": {
                    "fields": [field(column) for column in table_columns(model)],
                    "primaryKey": ["id"],
                },
            }
            for name, model in TABLES.items()
        ],
    }


# --- The dictionary ----------------------------------------------------------------


def dictionary() -> list[tuple[str, list[tuple[str, str, list[Column]]]]]:
    """What the two YAML files hold: for each the sections, and for each section what it is and its fields."""
    return [
        (
            file,
            [
                (section, (record.__doc__ or "").strip(), columns(record))
                for section, record in sections(model).items()
            ],
        )
        for file, model in (("facts", Facts), ("evidence", Evidence))
    ]


def sections(model: type[Record]) -> dict[str, type[Record]]:
    """The kinds of records in a file, by section; records in records after the section that holds them."""
    found: dict[str, type[Record]] = {}
    for name, field in model.model_fields.items():
        inner = (
            get_args(field.annotation)[0]
            if get_origin(field.annotation) is list
            else field.annotation
        )
        if (
            isinstance(inner, type)
            and issubclass(inner, Record)
            and inner not in (Vocabulary, Evidence)
        ):
            found[name] = inner
            found |= {f"{name}.{part}": record for part, record in sections(inner).items()}
    return found
