"""Ask every external address of the site whether it still answers.

    python scripts/check_links.py [--report FILE] [--timeout SECONDS]

Prints, and with --report writes as Markdown, what is dead, moved, redirected
or out of reach. Sites that answer people but refuse programs are named in
.github/link-exceptions.yml with the reason and the date. The exit code is 0
whatever the sites answer: a weekly workflow runs this, never a pull request.
"""

from __future__ import annotations

import argparse
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import requests
import yaml

TEXTS = ("*.md", "*.cff", "docs/**/*.md", "docs/data/*.yml", "overrides/*.html")
EXCEPTIONS = Path(".github/link-exceptions.yml")
ADDRESS = re.compile(r"https?://[^\s<>\"'`\[\]{}|]+")
AGENT = {"User-Agent": "link check of a static site, once a week"}
TITLES = {
    "dead": "Dead: the page is gone",
    "unreachable": "Out of reach: no answer, or the name is gone",
    "timeout": "Too slow: no answer in time",
    "tls": "The certificate does not hold",
    "error": "The server answers with an error",
    "refused": "Refuses programs: look by hand, then add an exception",
    "moved": "Moved for good: change the address",
    "redirected": "Redirected for now",
}


class Answer(NamedTuple):
    """What became of an address: a key of TITLES or "ok", and the detail."""

    address: str
    kind: str
    detail: str


class Link(NamedTuple):
    """An address, and where it stands."""

    address: str
    places: list[str]


def external_links(root: Path) -> list[Link]:
    """Every external address in the texts and data of the site, once."""
    found: dict[str, list[str]] = {}
    for path in sorted({p for pattern in TEXTS for p in root.glob(pattern)}):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for address in ADDRESS.findall(line):
                while address.endswith(tuple(".,;:!?*")) or (
                    address.endswith(")") and address.count(")") > address.count("(")
                ):
                    address = address[:-1]
                address = address.partition("#")[0]  # the part of a page is the browser's business
                found.setdefault(address, []).append(
                    f"{path.relative_to(root).as_posix()}:{number}"
                )
    return [
        Link(address, places)
        for address, places in found.items()
        if "example.org" not in address and "127.0.0.1" not in address
    ]


def exceptions(path: Path = EXCEPTIONS) -> dict[str, str]:
    """Prefix of an address to the reason why it is not asked.

    Raises ValueError where a row lacks its prefix, its reason or its date.
    """
    rows = yaml.safe_load(path.read_text(encoding="utf-8")) or [] if path.is_file() else []
    for row in rows:
        if set(row) != {"prefix", "reason", "since"} or not all(row.values()):
            raise ValueError(f"{path}: found {row}, expected prefix, reason and since")
    return {row["prefix"]: f"{row['reason']} ({row['since']})" for row in rows}


def ask(address: str, timeout: float = 20) -> Answer:
    """Ask one address, twice if it is slow. `timeout` is in seconds."""
    for attempt in (1, 2):
        try:
            with requests.get(address, timeout=timeout, headers=AGENT, stream=True) as response:
                return Answer(address, *_judge(response))
        except requests.exceptions.SSLError as error:
            return Answer(address, "tls", str(error)[:120])
        except requests.exceptions.Timeout:
            if attempt == 2:
                return Answer(address, "timeout", f"no answer in {timeout:g} s")
        except requests.exceptions.RequestException as error:
            return Answer(address, "unreachable", type(error).__name__)
    raise AssertionError("two attempts end above")


def _judge(response: requests.Response) -> tuple[str, str]:
    code = response.status_code
    if code in (404, 410):
        return "dead", f"{code}"
    if code in (401, 403, 405, 406, 429, 451):
        return "refused", f"{code}"
    if code >= 400:
        return "error", f"{code}"
    if response.history:
        lasting = all(step.status_code in (301, 308) for step in response.history)
        return ("moved" if lasting else "redirected"), response.url
    return "ok", f"{code}"


def report(answers: list[Answer], links: list[Link]) -> str:
    """What needs a hand, as Markdown; empty where all is well."""
    places = {link.address: link.places for link in links}
    parts = []
    for kind, title in TITLES.items():
        rows = [a for a in answers if a.kind == kind]
        if rows:
            parts.append(f"## {title}\n")
            parts += [
                f"- <{a.address}> ({a.detail}), in {', '.join(places.get(a.address, []))}"
                for a in rows
            ]
            parts.append("")
    return "\n".join(parts)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--report", type=Path, help="write what needs a hand to this file")
    parser.add_argument("--timeout", type=float, default=20, help="seconds to wait for an answer")
    options = parser.parse_args(argv)
    links, skip = external_links(Path()), exceptions()
    asked = [link for link in links if not link.address.startswith(tuple(skip) or ("\0",))]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda link: ask(link.address, options.timeout), asked))
    text = report(answers, links)
    print(text or "Every address answers.")
    print(f"{len(answers)} asked, {len(links) - len(asked)} left out by exception")
    if options.report:
        options.report.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
