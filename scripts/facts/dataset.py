"""The whole: what the article says, what others say, and the words for both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from facts.article import (
    PLACEHOLDER,
    ArticleFacts,
    Expert,
    Figure,
    Measure,
    Paragraph,
    Position,
    Question,
)
from facts.evidence import (
    Background,
    Chart,
    Check,
    Correction,
    Event,
    Evidence,
    Outcome,
    Outlet,
    Reading,
    Sequel,
    Source,
    Tie,
)
from facts.vocabulary import UnitTerm, Vocabulary, former_ids

PAGE_OF: dict[type[Any], str] = {
    Check: "checks/",
    Outcome: "outcomes/",
    Event: "timeline/",
    Correction: "method/",
}  # the page that shows all records of a kind


@dataclass(frozen=True)
class Dataset:
    """The three files, once they are judged, and the ways from record to record."""

    article: ArticleFacts
    evidence: Evidence
    vocabulary: Vocabulary

    # --- One record by its id. Each raises KeyError for an id that is not there. ---

    @cached_property
    def by_id(self) -> dict[str, Any]:
        """Every record that has an id, positions included."""
        found: dict[str, Any] = {}
        for document in (self.article, self.evidence):
            for name in type(document).model_fields:
                records = getattr(document, name)
                if isinstance(records, list):
                    found |= {record.id: record for record in records}
        return found

    def ids(self, section: str) -> list[str]:
        """The ids of a section of the evidence."""
        return [record.id for record in getattr(self.evidence, section)]

    def expert_of(self, record: Any) -> Expert:
        """The expert whom a record names."""
        expert: Expert = self.by_id[record.expert]
        return expert

    def question_of(self, record: Any) -> Question:
        """The question that a record names."""
        question: Question = self.by_id[record.question]
        return question

    def is_expert(self, id: str) -> bool:
        """Whether a speaker or a section is an expert, not another part of the article."""
        return isinstance(self.by_id.get(id), Expert)

    def speaker_name(self, id: str) -> str:
        """The name of an expert, or of the part of the article that speaks."""
        if self.is_expert(id):
            name: str = self.by_id[id].name
            return name
        return self.vocabulary.term("sections", id).means

    def speaker_short(self, id: str) -> str:
        """The family name of an expert, or the name of the part of the article that speaks."""
        if self.is_expert(id):
            short: str = self.by_id[id].short
            return short
        return self.speaker_name(id)

    def voice(self, record: Position | Figure) -> str:
        """Who speaks: expert, narrator or third party; nobody where an expert is silent."""
        for word in self.vocabulary.attributions:
            if word.id == record.attribution:
                return word.voice
        return ""

    def stance(self, position: Position) -> str:
        """Where an answer stands, and whose it is if it is not the expert's: yes (narrator)."""
        if self.voice(position) == "narrator":
            return f"{position.position} (narrator)"
        return position.position

    # --- Records that belong to another --------------------------------------------

    def position(self, question: Question, expert: Expert) -> Position:
        position: Position = self.by_id[f"{question.id}--{expert.id}"]
        return position

    def positions_on(self, question: Question) -> list[Position]:
        """Every expert's position on a question, in the order of the experts."""
        return [self.position(question, expert) for expert in self.article.experts]

    def positions_of(self, expert: Expert) -> list[Position]:
        """An expert's position on every question, in the order of the questions."""
        return [self.position(question, expert) for question in self.article.questions]

    def addressed_by(self, expert: Expert) -> list[Position]:
        """The positions in which the expert says something; the narrator's words are not theirs."""
        return [
            position
            for position in self.positions_of(expert)
            if not position.silent and self.voice(position) != "narrator"
        ]

    def questions_in(self, group: str) -> list[Question]:
        return [question for question in self.article.questions if question.group == group]

    def sections(self) -> list[tuple[str, list[Paragraph]]]:
        """The article from top to bottom, in parts of one section each."""
        grouped = groupby(self.article.paragraphs, key=lambda paragraph: paragraph.section)
        return [(section, list(paragraphs)) for section, paragraphs in grouped]

    def paragraphs_of(self, expert: Expert) -> list[Paragraph]:
        """The expert's section without its heading."""
        return [
            paragraph
            for paragraph in self.article.paragraphs
            if paragraph.section == expert.id and not paragraph.heading
        ]

    def figures_of(self, measure: Measure) -> list[Figure]:
        return [figure for figure in self.article.figures if figure.measure == measure.id]

    def figures_by(self, expert: Expert) -> list[Figure]:
        return [figure for figure in self.article.figures if figure.expert == expert.id]

    def figures_in(self, paragraph: Paragraph) -> list[Figure]:
        return [figure for figure in self.article.figures if figure.paragraph == paragraph.id]

    def positions_resting_on(self, paragraph: Paragraph) -> list[Position]:
        return [p for p in self.article.positions if paragraph.id in p.paragraphs]

    def sequel_of(self, question: Question) -> Sequel | None:
        """What happened to what a question asks, if somebody looked."""
        for sequel in self.evidence.sequels:
            if sequel.question == question.id:
                return sequel
        return None

    def checks_in(self, group: str) -> list[Check]:
        return [check for check in self.evidence.checks if check.group == group]

    def checks_by(self, speaker: str) -> list[Check]:
        return [check for check in self.evidence.checks if check.expert == speaker]

    def outcomes_by(self, speaker: str) -> list[Outcome]:
        return [outcome for outcome in self.evidence.outcomes if outcome.expert == speaker]

    def charts_in(self, group: str) -> list[Chart]:
        return [chart for chart in self.evidence.charts if chart.group == group]

    def readings_of(self, measure: str) -> list[Reading]:
        return [reading for reading in self.evidence.readings if reading.measure == measure]

    def ties_of(self, expert: Expert) -> list[Tie]:
        """What is known of an expert from outside the article."""
        return [tie for tie in self.evidence.ties if tie.expert == expert.id]

    def outlet_of(self, source: Source) -> Outlet:
        outlet: Outlet = self.by_id[source.outlet]
        return outlet

    def background_of(self, term: str) -> Background | None:
        """The background that explains a term, if there is one."""
        for background in self.evidence.backgrounds:
            if term in background.terms:
                return background
        return None

    def events_at(self, place: str) -> list[Event]:
        return [event for event in self.evidence.events if event.place == place]

    def checks_of(self, id: str) -> list[Check]:
        """The checks that concern a figure or a position."""
        return self._checks_of.get(id, [])

    def outcomes_of(self, id: str) -> list[tuple[Outcome, str]]:
        """The outcomes that concern a position, each with what happened to that answer."""
        return [
            (outcome, concern.since)
            for outcome in self._outcomes_of.get(id, [])
            for concern in outcome.concerns
            if concern.id == id
        ]

    def events_of(self, id: str) -> list[Event]:
        """The events that a figure, a position or a paragraph speaks of."""
        return self._events_of.get(id, [])

    @cached_property
    def _checks_of(self) -> dict[str, list[Check]]:
        return _by_ids((check.ids, check) for check in self.evidence.checks)

    @cached_property
    def _outcomes_of(self) -> dict[str, list[Outcome]]:
        return _by_ids((outcome.ids, outcome) for outcome in self.evidence.outcomes)

    @cached_property
    def _events_of(self) -> dict[str, list[Event]]:
        return _by_ids((event.mentioned, event) for event in self.evidence.events)

    # --- Texts and addresses -------------------------------------------------------

    def address_of(self, id: str) -> str:
        """Where a record is shown in full, below the site's address."""
        record = self.by_id[id]
        if isinstance(record, Expert | Question):
            return record.address
        if page := PAGE_OF.get(type(record)):
            return f"{page}#{id}"
        if isinstance(record, Figure):
            record = self.by_id[record.measure]
        return f"{self.question_of(record).address}#{id}"

    def fill(self, text: str) -> str:
        """`text` with each {figure-id} replaced by that figure's value."""
        if "{" not in text:
            return text
        return PLACEHOLDER.sub(lambda match: self.by_id[match[1]].shown, text)

    def in_full(self, figure: Figure) -> str:
        """The value of a figure in print, with its unit: about 1,300 km."""
        unit = self.units[figure.unit]
        about = "about " if figure.approximate else ""
        after = f" {unit.after}" if unit.after else ""
        return f"{about}{figure.shown}{after}"

    @cached_property
    def units(self) -> dict[str, UnitTerm]:
        return {unit.id: unit for unit in self.vocabulary.units}

    def former(self, id: str) -> list[str]:
        """The ids that led to a record before, so that old links keep working."""
        return former_ids(id, self.vocabulary.aliases)


def _by_ids(pairs: Iterable[tuple[list[str], Any]]) -> dict[str, list[Any]]:
    """The records that name an id, by that id."""
    found: dict[str, list[Any]] = defaultdict(list)
    for ids, record in pairs:
        for id in ids:
            found[id].append(record)
    return dict(found)
