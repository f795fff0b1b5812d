"""The weekly link check, against a server of its own."""

import http.server
import threading
import time

import pytest

from check_links import ask, exceptions, external_links, main, report
from conftest import ROOT


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/slow":
            time.sleep(3)
        codes = {
            "/ok": 200,
            "/slow": 200,
            "/moved": 301,
            "/elsewhere": 302,
            "/gone": 404,
            "/refused": 403,
            "/broken": 500,
        }
        code = codes.get(self.path, 404)
        self.send_response(code)
        if code in (301, 302):
            self.send_header("Location", "/ok")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def port():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/ok", "ok"),
        ("/moved", "moved"),
        ("/elsewhere", "redirected"),
        ("/gone", "dead"),
        ("/refused", "refused"),
        ("/broken", "error"),
        ("/slow", "timeout"),
    ],
)
def test_answers(port, path, kind):
    assert ask(f"http://127.0.0.1:{port}{path}", timeout=0.5).kind == kind


def test_a_certificate_that_does_not_hold(port):
    assert ask(f"https://127.0.0.1:{port}/ok", timeout=2).kind == "tls"


def test_nobody_there():
    assert ask("http://127.0.0.1:9/", timeout=2).kind == "unreachable"


def test_report_names_what_needs_a_hand(port, tmp_path):
    (tmp_path / "docs").mkdir()
    text = f"One\n[a](http://localhost:{port}/gone), <http://localhost:{port}/ok> and (http://localhost:{port}/moved)."
    (tmp_path / "docs/a.md").write_text(text)
    links = external_links(tmp_path)
    assert [link.address.rsplit("/", 1)[1] for link in links] == ["gone", "ok", "moved"]
    written = report([ask(link.address, 1) for link in links], links)
    assert (
        f"## Dead: the page is gone\n\n- <http://localhost:{port}/gone> (404), in docs/a.md:2"
        in written
    )
    assert "## Moved for good" in written and "/ok> (200)" not in written


def test_the_command_ends_well_whatever_the_sites_answer(port, tmp_path, monkeypatch, capsys):
    (tmp_path / ".github").mkdir()
    (tmp_path / "a.md").write_text(
        f"<http://localhost:{port}/gone> <http://localhost:{port}/refused>"
    )
    exception = (
        f"- prefix: http://localhost:{port}/ref\n  reason: Refuses programs.\n  since: 2026-11-22\n"
    )
    (tmp_path / ".github/link-exceptions.yml").write_text(exception)
    monkeypatch.chdir(tmp_path)
    assert main(["--report", "links.md", "--timeout", "1"]) == 0
    assert "1 asked, 1 left out by exception" in capsys.readouterr().out
    assert (
        "/gone" in (tmp_path / "links.md").read_text()
        and "/refused" not in (tmp_path / "links.md").read_text()
    )


def test_every_exception_has_a_reason_and_a_date(tmp_path):
    assert exceptions(ROOT / ".github/link-exceptions.yml")
    (tmp_path / "bad.yml").write_text("- prefix: https://a.org\n  reason: none\n")
    with pytest.raises(ValueError, match="expected prefix, reason and since"):
        exceptions(tmp_path / "bad.yml")


def test_the_site_has_external_links():
    links = external_links(ROOT)
    assert "https://www.ankasam.org/28066/?lang=en" in {link.address for link in links}
    assert not [link.address for link in links if link.address.endswith((")", ".", ","))]
