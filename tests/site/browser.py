"""Find a Chromium to test with; by itself, also install one where there is none.

    python tests/site/browser.py

The system's own comes first, then the one that Playwright downloads. Where
that download is out of reach and this runs as root on Debian, the package
does it. Finding none is an error: the browser tests are not optional.
"""

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--no-first-run",
]
if AS_ROOT:
    FLAGS.append("--no-sandbox")  # Chromium starts no other way


def find() -> str | None:
    """The path of a Chromium, or None."""
    for name in [os.environ.get("CHROMIUM", ""), *NAMES]:
        if found := shutil.which(name):
            return found
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


@contextlib.contextmanager
def running():
    """A Chromium, for as long as it is needed."""
    path = find()
    assert path, "no Chromium found: run tests/site/browser.py"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


def install() -> None:
    """Try each way to install one, until one works."""
    playwright = [sys.executable, "-m", "playwright"]
    if subprocess.run([*playwright, "install", "chromium"]).returncode == 0:
        if AS_ROOT:
            subprocess.run([*playwright, "install-deps", "chromium"], check=True)
    elif AS_ROOT and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-q"], check=True)
        subprocess.run(["apt-get", "install", "-y", "-q", "chromium"], check=True)


def main() -> int:
    path = find() or install() or find()
    if not path:
        print(
            "No Chromium found and none could be installed. Install one, "
            "or set CHROMIUM to its path.",
            file=sys.stderr,
        )
        return 1
    print(f"browser: {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
