"""No published address is lost: what is said when one is, and what is asked of the old site."""

import http.server
import json
import threading

import published_ids
import pytest

PAGE = '<article class="md-content__inner"><h1 id="{}">a</h1><p id="{}">b</p></article></main>'


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A built site with three ids, two of which are on the list."""
    monkeypatch.setattr(published_ids, "LIST", tmp_path / "list.txt")
    (tmp_path / "list.txt").write_text("#top\ncompare/#q-one\n")
    site = tmp_path / "site"
    for name, ids in (("", ("top", "show-all")), ("compare/", ("q-one", "q-two"))):
        (site / name).mkdir(parents=True, exist_ok=True)
        (site / name / "index.html").write_text(PAGE.format(*ids))
    return site


@pytest.fixture
def published():
    """Serves an answer for ids.json, and the address of that site."""

    class Handler(http.server.BaseHTTPRequestHandler):
        status, body = 200, b"[]"

        def do_GET(self):
            assert self.path == "/old/ids.json"
            self.send_response(self.status)
            self.end_headers()
            self.wfile.write(self.body)

        def log_message(self, *args):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()

    def answers(status=200, body=b"[]"):
        Handler.status, Handler.body = status, body
        return f"http://127.0.0.1:{server.server_port}/old/"

    yield answers
    server.shutdown()
    server.server_close()


def test_a_new_id_is_said_and_stops_nothing(folder, capsys):
    assert published_ids.main(folder) == 0
    said = capsys.readouterr()
    assert "new: compare/#q-two" in said.out and said.err == ""


def test_parts_of_filters_are_no_addresses(folder):
    assert published_ids.built(folder) == {"#top", "compare/#q-one", "compare/#q-two"}


def test_a_lost_id_is_named_and_stops_publication(folder, capsys):
    page = folder / "compare/index.html"
    page.write_text(page.read_text().replace("q-one", "q-renamed"))
    assert published_ids.main(folder) == 1
    assert "lost: compare/#q-one (" in capsys.readouterr().err
    assert not (folder / "ids.json").exists()


def test_the_site_has_its_own_list(folder):
    assert published_ids.main(folder) == 0
    ids = json.loads((folder / "ids.json").read_text())
    assert ids == ["#top", "compare/#q-one", "compare/#q-two"]


def test_the_list_of_the_published_site_counts_too(folder, published, capsys):
    address = published(body=b'["#top", "checks/#c-gone"]')
    assert published_ids.main(folder, address) == 1
    assert "lost: checks/#c-gone" in capsys.readouterr().err
    assert published_ids.main(folder, published(body=b'["compare/#q-two"]')) == 0
    assert "new:" not in capsys.readouterr().out


def test_where_nothing_is_published_yet_nothing_is_lost(folder, published):
    assert published_ids.main(folder, published(status=404)) == 0


@pytest.mark.parametrize(("status", "body"), [(500, b""), (200, b"<p>not a list")])
def test_an_answer_that_is_no_list_is_said_in_one_line(folder, published, status, body):
    with pytest.raises(SystemExit) as error:
        published_ids.main(folder, published(status, body))
    assert isinstance(error.value.code, str) and "\n" not in error.value.code
    assert "ids" in error.value.code


def test_a_site_that_does_not_answer_is_said_in_one_line(folder):
    with pytest.raises(SystemExit) as error:
        published_ids.main(folder, "http://127.0.0.1:9/")
    assert "\n" not in error.value.code
