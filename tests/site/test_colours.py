"""Every colour of writing can be read on what is behind it, by day and by night."""

import re

import pytest
from projects import ROOT

CSS = ROOT / "docs/assets/site.css"
SCHEMES = {"day": "default", "night": "slate"}
DARKEST_RATIO = 4.5  # WCAG 2.2, level AA, for writing of any size
SHAPE_RATIO = 3  # the same, for what is no writing

# Writing and what it is on: names of the custom properties in site.css, without dashes.
WRITING = [
    "md-default-fg-color",
    "md-default-fg-color--light",
    "md-default-fg-color--lighter",
    "md-typeset-color",
    "md-typeset-a-color",
    "md-accent-fg-color",
    "quiet",
    "yes",
    "no",
    "between",
    "answers",
]
PAIRS = [(text, paper) for text in WRITING for paper in ("md-default-bg-color", "paper")]
PAIRS += [(side, f"{side}-tint") for side in ("yes", "no", "between")]
PAIRS += [("on-solid", "solid"), ("on-solid", "solid-hover")]
PAIRS += [("on-solid", "disc")]
PAIRS += [("md-typeset-color", "mark"), ("md-typeset-a-color", "mark")]
GROUNDS = ("ground", "ground-a", "ground-b")  # of the map
INKS = ("quiet", "water-ink", "sign-forces", "sign-taken", "sign-crossed")
PAIRS += [(ink, ground) for ink in INKS for ground in GROUNDS]
PAIRS += [
    ("md-primary-bg-color", "md-primary-fg-color"),
    ("md-primary-bg-color--light", "md-primary-fg-color"),
    ("md-footer-fg-color--light", "md-footer-bg-color"),
    ("md-footer-fg-color--light", "md-footer-bg-color--dark"),
    ("md-footer-fg-color--lighter", "md-footer-bg-color--dark"),
]


# Shapes, and rings of the focus, that must stand out from what they are on.
SHAPES = [(shape, paper) for shape in ("disc",) for paper in ("md-default-bg-color", "paper")]
SHAPES += [("focus-on-solid", paper) for paper in ("md-primary-fg-color", "md-footer-bg-color")]
SHAPES += [("focus-on-solid", "md-footer-bg-color--dark")]


def rules(css: str) -> list[tuple[str, dict[str, str]]]:
    """Each rule: its selectors, and its declarations."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    found = re.findall(r"([^{};]+)\{([^{}]*)\}", css)
    return [(who.strip(), dict(re.findall(r"([\w-]+):\s*([^;]+);", what))) for who, what in found]


def colours(css: str, scheme: str) -> dict[str, str]:
    """The colours that hold under a scheme, by their names."""
    found = {}
    for selectors, declared in rules(css):
        wanted = {":root", f'[data-md-color-scheme="{scheme}"]'}
        if not wanted.isdisjoint(re.split(r",\s*", selectors)):
            found |= {k.removeprefix("--"): v for k, v in declared.items() if k.startswith("--")}
    for name, value in found.items():
        while another := re.fullmatch(r"var\(--([\w-]+)\)", value):
            value = found.get(another[1], "")
        found[name] = value
    return {name: value for name, value in found.items() if value.startswith("#")}


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    linear = []
    for at in (0, 2, 4):
        value = int(digits[at : at + 2], 16) / 255
        linear.append(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def together(css: str) -> list[tuple[str, str]]:
    """Colour and background that one rule sets, by their names."""
    found = []
    for _, declared in rules(css):
        text = re.fullmatch(r"var\(--([\w-]+)\)", declared.get("color", ""))
        behind = declared.get("background-color", declared.get("background", ""))
        paper = re.match(r"var\(--([\w-]+)\)$", behind)
        if text and paper:
            found.append((text[1], paper[1]))
    return found


def too_faint(css: str, scheme: str) -> list[tuple[str, str, float]]:
    """Pairs that cannot be read, and pairs of which a colour is not there."""
    known = colours(css, scheme)
    found = []
    least = dict.fromkeys((*PAIRS, *together(css)), DARKEST_RATIO)
    least |= dict.fromkeys(SHAPES, SHAPE_RATIO)
    for (text, paper), wanted in least.items():
        both = text in known and paper in known
        ratio = contrast(known[text], known[paper]) if both else 0
        if ratio < wanted:
            found.append((text, paper, round(ratio, 2)))
    return found


@pytest.mark.parametrize("scheme", SCHEMES)
def test_writing_can_be_read(scheme):
    assert too_faint(CSS.read_text(encoding="utf-8"), SCHEMES[scheme]) == []


def test_pairs_are_found_in_the_rules_too():
    assert len(together(CSS.read_text(encoding="utf-8"))) > 3


def test_every_colour_of_the_day_has_one_for_the_night():
    css = CSS.read_text(encoding="utf-8")
    for selectors, declared in rules(css):
        if '[data-md-color-scheme="default"]' in selectors:
            names = {name for name, value in declared.items() if value.startswith("#")}
            night = '[data-md-color-scheme="slate"]'
            at_night = dict(
                pair for who, what in rules(css) if night in who for pair in what.items()
            )
            assert names <= at_night.keys()


def test_a_faint_colour_is_noticed():
    css = CSS.read_text(encoding="utf-8")
    assert round(contrast("#000", "#ffffff"), 1) == 21.0
    assert round(contrast("#777777", "#fff"), 2) == 4.48
    faint = re.sub(r"--quiet: #\w+;", "--quiet: #999;", css)
    assert ("quiet", "paper") in [pair[:2] for pair in too_faint(faint, "default")]
