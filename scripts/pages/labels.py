"""Where the words of a map stand: beside their signs, along rivers, never on each other.

Nothing here is left to chance: the same map always gets the same labels.
Widths are estimated, on the safe side, because the reader's font is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import atan2, cos, degrees, hypot, pi, sin
from typing import NamedTuple

Point = tuple[float, float]

LEADING = 1.12  # height of a line, in sizes of type
APART = 2.5  # px between one label and the next
LONG = 11  # letters that a name may have in one line of two
GAP = 1.5  # px between a sign and its label
STEP = 7  # px between the rings on which a label is tried
RINGS = 18
DIRECTIONS = 16
NARROW, BROAD = frozenset("fijlrtI.,;:'’|()[]-– /"), frozenset("mwMW—@%")
ROUNDS = 5  # in which each label may oust others
OUSTING = 24  # places that it may want for that

# What a place for a label costs: a ring farther off, a point of a river or a line that is
# covered, another label or sign that its own line crosses, and what should not be at all.
FAR, COVERED, CROSSED, NO_ROOM = 4.0, 0.4, 40.0, 1000.0
CLOSE = 6.0  # what a sign near a river's name costs, in pixels of a bend


# Ways from a sign to its label, and what each costs: right is best, left comes second.
WAYS = [
    (cos(turn), sin(turn), 0 if n == 0 else 1 if n == DIRECTIONS // 2 else 1.5)
    for n, turn in enumerate(2 * pi * i / DIRECTIONS for i in range(DIRECTIONS))
]


class Box(NamedTuple):
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def inside(self, other: Box) -> bool:
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )

    def holds(self, point: Point) -> bool:
        return self.left < point[0] < self.right and self.top < point[1] < self.bottom

    def crossed_by(self, start: Point, end: Point) -> bool:
        """Whether a straight line leads through the rectangle."""
        (x0, y0), (x1, y1) = start, end
        if max(x0, x1) <= self.left or min(x0, x1) >= self.right:
            return False
        if max(y0, y1) <= self.top or min(y0, y1) >= self.bottom:
            return False
        first, last = 0.0, 1.0
        for at, way, low, high in (
            (x0, x1 - x0, self.left, self.right),
            (y0, y1 - y0, self.top, self.bottom),
        ):
            if way == 0:
                if not low < at < high:
                    return False
                continue
            enter, leave = sorted(((low - at) / way, (high - at) / way))
            first, last = max(first, enter), min(last, leave)
        return first < last

    def grown(self, by: float) -> Box:
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def with_point(self, point: Point) -> Box:
        """The smallest rectangle that holds this one and a point."""
        (x, y), (left, top, right, bottom) = point, self
        return Box(min(left, x), min(top, y), max(right, x), max(bottom, y))

    def nearest(self, point: Point) -> Point:
        """The point of the rectangle that is nearest to another."""
        x = min(max(point[0], self.left), self.right)
        return x, min(max(point[1], self.top), self.bottom)


class Label(NamedTuple):
    """One line or two beside a sign: where they are, and a line to the sign where it is far."""

    box: Box
    x: float
    feet: list[float]  # of its lines
    anchor: str  # start, middle or end
    leader: tuple[Point, Point] | None
    whole: Box  # with that line


class Along(NamedTuple):
    """A text along a river: its middle, its turn in degrees, and the room that it takes."""

    x: float
    y: float
    turn: float
    boxes: list[Box]


def text_width(text: str, size: float) -> float:
    """About how wide a text is, in the broader of the usual fonts."""
    return size * sum(map(_em, text))


def _em(character: str) -> float:
    if character in NARROW:
        return 0.34
    if character in BROAD:
        return 0.9
    return 0.74 if character.isupper() else 0.6


def wrapped(text: str) -> list[str]:
    """A name in one line, or, where it is long, in two of about one length."""
    breaks = [n for n, character in enumerate(text) if character == " "]
    if len(text) <= LONG or not breaks:
        return [text]
    bracket = text.find(" (")
    middle = bracket if bracket > 0 else min(breaks, key=lambda n: abs(n - len(text) / 2))
    return [text[:middle], text[middle + 1 :]]


# --- Beside signs ------------------------------------------------------------------


class Choice(NamedTuple):
    """A place for a label, and what it costs wherever the other labels are."""

    cost: float
    label: Label


class Page:
    """A map on its way: which label has which of its choices."""

    def __init__(self, choices: list[list[Choice]]):
        self.choices = choices
        self.chosen: dict[int, Choice] = {}

    def put(self, i: int) -> None:
        """Give a label the place that costs least among those that stand."""
        self.chosen.pop(i, None)
        best, least = self.choices[i][0], float("inf")
        for choice in self.choices[i]:
            if least <= choice.cost:
                break  # what follows costs more still
            cost = choice.cost + self._hindrance(choice.label)
            if cost < least:
                best, least = choice, cost
        self.chosen[i] = best

    def cost(self) -> float:
        """What all places cost together; what two do to each other counts for both."""
        return sum(map(self._cost_of, self.chosen))

    def oust(self, i: int) -> bool:
        """Try to give a label a better place by moving those that stand there.

        Whether that was to the good of all.
        """
        before, cost = dict(self.chosen), self.cost()
        own = self._cost_of(i)
        for choice in self.choices[i][:OUSTING]:
            if choice.cost >= own:
                break
            others = {j: other for j, other in before.items() if j != i}
            free = {j: o for j, o in others.items() if not _hinders(choice.label, o.label)}
            self.chosen = {**free, i: choice}
            for j in sorted(others.keys() - free.keys()):
                self.put(j)
            if self.cost() < cost - 0.01:
                return True
        self.chosen = before
        return False

    def _cost_of(self, i: int) -> float:
        choice = self.chosen[i]
        return choice.cost + self._hindrance(choice.label, i)

    def _hindrance(self, label: Label, i: int | None = None) -> float:
        """What a place costs by the other labels, of which `i` is none."""
        return sum(_hinders(label, o.label) for j, o in self.chosen.items() if j != i)


def _hinders(one: Label, other: Label) -> float:
    """What two labels cost by meeting, or by a line to a sign that leads through the other."""
    if not one.whole.meets(other.whole):
        return 0.0
    cost = NO_ROOM if one.box.meets(other.box) else 0.0
    for a, b in ((one, other), (other, one)):
        if a.leader and b.box.crossed_by(*a.leader):
            cost += CROSSED
    if one.leader and other.leader and _cross(one.leader, other.leader):
        cost += CROSSED
    return cost


def _cross(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Whether two lines cross: the ends of each are on two sides of the other."""

    def side(line: tuple[Point, Point], point: Point) -> float:
        (x0, y0), (x1, y1) = line
        return (x1 - x0) * (point[1] - y0) - (y1 - y0) * (point[0] - x0)

    return (
        side(one, other[0]) * side(one, other[1]) < 0
        and side(other, one[0]) * side(other, one[1]) < 0
    )


def arrange(
    signs: list[Point],
    texts: list[list[str]],
    size: float,
    radius: float,
    edge: Box,
    taken: list[Box],
    lines: list[Point],
) -> list[Label]:
    """A label for each sign, on no other label, no sign and nothing that is taken.

    `lines` are points that are better left uncovered. Those with most
    neighbours choose first; then those that are worst off may oust others, as
    long as that is to the good of all.
    """
    rooms = [Box(x, y, x, y).grown(radius + 1) for x, y in signs]
    page = Page(
        [
            _choices(sign, text, size, radius, edge, [*taken, *rooms], lines)
            for sign, text in zip(signs, texts, strict=True)
        ]
    )
    crowd = [sum(hypot(x - a, y - b) < 8 * size for a, b in signs) for x, y in signs]
    order = sorted(range(len(signs)), key=lambda i: (-crowd[i], i))
    for i in order:
        page.put(i)
    for _ in range(ROUNDS):
        if not any([page.oust(i) for i in order]):
            break
    return [page.chosen[i].label for i in range(len(signs))]


def _choices(
    sign: Point,
    text: list[str],
    size: float,
    radius: float,
    edge: Box,
    blocked: list[Box],
    lines: list[Point],
) -> list[Choice]:
    """The places around a sign, the cheapest first; those without room only if there are no others.

    A place that would leave the map is moved back into it.
    """
    x, y = sign
    width = max(text_width(line, size) for line in text) + 2 * APART
    height = len(text) * LEADING * size + APART
    far = radius + RINGS * STEP
    around = Box(x, y, x, y).grown(far + max(width, height))
    lines = [point for point in lines if around.holds(point)]
    others = [room for room in blocked if not room.holds(sign)]
    free: list[Choice] = []
    full: list[Choice] = []
    for ring in range(RINGS):
        reach = radius + GAP + ring * STEP
        for ux, uy, slant in WAYS:
            left = x + ux * (reach + width / 2) - width / 2
            top = y + uy * (reach + height / 2) - height / 2
            left = max(edge.left, min(left, edge.right - width))
            top = max(edge.top, min(top, edge.bottom - height))
            box = Box(left, top, left + width, top + height)
            label = _label(box, sign, ux, size, radius, ring)
            cost = ring * FAR + slant
            if met := sum(map(box.meets, blocked)):
                full.append(Choice(cost + NO_ROOM * met, label))
                continue
            cost += COVERED * sum(map(box.holds, lines))
            if label.leader:
                cost += CROSSED * sum(room.crossed_by(*label.leader) for room in others)
            free.append(Choice(cost, label))
    return sorted(free or full, key=lambda choice: choice.cost)


def _label(box: Box, sign: Point, ux: float, size: float, radius: float, ring: int) -> Label:
    """Lines of text in a box, turned to their sign."""
    anchor, x = "middle", (box.left + box.right) / 2
    if ux > 0.3:
        anchor, x = "start", box.left + APART
    elif ux < -0.3:
        anchor, x = "end", box.right - APART
    leader = None
    (x0, y0), end = sign, box.nearest(sign)
    away = hypot(end[0] - x0, end[1] - y0)
    if ring and away > radius + STEP / 2:
        way = (radius + 1) / away
        start = x0 + (end[0] - x0) * way, y0 + (end[1] - y0) * way
        leader = (_rounded(*start), _rounded(*end))
    lines = round((box.bottom - box.top - APART) / (LEADING * size))
    feet = [round(box.top + (0.95 + LEADING * n) * size, 1) for n in range(lines)]
    whole = box.with_point(leader[0]) if leader else box
    return Label(box, round(x, 1), feet, anchor, leader, whole)


def _rounded(x: float, y: float) -> Point:
    return round(x, 1), round(y, 1)


def dots(line: list[Point]) -> Iterator[Point]:
    """Points along a line of several pieces, a few pixels apart."""
    for (x0, y0), (x1, y1) in pairwise(line):
        count = max(1, round(hypot(x1 - x0, y1 - y0) / 8))
        for n in range(count):
            yield x0 + (x1 - x0) * n / count, y0 + (y1 - y0) * n / count


# --- Along rivers ------------------------------------------------------------------


def along(
    pieces: list[list[Point]],
    width: float,
    size: float,
    edge: Box,
    taken: list[Box],
    signs: list[Point],
) -> Along | None:
    """Where a river's name runs beside it: where it is straightest and no sign is near.

    The name is straight and keeps clear of the bends; None where there is no room.
    """
    best: tuple[float, Along] | None = None
    for piece in pieces:
        for start in range(len(piece)):
            stretch = _stretch(piece[start:], width)
            for side in (1, -1) if stretch else ():
                cost, found = _beside(stretch, width, size, side)
                cost += CLOSE * sum(
                    hypot(found.x - x, found.y - y) < width / 2 + 3 * size for x, y in signs
                )
                clear = all(box.inside(edge) for box in found.boxes) and not any(
                    box.meets(other) for box in found.boxes for other in taken
                )
                if clear and (best is None or cost < best[0]):
                    best = cost, found
    return best[1] if best else None


def _stretch(points: list[Point], width: float) -> list[Point]:
    """The first points of a line, as far as a text of that width reaches."""
    for n, (x, y) in enumerate(points):
        if hypot(x - points[0][0], y - points[0][1]) >= width:
            return points[: n + 1]
    return []


def _beside(stretch: list[Point], width: float, size: float, side: int) -> tuple[float, Along]:
    """A text beside a stretch of river, on one side; and how far the river bends from it."""
    (x0, y0), (x1, y1) = stretch[0], stretch[-1]
    if x1 < x0:  # words run from left to right
        (x0, y0), (x1, y1) = (x1, y1), (x0, y0)
    length = hypot(x1 - x0, y1 - y0)
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    nx, ny = -uy * side, ux * side
    offsets = [(x - x0) * nx + (y - y0) * ny for x, y in stretch]
    away = max(offsets) + 0.62 * size + 2
    x, y = (x0 + x1) / 2 + nx * away, (y0 + y1) / 2 + ny * away
    count = max(3, int(width / size))
    boxes = []
    for n in range(count + 1):
        part = (n / count - 0.5) * width
        cx, cy = x + ux * part, y + uy * part
        boxes.append(Box(cx, cy, cx, cy).grown(0.6 * size))
    cost = max(offsets) - min(offsets) + 8 * abs(uy)  # level is easier to read
    turn = round(degrees(atan2(uy, ux)), 1)
    return cost, Along(*_rounded(x, y), turn, boxes)
