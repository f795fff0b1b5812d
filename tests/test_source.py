"""The check against the article: on a small one of our own, and on the real one.

The article is not part of this project. Set ARTICLE to the path of a local
copy to run the tests that need it.
"""

import os
import shutil
from pathlib import Path

import pytest

from check_source import main, numbers
from conftest import DATA, ROOT
from test_facts import ASKER_ON_ENTRY, edit

MINI = Path(__file__).parent / "mini"


@pytest.fixture
def mini(tmp_path, monkeypatch):
    """A project with the small article and its facts, as the current folder."""
    data = tmp_path / "docs/data"
    data.mkdir(parents=True)
    for name in ("facts.yml", "evidence.yml"):
        shutil.copy(MINI / name, data)
    shutil.copy(DATA / "vocabulary.yml", data)
    shutil.copy(MINI / "article.txt", tmp_path)
    monkeypatch.chdir(tmp_path)
    return data


def test_the_small_one_passes(mini, capsys):
    assert main(["article.txt"]) == 0
    assert (
        capsys.readouterr().out
        == "4 paragraphs, 4 quotes, 1 silences, 3 figures: all as in the article\n"
    )


def test_a_link_needs_words_that_stand_once(mini, capsys):
    article = Path("article.txt")
    article.write_text(
        article.read_text(encoding="utf-8").replace(
            "have closed", "(she EXPECTS IT BY May) have closed"
        ),
        encoding="utf-8",
    )
    assert main(["article.txt"]) == 1
    assert (
        "figures[f-date--baker].quote: found 'expects it by may' 2 times in the article, expected once"
        in capsys.readouterr().err
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "quote: The price will rise",
            "quote: The prices will rise",
            "positions[baker/q-price].quote: found 'The prices will rise' not in p03, expected it there (it stands nowhere",
        ),
        (
            "paragraphs: [p03]\n    attribution: quoted\n    quote: The price will rise",
            "paragraphs: [p03]\n    attribution: quoted\n    quote: mills in the north",
            "not in p03, expected it there (it stands in p04)",
        ),
        (
            "quote: The price will rise",
            "quote: he price will rise",
            "found 'he price will rise' not in p03",
        ),
        (
            "printed: I don't doubt it",
            "printed: I do doubt it",
            "paragraphs[p03].flags[1].printed: found 'I do doubt it' not in p03",
        ),
        (
            "looked_for: [butter,",
            "looked_for: [doors,",
            "positions[baker/q-butter].looked_for[1]: found 'doors' in p04, expected silence",
        ),
        (
            "one of the cows",
            "one after the other",
            "looked_for[2]: found 'one after the other' in p04",
        ),
        (
            "says: It rises to {f-price--baker} pence.",
            "says: It rises by 50 to {f-price--baker} pence.",
            "positions[baker/q-price].says: found 50, expected a number of p03",
        ),
        (
            "quote: pence, and I",
            "quote: shillings, and I",
            "figures[f-price--baker].quote: found 'shillings, and I' not in p03, expected it there (it stands nowhere",
        ),
        ("value: 1200", "value: 1300", "figures[f-price--baker].value: found 1,300 not in p03"),
        (
            "value: 2020-05-03",
            "value: 2020-05-04",
            "figures[f-date--baker].value: found 4 May 2020 not in p03",
        ),
        (
            "value: [north, south]",
            "value: [north, west]",
            "figures[f-mills--baker].value: found west not in p04",
        ),
        (
            "says: Mills have shut.",
            "says: In 1999 mills shut.",
            "paragraphs[p04].says: found 1999, expected a number of p04",
        ),
        ("words: 20", "words: 21", "paragraphs[p04].words: found 20 in the article, expected 21"),
        ("    heading: true\n", "", "paragraphs[p02].heading: found a heading in the article"),
        (
            "    heading: true\n",
            "",
            "paragraphs[p03].section: found 'baker' under the heading of None",
        ),
        (
            "name: Ada Baker",
            "name: Ida Baker",
            "paragraphs[p02]: found no Ida Baker in this heading",
        ),
        (
            "says: Mills have shut.",
            "says: Mills in the north and the south have closed their doors.",
            "docs/data/facts.yml:34: found nine words in a row of the article (mills in the north and the south have closed)",
        ),
    ],
)
def test_the_small_one_fails(mini, capsys, old, new, message):
    edit(mini, old, new)
    assert main(["article.txt"]) == 1
    assert message in capsys.readouterr().err


def test_quotation_marks_shield_short_quotations_only(mini, capsys):
    page = mini.parent / "page.md"
    page.write_text("He writes “mills in the north and the south have closed their doors” there.")
    assert main(["article.txt"]) == 0
    page.write_text(
        "He writes “mills in the north and the south have closed their doors one after the other this year”."
    )
    assert main(["article.txt"]) == 1
    assert "docs/page.md:1: found nine words in a row" in capsys.readouterr().err


def test_a_shorter_article_and_a_missing_one(mini, capsys):
    text = Path("article.txt").read_text(encoding="utf-8")
    Path("article.txt").write_text(text[: text.index("According")], encoding="utf-8")
    assert main(["article.txt"]) == 1
    assert "paragraphs: found 3 in the article, expected 4" in capsys.readouterr().err
    assert main(["nowhere.txt"]) == 1
    assert "nowhere.txt:1: found no readable text" in capsys.readouterr().err


def test_numbers_in_figures():
    assert numbers("1.3 thousand km, 6,000 men and 2042.") == {1300, 6000, 2042}


needs_article = pytest.mark.skipif(
    "ARTICLE" not in os.environ, reason="ARTICLE is not set: no local copy of the article"
)


@needs_article
def test_the_facts_hold_against_the_article(monkeypatch, capsys):
    article = Path(os.environ["ARTICLE"]).resolve()
    monkeypatch.chdir(ROOT)
    assert main([str(article)]) == 0, capsys.readouterr().err


@needs_article
@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "quote: out of the question",
            "quote: out of any question",
            "positions[asker/q-entry].quote: found 'out of any question'",
        ),
        (ASKER_ON_ENTRY, ASKER_ON_ENTRY.replace("p15", "p17"), "(it stands in p15)"),
        (
            "looked_for: [Russian Army, ",
            "looked_for: [Afghan Army, ",
            "looked_for[1]: found 'Afghan Army' in p08, expected silence",
        ),
    ],
)
def test_a_changed_quote_a_wrong_paragraph_a_false_silence(
    project, monkeypatch, capsys, old, new, message
):
    article = Path(os.environ["ARTICLE"]).resolve()
    edit(project / "docs/data", old, new)
    monkeypatch.chdir(project)
    assert main([str(article)]) == 1
    assert message in capsys.readouterr().err
