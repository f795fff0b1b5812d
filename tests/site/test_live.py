"""Whatever is in the data is on the pages: this gates the publication of an edit.

Nothing here knows a sentence, a number or a record. Every expectation comes
from the data that the site was built from, so no edit that loads turns it red.
"""

import re
import urllib.parse

import pytest
from built import letters, printed, words
from labels import called_by_an_id, ids_as_words

from build import build
from facts.sentences import standing, upper_first
from facts.text import slug
from pages.render import is_generated


@pytest.fixture(scope="session")
def compare(documents):
    return documents["compare/index.html"]


@pytest.fixture(scope="session")
def expert_pages(documents, dataset):
    """The page of each expert, by the expert's id."""
    return {e.id: documents[f"{e.address}index.html"] for e in dataset.article.experts}


@pytest.fixture(scope="session")
def question_pages(documents, dataset):
    """The page of each question, by the question's id."""
    return {q.id: documents[f"{q.address}index.html"] for q in dataset.article.questions}


def at(page, id):
    """The element with an id; fails where there is none, or more than one."""
    (element,) = page.xpath("//*[@id=$id]", id=id)
    return element


def around(page, id):
    """What a heading with an id is the heading of."""
    return at(page, id).getparent()


def fragments(page) -> set[str]:
    """Where the links of a page's content lead: address and fragment."""
    return {
        href.removeprefix("../").removeprefix("../") for href in page.xpath("//article//a/@href")
    }


def test_nothing_is_stale_after_a_build(live):
    assert build(live.project, write=False, site=live.url) == []


def test_every_page_of_the_navigation_is_built(live):
    config = (live.project / "mkdocs.yml").read_text(encoding="utf-8")
    named = re.findall(r"(\S+)\.md$", config, re.MULTILINE)
    assert named
    addresses = {re.sub(r"(^|/)index$", "", name) for name in named}
    assert addresses <= {page.rstrip("/") for page in live.pages}


def test_every_expert_has_a_page_and_a_sheet(live, dataset):
    for expert in dataset.article.experts:
        assert {expert.address, f"sheets/{expert.slug}/"} <= set(live.pages)


def test_every_position_is_in_its_cell(compare, dataset):
    for position in dataset.article.positions:
        cell = at(compare, position.id)
        row = at(compare, position.question)
        assert cell in list(row)
        assert printed(dataset.question_of(position).wording) in words(row)
        if position.silent:
            assert words(cell) == upper_first(position.position)
            continue
        _stands_as_it_should(cell, dataset, position)
        assert printed(dataset.fill(position.says)) in words(cell)
        (evidence,) = cell.find_class("evidence")
        assert printed(position.quote) in words(evidence)
        assert position.attribution in words(evidence)
        assert set(position.paragraphs) <= {words(a) for a in evidence.find_class("ref")}


def test_every_row_has_a_heading_that_leads_to_its_question(compare, dataset):
    """It is where the details of the question were before they had a page."""
    for question in dataset.article.questions:
        heading = at(compare, f"{question.id}-detail")
        assert (
            heading.get("role") == "heading"
            and heading.getparent().getparent().get("id") == question.id
        )
        assert words(heading) == printed(question.wording)
        assert heading.xpath(".//a/@href") == [f"../{question.address}"]


def test_every_position_is_on_the_page_of_its_question(question_pages, dataset):
    for question in dataset.article.questions:
        page = question_pages[question.id]
        positions = dataset.positions_on(question)
        cards = [at(page, position.id) for position in positions]
        assert sorted(cards, key=id) == sorted(page.find_class("answer-card"), key=id)
        for card, position in zip(cards, positions, strict=True):
            _says_what_it_should(card, dataset, position)
            assert printed(dataset.expert_of(position).name) == words(card.find("h3"))


def test_every_position_is_on_the_page_of_its_expert(expert_pages, dataset):
    for position in dataset.article.positions:
        entry = at(expert_pages[position.expert], position.question)
        assert printed(dataset.question_of(position).wording) in words(entry)
        _says_what_it_should(entry, dataset, position)


def voice(dataset, position) -> str:
    """Whose words a position is in; nobody's where an expert is silent."""
    voices = {word.id: word.voice for word in dataset.vocabulary.attributions}
    return voices[position.attribution] if position.attribution else ""


def stance(dataset, position) -> str:
    """Where a position stands, and whose word it is if it is the narrator's."""
    narrated = voice(dataset, position) == "narrator"
    return f"{position.position} (narrator)" if narrated else position.position


def in_short(dataset, position) -> str:
    """A position in a few words, and whose they are if they are not the expert's."""
    if not position.phrase:
        return stance(dataset, position)
    phrase = dataset.fill(position.phrase)
    own = voice(dataset, position) == "expert"
    return phrase if own else f"{position.attribution}: {phrase}"


def _stands_as_it_should(element, dataset, position):
    shown = words(element.find_class("stance")[0])
    assert shown == printed(upper_first(in_short(dataset, position))), position.id
    scopes = [words(scope) for scope in element.find_class("scope")]
    assert scopes == ([printed(upper_first(position.scope))] if position.scope else []), position.id


def _says_what_it_should(entry, dataset, position):
    _stands_as_it_should(entry, dataset, position)
    text = words(entry)
    if position.silent:
        (looked,) = entry.find_class("looked-for")
        assert [words(em) for em in looked.iter("em")] == list(map(printed, position.looked_for))
    else:
        assert printed(dataset.fill(position.says)) in text, position.id
        assert f"{printed(position.quote)}" in text, position.id
        assert set(position.paragraphs) <= {words(a) for a in entry.find_class("ref")}
    assert printed(position.note or "") in text, position.id


def test_every_figure_is_shown_with_its_value(compare, question_pages, expert_pages, dataset):
    for figure in dataset.article.figures:
        question = dataset.by_id[figure.measure].question
        (shown,) = at(question_pages[question], figure.id).find_class("figure__value")
        assert words(shown) == printed(dataset.in_full(figure))
        link = at(compare, figure.id)
        assert printed(dataset.in_full(figure)) in words(link)
        assert printed(dataset.expert_of(figure).short) in words(link)
        assert link.get("href") == f"../{dataset.address_of(figure.id)}"
        page = expert_pages[figure.expert]
        assert dataset.address_of(figure.id) in fragments(page)
        values = [words(value) for value in page.find_class("figure__value")]
        assert printed(dataset.in_full(figure)) in values


def test_every_measure_says_how_its_figures_compare(question_pages, dataset):
    for measure in dataset.article.measures:
        section = at(question_pages[measure.question], measure.id)
        assert len(section.find_class("figure__value")) == len(dataset.figures_of(measure))
        assert section.find_class("comparison")


def test_every_sequel_is_wherever_its_question_is_asked(documents, question_pages, dataset):
    """With the day on which somebody looked, where there is room for it."""
    for question in dataset.article.questions:
        sequel = dataset.sequel_of(question)
        rows = [
            link.xpath("ancestor::tr")[0]
            for name in ("index.html", "compare/index.html")
            for strip in documents[name].find_class("strip")
            for link in strip.xpath(f".//th//a[contains(@href, '{question.address}')]")
        ]
        assert rows or question.kind == "open"
        said = [words(row.find_class("strip__happened")[0]) for row in rows]
        if not sequel:
            assert set(said) <= {"Not followed up."}
            assert question_pages[question.id].find_class("hero__since") == []
            continue
        (line,) = question_pages[question.id].find_class("hero__since")
        for text in (*said, words(line)):
            assert printed(sequel.says) in text, question.id
            assert printed(min(dataset.by_id[id].looked for id in sequel.outcomes).shown) in text
        listed = documents["questions/index.html"]
        assert printed(sequel.says) in words(listed.find_class("questions")[0].getparent())


def test_every_check_is_on_its_page_and_on_the_expert_s(documents, expert_pages, dataset):
    for check in dataset.evidence.checks:
        finding = at(documents["checks/index.html"], check.id)
        text = words(finding)
        assert printed(dataset.fill(check.statement)) in text
        assert printed(check.record) in text
        assert words(finding.find_class("verdict")[0]) == upper_first(check.verdict)
        for use in check.sources:
            assert printed(use.supports) in text
        if dataset.is_expert(check.expert):
            assert f"checks/#{check.id}" in fragments(expert_pages[check.expert])


def test_every_outcome_is_on_its_page_and_on_the_expert_s(documents, expert_pages, dataset):
    for outcome in dataset.evidence.outcomes:
        finding = at(documents["outcomes/index.html"], outcome.id)
        text = words(finding)
        for part in (outcome.assessment, outcome.criterion, outcome.happened):
            assert printed(part or "") in text, outcome.id
        for one in outcome.dated:
            assert f"{one.when.shown} {printed(one.what)}" in text, outcome.id
        (shown,) = finding.find_class("verdict")
        if outcome.verdict:
            assert words(shown) == upper_first(outcome.verdict)
        for label, part in (("Whose expectation", outcome.owner), ("Criterion", outcome.criterion)):
            assert (f"{label}: {printed(part or '')}" in text) == bool(part), outcome.id
        assert printed(outcome.answer or "") in words(shown)
        assert printed(outcome.looked.shown) in text
        if dataset.is_expert(outcome.expert):
            assert f"outcomes/#{outcome.id}" in fragments(expert_pages[outcome.expert])


@pytest.mark.parametrize("section", ["checks", "outcomes"])
def test_every_record_is_one_row_of_the_table(documents, dataset, section):
    page = documents[f"{section}/index.html"]
    (table,) = page.find_class("rows")
    rows = {}
    for row in table.xpath("./tbody/tr"):
        (link,) = row.xpath(".//a/@href")
        assert link not in rows
        rows[link] = row
    records = getattr(dataset.evidence, section)
    assert sorted(rows) == sorted(f"#{record.id}" for record in records)
    for record in records:
        said, who, came, line = rows[f"#{record.id}"]
        assert at(page, record.id).tag == "article"
        assert words(said) == printed(record.short)
        assert words(who) == printed(dataset.speaker_short(record.expert))
        assert words(came) == upper_first(record.verdict or record.kind)
        assert words(line) == printed(record.line)


@pytest.mark.parametrize("section", ["checks", "outcomes"])
def test_a_filter_counts_verdicts_and_nobody_s(documents, dataset, section):
    page = documents[f"{section}/index.html"]
    records = getattr(dataset.evidence, section)
    (choose,) = page.find_class("choose")
    verdicts, people = choose.iter("p")
    counted = {words(a).rpartition(" ")[0]: int(words(a).rpartition(" ")[2]) for a in verdicts}
    expected = {}
    for record in records:
        word = printed(upper_first(record.verdict or "not judged"))
        expected[word] = expected.get(word, 0) + 1
    assert counted == expected
    speakers = {printed(dataset.speaker_short(record.expert)) for record in records}
    assert {words(a) for a in people} == speakers
    for link in (*verdicts, *people):
        said = at(page, link.get("href").removeprefix("#"))
        assert "Show all" in words(said)
        assert words(link) in speakers or re.search(r"\d+ of \d+", words(said))
        assert words(link) not in speakers or numbers(said) == [len(records)]


def test_what_nobody_expected_has_no_verdict_on_any_page(
    documents, expert_pages, question_pages, dataset
):
    verdicts = {upper_first(word.id) for word in dataset.vocabulary.verdicts}
    for outcome in dataset.evidence.outcomes:
        shown = at(documents["outcomes/index.html"], outcome.id).find_class("verdict")
        if dataset.is_expert(outcome.expert):
            path = f"//li[.//a[@href='../../outcomes/#{outcome.id}' and @aria-label]]"
            (line,) = expert_pages[outcome.expert].xpath(path)
            shown += line.find_class("verdict")
        for page in question_pages.values():
            there = f"//ul[@class='findings']/li[.//a[@href='../../outcomes/#{outcome.id}']]"
            shown += [verdict for li in page.xpath(there) for verdict in li.find_class("verdict")]
        assert shown
        for element in shown:
            coloured = any(name.startswith("verdict--") for name in element.get("class").split())
            assert coloured == (words(element) in verdicts) == outcome.judged, outcome.id
    with_verdicts = {"outcomes/index.html", "checks/index.html"}
    with_verdicts |= {f"{e.address}index.html" for e in dataset.article.experts}
    with_verdicts |= {f"{q.address}index.html" for q in dataset.article.questions}
    for name in documents.keys() - with_verdicts:
        assert documents[name].find_class("verdict") == [], name


def test_what_happened_stands_beside_each_answer_that_it_concerns(
    compare, expert_pages, question_pages, dataset
):
    for outcome in dataset.evidence.outcomes:
        for concern in outcome.concerns:
            wanted = f"Since: {printed(concern.since)}"
            record = dataset.by_id[concern.id]
            figure = not hasattr(record, "position")
            pages = [expert_pages[record.expert]]
            if figure:  # the comparison has no more than a link to it
                pages.append(question_pages[dataset.by_id[record.measure].question])
            elif not record.silent:  # beside silence it stands on the expert's page only
                pages.append(compare)
                card = at(question_pages[record.question], record.id)
                told = [words(line) for line in card.find_class("followed")]
                assert f"{wanted}. {printed(outcome.short)}" in told, concern.id
            for page in pages:
                links = page.xpath(f"//a[contains(@href, 'outcomes/#{outcome.id}')]")
                assert wanted in [words(link) for link in links], concern.id


def test_a_question_has_every_check_and_outcome_of_its_answers(question_pages, dataset):
    for records, folder in (
        (dataset.evidence.checks, "checks"),
        (dataset.evidence.outcomes, "outcomes"),
    ):
        for record in records:
            for id in record.ids:
                about = dataset.by_id[id]
                if hasattr(about, "measure"):
                    about = dataset.by_id[about.measure]
                page = question_pages[about.question]
                assert f"{folder}/#{record.id}" in fragments(page), (id, record.id)


def test_every_tie_stands_beside_its_expert_with_its_sources(expert_pages, dataset):
    for tie in dataset.evidence.ties:
        element = at(expert_pages[tie.expert], tie.id)
        assert printed(tie.says) in words(element)
        sources = [dataset.by_id[id] for id in tie.sources]
        assert element.xpath(".//a/@href") == [source.url for source in sources]
        named = [printed(dataset.outlet_of(source).name) for source in sources]
        assert [words(link) for link in element.iter("a")] == named


def test_every_background_has_its_sources_and_is_where_its_terms_are(documents, dataset):
    page = documents["background/index.html"]
    for background in dataset.evidence.backgrounds:
        heading = at(page, background.id)
        assert printed(background.title) in words(heading)
        assert printed(background.says) in words(heading.getnext())
        linked = heading.xpath("following-sibling::details[1]//a/@href")
        assert linked == [dataset.by_id[id].url for id in background.sources]
        for term in background.terms:
            paragraph = at(documents["glossary/index.html"], term).getnext()
            explained = dataset.background_of(term).id
            assert f"background/#{explained}" in fragments_of(paragraph), term


def fragments_of(element) -> set[str]:
    """Where the links of an element lead: address and fragment."""
    return {href.removeprefix("../") for href in element.xpath(".//a/@href")}


def test_home_has_the_answers_so_far_and_the_background_that_is_meant_for_it(documents, dataset):
    home = documents["index.html"]
    asked = [outcome for outcome in dataset.evidence.outcomes if outcome.kind == "question"]
    lines = home.find_class("hero__since")
    assert len(lines) == len(asked)
    for line, outcome in zip(lines, asked, strict=True):
        assert printed(outcome.answer) in words(line)
        assert printed(outcome.looked.shown) in words(line)
        assert f"outcomes/#{outcome.id}" in fragments_of(line)
    told = [words(paragraph) for paragraph in home.find_class("home-background")]
    wanted = [background for background in dataset.evidence.backgrounds if background.home]
    assert len(told) == len(wanted)
    for text, background in zip(told, wanted, strict=True):
        assert printed(background.says) in text


def test_home_has_the_questions_that_are_meant_for_it(documents, dataset):
    """Every question that can be answered yes or no, and of the others those that are chosen."""
    home = documents["index.html"]
    strip, *rest = home.find_class("strip")
    scaled = [q for q in dataset.article.questions if q.kind == "yes-no"]
    chosen = [q for q in dataset.article.questions if q.on_home]
    told = [q for q in chosen if q.kind == "open"]
    assert [words(a) for a in strip.xpath("./tbody/tr/th/a")] == [
        printed(question.wording) for question in scaled
    ]
    assert len(rest) == bool(told)
    for table in rest:
        for question, row in zip(told, table.xpath("./tbody/tr"), strict=True):
            assert words(row.find("th")) == printed(question.wording)
            cells = row.find_class("strip__answer")
            for position, cell in zip(dataset.positions_on(question), cells, strict=True):
                assert words(cell) == printed(upper_first(in_short(dataset, position)))
                assert dataset.address_of(position.id) in fragments_of(cell)
    quoted = [words(q) for box in home.find_class("quotations") for q in box.iter("q")]
    wanted = [p for q in chosen[:1] for p in dataset.positions_on(q) if not p.silent]
    assert quoted == [printed(position.quote) for position in wanted]
    ways = {href for nav in home.find_class("ways") for href in nav.xpath("./a/@href")}
    assert {question.address for question in chosen[:1]} <= ways


def test_the_owner_of_an_outlet_is_written_in_one_way(documents, dataset):
    """Wherever a source is listed, and beside no source of an outlet without an owner."""
    wanted = {}
    for source in dataset.evidence.sources:
        owner = dataset.outlet_of(source).owner
        wanted.setdefault(source.url, set()).add(f"(funded by {printed(owner)})" if owner else "")
    listed = set()
    for page in documents.values():
        for line in page.xpath("//li[a[1]/@href or s/a/@href]"):
            (url, *_) = line.xpath("./a/@href | ./s/a/@href")
            if url in wanted:
                owned = [words(owner) for owner in line.find_class("owner")]
                assert owned in [[form] if form else [] for form in wanted[url]], url
                listed.add(url)
    named = {use.source for r in dataset.evidence.checks for use in r.sources}
    assert listed >= {dataset.by_id[id].url for id in named}


def test_who_agrees_is_worked_out_from_words_of_their_own_on_one_thing(compare, dataset):
    (camps,) = compare.find_class("camps")
    sides = {word.id: word.side for word in dataset.vocabulary.positions}
    lines = [line for line in camps.iter("li") if line.xpath("./b")]
    shown = set()
    for line in lines:
        ids = [href.removeprefix("#") for href in line.xpath("./a/@href") if "--" in href]
        positions = [dataset.by_id[id] for id in ids]
        assert positions
        for position in positions:
            assert voice(dataset, position) == "expert", position.id
            assert words(line.find("b")) == f"{upper_first(sides[position.position])}:"
        (scope,) = {position.scope for position in positions}
        assert not scope or words(line).endswith(f" – {printed(scope)}"), ids
        shown |= set(ids)
    for question in dataset.article.questions:
        own = [
            position
            for position in dataset.positions_on(question)
            if voice(dataset, position) == "expert" and sides[position.position] != "none"
        ]
        if len({position.scope for position in own}) > 1:
            assert {position.id for position in own} <= shown, question.id


def test_no_link_is_called_by_an_id(live, documents, dataset):
    """An id without its hyphens is no text: the record has a name of its own."""
    ids = ids_as_words(dataset)
    assert ids
    typed = set()  # the links of people, who may call a record what they like
    for path in live.project.rglob("docs/**/*.md"):
        if not is_generated(path.relative_to(live.project).as_posix()):
            texts = re.findall(r"\[([^]]+)\]\(", path.read_text(encoding="utf-8"))
            typed |= {" ".join(printed(text).split()) for text in texts}
    for name, page in documents.items():
        for link in page.xpath("//article//a"):
            text = words(link)
            assert text in typed or not called_by_an_id(text, ids), (name, text)


def test_a_link_that_is_called_by_an_id_is_noticed(dataset):
    event = dataset.evidence.events[0].id.replace("-", " ")
    assert called_by_an_id(event, ids_as_words(dataset))
    assert called_by_an_id(f"Since: {event.partition(' ')[2]}", ids_as_words(dataset))


def test_links_to_events_say_when_and_what(documents, dataset):
    names = {e.id: f"{printed(e.when.shown)}: {printed(e.short)}" for e in dataset.evidence.events}
    for name, page in documents.items():
        for link in page.xpath("//a[contains(@class, 'back') and contains(@href, 'timeline/#e-')]"):
            assert words(link) == names[link.get("href").partition("#")[2]], name


def test_every_event_is_in_the_timeline(documents, dataset):
    page = documents["timeline/index.html"]
    for event in dataset.evidence.events:
        text = words(at(page, event.id))
        assert printed(event.when.shown) in text and printed(event.what) in text
        for id in event.sources:
            assert printed(dataset.outlet_of(dataset.by_id[id]).name) in text


def test_the_timeline_is_in_order_and_holds_the_article_once(documents, dataset):
    events = documents["timeline/index.html"].find_class("event")
    ids = [event.get("id") for event in events]
    assert [id for id in ids if id != "article"] == [event.id for event in dataset.evidence.events]
    assert ids.count("article") == 1


def test_key_events_and_the_article_stand_open_in_the_timeline(documents, dataset):
    page = documents["timeline/index.html"]
    folded = {event.get("id") for event in page.xpath("//details//li[contains(@class, 'event')]")}
    assert folded == {event.id for event in dataset.evidence.events if not event.key}


def test_the_article_stands_under_the_year_of_its_date(documents, dataset):
    article = at(documents["timeline/index.html"], "article")
    published = dataset.article.source.published
    assert printed(dataset.article.source.date) in words(article)
    (year,) = article.xpath("../preceding-sibling::h3[1]/text()")
    assert year.strip() == str(published.start.year)
    before = [
        id for e in article.xpath("preceding::li[contains(@class, 'event')]") if (id := e.get("id"))
    ]
    earlier = [event.id for event in dataset.evidence.events if event.when.start <= published.start]
    assert before == earlier


def test_the_sentence_of_an_event_stands_before_what_is_folded_under_it(documents, dataset):
    page = documents["timeline/index.html"]
    for event in dataset.evidence.events:
        entry = at(page, event.id)
        (folded,) = entry.xpath(".//details")
        assert set(entry.xpath(".//ul | .//a[contains(@class, 'back')]")) <= set(folded.iter())
        assert printed(event.what) in "".join(map(words, entry.xpath("p")))


def test_home_has_the_events_that_are_meant_for_it(documents, dataset):
    (since,) = documents["index.html"].find_class("since")
    shown = [event for event in dataset.evidence.events if event.headline]
    assert len(since) == len(shown)
    for line, event in zip(since, shown, strict=True):
        assert printed(event.what) in words(line)


def test_every_place_is_on_the_map_and_in_the_list(documents, dataset):
    page = documents["map/index.html"]
    figures = page.find_class("map")
    drawn = [" ".join(words(text) for text in f.find_class("spot")) for f in figures]
    wide, narrow, region = drawn
    for place in dataset.evidence.places:
        assert printed(place.name) in wide + region and printed(place.name) in narrow + region
        record = at(page, place.id)
        assert record.tag == "article" and len(record.findall("h3")) == 1
        assert printed(place.name) in words(record) and printed(place.why) in words(record)


def test_places_stand_under_their_part_of_the_story(documents, dataset):
    page = documents["map/index.html"]
    roles = {role.id: role.group for role in dataset.vocabulary.place_roles}
    for place in dataset.evidence.places:
        heading = at(page, place.id).xpath("preceding::h2[1]")[0]
        group = dataset.vocabulary.term("place_groups", roles[place.role])
        assert printed(group.means) in words(heading)


def test_every_chart_draws_its_figures_and_readings(documents, dataset):
    page = documents["checks/index.html"]
    for reading in dataset.evidence.readings:
        assert printed(reading.shown) in words(at(page, reading.id))
    drawn = {href for table in page.find_class("drawn") for href in table.xpath(".//th/a/@href")}
    for chart in dataset.evidence.charts:
        at(page, chart.id)
        records = dataset.readings_of(chart.measure)
        records += dataset.figures_of(dataset.by_id[chart.measure])
        for record in records:
            figure = hasattr(record, "expert")
            href = f"../{dataset.address_of(record.id)}" if figure else f"#{record.id}"
            assert href in drawn, record.id


def test_every_term_is_in_the_glossary(documents, dataset):
    page = documents["glossary/index.html"]
    for term in dataset.article.glossary:
        assert printed(term.term) in words(at(page, term.id))
        paragraph = words(at(page, term.id).getnext())
        assert printed(term.means) in paragraph
        assert all(printed(name) in paragraph for name in term.also)


def test_every_paragraph_is_on_the_page_of_the_article(documents, dataset):
    page = documents["source/index.html"]
    for paragraph in dataset.article.paragraphs:
        section = at(page, paragraph.id)
        assert printed(paragraph.says) in words(section)
        linked = fragments(section)
        for record in (*dataset.positions_resting_on(paragraph), *dataset.figures_in(paragraph)):
            assert dataset.address_of(record.id) in linked, paragraph.id


def test_every_expert_is_introduced(documents, expert_pages, dataset):
    pages = {"": documents["index.html"], "experts/": documents["experts/index.html"]}
    for expert in dataset.article.experts:
        for text in (expert.name, expert.role_line, expert.thesis):
            for page in (*pages.values(), expert_pages[expert.id]):
                assert printed(text) in words(page), expert.id
        for page in pages.values():
            assert expert.address in fragments(page)


def test_every_former_id_still_leads_somewhere(documents, dataset):
    ids = {id for page in documents.values() for id in page.xpath("//@id")}
    for alias in dataset.vocabulary.aliases:
        assert any(slug(alias.old) in id for id in ids), alias.old


# --- Counts ------------------------------------------------------------------------


def numbers(element) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", words(element))]


def test_a_question_says_who_stands_where(compare, documents, question_pages, dataset):
    """In a sentence with every expert in it; the silent share one in the comparison."""
    listed = words(documents["questions/index.html"])
    for question in dataset.article.questions:
        positions = dataset.positions_on(question)
        (lead,) = question_pages[question.id].find_class("lead")
        assert words(lead) == printed(standing(dataset, positions))
        assert words(lead) in listed
        for expert in dataset.article.experts:
            assert printed(expert.short) in words(lead), question.id
        silent = [position for position in positions if position.silent]
        lines = [words(line) for line in at(compare, question.id).find_class("matrix__silent")]
        assert lines == ([printed(standing(dataset, silent))] if silent else [])


def test_descriptions_count_right(compare, documents, dataset):
    article = dataset.article
    description = compare.xpath("string(//meta[@name='description']/@content)")
    assert re.findall(r"\d+", description)[-1] == str(len(article.questions))
    page = documents["questions/index.html"]
    description = page.xpath("string(//meta[@name='description']/@content)")
    assert re.findall(r"\d+", description) == [str(len(article.questions))]


def test_an_expert_s_page_counts_right(expert_pages, dataset):
    for expert in dataset.article.experts:
        positions = dataset.positions_of(expert)
        spoken = [p for p in positions if voice(dataset, p) in ("expert", "third party")]
        strip = expert_pages[expert.id].find_class("measure-strip")[0]
        assert numbers(strip[0]) == [len(spoken), len(positions)]
        total = sum(paragraph.words for paragraph in dataset.paragraphs_of(expert))
        assert numbers(strip[1])[0] == total


def test_the_checks_count_right(documents, dataset):
    page = documents["checks/index.html"]
    checks = dataset.evidence.checks
    assert numbers(page.find_class("lead")[0]) == [len(checks)]


def test_the_timeline_counts_right(documents, dataset):
    page = documents["timeline/index.html"]
    events = dataset.evidence.events
    assert numbers(page.find_class("lead")[0])[0] == len(events)
    (drawn,) = page.find_class("density")
    all_of_it, *rows = drawn.xpath("tbody/tr")
    counts = {words(row[0]): int(words(row[1])) for row in rows}
    assert int(words(all_of_it[1])) == len(events)
    assert counts == {
        printed(upper_first(actor)): sum(actor in event.actors for event in events)
        for actor in {actor for event in events for actor in event.actors}
    }
    for row in (all_of_it, *rows):
        bars = row.xpath(".//rect/@height")
        assert sum(map(int, bars)) == int(words(row[1]))
        said = re.findall(r"(\d+) (?:in|before)", row.xpath(".//svg/@aria-label")[0])
        assert sum(map(int, said)) == int(words(row[1]))


# --- Quotations and citations ------------------------------------------------------


def test_every_quotation_leads_into_the_article(
    compare, documents, expert_pages, question_pages, dataset
):
    address = dataset.article.source.url.partition("#")[0]
    pages = (compare, documents["index.html"], *expert_pages.values(), *question_pages.values())
    for page in pages:
        quotations = page.find_class("quote")
        for quotation in quotations:
            base, _, directive = quotation.find("a").get("href").partition("#:~:text=")
            looked_for = letters(urllib.parse.unquote(directive))
            assert base == address
            assert looked_for and looked_for in letters(words(quotation.find("a")))
    shown = {words(q) for q in compare.iter("q")}
    quoted = {printed(p.quote) for p in dataset.article.positions if p.quote}
    assert quoted <= shown


def test_the_citation_file_and_the_pages_agree(documents, live):
    release = live.release
    for name, page in documents.items():
        assert release.title in page.xpath("string(//title)"), name
        if name != "404.html":
            (date,) = page.xpath("//meta[@name='citation_date']/@content")
            assert date == f"{release.released:%Y/%m/%d}"
            (author,) = page.xpath("//meta[@name='citation_author']/@content")
            assert author == f"{release.author},"
        for box in page.find_class("cite"):
            line = words(box.find_class("cite__line")[0])
            assert printed(release.title) in line
            assert release.version in line and release.released_shown in line
