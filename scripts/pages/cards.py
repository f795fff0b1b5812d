"""Preview cards: 1200 × 630 px pictures of a page, for chats and social media.

The text is fitted here, with the widths of the fonts that are drawn; the
drawing is scripts/templates/card.svg.j2. No network, no browser, no font of
the system.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

import derive
from metadata import Page
from models import Edition, Facts

FONTS = Path(__file__).parent / "fonts"
TEMPLATE = Path(__file__).parent / "templates/card.svg.j2"
SERIF, SANS = FONTS / "side-by-side-serif-600.ttf", FONTS / "side-by-side-sans-400.ttf"
WIDTH, HEIGHT, MARGIN = 1200, 630, 72
_HEADER = 33  # bytes of a PNG before its first chunk that is not the header


class Card(NamedTuple):
    """What a card says, before it is fitted."""

    kicker: str
    title: str
    under: str  # a line under the title: a role, or nothing
    body: str
    initials: str  # of an expert, or nothing


class Block(NamedTuple):
    """Lines of text that fit: size and leading in pixels, and the baseline of each line."""

    size: int
    lines: list[tuple[float, str]]


# --- What the cards say ------------------------------------------------------------


def card(facts: Facts, edition: Edition, page: Page) -> Card:
    """The card of a page: of an expert, the comparison, the outcomes, or any other."""
    for expert in facts.experts:
        if page.address == f"experts/{expert.slug}/":
            role = (
                expert.role
                if expert.affiliation == "none given"
                else f"{expert.role}, {expert.affiliation}"
            )
            initials = "".join(
                part[0] for part in (expert.name.split()[0], expert.name.split()[-1])
            )
            return Card(edition.title, expert.name, role, expert.thesis, initials)
    if page.address == "compare/":
        question = derive.most_divided(facts)[0]
        count = derive.tally(facts, [facts.position(question, expert) for expert in facts.experts])
        answers = " · ".join(f"{n} {word}" for n, word in count)
        return Card(edition.title, question.wording, f"{len(facts.experts)} experts", answers, "")
    if page.address == "outcomes/":
        first = next(outcome for outcome in facts.evidence.outcomes if outcome.verdict)
        verdict = f"{first.verdict[:1].upper()}{first.verdict[1:]}. Criterion: {first.criterion}. Last looked at: {first.looked.shown}."
        return Card(edition.title, first.assessment, "", verdict, "")
    return Card(edition.title, page.title, "", page.description, "")


def key(card: Card) -> str:
    """What a card's picture depends on: its text, this module, the template and the fonts."""
    return hashlib.sha256(repr(card).encode() + _means()).hexdigest()[:16]


@cache
def _means() -> bytes:
    return b"".join(
        hashlib.sha256(path.read_bytes()).digest()
        for path in (Path(__file__), TEMPLATE, SERIF, SANS)
    )


# --- Fitting -----------------------------------------------------------------------


@cache
def _advances(font: Path) -> tuple[dict[int, float], float]:
    """Width of each character in units of the type size, and of one that the font lacks."""
    from fontTools.ttLib import TTFont  # only where a card is drawn: it takes a tenth of a second

    with TTFont(font) as found:
        units, widths = found["head"].unitsPerEm, found["hmtx"].metrics
        return {code: widths[name][0] / units for code, name in found.getBestCmap().items()}, 1.0


def width(text: str, font: Path, size: float) -> float:
    """Width of a line in pixels. Kerning is left out: it makes lines shorter, if anything."""
    advances, unknown = _advances(font)
    return size * sum(advances.get(ord(character), unknown) for character in text)


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


def fit(
    text: str, font: Path, box: tuple[float, float, float], largest: int, leading: float = 1.25
) -> Block:
    """The text in the largest size, up to `largest`, in which it fits a box of top, width and height."""
    top, limit, height = box
    for size in range(largest, 7, -1):
        lines = wrap(text, font, size, limit)
        if len(lines) * size * leading <= height:
            break
    return Block(
        size, [(round(top + size * (0.95 + leading * i), 1), line) for i, line in enumerate(lines)]
    )


def layout(card: Card) -> dict[str, object]:
    """What the template draws: every text with its size and its baselines."""
    inner = WIDTH - 2 * MARGIN
    title = fit(card.title, SERIF, (128, inner - (150 if card.initials else 0), 170), 68, 1.12)
    below = title.lines[-1][0] + 0.3 * title.size
    under = (
        fit(card.under, SANS, (below + 6, inner - (150 if card.initials else 0), 76), 30)
        if card.under
        else None
    )
    start = (under.lines[-1][0] + 16 if under else below) + 26
    body = fit(
        card.body, SERIF if card.initials else SANS, (start, inner, HEIGHT - 96 - start), 46, 1.28
    )
    kicker = fit(card.kicker, SANS, (60, inner, 40), 28)
    return {
        "card": card,
        "kicker": kicker,
        "title": title,
        "under": under,
        "body": body,
        "margin": MARGIN,
        "width": WIDTH,
        "height": HEIGHT,
    }


def png(svg: str, key: str) -> bytes:
    """A picture of the drawing, with the fonts of this project and no others, that carries its key."""
    import resvg_py

    picture = resvg_py.svg_to_bytes(
        svg_string=svg, skip_system_fonts=True, font_files=[str(SERIF), str(SANS)]
    )
    text = b"tEXtComment\0" + key.encode()
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    return picture[:_HEADER] + chunk + picture[_HEADER:]


def drawn_from(path: Path) -> str:
    """The key of the card that a picture shows; nothing, where there is no picture of ours."""
    start = path.read_bytes()[_HEADER : _HEADER + 60] if path.is_file() else b""
    return start[16:32].decode("ascii", "replace") if start[4:16] == b"tEXtComment\0" else ""
