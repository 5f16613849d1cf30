"""Whoever is out of sight is named nowhere, whatever they did before; what is said in a group stays in it (§2, §14)."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.actions import block_member, leave, suspend_member
from accounts.models import User
from feed.actions import congratulate
from network.models import SuggestedTo
from tests.factories import (
    MemberFactory,
    allow,
    answer_each_other,
    celebration,
    comment,
    connect,
    introduce,
    pass_on,
    post,
    recommend,
    request,
)
from tests.factories.events import put_up_event, seat
from tests.factories.groups import group_of
from tests.network.test_silent_decline import without_tokens
from tests.network.test_silent_introductions import beyond_all_numbers, number_from

pytestmark = pytest.mark.usefixtures("unmailed")

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PAGES = [
    "/",
    "/notices/",
    "/network/",
    "/network/sent/",
    "/network/introductions/",
    "/network/introductions/answered/",
    "/network/suggestions/",
    "/network/recommendations/",
    "/network/recommendations/written/",
    "/network/following/",
    "/search/people/?q=river",
]
OF_EACH = ["profile", "ask_to_connect", "ask_for_introduction", "activity", "profile_posts", "profile_recommendations"]


@pytest.fixture
def noor(db) -> User:
    return MemberFactory(first_name="Noor", last_name="Haddad", handle="noor", headline="River engineer")


@pytest.fixture
def ghost(noor) -> User:
    return MemberFactory(
        first_name="Ghost", last_name="Phantom", handle="ghost", public=True, headline="River engineer"
    )


def everything(client, *members: User) -> dict[str, str]:
    """What a viewer reads on their own pages, and on all about some members."""
    pages = [*PAGES, *(reverse(name, args=[member.handle]) for name in OF_EACH for member in members)]
    return {page: client.get(page, follow=True).text for page in pages}


GONE = {
    "suspended": lambda ghost, noor: suspend_member(ghost, by=MemberFactory(is_staff=True)),
    "leaving": lambda ghost, noor: leave(by=ghost),
    "blocks": lambda ghost, noor: block_member(noor, by=ghost),
    "blocked": lambda ghost, noor: block_member(ghost, by=noor),
}


def does_everything(ghost: User, noor: User, yan: User, asks: User, introduced: User) -> None:
    """All that could leave a name on one of Noor's pages."""
    for member in (noor, yan, asks, introduced):
        connect(ghost, member)
    connect(noor, yan)
    recommend(ghost, noor, approved=True)
    recommend(ghost, yan, approved=True)
    recommend(noor, ghost, approved=True)
    for position in (celebration(noor), celebration(yan)):
        congratulate(position, by=ghost)
    celebration(ghost, to="public")
    written = post(ghost, "Ghostly words", audience="public")
    comment(yan, written, "Said to a Ghost")
    pass_on(yan, written)
    answer_each_other(noor, ghost, written)
    introduce(introduced, noor, through=ghost)
    allow(ghost, asker=asks, to=noor)
    request(asks, noor, context="introduced", named=ghost)


@pytest.mark.parametrize("how", GONE)
def test_whoever_is_gone_is_named_on_no_page(as_member, noor, ghost, how):
    others = [MemberFactory(first_name=name, last_name="Petit") for name in ("Yan", "Ada", "Eve")]
    with time_machine.travel(NOW - timedelta(days=2), tick=False):
        does_everything(ghost, noor, *others)
    with time_machine.travel(NOW, tick=False):
        here = everything(as_member(noor), *others)
        assert {"/", "/notices/", "/network/", "/network/introductions/"} <= {
            page for page, text in here.items() if "Ghost" in text
        }
        GONE[how](ghost, noor)
        gone = everything(as_member(noor), *others)
    assert not {page for page, text in gone.items() if "Ghost" in text or "Phantom" in text or "/in/ghost/" in text}


def talk_among_themselves(one: User, other: User) -> None:
    """In a group that nobody else knows of."""
    group = group_of(one, other, name="Unheard", entry="unlisted")
    comment(one, post(other, "Unheard words", group=group), "Unheard answer")
    comment(other, post(one, "Unheard too", group=group), "Unheard question")
    met = put_up_event(one, "Unheard day", group=group, audience="group", starts_at=timezone.now() - timedelta(days=3))
    seat(met, one, other, confirmed=True)


@pytest.mark.parametrize("near", [True, False], ids=["connection", "stranger"])
def test_an_unlisted_group_changes_no_page_of_whoever_is_outside(as_member, noor, near):
    with time_machine.travel(NOW - timedelta(days=9), tick=False):
        yan, eve = (MemberFactory(first_name=name, last_name="Petit", handle=name.lower()) for name in ("Yan", "Eve"))
        connect(yan, eve)
        if near:
            connect(noor, yan)
        post(yan, "For everybody", audience="public")
    lives, first_number = [], beyond_all_numbers()
    for talks in (False, True):
        with transaction.atomic(), time_machine.travel(NOW, tick=False):
            number_from(first_number)
            if talks:
                talk_among_themselves(yan, eve)
            SuggestedTo.objects.all().delete()
            lives.append(everything(as_member(noor), yan, eve))
            transaction.set_rollback(True)
    pages = [{page: without_tokens(text) for page, text in life.items()} for life in lives]
    assert "For everybody" in lives[0]["/in/yan/"]
    assert not {page for page in lives[0] if pages[0][page] != pages[1][page]}
