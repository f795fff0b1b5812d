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
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, PlainValidator, StringConstraints

SILENT = "does not address"
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def _form(pattern: str, example: str) -> Any:
    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(f"the form {example}")
        return text

    return Annotated[str, AfterValidator(check)]


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
        if type(value) not in (str, int, datetime.date) or not re.fullmatch(r"\d{4}(-\d\d(-\d\d(/\d{4}-\d\d-\d\d)?)?)?", text):
            raise ValueError(forms)
        first, _, last = text.partition("/")
        try:
            start = datetime.date.fromisoformat(first + "-01-01"[len(first) - 4 :])
            end = datetime.date.fromisoformat(last or first + "-12-31"[len(first) - 4 :]) if len(first) != 7 else start
        except ValueError:
            raise ValueError(forms) from None
        if len(first) == 7:
            end = (start.replace(day=28) + datetime.timedelta(days=4)).replace(day=1) - datetime.timedelta(days=1)
        if end < start:
            raise ValueError("a range whose end is not before its start")
        return cls(start, end, text)

    @property
    def shown(self) -> str:
        """In print: 5 July 2021, July 2021, 2021 or 5–10 August 2021."""
        if "/" in self.text:
            parts = ["%d", "%d %B", "%d %B %Y"]
            same = 0 if (self.start.year, self.start.month) == (self.end.year, self.end.month) else 1 if self.start.year == self.end.year else 2
            first, last = f"{self.start:{parts[same]}}", f"{self.end:%d %B %Y}"
            return f"{first.lstrip('0')}{' – ' if same else '–'}{last.lstrip('0')}"
        return f"{self.start:{['%Y', '%B %Y', '%d %B %Y'][self.text.count('-')]}}".lstrip("0")

    def __str__(self) -> str:
        return self.text


def _shown_or_date(value: Any) -> When | None:
    return None if value == "not shown" else When.read(value)


_KEBAB = "[a-z0-9]+(?:-[a-z0-9]+)*"
Text = Annotated[str, StringConstraints(min_length=1)]
Count = Annotated[int, PlainValidator(_count)]
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
Date = Annotated[When, PlainValidator(When.read), PlainSerializer(str)]
DateOrNone = Annotated[When | None, PlainValidator(_shown_or_date), PlainSerializer(lambda when: str(when) if when else "not shown")]


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, validate_by_name=True, validate_by_alias=True)


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


class Source(Record):
    title: Text
    publisher: Text
    publisher_short: Text
    compiler: Text
    url: Address
    archive_url: Address
    archive_note: Text
    language: Text
    date: Text
    date_note: Text


class Flag(Record):
    """English of the article that cannot be right, and how we read it."""

    kind: Text
    printed: Text
    read: Text


class Paragraph(Record):
    id: ParagraphId
    section: Text  # an expert, or a section of the vocabulary
    heading: bool = False
    words: Count  # words of the article's text, parted by white space
    says: Text
    flags: list[Flag] = []


class Expert(Record):
    id: ShortId
    slug: Slug
    short: Text
    name: Text
    also_written: Text
    role: Text  # as printed in 2021
    affiliation: Text
    interest: Text
    thesis: Text


class Group(Record):
    id: ShortId
    title: Text


class Question(Record):
    id: QuestionId
    group: Text
    kind: Text
    short: Text
    wording: Text


class Position(Record):
    """One expert's answer to one question, silence included."""

    question: Text
    expert: Text
    position: Text
    says: Text | None = None
    paragraphs: list[Text] = []
    attribution: Text | None = None
    quote: Text | None = None
    looked_for: list[Text] = []
    note: Text | None = None

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
    title: Text
    question: Text


class Figure(Record):
    id: FigureId
    measure: Text
    expert: Text
    paragraph: Text
    attribution: Text
    what: Text
    where: Text
    when: Text
    value: Annotated[Any, PlainValidator(_figure_value)]
    unit: Text
    approximate: bool
    quote: Text
    note: Text | None = None

    @property
    def shown(self) -> str:
        """The value in print, without its unit: 6,000."""
        if isinstance(self.value, list):
            return ", ".join(self.value)
        if isinstance(self.value, datetime.date):
            return f"{self.value.day} {self.value:%B %Y}"
        return str(self.value) if self.unit == "year" else f"{self.value:,}"


class GlossaryTerm(Record):
    id: TermId
    term: Text
    also: list[Text]
    means: Text


# --- Evidence: what others say, and what has happened since -------------------


class EvidenceSource(Record):
    """A page that supports a record, typed once and cited by its id."""

    id: SourceId
    publisher: Text
    title: Text
    titled: bool  # whether the title is the page's own; else ours or its address's
    date: DateOrNone
    url: Address
    kind: Text
    credits: Text | None = None  # the outlet that a repost or story credits
    party: bool  # whether the publisher is a party to what it reports
    status: Text
    note: Text | None = None


class Support(Record):
    source: Text
    supports: Text


class Check(Record):
    """A statement of the article beside an independent record."""

    id: CheckId
    group: Text
    expert: Text  # an expert, or a section of the vocabulary
    paragraphs: list[Text]
    concerns: list[Text]  # figures and positions
    statement: Text
    record: Text
    verdict: Annotated[Text, Field(alias="class")]
    confidence: Text
    confidence_note: Text | None = None
    reread: Text
    sources: list[Support]


class Outcome(Record):
    """What came of an assessment, by a criterion that is named."""

    id: OutcomeId
    expert: Text
    paragraphs: list[Text]
    concerns: list[Text]
    kind: Literal["assessment", "recommendation"]
    assessment: Text
    criterion: Text | None = None
    happened: Text
    verdict: Text | None = None  # a recommendation has none
    confidence: Text
    confidence_note: Text | None = None
    reread: Text
    looked: Date
    sources: list[Support]


class Event(Record):
    id: EventId
    when: Date
    what: Text
    place: Text | None = None
    actors: list[Text]
    mentioned: list[Text]  # figures, positions and paragraphs that mention it
    sources: list[Text]
    headline: bool = False  # one of the lines on the home page


class Place(Record):
    id: PlaceId
    name: Text
    also: list[Text]
    kind: Text
    lat: float  # degrees north
    lon: float  # degrees east
    precision: Text
    why: Text
    mentioned: list[Text]  # paragraphs
    named_in: list[Text]  # checks, outcomes and readings
    coordinates: Text  # where they come from
    note: Text | None = None


class Reading(Record):
    """What a source gives for a measure, to be drawn beside the experts' figures."""

    id: ReadingId
    measure: Text
    label: Text
    when: DateOrNone
    value: Count  # in the measure's unit, rounded to a whole number
    shown: Text  # as the source has it
    sources: list[Text]
    note: Text | None = None


class Evidence(Record):
    """The whole of evidence.yml."""

    sources: list[EvidenceSource]
    checks: list[Check]
    outcomes: list[Outcome]
    events: list[Event]
    places: list[Place]
    readings: list[Reading]


class Facts(Record):
    """The whole of facts.yml, with the vocabulary and the evidence beside it."""

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
        if any(coarse.approximate and _rounds_to(fine.value, coarse.value) for fine, coarse in ((a, b), (b, a))):
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
