"""Measure the site against a plain Material site of the same Markdown.

    python tests/site/bench.py [RUNS]

A benchmark, not a test: it prints figures and targets and always exits 0.
Both sites are built in turn; the middle value of the runs counts. First view
is what a browser loads for a page before anything is touched, text files
counted as gzip (level 9) would send them. It includes the index and the
worker of the theme's search, which the theme fetches behind every page; what
remains without them is printed beside it.
"""

import contextlib
import functools
import gzip
import http.server
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import browser
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent.parent
PACKED = {".woff2", ".png", ".ico", ".gz"}
PLAIN = """
site_name: Plain
site_url: http://127.0.0.1:8000/
theme: {name: material, font: false}
plugins: [search]
markdown_extensions:
  - attr_list
  - pymdownx.snippets: {base_path: [includes]}
  - toc: {permalink: "#"}
"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


def run(command: list, cwd: Path) -> tuple[float, float]:
    """Seconds and peak memory (MiB) of a command."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=cwd, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, command
    return time.perf_counter() - start, usage.ru_maxrss / 1024


@contextlib.contextmanager
def served(folder: Path):
    httpd = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=folder)
    )
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}/"
    httpd.shutdown()


def first_views(site: Path, pages: list[str]) -> dict[str, tuple[int, int]]:
    """Bytes that each page's first view transfers: in all, and without the search."""

    def size(address: str) -> int:
        path = site / address.split("?")[0]
        path = path / "index.html" if path.is_dir() else path
        body = path.read_bytes()
        return len(body) if path.suffix in PACKED else len(gzip.compress(body, 9))

    sizes = {}
    with served(site) as url, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.find(), args=browser.FLAGS)
        for page in pages:
            tab = chromium.new_page()
            loaded: set[str] = set()
            tab.on("response", lambda response, loaded=loaded: loaded.add(response.url))
            tab.goto(url + page, wait_until="networkidle")
            parts = {
                address: size(address.removeprefix(url))
                for address in loaded
                if address.startswith(url)
            }
            sizes[page] = (
                sum(parts.values()),
                sum(n for address, n in parts.items() if "/search" not in address),
            )
            tab.close()
    return sizes


def main(runs: int = 5) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ours, plain = Path(folder) / "ours", Path(folder) / "plain"
        mkdocs = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
        run([sys.executable, "scripts/build.py"], ROOT)
        for target in (ours, plain):
            for name in ("docs", "includes"):
                shutil.copytree(ROOT / name, target / name)
        for name in ("scripts", "overrides"):
            shutil.copytree(ROOT / name, ours / name)
        for name in ("mkdocs.yml", "CITATION.cff"):
            shutil.copy(ROOT / name, ours)
        (plain / "mkdocs.yml").write_text(PLAIN)

        measured = [[run(mkdocs, target) for target in (ours, plain)] for _ in range(runs)]
        for i, (what, unit, goal) in enumerate(
            [("build time", "s", "at most 1.5"), ("peak memory", "MiB", "no target")]
        ):
            a, b = (statistics.median(pair[j][i] for pair in measured) for j in (0, 1))
            print(f"{what:24} {a:8.2f} {unit:4} plain {b:8.2f} {unit:4} ratio {a / b:.2f} ({goal})")

        sys.path.insert(0, str(ROOT / "scripts"))
        from build import build

        times = []
        for _ in range(runs):
            shutil.rmtree(ours / "includes")
            start = time.perf_counter()
            build(ours)
            times.append(time.perf_counter() - start)
        print(f"{'pages alone':24} {statistics.median(times):8.2f} s    (under 0.3)")

        index = [
            len(gzip.compress((t / "site/search/search_index.json").read_bytes(), 9)) / 1024
            for t in (ours, plain)
        ]
        sizes = f"{index[0]:8.1f} KiB  plain {index[1]:8.1f} KiB"
        print(f"{'search index':24} {sizes}  ratio {index[0] / index[1]:.2f} (no target)")

        pages = sorted(
            p.parent.relative_to(ours / "site").as_posix() + "/"
            for p in (ours / "site").rglob("index.html")
        )
        pages = ["" if page == "./" else page for page in pages]
        views = [first_views(target / "site", pages) for target in (ours, plain)]
        print("first view, gzip, KiB    in all   plain   ratio   without search")
        for page in pages:
            (a, shown), (b, _) = ([n / 1024 for n in view[page]] for view in views)
            goal = "at most 100 in all" if page == "compare/" else "at most 1.25"
            print(f"  /{page:28} {a:6.1f}  {b:6.1f}   {a / b:5.2f}   {shown:6.1f}   ({goal})")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
