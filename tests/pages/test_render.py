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
import yaml
from labels import called_by_an_id, ids_as_words
from making import MINI, ROOT, SITE, Html, changed, generated, to_html, with_section
from pydantic import AfterValidator, BaseModel

from facts import analysis, sentences
from facts.article_rules import RESERVED_ANCHORS
from facts.evidence import Evidence
from facts.fields import Ref, Word
from facts.records import mark_of, sections_of
from pages.handwritten import MATTER
from pages.page import address_of, typographic
from pages.render import GENERATED, OWNED, TEMPLATES, Renderer, is_generated

HOLE = re.compile(
    r"\bNone\b(?!\.<|: | of)|\bUndefined\b|\bnan\b|\{\{ |\{% |\{[a-z]-|object at 0x|<class"
)


def sparse(dataset):
    """The records without whatever a page can do without."""
    for section in Evidence.model_fields:
        if section == "periods":
            continue
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
    positions = [
        p.model_copy(update={"says": p.says and "A text.", "phrase": p.says and "A phrase"})
        for p in positions
    ]
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


SILENT = {
    "position": "does not address",
    "says": None,
    "paragraphs": [],
    "attribution": None,
    "quote": None,
    "looked_for": ["a word"],
}
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
    used = changed(dataset, "q-price--baker", says="A Loaf is dear.", scope="loaves of today")
    used = changed(used, "q-cause--ozturk", phrase=None, **SILENT)
    used = changed(used, "t-port", sources=["s-gazette", "s-ledger"])
    renderer = Renderer(used, release, SITE)
    watched = branches.watch(renderer)
    renderer.files(by_hand)
    assert len(seen) > 200
    lacking = list(branches.described(seen - taken - watched.taken))
    assert lacking == [], "\n".join(lacking)


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
OF_THE_FILTERS = {"show-all"}  # with a dash: no id of a group or theme
OF_NO_RECORD = {"docs/classroom.md", "docs/classroom/key.md"}  # no id of a record is on these pages


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
# A link looks for a quotation; what happened at a place stands on the map of the border alone.
NOT_SHOWN = {"Figure.quote", "Place.beside"}


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


def depends_on_words(element):
    """Two spellings that are one are shown once; so are two scopes. Two figures of one thing
    are compared. With signs in them, all are different."""
    css = element.attributes.get("class", "")
    return "also" in css or css.startswith(("comparison", "strip__scope"))


def test_signs_in_texts_add_no_element(marked, pages):
    """The page has the elements that it has without them."""
    wild = marked[0]
    for name, page in pages.items():
        if name == "docs/compare.md":
            continue  # who agrees there depends on the words
        found = [e.tag for e in wild[name].elements if not depends_on_words(e)]
        was = [e.tag for e in page.elements if not depends_on_words(e)]
        # On the map a long name has two lines, and a line of its own to its sign.
        drawn = {"tspan", "line"} if name == "docs/map.md" else set()
        found = [tag for tag in found if tag not in drawn]
        was = [tag for tag in was if tag not in drawn]
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
        "docs/outcomes.md", "docs/data/outcomes.csv", "docs/data/evidence.json", "docs/feed.xml",
        "docs/assets/filter.css", "docs/questions/price.md", "includes/ada-baker-since.md",
    }  # fmt: skip
    (concern,) = dataset.by_id["o-price"].concerns
    concerns = [concern.model_copy(update={"since": "nobody remembers"})]
    after = render(changed(dataset, "o-price", concerns=concerns))
    assert {name for name in before if before[name] != after[name]} == {
        "docs/compare.md", "docs/data/evidence.json", "docs/questions/price.md",
        "includes/ada-baker-answers.md",
    }  # fmt: skip
    after = render(changed(dataset, "f-loaf--baker", value=35))
    former = {f"includes/{id}.md" for id in dataset.former("f-loaf--baker")}
    assert {name for name in before if before[name] != after[name]} - former == {
        "docs/compare.md", "docs/checks.md", "docs/questions/price.md", "docs/sheets/ada-baker.md",
        "includes/ada-baker-answers.md", "includes/ada-baker-since.md",
        "includes/lukasz-mlynarz-answers.md", "includes/f-loaf--baker.md",
        "docs/data/positions.csv", "docs/data/figures.csv", "docs/data/checks.csv",
        "docs/data/facts.json", "docs/data/evidence.json", "overrides/head/experts/ada-baker.html",
    }  # fmt: skip
    for name in ("docs/compare.md", "docs/questions/price.md", "docs/sheets/ada-baker.md"):
        assert not re.search(r"\b34\b", after[name]), name
    after = render(changed(dataset, "f-sacks--baker", value=1300))
    changed_names = {name for name in before if before[name] != after[name]}
    assert "includes/home-strip.md" in changed_names, "a phrase holds the figure"
    says = [s.model_copy(update={"says": "A text."}) for s in dataset.evidence.sequels]
    after = render(with_section(dataset, "sequels", says))
    assert {name for name in before if before[name] != after[name]} == {
        "docs/compare.md", "docs/questions/index.md", "docs/questions/price.md",
        "docs/questions/mills.md", "docs/questions/import.md", "docs/data/evidence.json",
        "docs/data/sequels.csv", "docs/llms.txt", "includes/home-strip.md",
        *(f"overrides/head/questions/{name}.html" for name in ("price", "mills", "import")),
    }  # fmt: skip


def test_a_withdrawn_source_is_struck(pages):
    text = " ".join(e.text for e in pages["docs/timeline.md"].all("s"))
    assert text == "The Gazette, “A price that was none”"


# --- Evidence beside what it is about -------------------------------------------------

ANSWERS = {
    "baker": "docs/experts/ada-baker.md",
    "mlynarz": "docs/experts/lukasz-mlynarz.md",
    "ozturk": "docs/experts/ayse-ozturk-isik.md",
}
VERDICT = re.compile(r"\bverdict--\S+")


def links_to(page, id):
    """The texts of the links of a page to a record."""
    return [e.text for e in page.all("a") if e.attributes["href"].endswith(f"#{id}")]


def question_page(dataset, id):
    """The page on which a position or a figure is shown in full."""
    return f"docs/{dataset.address_of(id).partition('#')[0].strip('/')}.md"


def test_what_happened_stands_beside_each_answer_that_it_concerns(dataset, pages):
    figures = 0
    for outcome in dataset.evidence.outcomes:
        for concern in outcome.concerns:
            wanted = f"Since: {concern.since}"
            expert = dataset.by_id[concern.id].expert
            assert wanted in links_to(pages[ANSWERS[expert]], outcome.id)
            page = pages[question_page(dataset, concern.id)]
            if concern.id.startswith("f-"):  # the comparison has a link to each figure
                assert wanted in links_to(page, outcome.id)
                figures += 1
                continue
            assert wanted in links_to(pages["docs/compare.md"], outcome.id)
            told = [e.text for e in page.all("p", "followed")]
            assert f"{wanted}. {outcome.short}" in told
    assert figures


def test_each_answer_has_what_happened_to_it_and_not_to_another(dataset, render, tmp_path):
    (one,) = dataset.by_id["o-price"].concerns
    other = type(one)(id="q-price--mlynarz", since="his price was right")
    files = render(changed(dataset, "o-price", concerns=[one, other]))
    pages = converted(with_written(files), tmp_path)
    shown = links_to(pages["docs/compare.md"], "o-price")
    assert shown == [f"Since: {one.since}", f"Since: {other.since}"]
    assert f"Since: {other.since}" not in links_to(pages[ANSWERS["baker"]], "o-price")
    assert f"Since: {one.since}" not in links_to(pages[ANSWERS["mlynarz"]], "o-price")


def test_no_link_is_called_by_an_id(dataset, pages):
    """An id without its hyphens is no text: the record has a name of its own."""
    ids = ids_as_words(dataset)
    assert len(ids) > 40 and "sacks drawn" in ids
    for name, page in pages.items():
        for link in page.all("a"):
            assert not called_by_an_id(link.text, ids), (name, link.text)


def test_a_link_that_is_called_by_an_id_is_noticed(dataset):
    ids = ids_as_words(dataset)
    for text in ("Calm", "o calm", "calm: did not", "Since: calm", "2020 03 rain", "price  baker"):
        assert called_by_an_id(text, ids), text
    for text in ("calmer", "1 June 2020", "Baker: price of a loaf", "Loaf"):
        assert not called_by_an_id(text, ids), text


def test_a_link_to_an_event_says_when_and_what(dataset, pages):
    seen = set()
    for page in pages.values():
        for event in dataset.evidence.events:
            links = [e for e in page.all("a", "back") if e.attributes["href"].endswith(event.id)]
            assert {e.text for e in links} <= {f"{event.when.shown}: {event.short}"}
            seen |= {event.id for _ in links}
    assert len(seen) > 3


def test_the_owner_of_an_outlet_is_written_in_one_way(dataset, render):
    owners = {outlet.id: outlet.owner for outlet in dataset.evidence.outlets}
    assert [id for id, owner in owners.items() if owner] == ["gazette"]
    was, now = render(dataset), render(changed(dataset, "gazette", owner="three fishermen"))
    for name in ("docs/checks.md", "docs/outcomes.md", "docs/timeline.md", "docs/background.md"):
        lines = re.findall(r"<li>(?:<s>)?<a href=[^\n]*</li>", now[name])
        of_gazette = [line for line in lines if ">The Gazette, " in line]
        flag = '<span class="owner">(funded by three fishermen)</span>'
        assert of_gazette and all(line.count(flag) == 1 for line in of_gazette), name
        assert now[name].count("funded by") == len(of_gazette), name
        assert "the town of Saltby, by" in was[name] and "the town of Saltby" not in now[name]


def test_a_tie_stands_beside_its_expert_with_its_sources(dataset, pages):
    (tie,) = dataset.evidence.ties
    for expert, name in ANSWERS.items():
        found = [e for e in pages[name].elements if e.attributes.get("id") == tie.id]
        assert len(found) == (expert == tie.expert)
        for element in found:
            assert element.text == f"{tie.says} (The Gazette)"
            there = [e for e in pages[name].all("a") if e.text == "The Gazette"]
            assert [e.attributes["href"] for e in there] == [dataset.by_id["s-gazette"].url]
            title = "The Gazette, “Bread in three towns”, January 2021"
            assert [e.attributes["title"] for e in there] == [title]


def test_background_has_sources_and_is_where_its_term_is(dataset, pages):
    page = pages["docs/background.md"]
    for background in dataset.evidence.backgrounds:
        assert page.by_id(background.id).text.startswith(background.title)
        assert background.says in page.text
        for id in background.sources:
            assert dataset.by_id[id].url in page.links
        for term in background.terms:
            assert f"../background/#{background.id}" in pages["docs/glossary.md"].links, term
    assert len(dataset.evidence.backgrounds) > 1


def test_home_has_the_answer_so_far_and_one_background(dataset, pages):
    home = pages["docs/index.md"]
    (outcome,) = [o for o in dataset.evidence.outcomes if o.kind == "question"]
    (line,) = home.all("p", "hero__since")
    assert line.text == (
        f"What happened: {outcome.answer}. Last looked at: {outcome.looked.shown}."
    )
    assert links_to(home, outcome.id) == [outcome.answer]
    (told,) = home.all("p", "home-background")
    (background,) = [b for b in dataset.evidence.backgrounds if b.home]
    assert told.text.startswith(background.says)
    assert "background/" in home.links


def test_where_nobody_asks_home_has_no_answer(dataset, render):
    values = {"kind": "description", "answer": None}
    files = render(changed(dataset, "o-title", **values))
    assert files["includes/home-answer.md"].strip() == ""


def test_what_nobody_expected_has_no_verdict_on_any_page(dataset, pages):
    words = [word.id.capitalize() for word in dataset.vocabulary.verdicts]
    page = pages["docs/outcomes.md"]
    findings = page.all("article", "finding")
    outcomes = [o for speaker in analysis.speakers(dataset) for o in dataset.outcomes_by(speaker)]
    assert len(findings) == len(dataset.evidence.outcomes)
    for finding, outcome in zip(findings, outcomes, strict=True):
        assert outcome.assessment in finding.text
        shown = [word for word in words if word in finding.text]
        assert bool(shown) == outcome.judged, (outcome.id, shown)
        assert ("Criterion:" in finding.text) == outcome.judged
    for expert, name in ANSWERS.items():
        lists = pages[name].all("ul", "findings")
        lines = [e for e in pages[name].all("li") if "What happened" in e.text]
        outcomes = dataset.outcomes_by(expert)
        assert lists and len(lines) == len(outcomes)
        for line, outcome in zip(lines, outcomes, strict=True):
            assert any(line.text.startswith(word) for word in words) == outcome.judged
    for name, page in pages.items():
        marked = [e for e in page.elements if VERDICT.search(e.attributes.get("class", ""))]
        if name.startswith("docs/questions/"):
            for line in page.all("li"):
                for outcome in dataset.evidence.outcomes:
                    if outcome.assessment in line.text:
                        shown = any(line.text.startswith(word) for word in words)
                        assert shown == outcome.judged, (name, outcome.id)
        elif name not in ("docs/outcomes.md", "docs/checks.md", *ANSWERS.values()):
            assert marked == [], name


def test_whose_expectation_it_is_stands_beside_what_is_relayed(dataset, pages):
    lines = [e.text for e in pages["docs/outcomes.md"].all("p", "finding__owner")]
    owners = [outcome.owner for outcome in dataset.evidence.outcomes if outcome.owner]
    assert lines == [f"Whose expectation: {owner}" for owner in owners] != []


def test_camps_name_what_they_speak_of_and_no_narrator(dataset, files):
    camps = re.search(r'<div class="camps".*?>(.*?)</div>', files["docs/compare.md"], re.DOTALL)[1]
    linked = set(re.findall(r'href="#(q-[a-z]+--[a-z]+)"', camps))
    assert linked == {
        "q-price--baker", "q-price--mlynarz", "q-price--ozturk",
        "q-mills--baker", "q-mills--mlynarz", "q-mills--ozturk",
    }  # fmt: skip
    lines = [e.text for e in Html(f"<div>{camps}</div>").all("li")]
    for line in ("Between: Baker (depends) – mills in the north",):
        assert line in lines
    old = [
        line
        for line in lines
        if line.endswith("No: Młynarz (no), Öztürk-Işık (doubtful) – old mills")
    ]
    assert len(old) >= 2, "on the same side, and beside those who speak of another thing"
    assert not [line for line in lines if "foreign flour" in line or "by ship" in line]


def test_an_answer_says_of_what_it_speaks_wherever_it_is(dataset, pages):
    scoped = [p for p in dataset.article.positions if p.scope]
    assert len(scoped) == 3
    wanted = Counter(p.scope.capitalize() for p in scoped)
    for name in ("docs/compare.md", "docs/sheets/compare.md", "docs/questions/mills.md"):
        assert Counter(e.text for e in pages[name].all("span", "scope")) == wanted
    for name in ("docs/compare.md", "docs/index.md", "docs/questions/mills.md"):
        told = [e.text for e in pages[name].all("span", "strip__scope")]
        assert told == [
            "Młynarz and Öztürk-Işık: old mills",
            "Baker: mills in the north",
        ], "at the question, in the order of the steps"
    for expert, name in ANSWERS.items():
        own = [p.scope.capitalize() for p in scoped if p.expert == expert]
        sheet = name.replace("experts", "sheets")
        assert [e.text for e in pages[name].all("span", "scope")] == own
        assert [e.text for e in pages[sheet].all("span", "scope")] == own


def test_generated_pages_are_those_that_are_listed(files):
    names = {name for name in files if name.startswith("docs/") and name.endswith(".md")}
    assert {name for name in names if not name.startswith(OWNED)} == set(GENERATED)
    for name, root in GENERATED.items():
        assert posixpath.normpath(posixpath.join(address_of(name), root)) == ".", name


# --- Pages of questions ----------------------------------------------------------------


def test_every_question_has_a_page_with_its_wording(dataset, files, pages):
    names = {name for name in files if name.startswith("docs/questions/")} - {
        "docs/questions/index.md"
    }
    questions = dataset.article.questions
    assert names == {f"docs/{question.address.strip('/')}.md" for question in questions}
    for question in questions:
        page = pages[f"docs/questions/{question.slug}.md"]
        assert [h.text for h in page.all("h1")] == [question.wording]
        assert set(page.ids) >= {p.id for p in dataset.positions_on(question)}
        assert f"../{question.address}" in pages["docs/questions/index.md"].links


def test_questions_lead_to_each_other_in_order(dataset, pages):
    ways = [
        [(e.attributes["rel"], e.attributes["href"]) for e in page.all("a", "way")]
        for page in (pages[f"docs/questions/{q.slug}.md"] for q in dataset.article.questions)
    ]
    addresses = [f"../../{question.address}" for question in dataset.article.questions]
    expected = [[("prev", before)] for before in addresses[:-1]]
    assert [[way for way in found if way[0] == "prev"] for found in ways] == [[], *expected]
    expected = [[("next", after)] for after in addresses[1:]]
    assert [[way for way in found if way[0] == "next"] for found in ways] == [*expected, []]


@pytest.mark.parametrize("signs", [SIGNS, "title: {{ x }} # 'a' \\n", "---", "漢 \U0001f35e"])
def test_the_settings_of_a_page_are_read_as_they_were_meant(dataset, render, signs):
    """A question's description is made of texts that may hold any sign."""
    sequels = [s.model_copy(update={"says": signs}) for s in dataset.evidence.sequels]
    other = with_section(dataset, "sequels", sequels)
    files = render(changed(other, "q-mills", wording=signs))
    settings = yaml.safe_load(MATTER.match(files["docs/questions/mills.md"])[1])
    assert settings["hide"] == ["navigation"]
    mills = other.by_id["q-mills"]
    described = typographic(sentences.question_in_short(other, mills))
    assert settings["description"] == described
    assert described.endswith(typographic(f" What happened: {signs}"))


def test_home_says_how_long_reading_takes(dataset, files, render):
    """A minute at least, and more where more is shown."""
    assert "<b>Two minutes</b>" in files["includes/home-ways.md"]
    long = changed(dataset, "q-price--baker", says="A word " * 400)
    told = re.findall(r"<b>(\w+ minutes)</b>", render(long)["includes/home-ways.md"])
    assert told == ["Six minutes", "Five minutes"]
    none = [q.model_copy(update={"on_home": False}) for q in dataset.article.questions]
    ways = render(with_section(dataset, "questions", none))["includes/home-ways.md"]
    assert "/questions/" not in ways and "compare/" in ways


def test_the_small_project_is_set_up_as_this_one():
    """Its mkdocs.yml is the real one, with a name and a navigation of its own."""

    def settings(root: Path) -> str:
        text = (root / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")[0]
        text = re.sub(r"^site_(name|description): .*\n", "", text, flags=re.MULTILINE)
        return re.sub(r"^copyright: .*\n(  .*\n)*", "", text, flags=re.MULTILINE)

    assert settings(MINI) == settings(ROOT)
