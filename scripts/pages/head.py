"""What goes into the head of a page: previews, citation tags and schema.org.

The builders put the piece of a page in with `{% include %}`, which reads it as
a template. Zensical runs no hooks, so there is no other way that both know.
So a piece is made inert: whatever people typed, no part of it can be read as
an instruction, and it says itself that it is raw text.
"""

from __future__ import annotations

import json
import re
from typing import Any

from markupsafe import Markup

# What can open an instruction of a template. In JSON these two signs meet
# inside of texts only, in HTML inside of values only.
_OPENS = re.compile(r"\{(?=[{%#])")


def json_ld(graph: dict[str, Any]) -> Markup:
    """A graph as JSON for a <script>: it can neither end the element nor open an instruction."""
    text = json.dumps(graph, ensure_ascii=False, sort_keys=True)
    for character in "<>&'\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(_OPENS.sub(r"\\u007b", text))


def inert(piece: str) -> str:
    """A piece of HTML as a template that says just that piece."""
    return "{% raw %}\n" + _OPENS.sub("&#123;", piece) + "{% endraw %}\n"
