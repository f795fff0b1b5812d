"""The rules that the evidence must keep; see rules.py for how a rule is written."""

from __future__ import annotations

from itertools import pairwise

from models import PLACEHOLDER, Evidence, Facts
from rules import Book, Found, ids_unique, plain_text, rules_of, strings, unknown, words_known

# Words that take a side, and what to say instead.
LOADED = {
    "regime": "government",
    "puppet": "the name of the government",
    "aggressor": "the name of the state",
    "jihadists": "the name of the group",
    "terrorists": "armed men, or who calls them so",
    "militants": "armed men, or who calls them so",
    "so-called": "the name itself",
    "invaders": "the name of the state",
    "liberated": "taken",
    "failed": "did not",
}


def rule_evidence_ids_unique(book: Book) -> Found:
    """An id stands once in the whole file: it is an address on the site."""
    yield from ids_unique(book, Evidence)


def rule_evidence_references(book: Book) -> Found:
    """Whatever a record points to exists, in the evidence or in the facts."""
    facts = book.facts
    positions = [
        f"{row.get('question')}--{row.get('expert')}" for _, row in facts.document.rows("positions")
    ]
    figures, paragraphs = facts.ids("figures"), facts.ids("paragraphs")
    speakers = facts.ids("experts") + book.vocabulary.ids("sections")
    records = book.ids("checks") + book.ids("outcomes") + book.ids("readings")
    sources, places = book.ids("sources"), book.ids("places")
    pointers = [
        ("checks", "expert", speakers),
        ("outcomes", "expert", speakers),
        ("checks", "paragraphs", paragraphs),
        ("outcomes", "paragraphs", paragraphs),
        ("checks", "concerns", figures + positions),
        ("outcomes", "concerns", figures + positions),
        ("events", "mentioned", figures + positions + paragraphs),
        ("events", "place", places),
        ("events", "sources", sources),
        ("places", "mentioned", paragraphs),
        ("places", "named_in", records),
        ("readings", "measure", facts.ids("measures")),
        ("readings", "sources", sources),
    ]
    for section, key, ids in pointers:
        for where, record in book.all(section):
            value = getattr(record, key)
            many = isinstance(value, list)
            for i, id in enumerate(value if many else [value] if value else []):
                if id not in ids:
                    yield (*where, key, i) if many else (*where, key), _unknown_id(id, ids)
    for section in ("checks", "outcomes"):
        for where, record in book.all(section):
            for i, support in enumerate(record.sources):
                if support.source not in sources:
                    yield (*where, "sources", i, "source"), _unknown_id(support.source, sources)


def _unknown_id(found: str, ids: list[str]) -> str:
    """As `unknown`, without a list of a hundred ids."""
    message = unknown(found, ids)
    return (
        message
        if len(ids) < 20
        else message.partition(", expected")[0] + ", expected the id of a record"
    )


def rule_evidence_vocabulary(book: Book) -> Found:
    """Classes, verdicts, kinds and the like are words of the vocabulary."""
    yield from words_known(book, Evidence)


def rule_sourced(book: Book) -> Found:
    """Every check, outcome, event and reading has a source at least."""
    for section in ("checks", "outcomes", "events", "readings"):
        for where, record in book.all(section):
            if not record.sources:
                yield (*where, "sources"), "found none, expected one source at least"


def rule_sources_used(book: Book) -> Found:
    """Every source is cited by a record."""
    cited = {
        s.source
        for section in ("checks", "outcomes")
        for _, record in book.all(section)
        for s in record.sources
    }
    cited |= {
        id
        for section in ("events", "readings")
        for _, record in book.all(section)
        for id in record.sources
    }
    for where, source in book.all("sources"):
        if source.id not in cited:
            yield where, f"found no record that cites {source.id!r}, expected one"


def rule_withdrawn(book: Book) -> Found:
    """A withdrawn source supports no verdict, and says why it was withdrawn."""
    for where, source in book.all("sources"):
        if source.status == "withdrawn" and not source.note:
            yield where, "found no note on a withdrawn source, expected the reason"
    for section in ("checks", "outcomes"):
        for where, record in book.all(section):
            for i, support in enumerate(record.sources):
                source = book.find("sources", support.source)
                if source and source.status == "withdrawn":
                    yield (
                        (*where, "sources", i, "source"),
                        f"found {source.id!r}, which is withdrawn, expected a source that stands",
                    )


def rule_reposts(book: Book) -> Found:
    """A verdict that rests on one repost alone is never of high confidence."""
    for section in ("checks", "outcomes"):
        for where, record in book.all(section):
            kinds = [
                source.kind for s in record.sources if (source := book.find("sources", s.source))
            ]
            if kinds == ["repost"] and record.confidence == "high":
                yield (
                    (*where, "confidence"),
                    "found 'high' on one repost alone, expected 'medium' or 'low'",
                )


def rule_verdicts(book: Book) -> Found:
    """An assessment has a criterion and a verdict; a recommendation has neither."""
    for where, outcome in book.all("outcomes"):
        for key in ("criterion", "verdict"):
            if outcome.kind == "assessment" and not getattr(outcome, key):
                yield (*where, key), f"found no {key} on an assessment, expected one"
            if outcome.kind == "recommendation" and getattr(outcome, key):
                yield (
                    (*where, key),
                    f"found a {key} on a recommendation, expected none: wishes are not predictions",
                )


def rule_paragraphs_of_speaker(book: Book) -> Found:
    """Checks and outcomes name paragraphs of the one who speaks, or of others whose words they concern."""
    owners = {p.id: p.section for _, p in book.facts.all("paragraphs")}
    for section in ("checks", "outcomes"):
        for where, record in book.all(section):
            allowed = {record.expert, "introduction"} | {
                id.rpartition("--")[2] for id in record.concerns
            }
            for i, id in enumerate(record.paragraphs):
                if owners.get(id, record.expert) not in allowed:
                    yield (
                        (*where, "paragraphs", i),
                        f"found {id!r} of {owners[id]}, expected a paragraph of {', '.join(sorted(allowed))}",
                    )


def rule_dates(book: Book) -> Found:
    """Events stand in order of date; nothing that a record cites is later than the day it was last looked at."""
    for (_, before), (where, event) in pairwise(book.all("events")):
        if event.when.start < before.when.start:
            yield (
                (*where, "when"),
                f"found {event.when} after {before.when}, expected events in order of date",
            )
    latest = max((outcome.looked.end for _, outcome in book.all("outcomes")), default=None)
    for where, event in book.all("events"):
        if latest and event.when.start > latest:
            yield (
                (*where, "when"),
                f"found {event.when}, expected no later than {latest}, when we last looked",
            )
    for where, outcome in book.all("outcomes"):
        for i, support in enumerate(outcome.sources):
            source = book.find("sources", support.source)
            if source and source.date and source.date.start > outcome.looked.end:
                yield (
                    (*where, "looked"),
                    f"found {outcome.looked}, expected no earlier than the source {source.id} of {source.date}",
                )


def rule_places(book: Book) -> Found:
    """A place lies on the map, and says why it is approximate if it is."""
    for where, place in book.all("places"):
        if not (33 <= place.lat <= 41.5 and 59.5 <= place.lon <= 76):
            yield (
                where,
                f"found {place.lat}, {place.lon}, expected a place between 33–41.5° N and 59.5–76° E",
            )
        if place.precision == "approximate" and not place.note:
            yield where, "found no note on an approximate place, expected how it was placed"


def rule_lengths_of_evidence(book: Book) -> Found:
    """Statements have at most 35 words, records 100, what happened 150."""
    limits = [
        ("checks", "statement", 35),
        ("checks", "record", 100),
        ("outcomes", "assessment", 35),
        ("outcomes", "happened", 150),
        ("events", "what", 45),
    ]
    for section, key, limit in limits:
        for where, record in book.all(section):
            if (count := len(getattr(record, key).split())) > limit:
                yield (*where, key), f"found {count} words, expected at most {limit}"


def rule_neutral(book: Book) -> Found:
    """No word takes a side, outside quotation marks."""
    texts = [
        ("checks", ("statement", "record")),
        ("outcomes", ("assessment", "happened", "criterion")),
        ("events", ("what",)),
        ("places", ("why",)),
    ]
    for section, keys in texts:
        for where, record in book.all(section):
            for key in keys:
                unquoted = "".join((getattr(record, key) or "").split('"')[::2]).lower()
                for word in (
                    set(unquoted.replace(",", " ").replace(".", " ").split()) & LOADED.keys()
                ):
                    yield (*where, key), f"found {word!r}, expected {LOADED[word]}"


def rule_evidence_placeholders(book: Book) -> Found:
    """A {figure-id} in a statement is a figure that the check concerns; no value of one is typed."""
    checks = dict(book.all("checks"))
    for where, text in strings(book.document.data):
        check = checks.get(where[:2])
        if where[-1] == "statement" and check:
            for id in PLACEHOLDER.findall(text):
                if id not in check.concerns:
                    yield (
                        where,
                        f"found {id!r}, expected one of what it concerns: {', '.join(check.concerns) or 'nothing'}",
                    )
            for _, figure in book.facts.all("figures"):
                if (
                    figure.id in check.concerns
                    and isinstance(figure.value, int)
                    and figure.shown in PLACEHOLDER.sub("", text).split()
                ):
                    yield (
                        where,
                        f"found {figure.shown!r}, expected {{{figure.id}}}: a figure is typed once",
                    )
        elif "{" in text or "}" in text:
            yield (
                where,
                "found a brace, expected none: figures are put into statements of checks only",
            )


def rule_evidence_plain_text(book: Book) -> Found:
    """Text is NFC, without HTML, invisible characters or stray spaces."""
    yield from plain_text(book.document.data)


def rule_headlines(book: Book) -> Found:
    """Four events stand on the home page."""
    count = sum(event.headline for _, event in book.all("events"))
    if book.all("events") and count != 4:
        yield ("events",), f"found {count} with `headline: true`, expected 4"


EVIDENCE_RULES = rules_of(globals())


def former_ids(book: Book) -> Found:
    """A former id leads to an id that stands, and no longer stands itself: what is wrong in vocabulary.yml."""
    pairs = [
        f"{question}--{expert}"
        for question in book.facts.ids("questions")
        for expert in book.facts.ids("experts")
    ]
    ids = pairs + [
        id
        for one, model in ((book, Evidence), (book.facts, Facts))
        for section in model.model_fields
        for id in one.ids(section)
    ]
    for i, alias in enumerate(book.vocabulary.aliases):
        if alias.id not in ids:
            yield ("aliases", i, "id"), _unknown_id(alias.id, ids)
        if alias.old in ids:
            yield (
                ("aliases", i, "old"),
                f"found {alias.old!r}, which is in use, expected a former id",
            )
