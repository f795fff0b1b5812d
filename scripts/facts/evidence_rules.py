"""The rules that the evidence must keep; rules.py says how a rule is written."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from facts.article import PLACEHOLDER
from facts.article_rules import RESERVED_ANCHORS, RESERVED_PREFIXES, SMALLEST_NUMBER
from facts.evidence import Outcome
from facts.records import EVIDENCE, Records
from facts.rules import Problems, rules_of
from facts.text import numbers_in, one_of, slug, strings

CITING = ("checks", "outcomes", "events", "readings", "backgrounds", "ties")
HEADLINES = 4  # events on the home page
SOUTH, NORTH, WEST, EAST = 33.0, 41.5, 59.5, 76.0  # degrees: the frame of the map


def rule_sourced(records: Records) -> Problems:
    """Whatever the evidence says has a source at least."""
    for loc, record in records.all(*CITING):
        if not record.sources:
            yield (*loc, "sources"), "found none, expected one source at least"


def rule_sources_used(records: Records) -> Problems:
    """Every source is cited by a record."""
    if not records.has(*CITING):
        return
    cited = set()
    for section in CITING:
        for _, row in records.rows(section):
            cited |= {text for _, text in strings(row.get("sources"))}
    for loc, source in records.all("sources"):
        if source.id not in cited:
            yield loc, f"found no record that cites {source.id!r}, expected one"


def rule_withdrawn_says_why(records: Records) -> Problems:
    """A withdrawn source says why it was withdrawn."""
    for loc, source in records.all("sources"):
        if source.withdrawn and not source.note:
            yield loc, "found no note on a withdrawn source, expected the reason"


def rule_withdrawn_supports_nothing(records: Records) -> Problems:
    """A withdrawn source supports nothing."""
    expected = "expected a source that is not"
    for loc, record in records.all("checks", "outcomes"):
        for i, use in enumerate(record.sources):
            source = records.get("sources", use.source)
            if source and source.withdrawn:
                place = (*loc, "sources", i, "source")
                yield place, f"found {source.id!r}, which is withdrawn, {expected}"
    for loc, record in records.all("events", "readings", "backgrounds", "ties"):
        sources = [records.get("sources", id) for id in record.sources]
        if sources and all(source and source.withdrawn for source in sources):
            yield (*loc, "sources"), f"found withdrawn sources only, {expected}"


def rule_reposts(records: Records) -> Problems:
    """A verdict that rests on one repost alone is never of high confidence."""
    for loc, record in records.all("checks", "outcomes"):
        ids = {use.source for use in record.sources}
        sources = [records.get("sources", id) for id in ids]
        kinds = [source.kind for source in sources if source]
        if kinds == ["repost"] and record.confidence == "high":
            lower = [word for word in records.ids("words.confidences") if word != "high"]
            message = f"found 'high' on one repost alone, expected {one_of(lower)}"
            yield (*loc, "confidence"), message


def rule_verdicts(records: Records) -> Problems:
    """Only what somebody expected has a criterion and a verdict, and then it has both."""
    for loc, outcome in records.all("outcomes"):
        for key in ("criterion", "verdict"):
            given = getattr(outcome, key)
            if given and not outcome.judged:
                message = f"found a {key} on {_a(outcome)}, expected none"
                yield (*loc, key), f"{message}: only expectations are judged"
            elif outcome.judged and not given:
                yield (*loc, key), f"found no {key} on {_a(outcome)}, expected one"


def _a(outcome: Outcome) -> str:
    """The kind of an outcome in a sentence."""
    if outcome.kind == "relayed":
        return "what is relayed"
    return f"{'an' if outcome.kind == 'assessment' else 'a'} {outcome.kind}"


def rule_questions_answered(records: Records) -> Problems:
    """A question has an answer and no verdict; nothing else has an answer."""
    for loc, outcome in records.all("outcomes"):
        if outcome.kind == "question" and not outcome.answer:
            yield (*loc, "answer"), "found no answer to a question, expected what was found"
        if outcome.kind != "question" and outcome.answer:
            message = f"found an answer on {_a(outcome)}, expected none"
            yield (*loc, "answer"), f"{message}: no question is asked"


def rule_sequels(records: Records) -> Problems:
    """A question has one sequel at most; one that can be answered yes or no has it."""
    if not records.has("sequels", "questions"):
        return
    found = Counter(str(row.get("question")) for _, row in records.rows("sequels"))
    for loc, sequel in records.all("sequels"):
        if found[sequel.question] > 1:
            message = f"found more than one sequel of {sequel.question!r}"
            yield (*loc, "question"), f"{message}, expected one"
    for _, question in records.all("questions"):
        if question.kind == "yes-no" and not found[question.id]:
            message = f"found none of {question.id!r}, expected what happened"
            yield (EVIDENCE, "sequels"), f"{message}: it can be answered yes or no"


def rule_sequels_rest_on_outcomes(records: Records) -> Problems:
    """A sequel rests on outcomes of that question, or on the answer to the title's."""
    for loc, sequel in records.all("sequels"):
        if not sequel.outcomes:
            yield (*loc, "outcomes"), "found none, expected one outcome at least"
        for i, id in enumerate(sequel.outcomes):
            outcome = records.get("outcomes", id)
            if not outcome or outcome.kind == "question":
                continue  # judged by rule_references
            if not any(other.startswith(f"{sequel.question}--") for other in outcome.ids):
                message = f"found {id!r}, which concerns no answer to {sequel.question!r}"
                yield (*loc, "outcomes", i), f"{message}, expected one that does"


def rule_relayed_has_an_owner(records: Records) -> Problems:
    """What is passed on names whose expectation it is; what is not, has no other owner."""
    for loc, outcome in records.all("outcomes"):
        if outcome.kind == "relayed" and not outcome.owner:
            yield (*loc, "owner"), "found none, expected whose expectation the expert passes on"
        if outcome.kind != "relayed" and outcome.owner:
            message = f"found an owner on {_a(outcome)}, expected none"
            yield (*loc, "owner"), f"{message}: the expert speaks"


def rule_outlets_told_apart(records: Records) -> Problems:
    """An outlet is typed once, and used."""
    seen: dict[str, str] = {}
    used = {str(row.get("outlet")) for _, row in records.rows("sources")}
    for loc, outlet in records.all("outlets"):
        name = slug(outlet.name)
        if name in seen:
            message = f"found {outlet.name!r}, which {seen[name]} is called too"
            yield (*loc, "name"), f"{message}, expected an outlet to be typed once"
        seen[name] = outlet.id
        if outlet.id not in used and records.has("sources"):
            yield loc, f"found no source of {outlet.id!r}, expected one"


def rule_one_background_on_home(records: Records) -> Problems:
    """One record of background is on the home page."""
    count = sum(row.get("home") is True for _, row in records.rows("backgrounds"))
    if records.all("backgrounds") and count != 1:
        yield (EVIDENCE, "backgrounds"), f"found {count} with `home: true`, expected 1"


def rule_paragraphs_of_speaker(records: Records) -> Problems:
    """Checks and outcomes name paragraphs of who speaks, or of whose words they concern."""
    owners = {paragraph.id: paragraph.section for _, paragraph in records.all("paragraphs")}
    for loc, record in records.all("checks", "outcomes"):
        concerned = {id.rpartition("--")[2] for id in record.ids}
        allowed = {record.expert, "introduction"} | concerned
        for i, id in enumerate(record.paragraphs):
            owner = owners.get(id, record.expert)
            if owner not in allowed:
                names = ", ".join(sorted(allowed))
                message = f"found {id!r} of {owner}, expected a paragraph of {names}"
                yield (*loc, "paragraphs", i), message


def rule_events_in_order(records: Records) -> Problems:
    """Events are in order of date."""
    for (_, before), (loc, event) in pairwise(records.all("events")):
        if event.when.start < before.when.start:
            message = f"found {event.when} after {before.when}, expected events in order of date"
            yield (*loc, "when"), message


def rule_events_seen(records: Records) -> Problems:
    """No event is later than the day on which somebody last looked."""
    looked = [outcome.looked.end for _, outcome in records.all("outcomes")]
    for loc, event in records.all("events"):
        if looked and event.when.start > max(looked):
            message = f"found {event.when}, expected no later than {max(looked)}"
            yield (*loc, "when"), f"{message}, when we last looked"


def rule_dated_in_order(records: Records) -> Problems:
    """What happened date by date is in order, and no later than the day it was last looked at."""
    for loc, outcome in records.all("outcomes"):
        latest = None
        for i, one in enumerate(outcome.dated):
            place = (*loc, "dated", i, "when")
            if latest and one.when.start < latest.start:
                yield place, f"found {one.when} after {latest}, expected them in order of date"
            if one.when.start > outcome.looked.end:
                message = f"found {one.when}, expected no later than {outcome.looked}"
                yield place, f"{message}, when we last looked"
            latest = one.when


def rule_looked_last(records: Records) -> Problems:
    """No source of an outcome is later than the day it was last looked at."""
    for loc, outcome in records.all("outcomes"):
        for use in outcome.sources:
            source = records.get("sources", use.source)
            if source and source.date and source.date.start > outcome.looked.end:
                expected = f"no earlier than the source {source.id} of {source.date}"
                yield (*loc, "looked"), f"found {outcome.looked}, expected {expected}"


def rule_periods(records: Records) -> Problems:
    """The first period has no beginning; each other begins later than the one before it."""
    for loc, period in records.all("periods"):
        first = loc[-1] == 0
        if first and period.begins:
            yield (*loc, "begins"), f"found {period.begins} in the first period, expected none"
        elif not first and not period.begins:
            yield (*loc, "begins"), "found none, expected the day on which the period begins"
    begun = [located for located in records.all("periods") if located.record.begins]
    for (_, before), (loc, period) in pairwise(begun):
        if period.begins.start <= before.begins.start:
            message = f"found {period.begins} after {before.begins}, expected a later beginning"
            yield (*loc, "begins"), message


def rule_places_on_the_map(records: Records) -> Problems:
    """A place lies on the map."""
    for loc, place in records.all("places"):
        if not (SOUTH <= place.lat <= NORTH and WEST <= place.lon <= EAST):
            frame = f"{SOUTH:g}–{NORTH:g}° N and {WEST:g}–{EAST:g}° E"
            yield loc, f"found {place.lat}, {place.lon}, expected a place between {frame}"


def rule_approximate_says_how(records: Records) -> Problems:
    """A place that is approximate says how it was placed."""
    for loc, place in records.all("places"):
        if place.approximate and not place.note:
            yield loc, "found no note on an approximate place, expected how it was placed"


def rule_charts(records: Records) -> Problems:
    """A chart draws a measure of numbers."""
    for loc, chart in records.all("charts"):
        figures = [f for _, f in records.all("figures") if f.measure == chart.measure]
        for figure in figures:
            unit = records.get("words.units", figure.unit)
            if unit and unit.type != "number":
                message = f"found {chart.measure!r} in {figure.unit}, expected a measure of numbers"
                yield (*loc, "measure"), message
                break


def rule_charts_show_their_measure(records: Records) -> Problems:
    """A {figure-id} in a chart's text is a figure of the measure that is drawn."""
    for loc, chart in records.all("charts"):
        for id in PLACEHOLDER.findall(chart.text or ""):
            figure = records.get("figures", id)
            if figure and figure.measure != chart.measure:
                yield (*loc, "text"), f"found {id!r}, expected a figure of {chart.measure}"


def rule_readings_drawn(records: Records) -> Problems:
    """A reading is drawn in one chart."""
    if not records.has("charts"):
        return
    drawn = [str(row.get("measure")) for _, row in records.rows("charts")]
    for loc, chart in records.all("charts"):
        if drawn.count(chart.measure) > 1:
            yield (*loc, "measure"), f"found {chart.measure!r} in two charts, expected one"
    for loc, reading in records.all("readings"):
        if reading.measure not in drawn and reading.measure in records.ids("measures"):
            message = f"found {reading.measure!r}, which no chart draws, expected a measure of one"
            yield (*loc, "measure"), message


def rule_anchors_not_taken(records: Records) -> Problems:
    """Themes, charts and periods have no id that another part of their page has."""
    seen: dict[tuple[str, str], str] = {}
    themes = [(located, slug(located.record.id)) for located in records.all("words.check_groups")]
    charts = [(located, located.record.id) for located in records.all("charts")]
    periods = [(located, located.record.id) for located in records.all("periods")]
    for page, named in (("checks", themes + charts), ("timeline", periods)):
        taken = RESERVED_ANCHORS - {"since"} if page == "timeline" else RESERVED_ANCHORS
        for (loc, _), anchor in named:
            if anchor in taken or (page, anchor) in seen or anchor.startswith(RESERVED_PREFIXES):
                message = f"found {anchor!r}, which the page of {page} has already"
                yield (*loc, "id"), f"{message}, expected another id"
            seen[page, anchor] = anchor


def rule_figures_of_statement(records: Records) -> Problems:
    """A {figure-id} in a statement is a figure that the check concerns."""
    for loc, check in records.all("checks"):
        for id in PLACEHOLDER.findall(check.statement):
            if id in records.ids("figures") and id not in check.concerns:
                concerns = ", ".join(check.concerns) or "nothing"
                message = f"found {id!r}, expected one of what it concerns: {concerns}"
                yield (*loc, "statement"), message


def rule_statement_typed_once(records: Records) -> Problems:
    """A statement does not repeat a number of a figure that the check concerns."""
    for loc, check in records.all("checks"):
        typed = numbers_in(PLACEHOLDER.sub("", check.statement))
        for id in check.concerns:
            figure = records.get("figures", id)
            if not figure or not isinstance(figure.value, int):
                continue
            if figure.value in typed and figure.value >= SMALLEST_NUMBER:
                message = f"found {figure.shown!r}, expected {{{figure.id}}}"
                yield (*loc, "statement"), f"{message}: a figure is typed once"


def rule_headlines(records: Records) -> Problems:
    """Four events are on the home page."""
    count = sum(row.get("headline") is True for _, row in records.rows("events"))
    if records.all("events") and count != HEADLINES:
        message = f"found {count} with `headline: true`, expected {HEADLINES}"
        yield (EVIDENCE, "events"), message


def rule_headlines_are_key(records: Records) -> Problems:
    """What is on the home page stands open in the timeline too."""
    for loc, event in records.all("events"):
        if event.headline and not event.key:
            yield (*loc, "key"), "found false, expected true: with `headline: true` it is key"


RULES = rules_of(globals())
