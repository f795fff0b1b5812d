"""What machines read of each page: previews, citations and schema.org.

Pure functions of the facts, the edition and the list of pages. An expert is
the author only of what the article attributes to that expert: views that are
passed on, and words of the narrator, have no author here.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any, NamedTuple

from models import Edition, Expert, Facts

OWN_WORDS = ("quoted", "reported")  # attributions under which the expert is speaking
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
FORMATS = {
    "csv": "text/csv",
    "json": "application/json",
    "geojson": "application/geo+json",
    "yml": "application/yaml",
}
CITED = ("compare/", "checks/", "outcomes/")  # besides those of the experts


class Page(NamedTuple):
    """A page: its address below the site's, its title and a sentence on it."""

    address: str
    title: str
    description: str

    @property
    def name(self) -> str:
        """What its files are called: experts/ali-asker; index for home."""
        return self.address.strip("/") or "index"


class Citation(NamedTuple):
    """A work to cite, in three forms."""

    line: str
    bibtex: str
    csl: str


def cited(facts: Facts, page: Page) -> bool:
    """Whether a page says how to cite it: the comparison, the evidence, and each expert."""
    return page.address in CITED or page.address in [
        f"experts/{expert.slug}/" for expert in facts.experts
    ]


# --- Citations ---------------------------------------------------------------------


def cite_page(edition: Edition, page: Page, site: str) -> Citation:
    """How to cite a page of ours: the coding, the comparison, the checks."""
    day, url = edition.released, site + page.address
    line = f"{edition.author}, “{page.title}”, {edition.title}, version {edition.version}, {day.day} {day:%B %Y}, {url}"
    fields = {
        "title": f"{{{page.title}}}",
        "author": f"{{{edition.author}}}",
        "howpublished": edition.title,
        "year": str(day.year),
        "month": f"{day:%b}".lower(),
        "version": edition.version,
        "url": url,
    }
    csl = {
        "id": _key(page.name, day.year),
        "type": "webpage",
        "title": page.title,
        "container-title": edition.title,
        "author": [{"literal": edition.author}],
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "version": edition.version,
        "language": "en",
        "URL": url,
    }
    return Citation(line, _bibtex(_key(page.name, day.year), fields), _csl(csl))


def cite_article(facts: Facts) -> Citation:
    """How to cite the article: what an expert said."""
    source = facts.source
    month = datetime.strptime(
        " ".join(source.date.split()[:2]), "%B %Y"
    )  # "July 2021 (after the 9th)"
    line = f"{source.compiler} (comp.), “{source.title}”, {source.publisher_short}, {source.date}, {source.url}"
    fields = {
        "title": f"{{{source.title}}}",
        "editor": source.compiler,
        "howpublished": f"{source.publisher} ({source.publisher_short})",
        "year": str(month.year),
        "month": f"{month:%b}".lower(),
        "note": source.date_note,
        "url": source.url,
    }
    csl = {
        "id": _key(source.publisher_short, month.year),
        "type": "webpage",
        "title": source.title,
        "container-title": source.publisher_short,
        "publisher": source.publisher,
        "compiler": [{"literal": source.compiler}],
        "issued": {"date-parts": [[month.year, month.month]], "circa": True},
        "note": source.date_note,
        "language": "en",
        "URL": source.url,
    }
    return Citation(line, _bibtex(_key(source.publisher_short, month.year), fields), _csl(csl))


def _key(name: str, year: int) -> str:
    return re.sub(r"\W+", "-", f"{name.lower()}-{year}")


def _bibtex(key: str, fields: dict[str, str]) -> str:
    width = max(map(len, fields))
    plain = ("month",)  # a name that BibTeX knows, without braces
    lines = [
        f"  {name:{width}} = {value if name in plain else f'{{{value}}}'},"
        for name, value in fields.items()
    ]
    return "\n".join([f"@misc{{{key},", *lines, "}"])


def _csl(record: dict[str, Any]) -> str:
    return json.dumps([record], ensure_ascii=False, indent=1)


# --- schema.org --------------------------------------------------------------------


def graph(
    facts: Facts, edition: Edition, page: Page, pages: list[Page], site: str, files: list[str]
) -> dict[str, Any]:
    """What a page is, as JSON-LD of schema.org."""
    url = site + page.address
    project = {
        "@type": "Organization",
        "@id": f"{site}#project",
        "name": edition.author,
        "url": site,
    }
    website = {
        "@type": "WebSite",
        "@id": f"{site}#website",
        "name": edition.title,
        "url": site,
        "inLanguage": "en",
        "publisher": {"@id": project["@id"]},
    }
    expert = next((e for e in facts.experts if page.address == f"experts/{e.slug}/"), None)
    node = {
        "@type": "Article" if cited(facts, page) else "WebPage",
        "@id": f"{url}#page",
        "url": url,
        "name": page.title,
        "description": page.description,
        "inLanguage": "en",
        "isPartOf": {"@id": website["@id"]},
        "license": LICENCE,
        "image": f"{site}assets/cards/{page.name}.png",
    }
    nodes = [project, website, node, *_trail(page, pages, site)]
    if node["@type"] == "Article":
        node |= {
            "headline": page.title,
            "author": {"@id": project["@id"]},
            "publisher": {"@id": project["@id"]},
            "datePublished": edition.released.isoformat(),
            "isBasedOn": {"@id": facts.source.url},
        }
        nodes.append(_article(facts))
    if expert:
        node["about"] = {"@id": f"{url}#person"}
        nodes += [_person(expert, url), *_claims(facts, expert, site, url)]
    if page.address == "checks/":
        nodes += _reviews(facts, edition, site, url, project["@id"])
    if page.address == "data/":
        nodes.append(_dataset(facts, edition, url, project["@id"], files))
    return {"@context": "https://schema.org", "@graph": nodes}


def _article(facts: Facts) -> dict[str, Any]:
    source = facts.source
    publisher = {
        "@type": "Organization",
        "name": source.publisher,
        "alternateName": source.publisher_short,
    }
    return {
        "@type": "Article",
        "@id": source.url,
        "url": source.url,
        "headline": source.title,
        "inLanguage": "en",
        "publisher": publisher,
    }


def _person(expert: Expert, url: str) -> dict[str, Any]:
    person = {
        "@type": "Person",
        "@id": f"{url}#person",
        "name": expert.name,
        "jobTitle": expert.role,
    }
    if expert.also_written != expert.name:
        person["alternateName"] = expert.also_written
    if expert.affiliation != "none given":
        person["affiliation"] = {"@type": "Organization", "name": expert.affiliation}
    return person


def _claims(facts: Facts, expert: Expert, site: str, url: str) -> list[dict[str, Any]]:
    """Each position that is not silence, as a claim in our words."""
    found = []
    for question in facts.questions:
        position = facts.position(question, expert)
        if not position.silent:
            own = position.attribution in OWN_WORDS and position.position != "relays"
            claim = {
                "@type": "Claim",
                "@id": f"{site}compare/#{position.id}",
                "name": question.wording,
                "text": facts.fill(position.says or ""),
                "appearance": {"@id": facts.source.url},
            }
            found.append(claim | ({"author": {"@id": f"{url}#person"}} if own else {}))
    return found


def _reviews(
    facts: Facts, edition: Edition, site: str, url: str, project: str
) -> list[dict[str, Any]]:
    """Each check of a statement of fact. The rating is a word: nothing here is counted in points."""
    experts = {expert.id: expert for expert in facts.experts}
    found = []
    for check in facts.evidence.checks:
        statement = facts.fill(check.statement)
        claim = {"@type": "Claim", "text": statement, "appearance": {"@id": facts.source.url}}
        if check.expert in experts and check.attribution in OWN_WORDS:
            expert = experts[check.expert]
            claim["author"] = {
                "@type": "Person",
                "name": expert.name,
                "url": f"{site}experts/{expert.slug}/",
            }
        found.append(
            {
                "@type": "ClaimReview",
                "@id": f"{url}#{check.id}",
                "url": f"{url}#{check.id}",
                "claimReviewed": statement,
                "itemReviewed": claim,
                "author": {"@id": project},
                "datePublished": edition.released.isoformat(),
                "reviewRating": {"@type": "Rating", "alternateName": check.verdict},
            }
        )
    return found


def _dataset(
    facts: Facts, edition: Edition, url: str, project: str, files: list[str]
) -> dict[str, Any]:
    downloads = [
        {
            "@type": "DataDownload",
            "name": name,
            "contentUrl": url + name,
            "encodingFormat": FORMATS[name.rpartition(".")[2]],
        }
        for name in files
    ]
    return {
        "@type": "Dataset",
        "@id": f"{url}#dataset",
        "name": edition.title,
        "description": f"{len(facts.positions)} positions of {len(facts.experts)} experts on {len(facts.questions)} questions, with what independent records say of them.",
        "url": url,
        "version": edition.version,
        "datePublished": edition.released.isoformat(),
        "license": LICENCE,
        "creator": {"@id": project},
        "isBasedOn": facts.source.url,
        "distribution": downloads,
    }


def _trail(page: Page, pages: list[Page], site: str) -> list[dict[str, Any]]:
    """The way from home to the page, which home itself has not."""
    steps = [p for p in pages if page.address.startswith(p.address)]
    if len(steps) < 2:
        return []
    items = [
        {
            "@type": "ListItem",
            "position": i,
            "item": {"@type": "WebPage", "@id": site + step.address, "name": step.title},
        }
        for i, step in enumerate(sorted(steps, key=lambda p: len(p.address)), 1)
    ]
    return [{"@type": "BreadcrumbList", "itemListElement": items}]
