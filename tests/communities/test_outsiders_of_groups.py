"""An outsider of a group learns nowhere what they may not: that an unlisted one is there, or who turned them down."""

import re
from copy import deepcopy

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from communities.actions import ask_to_join, turn_down
from communities.models import Group
from moderation.actions import report_thing
from tests.factories import comment, post
from tests.factories.groups import group_of
from tests.routes import ROUTES
from tests.scenes import built_once
from tests.world import World, build_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

NAME, WORDS = "Тайная вода", "О чём никто не знает"


def build() -> tuple[World, Group]:
    """Tomasz, Amara and Wei are in it, who stand on many pages; they talk, are invited, ask and report."""
    world = build_world()
    group = group_of(world.tomasz, world.amara, world.wei, name=NAME, about=WORDS, entry="unlisted")
    said = post(world.tomasz, f"{WORDS}: первое", group=group)
    comment(world.amara, said, f"{WORDS}: второе")
    report_thing(said, by=world.amara, reason="other", words=WORDS)
    return world, group


scene = built_once(build)


@pytest.fixture
def world(scene, db) -> World:
    return deepcopy(scene[0])


@pytest.fixture
def unlisted(scene, db) -> Group:
    return deepcopy(scene[1])


@pytest.mark.parametrize("who", ["lina", "blocked", "ines", None])
def test_its_name_and_address_stand_nowhere_for_an_outsider(world, unlisted, who, as_member):
    browser = as_member(getattr(world, who) if who else AnonymousUser())
    found = {}
    searches = [f"{reverse('search')}?q={NAME}", f"{reverse('search')}?q={WORDS}"]
    addresses = {name: route.path(name, world) for name, route in ROUTES.items()}
    addresses |= {address: address for address in searches}
    for name, address in addresses.items():
        answer = browser.get(address)
        text = "" if answer.streaming else answer.content.decode(errors="ignore")
        text = text.replace(NAME, "", text.count(f'value="{NAME}"')) if "?q=" in address else text
        if unlisted.slug in text or "первое" in text or "второе" in text:
            found[name] = address
        if "?q=" not in address and (NAME in text or WORDS in text):
            found[name] = address
    assert not found


def test_those_inside_do_find_it(world, unlisted, as_member):
    """So that the test above can fail."""
    assert NAME in as_member(world.amara).get(reverse("groups")).text
    assert NAME in as_member(world.amara).get("/in/tomasz/").text
    assert unlisted.slug in as_member(world.amara).get("/").text


def test_its_page_looks_like_one_that_isnt_there(world, unlisted, as_member):
    browser = as_member(world.lina)
    pages = [browser.get(address) for address in (unlisted.get_absolute_url(), "/groups/nothing-of-this-name/")]
    assert [page.status_code for page in pages] == [404, 404]
    one, other = (re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", page.text) for page in pages)
    assert one == other


def test_being_turned_down_reads_like_being_unread(world, as_member):
    """Byte for byte, but for tokens: the page of the group and the list of groups."""
    group = group_of(world.ines, entry="request", question="Why?")
    asked = ask_to_join(group, by=world.lina, answer="So")
    browser, addresses = as_member(world.lina), [group.get_absolute_url(), reverse("groups")]

    def read() -> list[str]:
        return [re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", browser.get(address).text) for address in addresses]

    before = read()
    turn_down(asked, by=world.ines)
    assert read() == before
