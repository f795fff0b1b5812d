"""Every generated file: what it is made from, and its text.

`Renderer` reads templates and nothing else, and writes nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from facts import analysis, sentences
from facts.article import Question
from facts.dataset import Dataset
from facts.release import Release
from facts.text import slug
from pages import cards, citations, downloads, feed, schema_org
from pages import map as maps
from pages.handwritten import CITED_PAGES, EXPERT_PIECES
from pages.head import inert, json_ld
from pages.page import (
    PAGES,
    Page,
    address_of,
    escape_markdown,
    in_paragraph,
    page_of,
    typographic,
    words_shown,
)

TEMPLATES = Path(__file__).parent / "templates"
INCLUDES = "includes/"  # pieces for the pages that people write
HEADS = "overrides/head/"  # what goes into the head of each page
CARDS = "docs/assets/cards/"  # preview cards, one for each page
SHEETS = "docs/sheets/"  # pages of one sheet of paper
QUESTIONS = "docs/questions/"  # a page for each question
OWNED = (INCLUDES, HEADS, CARDS, SHEETS, QUESTIONS)  # folders in which everything is generated

# Generated pages, and the way from each to the top of the site. The template
# of docs/checks.md is checks.md.j2.
GENERATED = {
    "docs/background.md": "../",
    "docs/checks.md": "../",
    "docs/compare.md": "../",
    "docs/data/index.md": "../",
    "docs/map.md": "../",
    "docs/outcomes.md": "../",
    "docs/source.md": "../",
    "docs/timeline.md": "../",
}
FILTER = "docs/assets/filter.css"
FEED = "docs/feed.xml"
GUIDE = "docs/llms.txt"
ARCHIVE = f"{PAGES}data/{downloads.ARCHIVE}"
GENERATED_DATA = {
    *(FILTER, FEED, GUIDE, ARCHIVE),
    *(f"{PAGES}data/{name}" for name in downloads.NAMES),
}
YAML_FILES = ("facts.yml", "evidence.yml", "vocabulary.yml")


def is_generated(path: str) -> bool:
    """Whether a file, by its path from the project's root, is written by the program."""
    return path in GENERATED or path in GENERATED_DATA or path.startswith(OWNED)


def cite_piece(page: Page) -> str:
    """The name of the piece that says how to cite a page: cite-question-entry."""
    folder, _, name = page.name.rpartition("/")
    return f"cite-question-{name}" if folder == "questions" else f"cite-{name}"


class Renderer:
    """Makes the text of every generated file from the facts.

    `site` is the address at which the site will be, with a slash at the end;
    `cache` is a folder for compiled templates, or None.
    """

    def __init__(self, dataset: Dataset, release: Release, site: str, cache: Path | None = None):
        self.dataset = dataset
        self.release = release
        self.site = site
        self.environment = _environment(cache)
        self.environment.globals |= {
            "data": dataset,
            "article": dataset.article,
            "evidence": dataset.evidence,
            "vocabulary": dataset.vocabulary,
            "release": release,
            "site": site,
            "cited_article": citations.cite_article(
                dataset.article.source, release.references[0].authors
            ),
            "analysis": analysis,
            "sentences": sentences,
        }

    def files(self, by_hand: list[Page]) -> dict[str, str]:
        """Every generated file of text: its path from the project's root, and its text.

        `by_hand` are the pages that people write.
        """
        files = self._pages()
        files |= self._pieces(files)
        files[FILTER] = self.make("filter.css.j2")
        files[FEED] = self.make("feed.xml.j2", entries=feed.entries(self.dataset, self.release))
        data = downloads.files(self.dataset, self.release, self.site)
        files |= {f"{PAGES}data/{name}": text for name, text in data.items()}
        pages = self.all_pages(by_hand, files)
        files[GUIDE] = self.make("llms.txt.j2", pages=pages)
        for page in pages:
            files[f"{HEADS}{page.name}.html"] = self._head(
                page, pages, sorted([*data, *YAML_FILES, downloads.ARCHIVE])
            )
            if self._cited(page):
                citation = citations.cite_page(self.release, page, self.site)
                files[f"{INCLUDES}{cite_piece(page)}.md"] = self.make(
                    "cite.md.j2", citation=citation
                )
        return files

    def all_pages(self, by_hand: list[Page], files: dict[str, str]) -> list[Page]:
        """Every page, generated or not, in the order of their addresses."""
        generated = [
            page_of(path, text)
            for path, text in files.items()
            if path.startswith(PAGES) and path.endswith(".md")
        ]
        subject = self.dataset.article.source.title.partition(":")[0]
        titles = {
            expert.address: f"{expert.name}: {subject}" for expert in self.dataset.article.experts
        }
        pages = []
        for page in (*by_hand, *generated):
            pages.append(page._replace(title=titles.get(page.address, page.title)))
        return sorted(pages)

    def pictures(self, pages: list[Page]) -> dict[str, cards.Card]:
        """The preview card of every page, by the path of its picture."""
        return {
            f"{CARDS}{page.name}.png": cards.card(self.dataset, self.release, page)
            for page in pages
        }

    def archive(self, files: dict[str, str]) -> bytes:
        """The data package in one file; `files` are those of text."""
        names = downloads.NAMES
        texts = {name: files[f"{PAGES}data/{name}"] for name in names}
        return downloads.archive(texts, self.release)

    def drawing(self, card: cards.Card) -> str:
        """A preview card as SVG."""
        return self.make("card.svg.j2", layout=cards.layout(card))

    def make(self, template: str, **values: Any) -> str:
        """What a template says of the facts and of some values besides."""
        return self.environment.get_template(template).render(**values)

    def _pages(self) -> dict[str, str]:
        """The generated pages."""
        special: dict[str, dict[str, Any]] = {
            "docs/map.md": {
                "basemap": maps.basemap(),
                "rivers_named": maps.NAMED,
                "views": maps.views(self.dataset.evidence.places),
            },
            "docs/data/index.md": {
                "dictionary": downloads.dictionary(),
                "harmless": downloads.HARMLESS,
            },
        }
        files = {}
        for path, root in GENERATED.items():
            name = address_of(path).strip("/")
            values = special.get(path, {})
            files[path] = self.make(f"{name}.md.j2", root=root, **values)
        files |= self._questions()
        files[f"{SHEETS}compare.md"] = self.make("sheet-compare.md.j2", root="../../")
        for expert in self.dataset.article.experts:
            sheet = self.make("sheet-expert.md.j2", root="../../", expert=expert)
            files[f"{SHEETS}{expert.slug}.md"] = sheet
        return files

    def _questions(self) -> dict[str, str]:
        """A page for each question, with the ways to its neighbours, and the list of them."""
        questions: list[Question | None] = [None, *self.dataset.article.questions, None]
        files = {f"{QUESTIONS}index.md": self.make("questions.md.j2")}
        for before, question, after in zip(questions, questions[1:], questions[2:], strict=False):
            if question:
                files[f"{QUESTIONS}{question.slug}.md"] = self.make(
                    "question.md.j2", root="../../", question=question, before=before, after=after
                )
        return files

    def _minutes(self, pages: dict[str, str]) -> dict[str, str]:
        """How long it takes to read the comparison, and the page of the first question of home."""
        read = {"compare": pages["docs/compare.md"]}
        for question in analysis.on_home(self.dataset)[:1]:
            read["question"] = pages[f"{QUESTIONS}{question.slug}.md"]
        return {name: sentences.minutes(words_shown(text)) for name, text in read.items()}

    def _pieces(self, pages: dict[str, str]) -> dict[str, str]:
        """The pieces that hand-written pages include, by their paths; `pages` are the generated."""
        article = self.dataset.article
        pieces = {
            "article-link": in_paragraph(self.make("article-link.md.j2")),
            "citation": self.make("citation.md.j2"),
            "corrections": self.make("corrections.md.j2", root="../"),
            "experts": self.make("experts.md.j2", root="../", level=2),
            "glossary": self.make("glossary.md.j2", root="../"),
            "home-answer": self.make("home-answer.md.j2", root=""),
            "home-background": self.make("home-background.md.j2", root=""),
            "home-experts": self.make("experts.md.j2", root="", level=3),
            "home-since": self.make("home-since.md.j2", root=""),
            "home-strip": self.make("home-strip.md.j2", root=""),
            "home-ways": self.make("home-ways.md.j2", root="", minutes=self._minutes(pages)),
            "home-words": self.make("home-words.md.j2", root=""),
            "source-record": self.make("source-record.md.j2", root="../"),
            "vocabulary": self.make("vocabulary.md.j2", root="../"),
        }
        for expert in article.experts:
            for part in EXPERT_PIECES:
                piece = self.make(f"expert-{part}.md.j2", root="../../", expert=expert)
                pieces[f"{expert.slug}-{part}"] = piece
        # These two are put into the middle of a paragraph, so they end no line.
        inline = {figure.id: escape_markdown(figure.shown) for figure in article.figures}
        for term in article.glossary:
            inline[term.id] = in_paragraph(self.make("term.md.j2", root=None, term=term).strip())
        for id, text in inline.items():
            pieces |= dict.fromkeys([id, *self.dataset.former(id)], text)
        return {f"{INCLUDES}{name}.md": text for name, text in pieces.items()}

    def _head(self, page: Page, pages: list[Page], files: list[str]) -> str:
        trail = [step for step in pages if page.address.startswith(step.address)]
        trail.sort(key=lambda step: len(step.address))
        graph = schema_org.graph(
            self.dataset, self.release, page, trail, self.site, files, self._cited(page)
        )
        return inert(self.make("head.html.j2", page=page, graph=json_ld(graph)))

    def _cited(self, page: Page) -> bool:
        """Whether a page says how to cite it: comparison, evidence, each expert and question."""
        experts = [expert.address for expert in self.dataset.article.experts]
        questions = [question.address for question in self.dataset.article.questions]
        return page.name in CITED_PAGES or page.address in (*experts, *questions)


def _environment(cache: Path | None) -> Environment:
    """Jinja2 as the templates expect it: strict and escaping."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        bytecode_cache=FileSystemBytecodeCache(str(cache)) if cache else None,
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=lambda value: typographic(value) if type(value) is str else value,
    )
    # YAML does not join the two halves into which JSON would escape rare signs.
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    environment.filters |= {
        "md": literal,
        "slug": slug,
        "upper_first": sentences.upper_first,
        "address": address,
        "typographic": typographic,
    }
    return environment


def literal(text: str) -> Markup:
    """A text for a line of Markdown, in which nothing is markup."""
    return Markup(escape_markdown(typographic(text)))


def address(text: str) -> Markup:
    """An address, as it is: no quotation mark in it is made curly."""
    return escape(text)
