"""The commands that build: what they write, what they refuse, and where they can run."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from making import (
    CITATION,
    EVIDENCE,
    FACTS,
    MINI,
    ROOT,
    SITE,
    add,
    edit,
    generated,
    run,
    written_by_hand,
)
from mkdocs.exceptions import PluginError

import build
import hooks
from facts.yaml_lines import DataError

pytestmark = pytest.mark.site  # each builds a project, some of them several times

ADA = "docs/experts/ada-baker.md"


def times(root):
    """When each generated file was written."""
    return {name: (root / name).stat().st_mtime_ns for name in generated(root)}


def own_cache(root, compiled):
    """A cache of its own, in which templates are compiled and no card is drawn."""
    (root / ".cache").unlink()
    (root / ".cache").mkdir()
    (root / ".cache/templates").symlink_to(compiled)


# --- What is written ------------------------------------------------------------------


def test_check_lists_what_is_stale_and_writes_nothing(mini, drawn, compiled, monkeypatch, capsys):
    monkeypatch.chdir(mini)
    own_cache(mini, compiled)
    assert build.main(["--check"]) == 1
    listed = capsys.readouterr().out.splitlines()
    assert generated(mini) == {}
    assert build.main([]) == 0
    wrote = capsys.readouterr().out.splitlines()
    assert [line.removeprefix("stale ") for line in listed] == [
        line.removeprefix("wrote ") for line in wrote
    ]
    assert {line.removeprefix("wrote ") for line in wrote} == generated(mini).keys()
    assert build.main(["--check"]) == 0
    assert capsys.readouterr().out == ""


def test_only_what_has_changed_is_written(built):
    before = times(built)
    assert build.build(built, site=SITE) == []
    assert times(built) == before
    edit(built / FACTS, "    interest: He owns a mill.\n", "    interest: He owns two mills.\n")
    wrote = build.build(built, site=SITE)
    assert wrote == [
        "docs/data/datapackage.zip",
        "docs/data/experts.csv",
        "docs/data/facts.json",
        "docs/sheets/lukasz-mlynarz.md",
        "includes/lukasz-mlynarz-head.md",
    ]
    after = times(built)
    assert sorted(name for name in after if after[name] != before[name]) == wrote


def test_a_file_that_was_changed_or_lost_is_made_again(built):
    good = generated(built)
    (built / "docs/compare.md").write_text("x", encoding="utf-8")
    (built / "docs/assets/cards/index.png").unlink()
    wrote = build.build(built, site=SITE)
    assert wrote == ["docs/assets/cards/index.png", "docs/compare.md"]
    assert generated(built) == good


def test_a_file_that_nothing_makes_any_more_vanishes(built):
    good = generated(built)
    gone = ["includes/x.md", "overrides/head/a/b.html", "docs/sheets/x.md"]
    gone.append("docs/assets/cards/experts/x.png")
    for name in gone:
        (built / name).parent.mkdir(parents=True, exist_ok=True)
        (built / name).write_text("x", encoding="utf-8")
    assert build.build(built, write=False, site=SITE) == sorted(gone)
    assert build.build(built, site=SITE) == sorted(gone)
    assert generated(built) == good


def rewrite(path, change):
    """Change the records of a file."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def test_an_expert_who_is_renamed_leaves_nothing_behind(built):
    edit(built / FACTS, "    slug: ada-baker\n", "    slug: ada-miller\n")
    (built / ADA).rename(built / "docs/experts/ada-miller.md")
    page = built / "docs/experts/ada-miller.md"
    page.write_text(page.read_text(encoding="utf-8").replace('"ada-baker-', '"ada-miller-'))
    edit(built / "mkdocs.yml", "experts/ada-baker.md", "experts/ada-miller.md")
    wrote = build.build(built, site=SITE)
    names = generated(built).keys()
    assert [name for name in names if "ada-baker" in name] == []
    assert {name for name in names if "ada-miller" in name} == {
        "docs/assets/cards/experts/ada-miller.png",
        "docs/assets/cards/sheets/ada-miller.png",
        "docs/sheets/ada-miller.md",
        "includes/ada-miller-answers.md",
        "includes/ada-miller-head.md",
        "includes/ada-miller-since.md",
        "includes/cite-ada-miller.md",
        "overrides/head/experts/ada-miller.html",
        "overrides/head/sheets/ada-miller.html",
    }
    assert "docs/sheets/ada-baker.md" in wrote


def test_a_question_that_goes_leaves_nothing_behind(built):
    def without_butter(facts):
        for section in ("questions", "positions"):
            key = "id" if section == "questions" else "question"
            facts[section] = [row for row in facts[section] if row[key] != "q-butter"]
        facts["groups"] = [row for row in facts["groups"] if row["id"] != "table"]

    rewrite(built / FACTS, without_butter)
    build.build(built, site=SITE)
    for name, data in generated(built).items():
        assert b"q-butter" not in data, name


def test_a_term_that_goes_takes_its_piece_along(built):
    rewrite(built / FACTS, lambda facts: facts["glossary"].pop())
    for name in ("docs/classroom.md", ADA):
        edit(built / name, '--8<-- "g-guild.md"\n', "")
    assert "includes/g-guild.md" in build.build(built, site=SITE)
    assert not (built / "includes/g-guild.md").exists()


def test_nothing_is_written_when_anything_is_wrong(built):
    edit(built / FACTS, "    interest: He owns a mill.\n", "    interest: He owns two mills.\n")
    (built / "docs/compare.md").unlink()
    add(built / "docs/method.md", "\n6,000\n")
    before, good = times(built), generated(built)
    with pytest.raises(DataError, match="found 6,000"):
        build.build(built, site=SITE)
    assert (times(built), generated(built)) == (before, good)


def test_what_people_typed_is_never_written(built):
    before = written_by_hand(built)
    build.build(built, site="https://example.net/")
    assert written_by_hand(built) == before


# --- Cards ----------------------------------------------------------------------------


def test_a_card_is_drawn_again_only_when_its_text_changes(built, drawn, compiled):
    own_cache(built, compiled)
    shutil.rmtree(built / "docs/assets/cards")
    build.build(built, site=SITE)
    pictures = list((built / "docs/assets/cards").rglob("*.png"))
    assert len(drawn) == len(pictures) == 27
    drawn.clear()
    edit(built / FACTS, "thesis: Bread will cost more, and soon.", "thesis: Bread costs more.")
    wrote = build.build(built, site=SITE)
    assert [name for name in wrote if name.endswith(".png")] == [
        "docs/assets/cards/experts/ada-baker.png"
    ]
    assert len(drawn) == 1
    drawn.clear()
    edit(built / FACTS, "thesis: Bread costs more.", "thesis: Bread will cost more, and soon.")
    shutil.rmtree(built / "docs/assets/cards")
    build.build(built, site=SITE)
    assert drawn == []


def test_a_card_that_was_cut_off_is_made_again(built, drawn):
    path = built / "docs/assets/cards/method.png"
    whole = path.read_bytes()
    path.write_bytes(whole[:100])
    assert build.build(built, site=SITE) == ["docs/assets/cards/method.png"]
    assert path.read_bytes() == whole
    assert drawn == []


# --- Where it cannot be written ---------------------------------------------------------


def folder_in_place_of_a_page(root):
    (root / "docs/compare.md").unlink()
    (root / "docs/compare.md/x").mkdir(parents=True)
    return "docs/compare.md"


def file_in_place_of_a_folder(root):
    shutil.rmtree(root / "includes")
    (root / "includes").write_text("x", encoding="utf-8")
    return "includes"


def link_that_leads_nowhere(root):
    shutil.rmtree(root / "docs/sheets")
    (root / "docs/sheets").symlink_to("nowhere/at/all")
    return "docs/sheets"


OBSTACLES = [folder_in_place_of_a_page, file_in_place_of_a_folder, link_that_leads_nowhere]


@pytest.mark.parametrize("obstacle", OBSTACLES)
def test_what_cannot_be_written_is_one_line(built, monkeypatch, capsys, obstacle):
    name = obstacle(built)
    monkeypatch.chdir(built)
    assert build.main([]) == 1
    message = capsys.readouterr().err
    assert re.fullmatch(rf"{name}: cannot be written \([A-Z].+\)\n", message)
    assert not list(built.rglob(".*.half"))


@pytest.mark.parametrize("obstacle", OBSTACLES)
def test_mkdocs_says_what_cannot_be_written(built, monkeypatch, obstacle):
    name = obstacle(built)
    monkeypatch.chdir(built)
    with pytest.raises(PluginError, match=rf"^{name}: cannot be written \("):
        hooks.on_pre_build(config_of(built))


@pytest.mark.parametrize("name", [".cache", ".cache/cards"])
def test_a_cache_that_cannot_be_written_is_done_without(built, compiled, name):
    good = generated(built)
    own_cache(built, compiled)
    if name == ".cache":
        shutil.rmtree(built / name)
    (built / name).write_text("x", encoding="utf-8")
    shutil.rmtree(built / "docs/assets/cards/experts")
    build.build(built, site=SITE)
    assert generated(built) == good
    assert (built / name).read_text(encoding="utf-8") == "x"


# --- The address of the site --------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "base"),
    [
        ("https://example.org/loaf", "https://example.org/loaf/"),
        ("https://example.org/loaf/", "https://example.org/loaf/"),
        ("https://example.org/loaf//", "https://example.org/loaf/"),
        ("https://bread.example.org", "https://bread.example.org/"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/"),
        ("", "http://127.0.0.1:8000/"),
    ],
)
def test_addresses_begin_with_that_of_the_site(built, monkeypatch, given, base):
    monkeypatch.setenv("SITE_URL", given)
    build.build(built)
    head = (built / "overrides/head/compare.html").read_text(encoding="utf-8")
    assert f'<meta property="og:url" content="{base}compare/">' in head
    assert f'<meta property="og:image" content="{base}assets/cards/compare.png">' in head
    assert f'"@id": "{base}#project"' in head
    assert f"{base}compare/" in (built / "docs/sheets/compare.md").read_text(encoding="utf-8")


def test_the_address_of_mkdocs_comes_before_that_of_the_environment(built, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://example.net/")
    monkeypatch.setenv(hooks.BUILT, "1")
    hooks.on_pre_build(config_of(built))
    head = (built / "overrides/head/index.html").read_text(encoding="utf-8")
    assert f'content="{SITE}"' in head


# --- MkDocs -------------------------------------------------------------------------------


def config_of(root, **more):
    """As much of MkDocs’s settings as the hooks read."""
    snippets = {"base_path": ["includes"]}
    return SimpleNamespace(
        config_file_path=str(root / "mkdocs.yml"),
        site_url=SITE,
        mdx_configs={"pymdownx.snippets": snippets},
        **more,
    )


def test_pieces_are_found_wherever_mkdocs_is_called_from(built, monkeypatch):
    config = hooks.on_config(config_of(built))
    (base,) = config.mdx_configs["pymdownx.snippets"]["base_path"]
    assert Path(base).samefile(built / "includes")
    monkeypatch.chdir(built)
    config = hooks.on_config(config_of(built))
    assert config.mdx_configs["pymdownx.snippets"]["base_path"] == ["includes"]


@pytest.mark.parametrize(("given", "expected"), [(None, "1625097600"), ("86400", "86400")])
def test_a_site_is_of_the_day_of_its_release(built, monkeypatch, given, expected):
    monkeypatch.setenv(hooks.BUILT, given or "")
    if not given:
        monkeypatch.delenv(hooks.BUILT)
    hooks.on_pre_build(config_of(built))
    assert os.environ[hooks.BUILT] == expected


def test_mkdocs_is_told_of_every_mistake(built, monkeypatch):
    monkeypatch.chdir(built)
    edit(built / FACTS, "    position: depends\n", "    position: dependz\n")
    edit(built / CITATION, "version: 1.2.3\n", "version: x\n")
    with pytest.raises(PluginError) as error:
        hooks.on_pre_build(config_of(built))
    *lines, last = str(error.value).splitlines()
    assert last == "2 errors"
    assert [line.split(":")[0] for line in lines] == [CITATION, FACTS]


def test_templates_of_the_theme_are_kept_where_there_is_a_cache(built):
    environment = SimpleNamespace(bytecode_cache=None)
    assert hooks.on_env(environment, config_of(built)) is environment
    assert environment.bytecode_cache is not None
    (built / ".cache").unlink()
    (built / ".cache").write_text("x", encoding="utf-8")
    environment.bytecode_cache = None
    assert hooks.on_env(environment, config_of(built)).bytecode_cache is None


def test_serving_builds_once_for_an_edit_and_only_if_it_is_right(built, capsys):
    count = []

    def builder():
        count.append(len(count))
        build.build(built, site=SITE)

    careful = hooks.once_and_only_if_right(built, builder)
    careful()
    assert count == [], "nothing was edited"
    for name in ("docs/compare.md", "includes/x.md", "overrides/head/x.html"):
        (built / name).write_text("x", encoding="utf-8")
        careful()
    assert count == [], "what the program writes is no edit"
    edit(built / FACTS, "    interest: He owns a mill.\n", "    interest: He owns two mills.\n")
    careful()
    careful()
    assert count == [0]
    edit(built / FACTS, "    position: depends\n", "    position: dependz\n")
    careful()
    careful()
    said = capsys.readouterr().err
    assert count == [0]
    assert said.count("did you mean 'depends'?") == 1
    assert said.endswith("The site is as it was before this edit.\n")
    edit(built / FACTS, "    position: dependz\n", "    position: depends\n")
    careful()
    assert count == [0, 1]
    assert capsys.readouterr().err == ""


def test_an_edit_of_anything_that_people_type_is_seen(built):
    names = ["mkdocs.yml", CITATION, FACTS, EVIDENCE, "docs/index.md", "docs/new.md"]
    for name in [*names, "docs/assets/site.css", "overrides/main.html"]:
        before = hooks.fingerprint(built)
        add(built / name, " ")
        assert hooks.fingerprint(built) != before, name


def test_serving_looks_at_the_citation_file_too(built):
    watched = []
    server = SimpleNamespace(builder=None, watch=watched.append)
    assert hooks.on_serve(server, config_of(built), lambda: None) is server
    assert [Path(path).resolve() for path in watched] == [(built / CITATION).resolve()]
    assert callable(server.builder)


# --- Anywhere -------------------------------------------------------------------------------


def copy_of_mini(target):
    """A copy as a reader has it after unpacking an archive: no cache, no .git, no links."""
    shutil.copytree(MINI, target)
    ignored = shutil.ignore_patterns("head", "cards", "filter.css", "__pycache__", "basemap")
    for name in ("overrides", "docs/assets", "scripts"):
        shutil.copytree(ROOT / name, target / name, ignore=ignored)
    return target


PLAIN = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": ""}


@pytest.mark.site
@pytest.mark.parametrize(
    ("name", "environment"),
    [("a b’c “Młyn” (1)", {"TZ": "Asia/Kathmandu"}), ("plain", PLAIN | {"HOME": "", "TZ": ""})],
    ids=["a path with signs", "a plain locale"],
)
def test_a_build_is_the_same_anywhere(tmp_path, really_made, name, environment):
    root = copy_of_mini(tmp_path / name)
    done = run(root, "scripts/build.py", env=environment | {"SITE_URL": SITE})
    assert (done.returncode, done.stderr) == (0, "")
    assert generated(root) == generated(really_made)


def test_messages_can_be_printed_in_a_plain_locale(mini):
    edit(mini / FACTS, "    position: depends\n", "    position: Młynarz\n")
    done = run(mini, "scripts/build.py", env=PLAIN | {"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "found 'M\\u0142ynarz'" in done.stderr


@pytest.mark.site
def test_two_builds_at_once_do_not_disturb_each_other(mini, really_made):
    command = [sys.executable, "scripts/build.py"]
    environment = os.environ | {"SITE_URL": SITE}
    both = [
        subprocess.Popen(command, cwd=mini, env=environment, stderr=subprocess.PIPE, stdout=-3)
        for _ in range(2)
    ]
    assert [one.communicate()[1] for one in both] == [b"", b""]
    assert [one.returncode for one in both] == [0, 0]
    assert generated(mini) == generated(really_made)


@pytest.mark.site
def test_a_build_that_was_killed_leaves_nothing_wrong(mini, really_made):
    """Killed at nine moments, most of them while files are written; then once more in peace."""
    command = [sys.executable, "scripts/build.py"]
    environment = os.environ | {"SITE_URL": SITE}
    (mini / ".cache").unlink()
    for tenths in (2, 3, 4, 5, 6, 7, 8, 9, 10):
        killed = subprocess.Popen(
            command, cwd=mini, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(tenths / 10)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    done = run(mini, "scripts/build.py", env={"SITE_URL": SITE})
    assert (done.returncode, done.stderr) == (0, "")
    found = {name: data for name, data in generated(mini).items() if not name.endswith(".half")}
    assert found == generated(really_made)


# --- The builders themselves -------------------------------------------------------------------


def mkdocs(root, *arguments, **more):
    return run(root, "-m", "mkdocs", "build", "--strict", "--quiet", *arguments, **more)


def site_of(root):
    """Every file of a built site."""
    files = [path for path in (root / "site").rglob("*") if path.is_file()]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


# Python runs this before anything else where it is found: a clock that is far ahead.
LATER = """
import datetime, time
days = 400
seconds = time.time
time.time = lambda: seconds() + days * 86400
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(days)
datetime.datetime = Later
"""


@pytest.mark.site
def test_two_sites_are_the_same_byte_by_byte(tmp_path):
    """Built twice in one place, and next year in another of a strange name, from elsewhere."""
    here = copy_of_mini(tmp_path / "here")
    done = mkdocs(here, env=PLAIN)
    assert (done.returncode, done.stderr) == (0, "")
    first = site_of(here)
    assert len(first) > 100
    assert mkdocs(here).returncode == 0
    assert site_of(here) == first
    there = copy_of_mini(tmp_path / "the other Młyn")
    (tmp_path / "sitecustomize.py").write_text(LATER, encoding="utf-8")
    later = {"PYTHONPATH": str(tmp_path)}
    years = [
        run(tmp_path, "-c", "import datetime; print(datetime.datetime.now().year)", env=env).stdout
        for env in ({}, later)
    ]
    assert years[0] < years[1]
    done = mkdocs(tmp_path, "-f", str(there / "mkdocs.yml"), env=later)
    assert (done.returncode, done.stderr) == (0, "")
    assert site_of(there) == first
    assert b"<lastmod>2021-07-01</lastmod>" in first["site/sitemap.xml"]


@pytest.mark.site
def test_mkdocs_refuses_in_words_and_builds_nothing(mini):
    edit(mini / FACTS, "    position: depends\n", "    position: dependz\n")
    edit(mini / "docs/method.md", '"vocabulary.md"', '"vocabularly.md"')
    done = run(mini, "-m", "mkdocs", "build")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert f"{FACTS}:" in done.stderr
    assert "docs/method.md:10: piece: found 'vocabularly.md'" in done.stderr
    assert not (mini / "site").exists()


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Served:
    """`mkdocs serve` of a project, its log, and what it answers."""

    def __init__(self, root):
        self.port = free_port()
        self.log = root / "log.txt"
        command = [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{self.port}"]
        environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=root, env=environment, stdout=log, stderr=log
            )

    def said(self):
        return self.log.read_text(encoding="utf-8")

    def until(self, text, times=1):
        """Wait until the log has a text so many times."""
        end = time.monotonic() + 120  # a busy machine is no fault
        while self.said().count(text) < times:
            assert time.monotonic() < end, self.said()
            assert self.process.poll() is None, self.said()
            time.sleep(0.1)

    def until_it_shows(self, path, text):
        """Wait until a page has a text. (The log is no help: it leaves out what it has said.)"""
        end = time.monotonic() + 120
        while text not in self.page(path)[1]:
            assert time.monotonic() < end, self.said()
            assert self.process.poll() is None, self.said()
            time.sleep(0.1)

    def page(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text


@pytest.mark.site
def test_serving_follows_every_good_edit_and_no_bad_one(mini):
    served = Served(mini)
    page = "/experts/lukasz-mlynarz/"
    try:
        served.until("Serving on")
        assert served.said().count("Building documentation") == 1
        edit(mini / FACTS, "interest: He owns a mill.", "interest: He owns two mills.")
        served.until_it_shows(page, "He owns two mills.")
        time.sleep(2)  # in which a second build would begin
        assert served.said().count("Building documentation") == 2, "an edit built twice"
        edit(mini / FACTS, "    position: depends\n", "    position: dependz\n")
        served.until("The site is as it was before this edit.")
        assert served.said().count("(did you mean 'depends'?)") == 1
        status, text = served.page(page)
        assert status == 200
        assert "He owns two mills." in text
        edit(mini / FACTS, "interest: He owns two mills.", "interest: He owns three mills.")
        edit(mini / FACTS, "    position: dependz\n", "    position: depends\n")
        served.until_it_shows(page, "He owns three mills.")
        edit(mini / CITATION, "Three answers", "Trois answers")
        edit(mini / "mkdocs.yml", "Three answers", "Trois answers")
        served.until_it_shows(page, "Trois answers")
        assert served.said().count("Building documentation") == 4
        assert "Traceback" not in served.said()
    finally:
        served.process.terminate()
        served.process.wait()


# --- make ----------------------------------------------------------------------------------------

needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
OLD_PYTHON = """#!/bin/sh
# The Python of the tests, which says that it is an older one.
case "$1" in
-V) echo "Python {version}" ;;
-c) exec {python} -c 'import sys; sys.version_info = ({numbers}); exec(sys.argv[1])' "$2" ;;
*) exec {python} "$@" ;;
esac
"""


@needs_make
@pytest.mark.parametrize("version", ["3.9.18", "3.10.14"])
def test_an_older_python_is_refused_in_one_line(tmp_path, version):
    shutil.copyfile(ROOT / "Makefile", tmp_path / "Makefile")
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements/site.txt").write_text("", encoding="utf-8")
    old = tmp_path / "old-python"
    numbers = version.replace(".", ", ")
    text = OLD_PYTHON.format(version=version, python=sys.executable, numbers=numbers)
    old.write_text(text, encoding="utf-8")
    old.chmod(0o755)
    done = subprocess.run(
        ["make", "site", f"PYTHON={old}"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 2
    said = done.stderr.splitlines()[0]
    assert said.startswith(f"Python 3.11 or later is needed, and {old} is Python {version}.")
    assert not (tmp_path / ".venv").exists()


@needs_make
def test_help_lists_every_command():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True)
    told = set(re.findall(r"^make (\w+)", done.stdout, re.MULTILINE))
    there = set(re.findall(r"^(\w+):", makefile, re.MULTILINE))
    assert told <= there
    assert {"serve", "site", "check", "test", "clean"} <= told
