"""Edits of the small project's data as people make them: each may be made after any other.

An edit is a function of the data and of a source of choices. It leaves the
data as someone would who has read CONTRIBUTING.md; the rules may refuse it
all the same, where two edits do not go together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import yaml
from making import EVIDENCE, FACTS, MINI, VOCABULARY
from pydantic import AfterValidator

from facts.article import ArticleFacts
from facts.evidence import Evidence
from facts.fields import Record, Ref, Word, Words
from facts.records import mark_of, sections_of
from facts.vocabulary import NEEDED
from facts.yaml_lines import LOADER

DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
MODELS: dict[str, type[Record]] = {
    name: kind
    for model in (ArticleFacts, Evidence)
    for name, (kind, many) in sections_of(model).items()
    if many
}
Row = dict[str, Any]
PLAIN = "abc def ghi jkl mno pqr stu vwx yz".replace(" ", "")
LETTERS = (
    PLAIN,
    "ABCXYZ",
    "ğışçöüŁøßñ",
    "жщЯЪ",
    "漢字かな",
    "עברית",
    "عربي",
    "αβγ",
    "0123456789",
    "-–—,.;:!?'’“”()",
    '*_`~#+|[]\\^=<>&$%@/"',
    "🙂🏔️"[:1],
)


class Data:
    """The records of the three files, and the slugs whose pages are there."""

    def __init__(self) -> None:
        texts = {name: (MINI / name).read_text(encoding="utf-8") for name in (FACTS, EVIDENCE)}
        self.facts, self.evidence = (yaml.load(text, LOADER) for text in texts.values())
        words = (MINI / VOCABULARY).read_text(encoding="utf-8")
        self.vocabulary = yaml.load(words, LOADER)

    def __getitem__(self, section: str) -> list[Row]:
        document = self.facts if section in self.facts else self.evidence
        rows: list[Row] = document[section]
        return rows

    def __setitem__(self, section: str, rows: list[Row]) -> None:
        document = self.facts if section in self.facts else self.evidence
        document[section] = rows

    def fields(self) -> Iterator[tuple[Row, str, Any]]:
        """Every field that is there: its row, its key, and what the model says of it."""
        for section, model in MODELS.items():
            for row in self[section]:
                yield from _fields(row, model)

    def save(self, root: Path) -> None:
        """Write the data, and the pages and the navigation that they need."""
        for name, data in (
            (FACTS, self.facts),
            (EVIDENCE, self.evidence),
            (VOCABULARY, self.vocabulary),
        ):
            text = yaml.dump(data, Dumper=DUMPER, allow_unicode=True, sort_keys=False, width=200)
            (root / name).write_text(text, encoding="utf-8")
        self._save_pages(root)

    def _save_pages(self, root: Path) -> None:
        pieces = {row["id"] for name in ("figures", "glossary") for row in self[name]}
        slugs = [row["slug"] for row in self["experts"]]
        for path in (root / "docs/experts").glob("*.md"):
            path.unlink()
        for name in ("index", "method", "glossary", "classroom", "experts/index"):
            text = (MINI / f"docs/{name}.md").read_text(encoding="utf-8")
            (root / f"docs/{name}.md").write_text(_without(text, pieces), encoding="utf-8")
        for slug in slugs:
            parts = "".join(f'\n--8<-- "{slug}-{p}.md"\n' for p in ("head", "since", "answers"))
            text = f"---\ndescription: The answers of one.\n---\n{parts}"
            (root / f"docs/experts/{slug}.md").write_text(text, encoding="utf-8")
        lines = "".join(f"      - experts/{slug}.md\n" for slug in slugs)
        text = (MINI / "mkdocs.yml").read_text(encoding="utf-8")
        text = re.sub(r"(experts/index\.md\n)(?:      - .*\n)+", rf"\1{lines}", text)
        (root / "mkdocs.yml").write_text(text, encoding="utf-8")


def _fields(row: Row, model: type[Record]) -> Iterator[tuple[Row, str, Any]]:
    inner = {name: kind for name, (kind, many) in sections_of(model).items() if many}
    for name, info in model.model_fields.items():
        key = info.alias or name
        if key not in row:
            continue
        kind = inner.get(name)
        if isinstance(kind, type) and issubclass(kind, Record):
            for one in row[key]:
                yield from _fields(one, kind)
        else:
            yield row, key, info


def _without(text: str, pieces: set[str]) -> str:
    """A page without pieces that are gone, and with links to whole pages."""
    gone = [id for id in re.findall(r'"([fg]-[\w-]+)\.md"', text) if id not in pieces]
    for id in gone:
        text = text.replace(f'--8<-- "{id}.md"\n', "")
    return re.sub(r"\.md#[\w-]+\)", ".md)", text)


# --- What edits are made of ------------------------------------------------------------


def text(choose: Random, words: int) -> str:
    """A text of so many words, of any letters and signs, as YAML and the rules allow it."""
    made = []
    for _ in range(words):
        letters = choose.choice(LETTERS) if choose.random() < 0.4 else PLAIN
        longest = choose.choice((3, 8, 8, 8, 30, 99))
        made.append("".join(choose.choice(letters) for _ in range(choose.randint(1, longest))))
    found = unicodedata.normalize("NFC", " ".join(made))
    found = re.sub(r"<(?=[a-zA-Z/!])|&(?=[#a-zA-Z])|--8<|\d{3,}", "x", found)
    return found if found[0].isalnum() else f"a{found}"


def choose_row(data: Data, choose: Random, section: str) -> Row | None:
    return choose.choice(data[section]) if data[section] else None


def new_id(data: Data, prefix: str, suffix: str = "") -> str:
    taken = {row.get("id") for section in MODELS for row in data[section]}
    taken |= {alias["old"] for alias in data.vocabulary["aliases"]}
    return next(id for n in range(1000) if (id := f"{prefix}-new{'-x' * n}{suffix}") not in taken)


def remove(data: Data, gone: set[str]) -> None:
    """Take ids away, with whatever cannot be without them."""
    while gone:
        gone = _remove_once(data, gone)
    _say_what_happened(data)
    lines = {p["id"]: f"p{n:02d}" for n, p in enumerate(data["paragraphs"], 1)}
    if list(lines) != list(lines.values()):
        _rename(data, lines)
    for n, event in enumerate(data["events"]):
        event["headline"] = n < 4
        event["key"] = n < 4 or event.get("key", False)
    if not any(background.get("home") for background in data["backgrounds"]):
        for background in data["backgrounds"][:1]:
            background["home"] = True
    _put_on_home(data)


def _put_on_home(data: Data) -> None:
    """One to three questions on the home page, the first of them a yes-no question."""
    shown = [row for row in data["questions"] if row.get("on_home")]
    if not shown or shown[0]["kind"] == "open":
        for row in shown:
            row["on_home"] = False
        for row in [row for row in data["questions"] if row["kind"] == "yes-no"][:1]:
            row["on_home"] = True


def _say_what_happened(data: Data) -> None:
    """Sequels rest on what bears on their question; each yes-no question has one."""
    kept = []
    for row in data["sequels"]:
        row["outcomes"] = [o["id"] for o in _bearing(data, row) if o["id"] in row["outcomes"]]
        if row["outcomes"]:
            kept.append(row)
    data["sequels"] = kept
    told = {row["question"] for row in kept}
    for question in data["questions"]:
        if question["kind"] == "yes-no" and question["id"] not in told:
            _sequel_more(data, question)


def _sequel_more(data: Data, question: Row) -> None:
    """A sequel of a question, resting on an outcome that concerns an answer to it."""
    row = {"question": question["id"], "says": "This is what happened.", "outcomes": []}
    if not _bearing(data, row):
        answers = [p for p in data["positions"] if p["question"] == question["id"]]
        for outcome, answer in zip(data["outcomes"][:1], answers, strict=False):
            outcome["concerns"].append({"id": _id(answer), "since": "nothing is known"})
    row["outcomes"] = [outcome["id"] for outcome in _bearing(data, row)][:1]
    data["sequels"].append(row)


def _bearing(data: Data, sequel: Row) -> list[Row]:
    """The outcomes on which a sequel may rest."""
    return [
        outcome
        for outcome in data["outcomes"]
        if outcome["kind"] == "question"
        or any(one["id"].startswith(f"{sequel['question']}--") for one in outcome["concerns"])
    ]


def _remove_once(data: Data, gone: set[str]) -> set[str]:
    """Take ids away once; the ids of what has nothing to stand on now."""
    next_: set[str] = set()
    withdrawn = {row["id"] for row in data["sources"] if row["status"] == "withdrawn"}
    for section, model in MODELS.items():
        references = {
            info.alias or name for name, info in model.model_fields.items() if mark_of(info, Ref)
        }
        kept = []
        for row in data[section]:
            id = _id(row)
            for key, value in row.items():
                if isinstance(value, list):
                    row[key] = [
                        one
                        for one in value
                        if not (isinstance(one, str) and key in references and one in gone)
                        and not (
                            isinstance(one, dict) and {one.get("source"), one.get("id")} & gone
                        )
                    ]
                elif isinstance(value, str):
                    row[key] = re.sub(r"\{([^}]*)\}", lambda m: _kept(m, gone), value)
            hollow = "sources" in row and set(_cited(row)) <= withdrawn
            hollow = hollow or (section == "positions" and row.get("paragraphs") == [])
            scalars = {row.get(key) for key in references if isinstance(row.get(key), str)}
            if id in gone or scalars & gone or hollow:
                next_.add(id)
            else:
                kept.append(row)
        data[section] = kept
    data.vocabulary["aliases"] = [a for a in data.vocabulary["aliases"] if a["id"] not in gone]
    return (next_ - gone) | _idle(data)


def _kept(match: re.Match[str], gone: set[str]) -> str:
    return "some" if match[1] in gone else match[0]


def _id(row: Row) -> str:
    """A record's id; a position has that of its cell, a sequel has none."""
    return str(row.get("id") or f"{row['question']}--{row.get('expert')}")


def _cited(row: Row) -> list[str]:
    """The ids of the sources that a record cites."""
    return [use if isinstance(use, str) else use["source"] for use in row["sources"]]


def _idle(data: Data) -> set[str]:
    """What nothing uses any more: outlets, sources, measures, groups; readings without a chart."""
    citing = ("checks", "outcomes", "events", "readings", "backgrounds", "ties")
    cited = {id for section in citing for row in data[section] for id in _cited(row)}
    used = cited | {row["measure"] for row in data["figures"]}
    used |= {row["group"] for row in data["questions"]}
    used |= {row["outlet"] for row in data["sources"]}
    drawn = {row["measure"] for row in data["charts"]}
    sections = ("outlets", "sources", "measures", "groups")
    idle = {row["id"] for section in sections for row in data[section]} - used
    return idle | {row["id"] for row in data["readings"] if row["measure"] not in drawn}


def _rename(data: Data, names: dict[str, str]) -> None:
    """Give ids other names wherever they are used."""
    for row, key, _info in list(data.fields()):
        value = row[key]
        if isinstance(value, list):
            row[key] = [names.get(one, one) if isinstance(one, str) else one for one in value]
        elif isinstance(value, str):
            row[key] = names.get(value, value)
    for alias in data.vocabulary["aliases"]:
        alias["id"] = names.get(alias["id"], alias["id"])
    data.vocabulary["aliases"] = [
        alias for alias in data.vocabulary["aliases"] if alias["old"] not in names.values()
    ]


# --- The edits ---------------------------------------------------------------------------

Edit = Callable[[Data, Random], None]
EDITS: list[Edit] = []


def edit(function: Edit) -> Edit:
    EDITS.append(function)
    return function


@edit
def words_in_another_order(data: Data, choose: Random) -> None:
    section = choose.choice(sorted(set(data.vocabulary) - {"aliases"}))
    choose.shuffle(data.vocabulary[section])


@edit
def a_word_renamed(data: Data, choose: Random) -> None:
    section = choose.choice(sorted(set(data.vocabulary) - {"aliases", "comparisons", "sections"}))
    free = [w for w in data.vocabulary[section] if w["id"] not in NEEDED.get(section, [])]
    if not free:
        return
    word = choose.choice(free)
    new = choose.choice(("another word", "Word (of two)", "naïve", "x", "a, b; c", "50:50"))
    if new in [w["id"] for w in data.vocabulary[section]]:
        return
    for row, key, info in data.fields():
        mark = mark_of(info, Word)
        if mark and mark.section == section:
            if isinstance(row[key], list):
                row[key] = [new if one == word["id"] else one for one in row[key]]
            elif row[key] == word["id"]:
                row[key] = new
    word["id"] = new


@edit
def a_word_explained_otherwise(data: Data, choose: Random) -> None:
    section = choose.choice(sorted(set(data.vocabulary) - {"aliases"}))
    choose.choice(data.vocabulary[section])["means"] = text(choose, choose.randint(1, 20))


@edit
def a_text_rewritten(data: Data, choose: Random) -> None:
    row, key, info = choose.choice([field for field in data.fields() if _free(*field)])
    limits = mark_of(info, Words) or Words(1, 30)
    words = choose.choice((limits.least, limits.most, choose.randint(limits.least, limits.most)))
    row[key] = text(choose, words)


@edit
def a_name_rewritten(data: Data, choose: Random) -> None:
    if row := choose_row(data, choose, "experts"):
        row["name"] = text(choose, choose.randint(1, 4))
        row["short"] = text(choose, 1)
        row["also_written"] = "A Name"


@edit
def the_article_rewritten(data: Data, choose: Random) -> None:
    keys = ("publisher", "publisher_short", "compiler", "date", "date_note", "archive_note")
    data.facts["source"][choose.choice(keys)] = text(choose, choose.randint(1, 12))


@edit
def the_article_of_another_day(data: Data, choose: Random) -> None:
    days = ("1999", "2020-05", "2020-01-01", "2020-12-30/2021-01-02", "2021")
    data.facts["source"]["published"] = choose.choice(days)


@edit
def an_address_with_signs(data: Data, choose: Random) -> None:
    row = choose_row(data, choose, "sources")
    if row:
        row["url"] = "https://example.org/it's?a=[b]&c='d'(e)*f*_g_`h`#i!\\j"


def _free(row: Row, key: str, info: Any) -> bool:
    """Whether a field holds a free text that is there."""
    if not isinstance(row[key], str) or "Literal" in str(info.annotation):
        return False
    if key in ("id", "short", "name", "also_written", "looked", "term"):
        return False
    formed = any(isinstance(mark, AfterValidator) for mark in info.metadata)
    marked = mark_of(info, Word) or mark_of(info, Ref)
    dated = key in ("when", "date", "begins", "published", "quote", "value")
    return not (formed or marked or dated or key in ("affiliation", "criterion", "credits"))


@edit
def another_value(data: Data, choose: Random) -> None:
    if row := choose_row(data, choose, "figures"):
        if type(row["value"]) is int:
            years = {"year": (1000, 1985, 2999)}
            row["value"] = choose.choice(years.get(row["unit"], (1, 7, 1000, 999_999_999)))
        elif isinstance(row["value"], list):
            row["value"] = [text(choose, 2) for _ in range(choose.randint(1, 5))]
        row["approximate"] = choose.random() < 0.5


@edit
def all_values_of_a_measure_alike(data: Data, choose: Random) -> None:
    measure = choose_row(data, choose, "measures")
    rows = [row for row in data["figures"] if measure and row["measure"] == measure["id"]]
    for row in rows:
        row["value"] = rows[0]["value"]


@edit
def a_measure_in_another_unit(data: Data, choose: Random) -> None:
    measure = choose_row(data, choose, "measures")
    values = {"pence": 7, "year": 2020, "towns": ["A", "B"], "km": 1_000_000}
    unit = choose.choice(sorted(values))
    drawn = {row["measure"] for row in data["charts"]}
    if measure and measure["id"] not in drawn:
        for row in data["figures"]:
            if row["measure"] == measure["id"]:
                row["unit"], row["value"] = unit, values[unit]


@edit
def an_answer_falls_silent(data: Data, choose: Random) -> None:
    if row := choose_row(data, choose, "positions"):
        pair = {key: row[key] for key in ("question", "expert")}
        row.clear()
        row |= pair | {"position": "does not address", "looked_for": [text(choose, 1)]}


@edit
def a_silence_is_broken(data: Data, choose: Random) -> None:
    silent = [row for row in data["positions"] if row["position"] == "does not address"]
    if not silent:
        return
    row = choose.choice(silent)
    own = [
        p["id"]
        for p in data["paragraphs"]
        if p["section"] == row["expert"] and not p.get("heading")
    ]
    row.pop("looked_for", None)
    row |= {
        "position": "relays",
        "phrase": text(choose, choose.choice((1, 6))),
        "says": text(choose, choose.choice((1, 25))),
        "paragraphs": own[:1],
        "attribution": choose.choice(data.vocabulary["attributions"])["id"],
        "quote": "three small words",
    }


@edit
def another_position(data: Data, choose: Random) -> None:
    kinds = {row["id"]: row["kind"] for row in data["questions"]}
    rows = [row for row in data["positions"] if row["position"] != "does not address"]
    if rows:
        row = choose.choice(rows)
        row["position"] = choose.choice(
            [
                word["id"]
                for word in data.vocabulary["positions"]
                if kinds[row["question"]] in word["kinds"] and word["id"] != "does not address"
            ]
        )
        _phrase(data, row)
        _scope(data, row["question"])


def _phrase(data: Data, row: Row) -> None:
    """An answer has a phrase where its position takes no side."""
    side_of = {word["id"]: word["side"] for word in data.vocabulary["positions"]}
    if side_of[row["position"]] == "none":
        row.setdefault("phrase", "a few words")
    else:
        row.pop("phrase", None)


def _scope(data: Data, question: str) -> None:
    """Of what answers speak: where one says it, all that take a side do, and no other."""
    side_of = {word["id"]: word["side"] for word in data.vocabulary["positions"]}
    rows = [row for row in data["positions"] if row["question"] == question]
    for row in rows:
        if side_of[row["position"]] == "none":
            row.pop("scope", None)
    if any("scope" in row for row in rows):
        for row in rows:
            if side_of[row["position"]] != "none":
                row.setdefault("scope", "what it is asked of")


@edit
def another_speaker(data: Data, choose: Random) -> None:
    rows = [row for row in data["positions"] if row["position"] != "does not address"]
    if rows:
        row = choose.choice(rows)
        row["attribution"] = choose.choice(data.vocabulary["attributions"])["id"]
        _scope(data, row["question"])


@edit
def another_scope(data: Data, choose: Random) -> None:
    side_of = {word["id"]: word["side"] for word in data.vocabulary["positions"]}
    rows = [row for row in data["positions"] if side_of[row["position"]] != "none"]
    if rows:
        row = choose.choice(rows)
        row["scope"] = text(choose, choose.choice((1, 10)))
        _scope(data, row["question"])


@edit
def another_phrase(data: Data, choose: Random) -> None:
    if rows := [row for row in data["positions"] if "phrase" in row]:
        row = choose.choice(rows)
        row["phrase"] = text(choose, choose.choice((1, 6)))
        own = [f["id"] for f in data["figures"] if f["paragraph"] in row["paragraphs"]]
        if own and choose.random() < 0.5:
            row["phrase"] = f"about {{{choose.choice(own)}}}"


@edit
def other_questions_on_home(data: Data, choose: Random) -> None:
    count = min(choose.randint(1, 3), len(data["questions"]))
    chosen = choose.sample(range(len(data["questions"])), count)
    for n, row in enumerate(data["questions"]):
        row["on_home"] = n in chosen
    _put_on_home(data)


@edit
def a_question_more(data: Data, choose: Random) -> None:
    if not data["groups"]:
        return
    id = new_id(data, "q")
    row = {"id": id, "group": choose.choice(data["groups"])["id"]}
    row |= {"kind": choose.choice(("yes-no", "open")), "short": text(choose, 2)}
    data["questions"].append(row | {"wording": text(choose, choose.randint(1, 15))})
    for expert in data["experts"]:
        pair = {"question": id, "expert": expert["id"]}
        data["positions"].append(pair | {"position": "does not address", "looked_for": ["x"]})
    _say_what_happened(data)


@edit
def an_expert_more(data: Data, choose: Random) -> None:
    ids = {row["id"] for row in data["experts"]}
    id = next(name for name in ("carter", "sailor", "grocer", "porter", "x") if name not in ids)
    made = {"id": id, "slug": f"a-{id}", "short": text(choose, 1), "name": text(choose, 2)}
    made |= {"also_written": "A Name", "role": text(choose, 3), "affiliation": "none given"}
    data["experts"].append(made | {"interest": "None.", "thesis": text(choose, 30)})
    for n, heading in enumerate((True, False), len(data["paragraphs"]) + 1):
        row = {"id": f"p{n:02d}", "section": id, "heading": heading, "words": 3}
        data["paragraphs"].append(row | {"says": text(choose, 4)})
    aliases = data.vocabulary["aliases"]
    there = {row["id"] for row in data["paragraphs"]}
    data.vocabulary["aliases"] = [alias for alias in aliases if alias["old"] not in there]
    for question in data["questions"]:
        pair = {"question": question["id"], "expert": id}
        data["positions"].append(pair | {"position": "does not address", "looked_for": ["x"]})


@edit
def a_figure_more(data: Data, choose: Random) -> None:
    if row := choose_row(data, choose, "figures"):
        new = deepcopy(row)
        new["id"] = new_id(data, "f", f"--{row['expert']}")
        new["when"] = choose.choice((row["when"], "another year"))
        data["figures"].append(new)


def _one_more(section: str, prefix: str) -> Edit:
    def more(data: Data, choose: Random) -> None:
        if row := choose_row(data, choose, section):
            new = deepcopy(row)
            new["id"] = new_id(data, prefix)
            new.pop("note", None) if section == "readings" else None
            new["headline"] = False
            if section != "events":
                del new["headline"]
            if section == "places":
                new["name"] = f"Place {new['id']}"
            data[section].insert(data[section].index(row), new)

    more.__name__ = f"one_more_of_{section}"
    return edit(more)


for _section, _prefix in (
    ("checks", "c"), ("outcomes", "o"), ("events", "e"), ("places", "pl"), ("readings", "r"),
    ("corrections", "k"),
):  # fmt: skip
    _one_more(_section, _prefix)


@edit
def a_source_more(data: Data, choose: Random) -> None:
    source, check = choose_row(data, choose, "sources"), choose_row(data, choose, "checks")
    if source and check:
        new = deepcopy(source) | {"id": new_id(data, "s"), "status": "ok"}
        data["sources"].append(new)
        check["sources"].append({"source": new["id"], "supports": text(choose, 5)})


@edit
def an_outlet_more(data: Data, choose: Random) -> None:
    source = choose_row(data, choose, "sources")
    id = new_id(data, "outlet")
    if source and [row["outlet"] for row in data["sources"]].count(source["outlet"]) > 1:
        data["outlets"].append({"id": id, "name": f"Outlet {id}", "owner": text(choose, 10)})
        source["outlet"] = id


@edit
def another_owner(data: Data, choose: Random) -> None:
    if row := choose_row(data, choose, "outlets"):
        row.pop("owner", None)
        if choose.random() < 0.7:
            row["owner"] = text(choose, choose.choice((1, 10)))


def _sources(data: Data, choose: Random) -> list[str]:
    """A few sources that stand."""
    ids = [row["id"] for row in data["sources"] if row["status"] != "withdrawn"]
    return choose.sample(ids, min(len(ids), choose.randint(1, 3)))


@edit
def a_tie_more(data: Data, choose: Random) -> None:
    expert, sources = choose_row(data, choose, "experts"), _sources(data, choose)
    if expert and sources:
        row = {"id": new_id(data, "t"), "expert": expert["id"], "sources": sources}
        data["ties"].append(row | {"says": text(choose, choose.choice((1, 30)))})


@edit
def a_background_more(data: Data, choose: Random) -> None:
    if sources := _sources(data, choose):
        terms = [row["id"] for row in data["glossary"] if choose.random() < 0.5]
        row = {"id": new_id(data, "b"), "title": text(choose, 4), "terms": terms}
        row |= {"says": text(choose, choose.choice((1, 90))), "sources": sources}
        data["backgrounds"].append(row | ({} if data["backgrounds"] else {"home": True}))


@edit
def another_background_on_home(data: Data, choose: Random) -> None:
    chosen = choose_row(data, choose, "backgrounds")
    for row in data["backgrounds"]:
        row["home"] = row is chosen


@edit
def another_since_sentence(data: Data, choose: Random) -> None:
    concerns = [concern for row in data["outcomes"] for concern in row["concerns"]]
    if concerns:
        choose.choice(concerns)["since"] = text(choose, choose.choice((1, 14)))


@edit
def an_outcome_concerns_more(data: Data, choose: Random) -> None:
    outcome = choose_row(data, choose, "outcomes")
    spoken = [row for row in data["positions"] if row["position"] != "does not address"]
    ids = [_id(row) for row in [*spoken, *data["figures"]]]
    if outcome:
        free = [id for id in ids if id not in [one["id"] for one in outcome["concerns"]]]
        for id in free[:1]:
            outcome["concerns"].append({"id": id, "since": text(choose, 14)})


@edit
def another_sequel(data: Data, choose: Random) -> None:
    if row := choose_row(data, choose, "sequels"):
        row["says"] = text(choose, choose.choice((1, 18)))
        bearing = [outcome["id"] for outcome in _bearing(data, row)]
        row["outcomes"] = choose.sample(bearing, choose.randint(1, len(bearing)))


@edit
def a_sequel_more(data: Data, choose: Random) -> None:
    told = {row["question"] for row in data["sequels"]}
    if free := [row for row in data["questions"] if row["id"] not in told]:
        _sequel_more(data, choose.choice(free))


@edit
def a_sequel_less(data: Data, choose: Random) -> None:
    kinds = {row["id"]: row["kind"] for row in data["questions"]}
    free = [row for row in data["sequels"] if kinds[row["question"]] == "open"]
    if free:
        data["sequels"].remove(choose.choice(free))


@edit
def an_outcome_of_another_kind(data: Data, choose: Random) -> None:
    if row := choose_row(data, choose, "outcomes"):
        for key in ("criterion", "verdict", "owner", "answer"):
            row.pop(key, None)
        kinds = ("assessment", "relayed", "recommendation", "description", "question")
        row["kind"] = choose.choice(kinds)
        if row["kind"] in ("assessment", "relayed"):
            verdict = choose.choice(data.vocabulary["verdicts"])["id"]
            row |= {"criterion": "something to see", "verdict": verdict}
        if row["kind"] == "relayed":
            row["owner"] = text(choose, 5)
        if row["kind"] == "question":
            row["answer"] = text(choose, choose.choice((1, 12)))
        _say_what_happened(data)


@edit
def another_line(data: Data, choose: Random) -> None:
    if row := choose_row(data, choose, choose.choice(("checks", "outcomes"))):
        row["line"] = text(choose, choose.choice((1, 20)))


@edit
def another_date_of_an_outcome(data: Data, choose: Random) -> None:
    if row := choose_row(data, choose, "outcomes"):
        days = ["1999", "2020-05", "2020-06-01/2020-06-05"]
        row["dated"] = [{"when": day, "what": text(choose, 35)} for day in days]


@edit
def another_label(data: Data, choose: Random) -> None:
    if row := choose_row(data, choose, choose.choice(("checks", "outcomes", "events"))):
        row["short"] = text(choose, choose.choice((1, 6)))


@edit
def a_chart_more(data: Data, choose: Random) -> None:
    numbers = {unit["id"] for unit in data.vocabulary["units"] if unit["type"] == "number"}
    fits = {row["measure"] for row in data["figures"] if row["unit"] in numbers}
    free = sorted(fits - {row["measure"] for row in data["charts"]})
    if free:
        group = choose.choice(data.vocabulary["check_groups"])["id"]
        row = {"id": new_id(data, "drawn"), "measure": choose.choice(free), "group": group}
        data["charts"].append(row | {"title": text(choose, 5)})


@edit
def a_period_more(data: Data, choose: Random) -> None:
    last = str(data["periods"][-1].get("begins", 1900))
    days = [day for day in ("1950", "2020-06-01", "2021-01-15", "2021-05") if day > last]
    if days:
        row = {"id": new_id(data, "time"), "title": text(choose, 4)}
        data["periods"].append(row | {"begins": choose.choice(days)})


@edit
def a_period_less(data: Data, choose: Random) -> None:
    if len(data["periods"]) > 1:
        data["periods"].pop(choose.randrange(1, len(data["periods"])))


@edit
def a_term_more(data: Data, choose: Random) -> None:
    row = {"id": new_id(data, "g"), "term": f"T{len(data['glossary'])} {text(choose, 2)}"}
    data["glossary"].append(row | {"also": [], "means": text(choose, choose.randint(1, 20))})


@edit
def an_id_replaced(data: Data, choose: Random) -> None:
    section = choose.choice(("questions", "figures", "checks", "events", "places", "glossary"))
    row = choose_row(data, choose, section)
    prefix = {"questions": "q", "figures": "f", "places": "pl"}.get(section, section[0])
    suffix = f"--{row['expert']}" if row and section == "figures" else ""
    if row:
        old = new_id(data, f"{prefix}-old", suffix)
        data.vocabulary["aliases"].append({"old": old, "id": row["id"]})


def _one_less(section: str) -> Edit:
    def less(data: Data, choose: Random) -> None:
        if row := choose_row(data, choose, section):
            gone = {_id(row)}
            if section == "experts":
                own = [p["id"] for p in data["paragraphs"] if p["section"] == row["id"]]
                gone |= set(own)
            remove(data, gone)

    less.__name__ = f"one_less_of_{section}"
    return edit(less)


for _section in (
    "experts", "questions", "measures", "figures", "glossary", "checks", "outcomes", "events",
    "places", "readings", "charts", "sources", "outlets", "backgrounds", "ties", "corrections",
):  # fmt: skip
    _one_less(_section)


@edit
def a_section_emptied(data: Data, choose: Random) -> None:
    sections = (
        "glossary", "checks", "places", "charts", "measures", "figures",
        "backgrounds", "ties", "corrections",
    )  # fmt: skip
    section = choose.choice(sections)
    remove(data, {row["id"] for row in data[section]})


@edit
def no_flags_no_notes_no_aliases(data: Data, choose: Random) -> None:
    for section in MODELS:
        for row in data[section]:
            row.pop("flags", None)
            if section not in ("places", "sources"):
                row.pop("note", None)
    data.vocabulary["aliases"] = []
