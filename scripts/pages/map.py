"""From places and a base map to what the map's template draws.

The base map (scripts/basemap.json) is cut from Natural Earth by
scripts/make_basemap.mjs, in an equirectangular projection: `project` is the
same formula.
"""

from __future__ import annotations

import json
from math import cos, hypot, radians
from pathlib import Path
from typing import Any, NamedTuple

from models import Place

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


Frame = tuple[float, float, float, float]  # left, top, width, height


class Marker(NamedTuple):
    """A place on the map: its spot, and its numbered badge beside it."""

    number: int
    place: Place
    x: float
    y: float
    bx: float
    by: float


def basemap() -> dict[str, Any]:
    return json.loads(BASEMAP.read_text(encoding="utf-8"))


def project(base: dict[str, Any], lat: float, lon: float) -> tuple[float, float]:
    """Degrees north and east to units of the base map.

    Equirectangular: degrees of longitude are shortened by the cosine of the
    standard parallel, so that shapes are right along it.
    """
    x = (lon - base["lon0"]) * cos(radians(base["source"]["parallel"])) * base["k"]
    return x, (base["lat1"] - lat) * base["k"]


def spread(
    points: list[tuple[float, float]], distance: float, frame: Frame, inset: Frame | None = None
) -> list[tuple[float, float]]:
    """Where the badges of some points go: `distance` apart, inside the frame.

    Each starts above its point, or below it where the line under the inset
    would cross it. Badges are pushed away from each other and from the other
    points, up to 400 rounds; the same points always give the same places.
    """
    up = [-0.7 * distance] * len(points)
    if inset:
        left, top, width, height = inset
        up = [
            -u if left <= x <= left + width and abs(y + u - top - height) < distance / 2 else u
            for u, (x, y) in zip(up, points, strict=True)
        ]
    moved = [[x, y + u] for u, (x, y) in zip(up, points, strict=True)]
    left, top, width, height = frame
    for _ in range(400):
        still = True
        for i in range(len(moved)):
            for j in range(i):
                dx, dy = moved[i][0] - moved[j][0], moved[i][1] - moved[j][1]
                apart = hypot(dx, dy) or 1e-6
                if apart < distance:
                    still = False
                    push = (distance - apart) / 2 + 0.01
                    dx, dy = (dx / apart, dy / apart) if apart > 1e-3 else (1.0, 0.0)
                    moved[i] = [moved[i][0] + dx * push, moved[i][1] + dy * push]
                    moved[j] = [moved[j][0] - dx * push, moved[j][1] - dy * push]
            for x, y in points:
                dx, dy = moved[i][0] - x, moved[i][1] - y
                apart = hypot(dx, dy) or 1e-6
                if apart < 0.6 * distance:
                    still = False
                    push = 0.6 * distance - apart + 0.01
                    moved[i] = [moved[i][0] + dx / apart * push, moved[i][1] + dy / apart * push]
        for point in moved:
            point[0] = min(max(point[0], left + distance / 2), left + width - distance / 2)
            point[1] = min(max(point[1], top + distance / 2), top + height - distance / 2)
        if still:
            break
    return [(x, y) for x, y in moved]


def views(places: list[Place]) -> list[dict[str, Any]]:
    """The two drawings: the region, and the border enlarged.

    A place that lies in the enlarged part has its number there only.
    """
    base = basemap()
    numbered = [
        (i, place, *project(base, place.lat, place.lon)) for i, place in enumerate(places, 1)
    ]
    (left, top), (right, bottom) = project(base, *NORTH_WEST), project(base, *SOUTH_EAST)
    inset = (left, top, right - left, bottom - top)

    def inside(x: float, y: float) -> bool:
        return left <= x <= right and top <= y <= bottom

    frames = [
        (
            "The region. The framed part is enlarged below.",
            (0, 0, base["width"], base["height"]),
            [n for n in numbered if not inside(n[2], n[3])],
            inset,
        ),
        (
            "The border between Tajikistan and Afghanistan.",
            inset,
            [n for n in numbered if inside(n[2], n[3])],
            None,
        ),
    ]
    return [_view(base, title, frame, chosen, cut) for title, frame, chosen, cut in frames]


def _view(
    base: dict[str, Any], title: str, frame: Frame, chosen: list, inset: Frame | None
) -> dict[str, Any]:
    unit = frame[2] / WIDTH
    badges = spread([(x, y) for _, _, x, y in chosen], 46 * unit, frame, inset)
    r = lambda number: round(number, 2)  # noqa: E731
    labels = (
        {c["name"]: c["label"] for c in base["countries"] if c["name"] not in UNLABELLED}
        if inset
        else {}
    )
    labels |= {
        name: project(base, *at) for name, at in (LABELS if inset else DETAIL_LABELS).items()
    }
    return {
        "title": title,
        "viewbox": " ".join(str(r(n)) for n in frame),
        "inset": [r(n) for n in inset] if inset else None,
        "countries": [{"name": name, "x": r(x), "y": r(y)} for name, (x, y) in labels.items()],
        "country_size": r(17 * unit),
        "badge": r(12 * unit),
        "spot": r(3.5 * unit),
        "text": r(14 * unit),
        "markers": [
            Marker(n, place, r(x), r(y), r(bx), r(by))
            for (n, place, x, y), (bx, by) in zip(chosen, badges, strict=True)
        ],
    }
