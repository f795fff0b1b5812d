"""What people write names no count that the data decide: a sixth expert must not make it wrong."""

import re

import pytest
from projects import ROOT

from facts.load import load
from facts.sentences import number
from pages.render import is_generated

TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen")
TEMPLATES = "scripts/pages/templates/*.j2"
PATTERNS = ("CITATION.cff", "mkdocs.yml", "overrides/**/*.html", "docs/**/*.md", TEMPLATES)
WRITTEN = sorted(
    path
    for pattern in PATTERNS
    for path in ROOT.glob(pattern)
    if not is_generated(path.relative_to(ROOT).as_posix())
)


def in_words(things):
    """A count in the ways in which people write it."""
    count = len(things)
    words = {str(count), number(things)}
    if 10 <= count < 18:
        words.add(TEENS[count - 10])
    return words


@pytest.fixture(scope="module")
def loaded():
    return load(ROOT)


@pytest.fixture(scope="module")
def counted(loaded):
    """A pattern for each count and what is counted: five experts."""
    dataset, _ = loaded
    article, evidence = dataset.article, dataset.evidence
    nouns = {
        "experts|answers|opinions": article.experts,
        "questions": article.questions,
        "positions|cells": article.positions,
        "checks": evidence.checks,
        "outcomes": evidence.outcomes,
    }
    patterns = []
    for noun, things in nouns.items():
        words = "|".join(sorted(in_words(things)))
        patterns.append(rf"\b(?:{words})\b(?: \w+)? (?:{noun})\b")
    patterns.append(rf"\b(?:all|the) {number(article.experts)}\b")
    return re.compile("|".join(patterns), re.IGNORECASE)


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_count_is_typed(path, loaded, counted):
    text = path.read_text(encoding="utf-8").replace(loaded[1].title, "")
    assert counted.findall(text) == []


def test_a_typed_count_is_found(loaded, counted):
    experts = loaded[0].article.experts
    assert counted.findall(f"They asked {number(experts)} wise experts.")
