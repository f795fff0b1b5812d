"""An edit of the data publishes: the pages follow it, and no check stands in its way.

Each edit is made on a copy of this project, on records that are found in the
data when the test runs. One copy takes all of them, one after the other, and
has to pass the tests of the live site as this project does.
"""

import datetime
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from projects import DATA, ROOT, TYPED, copy_project

from build import build
from facts.load import load
from facts.sentences import count_of
from facts.yaml_lines import DataError

ARTICLE_NOT_ASKED = "In words that nobody wrote before"
EDITS: list[Callable[..., list[tuple[str, str]]]] = []


class Typed:
    """The data files of a project, to be changed and saved."""

    def __init__(self, root: Path):
        self.root = root
        self.files: dict[str, Any] = {
            name: yaml.load((root / DATA / name).read_text(encoding="utf-8"), yaml.CSafeLoader)
            for name in TYPED
        }

    def __getitem__(self, section: str) -> Any:
        for name in ("facts.yml", "evidence.yml"):
            if section in self.files[name]:
                return self.files[name][section]
        raise KeyError(section)

    @property
    def words(self) -> Any:
        return self.files["vocabulary.yml"]

    def get(self, section: str, **values: Any) -> dict[str, Any]:
        """The first record of a section that has some values."""
        for record in self[section]:
            if all(record.get(key) == value for key, value in values.items()):
                return record
        raise LookupError(f"no {section} with {values}")

    def rename(self, old: str, new: str) -> None:
        """Give an id another name wherever it is used, and keep the old one as an alias."""

        def renamed(data: Any) -> Any:
            if isinstance(data, dict):
                return {key: renamed(value) for key, value in data.items()}
            if isinstance(data, list):
                return [renamed(value) for value in data]
            if not isinstance(data, str):
                return data
            if data == old or data.startswith(f"{old}--"):
                return new + data.removeprefix(old)
            return data.replace(f"{{{old}}}", f"{{{new}}}").replace(f"{{{old}--", f"{{{new}--")

        self.files = {name: renamed(data) for name, data in self.files.items()}
        self.words["aliases"].append({"old": old, "id": new})

    def save(self) -> None:
        for name, data in self.files.items():
            text = yaml.dump(
                data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1000
            )
            (self.root / DATA / name).write_text(text, encoding="utf-8")


def edits(function: Callable[[Typed], list[tuple[str, str]]]) -> Callable[..., Any]:
    """An edit: changes the data, and says which texts are then in which generated files."""
    EDITS.append(function)
    return function


def spoken(typed: Typed) -> dict[str, Any]:
    """A position that is not silent and holds no figure."""
    for position in typed["positions"]:
        if position.get("says") and "{" not in position["says"]:
            return position
    raise LookupError("no such position")


def scopes(typed: Typed, question: str) -> list[str]:
    """Of what the answers to a question speak, where one of them says so."""
    answers = [p for p in typed["positions"] if p["question"] == question]
    return [p["scope"] for p in answers if p.get("scope")]


def taking_sides(typed: Typed, question: str) -> list[dict[str, Any]]:
    """The answers to a question that take a side in the experts' own words."""
    side_of = {word["id"]: word["side"] for word in typed.words["positions"]}
    own = {word["id"] for word in typed.words["attributions"] if word["voice"] == "expert"}
    return [
        position
        for position in typed["positions"]
        if position["question"] == question
        and side_of[position["position"]] != "none"
        and position["attribution"] in own
    ]


def slug_of(typed: Typed, record: dict[str, Any]) -> str:
    return typed.get("experts", id=record["expert"])["slug"]


def page_of(question: str) -> str:
    """The page of a question, by the question's id."""
    return f"docs/questions/{question.removeprefix('q-')}.md"


def words(count: int) -> str:
    """So many words of ours."""
    return " ".join(["Word", *["word"] * (count - 2), "word."]) if count > 1 else "Word."


# --- Rewording -----------------------------------------------------------------------


@edits
def reword_a_position(typed):
    position = spoken(typed)
    position["says"] = f"{ARTICLE_NOT_ASKED}, said briefly."
    slug = slug_of(typed, position)
    return [
        ("docs/compare.md", "said briefly."),
        (page_of(position["question"]), "said briefly."),
        (f"includes/{slug}-answers.md", "said briefly."),
        (f"docs/sheets/{slug}.md", "said briefly."),
        ("docs/data/positions.csv", "said briefly."),
        ("docs/data/facts.json", "said briefly."),
    ]


@edits
def reword_a_phrase(typed):
    position = next(p for p in typed["positions"] if p.get("phrase"))
    position["phrase"] = "in words that nobody wrote before"
    return [
        ("docs/compare.md", "n words that nobody wrote before"),
        (page_of(position["question"]), "n words that nobody wrote before"),
        ("docs/data/positions.csv", "in words that nobody wrote before"),
        ("docs/data/facts.json", "in words that nobody wrote before"),
    ]


@edits
def reword_a_sequel(typed):
    sequel = typed["sequels"][0]
    sequel["says"] = f"{ARTICLE_NOT_ASKED}, of a sequel."
    return [
        (page_of(sequel["question"]), "of a sequel."),
        ("docs/questions/index.md", "of a sequel."),
        (f"overrides/head/{page_of(sequel['question'])[5:-3]}.html", "of a sequel."),
        ("docs/data/sequels.csv", "of a sequel."),
        ("docs/data/evidence.json", "of a sequel."),
    ]


@edits
def reword_a_thesis(typed):
    expert = typed["experts"][0]
    expert["thesis"] = f"{ARTICLE_NOT_ASKED}: a thesis."
    return [
        ("includes/home-experts.md", ": a thesis."),
        ("includes/experts.md", ": a thesis."),
        (f"includes/{expert['slug']}-head.md", ": a thesis."),
    ]


@edits
def reword_a_note(typed):
    position = spoken(typed)
    position["note"] = f"{ARTICLE_NOT_ASKED}, in a note."
    return [(page_of(position["question"]), "in a note.")]


@edits
def reword_a_question(typed):
    question = typed["questions"][0]
    question["wording"] = "Is this asked in other words?"
    question["short"] = "Other words"
    return [
        ("docs/compare.md", "Is this asked in other words?"),
        (page_of(question["id"]), "# Is this asked in other words?"),
        ("docs/source.md", "Other words"),
    ]


@edits
def reword_a_term(typed):
    typed["glossary"][0]["means"] = f"{ARTICLE_NOT_ASKED}, of a term."
    return [("includes/glossary.md", "of a term.")]


@edits
def reword_a_place(typed):
    typed["places"][0]["why"] = f"{ARTICLE_NOT_ASKED}, of a place."
    return [("docs/map.md", "of a place."), ("docs/data/places.geojson", "of a place.")]


@edits
def reword_a_paragraph(typed):
    typed["paragraphs"][-1]["says"] = f"{ARTICLE_NOT_ASKED}, of a paragraph."
    return [("docs/source.md", "of a paragraph.")]


@edits
def reword_a_definition(typed):
    typed.words["check_classes"][0]["means"] = "The record agrees."
    return [("docs/checks.md", "The record agrees."), ("docs/data/index.md", "The record agrees.")]


@edits
def reword_the_title_of_a_theme(typed):
    typed["groups"][0]["title"] = "A theme with another title"
    return [("docs/compare.md", "A theme with another title")]


@edits
def reword_what_happened(typed):
    typed["outcomes"][0]["happened"] = f"{ARTICLE_NOT_ASKED}, of what happened."
    return [("docs/outcomes.md", "of what happened.")]


@edits
def reword_a_since_sentence(typed):
    outcome = next(o for o in typed["outcomes"] if o["concerns"])
    concern = outcome["concerns"][0]
    concern["since"] = "something came of it that nobody wrote before"
    slug = typed.get("experts", id=concern["id"].rpartition("--")[2])["slug"]
    return [
        ("docs/compare.md", f'#{outcome["id"]}">Since: something came of it'),
        (f"includes/{slug}-answers.md", f'#{outcome["id"]}">Since: something came of it'),
        ("docs/data/evidence.json", "something came of it that nobody wrote before"),
    ]


@edits
def reword_a_label(typed):
    event = typed["events"][0]
    event["short"] = "A label in other words"
    typed["places"][0]["named_in"].append(typed["outcomes"][0]["id"])
    typed["outcomes"][0]["short"] = "An outcome in other words"
    event["mentioned"] = [typed["paragraphs"][-1]["id"]]
    return [
        ("docs/source.md", "A label in other words"),
        ("docs/map.md", "An outcome in other words"),
        ("docs/data/outcomes.csv", "An outcome in other words"),
    ]


@edits
def reword_a_background(typed):
    background = next(b for b in typed["backgrounds"] if b.get("home"))
    background["says"] = f"{ARTICLE_NOT_ASKED}, of the background."
    return [
        ("docs/background.md", "of the background."),
        ("includes/home-background.md", "of the background."),
    ]


@edits
def reword_the_answer_so_far(typed):
    outcome = next(o for o in typed["outcomes"] if o["kind"] == "question")
    outcome["answer"] = "an answer that nobody gave before"
    return [
        ("includes/home-answer.md", "an answer that nobody gave before"),
        ("docs/outcomes.md", "an answer that nobody gave before"),
    ]


@edits
def the_longest_texts_that_are_admitted(typed):
    position = spoken(typed)
    position["says"] = words(25)
    typed["experts"][-1]["thesis"] = words(30)
    typed["outcomes"][0]["assessment"] = words(35)
    typed["outcomes"][0]["happened"] = words(150)
    typed["checks"][0]["record"] = words(100)
    typed["events"][0]["what"] = words(45)
    typed["questions"][0]["wording"] = words(60)
    typed["experts"][-1]["role"] = words(30)
    typed["checks"][0]["short"] = typed["outcomes"][0]["short"] = words(6)
    typed["events"][0]["short"] = words(8)
    typed["backgrounds"][0]["says"] = words(90)
    for outcome in typed["outcomes"]:
        for concern in outcome["concerns"][:1]:
            concern["since"] = words(14)
    typed["sequels"][0]["says"] = words(18)
    next(p for p in typed["positions"] if p.get("phrase"))["phrase"] = words(6)
    return [("docs/outcomes.md", words(150)), ("docs/compare.md", words(25))]


@edits
def the_shortest_texts_that_are_admitted(typed):
    position = spoken(typed)
    position["says"] = "So."
    typed["experts"][-1]["thesis"] = "X."
    typed["outcomes"][0]["assessment"] = "It."
    typed["outcomes"][0]["happened"] = "-"
    typed["checks"][0]["record"] = "?"
    typed["events"][0]["what"] = "!"
    typed["questions"][0]["wording"] = "?"
    typed["questions"][0]["short"] = "?"
    typed["glossary"][0]["means"] = "+"
    typed["backgrounds"][0]["says"] = "-"
    typed["checks"][0]["short"] = typed["events"][0]["short"] = "!"
    for outcome in typed["outcomes"]:
        for concern in outcome["concerns"]:
            concern["since"] = "?"
    for sequel in typed["sequels"]:
        sequel["says"] = "?"
    for answer in typed["positions"]:
        if "phrase" in answer:
            answer["phrase"] = "?"
    return [("docs/compare.md", "So.")]


# --- Figures, checks, outcomes, events, sources ---------------------------------------


@edits
def change_a_figure(typed):
    figure = next(f for f in typed["figures"] if type(f["value"]) is int and f["unit"] != "year")
    figure["value"] = 7654321
    return [
        ("docs/compare.md", "7,654,321"),
        (f"includes/{figure['id']}.md", "7,654,321"),
        ("docs/data/figures.csv", "7654321"),
    ]


@edits
def add_a_figure(typed):
    figure = deepcopy(typed["figures"][0])
    figure |= {"id": f"f-added-here--{figure['expert']}", "what": "something that was added"}
    typed["figures"].append(figure)
    return [("docs/compare.md", figure["id"]), (f"includes/{figure['id']}.md", "")]


@edits
def remove_a_figure_that_was_added(typed):
    add_a_figure(typed)
    typed["figures"].pop()
    return []


@edits
def give_the_only_date_as_a_year(typed):
    for figure in typed["figures"]:
        if isinstance(figure["value"], datetime.date):
            figure |= {"value": figure["value"].year, "unit": "year"}
    return [("docs/timeline.md", "The article appears.")]


@edits
def let_all_figures_of_a_chart_agree(typed):
    measure = typed["charts"][0]["measure"]
    for record in typed["figures"] + typed["readings"]:
        if record["measure"] == measure:
            record["value"] = 4444
    return [("docs/checks.md", "From 0 to 4,444")]


@edits
def change_a_check(typed):
    check = typed["checks"][-1]
    check["class"] = typed.words["check_classes"][-1]["id"]
    check["confidence"] = "low"
    return [("docs/checks.md", check["id"])]


@edits
def add_a_check(typed):
    check = deepcopy(typed["checks"][0])
    check |= {"id": "c-added-here", "statement": "Something is added.", "concerns": []}
    typed["checks"].append(check)
    slug = slug_of(typed, check)
    return [
        ("docs/checks.md", 'id="c-added-here"'),
        (f"includes/{slug}-since.md", "#c-added-here"),
    ]


@edits
def put_a_check_in_the_place_of_another(typed):
    old = typed["checks"][0]
    new = deepcopy(old) | {"id": "c-in-its-place", "statement": "Something else is said."}
    typed["checks"][0] = new
    typed.rename(old["id"], new["id"])
    return [("docs/checks.md", f'id="{old["id"]}"'), ("docs/checks.md", 'id="c-in-its-place"')]


@edits
def change_an_outcome(typed):
    outcome = next(o for o in typed["outcomes"] if o.get("verdict"))
    outcome["verdict"] = typed.words["verdicts"][-1]["id"]
    return [("docs/outcomes.md", outcome["id"])]


@edits
def leave_no_outcome_with_a_verdict(typed):
    for outcome in [o for o in typed["outcomes"] if o["kind"] != "question"]:
        outcome["kind"] = "recommendation"
        for key in ("criterion", "verdict", "owner"):
            outcome.pop(key, None)
    return [("docs/outcomes.md", "not judged")]


@edits
def add_an_outcome(typed):
    outcome = deepcopy(typed["outcomes"][-1]) | {"id": "o-added-here", "concerns": []}
    typed["outcomes"].append(outcome)
    return [("docs/outcomes.md", 'id="o-added-here"')]


@edits
def remove_the_sequels_of_open_questions(typed):
    asked = [q["id"] for q in typed["questions"] if q["kind"] == "yes-no"]
    typed["sequels"][:] = [s for s in typed["sequels"] if s["question"] in asked]
    return []


@edits
def add_a_sequel(typed):
    remove_the_sequels_of_open_questions(typed)
    question = next(q["id"] for q in typed["questions"] if q["kind"] == "open")
    typed["sequels"].append(new_sequel(typed, question))
    return [("docs/data/sequels.csv", question)]


@edits
def add_an_event(typed):
    last = typed["events"][-1]
    event = deepcopy(last) | {"id": "e-added-here", "headline": False, "mentioned": []}
    event.pop("place", None)
    typed["events"].append(event)
    return [("docs/timeline.md", 'id="e-added-here"')]


@edits
def remove_an_event_in_favour_of_another(typed):
    gone = next(e for e in typed["events"][1:] if not e.get("headline"))
    kept = typed["events"][0]
    typed["events"].remove(gone)
    kept["sources"] = list(dict.fromkeys(kept["sources"] + gone["sources"]))
    typed.words["aliases"].append({"old": gone["id"], "id": kept["id"]})
    return [("docs/timeline.md", f'id="{gone["id"]}"')]


@edits
def add_a_source(typed):
    source = deepcopy(typed["sources"][0])
    source |= {"id": "s-added-here", "title": "A page that was added"}
    typed["sources"].append(source)
    use = {"source": "s-added-here", "supports": "the same"}
    typed["checks"][0]["sources"].append(use)
    return [("docs/checks.md", "A page that was added"), ("docs/data/sources.csv", "s-added-here")]


@edits
def withdraw_a_source(typed):
    source = deepcopy(typed["sources"][0])
    source |= {"id": "s-taken-back", "status": "withdrawn", "note": "Taken back by its publisher."}
    typed["sources"].append(source)
    typed["events"][0]["sources"].append("s-taken-back")
    return [("docs/timeline.md", "<s><a"), ("docs/timeline.md", "Taken back by its publisher.")]


@edits
def change_the_owner_of_an_outlet(typed):
    source = typed.get("sources", id=typed["checks"][0]["sources"][0]["source"])
    outlet = typed.get("outlets", id=source["outlet"])
    outlet["owner"] = "a town that was nobody's before"
    return [
        ("docs/checks.md", "funded by a town that was nobody’s before"),
        ("docs/data/sources.csv", "a town that was nobody's before"),
    ]


@edits
def add_an_outlet(typed):
    outlet = {"id": "added-outlet", "name": "An Outlet That Was Added"}
    typed["outlets"].append(outlet)
    source = deepcopy(typed["sources"][0])
    source |= {"id": "s-of-it", "outlet": "added-outlet", "status": "ok"}
    typed["sources"].append(source)
    typed["events"][0]["sources"].append("s-of-it")
    return [("docs/timeline.md", "An Outlet That Was Added")]


@edits
def add_a_tie(typed):
    expert = typed["experts"][-1]
    source = typed["checks"][0]["sources"][0]["source"]
    tie = {"id": "t-added-here", "expert": expert["id"], "says": "A tie that was added."}
    typed["ties"].append(tie | {"sources": [source]})
    return [
        (f"includes/{expert['slug']}-head.md", 'id="t-added-here"'),
        (f"includes/{expert['slug']}-head.md", "A tie that was added."),
    ]


@edits
def write_an_actor_with_brackets(typed):
    actor = typed.words["actors"][0]
    old, new = actor["id"], "A Group (with brackets), and a comma"
    actor["id"] = new
    for event in typed["events"]:
        event["actors"] = [new if name == old else name for name in event["actors"]]
    return [("docs/assets/filter.css", "#actor-a-group-with-brackets-and-a-comma:target")]


# --- Places, terms, periods, words ----------------------------------------------------


@edits
def add_a_place(typed):
    place = deepcopy(typed["places"][0])
    place |= {"id": "pl-added-here", "name": "Addedville", "lat": 40.1, "lon": 61.2}
    typed["places"].append(place)
    return [("docs/map.md", "Addedville")]


@edits
def add_a_term(typed):
    term = {"id": "g-added-here", "term": "Added term", "also": [], "means": "What was added."}
    typed["glossary"].append(term)
    return [("includes/glossary.md", "What was added.")]


@edits
def add_a_period(typed):
    typed["periods"].append({"id": "of-late", "title": "Of late", "begins": 2024})
    return [("docs/timeline.md", "## Of late")]


@edits
def give_a_theme_of_checks_another_word(typed):
    theme = typed.words["check_groups"][0]
    old, new = theme["id"], "another theme"
    theme["id"] = new
    for record in typed["checks"] + typed["charts"]:
        if record["group"] == old:
            record["group"] = new
    typed.words["aliases"].append({"old": old, "id": new})
    chart = next((c for c in typed["charts"] if c["group"] == new), None)
    shown = [("docs/checks.md", chart["id"])] if chart else []
    return [*shown, ("docs/checks.md", "{: #another-theme }")]


@edits
def date_the_article_in_another_way(typed):
    article = typed["source"]
    article |= {"date": "2021", "published": 2021}
    return [("docs/timeline.md", '<p class="event__when">2021</p>')]


# --- Answers and silence --------------------------------------------------------------


@edits
def silence_an_answer(typed):
    position = spoken(typed)
    for key in ("says", "phrase", "paragraphs", "attribution", "quote", "note", "scope"):
        position.pop(key, None)
    position |= {"position": "does not address", "looked_for": ["a word that is nowhere"]}
    return [(page_of(position["question"]), "a word that is nowhere")]


@edits
def answer_a_silence(typed):
    position = next(p for p in typed["positions"] if p["position"] == "does not address")
    question = typed.get("questions", id=position["question"])
    paragraph = next(
        p
        for p in typed["paragraphs"]
        if p["section"] == position["expert"] and not p.get("heading")
    )
    position.pop("looked_for")
    position |= {
        "position": "answers" if question["kind"] == "open" else "leans yes",
        "says": "An answer after all.",
        "paragraphs": [paragraph["id"]],
        "attribution": "reported",
        "quote": "three words here",
    }
    if question["kind"] == "open":
        position["phrase"] = "an answer after all"
    of_others = scopes(typed, question["id"])
    if of_others and question["kind"] != "open":
        position["scope"] = of_others[0]
    return [("docs/compare.md", "An answer after all."), ("docs/source.md", question["short"])]


@edits
def give_an_answer_another_scope(typed):
    question = next(q["id"] for q in typed["questions"] if taking_sides(typed, q["id"]))
    answers = taking_sides(typed, question)
    for answer in answers:
        answer.setdefault("scope", "all of it")
    answers[0]["scope"] = "a part that nobody named before"
    slug = slug_of(typed, answers[0])
    return [
        ("docs/compare.md", "A part that nobody named before</span>"),
        ("docs/compare.md", " – a part that nobody named before"),
        (f"includes/{slug}-answers.md", "A part that nobody named before"),
        (f"docs/sheets/{slug}.md", "A part that nobody named before"),
        ("docs/data/positions.csv", "a part that nobody named before"),
    ]


@edits
def let_the_narrator_speak(typed):
    question = next(q["id"] for q in typed["questions"] if taking_sides(typed, q["id"]))
    answer = taking_sides(typed, question)[-1]
    words_for_it = [w for w in typed.words["attributions"] if w["voice"] == "narrator"]
    answer["attribution"] = words_for_it[0]["id"]
    word = answer.get("phrase") or answer["position"]
    short = typed.get("experts", id=answer["expert"])["short"]
    return [
        ("docs/compare.md", f"{word[1:]} (narrator)"),
        (page_of(question), f"arrator in the section of {short}"),
    ]


@edits
def turn_every_answer_to_a_question_into_silence(typed):
    question = typed["questions"][0]["id"]
    for position in typed["positions"]:
        if position["question"] == question:
            position.clear()
            position |= {"question": question, "expert": "", "position": "does not address"}
    for position, expert in zip(
        [p for p in typed["positions"] if p["question"] == question], typed["experts"], strict=True
    ):
        position |= {"expert": expert["id"], "looked_for": ["nothing of it"]}
    return [(page_of(question), "nothing of it")]


# --- Questions and experts ------------------------------------------------------------


@edits
def add_a_question(typed):
    question = deepcopy(typed["questions"][0])
    question |= {"id": "q-added-here", "short": "An addition", "wording": "What was added?"}
    question.pop("on_home", None)
    typed["questions"].append(question)
    for expert in typed["experts"]:
        typed["positions"].append(silence("q-added-here", expert["id"]))
    typed["sequels"].append(new_sequel(typed, "q-added-here"))
    return [
        ("docs/compare.md", "What was added?"),
        ("docs/questions/added-here.md", "# What was added?"),
        ("docs/compare.md", f"{len(typed['questions'])} questions"),
    ]


@edits
def put_another_question_on_home(typed):
    shown = [q for q in typed["questions"] if q.get("on_home")]
    new = next(q for q in typed["questions"] if q["kind"] == "open" and not q.get("on_home"))
    if len(shown) == 3:
        shown[-1].pop("on_home")
    new["on_home"] = True
    return [("includes/home-strip.md", f"questions/{page_of(new['id'])[15:-3]}/#{new['id']}--")]


@edits
def rename_a_question(typed):
    old = typed["questions"][0]["id"]
    cell = f"{old}--{typed['experts'][0]['id']}"
    typed.rename(old, "q-named-anew")
    return [
        ("docs/compare.md", f'id="{old}"'),
        ("docs/compare.md", f'id="{old}-detail"'),
        ("docs/compare.md", f'id="{cell}"'),
    ]


@edits
def rename_a_figure_and_its_measure(typed):
    old = typed["measures"][0]["id"]
    typed.rename(old, "f-named-anew")
    return [("docs/compare.md", f'id="{old}"')]


@edits
def add_an_expert(typed):
    expert = deepcopy(typed["experts"][0])
    expert |= {
        "id": "neu",
        "slug": "zoe-neu",
        "short": "Neu",
        "name": "Zoë Neu",
        "also_written": "Zoe Neu",
    }
    typed["experts"].append(expert)
    paragraphs = typed["paragraphs"]
    paragraphs.append(
        {"id": f"p{len(paragraphs) + 1:02d}", "section": "neu", "words": 9, "says": "Says little."}
    )
    for question in typed["questions"]:
        typed["positions"].append(silence(question["id"], "neu"))
    write_page(typed.root, typed["experts"][0]["slug"], "zoe-neu", "Zoë Neu")
    return [
        ("docs/compare.md", ">Neu</a>"),
        ("docs/compare.md", count_of(typed["experts"], "expert")),
        (page_of(typed["questions"][0]["id"]), "Zoë Neu"),
        ("docs/sheets/zoe-neu.md", "Zoë Neu"),
    ]


def silence(question: str, expert: str) -> dict[str, Any]:
    return {
        "question": question,
        "expert": expert,
        "position": "does not address",
        "looked_for": ["a word"],
    }


def new_sequel(typed: Typed, question: str) -> dict[str, Any]:
    """What happened to a question, resting on the answer to the title's."""
    outcome = next(o["id"] for o in typed["outcomes"] if o["kind"] == "question")
    return {"question": question, "says": "This is what happened.", "outcomes": [outcome]}


def write_page(root: Path, model: str, slug: str, name: str) -> None:
    """What a contributor does for a new expert: a page, and a line of `nav`."""
    pieces = "\n\n".join(f'--8<-- "{slug}-{part}.md"' for part in ("head", "since", "answers"))
    page = f"---\ndescription: What {name} says.\n---\n\n{pieces}\n"
    (root / f"docs/experts/{slug}.md").write_text(page, encoding="utf-8")
    config = root / "mkdocs.yml"
    line = f"      - experts/{model}.md\n"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace(line, f"{line}      - experts/{slug}.md\n"), encoding="utf-8")


# --- The tests ------------------------------------------------------------------------


@pytest.mark.parametrize("change", EDITS, ids=[edit.__name__ for edit in EDITS])
def test_the_pages_follow(project, change):
    typed = Typed(project)
    expected = change(typed)
    typed.save()
    build(project)
    for path, text in expected:
        assert text in (project / path).read_text(encoding="utf-8"), path


def test_there_are_enough_kinds_of_edits():
    assert len(EDITS) >= 20


def test_what_an_expert_still_lacks_is_said_at_once(project):
    typed = Typed(project)
    add_an_expert(typed)
    typed["positions"][:] = [p for p in typed["positions"] if p["expert"] != "neu"]
    typed["paragraphs"].pop()
    typed.save()
    (project / "docs/experts/zoe-neu.md").unlink()
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("      - experts/zoe-neu.md\n", ""), encoding="utf-8")
    with pytest.raises(DataError) as error:
        build(project)
    said = str(error.value)
    for question in typed["questions"]:
        assert f"found no position of neu on {question['id']}, expected one" in said
    assert "found no paragraph whose section is 'neu'" in said
    assert "zoe-neu.md:1: found no readable file" in said
    assert "nav: found no line '- experts/zoe-neu.md'" in said


def test_an_expert_and_a_question_that_go_leave_nothing_behind(project):
    build(project)
    before = files_of(project)
    pages = {name: (project / name).read_bytes() for name in ("mkdocs.yml",)}
    data = {name: (project / DATA / name).read_bytes() for name in TYPED}
    typed = Typed(project)
    add_an_expert(typed)
    add_a_question(typed)
    typed["positions"].append(silence("q-added-here", "neu"))
    typed["positions"][:] = list(
        {(p["question"], p["expert"]): p for p in typed["positions"]}.values()
    )
    typed.save()
    build(project)
    assert "docs/sheets/zoe-neu.md" in files_of(project)
    (project / "docs/experts/zoe-neu.md").unlink()
    for name, content in (pages | {f"{DATA}/{name}": text for name, text in data.items()}).items():
        (project / name).write_bytes(content)
    build(project)
    assert files_of(project) == before


def files_of(root: Path) -> dict[str, bytes]:
    """Every file of a project but its scripts and its cache."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in ("docs", "overrides", "includes")
        for path in (root / folder).rglob("*")
        if path.is_file()
    }


# These take the place of what other edits need, or change the same record again.
ALONE = {
    the_shortest_texts_that_are_admitted,
    leave_no_outcome_with_a_verdict,
    turn_every_answer_to_a_question_into_silence,
}


def test_all_edits_together_pass_what_the_live_site_has_to_pass(tmp_path):
    """The tests of live data, run in a copy of this project after all edits."""
    copy = copy_project(ROOT, tmp_path / "copy")
    (ROOT / ".cache").mkdir(exist_ok=True)
    (copy / ".cache").symlink_to(ROOT / ".cache")  # cards that are drawn already
    for name in ("scripts", "tests", "requirements"):
        ignored = shutil.ignore_patterns("__pycache__", "node_modules")
        shutil.copytree(ROOT / name, copy / name, ignore=ignored)
    for name in ("pyproject.toml", ".gitignore", "README.md"):
        shutil.copyfile(ROOT / name, copy / name)
    for change in EDITS:
        if change not in ALONE:
            typed = Typed(copy)
            change(typed)
            typed.save()
    load(copy)
    environment = {key: value for key, value in os.environ.items() if key != "ARTICLE"}
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *LIVE],
        cwd=copy,
        env=environment | {"CI": ""},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout[-5000:] + run.stderr[-2000:]


LIVE = ("tests/site/test_live.py", "tests/pages/test_counts.py")  # what holds live data
