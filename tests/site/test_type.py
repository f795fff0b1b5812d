"""The typefaces of the pages, as a browser gets them."""

import time
import unicodedata
from urllib.parse import urljoin

import lxml.html
import pytest
from built import words

from pages.fonts.cut import CHARACTERS, FACES

LIMIT = 45_000  # bytes of all faces: a reader on a slow line waits for them
SIGNS = "".join(CHARACTERS.split())

SHOW = """async ([family, weight, text]) => {
  const style = {font: `${weight} 16px "${family}"`, margin: 0};
  const box = Object.assign(document.createElement('p'), {id: 'shown', textContent: text});
  Object.assign(box.style, style);
  document.body.replaceChildren(box);
  const faces = await document.fonts.load(style.font, text);
  return faces.map(face => face.status);
}"""

SHIFT = """
  window.shift = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shift += entry.value;
  });
  observer.observe({type: 'layout-shift', buffered: true});
"""


def typefaces_of(page) -> dict[str, int]:
    """The typefaces in which the browser draws `#shown`, and how many signs in each."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": "#shown"})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return {font["familyName"]: font["glyphCount"] for font in fonts}


def uncovered(trees: dict) -> str:
    """Signs on pages that the cuts lack. Names of Russian sources keep the reader's typeface."""
    used = {sign for tree in trees.values() for sign in words(tree.find("body"))}
    return "".join(
        sign
        for sign in sorted(used - set(CHARACTERS))
        if not unicodedata.name(sign, "").startswith("CYRILLIC")
    )


def test_the_typefaces_are_small_and_licensed(live):
    folder = live.site / "assets/fonts"
    sizes = {path.name: path.stat().st_size for path in folder.glob("*.woff2")}
    assert sizes.keys() == {face.path.name for face in FACES}
    assert sum(sizes.values()) <= LIMIT, sizes
    licence = (folder / "OFL.txt").read_text(encoding="utf-8")
    assert "Reserved" in licence and "SIL OPEN FONT LICENSE Version 1.1" in licence


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.path.stem)
def test_each_face_draws_every_sign_that_it_was_cut_for(open_page, live, face):
    page = open_page(live.url)
    assert page.evaluate(SHOW, [face.name, face.weight, SIGNS]) == ["loaded"]
    drawn = typefaces_of(page)
    assert list(drawn) == [f"{face.name} {face.weight}"], drawn
    assert "Source" not in "".join(drawn), "the licence reserves this name"


def test_every_sign_on_a_page_is_in_the_cuts(small_documents, documents, notice):
    assert uncovered(small_documents) == ""
    if signs := uncovered(documents):  # they are there, in a typeface of the reader's own
        notice(f"not in the typefaces of the pages: {signs}. Add them to fonts/cut.py: make fonts")


@pytest.mark.parametrize("name", ["", "compare/", "method/"])
def test_nothing_jumps_when_the_typefaces_arrive_late(open_page, small, name):
    page = open_page("about:blank")
    page.add_init_script(SHIFT)

    def late(route):
        time.sleep(0.3)
        route.continue_()

    page.route("**/*.woff2", late)
    page.goto(small.url + name)
    page.wait_for_function("document.fonts.status === 'loaded'")
    page.wait_for_timeout(200)
    assert page.evaluate("window.shift") < 0.05


def test_every_page_asks_for_its_first_typefaces_at_once(live, documents, zensical_site):
    """From wherever the page is, with either builder; the first page that is missing too."""
    for folder in (live.site, zensical_site):
        for name in documents:
            tree = lxml.html.parse(str(folder / name)).getroot()
            hrefs = tree.xpath("//link[@rel='preload'][@as='font'][@crossorigin]/@href")
            assert len(hrefs) == 2, (folder, name)
            for href in hrefs:
                path = urljoin(live.url + name, href).removeprefix(live.url)
                assert (folder / path).is_file(), (folder, name, href)
