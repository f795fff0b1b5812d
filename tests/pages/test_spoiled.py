"""Files spoiled at random: whatever is left of one is refused with file and line, or built."""

import random
import re

import pytest
from making import CITATION, EVIDENCE, FACTS, SITE, VOCABULARY

import build
from facts.yaml_lines import DataError

FILES = (
    *(FACTS, EVIDENCE, VOCABULARY, CITATION, "mkdocs.yml"),
    *("docs/index.md", "docs/method.md", "docs/experts/ada-baker.md"),
)
TIMES = 10  # for each file and each way: half a minute of work in all
ODD = (b"\0", b"\t", b"\r", b"\xff", b"\xe2\x80\xa8", b"{", b"'", b'"', b": ", b"- ", b"*", b"&a ")


def cut(content, chance):
    """What is left where writing stopped half-way."""
    return content[: chance.randrange(len(content))]


def flip(content, chance):
    """A bit that was lost on the way."""
    spoiled = bytearray(content)
    spoiled[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return bytes(spoiled)


def slip(content, chance):
    """Something typed where it does not belong."""
    place = chance.randrange(len(content))
    return content[:place] + chance.choice(ODD) + content[place:]


def lose(content, chance):
    """A few lines that are gone."""
    lines = content.splitlines(keepends=True)
    start = chance.randrange(len(lines))
    del lines[start : start + chance.randint(1, 4)]
    return b"".join(lines)


def move(content, chance):
    """Lines that stand elsewhere."""
    lines = content.splitlines(keepends=True)
    start = chance.randrange(len(lines))
    taken, lines[start : start + 3] = lines[start : start + 3], []
    place = chance.randrange(len(lines) + 1)
    return b"".join([*lines[:place], *taken, *lines[place:]])


def double(content, chance):
    """Lines that are there twice."""
    lines = content.splitlines(keepends=True)
    start = chance.randrange(len(lines))
    end = start + chance.randint(1, 8)
    return b"".join([*lines[:end], *lines[start:]])


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("spoil", [cut, flip, slip, lose, move, double])
def test_a_spoiled_file_is_refused_with_its_line_or_built(built, monkeypatch, file, spoil):
    monkeypatch.chdir(built)
    chance = random.Random(f"{file} {spoil.__name__}")
    good = (built / file).read_bytes()
    for _ in range(TIMES):
        spoiled = spoil(good, chance)
        (built / file).write_bytes(spoiled)
        try:
            build.build(site=SITE)
        except DataError as error:
            check_messages(built, error)


def check_messages(root, error):
    """Every message names a line of a file that people type."""
    *lines, last = str(error).splitlines()
    assert re.fullmatch(r"[0-9]+ errors?", last)
    assert lines
    for problem in error.problems:
        content = (root / problem.file).read_bytes()
        assert 1 <= problem.line <= content.count(b"\n") + 1, problem
        assert re.search("found |unknown ", problem.message), problem
