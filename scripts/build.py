"""Bring every generated page and data file up to date with the facts.

    python scripts/build.py           judge everything, then write what has changed
    python scripts/build.py --check   judge everything, write nothing, list what is stale

MkDocs runs the same through hooks.py. Nothing is written when anything is
wrong. facts/ says what is right, pages/ what is made of it.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from facts import load
from facts.records import Records
from facts.yaml_lines import DataError, Problem
from pages import cards, handwritten
from pages.render import ARCHIVE, INCLUDES, OWNED, Renderer, is_generated

SITE = "http://127.0.0.1:8000/"  # as in mkdocs.yml, where SITE_URL says nothing else
CACHE = Path(".cache")  # compiled templates and drawn cards; may be deleted at any time
HALF = ".half"  # how the name of a file ends that is being written


def build(root: Path = Path(), write: bool = True, site: str | None = None) -> list[str]:
    """Bring the generated files under `root` up to date; the paths that were stale.

    `site` is the site's address, else SITE_URL. Raises DataError, and writes
    nothing, when anything that people typed is wrong.
    """
    records, written, problems = examine(root)
    if problems:
        raise DataError(problems)
    renderer = Renderer(
        load.dataset_of(records),
        load.release_of(records),
        _with_slash(site or os.environ.get("SITE_URL") or SITE),
        cache_folder(root, "templates"),
    )
    by_hand = [page.page for page in written]
    texts = renderer.files(by_hand)
    files = {path: text.encode() for path, text in texts.items()}
    files[ARCHIVE] = renderer.archive(texts)
    drawn = cache_folder(root, "cards")
    for path, card in renderer.pictures(renderer.all_pages(by_hand, texts)).items():
        files[path] = _picture(renderer, card, drawn)
    return _bring_up_to_date(root, files, write)


def examine(root: Path) -> tuple[Records, list[handwritten.Written], list[Problem]]:
    """Everything that people typed, and all that is wrong with it."""
    records = load.read_records(root)
    pages, problems = handwritten.read_pages(root, is_generated, records)
    return records, pages, load.judge(records) + problems


def _with_slash(site: str) -> str:
    return site.rstrip("/") + "/"


# --- Reading and writing -----------------------------------------------------------


def cache_folder(root: Path, name: str) -> Path | None:
    """A folder of the cache; None where it cannot be written, and all is made anew."""
    path = root / CACHE / name
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return path if os.access(path, os.W_OK) else None


def _picture(renderer: Renderer, card: cards.Card, cache: Path | None) -> bytes:
    """A card's picture: from the cache, by what it depends on, or drawn."""
    kept = cache / f"{cards.key(card)}.png" if cache else None
    if kept and kept.is_file():
        return kept.read_bytes()
    picture = cards.png(renderer.drawing(card))
    if kept:
        replace(kept, picture, kept.parent)
    return picture


def _bring_up_to_date(root: Path, files: dict[str, bytes], write: bool) -> list[str]:
    there = [path for folder in OWNED for path in (root / folder).rglob("*") if path.is_file()]
    names = [path.relative_to(root).as_posix() for path in there if path.suffix != HALF]
    old = set(names) - files.keys()
    stale = [path for path, data in files.items() if _bytes(root / path) != data]
    if write:
        for path in stale:
            replace(root / path, files[path], root / INCLUDES)
        for path in old:
            (root / path).unlink(missing_ok=True)
    return sorted([*stale, *old])


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def replace(path: Path, data: bytes, folder: Path) -> None:
    """Write a file in one step, so that nobody ever reads a half of it.

    The half is in `folder`, on the same disk, with a name that no other build uses.
    """
    half = folder / f".{os.getpid()}{HALF}"
    for needed in (folder, path.parent):
        needed.mkdir(parents=True, exist_ok=True)
    try:
        half.write_bytes(data)
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from None


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; list what is stale; exit 1 if any is"
    )
    check = parser.parse_args(argv).check
    try:
        stale = build(write=not check)
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename}: cannot be written ({error.strerror})", file=sys.stderr)
        return 1
    for name in stale:
        print(f"{'stale' if check else 'wrote'} {name}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
