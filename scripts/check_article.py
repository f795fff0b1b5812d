"""Hold the facts against a local copy of the article.

    python scripts/check_article.py ARTICLE

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

from facts import load
from facts.analysis import fragment
from facts.article import Figure, Paragraph, Position
from facts.dataset import Dataset
from facts.records import FACTS
from facts.rules import Problems
from facts.text import to_ascii
from facts.yaml_lines import DataError, Loc, Problem

LONGEST_RUN = 8  # words in a row that a text of ours may share with the article
LONGEST_QUOTATION = 12  # words between quotation marks that are left out of that
TEXTS = (
    "*.md",
    "docs/**/*.md",
    "docs/data/*.yml",
    "scripts/**/*.j2",
    "overrides/**/*.html",
    "mkdocs.yml",
)

_PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " ", "–": "-"})


# --- Texts -------------------------------------------------------------------------


def plain(text: str) -> str:
    """`text` with straight quotation marks and single spaces."""
    return " ".join(text.translate(_PLAIN).split())


def count_in(text: str, fragment: str) -> int:
    """How many times `fragment` occurs in `text`, whole words only."""
    return len(re.findall(rf"(?<!\w){re.escape(plain(fragment))}(?!\w)", plain(text)))


def words(text: str) -> list[str]:
    """The words of a text, in small letters, without punctuation."""
    return re.findall(r"\w+(?:['-]\w+)*", plain(text).lower())


def numbers(text: str) -> set[int]:
    """The numbers written in figures; "1.3 thousand" counts as 1300."""
    found = set()
    for digits, thousand in re.findall(r"(\d[\d,]*(?:\.\d+)?)(\s+thousand)?", plain(text)):
        value = float(digits.replace(",", ""))
        found.add(round(value * 1000 if thousand else value))
    return found


@dataclass
class Copy:
    """A copy of the article, paragraph by paragraph, beside what the facts say of it."""

    dataset: Dataset
    lines: list[str]

    def __getitem__(self, id: str) -> str:
        """The text of a paragraph; empty where the copy is shorter."""
        index = int(id[1:]) - 1
        return self.lines[index] if index < len(self.lines) else ""

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def section(self, position: Position) -> list[Paragraph]:
        """The paragraphs of the expert whose position it is, without the heading."""
        return self.dataset.paragraphs_of(self.dataset.expert_of(position))

    def elsewhere(self, fragment: str) -> str:
        """Where else a fragment occurs, for messages."""
        paragraphs = self.dataset.article.paragraphs
        ids = [p.id for p in paragraphs if count_in(self[p.id], fragment)]
        if not ids:
            return "it is nowhere in the article"
        return f"it is in {', '.join(ids)}"


# --- Checks: each is a generator of (loc, message), as in facts/rules.py -------------


def check_length(copy: Copy) -> Problems:
    """There are as many paragraphs as stated, each of the stated length."""
    stated = copy.dataset.article.paragraphs
    if len(stated) != len(copy.lines):
        message = f"found {len(copy.lines)} in the article, expected {len(stated)}"
        yield ("paragraphs",), message
    for i, paragraph in enumerate(stated):
        count = len(copy[paragraph.id].split())
        if count != paragraph.words:
            message = f"found {count} in the article, expected {paragraph.words}"
            yield ("paragraphs", i, "words"), message


def check_headings(copy: Copy) -> Problems:
    """A heading names its expert; each paragraph is in the section of the heading above it."""
    names = {expert.id: expert.name for expert in copy.dataset.article.experts}
    above = None
    for i, paragraph in enumerate(copy.dataset.article.paragraphs):
        text = to_ascii(copy[paragraph.id]).lower()
        if paragraph.heading:
            above = paragraph.section
            name = names[paragraph.section]
            if to_ascii(name).lower() not in text:
                yield ("paragraphs", i), f"found no {name} in this heading, expected the name"
            continue
        if any(text.startswith(f"{to_ascii(name).lower()} (") for name in names.values()):
            message = "found a heading in the article, expected `heading: true`"
            yield ("paragraphs", i, "heading"), message
        if paragraph.section in names and paragraph.section != above:
            message = f"found {paragraph.section!r} under the heading of {above!r}"
            yield ("paragraphs", i, "section"), f"{message}, expected the same"


def check_quotes(copy: Copy) -> Problems:
    """Quotations and printed fragments occur verbatim in the paragraph they name."""
    for loc, text, paragraphs in _fragments(copy):
        if not any(count_in(copy[id], text) for id in paragraphs):
            message = f"found {text!r} not in {', '.join(paragraphs)}, expected it there"
            yield loc, f"{message} ({copy.elsewhere(text)})"


def _fragments(copy: Copy) -> Iterator[tuple[Loc, str, list[str]]]:
    """Every verbatim fragment: the way to it, the words, and where they ought to be."""
    article = copy.dataset.article
    for i, position in enumerate(article.positions):
        if position.quote:
            yield ("positions", i, "quote"), position.quote, position.paragraphs
    for i, figure in enumerate(article.figures):
        yield ("figures", i, "quote"), figure.quote, [figure.paragraph]
    for i, paragraph in enumerate(article.paragraphs):
        for j, flag in enumerate(paragraph.flags):
            yield ("paragraphs", i, "flags", j, "printed"), flag.printed, [paragraph.id]


def check_links(copy: Copy) -> Problems:
    """What a link looks for in the article occurs once, whatever the case of its letters."""
    for loc, text, _ in _fragments(copy):
        if loc[-1] != "quote":
            continue
        looked_for = plain(fragment(text)).lower()
        count = count_in(copy.text.lower(), looked_for)
        if count > 1:  # check_quotes says where it does not occur at all
            message = f"found {looked_for!r} {count} times in the article, expected once"
            yield loc, f"{message}: links lead there"


def check_numbers(copy: Copy) -> Problems:
    """Each number of a paraphrase occurs in its paragraphs."""
    for i, position in enumerate(copy.dataset.article.positions):
        if position.says:
            ours = numbers(copy.dataset.fill(position.says))
            theirs = numbers("\n".join(copy[id] for id in position.paragraphs))
            for number in sorted(ours - theirs):
                expected = f"a number of {', '.join(position.paragraphs)}"
                yield ("positions", i, "says"), f"found {number}, expected {expected}"
    for i, paragraph in enumerate(copy.dataset.article.paragraphs):
        ours = numbers(re.sub(r"\bp\d{2,3}\b", "", paragraph.says))
        for number in sorted(ours - numbers(copy[paragraph.id])):
            message = f"found {number}, expected a number of {paragraph.id}"
            yield ("paragraphs", i, "says"), message


def check_figures(copy: Copy) -> Problems:
    """The value of a figure occurs in its paragraph."""
    for i, figure in enumerate(copy.dataset.article.figures):
        for value in _missing(figure, copy[figure.paragraph]):
            message = f"found {value} not in {figure.paragraph}, expected it there"
            yield ("figures", i, "value"), message


def _missing(figure: Figure, text: str) -> list[str]:
    """What of a figure's value a paragraph does not have."""
    value = figure.value
    if isinstance(value, list):
        return [name for name in value if name not in text]
    if isinstance(value, datetime.date):
        there = {value.day, value.year} <= numbers(text) and f"{value:%B}" in text
    else:
        there = value in numbers(text)
    return [] if there else [figure.shown]


def check_silence(copy: Copy) -> Problems:
    """The words looked for are absent from the section of a silent expert."""
    for i, position in enumerate(copy.dataset.article.positions):
        for j, term in enumerate(position.looked_for):
            needle = f" {' '.join(words(term))} "
            for paragraph in copy.section(position):
                if needle in f" {' '.join(words(copy[paragraph.id]))} ":
                    message = f"found {term!r} in {paragraph.id}, expected silence"
                    yield ("positions", i, "looked_for", j), message


CHECKS = [check for name, check in globals().items() if name.startswith("check_")]


# --- Our own words -----------------------------------------------------------------


def shared_runs(copy: Copy, root: Path) -> Iterator[Problem]:
    """Texts of ours share no run of more than eight words with the article.

    Short quotations are left out, and so are the fields that hold the
    article's own words.
    """
    length = LONGEST_RUN + 1
    source = words(copy.text)
    runs = {tuple(source[i : i + length]) for i in range(len(source) - length + 1)}
    for path in _texts(root):
        ours = []
        for number, line in enumerate(own_words(path), 1):
            ours += [(word, number) for word in words(line)]
        end = 0
        for i in range(len(ours) - length + 1):
            run = tuple(word for word, _ in ours[i : i + length])
            if i >= end and run in runs:
                end = i + length
                found = f"found nine words in a row of the article ({' '.join(run)})"
                name = path.relative_to(root).as_posix()
                yield Problem(name, ours[i][1], "", f"{found}, expected our own words")


def _texts(root: Path) -> list[Path]:
    found = {path for pattern in TEXTS for path in root.glob(pattern)}
    return sorted(path for path in found if path.is_file())


def own_words(path: Path) -> list[str]:
    """The lines of a file without the article's own words."""
    text = path.read_text(encoding="utf-8").translate(_PLAIN)
    text = re.sub(r"</?q>", '"', text)
    if path.suffix == ".yml":
        text = re.sub(r"^[ -]*(?:title|quote|printed):.*$", "", text, flags=re.MULTILINE)

    def shorten(match: re.Match[str]) -> str:
        return match[0] if len(match[1].split()) > LONGEST_QUOTATION else ""

    return re.sub(r'"([^"\n]*)"', shorten, text).split("\n")


# --- The command -------------------------------------------------------------------


def check(path: Path, root: Path = Path()) -> Dataset:
    """Hold the facts in `root` against the article at `path`.

    Raises DataError with everything in which they differ.
    """
    records = load.read_records(root)
    if problems := load.judge(records):
        raise DataError(problems)
    copy = Copy(load.dataset_of(records), read_article(path))
    for one in CHECKS:
        for loc, message in one(copy):
            records.add((FACTS, *loc), message)
    if problems := [*records.problems, *shared_runs(copy, root)]:
        raise DataError(problems)
    return copy.dataset


def read_article(path: Path) -> list[str]:
    """The non-empty lines of a text file; raises DataError if it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"found no readable text ({error}), expected the article"
        raise DataError([Problem(path.as_posix(), 1, "", message)]) from None
    return [line for line in text.splitlines() if line.strip()]


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("article", type=Path, metavar="ARTICLE")
    try:
        article = check(parser.parse_args(argv).article).article
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    quotes = len(article.figures) + sum(bool(position.quote) for position in article.positions)
    silences = sum(position.silent for position in article.positions)
    print(
        f"{len(article.paragraphs)} paragraphs, {quotes} quotes, {silences} silences, "
        f"{len(article.figures)} figures: all as in the article"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
