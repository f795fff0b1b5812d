"""The feed: what is new, as programs that gather news read it (RFC 4287)."""

import datetime
import xml.etree.ElementTree as ET

import pytest
from making import SITE, Html, changed, with_section

ATOM = "{http://www.w3.org/2005/Atom}"
PAGES = {"outcomes": "docs/outcomes.md", "method": "includes/corrections.md"}


def parsed(files):
    return ET.fromstring(files["docs/feed.xml"].encode())


def entries(files):
    """Every entry: its id, its day and its title."""
    return [
        (text(entry, "id"), text(entry, "updated")[:10], text(entry, "title"))
        for entry in parsed(files).iter(f"{ATOM}entry")
    ]


def text(element, name):
    """The text of the one child of a name."""
    (found,) = element.findall(ATOM + name)
    return found.text


def test_the_feed_has_what_the_standard_asks_for(files):
    feed = parsed(files)
    assert feed.tag == f"{ATOM}feed"
    assert text(feed, "id") == SITE
    assert text(feed, "title") == "Three answers on one loaf"
    assert text(feed.find(f"{ATOM}author"), "name") == "The Bread Project; Friends of the Loaf"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"self": f"{SITE}feed.xml", "alternate": SITE}
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        day = datetime.datetime.fromisoformat(text(element, "updated"))
        assert day.tzinfo is not None
        assert text(element, "title")
    assert text(feed, "updated") == max(text(e, "updated") for e in feed.iter(f"{ATOM}entry"))


def test_the_version_corrections_and_outcomes_are_told_the_latest_first(files):
    assert entries(files) == [
        (f"{SITE}#version-1.2.3", "2021-07-01", "Version 1.2.3"),
        (f"{SITE}method/#k-loaf", "2021-07-01", "Corrected: Baker: price of a loaf"),
        (f"{SITE}outcomes/#o-price", "2021-07-01", "What happened: A higher price in two towns"),
        (f"{SITE}outcomes/#o-title", "2021-06-30", "What happened: Whether bread gets dearer"),
        (
            f"{SITE}method/#k-towns",
            "2021-06-28",
            "Corrected: A higher price in two towns, Baker: price of a loaf",
        ),
    ]


def test_an_entry_says_the_verdict_with_what_it_judges(files):
    texts = [text(entry, "content") for entry in parsed(files).iter(f"{ATOM}entry")]
    assert (
        "The price rises in two towns. Verdict on that: in part. It rose in one of them." in texts
    )
    assert (
        "The title asks whether bread gets dearer. The answer so far: dearer in Millford since "
        "June. The price went up in June."
    ) in texts


def test_entries_lead_to_records_and_are_told_apart(files):
    ids = [id for id, _, _ in entries(files)]
    assert len(set(ids)) == len(ids)
    for entry in parsed(files).iter(f"{ATOM}entry"):
        (link,) = entry.findall(f"{ATOM}link")
        address, _, anchor = link.get("href").removeprefix(SITE).partition("#")
        page = PAGES.get(address.strip("/"))
        assert address == "data/" or f'id="{anchor}"' in files[page], link.get("href")


def test_a_record_that_changes_again_is_one_entry_with_a_new_day(dataset, render, files):
    day = datetime.date(2021, 7, 2)
    found = entries(render(changed(dataset, "o-price", changed=day)))
    assert found[0] == (f"{SITE}outcomes/#o-price", "2021-07-02", entries(files)[2][2])
    assert sorted(id for id, _, _ in found) == sorted(id for id, _, _ in entries(files))


def test_a_correction_of_no_record_is_told_too(dataset, render):
    files = render(changed(dataset, "k-loaf", concerns=[]))
    assert (f"{SITE}method/#k-loaf", "2021-07-01", "Corrected") in entries(files)


def test_a_site_without_corrections_has_a_feed(dataset, render):
    bare = with_section(with_section(dataset, "outcomes", []), "corrections", [])
    bare = with_section(with_section(bare, "sequels", []), "checks", [])
    assert len(entries(render(bare))) == 1


@pytest.mark.parametrize("sign", ["</content>", "]]>", "&amp;", "<!--", "'\""])
def test_signs_in_texts_stay_text(dataset, render, sign):
    says = f"It was {sign} once."
    files = render(changed(dataset, "k-loaf", says=says))
    shown = says.replace("'", "’")
    assert shown in [text(e, "content") for e in parsed(files).iter(f"{ATOM}entry")]
    assert shown in " ".join(e.text for e in Html(files["includes/corrections.md"]).all("dd"))


def test_corrections_are_listed_the_latest_first_with_their_day(files):
    found = Html(files["includes/corrections.md"])
    assert [e.attributes["id"] for e in found.all("div")] == ["k-loaf", "k-towns"]
    assert [e.text for e in found.all("dt")] == ["1 July 2021", "28 June 2021"]
    links = [e.attributes["href"] for e in found.all("a")]
    assert links == [
        "../questions/price/#f-loaf--baker",
        "../outcomes/#o-price",
        "../questions/price/#q-price--baker",
    ]


def test_every_page_leads_to_the_feed(files):
    for name in [name for name in files if name.startswith("overrides/head/")]:
        assert (
            f'type="application/atom+xml" title="Three answers on one loaf" href="{SITE}feed.xml"'
            in files[name]
        )
