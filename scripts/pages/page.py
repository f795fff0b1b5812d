"""A page of the site: its address, its title and a sentence on it."""

from __future__ import annotations

import html
import json
import re
from typing import NamedTuple

PAGES = "docs/"  # the folder of pages, from the project's root


class Page(NamedTuple):
    """A page: its address below the site's, its title and a sentence on it."""

    address: str
    title: str
    description: str

    @property
    def name(self) -> str:
        """What its files are called: experts/ali-asker; index for home."""
        return self.address.strip("/") or "index"


def address_of(path: str) -> str:
    """The address of a page by its path: experts/ali-asker/ for docs/experts/ali-asker.md."""
    name = "/" + path.removeprefix(PAGES).removesuffix(".md")
    name = name.removesuffix("/index").strip("/")
    return f"{name}/" if name else ""


def heading_of(text: str) -> str:
    """The first heading of a page of Markdown as plain text, or nothing."""
    heading = re.search(r"^# (.+?)(?: \{.*)?$", text, re.MULTILINE)
    return plain(heading[1]) if heading else ""


def page_of(path: str, text: str) -> Page:
    """A generated page, by its settings and its first heading."""
    settings = dict(re.findall(r"^(title|description): (.+)$", text.partition("\n---\n")[0], re.M))
    description = settings["description"]
    if description.startswith('"'):
        description = json.loads(description)  # made of texts that may hold any sign
    return Page(address_of(path), heading_of(text) or settings["title"], description)


_UNSHOWN = re.compile(
    r"<details.*?</details>|<[^>]*>|\{:[^}]*\}|^#+ |--8<--[^\n]*", re.DOTALL | re.MULTILINE
)


def words_shown(text: str) -> int:
    """How many words a generated page shows before anything is opened."""
    body = text.partition("\n---\n")[2]
    return len(_UNSHOWN.sub(" ", body).split())


# --- Markdown ----------------------------------------------------------------------

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+!])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def escape_markdown(text: str) -> str:
    """`text` for a line of Markdown: nothing in it is read as markup."""
    for character, entity in _ENTITIES.items():
        text = text.replace(character, entity)
    return _MARKUP.sub(r"\\\1", text)


def in_paragraph(piece: str) -> str:
    """HTML for the middle of a paragraph of Markdown: no sign in it is read as markup.

    Markdown looks for code and links before it looks for tags, so these are
    searched for in addresses too; stars and lines are not.
    """

    def literal(match: re.Match[str]) -> str:
        signs = r"[\\`\[\]]" if match[0].startswith("<") else r"[\\`*_\[\]]"
        return re.sub(signs, lambda sign: f"&#{ord(sign[0])};", match[0])

    return re.sub(r"<[^>]*>|[^<]+", literal, piece)


def plain(markdown: str) -> str:
    """A line of Markdown as text: what `escape_markdown` did is undone, emphasis and links go."""
    text = re.sub(r"(?<!\\)\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    text = re.sub(r"(?<!\\)[*`]", "", text)
    return html.unescape(re.sub(r"\\(.)", r"\1", text))


def typographic(text: str) -> str:
    """`text` with curly quotation marks and apostrophes."""
    if '"' not in text and "'" not in text:
        return text  # most texts, thousands of times
    return re.sub(r'"([^"]*)"', r"“\1”", text).replace("'", "’")
