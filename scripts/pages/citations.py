"""How to cite a page of ours, and the article: a line, BibTeX and CSL-JSON."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from facts.article import Article
from facts.fields import PartialDate
from facts.release import Release
from pages.page import Page


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
        "author": f"{{{release.author}}}",
        "howpublished": release.title,
        "year": str(day.year),
        "month": f"{day:%b}".lower(),
        "version": release.version,
        "url": url,
    }
    csl = {
        "id": key,
        "type": "webpage",
        "title": page.title,
        "container-title": release.title,
        "author": [{"literal": release.author}],
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "version": release.version,
        "language": "en",
        "URL": url,
    }
    return Citation(line, _bibtex(key, fields), _csl(csl))


def cite_article(article: Article) -> Citation:
    """How to cite the article: what an expert said."""
    year = article.published.start.year
    month = _month(article.published)
    key = _key(article.publisher_short, year)
    line = (
        f"{article.compiler} (comp.), “{article.title}”, {article.publisher_short}, "
        f"{article.date}, {article.url}"
    )
    fields = {
        "title": f"{{{article.title}}}",
        "editor": article.compiler,
        "howpublished": f"{article.publisher} ({article.publisher_short})",
        "year": str(year),
    }
    if month:
        fields["month"] = f"{article.published.start:%b}".lower()
    fields |= {"note": article.date_note, "url": article.url}
    csl = {
        "id": key,
        "type": "webpage",
        "title": article.title,
        "container-title": article.publisher_short,
        "publisher": article.publisher,
        "compiler": [{"literal": article.compiler}],
        "issued": {"date-parts": [[year, month] if month else [year]], "circa": True},
        "note": article.date_note,
        "language": "en",
        "URL": article.url,
    }
    return Citation(line, _bibtex(key, fields), _csl(csl))


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
