"""What machines read: previews, citation tags, and JSON-LD held against the vocabulary of schema.org."""

import functools
import json
import re
from importlib.resources import files as packaged

import lxml.html
import pyshacl
import pytest
import rdflib
import yaml
from rdflib.namespace import RDF, RDFS, SH

from conftest import DATA, ROOT
from facts import load

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph")  # rdflib about itself

SCHEMA = rdflib.Namespace("http://schema.org/")
# As in schema.org's own context: which of the properties that we use hold a date or an address.
ADDRESSES = ("contentUrl", "image", "isBasedOn", "license", "url")
CONTEXT = {
    "@vocab": str(SCHEMA),
    "datePublished": {"@type": "http://www.w3.org/2001/XMLSchema#date"},
}
CONTEXT |= {name: {"@type": "@id"} for name in ADDRESSES}


@pytest.fixture(scope="module")
def facts():
    return load(DATA)


@pytest.fixture(scope="module")
def heads(site):
    """The head of every page but 404, by its address."""
    return {
        p.parent.relative_to(site).as_posix().removeprefix("."): lxml.html.parse(str(p))
        .getroot()
        .head
        for p in site.rglob("index.html")
    }


@functools.cache
def shapes() -> rdflib.Graph:
    """The classes and properties of schema.org as shapes, a copy that pyshacl ships."""
    return rdflib.Graph().parse(str(packaged("pyshacl") / "assets/schema.ttl"))


def as_graph(data: dict) -> rdflib.Graph:
    assert data["@context"] == "https://schema.org"
    return rdflib.Graph().parse(data=json.dumps(data | {"@context": CONTEXT}), format="json-ld")


def unknown(graph: rdflib.Graph) -> list[str]:
    """Types that schema.org does not define, and properties that it does not define for the type."""
    found = []
    for node, kind in graph.subject_objects(RDF.type):
        if (kind, RDF.type, RDFS.Class) not in shapes():
            found.append(f"{kind} is no class")
            continue
        classes = set(shapes().transitive_objects(kind, RDFS.subClassOf))
        allowed = {
            path
            for c in classes
            for shape in shapes().objects(c, SH.property)
            for path in shapes().objects(shape, SH.path)
        }
        found += [
            f"{kind} has no {name}"
            for name in graph.predicates(node)
            if name != RDF.type and name not in allowed
        ]
    return found


def wrong(graph: rdflib.Graph) -> str:
    """What is wrong with the values, by the shapes."""
    conforms, _, text = pyshacl.validate(
        graph, shacl_graph=shapes(), ont_graph=shapes(), inference="none"
    )
    return "" if conforms else text


@pytest.fixture(scope="module")
def blocks(heads):
    return {
        address: [json.loads(s.text) for s in head.xpath("script[@type='application/ld+json']")]
        for address, head in heads.items()
    }


@pytest.mark.site
def test_every_page_has_one_block_that_schema_org_defines(blocks):
    for address, found in blocks.items():
        assert len(found) == 1, address
        assert unknown(as_graph(found[0])) == [], address


@pytest.mark.site
@pytest.mark.parametrize("address", ["", "compare", "experts/ali-asker", "checks", "data"])
def test_values_are_as_schema_org_has_them(blocks, address):
    assert wrong(as_graph(blocks[address][0])) == ""


def test_the_vocabulary_can_say_no():
    person = {"@type": "Person", "@id": "x:y", "name": "A"}
    assert (
        unknown(
            as_graph(
                {
                    "@context": "https://schema.org",
                    "@graph": [person | {"verdict": "no"}, {"@type": "Klaim", "@id": "x:z"}],
                }
            )
        )
        != []
    )
    assert "affiliation" in wrong(
        as_graph(
            {
                "@context": "https://schema.org",
                "@graph": [person | {"affiliation": "a text, not an organisation"}],
            }
        )
    )


@pytest.mark.site
def test_claims_have_the_author_whom_the_article_names(blocks, facts):
    for expert in facts.experts:
        nodes = blocks[f"experts/{expert.slug}"][0]["@graph"]
        claims = {n["@id"].partition("#")[2]: n for n in nodes if n["@type"] == "Claim"}
        positions = {p.id: p for p in facts.positions if p.expert == expert.id and not p.silent}
        assert claims.keys() == positions.keys()
        person = next(n for n in nodes if n["@type"] == "Person")
        assert person["name"] == expert.name and "sameAs" not in person
        for id, position in positions.items():
            own = position.attribution in ("quoted", "reported") and position.position != "relays"
            assert claims[id].get("author") == ({"@id": person["@id"]} if own else None), id
            assert claims[id]["text"] == facts.fill(position.says)


@pytest.mark.site
def test_reviews_stand_for_checks_only(blocks, facts):
    reviews = {
        a: [n for n in b[0]["@graph"] if n["@type"] == "ClaimReview"] for a, b in blocks.items()
    }
    assert [a for a, found in reviews.items() if found] == ["checks"]
    assert {
        n["@id"].partition("#")[2]: n["reviewRating"]["alternateName"] for n in reviews["checks"]
    } == {c.id: c.verdict for c in facts.evidence.checks}
    assert "ratingValue" not in json.dumps(reviews["checks"])
    own = {c.id for c in facts.evidence.checks if c.attribution in ("quoted", "reported")}
    assert {
        n["@id"].partition("#")[2] for n in reviews["checks"] if "author" in n["itemReviewed"]
    } == own
    assert (
        not {
            "c-kunduz-2015-2016",
            "c-shoigu-civil-war",
            "c-russian-force-size",
            "c-affiliation-asker",
        }
        & own
    )


@pytest.mark.site
def test_references_within_a_block_lead_to_a_node(blocks, facts):
    for address, (block,) in blocks.items():
        nodes = {n["@id"] for n in block["@graph"] if "@id" in n}
        pointed = set(re.findall(r'\{"@id": "([^"]+)"\}', json.dumps(block["@graph"])))
        assert pointed - nodes <= {facts.source.url}, address


@pytest.mark.site
def test_every_page_has_a_preview_and_a_citation(heads, url):
    titles = set()
    for address, head in heads.items():
        meta = {
            m.get("property") or m.get("name"): m.get("content")
            for m in head.xpath("meta[@property or @name]")
        }
        full = url + (address and address + "/")
        assert meta["og:url"] == full == head.xpath("link[@rel='canonical']/@href")[0]
        assert (
            meta["og:title"]
            and meta["og:description"]
            and meta["og:title"] == meta["twitter:title"] == meta["citation_title"]
        )
        assert meta["twitter:card"] == "summary_large_image"
        assert (
            meta["og:image"]
            == meta["twitter:image"]
            == f"{url}assets/cards/{address or 'index'}.png"
        )
        assert (
            meta["citation_author"].endswith(",")
            and re.fullmatch(r"\d{4}/\d\d/\d\d", meta["citation_date"])
            and meta["citation_public_url"] == full
        )
        titles.add(meta["og:title"])
    assert len(titles) == len(heads)


@pytest.mark.site
def test_pages_say_how_to_cite_them(site, url, facts):
    cited = ["compare", "checks", "outcomes", *(f"experts/{e.slug}" for e in facts.experts)]
    for address in cited:
        box = lxml.html.parse(str(site / address / "index.html")).getroot().find_class("cite")[0]
        ours, theirs = box.find_class("cite__line")
        assert f"{url}{address}/" in ours.text and facts.source.publisher_short not in ours.text
        assert (
            facts.source.title in theirs.text
            and facts.source.url in theirs.text
            and url not in theirs.text
        )
        bibtex, csl, article_bibtex, article_csl = (pre.text for pre in box.iter("pre"))
        assert (
            json.loads(csl)[0]["URL"] == f"{url}{address}/"
            and json.loads(article_csl)[0]["URL"] == facts.source.url
        )
        for text in (bibtex, article_bibtex):
            assert re.fullmatch(
                r"@misc\{[\w-]+,\n(?:  \w+ += (?:\{.+\}|[a-z]{3}),\n)+\}", text
            ) and text.count("{") == text.count("}")


def test_citation_cff_agrees_with_the_facts(facts):
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {
        "cff-version",
        "message",
        "title",
        "authors",
        "version",
        "date-released",
        "license",
    } <= cff.keys()
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert f"site_name: {cff['title']}\n" in config
    (article,) = cff["references"]
    assert article["title"] == facts.source.title and article["url"] == facts.source.url
    assert article["publisher"]["name"] == facts.source.publisher
    assert (
        " ".join(article["authors"][0][k] for k in ("given-names", "family-names"))
        == facts.source.compiler
    )
    for count in (len(facts.positions), len(facts.evidence.checks)):
        assert str(count) in cff["abstract"]
