"""The ids that have been published: addresses that have to keep working.

    python tests/published_ids.py SITE    add what a built site has and the list has not

An id is never taken off the list. One that is renamed stays reachable through
`aliases` in docs/data/vocabulary.yml.
"""

import re
import sys
from pathlib import Path

LIST = Path(__file__).with_name("published-ids.txt")
CONTENT = re.compile(r'<article class="md-content__inner.*?(?=<footer|</main>)', re.DOTALL)
SWITCHES = re.compile(
    r"(show|actor|t-g)-|basemap$"
)  # parts of filters, notes and drawings, not addresses


def listed() -> set[str]:
    return set(LIST.read_text(encoding="utf-8").split()) if LIST.exists() else set()


def built(site: Path) -> set[str]:
    """Every id in the content of a built site: compare/#q-entry."""
    found = set()
    for page in site.rglob("index.html"):
        address = page.parent.relative_to(site).as_posix().removeprefix(".")
        content = CONTENT.search(page.read_text(encoding="utf-8"))
        ids = re.findall(r'\sid="([^"]+)"', content[0]) if content else []
        found |= {f"{address}{'/' if address else ''}#{id}" for id in ids if not SWITCHES.match(id)}
    return found


if __name__ == "__main__":
    everything = sorted(listed() | built(Path(sys.argv[1])))
    LIST.write_text("\n".join(everything) + "\n", encoding="utf-8")
    print(f"{len(everything)} ids in {LIST.name}")
