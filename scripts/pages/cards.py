"""Preview cards: 1200 × 630 px pictures of a page, for chats and social media.

The text is fitted here, with the widths of the fonts that are drawn; the
drawing is templates/card.svg.j2. No network, no browser, no font of the
system.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from facts import analysis, sentences
from facts.dataset import Dataset
from facts.release import Release
from pages.page import Page

FONTS = Path(__file__).parent / "fonts"
TEMPLATE = Path(__file__).parent / "templates/card.svg.j2"
SERIF, SANS = FONTS / "side-by-side-serif-600.ttf", FONTS / "side-by-side-sans-400.ttf"
WIDTH, HEIGHT, MARGIN = 1200, 630, 72
BESIDE_INITIALS = 150  # px that the circle with an expert's initials takes


class Card(NamedTuple):
    """What a card says, before it is fitted."""

    kicker: str
    title: str
    under: str  # a line under the title: a role, or nothing
    body: str
    initials: str  # of an expert, or nothing


class Box(NamedTuple):
    """Room for a text, in pixels."""

    top: float
    width: float
    height: float


class Block(NamedTuple):
    """Lines of text that fit: type size in pixels, and the baseline of each line."""

    size: int
    lines: list[tuple[float, str]]


class Layout(NamedTuple):
    """A card with its texts fitted, and the measures that the drawing needs."""

    card: Card
    kicker: Block
    title: Block
    under: Block | None
    body: Block
    margin: int = MARGIN
    width: int = WIDTH
    height: int = HEIGHT


# --- What the cards say ------------------------------------------------------------


def card(dataset: Dataset, release: Release, page: Page) -> Card:
    """The card of a page: of an expert, the comparison, the outcomes, or any other."""
    for expert in dataset.article.experts:
        if page.address == expert.address:
            return Card(
                release.title, expert.name, expert.role_line, expert.thesis, expert.initials
            )
    for question in dataset.article.questions:
        if page.address == question.address:
            body = sentences.question_in_short(dataset, question)
            return Card(release.title, question.wording, "", body, "")
    chosen = analysis.on_home(dataset)
    if page.address == "compare/" and chosen:
        question = chosen[0]
        answers = sentences.standing(dataset, dataset.positions_on(question))
        count = f"{len(dataset.article.experts)} experts"
        return Card(release.title, question.wording, count, answers, "")
    asked = [outcome for outcome in dataset.evidence.outcomes if outcome.kind == "question"]
    if page.address == "outcomes/" and asked:
        answer = sentences.upper_first(asked[0].answer or "")
        body = f"{answer}. Last looked at: {asked[0].looked.shown}."
        return Card(release.title, page.title, asked[0].assessment, body, "")
    judged = [outcome for outcome in dataset.evidence.outcomes if outcome.kind == "assessment"]
    if page.address == "outcomes/" and judged:
        first = judged[0]
        verdict = sentences.upper_first(first.verdict or "")
        looked = f"Last looked at: {first.looked.shown}."
        body = f"{verdict}. Criterion: {first.criterion}. {looked}"
        return Card(release.title, first.assessment, "", body, "")
    return Card(release.title, page.title, "", page.description, "")


def key(card: Card) -> str:
    """What a card's picture depends on: its text, this module, the template and the fonts."""
    return hashlib.sha256(repr(card).encode() + _means()).hexdigest()[:32]


@cache
def _means() -> bytes:
    paths = (Path(__file__), TEMPLATE, SERIF, SANS)
    return b"".join(hashlib.sha256(path.read_bytes()).digest() for path in paths)


# --- Fitting -----------------------------------------------------------------------


@cache
def _advances(font: Path) -> dict[int, float]:
    """The width of each character of a font, in units of the type size."""
    from fontTools.ttLib import TTFont  # only where a card is drawn: it takes a tenth of a second

    with TTFont(font) as found:
        units, widths = found["head"].unitsPerEm, found["hmtx"].metrics
        return {code: widths[name][0] / units for code, name in found.getBestCmap().items()}


def width(text: str, font: Path, size: float) -> float:
    """Width of a line in pixels.

    Kerning is left out: it makes lines shorter, if anything. A character that
    the font lacks counts as wide as the type is high.
    """
    advances = _advances(font)
    return size * sum(advances.get(ord(character), 1.0) for character in text)


def wrap(text: str, font: Path, size: float, limit: float) -> list[str]:
    """Lines no wider than `limit` pixels; a word that is wider is broken."""
    lines: list[str] = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}", font, size) <= limit:
            lines[-1] += f" {word}"
            continue
        lines.append("")
        for character in word:
            if lines[-1] and width(lines[-1] + character, font, size) > limit:
                lines.append("")
            lines[-1] += character
    return lines


def fit(text: str, font: Path, box: Box, largest: int, leading: float = 1.25) -> Block:
    """The text in the largest size, up to `largest` pixels, in which it fits the box."""
    for size in range(largest, 7, -1):
        lines = wrap(text, font, size, box.width)
        if len(lines) * size * leading <= box.height:
            break
    baselines = [round(box.top + size * (0.95 + leading * i), 1) for i in range(len(lines))]
    return Block(size, list(zip(baselines, lines, strict=True)))


def layout(card: Card) -> Layout:
    """What the template draws: every text with its size and its baselines."""
    inner = WIDTH - 2 * MARGIN
    beside = inner - BESIDE_INITIALS if card.initials else inner
    kicker = fit(card.kicker, SANS, Box(60, inner, 40), 28)
    title = fit(card.title, SERIF, Box(128, beside, 170), 68, 1.12)
    below = title.lines[-1][0] + 0.3 * title.size
    under = None
    if card.under:
        under = fit(card.under, SANS, Box(below + 6, beside, 76), 30)
        below = under.lines[-1][0] + 16
    top = below + 26
    face = SERIF if card.initials else SANS
    body = fit(card.body, face, Box(top, inner, HEIGHT - 96 - top), 46, 1.28)
    return Layout(card, kicker, title, under, body)


def png(svg: str) -> bytes:
    """A picture of the drawing, with the fonts of this project and no others."""
    import resvg_py  # only where a card is drawn

    fonts = [str(SERIF), str(SANS)]
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=fonts))
