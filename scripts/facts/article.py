"""What the article says: the records of docs/data/facts.yml.

The texts below the fields are printed in the data dictionary, the JSON Schema
and the data package.
"""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Literal

from facts.fields import (
    Address,
    Count,
    Date,
    FigureId,
    MeasureId,
    Neutral,
    ParagraphId,
    QuestionId,
    Record,
    ShortId,
    Slug,
    TermId,
    Text,
    Value,
    Word,
    Words,
    day_shown,
    ref,
)

SILENT = "does not address"
NONE_GIVEN = "none given"
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")  # {f-border-length--asker}: that figure's value


class Article(Record):
    """The article that everything else is about."""

    title: Text
    """Title, as printed."""
    publisher: Text
    """Who published it."""
    publisher_short: Text
    """The publisher's short name."""
    compiler: Text
    """Who put the answers together."""
    url: Address
    """Address of the article."""
    archive_url: Address
    """Address of an archived copy."""
    archive_note: Text
    """What is known of that copy."""
    language: Text
    """Language, and whether it is a translation."""
    date: Text
    """What is known of the date, in words."""
    published: Date
    """The day, month, year or range of days in which it appeared, as far as that is known."""
    date_note: Text
    """How the date is known."""


class Flag(Record):
    """English of the article that cannot be right, and how we read it."""

    kind: Annotated[Text, Word("flags")]
    """What is wrong with it."""
    printed: Annotated[Text, Words(1, 12)]
    """The words as printed."""
    read: Text
    """How we read them."""


class Paragraph(Record):
    """A non-empty line of the article."""

    id: ParagraphId
    """Number of the line: p01 is the first."""
    section: Annotated[Text, ref("experts", "words.sections")]
    """The expert in whose section it is, or another part of the article."""
    heading: bool = False
    """Whether it is the heading of a section."""
    words: Count
    """How many words the article has there, separated by white space."""
    says: Text
    """What it says, in one sentence of ours."""
    flags: list[Flag] = []
    """Where its English goes wrong."""


class Expert(Record):
    """One of those who were asked."""

    id: ShortId
    """Short id, part of the ids of positions and figures."""
    slug: Slug
    """Last part of the page's address."""
    short: Text
    """Family name."""
    name: Text
    """Name as the article prints it, diacritics included."""
    also_written: Text
    """The name in plain ASCII."""
    role: Text
    """Role as printed in 2021."""
    affiliation: Text
    """Institution as printed in 2021, or: none given."""
    interest: Text
    """What a reader may want to know of where the person stands."""
    thesis: Annotated[Text, Words(1, 30)]
    """The answer in our words."""

    @property
    def address(self) -> str:
        """The address of the expert's page, below the site's."""
        return f"experts/{self.slug}/"

    @property
    def initials(self) -> str:
        """First letters of the first and the last name."""
        names = self.name.split()
        return names[0][0] + names[-1][0]

    @property
    def role_line(self) -> str:
        """Role and, where one is given, institution."""
        if self.affiliation == NONE_GIVEN:
            return self.role
        return f"{self.role}, {self.affiliation}"

    @property
    def known_as(self) -> str:
        """In a word or two: the institution, or the role where none is given."""
        return self.role if self.affiliation == NONE_GIVEN else self.affiliation


class Group(Record):
    """A theme of the comparison: a table of its own."""

    id: ShortId
    """Short id, the table's address on the page."""
    title: Text
    """The table's caption."""


class Question(Record):
    """A question that is put to the article."""

    id: QuestionId
    """Id, the row's address."""
    group: Annotated[Text, ref("groups")]
    """The theme to which it belongs."""
    kind: Literal["yes-no", "open"]
    """yes-no or open: which positions it admits."""
    short: Text
    """The question in a word or two."""
    wording: Text
    """The question in full."""
    also: list[Text] = []
    """The question in other words, as readers search for it."""
    on_home: bool = False
    """Whether the home page features it; every yes-no question is there anyhow."""

    @property
    def slug(self) -> str:
        """Last part of the page's address: entry."""
        return self.id.removeprefix("q-")

    @property
    def address(self) -> str:
        """The address of the question's page, below the site's."""
        return f"questions/{self.slug}/"


class Position(Record):
    """One expert's answer to one question, silence included."""

    question: Annotated[Text, ref("questions")]
    """Id of the question."""
    expert: Annotated[Text, ref("experts")]
    """Id of the expert."""
    position: Annotated[Text, Word("positions")]
    """Where the answer stands."""
    says: Annotated[Text | None, Words(1, 25)] = None
    """The answer in our words; empty where there is none."""
    paragraphs: Annotated[list[Text], ref("paragraphs")] = []
    """Paragraphs of the article on which it rests."""
    attribution: Annotated[Text | None, Word("attributions")] = None
    """Who is speaking there."""
    quote: Annotated[Text | None, Words(3, 12)] = None
    """A fragment of the article, verbatim."""
    looked_for: list[Text] = []
    """For silence: words that were looked for in the expert's section and are not there."""
    note: Text | None = None
    """What else to know of the coding."""
    scope: Annotated[Text | None, Words(1, 10)] = None
    """Of whom or where the answer speaks, where that is not what the question says."""
    phrase: Annotated[Text | None, Words(1, 6), Neutral()] = None
    """The answer in a few words, where the position's word alone does not say it."""

    @property
    def silent(self) -> bool:
        return self.position == SILENT

    @property
    def id(self) -> str:
        """The cell's anchor: q-entry--asker."""
        return f"{self.question}--{self.expert}"


class Measure(Record):
    """Figures that a reader would set side by side."""

    id: MeasureId
    """Id, an address on the compare page."""
    title: Text
    """What is measured."""
    question: Annotated[Text, ref("questions")]
    """Id of the question to which it belongs."""


class Figure(Record):
    """A number, year, date or list of names that the article gives."""

    id: FigureId
    """Id, an address on the compare page."""
    measure: Annotated[Text, ref("measures")]
    """Id of the measure."""
    expert: Annotated[Text, ref("experts")]
    """Id of the expert in whose section it is."""
    paragraph: Annotated[Text, ref("paragraphs")]
    """Paragraph of the article."""
    attribution: Annotated[Text, Word("attributions")]
    """Who is speaking there."""
    what: Text
    """What is counted or dated. Figures are compared only where what, where and when agree."""
    where: Text
    """Of which place."""
    when: Text
    """Of which time."""
    value: Value
    """The number, year, date or names."""
    unit: Annotated[Text, Word("units")]
    """Unit of the value."""
    approximate: bool
    """Whether it is said to be approximate."""
    quote: Annotated[Text, Words(3, 12)]
    """A fragment of the article, verbatim."""
    note: Text | None = None
    """What else to know of it."""

    @property
    def shown(self) -> str:
        """The value in print, without its unit: 6,000."""
        if isinstance(self.value, list):
            return ", ".join(self.value)
        if isinstance(self.value, datetime.date):
            return day_shown(self.value)
        return str(self.value) if self.unit == "year" else f"{self.value:,}"


class GlossaryTerm(Record):
    """A name or term, as this site uses it."""

    id: TermId
    """Id, an address on the glossary page."""
    term: Text
    """The term."""
    also: list[Text]
    """Other spellings and names."""
    means: Text
    """What it stands for."""


class ArticleFacts(Record):
    """What the article says, and nothing else."""

    source: Article
    paragraphs: list[Paragraph]
    experts: list[Expert]
    groups: list[Group]
    questions: list[Question]
    positions: list[Position]
    measures: list[Measure]
    figures: list[Figure]
    glossary: list[GlossaryTerm]
