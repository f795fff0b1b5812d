"""How to cite a page of ours, and the article: a line, BibTeX and CSL-JSON.

Only what every program prints is relied on. Few know a compiler, so in CSL
that is an editor; in BibTeX, where a `misc` shows no editor, an author. Both
say in a note that the article was compiled. The note of a page has its day and
version, which have no field that all read.
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from facts.article import Article
from facts.fields import PartialDate
from facts.release import Author, Release
from pages.page import Page

DATA = "data/"  # the page that is cited for the records themselves


class Citation(NamedTuple):
    """A work to cite, in three forms."""

    line: str
    bibtex: str
    csl: str


def cite_page(release: Release, page: Page, site: str) -> Citation:
    """How to cite a page of ours: the coding, the comparison, the checks."""
    day = release.released
    url = site + page.address
    key = _key(page.name, day.year)
    line = (
        f"{release.author}, “{page.title}”, {release.title}, version {release.version}, "
        f"{release.released_shown}, {url}"
    )
    fields = {
        "title": f"{{{page.title}}}",
        "author": _bibtex_names(release.authors),
        "howpublished": release.title,
        "year": str(day.year),
        "month": f"{day:%b}".lower(),
        "note": f"Version {release.version} of {release.released_shown}",
        "url": url,
    }
    csl = {
        "id": key,
        "type": "dataset" if page.address == DATA else "webpage",
        "title": page.title,
        "container-title": release.title,
        "author": _csl_names(release.authors),
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "version": release.version,
        "language": "en",
        "URL": url,
    }
    return Citation(line, _bibtex(key, fields), _csl(csl))


def cite_article(article: Article, compilers: list[Author]) -> Citation:
    """How to cite the article: what an expert said."""
    year = article.published.start.year
    month = _month(article.published)
    key = _key(article.publisher_short, year)
    note = f"Compiled by {article.compiler}. {article.date_note}"
    line = (
        f"{article.compiler} (comp.), “{article.title}”, {article.publisher_short}, "
        f"{article.date}, {article.url}"
    )
    fields = {
        "title": f"{{{article.title}}}",
        "author": _bibtex_names(compilers),
        "howpublished": f"{article.publisher} ({article.publisher_short})",
        "year": str(year),
    }
    if month:
        fields["month"] = f"{article.published.start:%b}".lower()
    fields |= {"note": note, "url": article.url}
    csl = {
        "id": key,
        "type": "webpage",
        "title": article.title,
        "container-title": article.publisher_short,
        "publisher": article.publisher,
        "editor": _csl_names(compilers),
        "issued": {"date-parts": [[year, month] if month else [year]], "circa": True},
        "note": note,
        "language": "en",
        "URL": article.url,
    }
    return Citation(line, _bibtex(key, fields), _csl(csl))


def _csl_names(authors: list[Author]) -> list[dict[str, str]]:
    """Names of persons in two parts; those of groups whole."""
    names = []
    for author in authors:
        if author.family and author.given:
            names.append({"family": author.family, "given": author.given})
        else:
            names.append({"literal": author.shown})
    return names


def _bibtex_names(authors: list[Author]) -> str:
    """The same for BibTeX, where braces keep a group's name whole."""
    names = []
    for author in authors:
        whole = f"{{{author.shown}}}"
        parted = f"{author.family}, {author.given}"
        names.append(parted if author.family and author.given else whole)
    return " and ".join(names)


def _month(date: PartialDate) -> int | None:
    """The month of a date; None where it may be one of several."""
    first, last = date.start, date.end
    return first.month if (first.year, first.month) == (last.year, last.month) else None


def _key(name: str, year: int) -> str:
    return re.sub(r"\W+", "-", f"{name.lower()}-{year}")


def _bibtex(key: str, fields: dict[str, str]) -> str:
    width = max(map(len, fields))
    lines = [f"@misc{{{key},"]
    for name, value in fields.items():
        if name != "url":
            value = re.sub(r"([&%$#_])", r"\\\1", value)  # these mean something else in TeX
        # Months have names of their own in BibTeX, without braces.
        braced = value if name == "month" else f"{{{value}}}"
        lines.append(f"  {name:{width}} = {braced},")
    return "\n".join([*lines, "}"])


def _csl(record: dict[str, Any]) -> str:
    return json.dumps([record], ensure_ascii=False, indent=1)
