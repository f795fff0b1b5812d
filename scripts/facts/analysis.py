"""What the pages say that no record says by itself: counts, comparisons, groups.

Pure functions of the facts. Nothing here knows of markup or files.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from typing import Any, NamedTuple
from urllib.parse import quote

from models import (
    SILENT,
    Check,
    Event,
    Facts,
    Figure,
    GlossaryTerm,
    Measure,
    Outcome,
    Position,
    Question,
    compare,
    differing,
)


class Comparison(NamedTuple):
    """One way in which figures of a measure relate, and the pairs it holds for."""

    kind: str
    pairs: list[tuple[Figure, Figure]]
    differs_in: list[str]


class Camp(NamedTuple):
    """Experts who come down on the same side of a question."""

    side: str
    positions: list[Position]


def tally(facts: Facts, positions: list[Position]) -> list[tuple[int, str]]:
    """How many take each position: most first, then as in the vocabulary, silence last."""
    order = facts.vocabulary.ids("positions")
    counts = Counter(p.position for p in positions)
    return sorted(
        ((n, word) for word, n in counts.items()),
        key=lambda c: (c[1] == SILENT, -c[0], order.index(c[1])),
    )


def camps(facts: Facts, question: Question) -> list[Camp]:
    """Who stands on which side of a yes-no question; no side, no camp."""
    sides = {term.id: term.side for term in facts.vocabulary.positions}
    positions = [facts.position(question, expert) for expert in facts.experts]
    found = [
        Camp(side, [p for p in positions if sides[p.position] == side])
        for side in ("yes", "between", "no")
    ]
    return [camp for camp in found if camp.positions]


def disagreements(facts: Facts) -> list[tuple[Question, list[Camp]]]:
    """Questions on which at least one expert is on the yes side and one on the no side."""
    found = [(q, camps(facts, q)) for q in facts.questions]
    return [(q, c) for q, c in found if {"yes", "no"} <= {camp.side for camp in c}]


def agreements(facts: Facts) -> list[tuple[Question, Camp]]:
    """Sides of a question that two experts or more share."""
    return [
        (q, c)
        for q in facts.questions
        for c in camps(facts, q)
        if c.side != "between" and len(c.positions) > 1
    ]


def most_divided(facts: Facts, count: int = 3) -> list[Question]:
    """The questions with most sides taken, then with most experts taking one."""

    def division(question: Question) -> tuple[int, int]:
        taken = camps(facts, question)
        return len(taken), sum(len(camp.positions) for camp in taken)

    return sorted(facts.questions, key=division, reverse=True)[:count]


def comparisons(facts: Facts, measure: Measure) -> list[Comparison]:
    """How the figures of a measure relate, pair by pair, gathered by kind and cause."""
    gathered: dict[tuple[str, ...], list[tuple[Figure, Figure]]] = {}
    for a, b in combinations(facts.figures_of(measure), 2):
        gathered.setdefault((compare(a, b), *differing(a, b)), []).append((a, b))
    return [Comparison(kind, pairs, differs_in) for (kind, *differs_in), pairs in gathered.items()]


def used_by(facts: Facts, paragraph: str) -> list[Position]:
    """The positions that rest on a paragraph."""
    return [p for p in facts.positions if paragraph in p.paragraphs]


def name_of(facts: Facts, id: str) -> str:
    """A position, figure or paragraph as a link text: Asker on entry of the Russian army."""
    shorts = {expert.id: expert.short for expert in facts.experts}
    for position in facts.positions:
        if position.id == id:
            topic = next(q.short for q in facts.questions if q.id == position.question)
            return f"{shorts[position.expert]}: {topic}"
    for figure in facts.figures:
        if figure.id == id:
            return f"{shorts[figure.expert]}: {figure.what}"
    return id


def terms_in(facts: Facts, texts: list[str]) -> list[GlossaryTerm]:
    """The glossary's terms that some texts use, by any of their names."""
    text = " ".join(texts)
    return [
        t
        for t in facts.glossary
        if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in (t.term, *t.also))
    ]


def fragment(text: str) -> str:
    """The part of a quotation that a text fragment looks for.

    Pages differ in the quotation marks and apostrophes that they print, so
    words with one are left out: the longest run of words without.
    """
    runs = re.split(r"\s*\S*[\"'‘’“”]\S*\s*", text)
    return max(runs, key=len)


def text_fragment(facts: Facts, text: str) -> str:
    """The address of a quotation in the article. Browsers that do not know text fragments open the page."""
    return f"{facts.source.url}#:~:text={quote(fragment(text), safe='').replace('-', '%2D')}"


class Bar(NamedTuple):
    """A line of a drawing: whose figure, and where its mark starts and ends, from 0 to 100."""

    label: str
    shown: str
    when: str
    start: float
    length: float
    href: str
    expert: bool


def chart(facts: Facts, measure_id: str) -> dict[str, Any]:
    """A measure's figures and readings on one axis.

    Values far apart are drawn as bars from nought. Values close together
    would all look alike so: they are drawn as ticks between the lowest and
    the highest.
    """
    measure = next(m for m in facts.measures if m.id == measure_id)
    shorts = {expert.id: expert.short for expert in facts.experts}
    entries = [
        (r.value, r.label, r.shown, r.when.shown if r.when else "date not shown", f"#{r.id}", False)
        for r in facts.evidence.readings
        if r.measure == measure_id
    ]
    for f in facts.figures_of(measure):
        unit = " km" if f.unit == "km" else ""
        entries.append(
            (
                f.value,
                shorts[f.expert],
                f"{'about ' * f.approximate}{f.shown}{unit}",
                f.where,
                f"compare/#{f.id}",
                True,
            )
        )
    low, high = min(e[0] for e in entries), max(e[0] for e in entries)
    ticks = low > 0.7 * high
    rows = []
    for value, *words, href, expert in entries:
        start = 97 * (value - low) / (high - low) if ticks else 0
        rows.append(
            Bar(*words, round(start, 1), 3 if ticks else round(100 * value / high, 1), href, expert)
        )
    axis = f"Between {low:,} and {high:,}" if ticks else f"From 0 to {high:,}"
    return {"title": measure.title, "axis": axis, "rows": rows}


def speakers(facts: Facts) -> list[dict[str, str]]:
    """Whose assessments are judged: the title question first, then the experts."""
    voices = [{"id": "title", "title": "The title question"}] + [
        {"id": e.id, "title": e.name} for e in facts.experts
    ]
    return [
        voice for voice in voices if any(o.expert == voice["id"] for o in facts.evidence.outcomes)
    ]


def periods(facts: Facts) -> list[dict[str, Any]]:
    """The events before 2021, in the summer of 2021 with the article among them, and since."""
    days = [figure.value for figure in facts.figures if figure.unit == "date"]
    bounds = [
        ("before-2021", "Before 2021", "0", "2021"),
        ("summer-2021", "June to August 2021", "2021", "2021-09"),
        ("since", "Since", "2021-09", "9"),
    ]
    found = []
    for id, title, first, last in bounds:
        events: list[Event | str] = [
            e for e in facts.evidence.events if first <= str(e.when.start) < last
        ]
        later = [i for i, event in enumerate(events) if event.when.start > max(days)]
        if id == "summer-2021":
            events.insert(later[0] if later else len(events), "article")
        found.append({"id": id, "title": title, "events": events})
    return found


def sharing(facts: Facts, record: Check | Outcome | Event, section: str) -> list[Any]:
    """The records of a section of the evidence that rest on a source of `record`."""
    return [other for other in getattr(facts.evidence, section) if _cited(other) & _cited(record)]


def _cited(record: Check | Outcome | Event) -> set[str]:
    return {item if isinstance(item, str) else item.source for item in record.sources}


def acting(facts: Facts) -> list[str]:
    """The actors of the timeline, in the order of the vocabulary."""
    seen = {actor for event in facts.evidence.events for actor in event.actors}
    return [actor for actor in facts.vocabulary.ids("actors") if actor in seen]
