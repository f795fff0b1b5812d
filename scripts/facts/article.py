"""The shape of every record, and what can be worked out from records alone.

The models are strict: no type is converted, no unknown key is accepted.
What the article says is in docs/data/facts.yml, what other sources say in
docs/data/evidence.yml, and the words that both may use in vocabulary.yml.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)

SILENT = "does not address"
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class Word(NamedTuple):
    """Marks a field whose words are defined in a section of vocabulary.yml."""

    section: str


def _form(pattern: str, example: str) -> Any:
    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(f"the form {example}")
        return text

    return Annotated[
        str,
        AfterValidator(check),
        WithJsonSchema({"type": "string", "pattern": f"^(?:{pattern})$", "examples": [example]}),
    ]


def _count(value: Any) -> int:
    if type(value) is not int or value < 1:
        raise ValueError("a whole number above 0")
    return value


def _figure_value(value: Any) -> Any:
    names = isinstance(value, list) and value and all(isinstance(v, str) and v for v in value)
    if not names and type(value) not in (int, datetime.date):
        raise ValueError("a whole number, a date or a list of names")
    return value


@dataclass(frozen=True, order=True)
class When:
    """A day, a month, a year, or a range of days, as precise as it is known."""

    start: datetime.date
    end: datetime.date
    text: str  # as written in the data: 2021-07-05, 2021-07, 2021 or 2021-08-05/2021-08-10

    @classmethod
    def read(cls, value: Any) -> When:
        """From a value of YAML; raises ValueError for anything else."""
        text = str(value)
        forms = "a date: 2021-07-05, 2021-07, 2021 or 2021-08-05/2021-08-10"
        if type(value) not in (str, int, datetime.date) or not re.fullmatch(
            r"\d{4}(-\d\d(-\d\d(/\d{4}-\d\d-\d\d)?)?)?", text
        ):
            raise ValueError(forms)
        first, _, last = text.partition("/")
        try:
            start = datetime.date.fromisoformat(first + "-01-01"[len(first) - 4 :])
            end = (
                datetime.date.fromisoformat(last or first + "-12-31"[len(first) - 4 :])
                if len(first) != 7
                else start
            )
        except ValueError:
            raise ValueError(forms) from None
        if len(first) == 7:
            end = (start.replace(day=28) + datetime.timedelta(days=4)).replace(
                day=1
            ) - datetime.timedelta(days=1)
        if end < start:
            raise ValueError("a range whose end is not before its start")
        return cls(start, end, text)

    @property
    def shown(self) -> str:
        """In print: 5 July 2021, July 2021, 2021 or 5–10 August 2021."""
        if "/" in self.text:
            parts = ["%d", "%d %B", "%d %B %Y"]
            same = (
                0
                if (self.start.year, self.start.month) == (self.end.year, self.end.month)
                else 1
                if self.start.year == self.end.year
                else 2
            )
            first, last = f"{self.start:{parts[same]}}", f"{self.end:%d %B %Y}"
            return f"{first.lstrip('0')}{' – ' if same else '–'}{last.lstrip('0')}"
        return f"{self.start:{['%Y', '%B %Y', '%d %B %Y'][self.text.count('-')]}}".lstrip("0")

    def __str__(self) -> str:
        return self.text


def _shown_or_date(value: Any) -> When | None:
    return None if value == "not shown" else When.read(value)


_KEBAB = "[a-z0-9]+(?:-[a-z0-9]+)*"
_MONTH, _IN_MONTH = "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
_DAY = f"[0-9]{{4}}(-{_MONTH}(-{_IN_MONTH}(/[0-9]{{4}}-{_MONTH}-{_IN_MONTH})?)?)?"
_WHEN = {
    "anyOf": [
        {"type": "string", "pattern": f"^{_DAY}$"},
        {"type": "integer", "minimum": 1000, "maximum": 2999},
    ]
}
_VALUE = {
    "anyOf": [
        {"type": "integer"},
        {"type": "string", "pattern": f"^[0-9]{{4}}-{_MONTH}-{_IN_MONTH}$"},
        {"type": "array", "items": {"type": "string"}, "minItems": 1},
    ]
}

Text = Annotated[str, StringConstraints(min_length=1)]
Count = Annotated[int, PlainValidator(_count), WithJsonSchema({"type": "integer", "minimum": 1})]
Value = Annotated[Any, PlainValidator(_figure_value), WithJsonSchema(_VALUE)]
Address = _form(r'https?://[^\s<>"]+', "https://example.org/page")
ShortId = _form("[a-z]+", "asker (small letters)")
Slug = _form(_KEBAB, "ali-asker")
ParagraphId = _form("p[0-9]{2}", "p17")
QuestionId = _form(f"q-{_KEBAB}", "q-peacekeeping")
MeasureId = _form(f"f-{_KEBAB}", "f-border-length")
FigureId = _form(f"f-{_KEBAB}--[a-z]+", "f-border-length--asker")
TermId = _form(f"g-{_KEBAB}", "g-csto")
SourceId = _form(f"s-{_KEBAB}", "s-tass-2021-07-08")
CheckId = _form(f"c-{_KEBAB}", "c-border-length-asker")
OutcomeId = _form(f"o-{_KEBAB}", "o-no-russian-entry")
EventId = _form(f"e-{_KEBAB}", "e-2021-08-15-kabul")
PlaceId = _form(f"pl-{_KEBAB}", "pl-kunduz")
ReadingId = _form(f"r-{_KEBAB}", "r-border-ministry")
Date = Annotated[
    When, PlainValidator(When.read), PlainSerializer(str, return_type=str), WithJsonSchema(_WHEN)
]
DateOrNone = Annotated[
    When | None,
    PlainValidator(_shown_or_date),
    PlainSerializer(lambda when: str(when) if when else "not shown", return_type=str),
    WithJsonSchema({"anyOf": [*_WHEN["anyOf"], {"const": "not shown"}]}),
]


class Record(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        validate_by_name=True,
        validate_by_alias=True,
        use_attribute_docstrings=True,
    )


# --- The vocabulary -------------------------------------------------------------


class Term(Record):
    """A word that records may use, and its definition."""

    id: Text
    means: Text


class PositionTerm(Term):
    kinds: list[Text]  # kinds of question that admit it
    side: Text  # yes, no, between or none


class UnitTerm(Term):
    type: Text  # number, year, date or names


class Alias(Record):
    """An id that was published, and the one that replaced it."""

    old: Text
    id: Text


class Vocabulary(Record):
    positions: list[PositionTerm]
    attributions: list[Term]
    flags: list[Term]
    comparisons: list[Term]
    sections: list[Term]
    units: list[UnitTerm]
    check_groups: list[Term]
    check_classes: list[Term]
    verdicts: list[Term]
    confidences: list[Term]
    rereads: list[Term]
    source_kinds: list[Term]
    source_statuses: list[Term]
    place_kinds: list[Term]
    place_precisions: list[Term]
    actors: list[Term]
    aliases: list[Alias]

    def ids(self, section: str) -> list[str]:
        return [term.id for term in getattr(self, section)]

    def term(self, section: str, id: str) -> Term:
        return next(term for term in getattr(self, section) if term.id == id)


# --- What the article says. The texts below the fields go into the data ------------
# --- dictionary, the JSON Schemas and the data package. ----------------------------


class Source(Record):
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
    """What is known of the date."""
    date_note: Text
    """How the date is known."""


class Flag(Record):
    """English of the article that cannot be right, and how we read it."""

    kind: Annotated[Text, Word("flags")]
    """What is wrong with it."""
    printed: Text
    """The words as printed."""
    read: Text
    """How we read them."""


class Paragraph(Record):
    """A non-empty line of the article."""

    id: ParagraphId
    """Number of the line: p01 is the first."""
    section: Text
    """The expert in whose section it stands, or another part of the article."""
    heading: bool = False
    """Whether it is the heading of a section."""
    words: Count
    """How many words the article has there, parted by white space."""
    says: Text
    """What it says, in one sentence of ours."""
    flags: list[Flag] = []
    """Where its English goes wrong."""


class Expert(Record):
    """One of the five who were asked."""

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
    thesis: Text
    """The answer in at most 30 words of ours."""


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
    group: Text
    """The theme to which it belongs."""
    kind: Text
    """yes-no or open: which positions it admits."""
    short: Text
    """The question in a word or two."""
    wording: Text
    """The question in full."""


class Position(Record):
    """One expert's answer to one question, silence included."""

    question: Text
    """Id of the question."""
    expert: Text
    """Id of the expert."""
    position: Annotated[Text, Word("positions")]
    """Where the answer stands."""
    says: Text | None = None
    """The answer in at most 25 words of ours; empty where there is none."""
    paragraphs: list[Text] = []
    """Paragraphs of the article on which it rests."""
    attribution: Annotated[Text | None, Word("attributions")] = None
    """Who is speaking there."""
    quote: Text | None = None
    """Three to twelve words of the article, verbatim."""
    looked_for: list[Text] = []
    """For silence: words that were looked for in the expert's section and are not there."""
    note: Text | None = None
    """What else to know of the coding."""

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
    question: Text
    """Id of the question to which it belongs."""


class Figure(Record):
    """A number, year, date or list of names that the article gives."""

    id: FigureId
    """Id, an address on the compare page."""
    measure: Text
    """Id of the measure."""
    expert: Text
    """Id of the expert in whose section it stands."""
    paragraph: Text
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
    quote: Text
    """Three to twelve words of the article, verbatim."""
    note: Text | None = None
    """What else to know of it."""

    @property
    def shown(self) -> str:
        """The value in print, without its unit: 6,000."""
        if isinstance(self.value, list):
            return ", ".join(self.value)
        if isinstance(self.value, datetime.date):
            return f"{self.value.day} {self.value:%B %Y}"
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


# --- Evidence: what others say, and what has happened since -------------------


class EvidenceSource(Record):
    """A page that supports a record, typed once and cited by its id."""

    id: SourceId
    """Id by which records cite it."""
    publisher: Text
    """Who published it."""
    title: Text
    """Title of the page, or what it is about."""
    titled: bool
    """Whether the title is the page's own; else it is ours or its address's."""
    date: DateOrNone
    """Day, month or year of the page, or: not shown."""
    url: Address
    """Address."""
    kind: Annotated[Text, Word("source_kinds")]
    """Kind of page."""
    credits: Text | None = None
    """The outlet that a repost or story credits."""
    party: bool
    """Whether the publisher is a party to what it reports."""
    status: Annotated[Text, Word("source_statuses")]
    """Whether the page stands."""
    note: Text | None = None
    """What else to know of it."""


class Support(Record):
    """What one source supports of a record."""

    source: Text
    """Id of the source."""
    supports: Text
    """What it supports."""


class Check(Record):
    """A statement of the article beside an independent record."""

    id: CheckId
    """Id, an address on the page of checks."""
    group: Annotated[Text, Word("check_groups")]
    """Theme."""
    expert: Text
    """Id of the expert who makes the statement, or a part of the article."""
    paragraphs: list[Text]
    """Paragraphs of the article."""
    attribution: Annotated[Text | None, Word("attributions")] = None
    """Who is speaking there; empty where it is not the expert alone."""
    concerns: list[Text]
    """Ids of the figures and positions concerned."""
    statement: Text
    """The statement, in our words."""
    record: Text
    """What the record says, in our words."""
    verdict: Annotated[Text, Field(alias="class"), Word("check_classes")]
    """How the statement compares with the record."""
    confidence: Annotated[Text, Word("confidences")]
    """How well the sources carry that."""
    confidence_note: Text | None = None
    """To what the confidence applies."""
    reread: Annotated[Text, Word("rereads")]
    """Whether the key source was read a second time."""
    sources: list[Support]
    """Sources, each with what it supports."""


class Outcome(Record):
    """What came of an assessment, by a criterion that is named."""

    id: OutcomeId
    """Id, an address on the page of outcomes."""
    expert: Text
    """Id of the expert who makes the assessment, or a part of the article."""
    paragraphs: list[Text]
    """Paragraphs of the article."""
    concerns: list[Text]
    """Ids of the positions concerned."""
    kind: Literal["assessment", "recommendation"]
    """An assessment can turn out right or wrong; a recommendation can not, and has no verdict."""
    assessment: Text
    """The assessment, in our words."""
    criterion: Text | None = None
    """By what it is judged."""
    happened: Text
    """What is on record since."""
    verdict: Annotated[Text | None, Word("verdicts")] = None
    """Whether what happened meets the criterion."""
    confidence: Annotated[Text, Word("confidences")]
    """How well the sources carry that."""
    confidence_note: Text | None = None
    """To what the confidence applies."""
    reread: Annotated[Text, Word("rereads")]
    """Whether the key source was read a second time."""
    looked: Date
    """When somebody last looked."""
    sources: list[Support]
    """Sources, each with what it supports."""


class Event(Record):
    """Something that happened on a known day, month or year."""

    id: EventId
    """Id, an address in the timeline."""
    when: Date
    """Day, month, year or range of days, as precise as it is known."""
    what: Text
    """What happened."""
    place: Text | None = None
    """Id of the place, where it is on the map."""
    actors: Annotated[list[Text], Word("actors")]
    """Who took part."""
    mentioned: list[Text]
    """Ids of figures, positions and paragraphs that speak of it."""
    sources: list[Text]
    """Ids of the sources."""
    headline: bool = False
    """Whether it stands on the home page."""


class Place(Record):
    """A place that the article or the evidence names."""

    id: PlaceId
    """Id, an address on the page of the map."""
    name: Text
    """Name in common English use."""
    also: list[Text]
    """Other spellings and names."""
    kind: Annotated[Text, Word("place_kinds")]
    """Kind of place."""
    lat: float
    """Degrees north."""
    lon: float
    """Degrees east."""
    precision: Annotated[Text, Word("place_precisions")]
    """Whether the marker stands at the place or near it."""
    why: Text
    """Why it matters here."""
    mentioned: list[Text]
    """Paragraphs of the article that name it."""
    named_in: list[Text]
    """Ids of checks, outcomes and readings that name it."""
    coordinates: Text
    """Where the coordinates come from."""
    note: Text | None = None
    """How an approximate place was placed."""


class Reading(Record):
    """What a source gives for a measure, to be drawn beside the experts' figures."""

    id: ReadingId
    """Id, an address on the page of checks."""
    measure: Text
    """Id of the measure."""
    label: Text
    """Who gives it, or what is counted."""
    when: DateOrNone
    """Day or year, or: not shown."""
    value: Count
    """The number in the measure's unit, rounded to a whole one."""
    shown: Text
    """The number as the source has it."""
    sources: list[Text]
    """Ids of the sources."""
    note: Text | None = None
    """What else to know of it."""


class Author(BaseModel):
    """Who made this site, as CITATION.cff names an entity."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)

    name: Text


class Edition(BaseModel):
    """What CITATION.cff says of this site, as far as pages and files use it."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True, validate_by_alias=True)

    title: Text
    version: Text
    released: Annotated[datetime.date, Field(alias="date-released")]
    authors: list[Author]

    @property
    def author(self) -> str:
        return "; ".join(author.name for author in self.authors)


class Evidence(Record):
    """What independent records say of the article, and what has happened since."""

    sources: list[EvidenceSource]
    checks: list[Check]
    outcomes: list[Outcome]
    events: list[Event]
    places: list[Place]
    readings: list[Reading]


class Facts(Record):
    """What the article says; with the vocabulary and the evidence, once loaded."""

    source: Source
    paragraphs: list[Paragraph]
    experts: list[Expert]
    groups: list[Group]
    questions: list[Question]
    positions: list[Position]
    measures: list[Measure]
    figures: list[Figure]
    glossary: list[GlossaryTerm]
    vocabulary: Vocabulary
    evidence: Evidence

    def paragraphs_of(self, expert: Expert) -> list[Paragraph]:
        """The expert's section without its heading."""
        return [p for p in self.paragraphs if p.section == expert.id and not p.heading]

    def position(self, question: Question, expert: Expert) -> Position:
        return self._by_pair[question.id, expert.id]

    @cached_property
    def _by_pair(self) -> dict[tuple[str, str], Position]:
        return {(p.question, p.expert): p for p in self.positions}

    @cached_property
    def _shown(self) -> dict[str, str]:
        return {f.id: f.shown for f in self.figures}

    def figures_of(self, measure: Measure) -> list[Figure]:
        return [f for f in self.figures if f.measure == measure.id]

    def fill(self, text: str) -> str:
        """`text` with each {figure-id} replaced by that figure's value."""
        return PLACEHOLDER.sub(lambda match: self._shown[match[1]], text)


def compare(a: Figure, b: Figure) -> str:
    """How two figures of one measure relate: an id of `comparisons`.

    A list that names some does not deny that there are others, so lists that
    differ are different measures, never a conflict.
    """
    if differing(a, b):
        return "different measure"
    if isinstance(a.value, list) and isinstance(b.value, list):
        return "same" if set(a.value) == set(b.value) else "different measure"
    if a.value == b.value:
        return "same"
    if isinstance(a.value, int) and isinstance(b.value, int):
        if any(
            coarse.approximate and _rounds_to(fine.value, coarse.value)
            for fine, coarse in ((a, b), (b, a))
        ):
            return "rounding"
    return "conflict"


def differing(a: Figure, b: Figure) -> list[str]:
    """Which of what, where and when are not the same for two figures."""
    return [key for key in ("what", "where", "when") if getattr(a, key) != getattr(b, key)]


def _rounds_to(fine: int, coarse: int) -> bool:
    """Whether `fine`, rounded to the last digit of `coarse` that is not 0, gives it."""
    step = 1
    while coarse % (step * 10) == 0:
        step *= 10
    return (fine + step // 2) // step * step == coarse
