"""Hold the facts against a local copy of the article.

    python scripts/check_source.py ARTICLE

ARTICLE is a plain text file; its non-empty lines are p01, p02 … Anyone can
save one from the address in docs/data/facts.yml. The article itself is not
part of this project, and nothing of the copy is kept.
"""

from __future__ import annotations

import argparse
import datetime
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from derive import fragment
from facts import load_with_lines
from models import Facts, Position
from rules import Found, fold
from yaml_lines import DataError, Problem

LONGEST_RUN = 8  # words in a row that a text of ours may share with the article
TEXTS = (
    "*.md",
    "docs/**/*.md",
    "docs/data/*.yml",
    "scripts/templates/*.j2",
    "overrides/**/*.html",
    "mkdocs.yml",
)

_PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " ", "–": "-"})


def plain(text: str) -> str:
    """`text` with straight quotation marks and single spaces."""
    return " ".join(text.translate(_PLAIN).split())


def holds(text: str, fragment: str) -> bool:
    """Whether `fragment` stands in `text`, whole words only."""
    return re.search(rf"(?<!\w){re.escape(plain(fragment))}(?!\w)", plain(text)) is not None


def words(text: str) -> list[str]:
    """The words of a text, in small letters, without punctuation."""
    return re.findall(r"\w+(?:['-]\w+)*", plain(text).lower())


def numbers(text: str) -> set[int]:
    """The numbers written in figures; "1.3 thousand" counts as 1300."""
    found = re.findall(r"(\d[\d,]*(?:\.\d+)?)(\s+thousand)?", plain(text))
    return {
        round(float(digits.replace(",", "")) * (1000 if thousand else 1))
        for digits, thousand in found
    }


@dataclass
class Article:
    """The article, paragraph by paragraph, beside what the facts say of it."""

    facts: Facts
    lines: list[str]

    def __getitem__(self, id: str) -> str:
        index = int(id[1:]) - 1
        return self.lines[index] if index < len(self.lines) else ""

    def section(self, expert: str) -> str:
        return "\n".join(
            self[p.id] for p in self.facts.paragraphs if p.section == expert and not p.heading
        )

    def holder(self, fragment: str) -> str:
        """Where else a fragment stands, for messages."""
        ids = [p.id for p in self.facts.paragraphs if holds(self[p.id], fragment)]
        return f" (it stands in {', '.join(ids)})" if ids else " (it stands nowhere in the article)"


def check_paragraphs(article: Article) -> Found:
    """There are as many paragraphs as stated, of the stated length, each in the section of the heading above it."""
    stated = article.facts.paragraphs
    if len(stated) != len(article.lines):
        yield ("paragraphs",), f"found {len(article.lines)} in the article, expected {len(stated)}"
    names = {e.id: e.name for e in article.facts.experts}
    above = None
    for i, paragraph in enumerate(stated):
        text = article[paragraph.id]
        if (count := len(text.split())) != paragraph.words:
            yield (
                ("paragraphs", i, "words"),
                f"found {count} in the article, expected {paragraph.words}",
            )
        if paragraph.heading and fold(names[paragraph.section]).lower() not in fold(text).lower():
            yield (
                ("paragraphs", i),
                f"found no {names[paragraph.section]} in this heading, expected the name",
            )
        elif not paragraph.heading and any(
            fold(text).lower().startswith(fold(n).lower() + " (") for n in names.values()
        ):
            yield (
                ("paragraphs", i, "heading"),
                "found a heading in the article, expected `heading: true`",
            )
        if paragraph.heading:
            above = paragraph.section
        elif paragraph.section in names and paragraph.section != above:
            yield (
                ("paragraphs", i, "section"),
                f"found {paragraph.section!r} under the heading of {above!r}, expected the same",
            )


def check_quotes(article: Article) -> Found:
    """Quotes and printed fragments stand verbatim in the paragraph they name."""
    for i, position in enumerate(article.facts.positions):
        if position.quote and not any(
            holds(article[p], position.quote) for p in position.paragraphs
        ):
            named = ", ".join(position.paragraphs)
            yield (
                ("positions", i, "quote"),
                f"found {position.quote!r} not in {named}, expected it there{article.holder(position.quote)}",
            )
    for i, figure in enumerate(article.facts.figures):
        if not holds(article[figure.paragraph], figure.quote):
            where = ("figures", i, "quote")
            yield (
                where,
                f"found {figure.quote!r} not in {figure.paragraph}, expected it there{article.holder(figure.quote)}",
            )
    for i, paragraph in enumerate(article.facts.paragraphs):
        for j, flag in enumerate(paragraph.flags):
            if not holds(article[paragraph.id], flag.printed):
                where = ("paragraphs", i, "flags", j, "printed")
                yield (
                    where,
                    f"found {flag.printed!r} not in {paragraph.id}, expected it there{article.holder(flag.printed)}",
                )


def check_fragments(article: Article) -> Found:
    """What a link looks for in the article stands there exactly once, whatever the case of its letters."""
    text = plain("\n".join(article.lines)).lower()
    for section in ("positions", "figures"):
        for i, record in enumerate(getattr(article.facts, section)):
            if record.quote:
                looked_for = plain(fragment(record.quote)).lower()
                count = len(re.findall(rf"(?<!\w){re.escape(looked_for)}(?!\w)", text))
                if count > 1:  # that it stands there at all is judged above
                    yield (
                        (section, i, "quote"),
                        f"found {looked_for!r} {count} times in the article, expected once: links lead there",
                    )


def check_numbers(article: Article) -> Found:
    """Each number of a paraphrase, and each figure, stands in its paragraphs."""
    for i, position in enumerate(article.facts.positions):
        if position.says:
            there = set().union(*(numbers(article[p]) for p in position.paragraphs))
            for number in sorted(numbers(article.facts.fill(position.says)) - there):
                yield (
                    ("positions", i, "says"),
                    f"found {number}, expected a number of {', '.join(position.paragraphs)}",
                )
    for i, paragraph in enumerate(article.facts.paragraphs):
        for number in sorted(
            numbers(re.sub(r"\bp\d\d\b", "", paragraph.says)) - numbers(article[paragraph.id])
        ):
            yield ("paragraphs", i, "says"), f"found {number}, expected a number of {paragraph.id}"
    for i, figure in enumerate(article.facts.figures):
        text = article[figure.paragraph]
        if isinstance(figure.value, list):
            missing = [name for name in figure.value if name not in text]
        elif isinstance(figure.value, datetime.date):
            date = figure.value
            missing = (
                []
                if {date.day, date.year} <= numbers(text) and f"{date:%B}" in text
                else [figure.shown]
            )
        else:
            missing = [] if figure.value in numbers(text) else [figure.shown]
        for value in missing:
            yield (
                ("figures", i, "value"),
                f"found {value} not in {figure.paragraph}, expected it there",
            )


def check_silence(article: Article) -> Found:
    """The words looked for are absent from the section of a silent expert."""
    for i, position in enumerate(article.facts.positions):
        section = f" {' '.join(words(article.section(position.expert)))} "
        for j, term in enumerate(position.looked_for):
            if f" {' '.join(words(term))} " in section:
                yield (
                    ("positions", i, "looked_for", j),
                    f"found {term!r} in {_holding(article, position, term)}, expected silence",
                )


def _holding(article: Article, position: Position, term: str) -> str:
    needle = f" {' '.join(words(term))} "
    ids = [
        p.id
        for p in article.facts.paragraphs
        if p.section == position.expert and needle in f" {' '.join(words(article[p.id]))} "
    ]
    return ", ".join(ids) or "the section"


def shared_runs(article: Article, root: Path) -> Iterator[Problem]:
    """Texts of ours share no run of more than eight words with the article, outside quotation marks.

    Short quotations (up to 12 words between quotation marks) are left out,
    and so are the fields that hold the article's own words.
    """
    n = LONGEST_RUN + 1
    source = words("\n".join(article.lines))
    runs = {tuple(source[i : i + n]) for i in range(len(source) - n + 1)}
    for path in sorted({p for pattern in TEXTS for p in root.glob(pattern) if p.is_file()}):
        ours = [(word, number) for number, line in enumerate(_own(path), 1) for word in words(line)]
        end = 0
        for i in range(len(ours) - n + 1):
            run = tuple(word for word, _ in ours[i : i + n])
            if run in runs and i >= end:
                end = i + n
                message = f"found nine words in a row of the article ({' '.join(run)}), expected our own words"
                yield Problem(path.relative_to(root).as_posix(), ours[i][1], "", message)


def _own(path: Path) -> list[str]:
    text = re.sub(r"</?q>", '"', path.read_text(encoding="utf-8").translate(_PLAIN))
    if path.suffix == ".yml":
        text = re.sub(r"^[ -]*(?:title|quote|printed):.*$", "", text, flags=re.MULTILINE)
    return re.sub(r'"([^"\n]*)"', lambda m: m[0] if len(m[1].split()) > 12 else "", text).split(
        "\n"
    )


CHECKS = [check_paragraphs, check_quotes, check_fragments, check_numbers, check_silence]


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("article", type=Path, metavar="ARTICLE")
    path = parser.parse_args(argv).article
    try:
        facts, doc = load_with_lines()
        try:
            lines = [
                line for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()
            ]
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(
                [
                    Problem(
                        path.as_posix(),
                        1,
                        "",
                        f"found no readable text ({error}), expected the article",
                    )
                ]
            ) from None
        article = Article(facts, lines)
        for check in CHECKS:
            for where, message in check(article):
                doc.add(where, message)
        if problems := [*doc.problems, *shared_runs(article, Path())]:
            raise DataError(problems)
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    quotes = sum(record.quote is not None for record in [*facts.positions, *facts.figures])
    silences = sum(p.silent for p in facts.positions)
    print(
        f"{len(facts.paragraphs)} paragraphs, {quotes} quotes, {silences} silences, {len(facts.figures)} figures: all as in the article"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
