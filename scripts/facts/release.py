"""What CITATION.cff says of this site, as far as pages and files use it."""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from facts.fields import Address, Text, day_shown

_LENIENT = ConfigDict(extra="ignore", strict=True, frozen=True, validate_by_alias=True)
Version = Annotated[str, StringConstraints(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]


class Author(BaseModel):
    """Who made this site or a work, as CITATION.cff names a group or a person."""

    model_config = _LENIENT

    name: Text | None = None
    given: Annotated[Text | None, Field(alias="given-names")] = None
    family: Annotated[Text | None, Field(alias="family-names")] = None

    @property
    def shown(self) -> str:
        """The name of a group, or of a person."""
        names = (self.name, self.given, self.family)
        return " ".join(name for name in names if name)


class Reference(BaseModel):
    """A work that this site is about."""

    model_config = _LENIENT

    title: Text
    url: Address | None = None
    authors: list[Author] = []

    @property
    def author(self) -> str:
        """All authors in one line."""
        return _in_one_line(self.authors)


class Release(BaseModel):
    """A version of this site. CITATION.cff has more keys, which are not read here."""

    model_config = _LENIENT

    title: Text
    message: Text
    abstract: Text
    version: Version
    released: Annotated[datetime.date, Field(alias="date-released")]
    authors: Annotated[list[Author], Field(min_length=1)]
    references: Annotated[list[Reference], Field(min_length=1)]

    @property
    def author(self) -> str:
        """All authors in one line."""
        return _in_one_line(self.authors)

    @property
    def released_shown(self) -> str:
        """The day of the release, in print."""
        return day_shown(self.released)


def _in_one_line(authors: list[Author]) -> str:
    return "; ".join(author.shown for author in authors)
