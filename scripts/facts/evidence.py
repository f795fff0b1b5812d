"""What others say, and what has happened since: the records of docs/data/evidence.yml.

The texts below the fields are printed in the data dictionary, the JSON Schema
and the data package.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from facts.fields import (
    Address,
    BackgroundId,
    CheckId,
    CorrectionId,
    Count,
    Date,
    DateOrNone,
    Day,
    EventId,
    Neutral,
    OutcomeId,
    PlaceId,
    ReadingId,
    Record,
    Slug,
    SourceId,
    Text,
    TieId,
    Word,
    Words,
    day_shown,
    ref,
)

SHOWN = ("experts", "questions", "positions", "figures", "checks", "outcomes", "events")
JUDGED = ("assessment", "relayed")  # what somebody expected; the rest is no prediction


class Outlet(Record):
    """A publisher of sources, typed once."""

    id: Slug
    """Id by which sources name it."""
    name: Text
    """Its name, as it writes it."""
    owner: Annotated[Text | None, Words(1, 10)] = None
    """The state or public body that owns or pays for it; empty for states and organisations."""


class Source(Record):
    """A page that supports a record, typed once and cited by its id."""

    id: SourceId
    """Id by which records cite it."""
    outlet: Annotated[Text, ref("outlets")]
    """Id of the outlet that published it."""
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

    @property
    def withdrawn(self) -> bool:
        return self.status == "withdrawn"


class SourceUse(Record):
    """What one source supports of a record."""

    source: Annotated[Text, ref("sources")]
    """Id of the source."""
    supports: Annotated[Text, Neutral()]
    """What it supports."""


class Check(Record):
    """A statement of the article beside an independent record."""

    id: CheckId
    """Id, an address on the page of checks."""
    short: Annotated[Text, Words(1, 6), Neutral()]
    """What it is about, in a few words that are true alone."""
    line: Annotated[Text, Words(1, 20), Neutral()]
    """What the record says, in one line that is true with only the label above it."""
    group: Annotated[Text, Word("check_groups")]
    """Theme."""
    expert: Annotated[Text, ref("experts", "words.sections")]
    """Id of the expert who makes the statement, or a part of the article."""
    paragraphs: Annotated[list[Text], ref("paragraphs")]
    """Paragraphs of the article."""
    attribution: Annotated[Text | None, Word("attributions")] = None
    """Who is speaking there; empty where it is not the expert alone."""
    concerns: Annotated[list[Text], ref("figures", "positions")]
    """Ids of the figures and positions concerned."""
    statement: Annotated[Text, Words(1, 35), Neutral()]
    """The statement, in our words."""
    record: Annotated[Text, Words(1, 100), Neutral()]
    """What the record says, in our words."""
    verdict: Annotated[Text, Field(alias="class"), Word("check_classes")]
    """How the statement compares with the record."""
    confidence: Annotated[Text, Word("confidences")]
    """How well the sources carry that."""
    confidence_note: Text | None = None
    """To what the confidence applies."""
    reread: Annotated[Text, Word("rereads")]
    """Whether the key source was read a second time."""
    sources: list[SourceUse]
    """Sources, each with what it supports."""

    @property
    def ids(self) -> list[str]:
        """Ids of the figures and positions concerned."""
        return self.concerns


class Concern(Record):
    """A position that an outcome concerns."""

    id: Annotated[Text, ref("figures", "positions")]
    """Id of the position."""
    since: Annotated[Text, Words(1, 14), Neutral()]
    """What happened to that answer; true with nothing but the question above it."""


class Dated(Record):
    """One of several things that happened, where a list is easier to read than a paragraph."""

    when: Date
    """Day, month, year or range of days."""
    what: Annotated[Text, Words(1, 35), Neutral()]
    """What happened."""


class Outcome(Record):
    """What came of an assessment, by a criterion that is named."""

    id: OutcomeId
    """Id, an address on the page of outcomes."""
    short: Annotated[Text, Words(1, 6), Neutral()]
    """What it is about, in a few words that are true alone."""
    line: Annotated[Text, Words(1, 20), Neutral()]
    """What happened, in one line that is true with only the label above it."""
    expert: Annotated[Text, ref("experts", "words.sections")]
    """Id of the expert who makes the assessment, or a part of the article."""
    paragraphs: Annotated[list[Text], ref("paragraphs")]
    """Paragraphs of the article."""
    concerns: list[Concern]
    """The positions concerned, each with what happened to it."""
    kind: Literal["assessment", "relayed", "recommendation", "description", "question"]
    """Only what the expert (assessment) or somebody else (relayed) expected has a verdict."""
    owner: Text | None = None
    """Whose expectation it is, where the expert passes it on."""
    assessment: Annotated[Text, Words(1, 35), Neutral()]
    """The assessment, in our words."""
    criterion: Annotated[Text | None, Neutral()] = None
    """By what it is judged."""
    answer: Annotated[Text | None, Words(1, 12), Neutral()] = None
    """To a question: what was found, in a few words."""
    happened: Annotated[Text, Words(1, 150), Neutral()]
    """What is on record since."""
    dated: list[Dated] = []
    """What else is on record, date by date."""
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
    changed: Day | None = None
    """The day on which what it says last changed: readers of the feed are told."""
    sources: list[SourceUse]
    """Sources, each with what it supports."""

    @property
    def changed_shown(self) -> str:
        """The day on which it last changed, in print; nothing where that is not known."""
        return day_shown(self.changed) if self.changed else ""

    @property
    def ids(self) -> list[str]:
        """Ids of the positions concerned."""
        return [concern.id for concern in self.concerns]

    @property
    def judged(self) -> bool:
        """Whether somebody expected something, so that it has a verdict."""
        return self.kind in JUDGED


class Sequel(Record):
    """What happened after the article to what a question asks."""

    question: Annotated[Text, ref("questions")]
    """Id of the question."""
    says: Annotated[Text, Words(1, 18), Neutral()]
    """What happened, in a sentence that is true with nothing but the question above it."""
    outcomes: Annotated[list[Text], ref("outcomes")]
    """Ids of the outcomes on which it rests."""

    @property
    def id(self) -> str:
        """A name for tables, which no record can have as its address: q-entry/sequel."""
        return f"{self.question}/sequel"


class Event(Record):
    """Something that happened on a known day, month or year."""

    id: EventId
    """Id, an address in the timeline."""
    short: Annotated[Text, Words(1, 8), Neutral()]
    """What happened, in a few words that are true alone."""
    when: Date
    """Day, month, year or range of days, as precise as it is known."""
    what: Annotated[Text, Words(1, 45), Neutral()]
    """What happened."""
    place: Annotated[Text | None, ref("places")] = None
    """Id of the place, where it is on the map."""
    actors: Annotated[list[Text], Word("actors")]
    """Who took part."""
    mentioned: Annotated[list[Text], ref("figures", "positions", "paragraphs")]
    """Ids of figures, positions and paragraphs that speak of it."""
    sources: Annotated[list[Text], ref("sources")]
    """Ids of the sources."""
    headline: bool = False
    """Whether it is on the home page: four key events."""
    key: bool = False
    """Whether it stands open in the timeline, for readers of the short story."""


class Period(Record):
    """A part of the timeline, up to the next period."""

    id: Slug
    """Id, an address in the timeline."""
    title: Text
    """Its heading."""
    begins: Date | None = None
    """Its first day, month or year; the first period has none."""


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
    role: Annotated[Text, Word("place_roles")]
    """Its part in the story, which gives it its sign on the map."""
    beside: Annotated[Text, Words(1, 6), Neutral()]
    """What stands under its name on the map; a date without a year is of 2021."""
    lat: float
    """Degrees north."""
    lon: float
    """Degrees east."""
    precision: Annotated[Text, Word("place_precisions")]
    """Whether the marker is at the place or near it."""
    why: Annotated[Text, Neutral()]
    """Why it matters here."""
    mentioned: Annotated[list[Text], ref("paragraphs")]
    """Paragraphs of the article that name it."""
    named_in: Annotated[list[Text], ref("checks", "outcomes", "readings")]
    """Ids of checks, outcomes and readings that name it."""
    placed_from: Annotated[Text, Word("place_sources")]
    """Where the coordinates come from."""
    coordinates: Text
    """Which entry it is there, or how the position was estimated."""
    note: Text | None = None
    """How an approximate place was placed."""

    @property
    def approximate(self) -> bool:
        return self.precision == "approximate"


class Chart(Record):
    """A drawing on the page of checks: a measure's figures and readings on one axis."""

    id: Slug
    """Id, an address on the page of checks."""
    measure: Annotated[Text, ref("measures")]
    """Id of the measure that is drawn."""
    group: Annotated[Text, Word("check_groups")]
    """Theme of checks under which it is drawn."""
    title: Text
    """Its heading."""
    caption: Text | None = None
    """Caption of the drawing; the title of the measure where there is none."""
    text: Text | None = None
    """What to know before looking; {figure-id} is that figure's value."""


class Reading(Record):
    """What a source gives for a measure, to be drawn beside the experts' figures."""

    id: ReadingId
    """Id, an address on the page of checks."""
    measure: Annotated[Text, ref("measures")]
    """Id of the measure."""
    label: Text
    """Who gives it, or what is counted."""
    when: DateOrNone
    """Day or year, or: not shown."""
    value: Count
    """The number in the measure's unit, rounded to a whole one."""
    shown: Text
    """The number as the source has it."""
    sources: Annotated[list[Text], ref("sources")]
    """Ids of the sources."""
    note: Text | None = None
    """What else to know of it."""


class Background(Record):
    """Who somebody is, or what was going on: facts from outside the article."""

    id: BackgroundId
    """Id, an address on the page of background."""
    title: Text
    """Its heading."""
    says: Annotated[Text, Words(1, 90), Neutral()]
    """What to know, in a few sentences."""
    terms: Annotated[list[Text], ref("glossary")]
    """Ids of the terms that it explains."""
    sources: Annotated[list[Text], ref("sources")]
    """Ids of the sources."""
    home: bool = False
    """Whether it is on the home page too."""


class Tie(Record):
    """A fact from outside the article about an expert, or an outlet named with the expert."""

    id: TieId
    """Id, an address on the page of the expert."""
    expert: Annotated[Text, ref("experts")]
    """Id of the expert."""
    says: Annotated[Text, Words(1, 30), Neutral()]
    """The fact, in our words."""
    sources: Annotated[list[Text], ref("sources")]
    """Ids of the sources."""


class Correction(Record):
    """What a published page said wrongly."""

    id: CorrectionId
    """Id, an address on the page of method."""
    date: Day
    """The day on which it was corrected."""
    says: Annotated[Text, Words(1, 50), Neutral()]
    """What was said, and what is said now."""
    concerns: Annotated[list[Text], ref(*SHOWN)]
    """Ids of what was corrected."""

    @property
    def date_shown(self) -> str:
        """The day in print."""
        return day_shown(self.date)


class Evidence(Record):
    """What independent records say of the article, and what has happened since."""

    outlets: list[Outlet]
    sources: list[Source]
    checks: list[Check]
    outcomes: list[Outcome]
    sequels: list[Sequel]
    events: list[Event]
    places: list[Place]
    readings: list[Reading]
    charts: list[Chart]
    periods: list[Period]
    backgrounds: list[Background]
    ties: list[Tie]
    corrections: list[Correction]
