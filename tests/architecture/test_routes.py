"""The table of route × viewer: product.md §2 says who gets what; an address that isn't in the table fails."""

import re
from copy import deepcopy

import pytest

from tests.architecture.policy import is_strict
from tests.routes import ROUTES, SIGN_IN, VIEWERS, named_routes
from tests.scenes import built_once
from tests.world import World, build_world

NO_PAGES = {"favicon.ico"}


scene = built_once(build_world)


@pytest.fixture
def world(scene, db) -> World:
    return deepcopy(scene)


def viewer_in(world: World, name: str):
    return {"visitor": None, "ines": world.ines, "stranger": world.lina, "blocked": world.blocked}[name]


def test_every_address_stands_in_the_table():
    listed = {name.partition(" ")[0] for name in ROUTES}
    assert named_routes() - NO_PAGES == listed


@pytest.mark.parametrize("viewer", VIEWERS)
def test_every_address_answers_each_viewer_as_the_table_says_and_with_a_strict_policy(world, client, viewer):
    if member := viewer_in(world, viewer):
        client.force_login(member, backend="accounts.backends.MemberBackend")
    wrong, loose = {}, []
    for name, route in ROUTES.items():
        answer = client.get(route.path(name, world))
        to_sign_in = answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")
        found = SIGN_IN if to_sign_in else answer.status_code
        if found != route.status(viewer):
            wrong[name] = f"{found}, not {route.status(viewer)}"
        if not is_strict(answer):
            loose.append(f"{name}: {answer.headers}")
    assert not wrong, "\n".join(f"{name}: {what}" for name, what in wrong.items())
    assert not loose, "\n".join(loose)


@pytest.mark.parametrize(
    ("who", "leads_to"), [("newcomer", "/welcome/"), ("leaver", "/settings/leaving/")], ids=["newcomer", "leaver"]
)
def test_who_isnt_there_yet_or_is_leaving_is_led_to_one_page_from_everywhere(world, client, who, leads_to):
    client.force_login(getattr(world, who), backend="accounts.backends.MemberBackend")
    for name, route in ROUTES.items():
        if route.page and name not in {"welcome", "leaving", "join", "claim", "unsubscribe"}:
            answer = client.get(route.path(name, world))
            assert answer.status_code == 302, name
            assert answer["Location"] == leads_to, name


def test_what_may_not_be_known_looks_like_what_isnt_there(world, client):
    client.force_login(world.lina, backend="accounts.backends.MemberBackend")
    for name, nowhere in (
        ("post for connections", "/posts/999999/"),
        ("conversation", "/messages/999999/"),
        ("profile of a suspended member", "/in/nobody-of-this-name/"),
        ("profile of one who leaves", "/in/nobody-of-this-name/"),
        ("profile_connections", "/in/nobody-of-this-name/connections/"),
    ):
        answer, nothing = client.get(ROUTES[name].path(name, world)), client.get(nowhere)
        assert answer.status_code == nothing.status_code == 404
        assert without_tokens(answer.content) == without_tokens(nothing.content), name


def without_tokens(content: bytes) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", content)
