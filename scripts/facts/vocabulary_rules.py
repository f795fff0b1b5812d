"""The rules that the vocabulary must keep; rules.py says how a rule is written."""

from __future__ import annotations

from facts.records import SECTIONS, VOCABULARY, Records
from facts.rules import Problems, rules_of
from facts.text import slug
from facts.vocabulary import NEEDED


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


def rule_needed_words(records: Records) -> Problems:
    """The words that the program leans on are there."""
    for section, words in NEEDED.items():
        for word in words:
            if word not in records.ids(f"words.{section}"):
                message = f"found no {word!r}, expected it: the pages need this word"
                yield (VOCABULARY, section), message


def rule_words_admit_answers(records: Records) -> Problems:
    """Each kind of question admits a position besides silence."""
    for kind in ("yes-no", "open"):
        words = [word for _, word in records.all("words.positions") if kind in word.kinds]
        if records.all("words.positions") and len(words) < 2:
            message = f"found no position for {kind} questions, expected one at least"
            yield (VOCABULARY, "positions"), message


def rule_former_ids(records: Records) -> Problems:
    """A former id is not in use any more, and leads to one place."""
    seen = set()
    in_use = set(records.ids("anything"))
    for loc, alias in records.all("words.aliases"):
        if alias.old in in_use:
            yield (*loc, "old"), f"found {alias.old!r}, which is in use, expected a former id"
        if alias.old in seen:
            yield (*loc, "old"), f"found {alias.old!r} again, expected one place for a former id"
        seen.add(alias.old)


RULES = rules_of(globals())
