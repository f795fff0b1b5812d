"""The words that records may use: docs/data/vocabulary.yml."""

from __future__ import annotations

from typing import Annotated, Literal

from facts.fields import FormerId, Record, Text, Word, ref


class Term(Record):
    """A word that records may use, and its definition."""

    id: Text
    """The word."""
    means: Text
    """What it means."""


class PositionTerm(Term):
    """A word for where an answer stands."""

    kinds: list[Literal["yes-no", "open"]]
    """Kinds of question that admit it."""
    side: Literal["yes", "no", "between", "none"]
    """How it counts when the answers to a question are compared."""
    one: Text
    """What one expert does, in a sentence: says yes."""
    many: Text
    """What several do: say yes."""


class AttributionTerm(Term):
    """A word for who is speaking."""

    voice: Literal["expert", "narrator", "third party"]
    """Whose words they are. Only the expert's own take a side of a question."""


class VerdictTerm(Term):
    """A word for how a statement compares with a record, or for what came of an expectation."""

    mark: Literal["equal", "about", "unequal", "dots", "question", "tick", "half", "cross", "ring"]
    """The shape drawn beside it; the word stands there too."""


class UnitTerm(Term):
    """A unit of figures."""

    type: Literal["number", "year", "date", "names"]
    """What a value in this unit is."""
    after: Text | None = None
    """What stands after the number in print, where the number alone would not say enough."""


class RoleTerm(Term):
    """A word for the part that a place has in the story."""

    group: Annotated[Text, Word("place_groups")]
    """Under which heading its places are listed."""
    sign: Literal["square", "cross", "plane", "triangle", "diamond", "circle", "dot"]
    """Its sign on the map."""


class Alias(Record):
    """An id that was published, and the one that replaced it."""

    old: FormerId
    """The former id."""
    id: Annotated[Text, ref("anything")]
    """The id that replaced it."""


class Vocabulary(Record):
    """Words, each defined once; pages take their labels and definitions from here."""

    positions: list[PositionTerm]
    attributions: list[AttributionTerm]
    flags: list[Term]
    comparisons: list[Term]
    sections: list[Term]
    units: list[UnitTerm]
    check_groups: list[Term]
    check_classes: list[VerdictTerm]
    verdicts: list[VerdictTerm]
    confidences: list[Term]
    rereads: list[Term]
    source_kinds: list[Term]
    source_statuses: list[Term]
    place_kinds: list[Term]
    place_groups: list[Term]
    place_roles: list[RoleTerm]
    place_precisions: list[Term]
    place_sources: list[Term]
    actors: list[Term]
    aliases: list[Alias]

    def ids(self, section: str) -> list[str]:
        """The words of a section, in their order."""
        return [term.id for term in getattr(self, section)]

    def position(self, id: str) -> PositionTerm:
        """A word for where an answer stands; raises KeyError if it is not there."""
        return {word.id: word for word in self.positions}[id]

    def term(self, section: str, id: str) -> Term:
        """A word of a section; raises KeyError if it is not there."""
        for term in getattr(self, section):
            if term.id == id:
                return term
        raise KeyError(f"{section}: {id}")

    def mark(self, word: str) -> str:
        """The shape that is drawn beside a class or a verdict."""
        terms = [*self.check_classes, *self.verdicts]
        return next(term.mark for term in terms if term.id == word)


def former_ids(id: str, aliases: list[Alias]) -> list[str]:
    """The ids that led to a record before.

    A cell or a figure of an expert (q-entry--asker) takes over what its two
    halves were called.
    """
    found = [alias.old for alias in aliases if alias.id == id]
    first, dashes, expert = id.partition("--")
    if dashes:
        firsts = [first, *(alias.old for alias in aliases if alias.id == first)]
        experts = [expert, *(alias.old for alias in aliases if alias.id == expert)]
        found += [f"{one}--{other}" for one in firsts for other in experts]
    return [old for old in dict.fromkeys(found) if old != id]


# Words that the program itself leans on. A vocabulary without one is refused.
NEEDED = {
    "positions": ["relays", "does not address"],
    "comparisons": ["same", "rounding", "different measure", "conflict", "single"],
    "sections": ["title", "introduction"],
    "source_kinds": ["repost"],
    "source_statuses": ["ok", "withdrawn"],
    "confidences": ["high"],
    "rereads": ["yes", "partly", "no"],
    "place_precisions": ["exact", "approximate"],
    "actors": ["other"],
}
