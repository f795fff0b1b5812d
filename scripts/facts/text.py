"""What can be asked of a text: its words, its numbers, its letters."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from anyascii import anyascii

from facts.yaml_lines import Loc

# Thousands may be set off by commas or by spaces that do not break.
_NUMBER = re.compile(r"(?<![\w.,-])(?:\d{1,3}(?:[,\u00a0\u2009\u202f]\d{3})+|\d+)(?![\w-]|[.,]\d)")


def strings(data: Any, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Every text in plain data, with the way to it."""
    if isinstance(data, str):
        yield loc, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from strings(value, (*loc, key))
    elif isinstance(data, list):
        for i, value in enumerate(data):
            yield from strings(value, (*loc, i))


def to_ascii(name: str) -> str:
    """`name` in plain ASCII letters: Kıvanç becomes Kivanc."""
    return anyascii(name)


def slug(text: str) -> str:
    """`text` as part of an address, a class or an id: us-and-nato."""
    return re.sub(r"[^a-z0-9]+", "-", to_ascii(text).lower()).strip("-")


def outside_quotes(text: str) -> str:
    """`text` without what is between straight or curly quotation marks."""
    return re.sub(r'"[^"]*"|“[^”]*”', " ", text)


def numbers_in(text: str) -> set[int]:
    """The whole numbers of a text in figures, however their thousands are set off."""
    return {int(re.sub(r"\D", "", found)) for found in _NUMBER.findall(text)}


def unknown(found: str, allowed: list[str]) -> str:
    """The message for a word that is not among the allowed ones."""
    near = _nearest(found, tuple(allowed))
    hint = f" (did you mean {near[0]!r}?)" if near else ""
    return f"found {found!r}{hint}, expected {one_of(allowed)}"


@cache
def _nearest(found: str, allowed: tuple[str, ...]) -> list[str]:
    return difflib.get_close_matches(found, allowed, n=1)


def one_of(allowed: list[str]) -> str:
    """The allowed words, unless there are too many to read."""
    if not allowed:
        return "none"
    if len(allowed) > 33:
        return "the id of a record"
    return f"one of: {', '.join(allowed)}"
