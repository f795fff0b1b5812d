"""The map: projection, three drawings, and words that stand on nothing else."""

import math
import re
from itertools import combinations

import pytest
from making import changed, with_section
from projects import ROOT

from facts import load
from pages import labels
from pages import map as maps
from pages.labels import Box

FRAME = Box(0, 0, 860, 490)
SIZE, RADIUS = 13.2, 7


@pytest.fixture(scope="module")
def live_views():
    return maps.views(load.load(ROOT)[0].evidence.places)


def test_projection_is_the_formula_of_the_base_map():
    base = maps.basemap()
    assert maps.project(base["lat1"], base["lon0"]) == (0, 0)
    x, y = maps.project(base["lat1"] - 1, base["lon0"] + 1)
    assert y == pytest.approx(base["k"])
    assert x == pytest.approx(base["k"] * math.cos(math.radians(base["source"]["parallel"])))
    assert maps.project(base["lat1"], 76)[0] == pytest.approx(base["width"], abs=0.5)


# --- What is drawn -----------------------------------------------------------------


def points_of(path):
    assert not re.search("[a-z]", path), "the path is not in absolute coordinates"
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def the_border():
    borders = maps.basemap()["borders"]
    return points_of(next(b["d"] for b in borders if sorted(b["between"]) == ["AFG", "TJK"]))


def test_the_border_runs_between_the_banks():
    """Two towns of the river are at the drawn border, two others well inside."""
    points = the_border()
    assert len(points) > 200, "too few points to recognise the river"

    def kilometres(lat, lon):
        x, y = maps.project(lat, lon)
        return min(math.hypot(x - px, y - py) for px, py in points) / maps.basemap()["k"] * 111

    assert kilometres(37.19, 68.58) < 6
    assert kilometres(37.49, 71.55) < 6
    assert kilometres(36.72, 71.61) < 6
    assert 35 < kilometres(36.73, 68.86) < 65
    assert kilometres(38.54, 68.78) > 90


def test_most_of_the_border_lies_on_its_rivers():
    rivers = {river["name"]: river["d"] for river in maps.basemap()["rivers"]}
    assert set(maps.NAMED) <= set(rivers)
    water = [p for name in maps.NAMED for line in maps._points(rivers[name]) for p in line]
    near = [min(math.dist(point, other) for other in water) < 2 for point in the_border()]
    assert 0.6 < sum(near) / len(near) < 1, "all of it, or too little of it"


def shown(views):
    return [[marker.place.id for marker in view.markers] for view in views]


@pytest.mark.parametrize("lone", [None, (39.1, 66.7), (35.95, 73.8), (34.3, 69.0), (33.1, 75.9)])
def test_every_place_is_drawn_on_wide_screens_and_on_narrow_ones(dataset, lone):
    if lone:
        dataset = changed(dataset, "pl-hill", lat=lone[0], lon=lone[1])
    wide, narrow, region = map(set, shown(maps.views(dataset.evidence.places)))
    everything = {place.id for place in dataset.evidence.places}
    assert wide | region == narrow | region == everything


def test_every_place_of_the_site_is_drawn(live_views):
    wide, narrow, region = map(set, shown(live_views))
    everything = {place.id for place in load.load(ROOT)[0].evidence.places}
    assert wide | region == narrow | region == everything


def test_the_region_leaves_to_the_others_what_both_show(dataset):
    wide, narrow, region = shown(maps.views(dataset.evidence.places))
    assert not set(wide) & set(narrow) & set(region)


def test_a_place_is_drawn_where_it_is_or_beside_its_neighbour(live_views):
    for view in live_views:
        for marker in view.markers:
            x, y = maps.project(marker.place.lat, marker.place.lon)
            x, y = (x - view.frame.left) * view.scale, (y - view.frame.top) * view.scale
            crowd = sum(
                math.dist((marker.x, marker.y), (m.x, m.y)) < 6 * view.sheet.radius
                for m in view.markers
            )
            assert math.dist((x, y), (marker.x, marker.y)) < (0.2 if crowd == 1 else 12)


def test_no_sign_covers_another(live_views):
    for view in live_views:
        for a, b in combinations(view.markers, 2):
            assert math.dist((a.x, a.y), (b.x, b.y)) > 1.95 * view.sheet.radius


@pytest.mark.parametrize("points", [[(5, 5), (5, 5)], [(1, 1), (2, 1), (1, 2)], [(0, 0)] * 9])
def test_signs_are_moved_apart(points):
    found = maps.apart(points, 10)
    assert all(math.dist(a, b) > 9.9 for a, b in combinations(found, 2))
    assert found == maps.apart(points, 10)


def test_what_stands_alone_is_not_moved():
    assert maps.apart([(0, 0), (10, 0), (90, 3)], 10) == [(0, 0), (10, 0), (90, 3)]


def test_the_region_frames_what_the_others_show(dataset):
    wide, narrow, region = maps.views(dataset.evidence.places)
    assert (wide.framed, narrow.framed) == ([], [])
    for (id, frame), view in zip(region.framed, (wide, narrow), strict=True):
        assert id == view.sheet.id
        assert frame.width / region.scale == pytest.approx(view.frame.width, abs=0.2)
        left = (view.frame.left - region.frame.left) * region.scale
        assert frame.left == pytest.approx(left, abs=0.1)


@pytest.mark.parametrize("sheet", [maps.WIDE, maps.NARROW, maps.REGION])
def test_a_scale_bar_is_as_long_as_it_says(dataset, sheet):
    """Measured on the sphere, between the degrees at which its ends lie on the parallel."""
    view = next(v for v in maps.views(dataset.evidence.places) if v.sheet is sheet)
    base, radius = maps.basemap(), 6371.0
    parallel = math.radians(base["source"]["parallel"])
    degrees = view.bar.length / view.scale / base["k"] / math.cos(parallel)
    half = math.radians(degrees) / 2
    kilometres = 2 * radius * math.asin(math.cos(parallel) * math.sin(half))
    assert kilometres == pytest.approx(view.bar.kilometres, rel=0.01)
    assert view.bar.x + view.bar.length < sheet.width / 3


def test_the_rivers_of_the_border_are_named(live_views):
    wide, narrow, region = ({name for name, _ in view.rivers} for view in live_views)
    assert wide == {"Panj", "Pamir river", "Amu Darya"}
    assert {"Panj", "Amu Darya"} <= narrow & region


def test_tajikistan_and_afghanistan_are_named_on_each(dataset):
    for view in maps.views(dataset.evidence.places):
        assert {"Tajikistan", "Afghanistan"} <= {country.name for country in view.countries}


# --- Words that stand on nothing else ----------------------------------------------


def words(view):
    """What is written on a drawing, and the room that each takes."""
    found = [(marker.place.name, marker.label.box) for marker in view.markers]
    found += [(c.name, maps._country_box(c, view.sheet)) for c in view.countries]
    found += [(name, box) for name, at in view.rivers for box in at.boxes]
    bar = view.bar
    return [*found, ("scale", Box(bar.x, bar.y - 14, bar.x + bar.length, bar.y))]


@pytest.mark.parametrize("project", ["mini", "live"])
def test_no_two_words_overlap_and_none_leaves_the_map(dataset, live_views, project):
    for view in live_views if project == "live" else maps.views(dataset.evidence.places):
        for (one, a), (other, b) in combinations(words(view), 2):
            assert one == other or not a.meets(b), (view.sheet.id, one, other)
        for name, box in words(view):
            assert box.inside(Box(0, 0, view.sheet.width, view.height)), (view.sheet.id, name)


def test_no_line_leads_through_a_word_or_across_another(live_views):
    for view in live_views:
        lines = [(m.place.name, m.label.leader) for m in view.markers if m.label.leader]
        for name, line in lines:
            crossed = [word for word, box in words(view) if box.grown(-1).crossed_by(*line)]
            assert crossed in ([], [name]), (view.sheet.id, name)
        for (one, a), (other, b) in combinations(lines, 2):
            assert not labels._cross(a, b), (view.sheet.id, one, other)


def test_no_word_covers_a_sign(live_views):
    for view in live_views:
        for marker in view.markers:
            sign = Box(marker.x, marker.y, marker.x, marker.y).grown(view.sheet.radius)
            assert not [name for name, box in words(view) if box.meets(sign)]


def arranged(signs, texts=None, taken=()):
    texts = texts or [["A name", "what happened"] for _ in signs]
    return labels.arrange(signs, texts, SIZE, RADIUS, FRAME, list(taken), [])


@pytest.mark.parametrize(
    "signs",
    [
        [(380, 200), (382, 216)],
        [(380 + 15 * (i % 4), 200 + 15 * (i // 4)) for i in range(12)],
        [(8, 8), (23, 8), (8, 23), (852, 482), (837, 482)],
        [(100 + 16 * i, 200 + i) for i in range(15)],
    ],
    ids=["close", "twelve in one", "corners", "a row"],
)
def test_labels_do_not_collide_and_stay_inside(signs):
    found = arranged(signs)
    assert not [1 for a, b in combinations(found, 2) if a.box.meets(b.box)]
    assert all(label.box.inside(FRAME) for label in found)
    assert found == arranged(signs)


def test_a_lone_label_is_at_the_right_of_its_sign_and_needs_no_line():
    (label,) = arranged([(400, 200)])
    assert label.anchor == "start"
    assert label.leader is None
    assert 400 + RADIUS < label.x < 400 + RADIUS + 10


def test_a_label_gives_way_to_what_is_there_and_a_line_leads_to_it():
    (label,) = arranged([(400, 200)], taken=[Box(250, 120, 550, 290)])
    start, end = label.leader
    assert math.dist(start, (400, 200)) == pytest.approx(RADIUS + 1, abs=0.2)
    assert end == pytest.approx(label.box.nearest((400, 200)), abs=0.1)


def test_a_label_on_the_left_ends_at_its_sign():
    (label,) = arranged([(845, 200)])
    assert label.anchor == "end"


def test_a_label_is_no_narrower_than_its_longer_line():
    short, long = arranged([(100, 100), (100, 300)], [["A", "b"], ["A", "b" * 30]])
    assert long.box.right - long.box.left > 6 * (short.box.right - short.box.left)
    assert len(short.feet) == len(long.feet) == 2


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Kulob", ["Kulob"]),
        ("Shamsiddin Shohin", ["Shamsiddin", "Shohin"]),
        ("Khorog (Shugnan sector)", ["Khorog", "(Shugnan sector)"]),
        ("Alongnamewithoutbreaks", ["Alongnamewithoutbreaks"]),
    ],
)
def test_a_long_name_has_two_lines(text, lines):
    assert labels.wrapped(text) == lines


def river(y=200.0):
    return [(x, y + (20 if 300 < x < 500 and x % 20 else 0)) for x in range(0, 860, 10)]


def test_a_river_s_name_stands_beside_it_where_it_is_straight():
    found = labels.along([river()], 80, SIZE, FRAME, [], [])
    assert abs(found.turn) < 2
    assert SIZE / 2 < abs(found.y - 200) < 2 * SIZE
    assert not 260 < found.x < 540


def test_a_river_s_name_keeps_clear_of_what_is_there():
    taken = [Box(0, 150, 560, 250)]
    found = labels.along([river()], 80, SIZE, FRAME, taken, [(700, 200)])
    assert not [box for box in found.boxes if box.meets(taken[0])]
    assert labels.along([river()], 80, SIZE, FRAME, [FRAME], []) is None


def test_words_along_a_river_run_from_left_to_right():
    found = labels.along([[(500 - 5 * i, 100 + 5 * i) for i in range(60)]], 80, SIZE, FRAME, [], [])
    assert -90 < found.turn < 90


@pytest.mark.parametrize(
    ("start", "end", "crosses"),
    [
        ((0, 5), (20, 5), True),
        ((0, 0), (20, 20), True),
        ((0, 11), (20, 11), False),
        ((0, 20), (20, 31), False),
        ((3, 0), (3, 20), False),
        ((6, 0), (6, 4), False),
        ((6, 0), (6, 6), True),
        ((-9, 12), (12, -9), False),
    ],
)
def test_a_line_leads_through_a_rectangle_or_past_it(start, end, crosses):
    assert Box(5, 5 - 1, 10, 10).crossed_by(start, end) == crosses


def test_the_same_places_are_always_drawn_alike(dataset):
    assert maps.views(dataset.evidence.places) == maps.views(dataset.evidence.places)


def test_a_map_without_places_is_a_map(dataset):
    views = maps.views(with_section(dataset, "places", []).evidence.places)
    assert shown(views) == [[], [], []]
    assert {"Panj", "Amu Darya"} <= {name for name, _ in views[0].rivers}


# --- Signs -------------------------------------------------------------------------


def test_each_part_in_the_story_has_its_sign_on_the_map_and_in_the_key(dataset, render):
    page = render(dataset)["docs/map.md"]
    drawn, key = page.split('<div class="mapkey">')[0], page.split('<div class="mapkey">')[1]
    key = key.partition("</div>")[0]
    for role in dataset.vocabulary.place_roles:
        assert f'id="sign-{role.sign}"' in drawn
        assert f'href="#sign-{role.sign}"' in key
        assert role.means in key


def test_the_key_leaves_out_what_no_place_has(dataset, render):
    places = [place for place in dataset.evidence.places if place.role != "flown"]
    page = render(with_section(dataset, "places", places))["docs/map.md"]
    assert "Flour came by air" not in page.partition("About the map")[0]
