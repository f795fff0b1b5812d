"""The map: projection, two drawings, and badges that do not collide."""

import math
import re

import pytest
from making import changed, with_section

from pages import map as maps

UNIT = 1.0  # a pixel, where a frame is as wide as the drawing
FRAME = maps.Frame(0, 0, 760, 400)


def test_projection_is_the_formula_of_the_base_map():
    base = maps.basemap()
    assert maps.project(base["lat1"], base["lon0"]) == (0, 0)
    x, y = maps.project(base["lat1"] - 1, base["lon0"] + 1)
    assert y == pytest.approx(base["k"])
    assert x == pytest.approx(base["k"] * math.cos(math.radians(base["source"]["parallel"])))
    assert maps.project(base["lat1"], 76)[0] == pytest.approx(base["width"], abs=0.5)


def test_the_border_runs_between_the_banks():
    """Two towns of the river are at the drawn border, two others well inside."""
    base = maps.basemap()
    path = next(b["d"] for b in base["borders"] if sorted(b["between"]) == ["AFG", "TJK"])
    assert "l" not in path, "the path is not in absolute coordinates"
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]
    assert len(numbers) > 200, "too few points to recognise the river"
    points = list(zip(numbers[::2], numbers[1::2], strict=True))

    def kilometres(lat, lon):
        x, y = maps.project(lat, lon)
        return min(math.hypot(x - px, y - py) for px, py in points) / base["k"] * 111

    assert kilometres(37.19, 68.58) < 6
    assert kilometres(37.49, 71.55) < 6
    assert kilometres(36.72, 71.61) < 6
    assert 35 < kilometres(36.73, 68.86) < 65
    assert kilometres(38.54, 68.78) > 90


def numbers(dataset):
    """The numbers on each of the two drawings."""
    views = maps.views(dataset.evidence.places)
    return [[marker.number for marker in view.markers] for view in views]


def test_a_place_has_its_number_on_one_drawing(dataset):
    assert numbers(dataset) == [[4, 5], [1, 2, 3]]


@pytest.mark.parametrize(
    ("lat", "lon", "enlarged"),
    [
        (37.0, 68.5, True),
        (38.99, 66.91, True),
        (39.01, 68.5, False),
        (35.89, 68.5, False),
        (37.0, 66.89, False),
        (37.0, 72.31, False),
    ],
)
def test_the_enlarged_part_ends_where_it_is_framed(dataset, lat, lon, enlarged):
    other = changed(dataset, "pl-millford", lat=lat, lon=lon)
    assert numbers(other)[1] == ([1, 2, 3] if enlarged else [2, 3])


def test_a_place_is_drawn_where_it_is(dataset):
    for view in maps.views(dataset.evidence.places):
        for marker in view.markers:
            at = maps.project(marker.place.lat, marker.place.lon)
            assert (marker.x, marker.y) == pytest.approx(at, abs=0.01)


def test_the_enlarged_part_is_framed_on_the_other_drawing(dataset):
    whole, detail = maps.views(dataset.evidence.places)
    left, top, width, height = map(float, detail.viewbox.split())
    assert (whole.inset.left, whole.inset.top) == (left, top)
    assert (whole.inset.width, whole.inset.height) == (width, height)
    assert detail.inset is None
    assert detail.badge_radius / width == pytest.approx(
        whole.badge_radius / float(whole.viewbox.split()[2]), rel=0.05
    ), "badges are of one size on the screen"


def test_names_of_countries_are_inside_the_drawing(dataset):
    for view in maps.views(dataset.evidence.places):
        left, top, width, height = map(float, view.viewbox.split())
        for label in view.labels:
            assert left < label.x < left + width
            assert top < label.y < top + height
        assert {"Tajikistan", "Afghanistan"} <= {label.name for label in view.labels}
        assert maps.UNLABELLED.isdisjoint(label.name for label in view.labels)


def closest(badges):
    return min(math.dist(a, b) for i, a in enumerate(badges) for b in badges[:i])


@pytest.mark.parametrize(
    "spots",
    [
        [(380, 200), (382, 201)],
        [(380, 200)] * 2,
        [(380, 200)] * 12,
        [(1, 1), (2, 1), (1, 2), (759, 399), (758, 399)],
        [(100 + 3 * i, 200 + i) for i in range(15)],
    ],
    ids=["close", "same", "twelve in one", "corners", "a row"],
)
def test_badges_do_not_collide_and_stay_inside(spots):
    badges = maps.spread(spots, 46 * UNIT, FRAME)
    assert closest(badges) > 0.95 * 46
    for x, y in badges:
        assert 23 <= x <= 760 - 23
        assert 23 <= y <= 400 - 23


def test_badges_leave_every_spot_to_be_seen():
    spots = [(100, 100), (120, 90), (110, 130), (300, 200)]
    badges = maps.spread(spots, 46, FRAME)
    assert all(math.dist(badge, spot) > 0.59 * 46 for badge in badges for spot in spots)


def test_the_same_places_are_always_drawn_alike(dataset):
    assert maps.views(dataset.evidence.places) == maps.views(dataset.evidence.places)


def test_a_lone_badge_is_above_its_spot_and_clear_of_the_frame_of_the_other_part():
    inset = maps.Frame(200, 100, 300, 200)  # its lower edge is at 300
    [(x, y)] = maps.spread([(350, 320)], 46, FRAME, inset)
    assert (x, y) == (350, pytest.approx(320 + 0.7 * 46))
    [(x, y)] = maps.spread([(350, 380)], 46, FRAME, inset)
    assert (x, y) == (350, pytest.approx(380 - 0.7 * 46))
    [(x, y)] = maps.spread([(100, 320)], 46, FRAME, inset)
    assert (x, y) == (100, pytest.approx(320 - 0.7 * 46))


def test_a_map_without_places_is_a_map(dataset):
    assert numbers(with_section(dataset, "places", [])) == [[], []]
