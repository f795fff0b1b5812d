"""Projects to build, and what a build of one is for the tests of this folder."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from projects import ROOT, copy_project

from facts.dataset import Dataset
from facts.release import Release
from pages.page import typographic
from pages.render import is_generated

PATIENCE = 120_000  # ms that a page may take to come: a busy machine is no fault
REPO = "https://github.com/NAME/REPO"  # as the workflow that publishes sets it
SIZES = {"wide": {"width": 1280, "height": 800}, "phone": {"width": 360, "height": 740}}


class Built(NamedTuple):
    """A site that was built and is served, and what it was built from."""

    project: Path  # the copy in which it was built
    site: Path  # the folder of the built site
    url: str  # where it is served, with a slash at the end
    dataset: Dataset
    release: Release

    @property
    def pages(self) -> list[str]:
        """The address of every page below the site's; "" is home."""
        folders = [page.parent.relative_to(self.site) for page in self.site.rglob("index.html")]
        return sorted("" if folder == Path() else f"{folder.as_posix()}/" for folder in folders)


class Process:
    """A program that runs beside the tests; what it says goes to a file."""

    def __init__(self, command: list, cwd: Path, log: Path, **env: str):
        self.log = log
        variables = os.environ | {"NO_MKDOCS_2_WARNING": "1"} | env
        with log.open("w") as out:
            self.popen = subprocess.Popen(
                list(map(str, command)), cwd=cwd, env=variables, stdout=out, stderr=out
            )

    def output(self, may_fail: bool = False) -> str:
        """What it said, once it has ended."""
        status = self.popen.wait(timeout=300)
        text = self.log.read_text(encoding="utf-8")
        assert may_fail or status == 0, text
        return text


def mkdocs_build(project: Path, target: Path, url: str) -> Process:
    """A build of a project into a folder, under way."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", target]
    return Process(command, project, target.with_suffix(".log"), SITE_URL=url, REPO_URL=REPO)


def copy_of(source: Path, target: Path) -> Path:
    """A copy of what people typed of a project, with theme, styles and scripts of this one."""
    for name in ("overrides", "docs/assets"):
        for path in (ROOT / name).rglob("*"):
            place = path.relative_to(ROOT)
            if path.is_file() and not is_generated(place.as_posix()):
                (target / place).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target / place)
    copy_project(source, target)
    (ROOT / ".cache").mkdir(exist_ok=True)
    for name in ("scripts", ".cache"):
        (target / name).symlink_to(ROOT / name)
    return target


# --- Texts of pages ----------------------------------------------------------------


def words(element) -> str:
    """The text of an element, spaces single."""
    return " ".join(element.text_content().split())


def printed(text: str) -> str:
    """A text of the data as pages print it, spaces single."""
    return " ".join(typographic(text).split())


def letters(text: str) -> str:
    """The letters and digits of a text: what paper and spacing leave of it."""
    return re.sub(r"\W", "", text)
