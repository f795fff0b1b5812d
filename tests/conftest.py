"""Projects to build from: copies of this one and of the small one, which a test may break."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MINI = ROOT / "tests/mini"
DATA = Path("docs/data")
TYPED = ("facts.yml", "evidence.yml", "vocabulary.yml")  # the data that people write


def edit(path: Path, old: str, new: str, count: int = 1) -> None:
    """Replace a text that is in a file; fails where it is not there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def copy_project(source: Path, target: Path) -> Path:
    """What a project consists of, without anything that was generated in it."""
    from pages.render import is_generated

    for name in ("docs", "overrides"):
        for path in (source / name).rglob("*"):
            place = path.relative_to(source)
            if path.is_file() and not is_generated(place.as_posix()):
                (target / place).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target / place)
    for name in ("mkdocs.yml", "CITATION.cff"):
        shutil.copyfile(source / name, target / name)
    return target


@pytest.fixture
def project(tmp_path):
    """A copy of this project, with its scripts as they are."""
    copy_project(ROOT, tmp_path)
    (tmp_path / "scripts").symlink_to(ROOT / "scripts")
    return tmp_path


@pytest.fixture
def mini(tmp_path):
    """A copy of the small project, with overrides and scripts of this one."""
    copy_project(MINI, tmp_path)
    for name in ("overrides", "docs/assets"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=_generated)
    (tmp_path / "scripts").symlink_to(ROOT / "scripts")
    return tmp_path


def _generated(folder: str, names: list[str]) -> set[str]:
    """For copytree: what is generated in a folder."""
    return {name for name in names if name in ("head", "cards", "filter.css")}
