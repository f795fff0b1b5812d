"""The rules that the facts must keep; rules.py says how a rule is written."""

from __future__ import annotations

from collections import Counter
from itertools import product

from facts.article import PLACEHOLDER, Figure
from facts.records import FACTS, Located, Records
from facts.rules import Problems, rules_of
from facts.text import numbers_in, to_ascii

# Names that pages, sheets and pieces of pages have for themselves.
RESERVED_SLUGS = {"checks", "compare", "experts", "home", "index", "outcomes"}
# Ids that pages have for themselves. A test reads them from the templates.
RESERVED_ANCHORS = {
    "about", "about-map", "agreed", "agreements", "all-records", "answers", "argument", "article",
    "background", "basemap", "checked", "checks", "cite", "coding", "compare", "corrections",
    "data", "details", "differences", "different", "differs", "evidence", "experts", "figures",
    "files", "glossary", "hedged", "left-out", "licences", "limits", "map", "method", "opposed",
    "outcomes", "places", "question", "questions", "selection", "sheet", "sign-circle",
    "sign-cross", "sign-diamond", "sign-dot", "sign-plane", "sign-square", "sign-triangle", "since",
    "source", "timeline", "translation", "unjudged", "unresolved", "ways", "words",
}  # fmt: skip
# Ids of choices of filters begin so.
RESERVED_PREFIXES = ("actor-", "by-", "class-", "verdict-", "year-")
SMALLEST_NUMBER = 100  # numbers below it occur in dates and in prose
TYPES = {"number": "int", "year": "int", "date": "date", "names": "list"}


def rule_experts_told_apart(records: Records) -> Problems:
    """No two experts have a slug, a short name or a name in common."""
    for key in ("slug", "short", "name"):
        counts = Counter(getattr(expert, key) for _, expert in records.all("experts"))
        for loc, expert in records.all("experts"):
            name = getattr(expert, key)
            if counts[name] > 1:
                yield (*loc, key), f"found {name!r} more than once, expected one expert to have it"


def rule_labels_told_apart(records: Records) -> Problems:
    """No two questions, measures, themes or places have one name: links are called by it."""
    labelled = (
        ("questions", "short"),
        ("measures", "title"),
        ("groups", "title"),
        ("places", "name"),
    )
    for section, key in labelled:
        seen: dict[str, str] = {}
        for loc, record in records.all(section):
            label = getattr(record, key)
            if label in seen:
                message = f"found {label!r}, which {seen[label]} has too"
                yield (*loc, key), f"{message}, expected a name of its own"
            seen[label] = record.id


def rule_names_not_taken(records: Records) -> Problems:
    """Ids and slugs of ours are no names that pages have for themselves."""
    sections = records.ids("words.sections")
    for loc, expert in records.all("experts"):
        if expert.slug in RESERVED_SLUGS:
            yield (*loc, "slug"), f"found {expert.slug!r}, which a page has, expected another name"
        if expert.id == "all":
            yield (*loc, "id"), "found 'all', which the filter has, expected another id"
        if expert.id in sections:
            yield (*loc, "id"), f"found {expert.id!r}, a part of the article, expected another id"
        if expert.slug.startswith("question-"):
            message = f"found {expert.slug!r}, as pieces of questions are called"
            yield (*loc, "slug"), f"{message}, expected another name"
    for loc, question in records.all("questions"):
        if question.slug == "index":
            message = f"found {question.id!r}, whose page would be the list of questions"
            yield (*loc, "id"), f"{message}, expected another id"
    for loc, group in records.all("groups"):
        if group.id in RESERVED_ANCHORS:
            yield (*loc, "id"), f"found {group.id!r}, which a page has, expected another id"


def rule_paragraphs_in_order(records: Records) -> Problems:
    """Paragraphs are numbered p01, p02 … in the order of the article."""
    for loc, paragraph in records.all("paragraphs"):
        expected = f"p{int(loc[-1]) + 1:02d}"
        if paragraph.id != expected:
            yield (*loc, "id"), f"found {paragraph.id!r}, expected {expected!r}"


def rule_heading_names_an_expert(records: Records) -> Problems:
    """A heading opens the section of an expert."""
    experts = records.ids("experts")
    for loc, paragraph in records.all("paragraphs"):
        if paragraph.heading and paragraph.section not in experts and records.has("experts"):
            message = f"found a heading in the section {paragraph.section!r}"
            yield (*loc, "heading"), f"{message}, expected headings in experts' sections only"


def rule_every_pair_once(records: Records) -> Problems:
    """Every expert has exactly one position on every question."""
    if not records.has("positions"):
        return
    pairs = Counter(
        (str(row.get("question")), str(row.get("expert"))) for _, row in records.rows("positions")
    )
    for question, expert in product(records.ids("questions"), records.ids("experts")):
        if not pairs[question, expert]:
            message = f"found no position of {expert} on {question}, expected one"
            yield (FACTS, "positions"), message
    seen = set()
    for loc, row in records.rows("positions"):
        question, expert = str(row.get("question")), str(row.get("expert"))
        if (question, expert) in seen:
            yield loc, f"found a second position of {expert} on {question}, expected one"
        seen.add((question, expert))


def rule_position_admitted(records: Records) -> Problems:
    """A position fits the kind of its question."""
    for loc, position in records.all("positions"):
        question = records.get("questions", position.question)
        word = records.get("words.positions", position.position)
        if not question or not word or question.kind in word.kinds:
            continue
        words = [word for _, word in records.all("words.positions")]
        allowed = [word.id for word in words if question.kind in word.kinds]
        message = f"found {position.position!r} on a question of the kind {question.kind}"
        yield (*loc, "position"), f"{message}, expected one of: {', '.join(allowed)}"


def rule_silence(records: Records) -> Problems:
    """A silent position names the words looked for; any other shows its evidence."""
    evidence = ("says", "paragraphs", "attribution", "quote")
    for loc, position in records.all("positions"):
        needed = ("looked_for",) if position.silent else evidence
        unwanted = evidence if position.silent else ("looked_for",)
        for key in unwanted:
            if getattr(position, key):
                message = f"found {key!r} with position {position.position!r}, expected none"
                yield (*loc, key), message
        for key in needed:
            if not getattr(position, key):
                message = f"found no {key!r} with position {position.position!r}, expected it"
                yield (*loc, key), message


def rule_paragraphs_of_expert(records: Records) -> Problems:
    """Positions and figures rest on paragraphs of that expert's section, headings apart."""
    inside: dict[str, list[str]] = {}
    for _, row in records.rows("paragraphs"):
        if row.get("heading") is not True:
            inside.setdefault(str(row.get("section")), []).append(str(row.get("id")))
    for loc, expert in records.all("experts"):
        if expert.id not in inside and records.has("paragraphs"):
            message = f"found no paragraph whose section is {expert.id!r}, expected at least one"
            yield loc, message
    known = records.ids("paragraphs")
    for loc, expert, id in _paragraphs_named(records):
        allowed = inside.get(expert, [])
        if id in known and allowed and id not in allowed:
            yield loc, f"found {id!r}, expected a paragraph of {expert}: {', '.join(allowed)}"


def _paragraphs_named(records: Records) -> list[tuple[tuple[str | int, ...], str, str]]:
    """Every paragraph that a position or figure names: the way to it, the expert, its id."""
    named = []
    for loc, position in records.all("positions"):
        for i, id in enumerate(position.paragraphs):
            named.append(((*loc, "paragraphs", i), position.expert, id))
    for loc, figure in records.all("figures"):
        named.append(((*loc, "paragraph"), figure.expert, figure.paragraph))
    return named


def rule_scope(records: Records) -> Problems:
    """Where one answer to a question says of what it speaks, every answer that takes a side does.

    Who agrees with whom is worked out only among answers of one scope.
    """
    taken: dict[str, list[Located]] = {}
    for located in records.all("positions"):
        position = located.record
        word = records.get("words.positions", position.position)
        if not word:
            continue  # judged by rule_words
        takes_side = word.side != "none"
        if position.scope and not takes_side:
            message = f"found a scope with position {position.position!r}, expected none"
            yield (*located.loc, "scope"), f"{message}: it takes no side"
        speaker = records.get("words.attributions", position.attribution)
        if takes_side and speaker and speaker.voice == "expert":
            taken.setdefault(position.question, []).append(located)
    for answers in taken.values():
        if not any(position.scope for _, position in answers):
            continue
        for loc, position in answers:
            if not position.scope:
                message = "found no scope, expected one: another answer to this question has one"
                yield (*loc, "scope"), message


def rule_questions_on_home(records: Records) -> Problems:
    """One to three questions are on the home page; the first can be answered yes or no."""
    shown = [row for _, row in records.rows("questions") if row.get("on_home") is True]
    if records.all("questions") and not 1 <= len(shown) <= 3:
        message = f"found {len(shown)} with `on_home: true`, expected 1 to 3"
        yield (FACTS, "questions"), message
    elif shown and shown[0].get("kind") == "open":
        message = f"found {shown[0].get('id')!r} as the first on the home page"
        yield (FACTS, "questions"), f"{message}, expected a yes-no question there"


def rule_quotes_are_fragments(records: Records) -> Problems:
    """A quotation is never a whole sentence."""
    for loc, record in records.all("positions", "figures"):
        if record.quote and record.quote.rstrip("”\"'").endswith((".", "!", "?")):
            yield (*loc, "quote"), "found the end of a sentence, expected a fragment"


def rule_figure_ids(records: Records) -> Problems:
    """A figure's id names its expert."""
    for loc, figure in records.all("figures"):
        if not figure.id.endswith(f"--{figure.expert}"):
            message = f"found {figure.id!r}, expected it to end in '--{figure.expert}'"
            yield (*loc, "id"), message


def rule_figure_values(records: Records) -> Problems:
    """The value of a figure fits its unit."""
    for loc, figure in records.all("figures"):
        unit = records.get("words.units", figure.unit)
        if unit and (message := _value_fault(figure, unit.type)):
            yield (*loc, "value"), message


def _value_fault(figure: Figure, kind: str) -> str | None:
    """What is wrong with a value, or None."""
    value = figure.value
    if type(value).__name__ != TYPES[kind]:
        return f"found {value} with unit {figure.unit!r}, expected a {kind}"
    if kind == "number" and not 0 < value <= 1_000_000_000:
        return f"found {value}, expected a number above 0 and up to 1,000,000,000"
    if kind == "year" and not 1000 <= value <= 2999:
        return f"found {value}, expected a year of four digits"
    if kind == "date" and not 1000 <= value.year <= 2999:
        return f"found {value}, expected a day of the years 1000 to 2999"
    return None


def rule_one_unit_a_measure(records: Records) -> Problems:
    """The figures of a measure have one unit."""
    first: dict[str, Figure] = {}
    for loc, figure in records.all("figures"):
        other = first.setdefault(figure.measure, figure)
        if other.unit != figure.unit:
            message = f"found {figure.unit!r}, expected {other.unit!r} as in {other.id}"
            yield (*loc, "unit"), f"{message}: a measure has one unit"


def rule_used(records: Records) -> Problems:
    """Every measure has a figure, every group a question."""
    for section, key, users in (
        ("measures", "measure", "figures"),
        ("groups", "group", "questions"),
    ):
        used = {str(row.get(key)) for _, row in records.rows(users)}
        for loc, record in records.all(section):
            if record.id not in used and records.has(users):
                message = f"found none of the {users} using {record.id!r}, expected at least one"
                yield loc, message


def rule_phrase(records: Records) -> Problems:
    """An answer has a phrase where the position's word alone does not say it, and only there."""
    for loc, position in records.all("positions"):
        word = records.get("words.positions", position.position)
        if not word:
            continue  # judged by rule_words
        needed = word.side == "none" and not position.silent
        if needed and not position.phrase:
            message = f"found no phrase with position {position.position!r}"
            yield (*loc, "phrase"), f"{message}, expected the answer in a few words"
        elif position.phrase and not needed:
            message = f"found a phrase with position {position.position!r}, expected none"
            yield (*loc, "phrase"), f"{message}: the word says it"


def rule_figures_of_position(records: Records) -> Problems:
    """A {figure-id} in a text is a figure of that expert, from a paragraph named there."""
    for loc, position in records.all("positions"):
        texts = (("says", position.says), ("phrase", position.phrase))
        named = [(key, id) for key, text in texts for id in PLACEHOLDER.findall(text or "")]
        for key, id in named:
            figure = records.get("figures", id)
            if not figure:
                continue  # judged by rule_figures_put_in
            if figure.expert != position.expert:
                yield (*loc, key), f"found {id!r}, expected a figure of {position.expert}"
            elif figure.paragraph not in position.paragraphs:
                message = f"found {id!r} from {figure.paragraph}"
                yield (*loc, key), f"{message}, expected {figure.paragraph} among the paragraphs"


def rule_typed_once(records: Records) -> Problems:
    """Texts on an expert do not repeat a number that the expert's figures hold."""
    texts = []
    for loc, position in records.all("positions"):
        texts.append((loc, position.expert, "says", position.says or ""))
        texts.append((loc, position.expert, "phrase", position.phrase or ""))
        texts.append((loc, position.expert, "note", position.note or ""))
    for loc, expert in records.all("experts"):
        texts.append((loc, expert.id, "thesis", expert.thesis))
    held: dict[str, list[Figure]] = {}
    for _, figure in records.all("figures"):
        if isinstance(figure.value, int) and figure.value >= SMALLEST_NUMBER:
            held.setdefault(figure.expert, []).append(figure)
    for loc, expert, key, text in texts:
        typed = numbers_in(PLACEHOLDER.sub("", text))
        for figure in held.get(expert, []):
            if figure.value in typed:
                expected = f"{{{figure.id}}}" if key in ("says", "phrase") else "none"
                message = f"found {figure.shown!r}, expected {expected}: a figure is typed once"
                yield (*loc, key), message


def rule_also_written(records: Records) -> Problems:
    """The second spelling of a name is plain ASCII, so that any keyboard finds it."""
    for loc, expert in records.all("experts"):
        if not expert.also_written.isascii():
            expected = f"plain ASCII such as {to_ascii(expert.name)!r}"
            yield (*loc, "also_written"), f"found {expert.also_written!r}, expected {expected}"


def rule_glossary_told_apart(records: Records) -> Problems:
    """No two terms of the glossary share a name."""
    seen: dict[str, str] = {}
    for loc, term in records.all("glossary"):
        for name in (term.term, *term.also):
            if name in seen and seen[name] != term.id:
                yield (
                    loc,
                    f"found {name!r}, which {seen[name]} has too, expected one term to have it",
                )
            seen[name] = term.id


RULES = rules_of(globals())
