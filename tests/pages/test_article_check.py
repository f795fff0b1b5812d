"""The check against the article: on the small one, and on the real one.

The article is not part of this project. Set ARTICLE to the path of a local
copy to run the tests that need it.
"""

import os
import re
import shutil
from pathlib import Path

import pytest
from making import CITATION, FACTS, MINI, ROOT, VOCABULARY, edit

import check_article
from check_article import count_in, numbers, own_words, words
from facts import load
from facts.yaml_lines import DataError

EVIDENCE = "docs/data/evidence.yml"


@pytest.fixture
def root(tmp_path):
    """The data of the small project and its article."""
    (tmp_path / "docs/data").mkdir(parents=True)
    for name in (FACTS, EVIDENCE, VOCABULARY, CITATION, "article.txt"):
        shutil.copyfile(MINI / name, tmp_path / name)
    return tmp_path


def said(root):
    """What is said against the facts, without the folders in front."""
    try:
        check_article.check(root / "article.txt", root)
    except DataError as error:
        return [str(problem).replace(f"{root.as_posix()}/", "") for problem in error.problems]
    return []


def test_the_small_one_passes(root, monkeypatch, capsys):
    monkeypatch.chdir(root)
    assert check_article.main(["article.txt"]) == 0
    expected = "17 paragraphs, 23 quotes, 4 silences, 12 figures: all as in the article\n"
    assert capsys.readouterr().out == expected


def test_a_breach_is_one_line_and_exit_code_1(root, monkeypatch, capsys):
    edit(root / FACTS, "    words: 32\n", "    words: 33\n")
    monkeypatch.chdir(root)
    assert check_article.main(["article.txt"]) == 1
    line = line_of(root, "    words: 33\n")
    message = f"{FACTS}:{line}: paragraphs[p06].words: found 32 in the article, expected 33"
    assert capsys.readouterr().err == f"{message}\n1 error\n"


def line_of(root, text, name=FACTS):
    before, found, _ = (root / name).read_text(encoding="utf-8").partition(text)
    assert found
    return before.count("\n") + 1


# What is changed in the facts, and what is said of it.
CASES = [
    (
        "quote: mills in the north\n",
        "quote: mills in the south\n",
        "positions[baker/q-cause].quote: found 'mills in the south' not in p07, "
        "expected it there (it is nowhere in the article)",
    ),
    (
        "quote: cost more by harvest\n",
        "quote: no use to open\n",
        "positions[mlynarz/q-price].quote: found 'no use to open' not in p10, "
        "expected it there (it is in p11)",
    ),
    (
        "quote: She doubts that old mills\n",
        "quote: he doubts that old mills\n",
        "positions[ozturk/q-mills].quote: found 'he doubts that old mills' not in p15",
    ),
    (
        "quote: coast road of 120 km\n",
        "quote: coast road of 120 k\n",
        "figures[f-road--ozturk].quote: found 'coast road of 120 k' not in p15",
    ),
    (
        "printed: will probbly cost more\n",
        "printed: will probably cost more\n",
        "paragraphs[p10].flags[1].printed: found 'will probably cost more' not in p10",
    ),
    (
        "looked_for: [butter, one of the cows]\n",
        "looked_for: [sacks, butter]\n",
        "positions[baker/q-butter].looked_for[1]: found 'sacks' in p07, expected silence",
    ),
    (
        "looked_for: [butter, one of the cows]\n",
        "looked_for: [butter, one after the other]\n",
        "positions[baker/q-butter].looked_for[2]: found 'one after the other' in p07",
    ),
    (
        "says: Ships have left port.\n",
        "says: 12 ships have left port.\n",
        "positions[ozturk/q-import].says: found 12, expected a number of p14",
    ),
    (
        "says: A loaf goes up to 34 pence in two towns.\n",
        "says: A loaf goes up to 35 pence in 2 towns.\n",
        "paragraphs[p06].says: found 35, expected a number of p06",
    ),
    (
        "    value: 1200\n",
        "    value: 1300\n",
        "figures[f-sacks--baker].value: found 1,300 not in p07, expected it there",
    ),
    (
        "    value: 2020-05-03\n",
        "    value: 2020-05-04\n",
        "figures[f-day--baker].value: found 4 May 2020 not in p06, expected it there",
    ),
    (
        "    value: 2020-05-03\n",
        "    value: 2020-06-03\n",
        "figures[f-day--baker].value: found 3 June 2020 not in p06",
    ),
    (
        "    value: [Saltby, Millford]\n",
        "    value: [Saltby, Northby]\n",
        "figures[f-towns--ozturk].value: found Northby not in p15",
    ),
    (
        "    value: 2042\n",
        "    value: 2043\n",
        "figures[f-stones--mlynarz].value: found 2043 not in p12",
    ),
    (
        "    words: 9\n",
        "    words: 10\n",
        "paragraphs[p17].words: found 9 in the article, expected 10",
    ),
    (
        "    section: mlynarz\n    heading: true\n",
        "    section: mlynarz\n",
        "paragraphs[p09].heading: found a heading in the article, expected `heading: true`",
    ),
    (
        "    section: mlynarz\n    heading: true\n",
        "    section: mlynarz\n",
        "paragraphs[p10].section: found 'mlynarz' under the heading of 'baker', expected the same",
    ),
    (
        "    name: Ada Baker\n",
        "    name: Ida Baker\n",
        "paragraphs[p05]: found no Ida Baker in this heading, expected the name",
    ),
    (
        "says: Harvests are the cause.\n",
        "says: Dear bread, she thinks, comes from thin harvests and nothing.\n",
        "found nine words in a row of the article "
        "(dear bread she thinks comes from thin harvests and), expected our own words",
    ),
]


@pytest.mark.parametrize(("old", "new", "message"), CASES)
def test_what_is_not_in_the_article_is_refused(root, old, new, message):
    edit(root / FACTS, old, new)
    found = said(root)
    assert any(message in one for one in found), found
    assert all(re.match(r"docs/data/facts\.yml:\d+: ", one) for one in found)


@pytest.mark.parametrize(("old", "new", "message"), CASES[:1] + CASES[-1:])
def test_a_breach_is_on_the_line_of_its_text(root, old, new, message):
    edit(root / FACTS, old, new)
    (found,) = said(root)
    assert found.startswith(f"{FACTS}:{line_of(root, new)}: ")


def test_every_check_has_a_case():
    """Each of them, left out, lets a breach of the table through."""
    named = {check.__name__ for check in check_article.CHECKS}
    assert named == {
        "check_length", "check_headings", "check_quotes", "check_links", "check_numbers",
        "check_figures", "check_silence",
    }  # fmt: skip


def test_a_link_needs_words_that_stand_once(root):
    edit(
        root / "article.txt",
        "Dear bread, she thinks,",
        "Dear BREAD BY SHIP, might yet ARRIVE BY SHIP",
    )
    assert any(
        "positions[baker/q-import].quote: found 'might yet arrive by ship' 2 times in the "
        "article, expected once: links lead there" in one
        for one in said(root)
    )


def test_quotation_marks_and_spaces_do_not_matter(root):
    edit(root / FACTS, "quote: I don't doubt it\n", "quote: I don’t doubt it\n")
    edit(root / "article.txt", "no use to open", "no use\u00a0to  open")
    assert said(root) == []


def test_other_lines_and_a_mark_at_the_beginning_do_not_matter(root):
    text = (root / "article.txt").read_text(encoding="utf-8")
    (root / "article.txt").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert said(root) == []


def test_quotation_marks_shield_short_quotations_only(root):
    page = root / "docs/page.md"
    ours = "fewer loaves than in any spring before, and the town"
    page.write_text(f"# A page\n\nHe writes “{ours}” there.\n", encoding="utf-8")
    assert said(root) == []
    longer = f"He writes “{ours} council asked whether bread would stay”.\n"
    page.write_text(f"# A page\n\n{longer}", encoding="utf-8")
    assert [one.partition(" (")[0] for one in said(root)] == [
        "docs/page.md:3: found nine words in a row of the article"
    ]


@pytest.mark.parametrize(("count", "found"), [(8, 0), (9, 1), (17, 1), (18, 2)])
def test_eight_words_in_a_row_are_free(root, count, found):
    article = (root / "article.txt").read_text(encoding="utf-8").splitlines()[4].split()
    (root / "page.md").write_text(" ".join(article[:count]), encoding="utf-8")
    assert len(said(root)) == found


@pytest.mark.parametrize("name", ["scripts/pages/a.j2", "overrides/a.html", "mkdocs.yml", "a.md"])
def test_every_text_of_ours_is_read(root, name):
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    text = (root / "article.txt").read_text(encoding="utf-8").splitlines()[4]
    (root / name).write_text(text, encoding="utf-8")
    assert said(root)[0].startswith(f"{name}:1: found nine words")


def test_fields_that_quote_are_left_out_of_our_own_words(tmp_path):
    path = tmp_path / "a.yml"
    path.write_text("- quote: a b\n  printed: c\n  title: d\n  says: e “f g” <q>h</q>\n")
    assert " ".join(own_words(path)).split() == ["says:", "e"]


def test_a_shorter_article_is_said_to_be_shorter(root):
    text = (root / "article.txt").read_text(encoding="utf-8")
    (root / "article.txt").write_text(text[: text.index("Dear bread")], encoding="utf-8")
    found = said(root)
    line = line_of(root, "paragraphs:\n")
    assert f"{FACTS}:{line}: paragraphs: found 15 in the article, expected 17" in found
    assert any("paragraphs[p16].words: found 0 in the article, expected 12" in one for one in found)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "No such file"), (b"caf\xe9", "can't decode byte 0xe9")],
)
def test_an_article_that_cannot_be_read_is_one_line(root, content, reason):
    path = root / "article.txt"
    path.unlink()
    if content:
        path.write_bytes(content)
    (found,) = said(root)
    assert found.startswith("article.txt:1: found no readable text")
    assert reason in found


def test_facts_that_break_the_rules_are_refused_first(root):
    edit(root / FACTS, "    position: depends\n", "    position: dependz\n")
    (found,) = said(root)
    assert "(did you mean 'depends'?)" in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.3 thousand km, 6,000 men and 2042.", {1300, 6000, 2042}),
        ("1.2 thousand", {1200}),
        ("p17 and 3", {17, 3}),
        ("none", set()),
    ],
)
def test_numbers_are_read_in_figures(text, expected):
    assert numbers(text) == expected


def test_words_are_compared_whole():
    assert count_in("a loaf, a loaf’s crust and loafs", "loaf") == 2
    assert words("The “well-known” Loaf’s crust.") == ["the", "well-known", "loaf's", "crust"]


# --- The article itself -------------------------------------------------------------

needs_article = pytest.mark.skipif(
    "ARTICLE" not in os.environ, reason="ARTICLE is not set: no local copy of the article"
)


@pytest.fixture
def article():
    return Path(os.environ["ARTICLE"]).resolve()


@pytest.fixture
def real(tmp_path):
    """The data of this project, without its pages."""
    (tmp_path / "docs/data").mkdir(parents=True)
    for name in (FACTS, EVIDENCE, VOCABULARY, CITATION):
        shutil.copyfile(ROOT / name, tmp_path / name)
    return tmp_path


@needs_article
def test_the_facts_hold_against_the_article(article):
    check_article.check(article, ROOT)


@needs_article
def test_quotations_that_change_places_are_refused(article, real):
    positions = load.load(real)[0].article.positions
    quoted = [position for position in positions if position.quote]
    one = quoted[0]
    other = next(p for p in quoted if not set(p.paragraphs) & set(one.paragraphs))
    text = (real / FACTS).read_text(encoding="utf-8")
    assert text.count(one.quote) == text.count(other.quote) == 1
    swapped = text.replace(one.quote, "\0").replace(other.quote, one.quote)
    (real / FACTS).write_text(swapped.replace("\0", other.quote), encoding="utf-8")
    with pytest.raises(DataError) as error:
        check_article.check(article, real)
    assert [problem.record for problem in error.value.problems] == [
        f"positions[{position.expert}/{position.question}].quote" for position in (one, other)
    ]


@needs_article
def test_a_false_silence_is_refused(article, real):
    dataset = load.load(real)[0]
    silent = next(position for position in dataset.article.positions if position.silent)
    speaking = next(p for p in dataset.positions_of(dataset.expert_of(silent)) if p.quote)
    text = (real / FACTS).read_text(encoding="utf-8")
    head = f"  - question: {silent.question}\n    expert: {silent.expert}\n"
    start = text.index("looked_for: [", text.index(head)) + len("looked_for: [")
    changed = f"{text[:start]}{speaking.quote!r}, {text[start:]}"
    (real / FACTS).write_text(changed, encoding="utf-8")
    with pytest.raises(DataError, match="expected silence"):
        check_article.check(article, real)
