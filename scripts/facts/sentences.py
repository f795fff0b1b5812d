"""English made from records: what a page says in words that nobody typed."""

from __future__ import annotations

from collections import Counter
from typing import Any

from facts.analysis import Choice, Comparison
from facts.article import Figure, Measure, Position, Question
from facts.dataset import Dataset
from facts.evidence import Check, Event, Outcome, Place, Reading, Source
from facts.fields import PartialDate, day_shown

ASPECTS = {"what": "what is measured", "where": "the place", "when": "the time"}
UNJUDGED = "not judged"
# Silent reading of English prose, rounded down: Brysbaert (2019) found 238 words a minute.
WORDS_A_MINUTE = 230
SMALL_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def upper_first(text: str) -> str:
    """`text` with a capital first letter; the other letters stay."""
    return text[:1].upper() + text[1:]


def join(words: list[str]) -> str:
    """The words as a list in a sentence: a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def number(things: list[Any]) -> str:
    """How many things there are, small numbers in words: five."""
    count = len(things)
    return SMALL_NUMBERS[count] if count < len(SMALL_NUMBERS) else f"{count:,}"


def count_of(things: list[Any], one: str, many: str = "") -> str:
    """How many things there are, small numbers in words: five experts."""
    return f"{number(things)} {one if len(things) == 1 else many or one + 's'}"


def minutes(words: int) -> str:
    """How long it takes to read so many words, as it stands over a link: Two minutes."""
    count = max(1, round(words / WORDS_A_MINUTE))
    return upper_first(count_of([None] * count, "minute"))


def name_of(dataset: Dataset, id: str) -> str:
    """A position, figure or paragraph as a link text: Asker: entry of the Russian army."""
    record = dataset.by_id[id]
    if isinstance(record, Position):
        return f"{dataset.expert_of(record).short}: {dataset.question_of(record).short}"
    if hasattr(record, "expert"):
        return f"{dataset.expert_of(record).short}: {record.what}"
    return id


def subject_of(dataset: Dataset, id: str) -> str:
    """What a record is about, as a link text: Asker, or Civil war."""
    record = dataset.by_id[id]
    if isinstance(record, Position | Figure):
        return name_of(dataset, id)
    return str(record.short)


def label_of(dataset: Dataset, id: str) -> str:
    """A check, an outcome or a reading as a link text, with the class of a check."""
    record = dataset.by_id[id]
    if isinstance(record, Check):
        return f"{record.short}: {record.verdict}"
    if isinstance(record, Reading):
        return record.when.shown if record.when else "date not shown"
    return str(record.short)


def unjudged(outcome: Outcome) -> str:
    """What is said in place of a verdict on something that nobody expected."""
    match outcome.kind:
        case "question":
            return f"The answer so far: {outcome.answer}"
        case "description":
            return "A description of the time, not judged"
    return "A recommendation, not judged"


def chosen(dataset: Dataset, choice: Choice, total: int) -> str:
    """What a filter shows. Nobody's records are counted: that would be read as a score."""
    if choice.id.startswith("by-"):
        return f"{dataset.speaker_short(choice.word or '')}: only these rows are shown."
    word = upper_first(choice.word or UNJUDGED)
    return f"{word}: {len(choice.records)} of {total} rows are shown."


def folded(dataset: Dataset, record: Check | Outcome, events: list[Event]) -> str:
    """What is folded away below a record: 2 sources, 1 answer, 3 events in the timeline."""
    concerned = [dataset.by_id[id] for id in record.ids]
    answers = [one for one in concerned if isinstance(one, Position)]
    counts = (
        (len(record.sources), "source", ""),
        (len(answers), "answer", ""),
        (len(concerned) - len(answers), "figure", ""),
        (len(events), "event", " in the timeline"),
    )
    parts = [f"{n} {word}{'s' if n != 1 else ''}{after}" for n, word, after in counts if n]
    return ", ".join(parts)


def standing(dataset: Dataset, positions: list[Position]) -> str:
    """Who says what on a question, in a sentence that reads aloud.

    Where the answers do not all speak of the same thing, each says of what.
    """
    taken = {position.scope for position in positions if position.scope}
    groups: dict[tuple[str, bool, str], list[Position]] = {}
    for position in positions:
        scope = position.scope if position.scope and len(taken) > 1 else ""
        key = (position.position, dataset.voice(position) == "narrator", scope)
        groups.setdefault(key, []).append(position)
    order = dataset.vocabulary.ids("positions")

    def rank(key: tuple[str, bool, str]) -> tuple[int, int]:
        return -len(groups[key]), order.index(key[0])

    told = []
    silent = ""
    for key in sorted(groups, key=rank):
        said = _who_says(dataset, groups[key], key[2])
        if groups[key][0].silent:
            silent = said
        else:
            told.append(said)
    return upper_first("; ".join(filter(None, [", ".join(told), silent]))) + "."


def _who_says(dataset: Dataset, group: list[Position], scope: str) -> str:
    """Some experts and the position that they share: Asker and İbrahimi say no."""
    word = dataset.vocabulary.position(group[0].position)
    who = names(dataset, group)
    if dataset.voice(group[0]) == "narrator":
        who = f"the narrator in the section of {who}"
    one = len(group) == 1 or dataset.voice(group[0]) == "narrator"
    about = f" ({scope})" if scope else ""
    return f"{who} {word.one if one else word.many}{about}"


def names(dataset: Dataset, positions: list[Position]) -> str:
    """Whose positions they are: Asker and İbrahimi."""
    return join([dataset.expert_of(position).short for position in positions])


def question_in_short(dataset: Dataset, question: Question) -> str:
    """Who says what on a question, and what happened: for previews and search engines."""
    text = standing(dataset, dataset.positions_on(question))
    sequel = dataset.sequel_of(question)
    return f"{text} What happened: {sequel.says}" if sequel else text


def in_short(dataset: Dataset, position: Position) -> str:
    """A position in a few words: its phrase, or its word where that says it."""
    if not position.phrase:
        return dataset.stance(position)
    phrase = dataset.fill(position.phrase)
    return phrase if dataset.voice(position) == "expert" else f"{position.attribution}: {phrase}"


def comparison(dataset: Dataset, measure: Measure, found: Comparison) -> str:
    """How some figures of a measure relate, in a sentence or two."""
    if found.differs_in:
        return _differs(dataset, found)
    figures = dataset.figures_of(measure)
    if found.kind == "different measure" and isinstance(figures[0].value, list):
        counts = [f"{dataset.expert_of(f).short} names {len(f.value)}" for f in figures]
        return f"{', '.join(counts)}. To name some is not to say that there are no others."
    pairs = []
    for a, b in found.pairs:
        names = f"{dataset.expert_of(a).short} and {dataset.expert_of(b).short}"
        pairs.append(f"{names} ({dataset.in_full(a)} / {dataset.in_full(b)})")
    return f"{', '.join(pairs)}. {dataset.vocabulary.term('comparisons', found.kind).means}"


def _differs(dataset: Dataset, found: Comparison) -> str:
    """In which respect figures are different measures."""
    aspects = join([ASPECTS[key] for key in found.differs_in])
    verb = "differ" if len(found.differs_in) > 1 else "differs"
    pairs = []
    for a, b in found.pairs:
        first = f"{dataset.expert_of(a).short} ({a.shown})"
        pairs.append(f"{first} and {dataset.expert_of(b).short} ({b.shown})")
    return f"{upper_first(aspects)} {verb} between {'; '.join(pairs)}."


def confidence(record: Any) -> str:
    """How well sources carry a check or an outcome, and whether they were read again."""
    text = f"confidence {record.confidence}"
    if record.confidence_note:
        text += f" ({record.confidence_note})"
    if record.reread == "no":
        text += "; not re-read"
    elif record.reread == "partly":
        text += "; re-read in part"
    return text


def cited_as(dataset: Dataset, source: Source) -> str:
    """A source as a link text: its outlet and its title."""
    title = f"“{source.title}”" if source.titled else source.title
    return f"{dataset.outlet_of(source).name}, {title}"


def source_details(source: Source) -> str:
    """What follows the link to a source: its date and whom it credits."""
    date = source.date.shown if source.date else "date not shown"
    return f"{date}, crediting {source.credits}" if source.credits else date


def actors(event: Event) -> str:
    """Who took part in an event, as far as they have a name."""
    return ", ".join(actor for actor in event.actors if actor != "other")


def span(events: list[Event]) -> str:
    """When the first and the last of some events began: 5–7 July 2021, or the months."""
    first, last = events[0].when, events[-1].when
    if len(events) == 1:
        return first.shown
    if min(len(first.text), len(last.text)) == len("2021"):
        ends = [f"{when.start:%Y}" for when in (first, last)]
    elif min(len(first.text), len(last.text)) == len("2021-07"):
        ends = [f"{when.start:%B %Y}" for when in (first, last)]
    elif first.start == last.start:
        return day_shown(first.start)
    else:
        return PartialDate.read(f"{first.start}/{last.start}").shown
    return " to ".join(dict.fromkeys(ends))


def folded_events(events: list[Event]) -> str:
    """What is folded in the timeline: one event by its name, more by number and dates."""
    if len(events) == 1:
        return f"{span(events)}: {events[0].short}"
    return f"{count_of(events, 'event')}, {span(events)}"


def behind(event: Event, links: list[Any]) -> str:
    """What is folded under an event: 2 sources, 5 links."""
    linked = f", {len(links)} link{'s' if len(links) != 1 else ''}" if links else ""
    return f"{len(event.sources)} source{'s' if len(event.sources) != 1 else ''}{linked}"


def year_by_year(events: list[Event], first: int) -> str:
    """How many events began in each year: 9 before 2021, 35 in 2021."""
    before = [event for event in events if event.when.start.year < first]
    years = Counter(event.when.start.year for event in events if event not in before)
    said = [f"{len(before)} before {first}"] if before else []
    return join([*said, *(f"{count} in {year}" for year, count in years.items())])


def placed(dataset: Dataset, place: Place) -> str:
    """Where the coordinates of a place come from, true when read alone."""
    source = dataset.vocabulary.term("place_sources", place.placed_from)
    return f"{source.means.rstrip('.')}: {place.coordinates}"
