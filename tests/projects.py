"""Projects to build from, which a test may break: this one, and the small one."""

import shutil
from pathlib import Path

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
