"""The rules that the vocabulary must keep; rules.py says how a rule is written."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

from facts.article_rules import RESERVED_ANCHORS
from facts.records import SECTIONS, VOCABULARY, Records
from facts.rules import Problems, rules_of
from facts.text import slug
from facts.vocabulary import NEEDED
from facts.yaml_lines import Loc


def rule_words_told_apart(records: Records) -> Problems:
    """No two words of a section are spelt alike in addresses: each has a slug of its own."""
    for section in SECTIONS:
        if not section.startswith("words.") or section == "words.aliases":
            continue
        seen: dict[str, str] = {}
        for loc, row in records.rows(section):
            word = row.get("id")
            if not isinstance(word, str):
                continue
            if not slug(word):
                yield (*loc, "id"), f"found {word!r}, expected a word with letters or digits"
            elif slug(word) in seen:
                message = f"found {word!r} after {seen[slug(word)]!r}, expected words told apart"
                yield (*loc, "id"), message
            seen[slug(word)] = word


def rule_actors_not_all(records: Records) -> Problems:
    """No actor is called all: that is the choice of the filter that hides nobody."""
    for loc, actor in records.all("words.actors"):
        if slug(actor.id) == "all":
            yield (*loc, "id"), f"found {actor.id!r}, which the filter has, expected another word"


def rule_signs_told_apart(records: Records) -> Problems:
    """Each part that a place may have in the story has a sign of its own."""
    seen: dict[str, str] = {}
    for loc, role in records.all("words.place_roles"):
        if role.sign in seen:
            message = f"found {role.sign!r}, which {seen[role.sign]} has too"
            yield (*loc, "sign"), f"{message}, expected a sign of its own"
        seen.setdefault(role.sign, role.id)


def rule_needed_words(records: Records) -> Problems:
    """The words that the program leans on are there."""
    for section, words in NEEDED.items():
        for word in words:
            if records.has(f"words.{section}") and word not in records.ids(f"words.{section}"):
                message = f"found no {word!r}, expected it: the pages need this word"
                yield (VOCABULARY, section), message


def rule_unit_of_years(records: Records) -> Problems:
    """The unit of years is called year: its figures are printed without a comma."""
    for loc, unit in records.all("words.units"):
        if (unit.type == "year") != (unit.id == "year"):
            message = f"found {unit.id!r} with type {unit.type!r}"
            yield (*loc, "id"), f"{message}, expected years, and nothing else, in the unit 'year'"


def rule_words_admit_answers(records: Records) -> Problems:
    """Each kind of question admits a position besides silence."""
    for kind in ("yes-no", "open"):
        words = [word for _, word in records.all("words.positions") if kind in word.kinds]
        if records.all("words.positions") and len(words) < 2:
            message = f"found no position for {kind} questions, expected one at least"
            yield (VOCABULARY, "positions"), message


def rule_former_ids(records: Records) -> Problems:
    """A former id is not in use any more, by a record or by a page, and leads to one place."""
    seen = set()
    in_use = set(records.ids("anything")) | RESERVED_ANCHORS
    in_use |= {slug(word) for word in records.ids("words.check_groups")}
    for loc, alias in records.all("words.aliases"):
        if alias.old in in_use:
            yield (*loc, "old"), f"found {alias.old!r}, which is in use, expected a former id"
        if alias.old in seen:
            yield (*loc, "old"), f"found {alias.old!r} again, expected one place for a former id"
        seen.add(alias.old)


def rule_former_halves(records: Records) -> Problems:
    """The former id of a half (q-old, of q-entry--asker) makes no id that leads elsewhere."""
    former: dict[str, list[tuple[Loc, str]]] = defaultdict(list)
    leads = {id: id for id in records.ids("anything")}
    for loc, alias in records.all("words.aliases"):
        if alias.old not in leads:  # else judged by rule_former_ids
            former[alias.id].append((loc, alias.old))
    leads |= {alias.old: alias.id for _, alias in records.all("words.aliases")}
    for id in records.ids("positions") + records.ids("figures"):
        first, _, expert = id.partition("--")
        firsts = [((), first), *former[first]]
        experts = [((), expert), *former[expert]]
        for (loc, one), (other_loc, other) in product(firsts, experts):
            old = f"{one}--{other}"
            place = loc or other_loc
            if place and leads.setdefault(old, id) != id:
                message = f"found an id that makes {old!r} lead to {id!r}"
                yield (*place, "old"), f"{message}, expected none: it leads to {leads[old]!r}"


RULES = rules_of(globals())
