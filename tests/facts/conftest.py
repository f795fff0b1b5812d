"""The small project, as a copy that a test may break."""

import shutil
from dataclasses import replace

import pytest
from breaking import FILES, MINI

from facts import load

UNBROKEN = {(MINI / file).read_bytes(): load.read(MINI / file) for file in FILES}


@pytest.fixture
def mini(tmp_path):
    """A copy of the four files of tests/mini."""
    (tmp_path / "docs/data").mkdir(parents=True)
    for file in FILES:
        shutil.copyfile(MINI / file, tmp_path / file)
    return tmp_path


@pytest.fixture(autouse=True)
def _read_once(monkeypatch):
    """Most tests break one file of four: the others are not parsed again each time."""
    read = load.read

    def read_once(path):
        known = UNBROKEN.get(path.read_bytes()) if path.is_file() else None
        return (
            replace(known, file=path.as_posix(), faults=list(known.faults)) if known else read(path)
        )

    monkeypatch.setattr(load, "read", read_once)
