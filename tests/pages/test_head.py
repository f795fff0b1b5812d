"""What goes into the head of a page is data, whatever people typed."""

import html
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment
from making import SITE, Html

from pages.head import inert, json_ld
from pages.page import Page
from pages.render import Renderer

HOSTILE = [
    "{{ 7191*7 }}",
    "{% raw %}",
    "{% endraw %}{{ 7191*7 }}{% raw %}",
    "{# a comment",
    "{%- endraw -%}",
    "{{{ 1 }}}",
    "{",
    "{{ cycler.__init__.__globals__ }}",
    "</script><script>alert(7)</script>",
    "<!-- <script>",
    'x" onload="alert(7)',
    "it's & so < on > \u2028 \u2029",
    "&#123;&#123; 1 }} &quot;",
    "\\u007b{ \\{{",
]
SIGNS = st.text(alphabet="{}%#-+<>&\"'\\/ \u2028ra wend7*", max_size=40)
PROPERTY = settings(derandomize=True, deadline=None, max_examples=100, database=None)


def read_as_template(piece):
    """What the builders make of a piece."""
    return Environment().from_string(piece).render()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_piece_says_what_it_says(text):
    value = html.escape(text)
    read = read_as_template(inert(f'<meta content="{value}">\n'))
    assert Html(read).elements[0].attributes == {"content": text}


@given(SIGNS)
@PROPERTY
def test_no_text_in_a_value_is_read_as_an_instruction(text):
    read = read_as_template(inert(f'<meta content="{html.escape(text)}">'))
    assert Html(read).elements[0].attributes["content"] == text


@pytest.mark.parametrize("text", HOSTILE)
def test_json_stays_json(text):
    check_json(text)


@given(SIGNS)
@PROPERTY
def test_no_text_in_json_ends_the_script_or_opens_an_instruction(text):
    check_json(text)


def check_json(text):
    graph = {"name": text, text: [{"a": {"b": {}}}, {}]}
    block = json_ld(graph)
    assert not re.search("[<>&'\u2028\u2029]|{[{%#]", block)
    read = read_as_template(inert(f"<script>{block}</script>"))
    assert json.loads(read.strip().removeprefix("<script>").removesuffix("</script>")) == graph


@pytest.mark.parametrize("text", HOSTILE)
def test_a_head_shows_its_texts(dataset, release, compiled, text):
    hostile = release.model_copy(update={"title": f"Title {text}"})
    page = Page("method/", f"Heading {text}", f"Description {text}")
    renderer = Renderer(dataset, hostile, SITE, compiled)
    read = Html(read_as_template(renderer._head(page, [page], ["facts.json"])))
    assert read.faults == []
    assert {element.tag for element in read.elements} == {"link", "meta", "script"}
    assert all(
        e.attributes.keys() <= {"property", "name", "content", "type", "rel", "title", "href"}
        for e in read.elements
    )
    values = [element.attributes.get("content", "") for element in read.elements]
    curly = text.replace("'", "’")
    curly = re.sub(r'"([^"]*)"', r"“\1”", curly)
    assert f"Heading {curly}" in values
    assert f"Description {curly}" in values
    assert f"Title {curly}" in values
    graph = json.loads(read.all("script")[0].texts[0])["@graph"]
    assert f"Heading {text}" in [node.get("name") for node in graph]


def test_every_page_has_a_preview_and_a_citation(files, by_hand):
    names = [name for name in files if name.startswith("overrides/head/")]
    titles = set()
    for name in names:
        head = Html(read_as_template(files[name]))
        meta = {
            e.attributes.get("property") or e.attributes.get("name"): e.attributes["content"]
            for e in head.all("meta")
        }
        page = name.removeprefix("overrides/head/").removesuffix(".html")
        address = SITE if page == "index" else f"{SITE}{page}/"
        assert meta["og:url"] == meta["citation_public_url"] == address
        assert meta["og:title"] == meta["twitter:title"] == meta["citation_title"] != ""
        assert meta["og:description"] == meta["twitter:description"] != ""
        assert meta["og:image"] == meta["twitter:image"] == f"{SITE}assets/cards/{page}.png"
        assert meta["og:image:alt"] == meta["twitter:image:alt"] != ""
        assert meta["citation_author"] == "The Bread Project; Friends of the Loaf,"
        assert meta["citation_date"] == "2021/07/01"
        titles.add(meta["og:title"])
    assert len(titles) == len(names), "two pages have one title"


def test_an_expert_page_is_called_after_the_expert(files):
    head = files["overrides/head/experts/lukasz-mlynarz.html"]
    assert 'content="Łukasz Młynarz: On the Price of Bread"' in head
