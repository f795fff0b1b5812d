"""Four files are read as one, and everything wrong with them is said in one go."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from breaking import (
    CITATION,
    EVIDENCE,
    FACTS,
    FILES,
    MINI,
    VOCABULARY,
    edit,
    messages,
    with_lines,
    without_folders,
)

from facts import load
from facts.dataset import Dataset
from facts.evidence import Evidence
from facts.vocabulary import Vocabulary
from facts.yaml_lines import DataError, Document

BAD = Path(__file__).parent.parent / "bad"
CITED = load.read(MINI / CITATION)


def test_the_small_project_becomes_a_dataset():
    dataset, release = load.load(MINI)
    assert isinstance(dataset, Dataset)
    assert len(dataset.article.positions) == 15
    assert release.author == "The Bread Project; Friends of the Loaf"
    assert release.released_shown == "1 July 2021"


def test_bad_files_give_the_whole_list():
    """All four at once; a change of a message changes tests/bad/expected.txt."""
    assert messages(BAD) == (BAD / "expected.txt").read_text(encoding="utf-8").splitlines()


def test_errors_are_raised_together_sorted_and_counted():
    with pytest.raises(DataError) as raised:
        load.load(BAD)
    *lines, count = without_folders(str(raised.value), BAD).splitlines()
    assert lines == (BAD / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert count == f"{len(lines)} errors"
    assert {line.split(":")[0] for line in lines} == {Path(file).name for file in FILES}


def test_one_error_is_counted_as_one(mini):
    edit(mini / FACTS, "quote: I don't doubt it", "quote: two words")
    with pytest.raises(DataError, match=r"expected 3 to 12\n1 error$"):
        load.load(mini)


def test_the_same_error_twice_is_said_once():
    document = Document("x.yml")
    document.add((), "found nothing", 3)
    document.add((), "found nothing", 3)
    assert str(DataError(document.problems)) == "x.yml:3: found nothing\n1 error"


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_said_once(mini, file):
    (mini / file).unlink()
    name = Path(file).name
    assert messages(mini) == [
        f"{name}:1: found no readable file (No such file or directory), expected a text file"
    ]


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        (FACTS, "", "found nothing, expected the sections source, paragraphs, experts, "),
        (EVIDENCE, "- 1\n- 2", "found a list, expected the sections outlets, sources, "),
        (EVIDENCE, "[]", "found an empty list, expected the sections outlets, sources, "),
        (VOCABULARY, "hello", "found 'hello', expected the sections positions, attributions, "),
        (VOCABULARY, "12", "found 12, expected the sections positions, attributions, "),
        (CITATION, "", "found nothing, expected a record with keys"),
        (CITATION, "- 1", "found a list, expected a record with keys"),
    ],
)
def test_a_file_of_another_shape(mini, file, content, message):
    (mini / file).write_text(content, encoding="utf-8")
    (found,) = messages(mini)
    assert found.startswith(f"{Path(file).name}:1: {message}")


@pytest.mark.parametrize("name", load.MODELS)
def test_half_a_file_lacks_the_other_half(mini, name):
    """Each section that is not there is named once, and nothing is said of what uses it."""
    path = mini / load.DATA / load.FILES[name]
    text = path.read_text(encoding="utf-8")
    sections = list(yaml.safe_load(text))
    lacking = sections[len(sections) // 2 :]
    path.write_text(text[: text.index(f"\n{lacking[0]}:") + 1], encoding="utf-8")
    found = [message.split(": ", 1) for message in messages(mini)]
    assert {place.split(":")[0] for place, _ in found} == {load.FILES[name]}
    assert sorted(message for _, message in found) == sorted(
        f"{section}: found nothing, expected a list of records" for section in lacking
    )


def test_any_section_may_be_the_one_that_is_not_there(monkeypatch):
    """Nothing is said of what uses it, or of what it uses."""
    documents = {MINI / file: load.read(MINI / file) for file in FILES[:3]}
    for path, document in documents.items():
        for section in document.data:
            rest = {name: rows for name, rows in document.data.items() if name != section}
            lacking = documents | {path: replace(document, data=rest)}
            monkeypatch.setattr(
                load, "read", lambda path, found=lacking: replace(found.get(path, CITED), faults=[])
            )
            (message,) = messages(MINI)
            assert f" {section}: found nothing, expected a " in message


def test_a_section_that_is_not_known(mini):
    edit(mini / FACTS, "glossary:\n", "glosary:\n")
    assert messages(mini) == [
        with_lines(message, mini)
        for message in (
            "facts.yml:«source: title»: glossary: found nothing, expected a list of records",
            "facts.yml:«glosary:»: glosary: unknown section: found 'glosary' (did you mean "
            "'glossary'?), expected one of: source, paragraphs, experts, groups, questions, "
            "positions, measures, figures, glossary",
        )
    ]


def test_a_record_of_a_wrong_shape_is_said_once(monkeypatch):
    """The others are judged as if it were right: nobody is told of what follows from it."""
    documents = {MINI / file: load.read(MINI / file) for file in FILES}

    def messages_with(path, section, rows):
        data = {**documents[path].data, section: rows}
        broken = documents | {path: replace(documents[path], data=data)}
        monkeypatch.setattr(load, "read", lambda path: replace(broken[path], faults=[]))
        return messages(MINI)

    for path, document in list(documents.items())[:3]:
        for section, rows in document.data.items():
            if isinstance(rows, dict):
                found = messages_with(path, section, {**rows, "odd": 1})
                assert [message for message in found if "'odd'" not in message] == []
                continue
            for i in {0, len(rows) // 2, len(rows) - 1}:
                odd = [*rows[:i], {**rows[i], "odd": 1}, *rows[i + 1 :]]
                found = messages_with(path, section, odd)
                assert [message for message in found if "'odd'" not in message] == []


# --- Files cut anywhere, and letters changed anywhere --------------------------------


@pytest.mark.parametrize("file", FILES)
def test_a_file_cut_anywhere_is_judged_or_loaded(mini, file):
    content = (mini / file).read_bytes()
    for end in range(0, len(content), len(content) // 20 + 1):
        (mini / file).write_bytes(content[:end])
        found = messages(mini)
        assert found or file == CITATION, f"cut after {end} bytes"


def test_letters_changed_anywhere_are_judged_or_loaded(mini):
    """Whatever is wrong is said with a file that was changed; nothing else is raised."""
    chance = random.Random(2021)
    for _ in range(100):
        file = chance.choice(FILES)
        content = bytearray((MINI / file).read_bytes())
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        (mini / file).write_bytes(content)
        try:
            load.load(mini)
        except DataError as error:
            assert error.problems
        (mini / file).write_bytes((MINI / file).read_bytes())


def test_models_have_every_section_of_the_small_project():
    for file, model in ((EVIDENCE, Evidence), (VOCABULARY, Vocabulary)):
        assert set(load.read(MINI / file).data) == set(model.model_fields)
