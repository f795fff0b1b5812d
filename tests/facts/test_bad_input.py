"""Whatever people may type by mistake or on purpose is refused with its line, or does no harm."""

from pathlib import Path

import pytest
from breaking import messages, read_cases, with_lines

CASES = read_cases(Path(__file__).parent / "bad_input.txt")


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_bad_input(mini, case):
    case.apply(mini)
    assert messages(mini) == [with_lines(message, mini) for message in case.expected]


def test_no_kind_is_there_twice():
    assert len({case.name for case in CASES}) == len(CASES)
