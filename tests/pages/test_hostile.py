"""No text runs: it is refused with its line, or is the same text on the built page."""

import html
import json
import re
from importlib.util import find_spec

import pytest
from making import CITATION, EVIDENCE, FACTS, Html, edit, problems, run

from pages.page import escape_markdown

needs_zensical = pytest.mark.skipif(
    find_spec("zensical") is None, reason="zensical is not installed"
)

RUNS = {
    "a sum": "{{ 7191*7 }}",
    "a lookup": "{{ cycler.__init__.__globals__ }}",
    "a statement": "{% set a = 1 %}",
    "the beginning of raw": "{% raw %}",
    "the end of raw": "{% endraw %}{{ 7191*7 }}{% raw %}",
    "a comment": "{# a comment",
    "an open brace": "{",
    "a figure elsewhere": "{f-loaf--baker}",
}
BREAKS = {
    "a script": "</script><script>alert(7)</script>",
    "an image": "<img src=x onerror=alert(7)>",
    "an entity": "&lt;script&gt;",
}
# Where it is typed: the file, a line that is there, and that line with the text in it.
PLACES = {
    "an author": (CITATION, "  - name: The Bread Project\n", "  - name: '{}'\n"),
    "the title of the site": (CITATION, "title: Three answers on one loaf\n", "title: '{}'\n"),
    "the abstract": (CITATION, "message: Cite the article", "message: '{}' #"),
    "the title of the article": (
        FACTS,
        '  title: "On the Price of Bread: W',
        "  title: '{}' # \"W",
    ),
    "the name of an expert": (FACTS, "    name: Ada Baker\n", "    name: '{}'\n"),
    "a role": (FACTS, "    role: Miller\n", "    role: '{}'\n"),
    "a thesis": (FACTS, "    thesis: Bread will cost more, and soon.\n", "    thesis: '{}'\n"),
    "an answer": (FACTS, "    says: Ships have left port.\n", "    says: 'A {}'\n"),
    "a question": (FACTS, "    wording: Will a loaf cost more?\n", "    wording: '{}'\n"),
    "a term": (FACTS, "    term: Guild of Bakers\n", "    term: '{}'\n"),
    "a check": (EVIDENCE, "    statement: It begins in two towns.\n", "    statement: '{}'\n"),
    "a criterion": (
        EVIDENCE,
        "    criterion: the same price for a year\n",
        "    criterion: '{}'\n",
    ),
    "a theme of the timeline": (EVIDENCE, "    title: The dear year\n", "    title: '{}'\n"),
}


@pytest.mark.parametrize("name", RUNS | BREAKS)
def test_instructions_in_the_data_are_refused_with_their_line(mini, name):
    text = (RUNS | BREAKS)[name]
    for path, old, new in PLACES.values():
        edit(mini / path, old, new.format(text))
    found = {one.split(": ")[0] for one in problems(mini)}
    for place, (path, _, new) in PLACES.items():
        if (place, name) == ("an answer", "a figure elsewhere"):
            continue  # there it is a figure, if of another expert
        before = (mini / path).read_text(encoding="utf-8").partition(new.format(text))[0]
        line = before.count("\n") + 1
        assert f"{path}:{line}" in found, place


# --- On pages that people write, instructions are text ----------------------------------

TYPED = {name: text for name, text in RUNS.items() if name != "a figure elsewhere"}


def spoil(root):
    """Put every text that could run into titles, descriptions, headings and prose."""
    page = root / "docs/method.md"
    text = page.read_text(encoding="utf-8")
    text = re.sub("^title: .*$", f"title: 'T {together()}'", text, flags=re.M)
    text = re.sub("^description: .*$", f"description: 'D {together()}'", text, flags=re.M)
    text = text.replace("# Method {#method}", f"# H {escape_markdown(together())} {{#method}}")
    page.write_text(f"{text}\nP {escape_markdown(together())}\n", encoding="utf-8")
    page = root / "docs/classroom.md"  # its heading is in its title too
    edit(page, "description: An exercise on *two* numbers", "description: 'E {{ 7191*7 }} {%")
    edit(page, "another page.\n", "{# another page.'\n")


def together():
    return " ".join(TYPED.values())


def judge(site):
    """What is held of a site built with the texts of `spoil`, by either builder."""
    text = (site / "method/index.html").read_text(encoding="utf-8")
    page = Html(text)
    assert page.by_id("method").text.removesuffix("#").removesuffix("¶") == f"H {together()}"
    assert f"P {together()}" in [" ".join(e.text.split()) for e in page.all("p")]
    meta = {
        e.attributes.get("property") or e.attributes.get("name"): e.attributes.get("content")
        for e in page.all("meta")
    }
    assert meta["og:title"] == meta["twitter:title"] == meta["citation_title"] == f"H {together()}"
    assert meta["og:description"] == meta["description"] == f"D {together()}"
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    names = {node["@type"]: node for node in json.loads(block)["@graph"]}
    assert names["WebPage"]["name"] == f"H {together()}"
    assert names["WebPage"]["description"] == f"D {together()}"
    other = (site / "classroom/index.html").read_text(encoding="utf-8")
    assert "E {{ 7191*7 }} {%" in html.unescape(other)
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert str(7191 * 7) not in text, path.name
        assert "object at 0x" not in text, path.name
        assert "{% raw %}\n" not in text, path.name


def test_instructions_on_pages_are_no_fault(mini):
    spoil(mini)
    assert problems(mini) == []


@pytest.mark.site
def test_instructions_are_text_where_mkdocs_builds(mini):
    spoil(mini)
    done = run(mini, "-m", "mkdocs", "build", "--strict", "--quiet")
    assert done.returncode == 0, done.stderr
    judge(mini / "site")


@pytest.mark.site
@needs_zensical
def test_instructions_are_text_where_zensical_builds(mini):
    spoil(mini)
    done = run(mini, "scripts/build.py")
    assert done.returncode == 0, done.stderr
    done = run(mini, "-m", "zensical", "build", "--strict")
    assert done.returncode == 0, done.stdout + done.stderr
    judge(mini / "site")
