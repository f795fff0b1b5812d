"""What machines read, held against the standards that it names.

JSON-LD against the vocabulary of schema.org, tables against the data package,
YAML against the schemas; previews and citations on every page.
"""

import csv
import functools
import io
import json
import re
import shutil
from importlib.resources import files as packaged

import frictionless
import jsonschema
import lxml.html
import pyshacl
import pytest
import rdflib
import yaml
from projects import ROOT
from rdflib.namespace import RDF, RDFS, SH, XSD

from facts.vocabulary import Vocabulary
from pages.downloads import BYTE_ORDER_MARK, FORMULA, NAMES, TABLES, filled, records_of

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph")  # rdflib about itself

SCHEMA = rdflib.Namespace("http://schema.org/")
# As in schema.org's own context: which of the properties that we use hold a date or an address.
ADDRESSES = ("contentUrl", "image", "isBasedOn", "license", "url")
CONTEXT = {
    "@vocab": str(SCHEMA),
    **{name: {"@type": str(XSD.date)} for name in ("datePublished", "dateModified")},
    **{name: {"@type": "@id"} for name in ADDRESSES},
}


# What programs rely on: names and order of columns. Add at the end; never rename or drop.
COLUMNS = {
    "positions": "id question expert position says paragraphs attribution quote looked_for note "
    "expert_name scope phrase question_wording",
    "figures": "id measure expert paragraph attribution what where when value unit approximate "
    "quote note expert_name",
    "checks": "id group expert paragraphs attribution concerns statement record class confidence "
    "confidence_note reread sources expert_name short line",
    "outcomes": "id expert paragraphs concerns kind assessment criterion happened verdict "
    "confidence confidence_note reread looked sources expert_name short owner answer dated line "
    "changed",
    "sequels": "id question says outcomes",
    "questions": "id group kind short wording also on_home",
    "experts": "id slug short name also_written role affiliation interest thesis",
    "events": "id when what place actors mentioned sources headline short key",
    "sources": "id publisher title titled date url kind credits party status note outlet owner",
}


# --- schema.org --------------------------------------------------------------------


@functools.cache
def shapes() -> rdflib.Graph:
    """The classes and properties of schema.org as shapes, a copy that pyshacl ships."""
    return rdflib.Graph().parse(str(packaged("pyshacl") / "assets/schema.ttl"))


@functools.cache
def allowed(kind) -> frozenset:
    """The properties that schema.org defines for a type."""
    classes = shapes().transitive_objects(kind, RDFS.subClassOf)
    found = {shape for c in classes for shape in shapes().objects(c, SH.property)}
    return frozenset(path for shape in found for path in shapes().objects(shape, SH.path))


def as_graph(data: dict) -> rdflib.Graph:
    assert data["@context"] == "https://schema.org"
    return rdflib.Graph().parse(data=json.dumps(data | {"@context": CONTEXT}), format="json-ld")


def unknown(graph: rdflib.Graph) -> list[str]:
    """Types and properties that schema.org does not define, or not for the type."""
    found = []
    for node, kind in graph.subject_objects(RDF.type):
        if (kind, RDF.type, RDFS.Class) not in shapes():
            found.append(f"{kind} is no class")
            continue
        names = set(graph.predicates(node)) - {RDF.type}
        found += [f"{kind} has no {name}" for name in names - allowed(kind)]
    return found


def wrong(*graphs: rdflib.Graph) -> str:
    """What is wrong with the values of some graphs, by the shapes."""
    together = rdflib.Graph()
    for graph in graphs:
        together += graph
    conforms, _, text = pyshacl.validate(
        together, shacl_graph=shapes(), ont_graph=shapes(), inference="none"
    )
    return "" if conforms else text


@pytest.fixture(scope="module")
def heads(documents):
    """The head of every page but 404, by its address."""
    return {
        name.removesuffix("index.html"): page.head
        for name, page in documents.items()
        if name != "404.html"
    }


@pytest.fixture(scope="module")
def blocks(heads):
    """What every page says of itself; a page says it once."""
    found = {}
    for address, head in heads.items():
        (script,) = head.xpath("script[@type='application/ld+json']")
        found[address] = json.loads(script.text)
    return found


def test_every_page_uses_words_that_schema_org_defines(blocks):
    found = {address: unknown(as_graph(block)) for address, block in blocks.items()}
    assert {address: words for address, words in found.items() if words} == {}


def test_values_are_as_schema_org_has_them(blocks, dataset):
    kinds = ["", "compare/", dataset.article.experts[0].address, "data/"]
    assert wrong(*(as_graph(blocks[address]) for address in kinds)) == ""


def test_schema_org_can_say_no():
    person = {"@type": "Person", "@id": "x:y", "name": "A"}

    def graph(*nodes):
        return as_graph({"@context": "https://schema.org", "@graph": list(nodes)})

    assert unknown(graph(person)) == []
    assert unknown(graph(person | {"verdict": "no"}))
    assert unknown(graph({"@type": "Klaim", "@id": "x:z"}))
    assert "affiliation" in wrong(graph(person | {"affiliation": "a text, no organisation"}))


def test_every_answer_of_an_expert_is_a_claim(blocks, dataset, live):
    for expert in dataset.article.experts:
        nodes = blocks[expert.address]["@graph"]
        claims = {node["@id"]: node for node in nodes if node["@type"] == "Claim"}
        answers = [p for p in dataset.positions_of(expert) if not p.silent]
        assert list(claims) == [f"{live.url}compare/#{answer.id}" for answer in answers]
        (person,) = (node["about"] for node in nodes if "about" in node)
        assert person["name"] == expert.name and "sameAs" not in person
        for answer in answers:
            claim = claims[f"{live.url}compare/#{answer.id}"]
            assert claim["text"] == dataset.fill(answer.says)
            own = answer.attribution in ("quoted", "reported") and answer.position != "relays"
            assert claim.get("author") == ({"@id": person["@id"]} if own else None), answer.id


def test_nobody_is_rated(blocks):
    text = json.dumps(blocks)
    assert "ClaimReview" not in text and "ratingValue" not in text


def test_references_lead_to_what_a_page_says(blocks, dataset):
    for address, block in blocks.items():
        text = json.dumps(block["@graph"])
        nodes = set(re.findall(r'"@id": "([^"]+)"[^}]', text))
        pointed = set(re.findall(r'\{"@id": "([^"]+)"\}', text))
        assert pointed - nodes <= {dataset.article.source.url}, address


# --- Previews and citations ----------------------------------------------------------


def test_every_page_has_a_preview_and_a_citation(heads, live, notice):
    titles = []
    for address, head in heads.items():
        tags = head.xpath("meta[@property or @name]")
        meta = {tag.get("property") or tag.get("name"): tag.get("content") for tag in tags}
        full = live.url + address
        assert meta["og:url"] == meta["citation_public_url"] == full
        assert head.xpath("link[@rel='canonical']/@href") == [full]
        assert meta["og:title"] and meta["og:description"]
        assert meta["og:title"] == meta["twitter:title"] == meta["citation_title"]
        assert meta["twitter:card"] == "summary_large_image"
        picture = f"assets/cards/{address.rstrip('/') or 'index'}.png"
        assert meta["og:image"] == meta["twitter:image"] == live.url + picture
        assert (live.site / picture).read_bytes().startswith(b"\x89PNG")
        assert re.fullmatch(r"\d{4}/\d\d/\d\d", meta["citation_date"])
        titles.append(meta["og:title"])
    if len(titles) > len(set(titles)):
        notice("two pages have one title in their previews")


def test_pages_say_how_to_cite_them(documents, live, dataset):
    source = dataset.article.source
    cited = ["compare/", "checks/", "outcomes/"]
    cited += [one.address for one in (*dataset.article.experts, *dataset.article.questions)]
    for address in cited:
        (box,) = documents[f"{address}index.html"].find_class("cite")
        ours, theirs = (line.text for line in box.find_class("cite__line"))
        assert live.url + address in ours and source.url not in ours
        assert source.url in theirs and live.url not in theirs
        bibtex, csl, article_bibtex, article_csl = (pre.text for pre in box.iter("pre"))
        assert json.loads(csl)[0]["URL"] == live.url + address
        assert json.loads(article_csl)[0]["URL"] == source.url
        for text in (bibtex, article_bibtex):
            entry = r"@misc\{[\w-]+,\n(?:  \w+ += (?:\{.+\}|[a-z]{3}),\n)+\}"
            assert re.fullmatch(entry, text) and text.count("{") == text.count("}")


# --- Tables and JSON -----------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(live):
    """The data as published."""
    return live.site / "data"


@pytest.fixture(scope="module")
def full(dataset):
    return filled(dataset)


def rows(folder, name) -> list[dict[str, str]]:
    text = (folder / f"{name}.csv").read_text(encoding="utf-8")
    assert text.startswith(BYTE_ORDER_MARK), "spreadsheets know UTF-8 by this mark"
    return list(csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK))))


def named(item) -> str:
    """An item of a list as a table has it: what is dated begins with its date."""
    if not isinstance(item, dict):
        return item
    if "when" in item:
        return f"{item['when']}: {item['what']}"
    return item.get("source") or item["id"]


def cell(value) -> str:
    """A value as a table has it."""
    if isinstance(value, list):
        value = "; ".join(map(named, value))
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and FORMULA.match(value):
        return f"'{value}"
    return "" if value is None else str(value)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_its_columns(folder, name):
    header = (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header.removeprefix(BYTE_ORDER_MARK).split(",") == COLUMNS[name].split()


@pytest.mark.parametrize("name", TABLES)
def test_a_table_equals_the_records(folder, full, name):
    records = records_of(full, name)
    found = rows(folder, name)
    assert [row["id"] for row in found] == [record.id for record in records]
    for row, record in zip(found, records, strict=True):
        values = record.model_dump(mode="json", by_alias=True)
        assert {key: row[key] for key in values} == {k: cell(v) for k, v in values.items()}
        if "expert" in values:
            assert row["expert_name"] == full.speaker_name(record.expert)
        if "outlet" in values:
            outlet = full.outlet_of(record)
            assert (row["publisher"], row["owner"]) == (outlet.name, outlet.owner or "")


def test_the_package_is_right_by_its_own_validator(folder):
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])
    names = [task.name for task in report.tasks if task.type == "table"]
    assert names == list(TABLES)


def test_the_validator_can_fail(small, tmp_path):
    shutil.copytree(small.site / "data", tmp_path / "data")
    table = tmp_path / "data/positions.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace(",does not address,", ",says nothing,", 1), encoding="utf-8")
    assert not frictionless.validate(str(tmp_path / "data/datapackage.json")).valid


def test_json_holds_the_whole(folder, full):
    held = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
    article = full.article.model_dump(mode="json", by_alias=True)
    assert held == article | {"vocabulary": full.vocabulary.model_dump(mode="json", by_alias=True)}
    held = json.loads((folder / "evidence.json").read_text(encoding="utf-8"))
    assert held == full.evidence.model_dump(mode="json", by_alias=True)


def test_places_are_geojson(folder, dataset):
    found = json.loads((folder / "places.geojson").read_text(encoding="utf-8"))
    assert found["type"] == "FeatureCollection"
    places = [
        {"id": f["id"], "name": f["properties"]["name"], "at": f["geometry"]["coordinates"]}
        for f in found["features"]
    ]
    assert places == [
        {"id": p.id, "name": p.name, "at": [p.lon, p.lat]} for p in dataset.evidence.places
    ]


def as_yaml_editors_read(text: str):
    """YAML as editors read it: a date is text."""

    class Loader(yaml.CSafeLoader):
        yaml_implicit_resolvers = {
            first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
            for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
        }

    return yaml.load(text, Loader)


@pytest.mark.parametrize("name", ["facts", "evidence"])
def test_a_schema_accepts_ours_and_refuses_the_bad_one(folder, name):
    schema = json.loads((folder / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    text = (folder / f"{name}.yml").read_text(encoding="utf-8")
    found = [
        f"{e.json_path}: {e.message}" for e in validator.iter_errors(as_yaml_editors_read(text))
    ]
    assert found == []
    as_json = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    assert [f"{e.json_path}: {e.message}" for e in validator.iter_errors(as_json)] == []
    bad = (ROOT / f"tests/bad/docs/data/{name}.yml").read_text(encoding="utf-8")
    assert len(list(validator.iter_errors(as_yaml_editors_read(bad)))) > 3


def test_the_page_of_data_explains_every_word_and_links_every_file(folder, documents):
    page = documents["data/index.html"]
    linked = set(page.xpath("//article//a/@href"))
    assert {path.name for path in folder.iterdir()} - {"index.html"} <= linked
    assert {*NAMES, "facts.yml", "evidence.yml", "vocabulary.yml"} <= linked
    ids = set(page.xpath("//@id"))
    explained = set(Vocabulary.model_fields) - {"aliases", "comparisons", "sections"}
    assert {f"words-{section.replace('_', '-')}" for section in explained} <= ids
    assert lxml.html.tostring(page).count(b"<code>id</code>") > 1
