"""Copies of projects that a test may break."""

import shutil

import pytest
from projects import DATA, MINI, ROOT, TYPED, copy_project, edit

__all__ = ["DATA", "MINI", "ROOT", "TYPED", "copy_project", "edit"]


@pytest.fixture(scope="session")
def cache(tmp_path_factory):
    """A cache that all copies share: drawing every card anew would take seconds each time."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def project(tmp_path, cache):
    """A copy of this project, with its scripts as they are."""
    copy_project(ROOT, tmp_path)
    (tmp_path / ".cache").symlink_to(cache)
    (tmp_path / "scripts").symlink_to(ROOT / "scripts")
    return tmp_path


@pytest.fixture
def mini(tmp_path, cache):
    """A copy of the small project, with overrides and scripts of this one."""
    copy_project(MINI, tmp_path)
    (tmp_path / ".cache").symlink_to(cache)
    for name in ("overrides", "docs/assets"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=_generated)
    (tmp_path / "scripts").symlink_to(ROOT / "scripts")
    return tmp_path


def _generated(folder: str, names: list[str]) -> set[str]:
    """For copytree: what is generated in a folder."""
    return {name for name in names if name in ("head", "cards", "filter.css")}
