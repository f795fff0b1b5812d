"""The small project, as a copy that a test may break."""

import shutil
from dataclasses import replace

import pytest
from breaking import FILES, MINI

from facts import load

_documents = {}


@pytest.fixture
def mini(tmp_path):
    """A copy of the four files of tests/mini."""
    (tmp_path / "docs/data").mkdir(parents=True)
    for file in FILES:
        shutil.copyfile(MINI / file, tmp_path / file)
    return tmp_path


@pytest.fixture(autouse=True)
def _read_once(monkeypatch):
    """Most tests break one file of four: what was parsed before is not parsed again."""
    read = load.read

    def read_once(path):
        try:
            content = path.read_bytes()
        except OSError:
            return read(path)
        if content not in _documents:
            _documents[content] = read(path)
        known = _documents[content]
        return replace(known, file=path.as_posix(), faults=list(known.faults))

    monkeypatch.setattr(load, "read", read_once)
