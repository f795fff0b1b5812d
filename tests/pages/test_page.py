"""Addresses, headings, and text that stays text in Markdown."""

import markdown
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from making import Html, extensions

from pages.page import (
    Page,
    address_of,
    escape_markdown,
    heading_of,
    page_of,
    plain,
    typographic,
    words_shown,
)
from pages.render import _environment

SIGNS = "ab1 .<>&;#*_`[](){}!+\\~-|:\"'"
TEXTS = st.text(alphabet=SIGNS, min_size=1, max_size=30).map(str.strip).filter(bool)
PROPERTY = settings(derandomize=True, deadline=None, max_examples=80, database=None)


@pytest.mark.parametrize(
    ("path", "address", "name"),
    [
        ("docs/index.md", "", "index"),
        ("docs/method.md", "method/", "method"),
        ("docs/experts/index.md", "experts/", "experts"),
        ("docs/experts/ali-asker.md", "experts/ali-asker/", "experts/ali-asker"),
        ("docs/data/index.md", "data/", "data"),
        ("docs/docs/md.md", "docs/md/", "docs/md"),
        ("docs/experts/reindex.md", "experts/reindex/", "experts/reindex"),
    ],
)
def test_a_page_has_the_address_that_the_builders_give_it(path, address, name):
    assert address_of(path) == address
    assert Page(address, "", "").name == name


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("# A heading\n", "A heading"),
        ("---\ntitle: T\n---\n\n# A heading {#id}\n\n## Another\n", "A heading"),
        ("# Ada \\*Baker\\* {: #ada }\n", "Ada *Baker*"),
        ("# *Emphasis*, `code` and [a link](x.md) {#x}\n", "Emphasis, code and a link"),
        ("# A \\[b\\]\\(c\\) &amp; &lt;d&gt;\n", "A [b](c) & <d>"),
        ("# A \\{b\\} c {#x}\n", "A {b} c"),
        ("## Too low\n", ""),
        ("#Not one\n", ""),
        ("", ""),
    ],
)
def test_the_heading_of_a_page_is_plain_text(text, heading):
    assert heading_of(text) == heading


def test_a_generated_page_says_what_it_is():
    text = "---\ntitle: T\ndescription: D: all of it\nhide:\n  - toc\n---\n\n# H {: #h }\n"
    assert page_of("docs/checks.md", text) == Page("checks/", "H", "D: all of it")
    without = text.replace("# H {: #h }", "title: no setting")
    assert page_of("docs/checks.md", without).title == "T"


@pytest.mark.parametrize(
    "description",
    [
        'He says "no": never, and \\n is no new line',
        "title: --- {{ x }} {% y %} <b> & 'c' # d",
        "Öztürk-Işık, Kıvanç; “İbrahimi” – 漢字 \U0001f35e",
    ],
)
def test_a_description_may_hold_any_sign(description):
    """One that is made of texts is written as JSON, which YAML reads alike."""
    environment = _environment(None)
    line = environment.from_string("{{ text|tojson }}").render(text=description)
    text = f"---\ndescription: {line}\n---\n\n# H\n"
    assert page_of("docs/questions/x.md", text) == Page("questions/x/", "H", description)
    read = yaml.safe_load(text.partition("\n---\n")[0].removeprefix("---"))
    assert read == {"description": description}


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("one two\nthree", 3),
        ('# A heading {: #h }\n\n<p class="a b">two\n<b>words</b></p>', 4),
        ("a<details>\n<summary>folded</summary> b c\n</details> d", 2),
        ("a <details open>b</details> c <details>d</details> e", 3),
        ('a\n--8<-- "cite-question-x.md"\nb {: #x }\n', 2),
        ("", 0),
    ],
)
def test_words_are_counted_that_are_shown_at_first(body, count):
    assert words_shown(f"---\ntitle: Not counted at all\n---\n{body}") == count


@given(TEXTS)
@PROPERTY
def test_what_is_escaped_is_plain_again(text):
    assert plain(escape_markdown(text)) == text


@given(TEXTS)
@PROPERTY
def test_what_is_escaped_shows_as_it_is(text):
    """In a heading, which is where pages put a text of the records into Markdown."""
    names = [name for name in extensions()[0] if name != "pymdownx.snippets"]
    page = markdown.markdown(f"## {escape_markdown(text)} {{: #id }}", extensions=names)
    found = Html(page)
    assert [element.tag for element in found.elements] == ["h2"]
    assert found.elements[0].attributes == {"id": "id"}
    assert found.text == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a*b_[c](d) <e> #f & `g`", r"a\*b\_\[c\]\(d\) &lt;e&gt; \#f &amp; \`g\`"),
        ("1. no list - at all", "1. no list - at all"),
        ("Öztürk-Işık", "Öztürk-Işık"),
    ],
)
def test_signs_of_markdown_are_escaped(text, expected):
    assert escape_markdown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("""The baker's "loaf" and "crumb" """, "The baker’s “loaf” and “crumb” "),
        ('one " alone', 'one " alone'),
        ('"a" and " b', '“a” and " b'),
        ("none", "none"),
        ("“curly’s”", "“curly’s”"),
    ],
)
def test_quotation_marks_are_curly_in_print(text, expected):
    assert typographic(text) == expected
