"""Every page in a real Chromium: nothing is in a reader's way.

Every page of the live site is visited by day on a wide screen, and one of each
kind by night on a phone; test_colours.py has the other two combinations.
"""

from collections import Counter

import pytest
from visits import LINK_NAMES, NOWHERE, SIZES, SMALL_LINKS, UNFOLD, WITHOUT_LINK, axe, wider_than


@pytest.fixture(scope="module")
def day(sweeps):
    return sweeps["day"].result()


@pytest.fixture(scope="module")
def night(sweeps):
    return sweeps["night"].result()


@pytest.fixture(scope="module")
def visits(day, night):
    return [*day, *night]


def test_axe_finds_nothing_by_day_on_a_wide_screen(day):
    assert {visit.address: visit.violations for visit in day if visit.violations} == {}


def test_axe_finds_nothing_by_night_on_a_phone(night):
    assert {visit.address: visit.violations for visit in night if visit.violations} == {}


def test_nothing_scrolls_sideways(visits):
    assert [(visit.address, visit.too_wide) for visit in visits if visit.too_wide] == []


def test_every_small_link_is_large_enough_to_hit(visits):
    assert {visit.address: visit.small for visit in visits if visit.small} == {}


def test_every_record_offers_a_link_to_itself(visits):
    assert {visit.address: visit.without_link for visit in visits if visit.without_link} == {}


def test_every_link_to_a_record_has_a_name(day):
    named = [visit for visit in day if visit.names]
    assert named
    assert [visit.address for visit in named if not all(visit.names)] == []


def test_links_to_records_are_told_apart_by_name(day, notice):
    """Two records may have one name in the data, so this stops no edit."""
    for visit in day:
        twice = [name for name, count in Counter(visit.names).items() if count > 1]
        if twice:
            notice(f"/{visit.address} has several links named {twice}")


def test_the_console_is_silent(visits):
    assert {v.address: v.errors for v in visits if v.errors and v.address != NOWHERE} == {}


def test_nothing_is_asked_of_another_site(visits, live):
    asked = {request for visit in visits for request in visit.requests}
    assert asked
    assert [address for address in asked if not address.startswith((live.url, "data:"))] == []


def test_the_small_site_passes_too(sweeps):
    for visit in sweeps["small"].result():
        found = (visit.violations, visit.too_wide, visit.small, visit.without_link)
        assert found == ([], [], [], []), visit.address
        assert len(visit.names) == len(set(visit.names)), visit.address
        assert not visit.errors or visit.address == NOWHERE


def test_axe_finds_nothing_with_parts_opened(open_page, small):
    page = open_page(f"{small.url}compare/#show-{small.dataset.article.experts[0].id}")
    assert page.locator(".only:target").is_visible()
    assert axe(page) == []
    question = small.dataset.article.questions[0]
    for address in ("compare/", "checks/", "outcomes/", "timeline/", question.address):
        page.goto(small.url + address)
        page.evaluate(UNFOLD)
        assert axe(page) == []


def test_the_visits_can_find_something(open_page, small):
    page = open_page(f"{small.url}compare/")
    page.evaluate("""() => {
      document.querySelector('h1').innerHTML = '<a href=x></a>';
      document.querySelector('article').insertAdjacentHTML(
        'beforeend', '<div style="width: 400vw">wide <a class=permalink href=y>.</a></div>');
      document.querySelector('article td .permalink').remove();
    }""")
    spoken = next(p for p in small.dataset.article.positions if not p.silent)
    assert "link-name" in dict(axe(page))
    assert wider_than(page, SIZES["wide"]["width"])
    assert None in page.evaluate(LINK_NAMES)
    assert page.evaluate(WITHOUT_LINK) == [spoken.id]
    page.add_style_tag(content=".permalink { min-width: 0 !important }")
    assert page.evaluate(SMALL_LINKS)
