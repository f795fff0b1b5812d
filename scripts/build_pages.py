"""Write every generated page and data file from the facts.

    python scripts/build_pages.py           write what has changed
    python scripts/build_pages.py --check   write nothing, list what is stale

MkDocs runs the same through `hooks.py`. Nothing is written when the facts
have an error. All markup is in scripts/templates.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined

import data_files
import derive
import maps
from facts import load, load_edition
from models import Edition, Facts, compare
from yaml_lines import DataError, Problem

TEMPLATES = Path(__file__).parent / "templates"
PARTS = ("head", "answers", "since")  # what an expert's page takes from the facts
INCLUDES = "includes"  # pieces for hand-written pages; all of it is generated


# --- Rendering -------------------------------------------------------------------


def environment(facts: Facts, edition: Edition) -> Environment:
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
    env.filters |= {"md": escape_markdown, "slug": lambda text: text.replace(" ", "-"), "initials": initials, "upper_first": upper_first, "css": css}
    env.globals |= {
        "facts": facts,
        "edition": edition,
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
        "outcomes_of": lambda id: [outcome for outcome in facts.evidence.outcomes if id in outcome.concerns],
        "events_of": lambda id: [event for event in facts.evidence.events if id in event.mentioned],
        "positions_on": lambda question: [facts.position(question, expert) for expert in facts.experts],
        "positions_of": lambda expert: [facts.position(question, expert) for question in facts.questions],
    }
    for helper in (derive.agreements, derive.disagreements, derive.most_divided, derive.comparisons, derive.tally, derive.used_by,
                   derive.name_of, derive.chart, derive.speakers, derive.periods, derive.sharing, derive.acting, derive.text_fragment):
        env.globals[helper.__name__] = partial(helper, facts)
    return env


def escape_markdown(text: str) -> str:
    """`text` for a line of Markdown: nothing in it is read as markup."""
    return re.sub(r"([\\`*_{}\[\]()#+!|<>~^])", r"\\\1", text)


def typographic(text: str) -> str:
    """`text` with curly quotation marks and apostrophes."""
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


def render(facts: Facts, edition: Edition) -> dict[str, str]:
    """Every generated file: its path from the project's root, and its text."""
    env = environment(facts, edition)

    def page(template: str, **values: Any) -> str:
        return env.get_template(template).render(**values)

    files = {
        "docs/compare.md": page("compare.md.j2", root="../"),
        "docs/source.md": page("source.md.j2", root="../"),
        "docs/checks.md": page("checks.md.j2", root="../"),
        "docs/outcomes.md": page("outcomes.md.j2", root="../"),
        "docs/timeline.md": page("timeline.md.j2", root="../"),
        "docs/map.md": page("map.md.j2", root="../", basemap=maps.basemap(), views=maps.views(facts.evidence.places)),
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
        for part in PARTS:
            files[f"{INCLUDES}/{expert.slug}-{part}.md"] = page(f"expert-{part}.md.j2", root="../../", expert=expert)
    for figure in facts.figures:
        files[f"{INCLUDES}/{figure.id}.md"] = escape_markdown(figure.shown)  # no line end: it stands within a paragraph
    for name, text in data_files.files(facts, edition).items():
        files[f"docs/data/{name}"] = text
    return files


# --- Reading and writing -----------------------------------------------------------


def hand_written(facts: Facts, root: Path, generated: Collection[str]) -> Iterator[Problem]:
    """What is wrong with the pages that people write.

    Every expert has a page with the generated pieces, and no page repeats a
    number that the facts hold: it takes it from the facts instead. Years are
    held back only on the page of the expert who names them.
    """
    owners = {root / f"docs/experts/{expert.slug}.md": expert for expert in facts.experts}
    pages = {p for p in (root / "docs").rglob("*.md") if p.relative_to(root).as_posix() not in generated}
    for path in sorted(pages | owners.keys()):
        owner = owners.get(path)
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        for part in PARTS if owner else ():
            if f'--8<-- "{owner.slug}-{part}.md"' not in text:
                message = f'found no line --8<-- "{owner.slug}-{part}.md", expected it on the page of {owner.name}'
                yield Problem(path.as_posix(), 1, "", message)
        held = {
            figure.shown: figure.id
            for figure in facts.figures
            if isinstance(figure.value, int) and (figure.unit != "year" or (owner and figure.expert == owner.id))
        }
        for number, line in enumerate(text.splitlines(), 1):
            for shown in held.keys() & set(re.findall(r"(?<![\w,.-])\d[\d,]*\d(?![\w-])", line)):
                message = f'found {shown}, expected a line --8<-- "{held[shown]}.md" in its place'
                yield Problem(path.as_posix(), number, "", message)


def build(root: Path = Path(), write: bool = True) -> list[str]:
    """Bring the generated files under `root` up to date; the paths that were stale.

    Raises DataError, and writes nothing, when facts or pages have an error.
    """
    facts, edition = load(root / "docs/data"), load_edition(root / "CITATION.cff")
    files = render(facts, edition)
    if problems := list(hand_written(facts, root, files)):
        raise DataError(problems)
    old = {p.relative_to(root).as_posix() for p in (root / INCLUDES).glob("*")} - files.keys()
    stale = [name for name, text in files.items() if _text(root / name) != text]
    if write:
        for name in stale:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(files[name], encoding="utf-8", newline="\n")
        for name in old:
            (root / name).unlink()
    return sorted([*stale, *old])


def _text(path: Path) -> str | None:
    return path.read_bytes().decode("utf-8", "replace") if path.is_file() else None


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; list what is stale; exit 1 if anything is")
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
