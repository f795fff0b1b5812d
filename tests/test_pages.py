"""What the scripts render, write and refuse to write."""

import csv
import io
import json
import re
import subprocess
import sys

import pytest

from build_pages import build, escape_markdown, main, render, typographic
from conftest import DATA, ROOT
from derive import camps, comparisons, most_divided, tally
from facts import load, load_edition
from models import Figure, compare
from test_facts import edit
from yaml_lines import DataError

EDITION = load_edition(ROOT / "CITATION.cff")


@pytest.fixture(scope="module")
def facts():
    return load(DATA)


@pytest.fixture(scope="module")
def files(facts):
    return render(facts, EDITION)


def figure(value, approximate=False, **changes):
    record = {
        "id": "f-x--asker",
        "measure": "f-x",
        "expert": "asker",
        "paragraph": "p16",
        "attribution": "quoted",
    }
    record |= {
        "what": "length",
        "where": "here",
        "when": "now",
        "unit": "km",
        "quote": "a b c",
        "value": value,
        "approximate": approximate,
    }
    return Figure(**record | changes)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (figure(6000), figure(6000, True), "same"),
        (figure(1300, True), figure(1344), "rounding"),
        (figure(1344), figure(1300, True), "rounding"),
        (figure(1300), figure(1344), "conflict"),
        (figure(1400, True), figure(1344), "conflict"),
        (figure(1344, True), figure(1345), "conflict"),
        (figure(300), figure(1000, True, what="width"), "different measure"),
        (figure(300), figure(300, where="there"), "different measure"),
        (figure(300), figure(300, when="later"), "different measure"),
        (figure(["A", "B"]), figure(["B", "A"]), "same"),
        (figure(["A", "B"]), figure(["A", "C"]), "different measure"),
        (figure(["A"]), figure(["A", "C"]), "different measure"),
    ],
)
def test_comparison_of_figures(a, b, expected):
    assert compare(a, b) == expected == compare(b, a)


def test_comparisons_in_the_facts(facts):
    kinds = {m.id: sorted({c.kind for c in comparisons(facts, m)}) for m in facts.measures}
    assert kinds["f-border-length"] == ["rounding"]
    assert kinds["f-russian-troops"] == ["same"]
    assert (
        kinds["f-crossings"]
        == kinds["f-base-term"]
        == kinds["f-csto-members"]
        == ["different measure"]
    )


def test_tally_counts_most_first_and_silence_last(facts):
    entry = [p for p in facts.positions if p.question == "q-entry"]
    assert tally(facts, entry) == [
        (2, "no"),
        (1, "leans yes"),
        (1, "conditional"),
        (1, "does not address"),
    ]


def test_camps_and_divided_questions(facts):
    entry = next(q for q in facts.questions if q.id == "q-entry")
    assert [(c.side, [p.expert for p in c.positions]) for c in camps(facts, entry)] == [
        ("yes", ["karakus"]),
        ("between", ["kivanc"]),
        ("no", ["asker", "ibrahimi"]),
    ]
    assert most_divided(facts)[0].id == "q-entry"


def test_html_in_a_text_shows_as_text(facts):
    """The rules refuse HTML; if they did not, the templates would still escape it."""
    evil = "<script>alert(1)</script> & *stars* [link](javascript:x)"
    fields = {key: getattr(facts, key) for key in type(facts).model_fields}
    fields["positions"] = [
        p if p.silent else p.model_copy(update={"says": evil, "quote": evil, "note": evil})
        for p in facts.positions
    ]
    fields["paragraphs"] = [p.model_copy(update={"says": evil}) for p in facts.paragraphs]
    fields["questions"] = [
        q.model_copy(update={"wording": evil, "short": evil}) for q in facts.questions
    ]
    fields["experts"] = [e.model_copy(update={"name": evil, "thesis": evil}) for e in facts.experts]
    for name, text in render(type(facts).model_construct(**fields), EDITION).items():
        if name.endswith(".md"):
            assert "<script" not in text, name
            assert not re.search(r"^#.*(?<!\\)\*stars", text, re.M), name


def test_text_helpers():
    assert escape_markdown("a*b_[c](d) <e> #f") == r"a\*b\_\[c\]\(d\) \<e\> \#f"
    assert typographic("""Russia's "here" and "there" """) == "Russia’s “here” and “there” "


def test_no_template_leaves_a_hole(files):
    for name, text in files.items():
        assert not re.search(r">None<|None;|: None|\bnan\b", text), name
        assert "{{" not in re.sub(r"= \{\{.*\}\},", "", text) and "{f-" not in text, name


def test_generated_files_are_not_in_git(files):
    run = subprocess.run(["git", "check-ignore", *files], cwd=ROOT, capture_output=True, text=True)
    assert run.stdout.split() == list(files)


def test_every_page_is_in_the_navigation():
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    pages = {p.relative_to(ROOT / "docs").as_posix() for p in (ROOT / "docs").rglob("*.md")}
    assert all(
        re.search(rf"(?:- |: ){re.escape(page)}$", text, re.M)
        for page in pages | {"compare.md", "source.md"}
    )


def test_build_writes_only_what_changed(project):
    assert set(build(project)) >= {"docs/compare.md", "includes/ali-asker-head.md"}
    times = {p: p.stat().st_mtime_ns for p in project.rglob("*.md")}
    assert build(project) == []
    edit(project / "docs/data", "title: The Taliban", "title: On the Taliban")
    changed = build(project)
    assert "docs/compare.md" in changed and "docs/source.md" not in changed
    assert {
        p.relative_to(project).as_posix() for p, t in times.items() if p.stat().st_mtime_ns != t
    } == {name for name in changed if name.endswith(".md")}


def test_build_removes_pieces_that_nothing_makes(project):
    build(project)
    (project / "includes/old.md").write_text("old")
    assert build(project) == ["includes/old.md"]
    assert not (project / "includes/old.md").exists()


def test_check_writes_nothing_and_lists_what_is_stale(project, monkeypatch, capsys):
    monkeypatch.chdir(project)
    assert main(["--check"]) == 1
    assert "stale docs/compare.md" in capsys.readouterr().out
    assert not (project / "docs/compare.md").exists() and not (project / "includes").exists()
    assert main([]) == 0 and main(["--check"]) == 0


def test_nothing_is_written_when_the_facts_have_an_error(project, monkeypatch, capsys):
    monkeypatch.chdir(project)
    edit(project / "docs/data", "quote: out of the question", "quote: two words")
    assert main([]) == 1
    assert re.search(
        r"^docs/data/facts\.yml:\d+: positions\[asker/q-entry\]\.quote: found 2 words",
        capsys.readouterr().err,
    )
    assert not (project / "docs/compare.md").exists() and not (project / "includes").exists()


def test_hand_written_pages_take_numbers_from_the_facts(project):
    page = project / "docs/experts/ali-asker.md"
    page.write_text(
        page.read_text(encoding="utf-8") + "\nThe force has 6,000 soldiers until 2042.\n",
        encoding="utf-8",
    )
    (project / "docs/glossary.md").write_text(
        "---\ndescription: D.\n---\n# G\n\nA border of 1,344 km.\n", encoding="utf-8"
    )
    with pytest.raises(DataError) as error:
        build(project)
    found = {
        (p.file.rsplit("/", 1)[1], re.search(r"found (\S+), expected", p.message)[1])
        for p in error.value.problems
    }
    assert found == {("ali-asker.md", "6,000"), ("ali-asker.md", "2042"), ("glossary.md", "1,344")}


def test_a_page_describes_itself(project):
    page = project / "docs/method.md"
    text = page.read_text(encoding="utf-8")
    for broken, message in (
        (text.replace("description:", "descripton:"), "found no description"),
        (text.replace("title: ", "title: ["), "not YAML"),
    ):
        page.write_text(broken, encoding="utf-8")
        with pytest.raises(DataError, match=message):
            build(project)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("version: 1.0.0\n", "", "version: found nothing, expected this key"),
        ("  - name: Five", "  - nam: Five", "authors[1].name: found nothing"),
        (
            "date-released: 2026-11-22",
            "date-released: 2026-13-22",
            "date-released: found '2026-13-22', expected a real date",
        ),
    ],
)
def test_citation_cff_is_held_too(project, old, new, message):
    path = project / "CITATION.cff"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(DataError, match=re.escape(message)):
        build(project)


def test_an_expert_without_a_page_is_an_error(project):
    (project / "docs/experts/ali-asker.md").unlink()
    with pytest.raises(
        DataError,
        match='found no line --8<-- "ali-asker-head.md", expected it on the page of Ali Asker',
    ):
        build(project)


def test_a_number_changes_everywhere_and_nowhere_else(project):
    """6,000 becomes 6,100 in one record of Asker's: on his page, in the matrix, the figures and the check of it."""

    def built():
        target = project / "site"
        command = [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--strict",
            "--quiet",
            "--site-dir",
            target,
        ]
        subprocess.run(command, cwd=project, check=True, capture_output=True)
        return {
            p.relative_to(target).as_posix(): p.read_text(encoding="utf-8")
            for p in target.rglob("*")
            if p.suffix in {".html", ".csv"}
        }

    before = built()
    edit(project / "docs/data", "    value: 6000\n", "    value: 6100\n")
    after = built()
    changed = re.compile(r"(?<!\d)6,?100(?!\d)")
    has = {name for name, text in after.items() if changed.search(text)}
    pages = {
        "compare/index.html",
        "experts/ali-asker/index.html",
        "checks/index.html",
        "sheets/ali-asker/index.html",
    }
    assert has == pages | {"data/figures.csv", "data/positions.csv", "data/checks.csv"}
    assert not [name for name, text in before.items() if changed.search(text)]
    page = after["experts/ali-asker/index.html"]
    assert (
        "6,000" not in page
        and page.count("6,100") == before["experts/ali-asker/index.html"].count("6,000") == 7
    )
    cell = re.search(r'<td[^>]* id="q-troops--asker".*?</td>', after["compare/index.html"], re.S)[0]
    assert "6,100" in cell and "6,000" not in cell
    row = re.search(r'<li id="f-russian-troops--asker".*?</li>', after["compare/index.html"], re.S)[
        0
    ]
    assert "6,100" in row


def test_mkdocs_refuses_bad_facts_in_words(project):
    edit(project / "docs/data", "quote: out of the question", "quote: two words")
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--site-dir", project / "site"],
        cwd=project,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 1 and "Traceback" not in run.stderr
    assert "positions[asker/q-entry].quote: found 2 words" in run.stderr
    assert not (project / "site").exists()
