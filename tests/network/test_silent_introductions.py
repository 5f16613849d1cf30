"""Whoever asks for an introduction gets the same bytes by the same statements, whatever the other two do (§5).

And whoever is to be met learns nothing before it is passed on.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.actions import block_member
from accounts.models import User
from network.actions import (
    ask_for_introduction,
    decline_introduction,
    decline_request,
    disconnect,
    let_name,
    mark_as_unknown,
    pass_introduction_on,
    set_introduction_aside,
)
from network.models import Introduction
from tests.factories import MemberFactory, connect, request
from tests.network.test_silent_decline import pages_of, what_the_sender_gets, without_tokens

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEY = "6f4b3c1e-6f0e-4d8f-9f0b-1a2b3c4d5e6f"
WALKED = ("/network/", "/in/", "/notices/", "/search/?")
"""Where what stands between members can show."""
OWN = (
    "/network/introductions/",
    "/network/introductions/answered/",
    "/network/sent/",
    "/notices/",
    "/settings/emails/",
)
"""Pages that say nothing of who is connected with whom, which a disconnected or blocked member may change elsewhere."""
AGEING = ("/network/introductions/", "/in/lina/", "/notices/")
MOMENTS = [timedelta(hours=3), timedelta(days=29), timedelta(days=31)]


@pytest.fixture
def three(db) -> tuple[User, User, User]:
    """Noor, who asks; Tomasz, whom she asks; Lina, whom she would like to meet."""
    with time_machine.travel(NOW - timedelta(days=30), tick=False):
        noor = MemberFactory(first_name="Noor", last_name="Haddad", email="noor@example.com", handle="noor")
        tomasz = MemberFactory(first_name="Tomasz", last_name="Wiśniewski", handle="tomasz")
        lina = MemberFactory(first_name="Lina", last_name="Svensson", handle="lina", public=True)
        connect(noor, tomasz)
        connect(tomasz, lina)
    return noor, tomasz, lina


def beyond_all_numbers() -> int:
    """A number that no row has yet: each life numbers its rows from there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(last_value) FROM pg_sequences WHERE schemaname = 'public'")
        return cursor.fetchone()[0] + 1000


def number_from(number: int) -> None:
    """Let each life number its rows alike: sequences aren't rolled back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(quote_ident(table_name), column_name), %s) "
            "FROM information_schema.columns WHERE is_identity = 'YES' AND table_schema = 'public'",
            [number],
        )


def look(member: User, *addresses: str) -> None:
    reader = Client()
    reader.force_login(member, backend="accounts.backends.MemberBackend")
    for address in addresses:
        assert reader.get(address).status_code == 200


def pass_on(asked: Introduction, noor: User, tomasz: User, lina: User) -> None:
    pass_introduction_on(asked, by=tomasz, line="You two should talk.")


def pass_on_and(doing: Callable) -> Callable:
    def both(asked, noor, tomasz, lina) -> None:
        pass_on(asked, noor, tomasz, lina)
        doing(asked, noor, tomasz, lina)

    return both


def with_request(doing: Callable) -> Callable:
    """The same, after Noor also sent a request of her own."""

    def both(asked, noor, tomasz, lina) -> None:
        pass_on(asked, noor, tomasz, lina)
        doing(request(noor, lina, context="introduced", named=tomasz, key=KEY), lina)

    return both


def allowed_and_passed_on_after(doing: Callable) -> Callable:
    """Noor may name Tomasz and does; something becomes of her request; then he introduces her after all."""

    def all_of_it(asked, noor, tomasz, lina) -> None:
        let_name(asked, by=tomasz)
        doing(request(noor, lina, context="introduced", named=tomasz, key=KEY), lina)
        pass_on(asked, noor, tomasz, lina)

    return all_of_it


def close_the_door_and_pass_on(asked, noor, tomasz, lina) -> None:
    User.objects.filter(pk=lina.pk).update(door=User.Door.NOBODY)
    pass_on(asked, noor, tomasz, lina)
    User.objects.filter(pk=lina.pk).update(door=User.Door.ANYONE)


ASKED = {
    "unseen": lambda asked, noor, tomasz, lina: None,
    "read and declined": lambda asked, noor, tomasz, lina: (
        look(tomasz, "/network/introductions/", "/in/noor/"),
        decline_introduction(asked, by=tomasz),
    ),
}
ALLOWED = {
    "at once": lambda asked, noor, tomasz, lina: let_name(asked, by=tomasz),
    "after declining": lambda asked, noor, tomasz, lina: (
        decline_introduction(asked, by=tomasz),
        let_name(asked, by=tomasz),
    ),
}
INTRODUCED = {
    "unseen": pass_on,
    "read and set aside": pass_on_and(
        lambda asked, noor, tomasz, lina: (
            look(lina, "/network/introductions/", "/in/noor/"),
            set_introduction_aside(asked, by=lina),
        )
    ),
    "kept out by a door": close_the_door_and_pass_on,
}
ASKED_AS_WELL = {
    "unseen": with_request(lambda sent, lina: None),
    "declined": with_request(lambda sent, lina: decline_request(sent, by=lina)),
}
APART_AFTER_A_REQUEST = {
    "disconnected": with_request(lambda sent, lina: disconnect(sent.named, by=lina)),
    "walled off": with_request(lambda sent, lina: block_member(sent.named, by=lina)),
}
PASSED_ON_AFTER_ALL = {
    "unseen": allowed_and_passed_on_after(lambda sent, lina: None),
    "declined": allowed_and_passed_on_after(lambda sent, lina: decline_request(sent, by=lina)),
    "unknown": allowed_and_passed_on_after(lambda sent, lina: mark_as_unknown(sent, by=lina)),
}
APART = {
    "unseen": lambda asked, noor, tomasz, lina: None,
    "disconnected": lambda asked, noor, tomasz, lina: disconnect(lina, by=tomasz),
    "walled off": lambda asked, noor, tomasz, lina: block_member(lina, by=tomasz),
}
APART_LATER = {
    "unseen": pass_on,
    "disconnected": pass_on_and(lambda asked, noor, tomasz, lina: disconnect(tomasz, by=lina)),
    "walled off": pass_on_and(lambda asked, noor, tomasz, lina: block_member(tomasz, by=lina)),
}


def lived_through(fate: Callable, three: tuple[User, User, User], walked: tuple[str, ...]) -> dict[str, object]:
    """Everything that the asker reaches at each of the moments, when the introduction met this fate."""
    noor, tomasz, lina = three
    seen: dict[str, object] = {}
    with time_machine.travel(NOW, tick=False) as clock:
        asked = ask_for_introduction(lina, by=noor, through=tomasz, reason="We both read gauges.", key=KEY)
        mail.outbox.clear()
        clock.shift(timedelta(hours=1))
        fate(asked, noor, tomasz, lina)
        for moment in MOMENTS:
            clock.move_to(NOW + moment)
            client = Client()
            client.force_login(noor, backend="accounts.backends.MemberBackend")
            for address in pages_of(noor, lina, asked):
                if address.startswith(walked) and (moment == MOMENTS[0] or address in AGEING):
                    seen[f"{moment} {address}"] = what_the_sender_gets(client, address)
        seen["mail"] = [(letter.subject, letter.body) for letter in mail.outbox if noor.email in letter.to]
    return seen


@pytest.mark.parametrize(
    ("fates", "walked"),
    [
        (ASKED, WALKED),
        (ALLOWED, OWN),
        (INTRODUCED, WALKED),
        (ASKED_AS_WELL, OWN),
        (PASSED_ON_AFTER_ALL, WALKED),
        (APART, OWN),
        (APART_LATER, OWN),
        (APART_AFTER_A_REQUEST, WALKED),
    ],
    ids=[
        "asked",
        "allowed",
        "introduced",
        "asked as well",
        "passed on after all",
        "apart",
        "apart later",
        "after a request",
    ],
)
def test_the_asker_gets_the_same_bytes_by_the_same_statements(three, fates, walked):
    lives, first_number = {}, beyond_all_numbers()
    for name, fate in fates.items():
        with transaction.atomic():
            number_from(first_number)
            lives[name] = lived_through(fate, three, walked)
            transaction.set_rollback(True)
    (first, before), *others = lives.items()
    assert before["3:00:00 /network/introductions/"][0] == 200
    assert "Lina Svensson" in before["3:00:00 /network/introductions/"][2]
    for name, life in others:
        assert life.keys() == before.keys()
        telling = {address for address in life if life[address] != before[address]}
        assert not telling, f"these tell {name} from {first}"


ATTEMPTS = {
    "another introduction": ("ask_for_introduction", {"reason": "Once more."}),
    "a request that names Tomasz": ("ask_to_connect", {"context": "introduced", "note": "Hello Lina"}),
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_what_the_asker_does_next_goes_the_same_way_whether_it_was_declined(as_member, three, attempt):
    noor, tomasz, lina = three
    name, fields = ATTEMPTS[attempt]
    answers, first_number = [], beyond_all_numbers()
    for declined in (False, True):
        with transaction.atomic(), time_machine.travel(NOW, tick=False):
            number_from(first_number)
            asked = ask_for_introduction(lina, by=noor, through=tomasz, reason="We both read gauges.")
            if declined:
                decline_introduction(asked, by=tomasz)
            sent = fields | {"key": KEY, "through": tomasz.pk, "named": tomasz.pk}
            answer = as_member(noor).post(reverse(name, args=["lina"]), sent)
            answers.append((answer.status_code, without_tokens(answer.text)))
            transaction.set_rollback(True)
    assert answers[0] == answers[1]


def test_the_other_learns_nothing_before_it_is_passed_on(three):
    """Whatever Lina reaches is the same whether Noor asked for an introduction or not, and whatever Tomasz answered."""
    noor, tomasz, lina = three
    lives, first_number = {}, beyond_all_numbers()
    for name in ("nothing", "asked", "allowed"):
        with transaction.atomic(), time_machine.travel(NOW, tick=False):
            number_from(first_number)
            mail.outbox.clear()
            if name != "nothing":
                asked = ask_for_introduction(lina, by=noor, through=tomasz, reason="We both read gauges.")
            if name == "allowed":
                let_name(asked, by=tomasz)
            client = Client()
            client.force_login(lina, backend="accounts.backends.MemberBackend")
            filled = Introduction(pk=first_number + 1)
            addresses = [one for one in pages_of(lina, noor, filled) if one.startswith((*WALKED, "/in/tomasz/"))]
            lives[name] = {address: what_the_sender_gets(client, address) for address in addresses}
            lives[name]["mail"] = [letter.subject for letter in mail.outbox if lina.email in letter.to]
            transaction.set_rollback(True)
    for name in ("asked", "allowed"):
        telling = {address for address, got in lives[name].items() if got != lives["nothing"][address]}
        assert not telling, f"these tell that somebody {name}"
