"""What holds on every page: nothing that axe finds, nothing on the console, nothing wider than the screen."""

import pytest

from tests.browser.axe import bring_axe, violations_in_light_and_dark
from tests.browser.conftest import OpenPage
from tests.routes import PAGES, path_of
from tests.world import World, build_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("unmailed")]

TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
VIEWERS = ["visitor", "ines", "bounced"]
SMALL_TARGETS = """() => [...document.querySelectorAll('main button, main a.btn, nav.places a, summary')]
  .filter(element => element.checkVisibility() && !element.ariaHidden && element.getBoundingClientRect().height < 24)
  .map(element => element.textContent.trim() || element.outerHTML.slice(0, 80))"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def world() -> World:
    return build_world()


def pages_of(viewer: str, world: World) -> list[tuple[str, str]]:
    return [(name, path_of(name, world)) for name, who in PAGES if who == viewer]


@pytest.mark.parametrize("viewer", VIEWERS)
def test_axe_finds_nothing_on_any_page_in_light_and_dark(open_page: OpenPage, world: World, viewer: str):
    page = open_page(as_=getattr(world, viewer, None), bypass_csp=True)
    bring_axe(page)
    found = {}
    for name, path in pages_of(viewer, world):
        page.goto(path)
        if violated := violations_in_light_and_dark(page, runOnly=RULES):
            found[name] = violated
    assert not found


@pytest.mark.parametrize("viewer", VIEWERS)
def test_no_page_is_wider_than_a_small_phone_or_has_small_targets_or_complains(
    open_page: OpenPage, world: World, viewer: str
):
    """That the console stays silent is what `open_page` holds at the end."""
    page = open_page(as_=getattr(world, viewer, None), width=320, height=640, has_touch=True)
    too_wide, too_small = {}, {}
    for name, path in pages_of(viewer, world):
        page.goto(path)
        if found := page.evaluate(TOO_WIDE):
            too_wide[name] = found
        page.set_viewport_size({"width": 390, "height": 844})
        if found := page.evaluate(SMALL_TARGETS):
            too_small[name] = found
        page.set_viewport_size({"width": 320, "height": 640})
    assert not too_wide
    assert not too_small
