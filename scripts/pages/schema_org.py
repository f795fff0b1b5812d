"""What each page is, as JSON-LD of schema.org.

An expert is the author only of what the article attributes to that expert:
views that are passed on, and words of the narrator, have no author here.

Many readers of pages follow no `@id`: they take the first author and the first
publisher that has a name. So the makers of the site are named in each of its
nodes, and these stand before what is said of others. The article and an expert
are within the page that is based on it or about them: as nodes of their own
they were taken for the page and for its author.
"""

from __future__ import annotations

from typing import Any

from facts.article import NONE_GIVEN, Expert
from facts.dataset import Dataset
from facts.release import Release
from pages.citations import DATA
from pages.page import Page

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
FORMATS = {
    "csv": "text/csv",
    "json": "application/json",
    "geojson": "application/geo+json",
    "yml": "application/yaml",
    "zip": "application/zip",
}
Node = dict[str, Any]


def graph(
    dataset: Dataset,
    release: Release,
    page: Page,
    trail: list[Page],
    site: str,
    files: list[str],
    cited: bool,
) -> Node:
    """What a page is, and what it is about.

    `trail` are the pages from home to this one, `files` the names of the data
    files; `cited` says whether the page says how to cite it.
    """
    url = site + page.address
    of_data = page.address == DATA
    node = _page(release, page, site, "Article" if cited and not of_data else "WebPage")
    nodes = [*_site(release, site), node, *_breadcrumbs(trail, site)]
    if cited:
        node |= {"headline": page.title, "isBasedOn": _article(dataset)}
    for expert in dataset.article.experts:
        if page.address == expert.address:
            node["about"] = _person(expert, url)
            nodes += _claims(dataset, expert, site, url)
    if of_data:
        node["mainEntity"] = {"@id": f"{url}#dataset"}
        nodes.append(_dataset(dataset, release, url, _makers(release, site), files))
    return {"@context": "https://schema.org", "@graph": nodes}


def _makers(release: Release, site: str) -> Node:
    """Who made the site, by name."""
    return {"@type": "Organization", "@id": f"{site}#project", "name": release.author}


def _site(release: Release, site: str) -> list[Node]:
    """Who made the site, and the site itself."""
    project = _makers(release, site)
    website: Node = {
        "@type": "WebSite",
        "@id": f"{site}#website",
        "name": release.title,
        "url": site,
        "inLanguage": "en",
        "publisher": project,
    }
    return [project | {"url": site}, website]


def _page(release: Release, page: Page, site: str, kind: str) -> Node:
    url = site + page.address
    day = release.released.isoformat()
    return {
        "@type": kind,
        "@id": f"{url}#page",
        "url": url,
        "name": page.title,
        "description": page.description,
        "inLanguage": "en",
        "author": _makers(release, site),
        "publisher": _makers(release, site),
        "datePublished": day,
        "dateModified": day,
        "isPartOf": {"@id": f"{site}#website"},
        "license": LICENCE,
        "image": f"{site}assets/cards/{page.name}.png",
    }


def _article(dataset: Dataset) -> Node:
    article = dataset.article.source
    return {
        "@type": "Article",
        "@id": article.url,
        "url": article.url,
        "headline": article.title,
        "inLanguage": "en",
        "publisher": {
            "@type": "Organization",
            "name": article.publisher,
            "alternateName": article.publisher_short,
        },
    }


def _person(expert: Expert, url: str) -> Node:
    person: Node = {
        "@type": "Person",
        "@id": f"{url}#person",
        "name": expert.name,
        "jobTitle": expert.role,
    }
    if expert.also_written != expert.name:
        person["alternateName"] = expert.also_written
    if expert.affiliation != NONE_GIVEN:
        person["affiliation"] = {"@type": "Organization", "name": expert.affiliation}
    return person


def _claims(dataset: Dataset, expert: Expert, site: str, url: str) -> list[Node]:
    """Each position that is not silence, as a claim in our words."""
    claims = []
    for position in dataset.positions_of(expert):
        if position.silent:
            continue
        claim: Node = {
            "@type": "Claim",
            "@id": f"{site}compare/#{position.id}",
            "name": dataset.question_of(position).wording,
            "text": dataset.fill(position.says or ""),
            "appearance": {"@id": dataset.article.source.url},
        }
        if dataset.voice(position) == "expert" and position.position != "relays":
            claim["author"] = {"@id": f"{url}#person"}
        claims.append(claim)
    return claims


def _dataset(dataset: Dataset, release: Release, url: str, makers: Node, files: list[str]) -> Node:
    article = dataset.article
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
        "name": release.title,
        "description": (
            f"{len(article.positions)} positions of {len(article.experts)} experts on "
            f"{len(article.questions)} questions, with what independent records say of them."
        ),
        "url": url,
        "version": release.version,
        "datePublished": release.released.isoformat(),
        "dateModified": release.released.isoformat(),
        "license": LICENCE,
        "creator": makers,
        "isBasedOn": article.source.url,
        "distribution": downloads,
    }


def _breadcrumbs(trail: list[Page], site: str) -> list[Node]:
    """The way from home to the page; home itself has none."""
    if len(trail) < 2:
        return []
    items = []
    for number, step in enumerate(trail, 1):
        page = {"@type": "WebPage", "@id": site + step.address, "name": step.title}
        items.append({"@type": "ListItem", "position": number, "item": page})
    return [{"@type": "BreadcrumbList", "itemListElement": items}]
