"""What is new, for readers of feeds: the version, corrections, and what happened since.

The id of an entry is the address of its record, so a record that is changed
again is one entry with a new day.
"""

from __future__ import annotations

import datetime
from typing import NamedTuple

from facts import sentences
from facts.dataset import Dataset
from facts.evidence import Outcome
from facts.release import Release


class Entry(NamedTuple):
    """A thing that is new."""

    day: datetime.date
    id: str  # these two are below the site's address
    address: str
    title: str
    text: str

    @property
    def updated(self) -> str:
        """The day as Atom has it."""
        return f"{self.day.isoformat()}T00:00:00Z"


def entries(dataset: Dataset, release: Release) -> list[Entry]:
    """All that is new, the latest first."""
    version = Entry(
        release.released,
        f"#version-{release.version}",
        "data/",
        f"Version {release.version}",
        release.abstract,
    )
    corrections = [
        Entry(
            correction.date,
            dataset.address_of(correction.id),
            dataset.address_of(correction.id),
            ": ".join(["Corrected", *subjects(dataset, correction.concerns)]),
            correction.says,
        )
        for correction in dataset.evidence.corrections
    ]
    outcomes = [
        Entry(
            outcome.changed,
            dataset.address_of(outcome.id),
            dataset.address_of(outcome.id),
            f"What happened: {outcome.short}",
            f"{outcome.assessment} {_verdict(outcome)}. {outcome.happened}",
        )
        for outcome in dataset.evidence.outcomes
        if outcome.changed
    ]
    found = [version, *corrections, *outcomes]
    return sorted(found, key=lambda entry: entry.day, reverse=True)


def subjects(dataset: Dataset, ids: list[str]) -> list[str]:
    """What some records are about, in one line; nothing where there are none."""
    line = ", ".join(sentences.subject_of(dataset, id) for id in ids)
    return [line] if line else []


def _verdict(outcome: Outcome) -> str:
    if outcome.judged:
        return f"Verdict on that: {outcome.verdict}"
    return sentences.unjudged(outcome)
