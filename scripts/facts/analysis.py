"""What the pages say that no record says by itself: counts, sides, comparisons, charts.

Pure functions of the dataset. Nothing here knows of markup or files.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import combinations, groupby
from typing import Any, NamedTuple
from urllib.parse import quote

from facts.article import Figure, GlossaryTerm, Measure, Position, Question
from facts.dataset import Dataset
from facts.evidence import Chart, Check, Correction, Event, Outcome, Period, Place, Reading, Sequel
from facts.fields import PartialDate
from facts.text import slug
from facts.vocabulary import PositionTerm, Term

# --- Positions ---------------------------------------------------------------------


class Side(NamedTuple):
    """Experts who come down on the same side of a question, speaking of the same thing."""

    name: str
    scope: str | None  # of whom or where they speak, where that is not what the question says
    positions: list[Position]


def steps(dataset: Dataset) -> list[PositionTerm]:
    """The words that take a side, from no to yes."""
    return [word for word in reversed(dataset.vocabulary.positions) if word.side != "none"]


def on_step(dataset: Dataset, question: Question, step: PositionTerm) -> list[Position]:
    """The answers to a question that stand on a step, in the experts' own words."""
    return [
        position
        for position in dataset.positions_on(question)
        if position.position == step.id and dataset.voice(position) == "expert"
    ]


def off_scale(dataset: Dataset, question: Question) -> list[Position]:
    """The positions that stand on no step: what is passed on or narrated first, silence last."""
    own = {p.id for step in steps(dataset) for p in on_step(dataset, question, step)}
    rest = [position for position in dataset.positions_on(question) if position.id not in own]
    return sorted(rest, key=lambda position: position.silent)


def scopes(dataset: Dataset, question: Question) -> list[tuple[str, list[Position]]]:
    """Of what the experts' own answers speak, where they do not all speak of the same thing."""
    found: dict[str, list[Position]] = {}
    for step in steps(dataset):
        for position in on_step(dataset, question, step):
            if position.scope:
                found.setdefault(position.scope, []).append(position)
    return list(found.items()) if len(found) > 1 else []


def answered(dataset: Dataset, question: Question) -> list[Position]:
    """The positions of those who say something on a question."""
    return [position for position in dataset.positions_on(question) if not position.silent]


def silent(dataset: Dataset, question: Question) -> list[Position]:
    """The positions of those who say nothing on a question."""
    return [position for position in dataset.positions_on(question) if position.silent]


def sides(dataset: Dataset, question: Question) -> list[Side]:
    """Who is on which side of a yes-no question, scope by scope; an open question has none.

    The narrator's words and the views of others are nobody's side.
    """
    side_of = {word.id: word.side for word in dataset.vocabulary.positions}
    own = [p for p in dataset.positions_on(question) if dataset.voice(p) == "expert"]
    found = []
    for scope in dict.fromkeys(position.scope for position in own):
        for name in ("yes", "between", "no"):
            positions = [p for p in own if side_of[p.position] == name and p.scope == scope]
            if positions:
                found.append(Side(name, scope, positions))
    return found


def disagreements(dataset: Dataset) -> list[tuple[Question, list[Side]]]:
    """Questions on which one expert says yes and another no, of the same thing."""
    found = []
    for question in dataset.article.questions:
        taken = sides(dataset, question)
        for scope in dict.fromkeys(side.scope for side in taken):
            same = [side for side in taken if side.scope == scope]
            if {"yes", "no"} <= {side.name for side in same}:
                found.append((question, same))
    return found


def agreements(dataset: Dataset) -> list[tuple[Question, Side]]:
    """Sides of a question that two experts or more share."""
    found = []
    for question in dataset.article.questions:
        for side in sides(dataset, question):
            if side.name != "between" and len(side.positions) > 1:
                found.append((question, side))
    return found


def different_things(dataset: Dataset) -> list[tuple[Question, list[Side]]]:
    """Questions on which experts take sides, but speak of different things."""
    found = []
    for question in dataset.article.questions:
        taken = sides(dataset, question)
        if len({side.scope for side in taken}) > 1:
            found.append((question, taken))
    return found


def on_home(dataset: Dataset) -> list[Question]:
    """The questions that the home page shows, as the data choose them."""
    return [question for question in dataset.article.questions if question.on_home]


# --- Figures -----------------------------------------------------------------------


class Comparison(NamedTuple):
    """One way in which figures of a measure relate, and the pairs it holds for."""

    kind: str  # a word of `comparisons`
    pairs: list[tuple[Figure, Figure]]
    differs_in: list[str]  # of what, where and when


def comparisons(dataset: Dataset, measure: Measure) -> list[Comparison]:
    """How the figures of a measure relate, pair by pair, gathered by kind and cause."""
    gathered: dict[tuple[str, ...], list[tuple[Figure, Figure]]] = {}
    for a, b in combinations(dataset.figures_of(measure), 2):
        gathered.setdefault((compare(a, b), *differing(a, b)), []).append((a, b))
    return [Comparison(kind, pairs, differs_in) for (kind, *differs_in), pairs in gathered.items()]


def compare(a: Figure, b: Figure) -> str:
    """How two figures of one measure relate: a word of `comparisons`.

    A list that names some does not deny that there are others, so lists that
    differ are different measures, never a conflict.
    """
    if differing(a, b):
        return "different measure"
    if isinstance(a.value, list) and isinstance(b.value, list):
        return "same" if set(a.value) == set(b.value) else "different measure"
    if a.value == b.value:
        return "same"
    if _rounded(a, b) or _rounded(b, a):
        return "rounding"
    return "conflict"


def differing(a: Figure, b: Figure) -> list[str]:
    """Which of what, where and when are not the same for two figures."""
    return [key for key in ("what", "where", "when") if getattr(a, key) != getattr(b, key)]


def _rounded(fine: Figure, coarse: Figure) -> bool:
    """Whether `coarse` is approximate, and is `fine` rounded to its last digit that is not 0."""
    if not coarse.approximate or coarse.unit == "year":
        return False
    if not isinstance(fine.value, int) or not isinstance(coarse.value, int):
        return False
    step = 1
    while coarse.value % (step * 10) == 0:
        step *= 10
    return (fine.value + step // 2) // step * step == coarse.value


class Bar(NamedTuple):
    """A line of a drawing: whose figure, and where its mark starts, from 0 to 100."""

    label: str
    shown: str
    when: str
    start: float
    length: float
    record: Figure | Reading
    expert: bool


class Drawing(NamedTuple):
    """A measure's figures and readings on one axis."""

    caption: str
    axis: str
    bars: list[Bar]


TICK = 3  # width of a tick, where the axis is 100 wide


def drawing(dataset: Dataset, chart: Chart) -> Drawing:
    """A chart, ready to be drawn.

    Values far apart are drawn as bars from nought. Bars of values close
    together would look alike, so those are drawn as ticks between the lowest
    and the highest value.
    """
    measure: Measure = dataset.by_id[chart.measure]
    readings = dataset.readings_of(measure.id)
    figures = dataset.figures_of(measure)
    values = [reading.value for reading in readings] + [figure.value for figure in figures]
    low, high = min(values), max(values)
    ticks = 0.7 * high < low < high

    def mark(value: int) -> tuple[float, float]:
        if ticks:
            return round((100 - TICK) * (value - low) / (high - low), 1), TICK
        return 0, round(100 * value / high, 1)

    bars = []
    for reading in readings:
        start, length = mark(reading.value)
        when = reading.when.shown if reading.when else "date not shown"
        bars.append(Bar(reading.label, reading.shown, when, start, length, reading, False))
    for figure in figures:
        start, length = mark(figure.value)
        short = dataset.expert_of(figure).short
        bars.append(Bar(short, dataset.in_full(figure), figure.where, start, length, figure, True))
    axis = f"Between {low:,} and {high:,}" if ticks else f"From 0 to {high:,}"
    return Drawing(chart.caption or measure.title, axis, bars)


# --- Evidence ----------------------------------------------------------------------


def corrections(dataset: Dataset) -> list[Correction]:
    """What was corrected, the latest first."""
    return sorted(dataset.evidence.corrections, key=lambda found: found.date, reverse=True)


def looked(dataset: Dataset, sequel: Sequel) -> PartialDate:
    """When somebody last looked at all that a sequel rests on: the earliest of its dates."""
    dates: list[PartialDate] = [dataset.by_id[id].looked for id in sequel.outcomes]
    return min(dates, key=lambda date: date.start)


def measures_of(dataset: Dataset, question: Question) -> list[Measure]:
    """The measures that belong to a question."""
    return [m for m in dataset.article.measures if m.question == question.id]


def checks_on(dataset: Dataset, question: Question) -> list[Check]:
    """The checks that concern an answer to a question, or a figure that belongs to it."""
    ids = _ids_on(dataset, question)
    return [check for check in dataset.evidence.checks if not ids.isdisjoint(check.ids)]


def outcomes_on(dataset: Dataset, question: Question) -> list[Outcome]:
    """The outcomes that concern an answer to a question, and those that its sequel rests on."""
    ids = _ids_on(dataset, question)
    sequel = dataset.sequel_of(question)
    named = sequel.outcomes if sequel else []
    return [
        outcome
        for outcome in dataset.evidence.outcomes
        if outcome.id in named or not ids.isdisjoint(outcome.ids)
    ]


def events_on(dataset: Dataset, question: Question) -> list[Event]:
    """The events that an answer to a question or its figures speak of, or its outcomes rest on."""
    ids = _ids_on(dataset, question)
    cited = set()
    for outcome in outcomes_on(dataset, question):
        cited |= _cited(outcome)
    return [
        event
        for event in dataset.evidence.events
        if not ids.isdisjoint(event.mentioned) or not cited.isdisjoint(event.sources)
    ]


def _ids_on(dataset: Dataset, question: Question) -> set[str]:
    """The ids of the answers to a question, and of the figures that belong to it."""
    ids = {position.id for position in dataset.positions_on(question)}
    for measure in measures_of(dataset, question):
        ids |= {figure.id for figure in dataset.figures_of(measure)}
    return ids


def speakers(dataset: Dataset, section: str = "outcomes") -> list[str]:
    """Who speaks in the checks or the outcomes: parts of the article first, then the experts."""
    speaking = {record.expert for record in getattr(dataset.evidence, section)}
    ids = [*dataset.vocabulary.ids("sections"), *(expert.id for expert in dataset.article.experts)]
    return [id for id in ids if id in speaking]


class Choice(NamedTuple):
    """A choice of the filter over the checks or the outcomes, and what it shows."""

    id: str  # its address on the page, and the class of the rows that it shows
    word: str | None  # the class, the verdict or the speaker; None for what is not judged
    records: list[Any]


VERDICTS = {"checks": ("class", "check_classes"), "outcomes": ("verdict", "verdicts")}


def by_verdict(dataset: Dataset, section: str) -> list[Choice]:
    """A choice for each class or verdict that is in use, and one for what is not judged."""
    name, words = VERDICTS[section]
    found = [
        _choice(dataset, section, f"{name}-{slug(word)}", "verdict", word)
        for word in dataset.vocabulary.ids(words)
    ]
    found.append(_choice(dataset, section, "unjudged", "verdict", None))
    return [choice for choice in found if choice.records]


def by_speaker(dataset: Dataset, section: str) -> list[Choice]:
    """A choice for each expert or part of the article of which a section has something."""
    return [
        _choice(dataset, section, f"by-{slug(id)}", "expert", id)
        for id in speakers(dataset, section)
    ]


def _choice(dataset: Dataset, section: str, id: str, key: str, word: str | None) -> Choice:
    """The choice of the records that have a word in a field."""
    records = getattr(dataset.evidence, section)
    return Choice(id, word, [record for record in records if getattr(record, key) == word])


def choices(dataset: Dataset, section: str) -> list[Choice]:
    """Every choice of the filter of a page."""
    return by_verdict(dataset, section) + by_speaker(dataset, section)


def choices_of(dataset: Dataset, section: str, record: Any) -> list[str]:
    """The ids of the choices under which a record is shown."""
    return [choice.id for choice in choices(dataset, section) if record in choice.records]


def choice_ids(dataset: Dataset) -> list[str]:
    """The ids of all choices of both pages, each once."""
    found = choices(dataset, "checks") + choices(dataset, "outcomes")
    return list(dict.fromkeys(choice.id for choice in found))


class Part(NamedTuple):
    """Neighbours in the timeline that stand open or are folded together; None is the article."""

    folded: bool
    events: list[Event | None]


class Year(NamedTuple):
    """A year of a period, part by part."""

    year: int
    parts: list[Part]

    @property
    def events(self) -> list[Event | None]:
        """What is in it, open or folded."""
        return [event for part in self.parts for event in part.events]


class Stretch(NamedTuple):
    """A period of the timeline and what happened in it; None marks the article's place."""

    period: Period
    events: list[Event | None]
    years: list[Year]


def stretches(dataset: Dataset) -> list[Stretch]:
    """The periods of the timeline that are not empty, with the article among the events."""
    found = []
    periods = dataset.evidence.periods
    published = dataset.article.source.published.start
    placed = False
    for period, following in zip(periods, [*periods[1:], None], strict=True):
        end = following.begins.start if following and following.begins else None
        events: list[Event | None] = []
        for event in dataset.evidence.events:
            begun = not period.begins or event.when.start >= period.begins.start
            if begun and (end is None or event.when.start < end):
                events.append(event)
        if not placed and (end is None or published < end):
            earlier = [e for e in events if e and e.when.start <= published]
            events.insert(len(earlier), None)
            placed = True
        if events:
            found.append(Stretch(period, events, _years(events, published.year)))
    return found


def _years(events: list[Event | None], of_article: int) -> list[Year]:
    """The years that events begin in; in each, those that are not key are folded."""
    found = []
    by_year = groupby(events, lambda event: event.when.start.year if event else of_article)
    for year, within in by_year:
        parts = groupby(within, lambda event: event is not None and not event.key)
        found.append(Year(year, [Part(folded, list(part)) for folded, part in parts]))
    return found


def citing_same_source(dataset: Dataset, record: Any, section: str) -> list[Any]:
    """The records of a section of the evidence that cite a source of `record`."""
    sources = _cited(record)
    return [
        other
        for other in getattr(dataset.evidence, section)
        if not sources.isdisjoint(_cited(other))
    ]


def _cited(record: Any) -> set[str]:
    """Ids of the sources that a check, an outcome or an event cites."""
    return {use if isinstance(use, str) else use.source for use in record.sources}


def actors_seen(dataset: Dataset) -> list[str]:
    """The actors of the timeline, in the order of the vocabulary."""
    seen = {actor for event in dataset.evidence.events for actor in event.actors}
    return [actor for actor in dataset.vocabulary.ids("actors") if actor in seen]


def events_by(dataset: Dataset, actor: str | None = None) -> list[Event]:
    """The events of the timeline that an actor took part in; without an actor, all of them."""
    return [e for e in dataset.evidence.events if actor is None or actor in e.actors]


class Density(NamedTuple):
    """The axis of the small drawings over the timeline: quarters from the article's year on.

    One column, somewhat apart, holds all that was before.
    """

    first: int
    quarters: int
    article: float  # its place, in quarters

    @property
    def years(self) -> list[tuple[int, int]]:
        """Each year of the axis, and how many of its quarters are on it."""
        starts = range(0, self.quarters, 4)
        return [(self.first + n // 4, min(4, self.quarters - n)) for n in starts]

    def bars(self, events: list[Event]) -> list[tuple[int, int]]:
        """How many of some events begin in each quarter; -1 is the column of all before."""
        counts = Counter(max(-1, self._quarter(event.when.start)) for event in events)
        return sorted(counts.items())

    def _quarter(self, day: date) -> int:
        return (day.year - self.first) * 4 + (day.month - 1) // 3


def density(dataset: Dataset) -> Density:
    """How the events of the timeline lie in time, as far as the axis goes."""
    published = dataset.article.source.published.start
    last = max([published, *(event.when.start for event in dataset.evidence.events)])
    article = round((published.month - 1) / 3 + (published.day - 1) / 93, 2)
    axis = Density(published.year, 0, article)
    return axis._replace(quarters=axis._quarter(last) + 1)


# --- Texts -------------------------------------------------------------------------


def terms_in(dataset: Dataset, texts: list[str]) -> list[GlossaryTerm]:
    """The glossary's terms that some texts use, by any of their names."""
    text = " ".join(texts)
    found = []
    for term in dataset.article.glossary:
        names = "|".join(re.escape(name) for name in (term.term, *term.also))
        if re.search(rf"(?<!\w)(?:{names})(?!\w)", text):
            found.append(term)
    return found


def fragment(text: str) -> str:
    """The part of a quotation that a text fragment looks for.

    Pages differ in the quotation marks and apostrophes that they print, so
    words with one are left out: the longest run of words without.
    """
    runs = re.split(r"\s*\S*[\"'‘’“”]\S*\s*", text)
    return max(runs, key=len)


def text_fragment(dataset: Dataset, text: str) -> str:
    """The address of a quotation in the article.

    Browsers that do not know text fragments open the page.
    """
    looked_for = quote(fragment(text), safe="").replace("-", "%2D")
    return f"{dataset.article.source.url.partition('#')[0]}#:~:text={looked_for}"


# --- Places ------------------------------------------------------------------------


def places_by_group(dataset: Dataset) -> list[tuple[Term, list[Place]]]:
    """The headings of the list of places, each with its places, role by role."""
    words = dataset.vocabulary
    found = []
    for group in words.place_groups:
        roles = [role.id for role in words.place_roles if role.group == group.id]
        places = [p for p in dataset.evidence.places if p.role in roles]
        places.sort(key=lambda place: roles.index(place.role))
        if places:
            found.append((group, places))
    return found
