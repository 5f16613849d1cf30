"""Every state of an introduction, as each party meets it over the pages: what they read and what they may do (§5)."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.actions import block_member
from accounts.models import User
from network.actions import (
    connect_introduced,
    decline_introduction,
    disconnect,
    pass_introduction_on,
    set_introduction_aside,
)
from network.models import Introduction
from tests.factories import again, allow, ask_through, connect, introduce

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

PARTIES = ["asker", "through", "to", "stranger", "visitor"]
NOTHING = ("", "")

# What the three lists of the page, and of the answered ones, say; and which deeds change anything.
WAITING = "You asked Tomasz Wiśniewski for an introduction on"
ASKED = "You asked Tomasz Wiśniewski on"
INTRODUCED = "Tomasz Wiśniewski introduced you on"
MAY_NAME = "Tomasz Wiśniewski lets you use their name."
WAITS = "Lina asks you for an introduction to"
NO_MORE = "You don’t pass it on."
NAMED = "Lina may use your name."
PASSED = "You introduced them on"
HERE = "introduces Lina to you:"
TABLE = {
    "asked": {
        "asker": (ASKED, ""),
        "through": (WAITS, "pass_introduction_on let_name decline_introduction"),
        "to": NOTHING,
    },
    "declined": {"asker": (ASKED, ""), "through": (NO_MORE, "pass_introduction_on let_name"), "to": NOTHING},
    "allowed": {
        "asker": (MAY_NAME, ""),
        "through": (NAMED, "pass_introduction_on"),
        "to": NOTHING,
    },
    "introduced": {
        "asker": (INTRODUCED, ""),
        "through": (PASSED, ""),
        "to": (HERE, "connect_introduced set_introduction_aside"),
    },
    "introduced where the door is closed": {"asker": (INTRODUCED, ""), "through": (PASSED, ""), "to": NOTHING},
    "set aside": {"asker": (INTRODUCED, ""), "through": (PASSED, ""), "to": (HERE, "connect_introduced")},
    "connected": {
        "asker": ("Tomasz Wiśniewski introduced you, and Ines connected with you.", ""),
        "through": NOTHING,
        "to": NOTHING,
    },
    "connected otherwise": {"asker": (ASKED, ""), "through": NOTHING, "to": NOTHING},
    "disconnected before": {"asker": (ASKED, ""), "through": NOTHING, "to": NOTHING},
    "disconnected after": {
        "asker": (INTRODUCED, ""),
        "through": NOTHING,
        "to": (HERE, "connect_introduced set_introduction_aside"),
    },
    "walled off before": {"asker": (ASKED, ""), "through": NOTHING, "to": NOTHING},
    "walled off after": {"asker": (INTRODUCED, ""), "through": NOTHING, "to": NOTHING},
    "walled off from whom was asked": {"asker": NOTHING, "through": NOTHING, "to": NOTHING},
    "walled off from the other": {"asker": NOTHING, "through": NOTHING, "to": NOTHING},
    "expired": {"asker": (ASKED, ""), "through": NOTHING, "to": NOTHING},
    "expired after": {"asker": (INTRODUCED, ""), "through": NOTHING, "to": NOTHING},
}
PROFILE = {
    # what the asker reads on the profile of the other, and the other on the asker's; nothing where it isn't listed
    "asked": (WAITING, ""),
    "declined": (WAITING, ""),
    "allowed": (MAY_NAME, ""),
    "introduced": (INTRODUCED, HERE),
    "introduced where the door is closed": (INTRODUCED, ""),
    "set aside": (INTRODUCED, HERE),
    "disconnected before": (WAITING, ""),
    "disconnected after": (INTRODUCED, HERE),
    "walled off before": (WAITING, ""),
    "walled off after": (INTRODUCED, ""),
}
DEEDS = [
    "pass_introduction_on",
    "let_name",
    "decline_introduction",
    "connect_introduced",
    "set_introduction_aside",
]


def _closed_door(ines, tomasz, lina) -> Introduction:
    asked = ask_through(tomasz, asker=lina, to=ines)
    User.objects.filter(pk=ines.pk).update(door=User.Door.NOBODY)
    pass_introduction_on(asked, by=tomasz, line="Hi")
    return asked


def _then(introduction: Introduction, doing, *arguments, **options) -> Introduction:
    doing(*arguments or [introduction], **options)
    return introduction


def _aged(introduction: Introduction) -> Introduction:
    """Asked for more than 30 days ago."""
    Introduction.objects.filter(pk=introduction.pk).update(asked_at=timezone.now() - timedelta(days=30, seconds=1))
    return introduction


MADE = {
    "asked": lambda i, t, a: ask_through(t, asker=a, to=i),
    "declined": lambda i, t, a: _then(ask_through(t, asker=a, to=i), decline_introduction, by=t),
    "allowed": lambda i, t, a: allow(t, asker=a, to=i),
    "introduced": lambda i, t, a: introduce(a, i, through=t),
    "introduced where the door is closed": _closed_door,
    "set aside": lambda i, t, a: _then(introduce(a, i, through=t), set_introduction_aside, by=i),
    "connected": lambda i, t, a: _then(introduce(a, i, through=t), connect_introduced, by=i),
    "connected otherwise": lambda i, t, a: _then(ask_through(t, asker=a, to=i), connect, a, i),
    "disconnected before": lambda i, t, a: _then(ask_through(t, asker=a, to=i), disconnect, i, by=t),
    "disconnected after": lambda i, t, a: _then(introduce(a, i, through=t), disconnect, i, by=t),
    "walled off before": lambda i, t, a: _then(ask_through(t, asker=a, to=i), block_member, i, by=t),
    "walled off after": lambda i, t, a: _then(introduce(a, i, through=t), block_member, t, by=i),
    "walled off from whom was asked": lambda i, t, a: _then(introduce(a, i, through=t), block_member, a, by=t),
    "walled off from the other": lambda i, t, a: _then(introduce(a, i, through=t), block_member, a, by=i),
    "expired": lambda i, t, a: _aged(ask_through(t, asker=a, to=i)),
    "expired after": lambda i, t, a: _aged(introduce(a, i, through=t)),
}


@pytest.fixture
def parties(ines, tomasz, lina, amara, visitor) -> dict:
    connect(lina, tomasz)
    return {"asker": lina, "through": tomasz, "to": ines, "stranger": amara, "visitor": visitor}


def test_the_table_holds_every_state():
    assert TABLE.keys() == MADE.keys()
    assert PROFILE.keys() <= TABLE.keys()


@pytest.mark.parametrize("state", TABLE)
def test_each_party_reads_and_may_do_what_the_table_says(as_member, parties, state):
    introduction = MADE[state](parties["to"], parties["through"], parties["asker"])
    for party in PARTIES:
        reads, may = TABLE[state].get(party, NOTHING)
        client = as_member(parties[party])
        pages = [client.get(reverse(name)) for name in PAGES[: 2 if party in ("through", "to") else 1]]
        assert {page.status_code for page in pages} == {302 if party == "visitor" else 200}
        text = "".join(page.text for page in pages)
        said = {sentence for sentence in SENTENCES if sentence in text}
        assert (reads in said) if reads else not said, (party, said)
        assert may.split() == [deed for deed in DEEDS if _does(client, deed, introduction)], party
    check_profiles(as_member, parties, state)


PAGES = ("introductions", "introductions_answered")
SENTENCES = {reads for row in TABLE.values() for reads, _may in row.values() if reads}


def _does(client, deed: str, introduction: Introduction) -> bool:
    """Whether the deed, sent as a form, changes anything; it is undone."""
    with transaction.atomic():
        before = vars(again(introduction))
        answer = client.post(reverse(deed, args=[introduction.pk]), {"line": "You two should talk."})
        assert answer.status_code in (302, 404)
        after = vars(again(introduction))
        transaction.set_rollback(True)
    changed = {name for name, value in after.items() if name.endswith(("_at", "line")) and value != before[name]}
    return bool(changed)


def check_profiles(as_member, parties, state: str) -> None:
    """The profiles of asker and other say the same of the introduction to these two, and nothing to others."""
    said = {sentence for row in PROFILE.values() for sentence in row if sentence}
    expected = PROFILE.get(state, ("", ""))
    readers = [("asker", "ines", expected[0]), ("to", "lina", expected[1])]
    if state == "introduced":
        readers += [("through", "ines", ""), ("stranger", "lina", "")]
    for reader, about, sentence in readers:
        text = as_member(parties[reader]).get(reverse("profile", args=[about])).text
        assert {one for one in said if one in text} == ({sentence} if sentence else set()), (reader, about)


@pytest.mark.parametrize("party", PARTIES)
def test_who_gets_a_page_to_pass_it_on(as_member, parties, party):
    asked = ask_through(parties["through"], asker=parties["asker"], to=parties["to"])
    answer = as_member(parties[party]).get(reverse("pass_introduction_on", args=[asked.pk]))
    assert answer.status_code == {"through": 200, "visitor": 302}.get(party, 404)


def test_what_has_ended_stays_in_the_askers_list_as_ended(as_member, parties):
    ask_through(parties["through"], asker=parties["asker"], to=parties["to"])
    client = as_member(parties["asker"])
    assert "Open until" in client.get(reverse("introductions")).text
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        client = as_member(parties["asker"])
        text = client.get(reverse("introductions")).text
    assert ASKED in text
    assert "Open until" not in text
    assert "Ended" in text
