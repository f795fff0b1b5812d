"""Cut the typefaces of the pages from their originals: `make fonts`.

    .venv/bin/python scripts/pages/fonts/cut.py

Source Serif 4 and Source Sans 3 come as packages with pinned versions; what is
written to docs/assets/fonts has two weights of each and the characters below.
A character that is missing here is shown in a typeface of the reader's own.
Their licence reserves the name Source, so the cuts have names of their own.
"""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

TARGET = Path(__file__).resolve().parents[3] / "docs/assets/fonts"

ASCII = "".join(map(chr, range(0x20, 0x7F)))
SIGNS = "\N{NO-BREAK SPACE}–—‘’“”…·°×−≈→↗§©"
LETTERS = "ÇçĞğİıÖöŞşÜüÂâÎîÛû" + "ÁáÄäÉéÈèÊëÍíÑñÓóÔôßÚú" + "ŁłŃńŚśŻżŽžŠšČčĆć" + "ĀāĪīŪūĂăƏə"
CHARACTERS = ASCII + SIGNS + LETTERS

# Pairs set closer, and fi as one sign. Figures line up as they are.
FEATURES = ["kern", "liga"]
KEPT_NAMES = [0, 1, 2, 3, 4, 6, 14]


class Face(NamedTuple):
    """One file to cut, and the original that it comes from."""

    package: str
    file: str
    axes: dict[str, float]
    name: str  # of the family
    weight: int

    @property
    def path(self) -> Path:
        """Where the cut goes."""
        return TARGET / f"{self.name.lower().replace(' ', '-')}-{self.weight}.woff2"


SERIF = "fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf"
SANS = "fontpkg_source_sans_3", "SourceSans3[wght].ttf"
FACES = [
    Face(*SERIF, {"wght": 400, "opsz": 14}, "Side by Side Serif", 400),
    Face(*SERIF, {"wght": 600, "opsz": 20}, "Side by Side Serif", 600),
    Face(*SANS, {"wght": 400}, "Side by Side Sans", 400),
    Face(*SANS, {"wght": 600}, "Side by Side Sans", 600),
]


def cut(face: Face) -> bytes:
    """One weight of a typeface, cut to our characters, as WOFF2."""
    original = files(face.package) / "files" / face.file
    font = instantiateVariableFont(TTFont(BytesIO(original.read_bytes()), lazy=False), face.axes)
    del font["STAT"]  # tells of the axes that are gone
    font = TTFont(BytesIO(_saved(font)), lazy=False)
    missing = set(map(ord, CHARACTERS)) - font.getBestCmap().keys()
    assert not missing, f"{face.file} lacks {''.join(map(chr, sorted(missing)))}"
    options = subset.Options(
        hinting=False,
        layout_features=FEATURES,
        name_IDs=KEPT_NAMES,
        notdef_outline=True,
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=CHARACTERS)
    subsetter.subset(font)
    _rename(font, face)
    font.flavor = "woff2"
    return _saved(font)


def _rename(font: TTFont, face: Face) -> None:
    """Its own name in place of the reserved one; copyright and licence stay."""
    full = f"{face.name} {face.weight}"
    compact = full.replace(" ", "")
    names = {1: full, 2: "Regular", 3: compact, 4: full, 6: compact}
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]


def _saved(font: TTFont) -> bytes:
    target = BytesIO()
    font.recalcTimestamp = False  # the same cut is the same file
    font.save(target)
    return target.getvalue()


if __name__ == "__main__":
    for face in FACES:
        face.path.write_bytes(cut(face))
        print(f"{face.path.name}: {face.path.stat().st_size:,} bytes")
    print(f"in all: {sum(face.path.stat().st_size for face in FACES):,} bytes")
