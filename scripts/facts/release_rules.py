"""The rules that CITATION.cff must keep; rules.py says how a rule is written."""

from __future__ import annotations

from facts.records import RELEASE, Records
from facts.rules import Problems, rules_of


def rule_names_the_article(records: Records) -> Problems:
    """The first reference is the article, with title, address and compiler as in the facts."""
    for (_, release), (_, article) in zip(
        records.all("release"), records.all("source"), strict=False
    ):
        reference = release.references[0]
        for key, found, expected in (
            ("title", reference.title, article.title),
            ("url", reference.url, article.url),
            ("authors", reference.author, article.compiler),
        ):
            if found != expected:
                message = f"found {found!r}, expected {expected!r} as in facts.yml"
                yield (RELEASE, "references", 0, key), message


def rule_authors_have_names(records: Records) -> Problems:
    """An author has a name."""
    for _, release in records.all("release"):
        for i, author in enumerate(release.authors):
            if not author.shown:
                place = (RELEASE, "authors", i, "name")
                yield place, "found nothing, expected `name`, or `given-names` and `family-names`"


RULES = rules_of(globals())
