"""The site, built once under /repo/ and served; and a browser."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

import browser as browsers

ROOT = Path(__file__).parent.parent
DATA = ROOT / "docs/data"
sys.path.insert(0, str(ROOT / "scripts"))


def pytest_configure(config):
    config.addinivalue_line("markers", "site: needs the built site, most of them a browser")


@pytest.fixture
def data(tmp_path):
    """A copy of the data that a test may break."""
    for name in ("facts.yml", "vocabulary.yml", "evidence.yml"):
        shutil.copy(DATA / name, tmp_path)
    return tmp_path


@pytest.fixture
def project(tmp_path):
    """A copy of what the scripts read, to build from."""
    for name in ("docs", "scripts", "overrides"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "CITATION.cff"):
        shutil.copy(ROOT / name, tmp_path)
    for path in generated():
        shutil.rmtree(tmp_path / path) if (tmp_path / path).is_dir() else (tmp_path / path).unlink(
            missing_ok=True
        )
    return tmp_path


def generated() -> list[str]:
    """Paths of the generated files among the hand-written ones, from .gitignore."""
    return [
        line.strip("/")
        for line in (ROOT / ".gitignore").read_text().splitlines()
        if line.startswith("/docs/")
    ]


def build_into(root: Path) -> Path:
    """What the script writes, in a copy of the project without any of it."""
    from build_pages import build

    for name in ("docs", "overrides"):
        shutil.copytree(ROOT / name, root / name)
    shutil.rmtree(root / "docs/assets/cards", ignore_errors=True)
    shutil.copy(ROOT / "CITATION.cff", root)
    build(root)
    return root


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves as GitHub Pages does: an unknown address gets 404.html."""

    def log_message(self, *args):
        pass

    def send_error(self, code, message=None, explain=None):
        page = Path(self.directory) / "repo/404.html"
        if code != 404 or not page.exists():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """An empty folder, and the address at which it is served."""
    folder = tmp_path_factory.mktemp("www")
    httpd = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, directory=folder)
    )
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield folder, f"http://127.0.0.1:{httpd.server_port}/repo/"
    httpd.shutdown()


@pytest.fixture(scope="session")
def site(server):
    """The folder of the built site."""
    folder, url = server
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--strict",
            "--quiet",
            "--site-dir",
            folder / "repo",
        ],
        cwd=ROOT,
        env=os.environ | {"SITE_URL": url, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return folder / "repo"


@pytest.fixture(scope="session")
def url(site, server):
    """The address of the built site, with a slash at the end."""
    return server[1]


@pytest.fixture(scope="session")
def pages(site):
    """The path of every page below the site's address; "" is home."""
    folders = [page.parent.relative_to(site).as_posix() for page in site.rglob("index.html")]
    return sorted("" if folder == "." else f"{folder}/" for folder in folders)


@pytest.fixture(scope="session")
def chromium():
    path = browsers.find()
    assert path, "no Chromium found: run tests/browser.py"
    with sync_playwright() as playwright:
        flags = [
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-quic",
            "--no-first-run",
        ]
        flags += ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        yield playwright.chromium.launch(executable_path=path, args=flags)


@pytest.fixture
def page(chromium):
    """A fresh page, 1280 by 800."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()
