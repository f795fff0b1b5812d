"""Whatever the rules accept can be shown: edits at random, one after the other."""

import re
from collections import Counter
from random import Random

import pytest
from changes import EDITS, Data
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from making import SITE, Html, run, to_html

import build
from facts import load
from pages.render import Renderer

HOLE = re.compile(r"Undefined|object at 0x|\{\{ |\{% |\{[fgq]-")
MESSAGE = re.compile(r"\S+:[1-9]\d*: .+")
AT_RANDOM = {
    "derandomize": True,
    "deadline": None,
    "database": None,
    "suppress_health_check": list(HealthCheck),
    "phases": (Phase.generate,),  # to make a failing example smaller would take minutes
}
EDITED = st.tuples(
    st.lists(st.sampled_from(EDITS), min_size=1, max_size=4), st.randoms(use_true_random=False)
)


class Bench:
    """A project on which edits are tried, and what became of them."""

    def __init__(self, root):
        self.root = root
        self.accepted = 0
        self.refused = Counter()

    def edited(self, edits, choose):
        """Save the edited project; what the rules found right in it, or None."""
        data = Data()
        for change in edits:
            change(data, choose)
        data.save(self.root)
        records, pages, problems = build.examine(self.root)
        if problems:
            for problem in problems:
                assert MESSAGE.fullmatch(str(problem)), problem
            self.refused[re.sub("'[^']*'", "…", problems[0].message)] += 1
            return None
        self.accepted += 1
        return records, [page.page for page in pages]

    def hold(self, edits, choose):
        """What the rules accept makes whole pages, without holes or doubled ids."""
        if found := self.edited(edits, choose):
            records, by_hand = found
            dataset, release = load.dataset_of(records), load.release_of(records)
            renderer = Renderer(dataset, release, SITE, self.root / ".cache/templates")
            files = renderer.files(by_hand)
            for name, text in files.items():
                if name.startswith("includes/"):
                    (self.root / name).parent.mkdir(exist_ok=True)
                    (self.root / name).write_text(text, encoding="utf-8")
            pages = {name: files[name] for name in files if name.startswith("docs/")}
            for path in (self.root / "docs").rglob("*.md"):
                pages[path.relative_to(self.root).as_posix()] = path.read_text(encoding="utf-8")
            for name in [name for name in pages if name.endswith(".md")]:
                self.hold_page(name, to_html(pages[name], self.root / "includes"))
            pictures = renderer.pictures(renderer.all_pages(by_hand, files))
            assert all(renderer.drawing(card).endswith("</svg>\n") for card in pictures.values())

    @staticmethod
    def hold_page(name, text):
        page = Html(text)
        assert page.faults == [], name
        assert [id for id, n in Counter(page.ids).items() if n > 1] == [], name
        assert not HOLE.search(text), name
        assert not page.all("script"), name


@pytest.fixture
def bench(mini):
    (mini / ".cache/templates").mkdir(exist_ok=True)
    return Bench(mini)


def mostly_accepted(bench, share):
    counted = bench.accepted + sum(bench.refused.values())
    assert bench.accepted > share * counted, bench.refused


@pytest.mark.site
@pytest.mark.parametrize("change", EDITS, ids=lambda change: change.__name__)
def test_an_edit_alone_is_accepted_and_can_be_shown(bench, change):
    for seed in range(2):
        bench.hold([change], Random(seed))
    mostly_accepted(bench, 0.3)


def test_what_is_accepted_can_be_shown(bench):
    @settings(max_examples=5, **AT_RANDOM)
    @given(EDITED)
    def hold(edited):
        bench.hold(*edited)

    hold()
    mostly_accepted(bench, 0.6)


@pytest.mark.site
def test_much_more_that_is_accepted_can_be_shown(bench):
    @settings(max_examples=60, **AT_RANDOM)
    @given(EDITED)
    def hold(edited):
        bench.hold(*edited)

    hold()
    mostly_accepted(bench, 0.6)


@pytest.mark.site
@pytest.mark.parametrize("seed", range(4))
def test_what_is_accepted_can_be_built(bench, seed):
    """A dozen edits in a row; those that the rules refuse are left out."""
    choose = Random(seed)
    kept = []
    for change in choose.sample(EDITS, 12):
        if bench.edited([*kept, change], Random(seed)):
            kept.append(change)
    assert len(kept) > 4
    assert bench.edited(kept, Random(seed))
    done = run(bench.root, "-m", "mkdocs", "build", "--strict", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
