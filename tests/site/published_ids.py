"""The ids that have been published: addresses that have to keep working.

    python tests/site/published_ids.py SITE           say what SITE/ has lost, and what is new
    python tests/site/published_ids.py SITE ADDRESS   the same for the site published at ADDRESS

Two lists say what was published. The one beside this file is the oldest
stock, and the tests hold it. Each published site has a newer one, ids.json:
before a site takes its place, the second form asks for it, and writes the
list of the new site into SITE. So nobody has to keep a list by hand, and the
workflow needs no right to write into the repository.

An id that is renamed stays reachable by `aliases` in docs/data/vocabulary.yml.
"""

import json
import re
import sys
import urllib.error
import urllib.request
from pathlib import Path

LIST = Path(__file__).with_name("published-ids.txt")
CONTENT = re.compile(r'<article class="md-content__inner.*?(?=<footer|</main>)', re.DOTALL)
# Parts of filters, years of the timeline, notes and drawings.
SWITCHES = re.compile(r"(show|actor|year|t-g|sign)-|basemap$")


def listed() -> set[str]:
    """The oldest stock."""
    return set(LIST.read_text(encoding="utf-8").split())


def built(site: Path) -> set[str]:
    """Every id in the content of a built site: compare/#q-entry."""
    found = set()
    for page in site.rglob("index.html"):
        folder = page.parent.relative_to(site).as_posix()
        address = "" if folder == "." else f"{folder}/"
        content = CONTENT.search(page.read_text(encoding="utf-8"))
        ids = re.findall(r'\sid="([^"]+)"', content[0]) if content else []
        found |= {f"{address}#{id}" for id in ids if not SWITCHES.match(id)}
    return found


def published(address: str) -> set[str]:
    """The ids of the site at an address; none where nothing is published yet."""
    try:
        with urllib.request.urlopen(f"{address.rstrip('/')}/ids.json", timeout=30) as answer:
            return set(json.load(answer))
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == 404:
            return set()
        raise SystemExit(f"{error.url} answers {error.code}, expected ids.json") from None
    except (urllib.error.URLError, ValueError) as error:
        raise SystemExit(f"{address} does not give its ids ({error})") from None


def main(site: Path, address: str = "") -> int:
    """Say what is lost and what is new; 1 if anything is lost."""
    now = built(site)
    before = listed() | (published(address) if address else set())
    for id in sorted(before - now):
        print(f"lost: {id} (give its record an alias in docs/data/vocabulary.yml)", file=sys.stderr)
    print(f"{len(now)} ids, {len(now - before)} of them new")
    for id in sorted(now - before):
        print(f"new: {id}")
    if before - now:
        return 1
    (site / "ids.json").write_text(json.dumps(sorted(now), indent=0) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
