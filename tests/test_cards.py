"""Preview cards: the right size, light, in our fonts, and no text outside the frame."""

import base64
import struct

import pytest

import cards
from build_pages import build, environment
from cards import HEIGHT, MARGIN, SANS, SERIF, WIDTH, Card
from conftest import DATA, ROOT, build_into
from facts import load, load_edition

EDITION = load_edition(ROOT / "CITATION.cff")
LONG = "Transcontinental peacekeeping arrangements notwithstanding, " * 9
HARD = {
    "long words": Card(
        "Site " * 40, "Donaudampfschifffahrtsgesellschaft" * 6, LONG, LONG * 3, "ŞÇ"
    ),
    "wide letters": Card("W" * 80, "W" * 200, "W" * 300, "WM" * 900, ""),
    "empty": Card("Site", "Title", "", "", ""),
}


@pytest.fixture(scope="module")
def facts():
    return load(DATA)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return build_into(tmp_path_factory.mktemp("cards")) / "docs/assets/cards"


def test_every_page_has_a_card(folder):
    pages = {
        p.relative_to(folder.parent.parent).with_suffix("").as_posix().removesuffix("/index")
        for p in (folder.parent.parent).rglob("*.md")
    }
    assert {
        p.relative_to(folder).with_suffix("").as_posix() for p in folder.rglob("*.png")
    } == pages


def test_a_card_is_of_the_right_size_and_light(folder):
    for path in folder.rglob("*.png"):
        data = path.read_bytes()
        assert data[:8] == b"\x89PNG\r\n\x1a\n" and struct.unpack(">II", data[16:24]) == (
            WIDTH,
            HEIGHT,
        ) == (1200, 630), path
        assert len(data) < 100_000, path


def test_the_fonts_have_every_letter(facts):
    for font in (SERIF, SANS):
        known = cards._advances(font)[0]
        texts = [
            v for e in facts.experts for v in (e.name, e.role, e.affiliation, e.thesis, e.short)
        ] + [q.wording for q in facts.questions]
        assert {c for text in texts for c in text if ord(c) not in known} == set(), font


def test_a_card_says_what_the_facts_say(facts, folder):
    from metadata import Page

    asker = cards.card(facts, EDITION, Page("experts/ali-asker/", "Ali Asker", ""))
    assert (
        (asker.title, asker.initials) == ("Ali Asker", "AA")
        and asker.body == facts.experts[1].thesis
        and asker.under.startswith("Professor")
    )
    compare = cards.card(facts, EDITION, Page("compare/", "", ""))
    assert (compare.title, compare.body) == (
        "Will the Russian army enter Afghanistan?",
        "2 no · 1 leans yes · 1 conditional · 1 does not address",
    )
    assert cards.card(facts, EDITION, Page("outcomes/", "", "")).body.startswith("Not borne out.")


# Where the picture may be something else than paper: outside the margins there are only the bars at the left.
OUTSIDE = """async ([data, margin]) => {
  const image = new Image(); image.src = 'data:image/png;base64,' + data; await image.decode();
  const canvas = document.createElement('canvas'); canvas.width = image.width; canvas.height = image.height;
  const context = canvas.getContext('2d'); context.drawImage(image, 0, 0);
  const {data: p} = context.getImageData(0, 0, image.width, image.height);
  const paper = [0xfc, 0xfa, 0xf5]; let outside = 0, inside = 0;
  for (let y = 0; y < image.height; y++) for (let x = 32; x < image.width; x++) {
    const i = 4 * (y * image.width + x);
    if (paper.some((c, k) => Math.abs(p[i + k] - c) > 2)) {
      if (x < margin - 6 || x > image.width - margin + 6 || y < 40 || y > image.height - 60) outside++; else inside++;
    }
  }
  return [outside, inside];
}"""


@pytest.mark.site
def test_no_text_outside_the_frame(folder, facts, page):
    svg = environment(facts, EDITION, "").get_template("card.svg.j2")
    drawn = {name: cards.png(svg.render(cards.layout(card)), "") for name, card in HARD.items()}
    drawn |= {path.name: path.read_bytes() for path in folder.rglob("*.png")}
    for name, data in drawn.items():
        outside, inside = page.evaluate(OUTSIDE, [base64.b64encode(data).decode(), MARGIN])
        assert outside == 0 and inside > 2000, name


@pytest.mark.parametrize("name", HARD)
def test_text_that_does_not_fit_shrinks(name):
    layout = cards.layout(HARD[name])
    for part, font, room in (
        ("kicker", SANS, 0),
        ("title", SERIF, 150),
        ("under", SANS, 150),
        ("body", SANS, 0),
    ):
        for baseline, line in layout[part].lines if layout[part] else []:
            limit = WIDTH - 2 * MARGIN - (room if HARD[name].initials else 0)
            font = SERIF if part == "body" and HARD[name].initials else font
            assert cards.width(line, font, layout[part].size) <= limit and baseline < HEIGHT - 66, (
                part,
                line,
            )


def test_a_card_is_drawn_again_only_when_its_text_changes(folder):
    root = folder.parent.parent.parent
    assert build(root) == []
    path = root / "docs/data/facts.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("thesis: A Russian army entry is excluded", "thesis: An entry is excluded"),
        encoding="utf-8",
    )
    assert [name for name in build(root) if name.endswith(".png")] == [
        "docs/assets/cards/experts/ali-asker.png"
    ]
    (folder / "compare.png").unlink()
    (folder / "gone.png").write_bytes(b"")
    assert (
        build(root) == ["docs/assets/cards/compare.png", "docs/assets/cards/gone.png"]
        and not (folder / "gone.png").exists()
    )
