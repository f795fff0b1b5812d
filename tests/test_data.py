"""The data files: complete, equal to the YAML, and right by the standards they name."""

import csv
import io
import json
import shutil
from pathlib import Path

import frictionless
import jsonschema
import pytest
import yaml

from conftest import DATA, build_into
from data_files import MARK, TABLES, dictionary, filled
from facts import load
from models import Vocabulary

BAD = Path(__file__).parent / "bad"
# What programs rely on: names and order of columns. Add at the end; never rename or drop.
COLUMNS = {
    "positions": "id question expert position says paragraphs attribution quote looked_for note expert_name",
    "figures": "id measure expert paragraph attribution what where when value unit approximate quote note expert_name",
    "checks": "id group expert paragraphs attribution concerns statement record class confidence confidence_note reread sources expert_name",
    "outcomes": "id expert paragraphs concerns kind assessment criterion happened verdict confidence confidence_note reread looked sources expert_name",
    "events": "id when what place actors mentioned sources headline",
    "sources": "id publisher title titled date url kind credits party status note",
}


@pytest.fixture(scope="module")
def facts():
    return load(DATA)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The data as published."""
    return build_into(tmp_path_factory.mktemp("data")) / "docs/data"


def rows(folder, name):
    text = (folder / f"{name}.csv").read_text(encoding="utf-8")
    assert text.startswith(MARK), "spreadsheets know UTF-8 by this mark"
    return list(csv.DictReader(io.StringIO(text.removeprefix(MARK))))


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_its_columns(folder, name):
    assert list(rows(folder, name)[0]) == COLUMNS[name].split()


@pytest.mark.parametrize("name", TABLES)
def test_a_table_equals_the_yaml(folder, facts, name):
    full = filled(facts)
    records = getattr(full, name, None) or getattr(full.evidence, name)
    found = rows(folder, name)
    assert len(found) == len(records)
    for row, record in zip(found, records, strict=True):
        assert row["id"] == record.id
        for key, value in record.model_dump(mode="json", by_alias=True).items():
            if isinstance(value, list):
                value = "; ".join(
                    item["source"] if isinstance(item, dict) else item for item in value
                )
            assert row[key] == (
                ""
                if value is None
                else str(value).lower()
                if isinstance(value, bool)
                else str(value)
            ), (record.id, key)


def test_names_stand_in_the_tables(folder, facts):
    names = {e.id: e.name for e in facts.experts}
    for row in rows(folder, "positions"):
        assert row["expert_name"] == names[row["expert"]]
    sections = {term.id: term.means for term in facts.vocabulary.sections}
    for row in rows(folder, "checks") + rows(folder, "outcomes"):
        assert row["expert_name"] == (names | sections)[row["expert"]]


def test_the_package_is_right_by_its_own_validator(folder):
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])
    assert [task.name for task in report.tasks] == list(TABLES)


def test_the_validator_can_fail(folder, tmp_path):
    for path in folder.iterdir():
        shutil.copy(path, tmp_path)
    text = (tmp_path / "positions.csv").read_text(encoding="utf-8")
    (tmp_path / "positions.csv").write_text(
        text.replace(",does not address,", ",says nothing,", 1), encoding="utf-8"
    )
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def as_yaml_editors_read(path: Path):
    """YAML as editors read it: a date is text."""

    class Loader(yaml.CSafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(path.read_text(encoding="utf-8"), Loader)


@pytest.mark.parametrize("name", ["facts", "evidence"])
def test_a_schema_accepts_ours_and_refuses_the_bad_one(folder, name):
    schema = json.loads((folder / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert [
        f"{e.json_path}: {e.message}"
        for e in validator.iter_errors(as_yaml_editors_read(DATA / f"{name}.yml"))
    ] == []
    found = {e.json_path for e in validator.iter_errors(as_yaml_editors_read(BAD / f"{name}.yml"))}
    expected = {
        "facts": {
            "$.source",
            "$.paragraphs[1].words",
            "$.experts[1].id",
            "$.positions[0].position",
            "$.positions[2].attribution",
            "$.figures[0].value",
            "$.figures[2].unit",
            "$.glossary",
        },
        "evidence": {
            "$.checks[0].reread",
            "$.outcomes[1].looked",
            "$.events[0].actors[0]",
            "$.sources[2].kind",
        },
    }[name]
    assert expected <= found, found
    assert (
        (DATA / f"{name}.yml")
        .read_text(encoding="utf-8")
        .startswith(f"# yaml-language-server: $schema={name}.schema.json\n")
    )


def test_json_holds_the_whole(folder, facts):
    held = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
    full = filled(facts).model_dump(mode="json", by_alias=True)
    assert (
        held | {"evidence": json.loads((folder / "evidence.json").read_text(encoding="utf-8"))}
        == full
    )
    assert "{f-" not in json.dumps(full)


def test_places_are_geojson(folder, facts):
    found = json.loads((folder / "places.geojson").read_text(encoding="utf-8"))
    assert found["type"] == "FeatureCollection"
    assert [f["geometry"]["coordinates"] for f in found["features"]] == [
        [p.lon, p.lat] for p in facts.evidence.places
    ]
    assert [f["properties"]["name"] for f in found["features"]] == [
        p.name for p in facts.evidence.places
    ]


def test_the_dictionary_explains_every_field_and_every_word(folder):
    page = (folder / "index.md").read_text(encoding="utf-8")
    for file, parts in dictionary():
        for section, means, fields in parts:
            assert means, (file, section)
            for field in fields:
                assert field.means, (file, section, field.name)
                assert f"<code>{field.name}</code>" in page
                assert not field.words or f'id="words-{field.words.replace("_", "-")}"' in page, (
                    field.words
                )
    assert set(Vocabulary.model_fields) - {"aliases", "comparisons", "sections"} == {
        section
        for section in Vocabulary.model_fields
        if f'id="words-{section.replace("_", "-")}"' in page
    }
    for path in folder.iterdir():
        assert path.name == "index.md" or f'href="{path.name}"' in page, path.name
