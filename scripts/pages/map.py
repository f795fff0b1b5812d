"""From places and a base map to what the map's template draws.

The base map (basemap.json) is cut from Natural Earth by `make basemap`, in an
equirectangular projection: `project` is the same formula.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from math import cos, hypot, radians
from pathlib import Path
from typing import Any, NamedTuple

from facts.evidence import Place

BASEMAP = Path(__file__).parent / "basemap.json"
NORTH_WEST, SOUTH_EAST = (39.0, 66.9), (35.9, 72.3)  # degrees: the part that is enlarged
LABELS = {"Tajikistan": (38.1, 73.83)}  # where the base map's own label would touch the frame
UNLABELLED = {"India", "Kazakhstan"}  # only a corner of them is on the map
DETAIL_LABELS = {
    "Tajikistan": (38.75, 69.75),
    "Afghanistan": (36.2, 70.2),
    "Uzbekistan": (38.2, 67.48),
}
WIDTH = 760  # of a drawing, in pixels of a wide screen
ROUNDS = 400  # of pushing badges apart; places of one town need a few dozen


class Frame(NamedTuple):
    """A rectangle on the base map, in its units."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom


class Spot(NamedTuple):
    """A place with its number and where it is on the base map."""

    number: int
    place: Place
    x: float
    y: float


class Marker(NamedTuple):
    """A spot, and its numbered badge beside it."""

    number: int
    place: Place
    x: float
    y: float
    badge_x: float
    badge_y: float


class Label(NamedTuple):
    """The name of a country, and where it is written."""

    name: str
    x: float
    y: float


@dataclass(frozen=True)
class View:
    """One drawing; sizes in units of the base map."""

    title: str
    viewbox: str
    inset: Frame | None  # what another view enlarges
    labels: list[Label]
    markers: list[Marker]
    label_size: float
    badge_radius: float
    spot_radius: float
    number_size: float


@cache
def basemap() -> dict[str, Any]:
    """Outlines, borders and the frame; not to be changed."""
    base: dict[str, Any] = json.loads(BASEMAP.read_text(encoding="utf-8"))
    return base


def project(lat: float, lon: float) -> tuple[float, float]:
    """Degrees north and east to units of the base map.

    Equirectangular: degrees of longitude are shortened by the cosine of the
    standard parallel, so that shapes are right along it.
    """
    base = basemap()
    x = (lon - base["lon0"]) * cos(radians(base["source"]["parallel"])) * base["k"]
    return x, (base["lat1"] - lat) * base["k"]


def views(places: list[Place]) -> list[View]:
    """The two drawings: the region, and the border enlarged.

    A place that lies in the enlarged part has its number there only.
    """
    base = basemap()
    spots = [Spot(i, place, *project(place.lat, place.lon)) for i, place in enumerate(places, 1)]
    (left, top), (right, bottom) = project(*NORTH_WEST), project(*SOUTH_EAST)
    inset = Frame(left, top, right - left, bottom - top)
    whole = Frame(0, 0, base["width"], base["height"])
    outside = [spot for spot in spots if not inset.holds(spot.x, spot.y)]
    inside = [spot for spot in spots if inset.holds(spot.x, spot.y)]
    region = {c["name"]: c["label"] for c in base["countries"] if c["name"] not in UNLABELLED}
    region |= {name: project(*at) for name, at in LABELS.items()}
    detail = {name: project(*at) for name, at in DETAIL_LABELS.items()}
    return [
        _view("The region. The framed part is enlarged below.", whole, outside, region, inset),
        _view("The border between Tajikistan and Afghanistan.", inset, inside, detail, None),
    ]


def _view(
    title: str,
    frame: Frame,
    spots: list[Spot],
    labels: dict[str, tuple[float, float]],
    inset: Frame | None,
) -> View:
    unit = frame.width / WIDTH
    badges = spread([(spot.x, spot.y) for spot in spots], 46 * unit, frame, inset)
    markers = [
        Marker(spot.number, spot.place, *_rounded(spot.x, spot.y, *badge))
        for spot, badge in zip(spots, badges, strict=True)
    ]
    return View(
        title=title,
        viewbox=" ".join(str(number) for number in _rounded(*frame)),
        inset=Frame(*_rounded(*inset)) if inset else None,
        labels=[Label(name, *_rounded(x, y)) for name, (x, y) in labels.items()],
        markers=markers,
        label_size=round(17 * unit, 2),
        badge_radius=round(12 * unit, 2),
        spot_radius=round(3.5 * unit, 2),
        number_size=round(14 * unit, 2),
    )


def _rounded(*numbers: float) -> list[float]:
    return [round(number, 2) for number in numbers]


# --- Badges ------------------------------------------------------------------------


class Badge:
    """A badge on its way: x and y change as it is pushed."""

    def __init__(self, x: float, y: float):
        self.x, self.y = x, y

    def push_from(self, x: float, y: float, distance: float) -> bool:
        """Move away from a point until `distance` apart; whether that was needed."""
        apart = hypot(self.x - x, self.y - y)
        if apart >= distance:
            return False
        ux, uy = _direction(self.x - x, self.y - y)
        self._move(ux, uy, distance - apart + 0.01)
        return True

    def part_from(self, other: Badge, distance: float) -> bool:
        """Move apart, half the way each, until `distance` apart; whether that was needed."""
        apart = hypot(self.x - other.x, self.y - other.y)
        if apart >= distance:
            return False
        ux, uy = _direction(self.x - other.x, self.y - other.y)
        way = (distance - apart) / 2 + 0.01
        self._move(ux, uy, way)
        other._move(-ux, -uy, way)
        return True

    def keep_inside(self, frame: Frame, margin: float) -> None:
        self.x = min(max(self.x, frame.left + margin), frame.right - margin)
        self.y = min(max(self.y, frame.top + margin), frame.bottom - margin)

    def _move(self, ux: float, uy: float, way: float) -> None:
        self.x += ux * way
        self.y += uy * way


def _direction(dx: float, dy: float) -> tuple[float, float]:
    """A way of length 1; sideways, where two points coincide."""
    apart = hypot(dx, dy)
    return (dx / apart, dy / apart) if apart > 1e-3 else (1.0, 0.0)


def spread(
    spots: list[tuple[float, float]], distance: float, frame: Frame, inset: Frame | None = None
) -> list[tuple[float, float]]:
    """Where the badges of some spots go: `distance` apart, inside the frame.

    Each starts above its spot, or below it where the line under the inset
    would cross it. Badges are pushed away from each other and from all spots;
    the same spots always give the same places.
    """
    badges = [Badge(x, y + _lift(x, y, distance, inset)) for x, y in spots]
    for _ in range(ROUNDS):
        moved = False
        for i, badge in enumerate(badges):
            for other in badges[:i]:
                moved = badge.part_from(other, distance) or moved
            for x, y in spots:
                moved = badge.push_from(x, y, 0.6 * distance) or moved
        for badge in badges:
            badge.keep_inside(frame, distance / 2)
        if not moved:
            break
    return [(badge.x, badge.y) for badge in badges]


def _lift(x: float, y: float, distance: float, inset: Frame | None) -> float:
    """How far a badge starts from its spot: up, or down where the inset ends."""
    up = -0.7 * distance
    if not inset or not inset.left <= x <= inset.right:
        return up
    crosses = abs(y + up - inset.bottom) < distance / 2
    return -up if crosses else up
