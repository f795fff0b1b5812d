"""The built site: links, addresses, markup, search index, and the next engine."""

import contextlib
import html
import json
import re
import socket
import sys
import time
import urllib.parse
import urllib.request
from collections import Counter
from pathlib import Path

import lxml.html
import published_ids
import pytest
from built import Process, printed, words
from projects import TYPED, edit

# What the HTML checker says of the theme's own markup, and the reason to let it pass.
THEME_QUIRKS = {
    "Attribute “autocomplete” is only allowed when the input type is": (
        "on the hidden switches of drawer and search, so that a reload resets them"
    ),
    "Attribute “autocorrect” not allowed on element “input”": (
        "Safari’s own attribute, on the search field"
    ),
    "The value of the “for” attribute of the “label” element must be": (
        "the title of the contents on a page outside of the navigation, which has their switch"
    ),
    "Bad value “” for attribute “tabindex” on element “label”": (
        "an empty value on section titles of the drawer; browsers ignore it"
    ),
}
# What the checker, of 2020, does not know yet.
CHECKER_GAPS = {
    "Attribute “popover” not allowed on element “span”": (
        "in the HTML standard since 2023: notes on terms, without a script"
    ),
    "Attribute “popovertarget” not allowed on element “button”": "its other half",
}
UNLINKED = {"404.html"}  # served for unknown addresses
WORD = re.compile(r"[\w’'-]+")


def ids_of(page) -> set[str]:
    return set(page.xpath("//@id")) | set(page.xpath("//a/@name"))


# --- Addresses ---------------------------------------------------------------------


def test_published_ids_keep_working(live, notice):
    found, listed = published_ids.built(live.site), published_ids.listed()
    assert sorted(listed - found) == [], "lost; give its record an alias in vocabulary.yml"
    if new := sorted(found - listed):
        notice(f"{len(new)} ids are newer than the list: {', '.join(new[:5])} …")


def broken_links(built, documents) -> tuple[list, set[str]]:
    """Links of pages that lead nowhere, and the pages to which others link."""
    ids = {name: ids_of(page) for name, page in documents.items()}
    broken, linked = [], set()
    for name, page in documents.items():
        here = urllib.parse.urljoin(built.url, "no/such/page/" if name == "404.html" else name)
        for link in page.xpath(
            "//@href | //@src | //@srcset | //@content[starts-with(., 'http://127.')]"
        ):
            target, fragment = urllib.parse.urldefrag(urllib.parse.urljoin(here, link))
            if not target.startswith("http://127."):
                continue
            file = urllib.parse.unquote(target.removeprefix(built.url))
            if file == "" or file.endswith("/"):
                file += "index.html"
            if not target.startswith(built.url) or not (built.site / file).is_file():
                broken.append((name, link))
                continue
            if name != file:
                linked.add(file)
            fragment = urllib.parse.unquote(fragment)
            of_theme = fragment.startswith("__") and name == file
            if fragment and file in ids and fragment not in ids[file] and not of_theme:
                broken.append((name, link))
    return broken, linked


def test_every_link_and_fragment_leads_somewhere(live, documents):
    broken, linked = broken_links(live, documents)
    assert broken == []
    assert documents.keys() - linked == UNLINKED


def test_a_broken_link_is_noticed(live, documents):
    for link in ("no/such/page/", "#no-such-id", "/outside-of-the-site/"):
        page = lxml.html.fromstring(f'<html><body><a href="{link}">a</a></body></html>')
        found, _ = broken_links(live, documents | {"index.html": page})
        assert ("index.html", link) in found


def test_no_id_is_used_twice(documents):
    twice = {}
    for name, page in documents.items():
        counts = Counter(page.xpath("//@id"))
        if found := [id for id, count in counts.items() if count > 1]:
            twice[name] = found
    assert twice == {}


def test_every_page_says_its_own_address(live, documents):
    for name, page in documents.items():
        if name != "404.html":
            address = live.url + name.removesuffix("index.html")
            assert page.xpath("//link[@rel='canonical']/@href") == [address]


def test_no_address_of_another_site_is_loaded(documents, live):
    """Links may lead elsewhere; nothing else does."""
    for name, page in documents.items():
        loaded = page.xpath(
            "//link[not(@rel='canonical')]/@href | //source/@srcset"
            "| (//script | //img | //iframe)/@src"
        )
        foreign = [a for a in loaded if re.match("(https?:)?//", a) and not a.startswith(live.url)]
        assert foreign == [], name


def test_the_data_are_served_as_they_were_typed(live):
    for name in TYPED:
        typed = (live.project / "docs/data" / name).read_bytes()
        assert (live.site / "data" / name).read_bytes() == typed


# --- Markup ------------------------------------------------------------------------


def test_every_page_has_a_heading_a_title_and_a_description(documents, notice):
    for name, page in documents.items():
        assert len(page.xpath("//h1")) == 1, name
        assert page.xpath("string(//title)").strip(), name
        description = page.xpath("string(//meta[@name='description']/@content)")
        assert description.strip(), name
        if not 50 <= len(description) <= 170:
            notice(f"{name}: a description of {len(description)} characters, 50 to 170 are shown")


def test_html_is_valid(html_report):
    quirks = THEME_QUIRKS | CHECKER_GAPS
    errors = [error for error in html_report if not error["url"].endswith("broken.html")]
    ours = [error for error in errors if not any(quirk in error["message"] for quirk in quirks)]
    assert [(e["url"].rpartition("/site/")[2], e.get("lastLine"), e["message"]) for e in ours] == []
    seen = {quirk for quirk in quirks for error in errors if quirk in error["message"]}
    assert seen == quirks.keys(), "a quirk is gone: take it off the list"


def test_the_html_checker_finds_an_error(html_report):
    said = [error["message"] for error in html_report if error["url"].endswith("broken.html")]
    assert any("Duplicate ID" in message for message in said)


# --- Search index ------------------------------------------------------------------


def index_of(built) -> list[dict]:
    index = json.loads((built.site / "search/search_index.json").read_text(encoding="utf-8"))
    return index["docs"]


@pytest.mark.parametrize("which", ["live", "small"])
def test_the_search_index_has_no_glued_words(request, which):
    """Each word of the index is a word of its page, where every element ends a word."""
    built = request.getfixturevalue(which)
    pages = request.getfixturevalue({"live": "documents", "small": "small_documents"}[which])
    on_page = {}
    for name, page in pages.items():
        texts = page.xpath("//body//text()[not(ancestor::script)]")
        on_page[name] = {word for text in texts for word in WORD.findall(text)}
    glued = []
    for entry in index_of(built):
        text = html.unescape(re.sub(r"<[^>]+>", "", f"{entry['title']} {entry['text']}"))
        known = on_page[f"{entry['location'].split('#')[0]}index.html"]
        glued += [(entry["location"], word) for word in WORD.findall(text) if word not in known]
    assert glued == []


def test_the_search_index_has_every_question_once(live):
    """On its own page, with every answer; the comparison says the same and is left out."""
    entries = {entry["location"]: entry for entry in index_of(live)}
    said = html.unescape(" ".join(entry["text"] for entry in entries.values()))
    for question in live.dataset.article.questions:
        assert html.unescape(entries[question.address]["title"]) == printed(question.wording)
        assert not [place for place in entries if f"#{question.id}" in place]
        for position in live.dataset.positions_on(question):
            assert position.silent or printed(live.dataset.fill(position.says)) in said
    compared = " ".join(e["text"] for e in entries.values() if e["location"].startswith("compare/"))
    for position in live.dataset.article.positions:
        assert position.silent or live.dataset.fill(position.says) not in compared


@pytest.mark.parametrize("which", ["live", "small"])
def test_titles_in_the_search_are_headings_and_nothing_else(request, which):
    built = request.getfixturevalue(which)
    titles = [html.unescape(entry["title"]).strip() for entry in index_of(built)]
    assert titles and [title for title in titles if re.search(r"(#|\bShare)$", title)] == []


def test_sheets_and_the_answer_key_are_left_out_of_the_search(live):
    apart = ("sheets/", "classroom/key/")
    assert [e for e in index_of(live) if e["location"].startswith(apart)] == []
    assert [e for e in index_of(live) if e["location"].startswith("classroom/#")]


# --- Building ----------------------------------------------------------------------


def test_a_figure_is_put_into_the_middle_of_a_paragraph(small, small_documents):
    seen = 0
    for path in (small.project / "docs").rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(small.project / "docs").with_suffix("").as_posix()
        name = f"{name.removesuffix('index').rstrip('/')}/index.html".removeprefix("/")
        for before, id, after in re.findall(r'(\w+)\n--8<-- "(f-\S+)\.md"\n(\w+)', text):
            expected = f"{before} {small.dataset.by_id[id].shown} {after}"
            assert any(expected in words(p) for p in small_documents[name].iter("p", "li")), path
            seen += 1
    assert seen > 2


def test_two_builds_are_identical(live, second_build):
    paths = [path.relative_to(live.site) for path in live.site.rglob("*") if path.is_file()]
    assert paths
    for path in paths:
        assert (second_build / path).read_bytes() == (live.site / path).read_bytes(), path


def test_zensical_builds_the_same_addresses(live, documents, zensical_site):
    """The engine that follows the theme reads the same mkdocs.yml."""
    theirs = {path.relative_to(zensical_site).as_posix() for path in zensical_site.rglob("*.html")}
    assert theirs == documents.keys()
    for name in theirs - {"404.html"}:
        page = lxml.html.parse(str(zensical_site / name)).getroot()
        ours = {id for id in ids_of(documents[name]) if not id.startswith("__")}
        assert ours - ids_of(page) == set(), name
    assert (zensical_site / "data/facts.yml").is_file()


def test_serve_follows_an_edit_and_survives_a_mistake(mini, tmp_path_factory):
    """`mkdocs serve` shows an edit of the YAML; after a mistake, it shows the next good one."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    facts = mini / "docs/data/facts.yml"

    def shows(text: str) -> bool:
        for _ in range(150):
            with (
                contextlib.suppress(OSError),
                urllib.request.urlopen(f"http://{address}/questions/price/", timeout=2) as answer,
            ):
                if text in answer.read().decode():
                    return True
            time.sleep(0.2)
        return False

    log = tmp_path_factory.mktemp("serve") / "log"
    server = Process([sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address], mini, log)
    try:
        assert shows("She speaks of today’s price")
        edit(facts, "She speaks of today's price", "She speaks of the day's price")
        assert shows("She speaks of the day’s price")
        edit(facts, "quote: will not become dearer", "quote: two words")
        for _ in range(100):
            if "The site is as it was before this edit" in log.read_text(encoding="utf-8"):
                break
            time.sleep(0.1)
        else:
            raise AssertionError("the mistake was not answered")
        assert shows("She speaks of the day’s price")
        edit(facts, "quote: two words", "quote: will not become dearer")
        edit(facts, "She speaks of the day's price", "She speaks of a price")
        assert shows("She speaks of a price")
    finally:
        server.popen.terminate()
        said = server.output(may_fail=True)
    assert "found 2 words, expected 3 to 12" in said and "Traceback" not in said


def test_no_file_of_the_tests_or_of_people_is_published(live):
    """Only pages, data and assets: nothing that a build leaves behind."""
    names = {path.name for path in Path(live.site).iterdir()}
    assert not names & {"includes", "overrides", "scripts", "tests", ".cache"}
