"""Every page and piece that is made: whole, literal, reachable, and with ids of its own."""

import fnmatch
import html
import itertools
import posixpath
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import branches
import pytest
from making import MINI, ROOT, SITE, Html, changed, generated, to_html, with_section
from pydantic import AfterValidator, BaseModel

from facts.article_rules import RESERVED_ANCHORS
from facts.fields import Ref, Word
from facts.records import mark_of, sections_of
from pages.page import address_of
from pages.render import GENERATED, OWNED, TEMPLATES, Renderer, is_generated

HOLE = re.compile(
    r"\bNone\b(?!\.<|: | of)|\bUndefined\b|\bnan\b|\{\{ |\{% |\{[a-z]-|object at 0x|<class"
)


def sparse(dataset):
    """The records without whatever a page can do without."""
    for section in ("checks", "outcomes", "events", "places", "readings", "charts", "sources"):
        dataset = with_section(dataset, section, [])
    paragraphs = [p.model_copy(update={"flags": []}) for p in dataset.article.paragraphs]
    questions = [q.model_copy(update={"kind": "open"}) for q in dataset.article.questions]
    positions = [
        p.model_copy(update={"position": "says how" if p.says else p.position})
        for p in dataset.article.positions
    ]
    dataset = with_section(dataset, "paragraphs", paragraphs)
    dataset = with_section(dataset, "questions", questions)
    dataset = with_section(dataset, "positions", positions)
    positions = [p.model_copy(update={"says": p.says and "A text."}) for p in positions]
    dataset = with_section(dataset, "positions", positions)
    for section in ("measures", "figures", "glossary"):
        dataset = with_section(dataset, section, [])
    return replace(dataset, vocabulary=dataset.vocabulary.model_copy(update={"aliases": []}))


def hollow(dataset):
    """A project that has only just begun: an article and nothing of it."""
    dataset = sparse(dataset)
    for section in ("paragraphs", "experts", "groups", "questions", "positions"):
        dataset = with_section(dataset, section, [])
    return dataset


KINDS = {"whole": lambda dataset: dataset, "sparse": sparse, "hollow": hollow}


@pytest.fixture(scope="module", params=KINDS)
def texts(request, dataset, render):
    """Every file that is made, for the small project and for two that are smaller still."""
    return render(KINDS[request.param](dataset))


@pytest.fixture(scope="module")
def parsed(texts, tmp_path_factory):
    """The pages of these, taken apart."""
    return converted(texts, tmp_path_factory.mktemp("parsed"))


def converted(files, folder):
    """Every page as HTML taken apart, by its path; `files` are pages and pieces."""
    for name, text in files.items():
        if name.startswith("includes/"):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    pages = {name: text for name, text in files.items() if name.endswith(".md")}
    return {
        name: Html(to_html(text, folder / "includes"))
        for name, text in pages.items()
        if name.startswith("docs/")
    }


def with_written(files):
    """The files with the pages that people wrote."""
    paths = [path for path in (MINI / "docs").rglob("*.md") if path.is_file()]
    written = {p.relative_to(MINI).as_posix(): p.read_text(encoding="utf-8") for p in paths}
    return files | written


@pytest.fixture(scope="module")
def pages(files, tmp_path_factory):
    """Every page of the small project, taken apart."""
    return converted(with_written(files), tmp_path_factory.mktemp("pages"))


# --- Templates ----------------------------------------------------------------------


def test_every_branch_of_every_template_is_taken(dataset, release, by_hand, files):
    seen, taken = set(), set()
    for kind in KINDS.values():
        renderer = Renderer(kind(dataset), release, SITE)
        watched = branches.watch(renderer)
        pages = by_hand
        if not renderer.dataset.article.experts:
            pages = [page for page in by_hand if page.title]  # theirs are called after them
        found = renderer.files(pages)
        assert kind(dataset) is not dataset or found == files, "watching changed a page"
        for card in renderer.pictures(renderer.all_pages(pages, found)).values():
            renderer.drawing(card)
        seen |= watched.branches
        taken |= watched.taken
    used = changed(dataset, "q-price--baker", says="A Loaf is dear.")
    renderer = Renderer(used, release, SITE)
    watched = branches.watch(renderer)
    renderer.make("compare.md.j2", root="../")
    assert len(seen) > 200
    assert list(branches.described(seen - taken - watched.taken)) == []


def template_lines():
    for path in sorted(TEMPLATES.glob("*.j2")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield f"{path.name}:{number}", line


def test_lines_of_templates_can_be_read():
    """A description is one line of settings, however long."""
    lines = [(place, len(line)) for place, line in template_lines() if len(line) > 140]
    described = {place for place, line in template_lines() if line.startswith("description: ")}
    assert [line for line in lines if line[0] not in described] == []


def test_no_markup_is_made_of_strings(dataset, release):
    """A tag in a string is seen by no editor, and is closed somewhere else."""
    environment = Renderer(dataset, release, SITE).environment
    for path in TEMPLATES.glob("*.j2"):
        for line, kind, value in environment.lex(path.read_text(encoding="utf-8")):
            assert kind != "string" or not set(value) & {"<", ">"}, f"{path.name}:{line}: {value}"


def test_every_template_is_used(dataset, release, by_hand):
    renderer = Renderer(dataset, release, SITE)
    renderer.files(by_hand)
    renderer.drawing(
        renderer.pictures(renderer.all_pages(by_hand, {}))["docs/assets/cards/index.png"]
    )
    used = {name for _, name in renderer.environment.cache}
    assert used == {path.name for path in TEMPLATES.glob("*.j2")}


# --- Files --------------------------------------------------------------------------


def test_every_file_that_is_made_is_known_as_such(texts, made):
    assert [name for name in texts if not is_generated(name)] == []
    assert set(generated(made)) >= set(texts) or "docs/checks.md" not in texts


def test_no_file_that_people_write_is_taken_for_a_made_one():
    for path in (MINI / "docs").rglob("*"):
        assert not path.is_file() or not is_generated(path.relative_to(MINI).as_posix())
    for path in ("mkdocs.yml", "docs/assets/site.css", "overrides/main.html", "docs/data/x.yml"):
        assert not is_generated(path)


def ignored(path):
    """Whether .gitignore has a pattern for a path; ours begin with a slash."""
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    patterns = [line.strip().removeprefix("/") for line in lines if line.startswith("/")]
    folders = tuple(pattern for pattern in patterns if pattern.endswith("/"))
    return path.startswith(folders) or any(fnmatch.fnmatchcase(path, p) for p in patterns)


def test_every_file_that_is_made_stays_out_of_git(made):
    assert [name for name in generated(made) if not ignored(name)] == []
    assert [f"{folder}x" for folder in OWNED if not ignored(f"{folder}x")] == []
    for path in (MINI / "docs").rglob("*.*"):
        assert not ignored(path.relative_to(MINI).as_posix())


def test_no_page_has_a_hole(texts):
    for name, text in texts.items():
        if not name.startswith("overrides/head/"):  # what is in there is held in test_head.py
            assert HOLE.findall(text.replace("@misc{", "")) == [], name


def test_pages_are_whole(parsed):
    for name, page in parsed.items():
        assert page.faults == [], name
        assert len(page.all("h1")) == 1, name


def test_ids_on_a_page_are_its_own(parsed):
    for name, page in parsed.items():
        assert [id for id, n in Counter(page.ids).items() if n > 1] == [], name
        assert [id for id in page.ids if re.search(r"\s", id)] == [], name


def test_pages_that_people_write_are_whole_too(pages):
    for name, page in pages.items():
        assert page.faults == [], name
        assert [id for id, n in Counter(page.ids).items() if n > 1] == [], name
        assert "--8<--" not in page.text


# --- Links --------------------------------------------------------------------------


def test_every_link_within_the_site_leads_somewhere(pages, made):
    there = {address_of(name): page for name, page in pages.items()}
    files = {path.relative_to(made / "docs").as_posix() for path in made.rglob("docs/**/*.*")}
    for name, page in pages.items():
        for link in page.links:
            if re.match(r"https?://", link):
                continue
            path, _, id = link.partition("#")
            if path.endswith(".md"):  # written in Markdown: by the path of a file
                folder = posixpath.dirname(name.removeprefix("docs/"))
                path = address_of("docs/" + posixpath.normpath(posixpath.join(folder, path)))
            elif path:
                path = posixpath.normpath(posixpath.join(address_of(name), path)).strip(".")
                path = path if path in files or not path else f"{path}/"
            else:
                path = address_of(name)
            if path in files:
                continue
            assert path in there, (name, link)
            assert not id or id in there[path].ids, (name, link)


def test_addresses_of_others_stay_as_they_are(dataset, render, tmp_path):
    address = "https://x.org/it's?a=b&c=d'e&copy=(1)[2]*3*_4_`5`!\\6"
    source = dataset.article.source.model_copy(update={"url": address, "archive_url": address})
    other = with_section(changed(dataset, "s-ledger", url=address), "source", source)
    pages = converted(with_written(render(other)), tmp_path)
    found = Counter(name for name, page in pages.items() for link in page.links if link == address)
    expected = {"docs/source.md", "docs/checks.md", "docs/outcomes.md", "docs/classroom.md"}
    assert expected <= found.keys()
    for name, page in pages.items():
        for link in page.links:
            assert not link.startswith("https://x.org") or link.partition("#:~:")[0] == address, (
                name
            )


# --- Ids that pages have for themselves ----------------------------------------------

LITERAL = re.compile(r'\bid="([a-z][\w-]*)"|\{:? ?#([\w-]+) ?\}')
OF_THE_FILTERS = {"show-all", "actor-all"}  # with a dash: no id of a group or theme
OF_NO_RECORD = {"docs/classroom.md"}  # no id of a record is on these pages


def literal_ids(paths):
    texts = [path.read_text(encoding="utf-8") for path in paths]
    return {one or other for text in texts for one, other in LITERAL.findall(text)}


def test_ids_of_pages_are_held_back():
    templates = literal_ids(TEMPLATES.glob("*.j2")) - OF_THE_FILTERS
    written = set()
    for root in (ROOT, MINI):
        paths = [path for path in (root / "docs").rglob("*.md") if path.is_file()]
        named = {path.relative_to(root).as_posix(): path for path in paths}
        kept = [p for n, p in named.items() if not is_generated(n) and n not in OF_NO_RECORD]
        written |= literal_ids(kept)
    assert templates | written <= RESERVED_ANCHORS


# --- Whatever people type is shown as it is -------------------------------------------

SIGNS = '<3 & *stars* [x](javascript:y) `code` _a_ "quotes" it\'s \\* &copy; ![i](j) -- <b>'
NOT_SHOWN = {"Figure.quote"}  # a link looks for it


def texts_of(model):
    """The fields of a record that hold a free text or a list of them."""
    for name, info in model.model_fields.items():
        kinds = str(info.annotation)
        free = "str" in kinds and "Literal" not in kinds
        marked = mark_of(info, Word) or mark_of(info, Ref)
        formed = any(isinstance(mark, AfterValidator) for mark in info.metadata)
        if free and not marked and not formed and "AfterValidator" not in kinds and name != "id":
            yield name


class Marking:
    """Puts a text full of signs, with a number, into every free text."""

    def __init__(self):
        self.places = {}
        self.texts = {}
        self.numbers = itertools.count(1)

    def text(self, place):
        mark = f"T{next(self.numbers)}T"
        # What follows a colon in the title is not the article's subject.
        signs = SIGNS.replace(":", ";") if place == "Article.title" else SIGNS
        self.places[mark], self.texts[mark] = place, f"{mark} {signs}"
        return self.texts[mark]

    def record(self, record):
        values = {}
        for name in type(record).model_fields:
            value = getattr(record, name)
            place = f"{type(record).__name__}.{name}"
            if isinstance(value, BaseModel):
                values[name] = self.record(value)
            elif isinstance(value, list) and value and isinstance(value[0], BaseModel):
                values[name] = [self.record(one) for one in value]
            elif name in texts_of(type(record)) and isinstance(value, str):
                values[name] = self.text(place)
            elif name in texts_of(type(record)) and isinstance(value, list):
                values[name] = [self.text(place) for _ in value]
        return record.model_copy(update=values)


@pytest.fixture(scope="module")
def marked(dataset, render, tmp_path_factory):
    """The pages of the small project with signs in every text, and where each text is."""
    marking = Marking()
    article = marking.record(dataset.article)
    evidence = marking.record(dataset.evidence)
    sections = {
        name: [
            term.model_copy(update={"means": marking.text(f"{name}.means")})
            for term in getattr(dataset.vocabulary, name)
        ]
        for name, _ in sections_of(type(dataset.vocabulary)).items()
        if name != "aliases"
    }
    vocabulary = dataset.vocabulary.model_copy(update=sections)
    wild = replace(dataset, article=article, evidence=evidence, vocabulary=vocabulary)
    return converted(with_written(render(wild)), tmp_path_factory.mktemp("marked")), marking


def straight(text):
    text = text.translate({0x201C: '"', 0x201D: '"', 0x2019: "'"})
    return " ".join(text.split())


def test_every_text_shows_literally_wherever_it_is(marked):
    pages, marking = marked
    shown = set()
    for name, page in pages.items():
        values = [v for e in page.elements for v in e.attributes.values() if re.search(r"T\d+T", v)]
        body = page.text
        for pre in page.all("pre"):  # BibTeX and JSON, which write signs in ways of their own
            body = body.replace(pre.text, "")
        texts = [straight(body)]
        texts += [straight(v) for v in values if "#:~:text=" not in v]
        for text in texts:
            for match in re.finditer(r"T\d+T", text):
                wanted = marking.texts[match[0]]
                there = text[match.start() : match.start() + len(wanted)]
                assert there == wanted, (name, marking.places[match[0]])
                shown.add(match[0])
        assert not [e for e in page.elements if "javascript:" in e.attributes.get("href", "")]
        assert not page.all("b") or "T" not in {e.text for e in page.all("b")}
    missing = {place for mark, place in marking.places.items() if mark not in shown}
    assert missing == NOT_SHOWN


def test_signs_in_texts_add_no_element(marked, pages):
    """The page has the elements that it has without them."""
    wild = marked[0]
    for name, page in pages.items():
        if name == "docs/compare.md":
            continue  # which terms are explained there depends on the words
        # Two spellings that are one are shown once; now they are two.
        found = [e.tag for e in wild[name].elements if "also" not in e.attributes.get("class", "")]
        was = [e.tag for e in page.elements if "also" not in e.attributes.get("class", "")]
        assert Counter(found) - Counter(was) <= Counter(p=1), name
        assert Counter(was) - Counter(found) == Counter(), name


def test_an_entity_in_a_text_is_shown_as_typed(dataset, render, tmp_path):
    files = render(changed(dataset, "g-guild", term="A &amp; B", means="x &lt; y"))
    page = converted(with_written(files), tmp_path)["docs/classroom.md"]
    assert page.all("button", "term")[0].text == "A &amp; B"
    assert html.unescape(page.by_id("t-g-guild").text) == "A & B: x < y"


# --- Former ids ---------------------------------------------------------------------


def test_former_ids_are_where_the_new_ones_are(dataset, pages):
    found = {id for page in pages.values() for id in page.ids}
    assert {alias.old for alias in dataset.vocabulary.aliases} - found == {"miller"}
    derived = {"q-cost--ozturk", "q-price--miller", "q-cost--miller", "f-road--miller"}
    assert derived <= found
    compare = pages["docs/compare.md"]
    assert "q-cost" in compare.ids and "q-cost-detail" in compare.ids
    assert compare.by_id("q-cost--ozturk").tag == "span"


def test_a_new_figure_or_verdict_is_new_wherever_it_is_shown(dataset, render):
    before = render(dataset)
    after = render(changed(dataset, "o-price", verdict="unclear"))
    assert {name for name in before if before[name] != after[name]} == {
        "docs/compare.md", "docs/outcomes.md", "docs/data/outcomes.csv",
        "docs/data/evidence.json", "includes/ada-baker-since.md", "includes/ada-baker-answers.md",
    }  # fmt: skip
    after = render(changed(dataset, "f-loaf--baker", value=35))
    former = {f"includes/{id}.md" for id in dataset.former("f-loaf--baker")}
    assert {name for name in before if before[name] != after[name]} - former == {
        "docs/compare.md", "docs/checks.md", "docs/sheets/ada-baker.md",
        "includes/ada-baker-answers.md", "includes/ada-baker-since.md",
        "includes/lukasz-mlynarz-answers.md", "includes/f-loaf--baker.md",
        "docs/data/positions.csv", "docs/data/figures.csv", "docs/data/checks.csv",
        "docs/data/facts.json", "docs/data/evidence.json", "overrides/head/experts/ada-baker.html",
    }  # fmt: skip
    for name in ("docs/compare.md", "docs/sheets/ada-baker.md"):
        assert not re.search(r"\b34\b", after[name]), name


def test_a_withdrawn_source_is_struck(pages):
    text = " ".join(e.text for e in pages["docs/timeline.md"].all("s"))
    assert text == "The Gazette, “A price that was none”"


def test_generated_pages_are_those_that_are_listed(files):
    names = {name for name in files if name.startswith("docs/") and name.endswith(".md")}
    assert names - {name for name in names if name.startswith("docs/sheets/")} == set(GENERATED)
    for name, root in GENERATED.items():
        assert posixpath.normpath(posixpath.join(address_of(name), root)) == ".", name


def test_the_small_project_is_set_up_as_this_one():
    """Its mkdocs.yml is the real one, with a name and a navigation of its own."""

    def settings(root: Path) -> str:
        text = (root / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")[0]
        text = re.sub(r"^site_(name|description): .*\n", "", text, flags=re.MULTILINE)
        return re.sub(r"^copyright: .*\n(  .*\n)*", "", text, flags=re.MULTILINE)

    assert settings(MINI) == settings(ROOT)
