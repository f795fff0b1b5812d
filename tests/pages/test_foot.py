"""The foot of every page: the way to who keeps the site, as mkdocs.yml has it."""

import re

import jinja2
import pytest
from projects import ROOT

GITHUB = "https://github.com/NAME/REPO"
FORM = f"{GITHUB}/issues/new?template=correction.yml"
PAGE = "https://name.github.io/REPO/compare/"


def foot(page: str | None = PAGE, **extra: str) -> dict[str, str]:
    """The links of the foot by what they say, and under "" its sentences."""
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(ROOT / "overrides"))
    environment.filters["url"] = lambda address: address
    template = environment.get_template("site/footer.html")
    config = {"extra": extra}
    text = template.render(config=config, page=page and {"canonical_url": page})
    links = {name: href for href, name in re.findall(r'<a href="(.+?)">(.+?)</a>', text)}
    return links | {"": " ".join(re.findall(r"<p>(.+?)</p>", text))}


def test_the_form_for_corrections_knows_the_page():
    assert foot(repository=GITHUB)["Correct this page"] == f"{FORM}&amp;page={PAGE}"
    assert foot(repository=f"{GITHUB}/", page=None)["Correct this page"] == FORM
    fields = (ROOT / ".github/ISSUE_TEMPLATE/correction.yml").read_text(encoding="utf-8")
    assert "\n    id: page\n" in fields, "the form takes the page by this name"


def test_another_host_has_another_form():
    assert foot(repository="https://git.example/x")["Correct this page"] == "https://git.example/x"


@pytest.mark.parametrize(
    ("contact", "href"),
    [
        ("desk@example.org", "mailto:desk@example.org"),
        ("https://example.org/@desk", "https://example.org/@desk"),
    ],
)
def test_a_contact_is_an_address_of_mail_or_of_a_page(contact, href):
    found = foot(contact=contact)
    assert found["Contact"] == href and found[""] == ""


def test_who_keeps_the_site_is_said_where_it_is_known():
    assert foot(repository=GITHUB, maintainer="A desk")[""] == "Kept by A desk."


def test_where_nobody_is_named_no_link_pretends_so():
    found = foot()
    assert "Contact" not in found and "Correct this page" not in found
    assert "names no contact" in found[""]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.search(r"^## .*[Cc]ontact", readme, re.MULTILINE)
