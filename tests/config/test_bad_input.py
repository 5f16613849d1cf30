"""Whatever somebody puts into an address or a form, the site answers; it never breaks."""

import re

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from messaging.actions import send_message
from messaging.models import Conversation
from profiles.models import Position, Skill
from tests.factories import comment, follow, post, request

pytestmark = pytest.mark.django_db

NUMBERS = [str(2**63), "9" * 40]
WORDS = ["%00", "%FF%E2%80%AE%F0%9F%A6%8A"]
ASKED = ["q", "after", "before", "at", "from", "state", "sort", "page", "next", "v", "archived", "p", "o"]
TYPED = [
    "first_name", "last_name", "headline", "place", "about", "time_zone", "handle", "name", "level", "title",
    "organization", "started_year", "started_month", "ended_year", "ended_month", "description", "school", "degree",
    "kind", "value", "audience", "preferred", "text", "comments_from", "key", "context", "note", "email", "next",
    "look", "list", "for", "quiet", "basis", "show", "shown", "reason", "words", "wanted", "from", "password", "door",
    "login", "looking_for", "recruiter", "profile_audience", "connections_audience", "followers_from", "photo",
    "picture_1", "description_1", "title", "page", "saves", "remove", "oldpassword", "password1", "password2", "code",
]  # fmt: skip
BAD = ["a\0b", "9" * 4400, "\u202e\u200b" * 3000]


def routes(patterns, before=""):
    """Every route written with `path`, as one reads it in the URL confs; not the admin's."""
    for entry in patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver) and entry.app_name != "admin":
            yield from routes(entry.url_patterns, route)
        elif isinstance(entry, URLPattern) and "^" not in route:
            yield route


ROUTES = sorted(set(routes(get_resolver().url_patterns)))


@pytest.fixture
def numbers(ines, tomasz, amara, lina) -> dict[str, int]:
    """Things that Ines sees or has, by the beginning of the routes that lead to them."""
    mine = post(ines)
    follow(ines, lina)
    conversation = Conversation.objects.get()
    message = send_message(conversation, by=ines, text="Hello")
    return {
        "posts/": mine.pk,
        "comments/": comment(ines, mine).pk,
        "messages/edit": message.pk,
        "messages/delete": message.pk,
        "messages/": conversation.pk,
        "skills/": Skill.objects.create(member=lina, name="Bridges").pk,
        "network/requests/": request(amara, ines).pk,
        "profile/": Position.objects.create(member=ines, organization="Vantage").pk,
        "report/": post(tomasz).pk,
    }


@pytest.fixture
def ask(as_member, ines):
    """Ask as Ines, and undo what it did; answers with the status."""
    cookie = as_member(ines).cookies[settings.SESSION_COOKIE_NAME].value

    def ask(method: str, address: str, *typed, **options) -> int:
        client = Client(raise_request_exception=False)
        client.cookies[settings.SESSION_COOKIE_NAME] = cookie
        with transaction.atomic():
            status = getattr(client, method)(address, *typed, **options).status_code
            transaction.set_rollback(True)
        return status

    return ask


def address(route: str, *, number: str, word: str, name: str = "positions") -> str:
    filled = re.sub(r"<int:\w+>", number, route).replace("<str:name>", name)
    return "/" + re.sub(r"<(?:\w+:)?\w+>", word, filled)


def test_no_address_breaks(ask):
    bad = [(number, "ines") for number in NUMBERS] + [("48", word) for word in WORDS]
    there = {
        address(route, number=number, word=word, name=word if word != "ines" else "positions")
        for route in ROUTES
        for number, word in bad
        if "<" in route
    }
    assert len(there) > 100
    assert [one for one in sorted(there) for method in ("get", "post") if ask(method, one) >= 500] == []


def test_nothing_that_is_asked_or_typed_breaks_a_page(ask, numbers):
    assert len(ROUTES) > 80
    assert [
        (there, bad[:9])
        for there in (_with_something_there(route, numbers) for route in ROUTES)
        for bad in BAD
        if ask("get", there, dict.fromkeys(ASKED, bad)) >= 500
        or ask("post", there, dict.fromkeys(TYPED, bad), headers={"HX-Request": "true"}) >= 500
    ] == []


def _with_something_there(route: str, numbers: dict[str, int]) -> str:
    number = next((pk for beginning, pk in numbers.items() if route.startswith(beginning)), 1)
    word = {"report": "post", "in": "lina", "messages": "tomasz", "settings": "sight"}.get(route.split("/")[0], "ines")
    return address(route, number=str(number), word=word)
