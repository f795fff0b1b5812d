"""What the tests of pages share: the small project, changes of it, and HTML taken apart."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import markdown
import yaml
from projects import MINI, ROOT

import build
from facts.dataset import Dataset
from pages.handwritten import MATTER
from pages.render import is_generated

__all__ = ["MINI", "ROOT"]

SITE = "https://example.org/loaf/"
FACTS = "docs/data/facts.yml"
EVIDENCE = "docs/data/evidence.yml"
VOCABULARY = "docs/data/vocabulary.yml"
CITATION = "CITATION.cff"


def edit(path: Path, old: str, new: str, times: int = 1) -> None:
    """Replace a text that the file has exactly so many times."""
    text = path.read_text(encoding="utf-8")
    count = text.count(old)
    assert count == times, f"the test is out of date: {old!r} is {count} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def add(path: Path, text: str) -> None:
    """Put a text at the end of a file."""
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


# --- Datasets with something changed ------------------------------------------------


def changed(dataset: Dataset, id: str, **values: Any) -> Dataset:
    """The dataset with other values in one record of facts or evidence."""
    for part in ("article", "evidence"):
        document = getattr(dataset, part)
        for section in type(document).model_fields:
            records = getattr(document, section)
            if isinstance(records, list) and id in [record.id for record in records]:
                new = [r.model_copy(update=values) if r.id == id else r for r in records]
                return with_section(dataset, section, new)
    raise KeyError(id)


def with_section(dataset: Dataset, section: str, records: list[Any]) -> Dataset:
    """The dataset with other records in a section of facts or evidence."""
    part = "article" if hasattr(dataset.article, section) else "evidence"
    document = getattr(dataset, part).model_copy(update={section: records})
    return replace(dataset, **{part: document})


# --- Projects -----------------------------------------------------------------------


def written_by_hand(root: Path) -> dict[str, bytes]:
    """Every file that people type, by its path."""
    files = [path for path in root.rglob("*") if path.is_file()]
    names = {path.relative_to(root).as_posix(): path for path in files}
    kept = {n: p for n, p in names.items() if not n.startswith((".cache/", "scripts/", "site/"))}
    return {name: path.read_bytes() for name, path in kept.items() if not is_generated(name)}


def generated(root: Path) -> dict[str, bytes]:
    """Every file in the generated places, by its path."""
    folders = [root / name for name in ("docs", "includes", "overrides")]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    names = {path.relative_to(root).as_posix(): path for path in files}
    return {name: path.read_bytes() for name, path in names.items() if is_generated(name)}


def problems(root: Path) -> list[str]:
    """What is said against a project, without the folders in front."""
    found = sorted(set(build.examine(root)[2]))
    return [str(problem).replace(f"{root.as_posix()}/", "") for problem in found]


def run(root: Path, *arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """A Python command in a project, with its output as text."""
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"} | more.pop("env", {})
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        **more,
    )


# --- HTML ---------------------------------------------------------------------------


def extensions() -> tuple[list[str], dict[str, Any]]:
    """The extensions of Markdown in mkdocs.yml, and how they are set."""
    text = (MINI / "mkdocs.yml").read_text(encoding="utf-8")
    part = re.search(r"^markdown_extensions:\n(.*?)\n\n", text, re.DOTALL | re.MULTILINE)
    assert part
    names, settings = ["toc", "tables", "fenced_code"], {}  # those of MkDocs itself
    for entry in yaml.safe_load(part[1]):
        name, values = next(iter(entry.items())) if isinstance(entry, dict) else (entry, {})
        names.append(name)
        settings[name] = values
    return list(dict.fromkeys(names)), settings


def to_html(text: str, pieces: Path) -> str:
    """A page of Markdown as the builders convert it, pieces put in."""
    names, settings = extensions()
    settings["pymdownx.snippets"] |= {"base_path": [str(pieces)]}
    converter = markdown.Markdown(extensions=names, extension_configs=settings)
    html: str = converter.convert(MATTER.sub("", text, count=1))
    return html


VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


@dataclass
class Element:
    """A tag with its attributes, and all text inside it."""

    tag: str
    attributes: dict[str, str]
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


class Html(HTMLParser):
    """A page taken apart: its elements in order, and what is not closed as it was opened."""

    def __init__(self, text: str):
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.faults: list[str] = []
        self._open: list[Element] = [Element("", {})]
        self.feed(text)
        self.close()
        self.faults += [f"{element.tag} is not closed" for element in self._open[1:]]

    @property
    def text(self) -> str:
        return self._open[0].text

    @property
    def ids(self) -> list[str]:
        return [e.attributes["id"] for e in self.elements if "id" in e.attributes]

    @property
    def links(self) -> list[str]:
        return [e.attributes["href"] for e in self.elements if "href" in e.attributes]

    def all(self, tag: str, css: str = "") -> list[Element]:
        """The elements of a tag, and of a class where one is given."""
        found = [element for element in self.elements if element.tag == tag]
        return [e for e in found if not css or css in e.attributes.get("class", "").split()]

    def by_id(self, id: str) -> Element:
        return next(e for e in self.elements if e.attributes.get("id") == id)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        self.faults += [f"{tag} has {n} twice" for n in {n for n in names if names.count(n) > 1}]
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if self._open[-1].tag == tag:
            self._open.pop()
        elif tag == "p" and self._open[-1].tag == "":
            pass
        else:
            self.faults.append(f"{tag} is closed inside {self._open[-1].tag or 'nothing'}")

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.texts.append(data)
