"""Pages that people write: whatever is wrong with one is said, with its line."""

import os
import re
import shutil
from pathlib import Path

import pytest
from making import (
    CITATION,
    EVIDENCE,
    FACTS,
    MINI,
    VOCABULARY,
    add,
    edit,
    problems,
    run,
    written_by_hand,
)

from facts import load
from pages import handwritten
from pages.render import is_generated

METHOD = "docs/method.md"
ADA = "docs/experts/ada-baker.md"
DESCRIPTION = "description: How an invented article was coded, and what was left out of it.\n"


@pytest.fixture(scope="module")
def records():
    """The records of the small project, which pages are held against."""
    return load.read_records(MINI)


@pytest.fixture
def pages(tmp_path, records):
    """A copy of the pages that people wrote, and what is said against it."""
    shutil.copytree(MINI / "docs", tmp_path / "docs")
    shutil.copyfile(MINI / "mkdocs.yml", tmp_path / "mkdocs.yml")

    def said():
        found = sorted(set(handwritten.read_pages(tmp_path, is_generated, records)[1]))
        return [str(problem).replace(f"{tmp_path.as_posix()}/", "") for problem in found]

    return tmp_path, said


def test_the_small_project_is_right(mini):
    assert problems(mini) == []


# Where it is broken, what is put there for what, and what is said.
CASES = {
    "no description": (METHOD, DESCRIPTION, "", 1, "found no description in the settings"),
    "an empty description": (
        METHOD, DESCRIPTION, 'description: ""\n', 3,
        "found the description '' in the settings, expected a sentence",
    ),
    "a date as description": (
        METHOD, DESCRIPTION, "description: 2021-07-05\n", 3,
        "found the description datetime.date(2021, 7, 5) in the settings, expected a sentence",
    ),
    "a list as description": (
        METHOD, DESCRIPTION, "description: [a, b]\n", 3, "found the description ['a', 'b'] in",
    ),
    "a quotation mark in the description": (
        METHOD, DESCRIPTION, "description: 'a \" onload=\"x'\n", 3,
        "description: found a straight quotation mark or angle bracket",
    ),
    "HTML in the description": (
        METHOD, DESCRIPTION, "description: a <b>c</b>\n", 3,
        "description: found HTML '<b>', expected plain text",
    ),
    "an entity in the description": (
        METHOD, DESCRIPTION, "description: a &lt;b\n", 3, "description: found HTML '&lt;'",
    ),
    "a bracket in the description": (
        METHOD, DESCRIPTION, "description: a < b\n", 3,
        "description: found a straight quotation mark or angle bracket, expected “ ”",
    ),
    "a hidden direction in the description": (
        METHOD, DESCRIPTION, "description: a \u202e b\n", 3,
        "description: found the invisible character U+202E, expected plain text in one line",
    ),
    "two lines of description": (
        METHOD, DESCRIPTION, 'description: "a\\nb"\n', 3, "description: found the invisible",
    ),
    "a control character in the settings": (
        METHOD, DESCRIPTION, "description: a\x07b\n", 3, "found the character U+0007, which YAML",
    ),
    "nothing at all in the settings": (
        METHOD, DESCRIPTION, "description: a\x00b\n", 3, "found the character U+0000, which YAML",
    ),
    "a number as title": (
        METHOD, "title: Method\n", "title: 5\n", 2, "found title 5, expected text",
    ),
    "an empty title": (METHOD, "title: Method\n", "title: ' '\n", 2, "found title ' ', expected"),
    "a quotation mark in the title": (
        METHOD, "title: Method\n", "title: A \"method\"\n", 2, "title: found a straight quotation",
    ),
    "an impossible date": (
        METHOD, "title: Method\n", "title: Method\ndate: 2021-02-30\n", 3,
        "date: found '2021-02-30', expected a real date or number",
    ),
    "a key that is given twice": (
        METHOD, "title: Method\n", "title: Method\ntitle: Again\n", 3,
        "found the key 'title' again (first on line 1), expected it once",
    ),
    "settings that are no YAML": (
        METHOD, "title: Method\n", "title: [Method\n", 3, "found text that is not YAML",
    ),
    "a tag in the settings": (
        METHOD, "title: Method\n", "title: !!python/name:os.system x\n", 2, "found the YAML tag",
    ),
    "settings that are a list": (
        METHOD, "title: Method\n" + DESCRIPTION, "- a\n- b\n", 1,
        "found settings that are no list of keys, expected key: value",
    ),
    "settings that are not closed": (
        METHOD, "---\n\n# Method", "\n# Method", 1, "found no description in the settings",
    ),
    "no settings": (
        METHOD, "---\ntitle: Method\n" + DESCRIPTION + "---\n", "", 1, "found no description in",
    ),
    "a hidden direction in a page": (
        METHOD, "## Words", "## Wo\u202erds", 8,
        "found the invisible character U+202E, expected text",
    ),
    "a control character in a page": (
        METHOD, "## Words", "## Wo\x1brds", 8, "found the invisible character U+001B",
    ),
    "nothing in a page": (
        METHOD, "## Words", "## Wo\x00rds", 8, "found the invisible character U+0000",
    ),
    "a line end of another kind": (
        METHOD, "## Words", "## Wo\u2028rds", 8, "found the invisible character U+2028",
    ),
    "a piece that nothing makes": (
        METHOD, '"vocabulary.md"', '"vocabularly.md"', 10,
        "piece: found 'vocabularly.md' (did you mean 'vocabulary.md'?), expected the id of a",
    ),
    "a piece with another mark": (
        METHOD, '--8<-- "vocabulary.md"', "-8<- 'vocabularly.md'", 10,
        "piece: found 'vocabularly.md' (did you mean 'vocabulary.md'?)",
    ),
    "a file of the system as a piece": (
        METHOD, '"vocabulary.md"', '"/etc/passwd"', 10, "piece: found '/etc/passwd', expected",
    ),
    "a piece from another site": (
        METHOD, '"vocabulary.md"', '"https://example.org/a.md"', 10,
        "piece: found 'https://example.org/a.md'",
    ),
    "a piece of this folder": (
        METHOD, '"vocabulary.md"', '"../mkdocs.yml"', 10, "piece: found '../mkdocs.yml', expected",
    ),
    "a piece without a name": (
        METHOD, '--8<-- "vocabulary.md"', "--8<--\nvocabulary.md\n--8<--", 10,
        'found --8<-- without a name, expected --8<-- "name.md"',
    ),
    "a missing piece of an expert": (
        ADA, '--8<-- "ada-baker-since.md"\n', "", 1,
        'found no line --8<-- "ada-baker-since.md", expected it on the page of Ada Baker',
    ),
    "a piece that is commented out": (
        ADA, '--8<-- "ada-baker-since.md"', '<!-- --8<-- "ada-baker-since.md" -->', 1,
        'found no line --8<-- "ada-baker-since.md", expected it on',
    ),
    "a comment that is not closed": (
        ADA, '--8<-- "ada-baker-since.md"', '<!--\n--8<-- "ada-baker-since.md"', 1,
        'found no line --8<-- "ada-baker-since.md", expected it on',
    ),
    "a piece that is only spoken of": (
        ADA, '--8<-- "ada-baker-since.md"', ';--8<-- "ada-baker-since.md"', 1,
        'found no line --8<-- "ada-baker-since.md", expected it on',
    ),
    "the piece of another expert": (
        ADA, '"ada-baker-since.md"', '"lukasz-mlynarz-since.md"', 1,
        'found no line --8<-- "ada-baker-since.md", expected it on',
    ),
    "a page that is not in the navigation": (
        "mkdocs.yml", "      - experts/ada-baker.md\n", "", None,
        "nav: found no line '- experts/ada-baker.md', expected the page of Ada Baker",
    ),
    "another name of the site": (
        "mkdocs.yml", "site_name: Three answers on one loaf\n", "site_name: Four answers\n", 1,
        "site_name: found 'Four answers', expected 'Three answers on one loaf' as in CITATION.cff",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_page_is_refused_with(pages, name):
    root, said = pages
    path, old, new, line, message = CASES[name]
    edit(root / path, old, new)
    if line is None:
        line = (root / path).read_text(encoding="utf-8").split("\nnav:")[0].count("\n") + 2
    found = said()
    assert any(one.startswith(f"{path}:{line}: {message}") for one in found), found
    if "comment" not in name and "without a name" not in name:
        assert {one.split(": ")[0] for one in found} == {f"{path}:{line}"}, found


def test_every_rule_has_a_case():
    names = {rule.__name__ for rule in handwritten.RULES}
    assert names == {
        "rule_settings", "rule_heading", "rule_characters", "rule_pieces_known",
        "rule_expert_pieces", "rule_numbers_from_the_facts",
    }  # fmt: skip
    assert all(rule.__doc__ for rule in handwritten.RULES)


@pytest.mark.parametrize(
    "typed",
    ["6000", "6,000", "6\u00a0000", "6\u2009000", "6\u202f000", "(6,000)", "6,000.", "6,000;"],
)
def test_a_number_of_the_facts_is_not_typed(pages, typed):
    root, said = pages
    add(root / METHOD, f"\nThere were {typed} sacks.\n")
    line = (root / METHOD).read_text(encoding="utf-8").count("\n")
    message = 'found 6,000, expected a line --8<-- "f-sacks--mlynarz.md" in its place'
    assert said() == [f"{METHOD}:{line}: {message}"]


@pytest.mark.parametrize(
    "typed", ["34", "2042", "16000", "6,0001", "6.000", "1999", "q-6000", "60,000", "6,000.5"]
)
def test_other_numbers_may_be_typed(pages, typed):
    """Small ones, years of others, and longer ones in which a number of ours is hidden."""
    root, said = pages
    add(root / METHOD, f"\nThere were {typed} sacks.\n")
    assert said() == []


def test_a_year_is_held_back_on_the_page_of_who_names_it(pages):
    root, said = pages
    add(root / "docs/experts/lukasz-mlynarz.md", "\nIn 2042.\n")
    add(root / ADA, "\nIn 2042.\n")
    line = (root / "docs/experts/lukasz-mlynarz.md").read_text(encoding="utf-8").count("\n")
    expected = 'found 2042, expected a line --8<-- "f-stones--mlynarz.md" in its place'
    assert said() == [f"docs/experts/lukasz-mlynarz.md:{line}: {expected}"]


def test_a_page_needs_a_heading_or_a_title(pages):
    root, said = pages
    edit(root / METHOD, "# Method {#method}\n", "")
    assert said() == []
    edit(root / METHOD, "title: Method\n", "")
    assert said() == [
        f"{METHOD}:1: found no heading and no title, expected a line that begins with #"
    ]


def test_a_page_that_is_not_utf_8_has_a_line(pages):
    root, said = pages
    text = (root / METHOD).read_bytes().replace(b"an invented", b"an caf\xe9")
    (root / METHOD).write_bytes(text)
    assert said() == [f"{METHOD}:3: found the byte 0xe9, which is not UTF-8, expected UTF-8 text"]


def test_a_mark_at_the_beginning_and_other_line_ends_are_no_fault(pages):
    root, said = pages
    text = (root / METHOD).read_bytes()
    (root / METHOD).write_bytes(b"\xef\xbb\xbf" + text)
    assert said() == []


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: path.mkdir(), "Is a directory"),
        (lambda path: path.symlink_to("nowhere.md"), "No such file or directory"),
        (lambda path: path.symlink_to(path.name), "Too many levels of symbolic links"),
    ],
    ids=["folder", "dangling link", "link to itself"],
)
def test_what_is_no_file_is_said_to_be_none(pages, make, reason):
    root, said = pages
    make(root / "docs/x.md")
    assert said() == [f"docs/x.md:1: found no readable file ({reason}), expected a text file"]


def test_an_expert_without_a_page_is_told(pages):
    root, said = pages
    (root / ADA).unlink()
    assert said() == [
        f"{ADA}:1: found no readable file (No such file or directory), expected a text file"
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "found no readable file (No such file or directory), expected a text file"),
        (b"\xff", "found the byte 0xff, which is not UTF-8, expected UTF-8 text"),
    ],
)
def test_settings_of_the_site_that_cannot_be_read_are_one_message(pages, content, message):
    root, said = pages
    (root / "mkdocs.yml").unlink()
    if content:
        (root / "mkdocs.yml").write_bytes(content)
    assert said() == [f"mkdocs.yml:1: {message}"]


def test_a_navigation_with_titles_is_a_navigation(pages):
    root, said = pages
    edit(root / "mkdocs.yml", "- experts/ada-baker.md", "- Ada: experts/ada-baker.md")
    assert said() == []


def test_a_name_of_the_site_may_be_in_quotation_marks(pages):
    root, said = pages
    edit(root / "mkdocs.yml", "Three answers on one loaf\n", '"Three answers on one loaf"\n', 1)
    edit(root / "mkdocs.yml", 'site_name: "', 'site_name:   "')
    assert said() == []


def test_a_generated_page_is_not_judged(pages):
    root, said = pages
    (root / "docs/compare.md").write_text("no settings\n", encoding="utf-8")
    (root / "docs/sheets").mkdir()
    (root / "docs/sheets/gone.md").write_text("6,000\n", encoding="utf-8")
    assert said() == []


def test_a_piece_under_a_former_name_is_still_a_piece(pages):
    root, said = pages
    edit(root / "docs/classroom.md", '"g-loaf.md"', '"g-loafs.md"')
    edit(root / "docs/experts/ada-baker.md", '"f-loaf--baker.md"', '"f-crumb--baker.md"')
    assert said() == []


# --- Everything at once ---------------------------------------------------------------


def spoil_everything(root: Path) -> None:
    """One mistake at least in each file that people write."""
    edit(root / FACTS, "    position: depends\n", "    position: dependz\n")
    edit(root / EVIDENCE, "    class: nearly\n", "    class: neerly\n")
    edit(root / VOCABULARY, "  - old: q-cost\n", "  - old: q-price\n")
    edit(root / CITATION, "version: 1.2.3\n", "version: 1.2\n")
    edit(root / "mkdocs.yml", "site_name: Three", "site_name: Four")
    edit(root / METHOD, DESCRIPTION, "description: <b>\n")
    edit(root / ADA, '"ada-baker-since.md"', '"ada-baker-sinze.md"')
    (root / "docs/glossary.md").write_bytes(b"\xff\n")
    (root / "docs/x.md").mkdir()


def test_everything_is_said_in_one_go_and_nothing_is_written(mini):
    spoil_everything(mini)
    before = written_by_hand(mini)
    files = {path for path in mini.rglob("*") if ".cache" not in path.parts}
    done = run(mini, "scripts/build.py")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    *lines, last = done.stderr.splitlines()
    assert last == f"{len(lines)} errors"
    found = [re.fullmatch(r"(\S+):(\d+): .+, expected .+", line) for line in lines]
    assert all(found), lines
    assert {match[1] for match in found if match} == {
        FACTS, EVIDENCE, VOCABULARY, CITATION, "mkdocs.yml", METHOD, ADA, "docs/glossary.md",
        "docs/x.md",
    }  # fmt: skip
    assert written_by_hand(mini) == before
    assert {path for path in mini.rglob("*") if ".cache" not in path.parts} == files


def test_lines_are_those_that_were_spoiled(mini):
    names = [FACTS, EVIDENCE, VOCABULARY, CITATION, "mkdocs.yml", METHOD]
    before = {name: (mini / name).read_text(encoding="utf-8").splitlines() for name in names}
    spoil_everything(mini)
    for name in names:
        after = (mini / name).read_text(encoding="utf-8").splitlines()
        pairs = enumerate(zip(before[name], after, strict=True), 1)
        spoiled = {number for number, (old, new) in pairs if old != new}
        said = {int(m.split(":")[1]) for m in problems(mini) if m.startswith(f"{name}:")}
        assert said == spoiled, name


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\nsource:\n", "\nsource: [\n"),  # nothing of the file can be read
        ("    role: Miller\n", "    rank: Miller\n"),  # an expert cannot
    ],
)
def test_pages_are_not_blamed_for_what_could_not_be_read(mini, old, new):
    edit(mini / FACTS, old, new)
    assert {message.split(":")[0] for message in problems(mini)} == {FACTS}


@pytest.mark.skipif(os.name != "posix", reason="names of files are bytes here only")
def test_a_page_with_a_strange_name_is_no_traceback(mini):
    path = mini / "docs" / 'it\'s "a" page.md'
    path.write_text("no settings\n", encoding="utf-8")
    assert len(problems(mini)) == 2
