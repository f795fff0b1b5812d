"""MkDocs calls build.py through these hooks, so that no generated page is stale.

Zensical runs no hooks: there `python scripts/build.py` comes first.
"""

from __future__ import annotations

import calendar
import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache
from mkdocs.exceptions import PluginError

sys.path.insert(0, str(Path(__file__).parent))

from build import build, cache_folder, examine
from facts.load import CITATION
from facts.yaml_lines import DataError, read
from pages.render import is_generated

BUILT = "SOURCE_DATE_EPOCH"  # MkDocs takes it for today: a version is the same whenever it is built


def on_config(config: Any) -> Any:
    """Find the pieces of pages wherever MkDocs is called from."""
    snippets = config.mdx_configs["pymdownx.snippets"]
    snippets["base_path"] = [str(_root(config) / path) for path in snippets["base_path"]]
    return config


def on_pre_build(config: Any) -> None:
    """Bring the generated pages up to date."""
    try:
        build(_root(config), site=config.site_url)
    except DataError as error:
        raise PluginError(str(error)) from None
    except OSError as error:
        raise PluginError(f"{error.filename}: cannot be written ({error.strerror})") from None
    os.environ.setdefault(BUILT, str(day_of_release(_root(config))))


def day_of_release(root: Path) -> int:
    """The day in CITATION.cff, which was found right, in seconds as SOURCE_DATE_EPOCH has them."""
    released = read(root / CITATION).data["date-released"]
    return calendar.timegm(released.timetuple())


def on_env(env: Any, config: Any, **_: Any) -> Any:
    """Keep the theme's compiled templates between builds: they are a quarter of one."""
    if cache := cache_folder(_root(config), "theme"):
        env.bytecode_cache = FileSystemBytecodeCache(str(cache))
    return env


def on_serve(server: Any, config: Any, builder: Callable[[], None]) -> Any:
    """Build once for each edit, and keep serving the last good site while data are wrong."""
    root = _root(config)
    server.builder = once_and_only_if_right(root, builder)
    server.watch(str(root / "CITATION.cff"))
    return server


def once_and_only_if_right(root: Path, builder: Callable[[], None]) -> Callable[[], None]:
    """`builder`, passed over where nothing that people typed has changed, or where it is wrong.

    A build writes pages into folders that MkDocs watches, which then asks for
    a second build; the first look at what was typed ends that.
    """
    built = fingerprint(root)

    def careful() -> None:
        nonlocal built
        found = fingerprint(root)
        if found == built:
            return
        built = found
        if problems := examine(root)[2]:
            print(DataError(problems), file=sys.stderr)
            print("The site is as it was before this edit.", file=sys.stderr)
            return
        builder()

    return careful


def fingerprint(root: Path) -> str:
    """A digest of everything that people type: pages, data, templates, settings."""
    folders = ("docs", "overrides", "scripts/pages/templates")
    paths = [root / "mkdocs.yml", root / "CITATION.cff"]
    paths += [path for folder in folders for path in (root / folder).rglob("*")]
    digest = hashlib.sha256()
    for path in sorted(paths):
        name = path.relative_to(root).as_posix()
        if path.is_file() and not is_generated(name):
            digest.update(name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _root(config: Any) -> Path:
    """The project's folder, from where MkDocs was called: messages name files from there."""
    return Path(os.path.relpath(Path(config.config_file_path).parent))
