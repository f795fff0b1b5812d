"""The focus is always seen: on the screen, under nothing, with a ring that stands out.

Every control of every page takes the focus by a call, because thousands of
presses of Tab would take minutes; on some pages Tab is pressed in earnest.
"""

import pytest

# Width of the window, and the colours that are looked at there.
WALKS = {360: "light", 1024: "dark", 1280: "light"}
HEIGHT = 740
PRESSES = 80

# What is wrong with the element that has the focus now; nothing where all is well.
LOOK = """() => {
  document.head.insertAdjacentHTML(
    "beforeend", "<style>* { transition: none !important }</style>");
  const parts = (colour) => (colour.match(/[\\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
  const over = (top, below) => {
    const [r, g, b, alpha = 1] = top;
    return [r, g, b].map((v, i) => v * alpha + below[i] * (1 - alpha));
  };
  const backdrop = (e) => {
    if (!e) return [255, 255, 255];
    const colour = parts(getComputedStyle(e).backgroundColor);
    return colour[3] === undefined ? colour : over(colour, backdrop(e.parentElement));
  };
  const luminance = (colour) => colour.map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (a, b) => {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  const ring = (e) => {
    const style = getComputedStyle(e);
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return 0;
    const behind = parseFloat(style.outlineOffset) < 0 ? e : e.parentElement;
    return contrast(parts(style.outlineColor).slice(0, 3), backdrop(behind));
  };
  window.wrong = (e) => {
    // A radio button that is not seen itself is drawn by what follows it.
    const drawn = e.matches("input[type=radio]") ? e.nextElementSibling : e;
    const box = drawn.getClientRects()[0];
    if (!box || !box.width || !e.checkVisibility({ visibilityProperty: true })) return "not there";
    if (box.left < 0 || box.right > innerWidth + 1) return "beside the screen";
    if (box.bottom < 0 || box.top > innerHeight) return "above or below the screen";
    const x = Math.min(Math.max((box.left + box.right) / 2, 0), innerWidth - 1);
    const y = box.top + Math.min(box.height, innerHeight) / 2;
    const top = document.elementFromPoint(x, y);
    if (!top) return "half off the screen";
    const shown = [e, drawn].some((one) => one === top || one.contains(top) || top.contains(one));
    if (!shown) return `under ${top.className || top.tagName}`;
    const found = Math.max(ring(e), ring(drawn));
    return found < 3 ? `a ring of ${found.toFixed(2)}:1` : "";
  };
}"""
WALK = """async () => {
  const controls = [...document.querySelectorAll(
    'a[href], button, input, summary, select, textarea, [tabindex]')]
    .filter((e) => e.tabIndex >= 0 && e.checkVisibility({ visibilityProperty: true }))
    .filter((e) => !e.matches("[type=radio]:not(:checked)"));  // arrows lead to the others
  const found = [];
  let count = 0;
  for (const e of controls) {
    if (e.matches(".md-search__input")) continue;  // it opens the search over the page
    e.focus();
    if (document.activeElement !== e) continue;
    count += 1;
    let problem = wrong(e);
    if (problem) {  // the theme moves its menus a moment after the page
      await new Promise((done) => setTimeout(done, 200));
      problem = wrong(e);
    }
    if (problem) found.push([problem, e.outerHTML.slice(0, 120)]);
  }
  return [count, found.slice(0, 5)];
}"""
ACTIVE = """() => {
  const e = document.activeElement;
  if (e === document.body) return "";
  const problem = wrong(e);
  return problem && `${problem}: ${e.outerHTML.slice(0, 120)}`;
}"""


@pytest.mark.parametrize("width", WALKS)
def test_every_control_of_every_page_shows_its_focus(open_page, live, width):
    size = {"width": width, "height": HEIGHT}
    page = open_page("about:blank", viewport=size, color_scheme=WALKS[width])
    wrong = {}
    for address in [*live.pages, "no/such/page/"]:
        page.goto(live.url + address)
        page.evaluate(LOOK)
        count, found = page.evaluate(WALK)
        assert count > 5, address
        if found:
            wrong[address] = found
    assert wrong == {}


@pytest.mark.parametrize("width", WALKS)
def test_tab_never_loses_the_focus(open_page, small, width):
    size = {"width": width, "height": HEIGHT}
    page = open_page("about:blank", viewport=size, color_scheme=WALKS[width])
    for address in ("", "compare/", small.dataset.article.experts[0].address):
        page.goto(small.url + address)
        page.evaluate(LOOK)
        for key in ["Tab"] * PRESSES + ["Shift+Tab"] * (PRESSES // 2):
            page.keyboard.press(key)
            for _ in range(20):  # what the theme opens and shuts takes a moment
                if not (problem := page.evaluate(ACTIVE)):
                    break
                page.wait_for_timeout(50)
            assert problem == "", address


def test_keys_open_the_menu_of_a_phone_and_shut_it(open_page, small):
    page = open_page(small.url, viewport={"width": 360, "height": HEIGHT})
    page.evaluate(LOOK)
    page.get_by_role("button", name="Menu").press("Enter")
    listed = [
        link.get_attribute("href") for link in page.locator(".md-nav--primary a:visible").all()
    ]
    assert len(listed) > len(small.dataset.article.experts)
    reached = []
    for _ in listed:
        page.wait_for_function(f"({ACTIVE})() === ''")
        reached.append(page.evaluate("document.activeElement.getAttribute('href')"))
        page.keyboard.press("Tab")
    assert reached == listed
    page.locator(".md-nav--primary a").last.focus()
    page.keyboard.press("Escape")
    assert not page.locator("#__drawer").is_checked()
    assert page.evaluate("document.activeElement.ariaLabel") == "Menu"


def test_a_hidden_focus_is_noticed(open_page, small):
    page = open_page(f"{small.url}source/")
    page.evaluate(LOOK)
    for style, expected in (
        ("position: fixed; left: -99px", "beside the screen"),
        ("position: fixed; top: -99px", "above or below the screen"),
        ("position: fixed; top: 9px; z-index: -1", "under"),
        ("outline: none !important", "a ring of 0.00:1"),
        ("outline: 3px solid #ddd !important", "a ring of"),
    ):
        page.evaluate(
            """(style) => {
              const link = document.querySelector('article p a');
              link.style = style;
              link.blur();
              link.focus();
            }""",
            style,
        )
        assert page.evaluate("wrong(document.activeElement)").startswith(expected), style
