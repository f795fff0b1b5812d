"""Write every generated page and data file from the facts.

    python scripts/build_pages.py           write what has changed
    python scripts/build_pages.py --check   write nothing, list what is stale

MkDocs runs the same through `hooks.py`. Nothing is written when the facts
have an error. All markup is in scripts/templates.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined

import cards
import data_files
import derive
import maps
import metadata
from facts import load, load_edition
from metadata import Page
from models import Edition, Facts, compare
from yaml_lines import LOADER, DataError, Problem

TEMPLATES = Path(__file__).parent / "templates"
SITE = "http://127.0.0.1:8000/"  # as in mkdocs.yml, where SITE_URL says nothing else
HEADS = "overrides/head"  # what goes into the head of each page
YAML_FILES = ("facts.yml", "evidence.yml", "vocabulary.yml")
CARDS = "docs/assets/cards"  # preview cards, one for each page
PARTS = ("head", "answers", "since")  # what an expert's page takes from the facts
INCLUDES = "includes"  # pieces for hand-written pages; all of it is generated


# --- Rendering -------------------------------------------------------------------


def environment(facts: Facts, edition: Edition, site: str) -> Environment:
    """Jinja2 as the templates expect it: strict, escaping, with the helpers above."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        bytecode_cache=FileSystemBytecodeCache(),  # in the system's folder for such; compiling takes half of a run
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=lambda value: typographic(value) if type(value) is str else value,
    )
    env.filters |= {
        "md": escape_markdown,
        "slug": lambda text: text.replace(" ", "-"),
        "initials": initials,
        "upper_first": upper_first,
        "css": css,
    }
    env.globals |= {
        "facts": facts,
        "edition": edition,
        "site": site,
        "cite_article": partial(metadata.cite_article, facts),
        "dictionary": data_files.dictionary(),
        "evidence": facts.evidence,
        "vocabulary": facts.vocabulary,
        "experts": {expert.id: expert for expert in facts.experts},
        "questions": {question.id: question for question in facts.questions},
        "measures": {measure.id: measure for measure in facts.measures},
        "paragraphs": {paragraph.id: paragraph for paragraph in facts.paragraphs},
        "sources": {source.id: source for source in facts.evidence.sources},
        "readings": {reading.id: reading for reading in facts.evidence.readings},
        "places": {place.id: place for place in facts.evidence.places},
        "aliases": facts.vocabulary.aliases,
        "compare": compare,
        "checks_of": lambda id: [check for check in facts.evidence.checks if id in check.concerns],
        "outcomes_of": lambda id: [
            outcome for outcome in facts.evidence.outcomes if id in outcome.concerns
        ],
        "events_of": lambda id: [event for event in facts.evidence.events if id in event.mentioned],
        "positions_on": lambda question: [
            facts.position(question, expert) for expert in facts.experts
        ],
        "positions_of": lambda expert: [
            facts.position(question, expert) for question in facts.questions
        ],
    }
    for helper in (
        derive.agreements,
        derive.disagreements,
        derive.most_divided,
        derive.comparisons,
        derive.tally,
        derive.used_by,
        derive.name_of,
        derive.chart,
        derive.speakers,
        derive.periods,
        derive.sharing,
        derive.acting,
        derive.text_fragment,
        derive.terms_in,
    ):
        env.globals[helper.__name__] = partial(helper, facts)
    return env


def escape_markdown(text: str) -> str:
    """`text` for a line of Markdown: nothing in it is read as markup."""
    return re.sub(r"([\\`*_{}\[\]()#+!|<>~^])", r"\\\1", text)


def typographic(text: str) -> str:
    """`text` with curly quotation marks and apostrophes."""
    if '"' not in text and "'" not in text:
        return text  # most texts, thousands of times
    return re.sub(r'"([^"]*)"', r"“\1”", text).replace("'", "’")


def upper_first(text: str) -> str:
    """`text` with a capital first letter; the other letters stay."""
    return text[:1].upper() + text[1:]


def css(text: str) -> str:
    """`text` as part of a class or an id: us-and-nato."""
    return text.lower().replace(" ", "-")


def initials(name: str) -> str:
    """First letters of the first and the last name."""
    parts = name.split()
    return parts[0][0] + parts[-1][0]


def render(
    facts: Facts, edition: Edition, written: dict[str, str] | None = None, site: str = SITE
) -> dict[str, str]:
    """Every generated file: its path from the project's root, and its text.

    `written` are the pages that people write, by path; `site` is the address
    at which the site will stand, with a slash at the end.
    """
    env = environment(facts, edition, site)

    def page(template: str, **values: Any) -> str:
        return env.get_template(template).render(**values)

    files = {
        "docs/compare.md": page("compare.md.j2", root="../"),
        "docs/source.md": page("source.md.j2", root="../"),
        "docs/checks.md": page("checks.md.j2", root="../"),
        "docs/outcomes.md": page("outcomes.md.j2", root="../"),
        "docs/timeline.md": page("timeline.md.j2", root="../"),
        "docs/map.md": page(
            "map.md.j2", root="../", basemap=maps.basemap(), views=maps.views(facts.evidence.places)
        ),
        "docs/sheets/compare.md": page("sheet-compare.md.j2", root="../../"),
        "docs/assets/filter.css": page("filter.css.j2"),
        "docs/data/index.md": page("data.md.j2", root="../"),
        f"{INCLUDES}/home-experts.md": page("experts.md.j2", root="", level=3),
        f"{INCLUDES}/citation.md": page("citation.md.j2"),
        f"{INCLUDES}/home-key.md": page("home-key.md.j2", root=""),
        f"{INCLUDES}/home-since.md": page("home-since.md.j2", root=""),
        f"{INCLUDES}/home-grid.md": page("home-grid.md.j2", root=""),
        f"{INCLUDES}/experts.md": page("experts.md.j2", root="../", level=2),
        f"{INCLUDES}/glossary.md": page("glossary.md.j2", root="../"),
        f"{INCLUDES}/source-record.md": page("source-record.md.j2", root="../"),
        f"{INCLUDES}/vocabulary.md": page("vocabulary.md.j2", root="../"),
    }
    for expert in facts.experts:
        files[f"docs/sheets/{expert.slug}.md"] = page(
            "sheet-expert.md.j2", root="../../", expert=expert
        )
        for part in PARTS:
            files[f"{INCLUDES}/{expert.slug}-{part}.md"] = page(
                f"expert-{part}.md.j2", root="../../", expert=expert
            )
    for figure in facts.figures:
        files[f"{INCLUDES}/{figure.id}.md"] = escape_markdown(
            figure.shown
        )  # no line end: it stands within a paragraph
    files[f"{INCLUDES}/article-link.md"] = f"[the article itself]({facts.source.url})"
    for term in facts.glossary:
        files[f"{INCLUDES}/{term.id}.md"] = page("term.md.j2", term=term).strip()  # so does this
    data = data_files.files(facts, edition)
    files |= {f"docs/data/{name}": text for name, text in data.items()}
    pages = list(pages_of(facts, (written or {}) | files))
    for one in pages:
        graph = metadata.graph(facts, edition, one, pages, site, sorted([*data, *YAML_FILES]))
        files[f"{HEADS}/{one.name}.html"] = page("head.html.j2", page=one, graph=graph)
        if metadata.cited(facts, one):
            files[f"{INCLUDES}/cite-{one.name.rpartition('/')[2]}.md"] = page(
                "cite.md.j2", citation=metadata.cite_page(edition, one, site)
            )
    return files


def front_matter(text: str) -> dict[str, Any] | None:
    """The settings at the top of a page; None where they are not YAML."""
    try:
        matter = yaml.load(re.match(r"---\n(.*?)\n---\n|", text, re.DOTALL)[1] or "{}", LOADER)
    except yaml.YAMLError:
        return None
    return matter if isinstance(matter, dict) else None


def pages_of(facts: Facts, files: dict[str, str]) -> Iterator[Page]:
    """Every page among some files, with its heading (an expert's is the name) and its description."""
    subject = facts.source.title.partition(":")[0]
    names = {f"experts/{expert.slug}/": f"{expert.name}: {subject}" for expert in facts.experts}
    for path, text in sorted(files.items()):
        if path.startswith("docs/") and path.endswith(".md"):
            address = path.removeprefix("docs/").removesuffix(".md").removesuffix("index")
            address = address and address.rstrip("/") + "/"
            matter = front_matter(text) or {}
            heading = re.search(r"^# (.+?)(?: \{.*)?$", text, re.MULTILINE)
            title = names.get(address) or (heading[1] if heading else matter.get("title", ""))
            yield Page(address, title, matter.get("description", ""))


# --- Reading and writing -----------------------------------------------------------


def written_pages(root: Path) -> dict[str, str]:
    """The text of every page in the folder of pages, by its path from the root."""
    return {
        p.relative_to(root).as_posix(): p.read_text(encoding="utf-8")
        for p in sorted((root / "docs").rglob("*.md"))
    }


def hand_written(facts: Facts, root: Path, generated: Collection[str]) -> Iterator[Problem]:
    """What is wrong with the pages that people write.

    Every page describes itself. Every expert has a page with the generated
    pieces, and no page repeats a number that the facts hold: it takes it from the facts instead. Years are
    held back only on the page of the expert who names them.
    """
    owners = {root / f"docs/experts/{expert.slug}.md": expert for expert in facts.experts}
    pages = {
        p for p in (root / "docs").rglob("*.md") if p.relative_to(root).as_posix() not in generated
    }
    for path in sorted(pages | owners.keys()):
        owner = owners.get(path)
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        matter = front_matter(text)
        if text and not (matter and isinstance(matter.get("description"), str)):
            message = "found no description in the settings at the top, expected a sentence on the page: previews show it"
            yield Problem(
                path.as_posix(),
                1,
                "",
                message
                if matter is not None
                else "found settings that are not YAML, expected key: value",
            )
        for part in PARTS if owner else ():
            if f'--8<-- "{owner.slug}-{part}.md"' not in text:
                message = f'found no line --8<-- "{owner.slug}-{part}.md", expected it on the page of {owner.name}'
                yield Problem(path.as_posix(), 1, "", message)
        held = {
            figure.shown: figure.id
            for figure in facts.figures
            if isinstance(figure.value, int)
            and (figure.unit != "year" or (owner and figure.expert == owner.id))
        }
        for number, line in enumerate(text.splitlines(), 1):
            for shown in held.keys() & set(re.findall(r"(?<![\w,.-])\d[\d,]*\d(?![\w-])", line)):
                message = f'found {shown}, expected a line --8<-- "{held[shown]}.md" in its place'
                yield Problem(path.as_posix(), number, "", message)


def build(root: Path = Path(), write: bool = True, site: str | None = None) -> list[str]:
    """Bring the generated files under `root` up to date; the paths that were stale.

    `site` is the site's address with a slash at the end, else SITE_URL.

    Raises DataError, and writes nothing, when facts or pages have an error.
    """
    facts, edition = load(root / "docs/data"), load_edition(root / "CITATION.cff")
    written = written_pages(root)
    files = render(facts, edition, written, site or os.environ.get("SITE_URL", SITE))
    if problems := list(hand_written(facts, root, files)):
        raise DataError(problems)
    pictures = {
        f"{CARDS}/{page.name}.png": cards.card(facts, edition, page)
        for page in pages_of(facts, written | files)
    }
    undrawn = [
        name for name, card in pictures.items() if cards.drawn_from(root / name) != cards.key(card)
    ]
    there = [
        p for folder in (INCLUDES, HEADS, CARDS) for p in (root / folder).rglob("*") if p.is_file()
    ]
    old = {p.relative_to(root).as_posix() for p in there} - files.keys() - pictures.keys()
    stale = [name for name, text in files.items() if _text(root / name) != text]
    if write:
        svg = environment(facts, edition, "").get_template("card.svg.j2")
        for name in undrawn:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(
                cards.png(svg.render(cards.layout(pictures[name])), cards.key(pictures[name]))
            )
        for name in stale:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(files[name], encoding="utf-8", newline="\n")
        for name in old:
            (root / name).unlink()
    return sorted([*stale, *undrawn, *old])


def _text(path: Path) -> str | None:
    return path.read_bytes().decode("utf-8", "replace") if path.is_file() else None


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; list what is stale; exit 1 if anything is",
    )
    check = parser.parse_args(argv).check
    try:
        stale = build(write=not check)
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    for name in stale:
        print(f"{'stale' if check else 'wrote'} {name}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
