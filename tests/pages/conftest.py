"""The small project: its records, its files, and copies of it that are built already."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from making import SITE
from projects import MINI, ROOT, copy_project

import build
from facts import load
from facts.dataset import Dataset
from facts.release import Release
from pages import cards, handwritten
from pages.page import Page
from pages.render import Renderer, is_generated


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    """The records of the small project; not to be changed."""
    return load.load(MINI)[0]


@pytest.fixture(scope="session")
def release() -> Release:
    return load.load(MINI)[1]


@pytest.fixture(scope="session")
def by_hand() -> list[Page]:
    """The pages that people wrote for the small project."""
    written, problems = handwritten.read_pages(MINI, is_generated, load.read_records(MINI))
    assert problems == []
    return [page.page for page in written]


@pytest.fixture(scope="session")
def compiled(cache):
    """A folder for compiled templates."""
    (cache / "templates").mkdir(exist_ok=True)
    return cache / "templates"


@pytest.fixture(scope="session")
def render(release, by_hand, compiled):
    """A function that gives every file of text for a dataset."""

    def files(dataset: Dataset, release: Release = release, site: str = SITE) -> dict[str, str]:
        return Renderer(dataset, release, site, compiled).files(by_hand)

    return files


@pytest.fixture(scope="session")
def files(dataset, render):
    """Every file of text that is made for the small project."""
    return render(dataset)


def build_anew(root: Path, cache: Path) -> Path:
    """The small project, built in a folder of its own."""
    copy_project(MINI, root)
    for name in ("overrides", "docs/assets"):
        ignored = shutil.ignore_patterns("head", "cards", "filter.css")
        shutil.copytree(ROOT / name, root / name, ignore=ignored)
    (root / "scripts").symlink_to(ROOT / "scripts")
    (root / ".cache").symlink_to(cache)
    build.build(root, site=SITE)
    return root


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """The small project, built once, with cards that are no pictures; not to be changed."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(cards, "png", quickly)
        return build_anew(tmp_path_factory.mktemp("made"), tmp_path_factory.mktemp("quick"))


@pytest.fixture(scope="session")
def really_made(tmp_path_factory, cache):
    """The small project, built once, with its pictures; not to be changed."""
    return build_anew(tmp_path_factory.mktemp("made"), cache)


def quickly(svg: str) -> bytes:
    """Something that stands for a picture: drawing takes a second for a site."""
    return hashlib.sha256(svg.encode()).digest() * 10


@pytest.fixture
def drawn(monkeypatch):
    """The drawings of which a picture was made, none of them really."""
    svgs: list[str] = []
    monkeypatch.setattr(cards, "png", lambda svg: svgs.append(svg) or quickly(svg))
    return svgs


@pytest.fixture
def built(made, tmp_path, drawn):
    """A copy of the small project that is built already; its cards are no pictures."""
    root = tmp_path / "built"
    shutil.copytree(made, root, symlinks=True)
    return root
