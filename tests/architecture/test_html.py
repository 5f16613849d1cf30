"""Every page is valid HTML: no parse error, no id twice, no reference to an id that isn't there.

And the same HTML whether Django's engine renders it or the functions that templates become (`config.compiled`).
"""

import re
from copy import deepcopy

import pytest
from justhtml import JustHTML

from tests.compiled import both_ways  # noqa: F401
from tests.routes import PAGES, path_of
from tests.scenes import built_once
from tests.world import World, build_world

ID = re.compile(r'\sid="([^"]+)"')
CUTS = re.compile(r"<textarea\b[^>]*\smaxlength=")  # what is pasted, without a word
REFERENCE = re.compile(r'\s(?:for|aria-labelledby|aria-describedby|aria-controls|popovertarget|form)="([^"]+)"')


scene = built_once(build_world)


@pytest.fixture
def world(scene, db) -> World:
    return deepcopy(scene)


@pytest.mark.parametrize("viewer", ["visitor", "ines", "bounced"])
def test_every_page_is_valid_html(world, client, viewer, both_ways):  # noqa: F811
    if viewer != "visitor":
        client.force_login(getattr(world, viewer), backend="accounts.backends.MemberBackend")
    found = {}
    for name in [name for name, who in PAGES if who == viewer]:
        html = client.get(path_of(name, world)).content.decode()
        if problems := problems_of(html):
            found[name] = problems
    assert not found
    assert not both_ways


def test_the_check_finds_what_is_wrong():
    assert problems_of("<!doctype html><html><head><title>x</title></head><body><p id='a'></div></body></html>")
    page = "<!doctype html><html><head><title>x</title></head><body>{}</body></html>"
    assert problems_of(page.format('<p id="a"></p><p id="a"></p>')) == ["id twice: a"]
    assert problems_of(page.format('<label for="b">B</label>')) == ["no such id: b"]
    assert problems_of(page.format('<textarea name="c" maxlength="9"></textarea>')) == [
        "a limit that cuts what is pasted"
    ]
    assert not problems_of(page.format('<label for="b">B</label><input id="b"><textarea name="c"></textarea>'))


def problems_of(html: str) -> list[str]:
    problems = [str(error) for error in JustHTML(html, collect_errors=True).errors]
    ids = ID.findall(html)
    problems += [f"id twice: {twice}" for twice in sorted({one for one in ids if ids.count(one) > 1})]
    references = {one for value in REFERENCE.findall(html) for one in value.split()}
    problems += ["a limit that cuts what is pasted"] * len(CUTS.findall(html))
    return problems + [f"no such id: {missing}" for missing in sorted(references - set(ids))]
