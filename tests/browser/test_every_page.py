"""What holds on every page: nothing that axe finds, nothing on the console, nothing wider than the screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.axe import bring_axe, violations_in_light_and_dark
from tests.browser.conftest import OpenPage
from tests.routes import PAGES, path_of
from tests.world import World, build_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("unmailed")]

TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL_PHONE = {"width": 320, "height": 640, "has_touch": True}
PHONE = {"width": 390, "height": 844, "has_touch": True}
DESKTOP = {"width": 1280, "height": 900, "has_touch": False}
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
def test_axe_finds_nothing_on_any_page_in_light_and_dark_and_each_fits_a_phone(
    open_page: OpenPage, world: World, viewer: str
):
    """One visit to each page. `open_page` holds at the end that the console was silent."""
    page = open_page(as_=getattr(world, viewer, None))
    bring_axe(page)
    turn_into = screens_of(page)
    wrong = {}
    for name, path in pages_of(viewer, world):
        turn_into(**DESKTOP)
        page.goto(path)
        wrong[name, "violated"] = violations_in_light_and_dark(page, runOnly=RULES)
        turn_into(**SMALL_PHONE)
        wrong[name, "wider than the screen"] = page.evaluate(TOO_WIDE)
        turn_into(**PHONE)
        wrong[name, "too small to touch"] = page.evaluate(SMALL_TARGETS)
    assert not {where: found for where, found in wrong.items() if found}


def screens_of(page: Page) -> Callable[..., None]:
    """A function that gives a page another screen. To be touched no more is for the page that is opened next."""
    developer = page.context.new_cdp_session(page)

    def turn_into(*, width: int, height: int, has_touch: bool) -> None:
        page.set_viewport_size({"width": width, "height": height})
        developer.send("Emulation.setTouchEmulationEnabled", {"enabled": has_touch})

    return turn_into


def test_a_phone_is_touched_and_a_desktop_has_a_mouse(open_page: OpenPage):
    page = open_page()
    turn_into = screens_of(page)
    for path in ("/", "/search/", "/accounts/login/"):
        turn_into(**DESKTOP)
        page.goto(path)
        assert page.evaluate("innerWidth === 1280 && matchMedia('(pointer: fine) and (hover: hover)').matches"), path
        for width, phone in ((320, SMALL_PHONE), (390, PHONE)):
            turn_into(**phone)
            assert page.evaluate(f"innerWidth === {width} && matchMedia('(pointer: coarse)').matches"), path
