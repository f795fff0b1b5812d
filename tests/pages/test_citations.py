"""How to cite a page and the article, and what a page says of itself to machines."""

import json
import re

import pytest
from making import SITE, changed, with_section

from facts.fields import PartialDate
from facts.release import Author
from pages import citations, schema_org
from pages.page import Page

# What Zotero, pandoc and the usual styles read of a page.
CSL = {
    *("id", "type", "title", "container-title", "publisher", "author", "editor"),
    *("issued", "note", "version", "language", "URL"),
}
PAGE = Page("experts/ada-baker/", "Ada Baker: On the Price of Bread", "What she says.")


# --- Citations ----------------------------------------------------------------------


def test_a_page_of_ours_is_cited_by_its_makers(release):
    found = citations.cite_page(release, PAGE, SITE)
    assert found.line == (
        "The Bread Project; Friends of the Loaf, “Ada Baker: On the Price of Bread”, "
        "Three answers on one loaf, version 1.2.3, 1 July 2021, "
        "https://example.org/loaf/experts/ada-baker/"
    )
    assert found.bibtex == (
        "@misc{experts-ada-baker-2021,\n"
        "  title        = {{Ada Baker: On the Price of Bread}},\n"
        "  author       = {{The Bread Project} and {Friends of the Loaf}},\n"
        "  howpublished = {Three answers on one loaf},\n"
        "  year         = {2021},\n"
        "  month        = jul,\n"
        "  note         = {Version 1.2.3 of 1 July 2021},\n"
        "  url          = {https://example.org/loaf/experts/ada-baker/},\n"
        "}"
    )
    (csl,) = json.loads(found.csl)
    assert csl["issued"] == {"date-parts": [[2021, 7, 1]]}
    assert csl["author"] == [{"literal": "The Bread Project"}, {"literal": "Friends of the Loaf"}]
    assert (csl["URL"], csl["type"]) == (f"{SITE}experts/ada-baker/", "webpage")


COMPILERS = [Author.model_validate({"given-names": "Bo", "family-names": "Quill"})]


def test_a_person_is_cited_by_family_name(release):
    authors = [
        *COMPILERS,
        Author(name="The Loaf & Co"),
        Author.model_validate({"family-names": "Ann"}),
    ]
    found = citations.cite_page(release.model_copy(update={"authors": authors}), PAGE, SITE)
    assert "  author       = {Quill, Bo and {The Loaf \\& Co} and {Ann}},\n" in found.bibtex
    (csl,) = json.loads(found.csl)
    names = [{"family": "Quill", "given": "Bo"}, {"literal": "The Loaf & Co"}, {"literal": "Ann"}]
    assert csl["author"] == names


def test_the_page_of_data_is_cited_as_data(release):
    page = Page("data/", "The data", "All of it.")
    (csl,) = json.loads(citations.cite_page(release, page, SITE).csl)
    assert csl["type"] == "dataset"


def test_the_article_is_cited_by_its_compiler(dataset):
    found = citations.cite_article(dataset.article.source, COMPILERS)
    assert found.line == (
        "Bo Quill (comp.), “On the Price of Bread: Will the Loaf Be Dearer?”, The Crumb, "
        "May 2020, https://example.org/bread"
    )
    assert "  month        = may,\n" in found.bibtex
    assert "  author       = {Quill, Bo},\n" in found.bibtex
    assert "  note         = {Compiled by Bo Quill. " in found.bibtex
    (csl,) = json.loads(found.csl)
    assert csl["issued"] == {"date-parts": [[2020, 5]], "circa": True}
    assert csl["publisher"] == "The Crumb, a Monthly for Bakers"
    assert csl["editor"] == [{"family": "Quill", "given": "Bo"}]
    assert csl["note"].startswith("Compiled by Bo Quill. ")
    assert csl.keys() <= CSL, "Zotero and many styles drop what they do not know"


@pytest.mark.parametrize(
    ("published", "parts"),
    [
        ("2020-05-03", [2020, 5]),
        ("2020-05", [2020, 5]),
        ("2020-05-03/2020-05-31", [2020, 5]),
        ("2020", [2020]),
        ("2020-05-03/2020-06-01", [2020]),
        ("2020-05-03/2021-05-04", [2020]),
    ],
)
def test_a_month_is_given_only_where_it_is_known(dataset, published, parts):
    source = dataset.article.source.model_copy(update={"published": PartialDate.read(published)})
    found = citations.cite_article(source, COMPILERS)
    assert json.loads(found.csl)[0]["issued"]["date-parts"] == [parts]
    assert ("month" in found.bibtex) == (len(parts) == 2)


def test_signs_of_tex_are_escaped_but_not_in_an_address(dataset):
    values = {"title": "Bread & 100% of #1_a", "url": "https://example.org/a_b?c=1&d=%20#e"}
    found = citations.cite_article(dataset.article.source.model_copy(update=values), COMPILERS)
    assert "{{Bread \\& 100\\% of \\#1\\_a}}" in found.bibtex
    assert "{https://example.org/a_b?c=1&d=%20#e}" in found.bibtex
    assert json.loads(found.csl)[0]["title"] == values["title"]


def test_cited_pages_say_how_to_cite_them(files, dataset):
    names = {name.removeprefix("includes/cite-") for name in files if "/cite-" in name}
    addresses = {f"{expert.slug}.md": expert.address for expert in dataset.article.experts}
    addresses |= {f"question-{q.slug}.md": q.address for q in dataset.article.questions}
    addresses |= {f"{name}.md": f"{name}/" for name in ("compare", "checks", "outcomes", "data")}
    assert names == addresses.keys()
    for name, address in addresses.items():
        piece = files[f"includes/cite-{name}"]
        assert piece.count(f"{SITE}{address}") == 3
        assert piece.count("https://example.org/bread") == 3
        for bibtex in re.findall(r"@misc.*?\n}", piece, re.DOTALL):
            assert bibtex.count("{") == bibtex.count("}")


# --- Schema.org ---------------------------------------------------------------------


def nodes(files, name):
    """The nodes in the head of a page, by their last name or kind."""
    head = files[f"overrides/head/{name}.html"]
    (block,) = re.findall(r'<script type="application/ld\+json">(.*)</script>', head)
    data = json.loads(block)
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def page_node(files, name):
    address = "" if name == "index" else f"{name}/"
    (page,) = [n for n in nodes(files, name) if n.get("@id") == f"{SITE}{address}#page"]
    return page


def of_type(found, kind):
    return [node for node in found if node["@type"] == kind]


def claims_of(files, slug):
    found = of_type(nodes(files, f"experts/{slug}"), "Claim")
    return {node["@id"].partition("#")[2]: node for node in found}


def test_every_answer_is_a_claim_and_no_silence_is(files, dataset):
    for expert in dataset.article.experts:
        positions = {p.id: p for p in dataset.positions_of(expert) if not p.silent}
        claims = claims_of(files, expert.slug)
        assert claims.keys() == positions.keys()
        for id, position in positions.items():
            assert claims[id]["text"] == dataset.fill(position.says)
            assert claims[id]["@id"] == f"{SITE}compare/#{id}"


AUTHORED = {
    ("quoted", "yes"): True,
    ("reported", "probably"): True,
    ("told", "yes"): False,
    ("passed on", "yes"): False,
    ("quoted", "relays"): False,
    ("reported", "relays"): False,
}


@pytest.mark.parametrize(("attribution", "position"), AUTHORED)
def test_an_expert_is_the_author_of_own_words_only(dataset, render, attribution, position):
    values = {"attribution": attribution, "position": position}
    claims = claims_of(render(changed(dataset, "q-price--baker", **values)), "ada-baker")
    person = {"@id": f"{SITE}experts/ada-baker/#person"}
    expected = person if AUTHORED[attribution, position] else None
    assert claims["q-price--baker"].get("author") == expected


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        (
            "ada-baker",
            {
                "name": "Ada Baker",
                "jobTitle": "Master baker",
                "affiliation": {"@type": "Organization", "name": "Guild of Bakers"},
            },
        ),
        (
            "lukasz-mlynarz",
            {
                "name": "Łukasz Młynarz",
                "jobTitle": "Miller",
                "alternateName": "Lukasz Mlynarz",
            },
        ),
    ],
)
def test_a_person_has_what_the_article_gives(files, slug, expected):
    person = page_node(files, f"experts/{slug}")["about"]
    named = {"@type": "Person", "@id": f"{SITE}experts/{slug}/#person"}
    assert person == named | expected


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("index", "WebPage"),
        ("method", "WebPage"),
        ("sheets/ada-baker", "WebPage"),
        ("data", "WebPage"),
        ("compare", "Article"),
        ("experts/ada-baker", "Article"),
        ("questions", "WebPage"),
        ("questions/price", "Article"),
    ],
)
def test_a_page_that_can_be_cited_is_an_article(files, name, kind):
    page = page_node(files, name)
    assert page["@type"] == kind
    assert page["image"] == f"{SITE}assets/cards/{name}.png"
    assert ("headline" in page) == (kind == "Article" or name == "data")
    assert page["datePublished"] == page["dateModified"] == "2021-07-01"


def named(value, role):
    """Who has a role and a name, in the order of the text: what readers see that follow no @id."""
    if isinstance(value, list):
        return [name for item in value for name in named(item, role)]
    if not isinstance(value, dict):
        return []
    names = []
    for key, inner in value.items():
        if key == role and isinstance(inner, dict) and "name" in inner:
            names.append(inner["name"])
        names += named(inner, role)
    return names


def test_readers_that_take_the_first_name_credit_the_makers(files, dataset):
    makers = "The Bread Project; Friends of the Loaf"
    experts = {expert.name for expert in dataset.article.experts}
    for name in [name for name in files if name.startswith("overrides/head/")]:
        found = nodes(files, name.removeprefix("overrides/head/").removesuffix(".html"))
        for role in ("author", "publisher"):
            names = named(found, role)
            assert names[0] == makers, (name, role)
            assert not experts & set(names), (name, role)
        assert not {node["@type"] for node in found} & {"Person", "NewsArticle"}, name
        assert len(of_type(found, "Article")) <= 1, "another article is taken for the page"


@pytest.mark.parametrize(
    ("name", "trail"),
    [
        ("index", []),
        ("compare", ["", "compare/"]),
        ("experts/ada-baker", ["", "experts/", "experts/ada-baker/"]),
        ("questions/price", ["", "questions/", "questions/price/"]),
    ],
)
def test_the_way_from_home_is_told(files, name, trail):
    lists = of_type(nodes(files, name), "BreadcrumbList")
    found = [
        (item["position"], item["item"]["@id"]) for one in lists for item in one["itemListElement"]
    ]
    assert found == [(number, SITE + address) for number, address in enumerate(trail, 1)]


def test_the_data_page_is_a_dataset_with_every_file(files, release):
    (data,) = of_type(nodes(files, "data"), "Dataset")
    assert (data["version"], data["datePublished"]) == ("1.2.3", "2021-07-01")
    assert data["description"].startswith("15 positions of 3 experts on 5 questions")
    there = {name.rpartition("/")[2] for name in files if name.startswith("docs/data/")}
    names = {one["name"] for one in data["distribution"]}
    besides = {"facts.yml", "evidence.yml", "vocabulary.yml", "datapackage.zip"}
    assert names == there - {"index.md"} | besides
    for one in data["distribution"]:
        assert one["contentUrl"] == f"{SITE}data/{one['name']}"
        assert one["encodingFormat"] == schema_org.FORMATS[one["name"].rpartition(".")[2]]
    for name in files:
        if name.startswith("overrides/head/") and name != "overrides/head/data.html":
            assert '"Dataset"' not in files[name]


def test_references_lead_to_a_node_or_to_the_article(files):
    for name in [name for name in files if name.startswith("overrides/head/")]:
        found = nodes(files, name.removeprefix("overrides/head/").removesuffix(".html"))
        pointed = set(re.findall(r'\{"@id": "([^"]+)"\}', json.dumps(found)))
        there = set(re.findall(r'"@id": "([^"]+)"[^}]', json.dumps(found)))
        assert pointed - there <= {"https://example.org/bread"}, name


def test_a_name_with_signs_stays_as_it_is(dataset, render):
    name = 'Ada </script><b> & "Co" {{ 1 }}'
    files = render(changed(dataset, "baker", name=name))
    person = page_node(files, "experts/ada-baker")["about"]
    assert person["name"] == name


def test_a_site_without_figures_and_outcomes_can_be_described(dataset, render):
    bare = with_section(with_section(dataset, "outcomes", []), "sequels", [])
    bare = with_section(bare, "corrections", [])
    bare = with_section(bare, "figures", dataset.article.figures)
    assert of_type(nodes(render(bare), "outcomes"), "Article")
