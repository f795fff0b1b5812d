"""From places and a base map to what the map's template draws.

The base map (basemap.json) is cut from Natural Earth by `make basemap`, in an
equirectangular projection: `project` is the same formula. Three drawings show
parts of it, each in pixels of its own. Where words stand on them is worked out
in labels.py.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from math import cos, hypot, pi, radians
from pathlib import Path
from typing import Any, NamedTuple

from facts.evidence import Place
from pages.labels import Along, Box, Label, Point, along, arrange, dots, text_width, wrapped

BASEMAP = Path(__file__).parent / "basemap.json"
NAMED = ("Panj", "Pamir", "Amu Darya")  # the rivers of the border
RIVER_NAMES = {"Pamir": "Pamir river"}  # the bare name is that of the mountains
KILOMETRES = (50, 100, 200, 300)  # lengths that a scale bar may have
KM_PER_DEGREE = 2 * pi * 6371.0 / 360  # of latitude; of longitude times a cosine
EDGE = 4  # px between what is written and the frame
ROUNDS = 200  # of moving signs apart


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


class Sheet(NamedTuple):
    """What a drawing shows and how large: corners in degrees, the rest in pixels."""

    id: str
    north_west: tuple[float, float]
    south_east: tuple[float, float]
    width: int
    size: float  # of type
    radius: float  # of a sign
    told: bool  # whether it says what happened, under the name of a place
    capitals: bool  # whether the names of countries are large, and in capitals
    countries: dict[str, tuple[float, float]]  # where they stand; the others go unnamed


# The narrow drawing stands in for the wide one where that has less than 720 px. There, and at the
# 288 px that a phone of 320 px leaves to the others, the type is 11 px high.
WIDE = Sheet(
    "wide", (39.2, 66.6), (35.9, 73.9), 860, 13.2, 7, True, True,
    {
        "Tajikistan": (38.78, 70.0),
        "Afghanistan": (36.28, 70.0),
        "Uzbekistan": (38.2, 67.25),
        "Pakistan": (36.05, 73.0),
    },
)  # fmt: skip
NARROW = Sheet(
    "narrow", (39.25, 66.4), (34.25, 72.2), 328, 12.6, 5.5, False, True,
    {"Tajikistan": (38.95, 70.6), "Afghanistan": (35.75, 68.0), "Pakistan": (34.75, 71.75)},
)  # fmt: skip
REGION = Sheet(
    "region", (41.5, 59.5), (33.0, 76.0), 328, 12.6, 5.5, False, False,
    {
        "Tajikistan": (38.75, 70.1),
        "Afghanistan": (36.1, 65.0),
        "Uzbekistan": (40.1, 64.5),
        "Turkmenistan": (38.2, 61.0),
        "Kyrgyzstan": (40.8, 74.0),
        "Iran": (35.7, 60.0),
        "China": (38.3, 75.3),
        "Pakistan": (33.4, 73.0),
    },
)  # fmt: skip


class Marker(NamedTuple):
    """A place, where its sign is, and what stands beside it, in pixels."""

    place: Place
    x: float
    y: float
    lines: list[str]
    label: Label


class Country(NamedTuple):
    """The name of a country, and where its middle is, in pixels."""

    name: str
    x: float
    y: float


class Bar(NamedTuple):
    """A scale bar: its left end, its length in pixels and in kilometres."""

    x: float
    y: float
    length: float
    kilometres: int


@dataclass(frozen=True)
class View:
    """One drawing; sizes in its pixels."""

    sheet: Sheet
    height: float
    scale: float  # pixels in a unit of the base map
    frame: Frame
    framed: list[tuple[str, Frame]]  # what the other drawings show of this one
    countries: list[Country]
    rivers: list[tuple[str, Along]]
    markers: list[Marker]
    bar: Bar


@cache
def basemap() -> dict[str, Any]:
    """Outlines, borders, water and the frame; not to be changed."""
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


def frame_of(sheet: Sheet) -> Frame:
    """What a drawing shows of the base map."""
    (left, top), (right, bottom) = project(*sheet.north_west), project(*sheet.south_east)
    return Frame(left, top, right - left, bottom - top)


def views(places: list[Place]) -> list[View]:
    """The drawings: the border for wide screens and for narrow ones, and the region.

    The region has the places that one of the other two leaves out.
    """
    near = [frame_of(WIDE), frame_of(NARROW)]
    far = [p for p in places if not all(frame.holds(*project(p.lat, p.lon)) for frame in near)]
    return [_view(WIDE, places), _view(NARROW, places), _view(REGION, far, (WIDE, NARROW))]


def _view(sheet: Sheet, places: list[Place], others: tuple[Sheet, ...] = ()) -> View:
    frame = frame_of(sheet)
    scale = sheet.width / frame.width
    height = round(frame.height * scale, 1)

    def pixels(x: float, y: float) -> Point:
        return (x - frame.left) * scale, (y - frame.top) * scale

    shown = [p for p in places if frame.holds(*project(p.lat, p.lon))]
    signs = apart([pixels(*project(p.lat, p.lon)) for p in shown], 2 * sheet.radius + 1)
    edge = Box(EDGE, EDGE, sheet.width - EDGE, height - EDGE)
    bar = _bar(sheet, scale, height)
    countries = _countries(sheet, pixels, edge)
    rivers = {
        river["name"]: [[pixels(*point) for point in line] for line in _points(river["d"])]
        for river in basemap()["rivers"]
        if river["name"] in NAMED
    }
    taken = [_country_box(country, sheet) for country in countries]
    taken.append(Box(bar.x - 4, bar.y - 1.6 * sheet.size, bar.x + bar.length + 12, height))
    taken += [Box(x, y, x, y).grown(sheet.radius) for x, y in signs]
    named = []
    for name, pieces in rivers.items():
        text = RIVER_NAMES.get(name, name)
        width = text_width(text, sheet.size)
        if found := along(pieces, width, sheet.size, edge, taken, signs):
            named.append((text, found))
            taken += found.boxes
    pieces = [piece for river in rivers.values() for piece in river]
    lines = [point for piece in pieces for point in dots(piece) if edge.holds(point)]
    texts = [[p.name, p.beside] if sheet.told else wrapped(p.name) for p in shown]
    labels = arrange(signs, texts, sheet.size, sheet.radius, edge, taken, lines)
    return View(
        sheet=sheet,
        height=height,
        scale=round(scale, 4),
        frame=Frame(*_rounded(*frame)),
        framed=[(other.id, _shown(frame_of(other), frame, scale)) for other in others],
        countries=countries,
        rivers=named,
        markers=[
            Marker(place, round(x, 1), round(y, 1), text, label)
            for place, (x, y), text, label in zip(shown, signs, texts, labels, strict=True)
        ],
        bar=bar,
    )


def _shown(inner: Frame, frame: Frame, scale: float) -> Frame:
    """A part of the base map in the pixels of a drawing."""
    left, top = (inner.left - frame.left) * scale, (inner.top - frame.top) * scale
    return Frame(*_rounded(left, top, inner.width * scale, inner.height * scale))


def _rounded(*numbers: float) -> list[float]:
    return [round(number, 1) for number in numbers]


def _points(path: str) -> list[list[Point]]:
    """The lines of a path that has none but absolute points."""
    return [
        [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", line)]
        for line in path.split("M")[1:]
    ]


def apart(points: list[Point], distance: float) -> list[Point]:
    """The points, those that are too close moved until they are `distance` apart.

    The same points always give the same places.
    """
    found = [list(point) for point in points]
    for _ in range(ROUNDS):
        moved = False
        for i, a in enumerate(found):
            for b in found[:i]:
                dx, dy = a[0] - b[0], a[1] - b[1]
                gap = hypot(dx, dy)
                if gap >= distance:
                    continue
                ux, uy = (dx / gap, dy / gap) if gap > 1e-3 else (1.0, 0.0)
                way = (distance - gap) / 2 + 0.01
                a[0], a[1] = a[0] + ux * way, a[1] + uy * way
                b[0], b[1] = b[0] - ux * way, b[1] - uy * way
                moved = True
        if not moved:
            break
    return [(x, y) for x, y in found]


# --- Countries and the scale -------------------------------------------------------


def country_size(sheet: Sheet) -> float:
    """The type size of the names of countries."""
    return round(sheet.size * (1.3 if sheet.capitals else 1), 1)


def _countries(sheet: Sheet, pixels: Any, edge: Box) -> list[Country]:
    """The names of countries, none across the edge."""
    found = []
    for name, at in sheet.countries.items():
        x, y = pixels(*project(*at))
        half = _country_width(name, sheet) / 2
        x = min(max(x, edge.left + half), edge.right - half)
        found.append(Country(name, *_rounded(x, y)))
    return found


def _country_width(name: str, sheet: Sheet) -> float:
    size = country_size(sheet)
    if not sheet.capitals:
        return text_width(name, size)
    return text_width(name.upper(), size) + 0.15 * size * len(name)


def _country_box(country: Country, sheet: Sheet) -> Box:
    half, size = _country_width(country.name, sheet) / 2, country_size(sheet)
    return Box(country.x - half, country.y - size, country.x + half, country.y + 0.4 * size)


def _bar(sheet: Sheet, scale: float, height: float) -> Bar:
    """The longest of some lengths that takes no more than a quarter of the drawing."""
    km = KM_PER_DEGREE / (basemap()["k"] * scale)  # in a pixel, along the standard parallel
    length = max(one for one in KILOMETRES if one / km <= sheet.width / 4)
    return Bar(2.5 * EDGE, round(height - 2.5 * EDGE, 1), round(length / km, 2), length)
