"""No text of the site missed translation, and a longer language from right to left breaks no page."""

import pytest
from django.contrib.contenttypes.models import ContentType

from tests.browser.conftest import OpenPage
from tests.pseudo import LANGUAGE, pseudo_locale
from tests.routes import PAGES, path_of
from tests.world import World, build_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("unmailed")]

UNTRANSLATED = """() => {
  const found = new Set();
  const outside = (text) => text.replace(/⟦[^⟦⟧]*(⟦[^⟦⟧]*⟧[^⟦⟧]*)*⟧/g, ' ')
    .replace(/\\S+@\\S+|https?:\\S+|\\/\\S+\\/|[\\w-]+(\\.[\\w-]+)+/g, ' ');
  const note = (text, where) => {
    const words = outside(text).match(/[A-Za-z]{2,}/g);
    if (words) found.add(`${where}: ${words.join(' ').slice(0, 80)}`);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent.closest('script, style, code, option, [data-handle], textarea')) continue;
    note(parent.tagName === 'OPTION' ? '' : walker.currentNode.textContent, parent.tagName.toLowerCase());
  }
  for (const attribute of ['aria-label', 'placeholder', 'title', 'alt', 'aria-description'])
    for (const element of document.querySelectorAll(`body [${attribute}]`))
      note(element.getAttribute(attribute), attribute);
  note(document.title, 'title');
  return [...found];
}"""
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def world(settings) -> World:
    settings.LANGUAGES = [("en", "English"), (LANGUAGE, "Pseudo")]
    ContentType.objects.clear_cache()
    return build_world()


@pytest.mark.parametrize("viewer", ["visitor", "ines", "bounced"])
def test_every_text_goes_through_translation_and_no_page_breaks(open_page: OpenPage, world: World, viewer):
    missed, too_wide, widths = {}, {}, [390, 1280]
    with pseudo_locale():
        page = open_page(as_=getattr(world, viewer, None), locale=LANGUAGE)
        for name, path in [(name, path_of(name, world)) for name, who in PAGES if who == viewer]:
            page.goto(path)
            assert page.evaluate("document.documentElement.dir") == "rtl", name
            if found := page.evaluate(UNTRANSLATED):
                missed[name] = found
            widths.reverse()  # the page opens as wide as the one before it ended
            for width in widths:
                page.set_viewport_size({"width": width, "height": 900})
                if found := page.evaluate(TOO_WIDE):
                    too_wide[name, width] = found
    assert not missed
    assert not too_wide
