"""Every state of a request as each party meets it: what their pages say, and what they may do (product.md §3)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse

from network.actions import (
    accept_request,
    answer_question,
    ask_for_later,
    ask_question,
    decline_request,
    mark_as_unknown,
    withdraw_request,
)
from network.models import Connection, ConnectionRequest
from tests.factories import request

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
NOTE, QUESTION, ANSWER = "We met at the weir.", "Which weir was it?", "The one at Hagestein."
LATER = date(2026, 12, 1)

# What each party may send about a request: the name of the address, and a form that is filled in well.
OF_THE_RECIPIENT = {
    "accept_request": {},
    "decline_request": {},
    "ask_question": {"question": "And when was it?"},
    "ask_me_later": {"on": "2026-10-01"},
    "mark_as_unknown": {},
}
OF_THE_SENDER = {"withdraw_request": {}, "answer_question": {"answer": "In May."}}
EVERYTHING = OF_THE_RECIPIENT | OF_THE_SENDER
WITH_A_PAGE = {"ask_question", "ask_me_later", "mark_as_unknown", "answer_question"}

SOME = {"accept_request", "decline_request", "ask_me_later", "mark_as_unknown"}
ALL = SOME | {"ask_question"}
OF_A_DECLINED = ALL - {"decline_request"}

ASKED_BEFORE = "You can ask again from 31 May 2026, 2 more times."
MAY_ASK = "You may ask again, 2 more times"
CLOSED = "Ines Moreau can't be asked to connect at the moment."
ASKS_LATER = "Ines Moreau asks you to ask again from 1 December 2026."
UNTIL = "You can ask Ines Moreau again from 31 May 2026."


@dataclass(frozen=True, kw_only=True)
class State:
    """How it comes about; where its recipient finds it and what stands there; what its sender reads; who may what.

    `sent` is what stands on the sender's page of sent requests, None if the request isn't there; `profile` and
    `asking` what they read on the recipient's profile and on the page to ask on: "form" if they may ask.
    """

    made: Callable[..., object]
    found_at: str = ""
    reads: tuple[str, ...] = ()
    sent: tuple[str, ...] | None = None
    profile: str = "You asked Ines to connect on 2 March 2026."
    asking: str = UNTIL
    recipient_may: frozenset[str] | set[str] = frozenset()
    sender_may: frozenset[str] | set[str] = frozenset()


def asked(sent, ines, lina, clock) -> None:
    ask_question(sent, by=ines, question=QUESTION)


def answered(sent, ines, lina, clock) -> None:
    asked(sent, ines, lina, clock)
    answer_question(sent, by=lina, answer=ANSWER)


def later(sent, ines, lina, clock) -> None:
    ask_for_later(sent, by=ines, on=LATER)


def declined(sent, ines, lina, clock) -> None:
    decline_request(sent, by=ines)


def unknown(sent, ines, lina, clock) -> None:
    mark_as_unknown(sent, by=ines)


def after(days: int) -> Callable[..., None]:
    return lambda sent, ines, lina, clock: clock.move_to(NOW + days * DAY)


def one_after_the_other(*steps: Callable[..., object]) -> Callable[..., None]:
    def do(*scene) -> None:
        for step in steps:
            step(*scene)

    return do


def replaced(sent, ines, lina, clock) -> None:
    after(90)(sent, ines, lina, clock)
    request(lina, ines, note="We met again.")


STATES = {
    "waiting": State(
        made=lambda *scene: None, found_at="requests_received", reads=(NOTE, "Ask a question"), sent=(ASKED_BEFORE,),
        recipient_may=ALL, sender_may={"withdraw_request"},
    ),
    "waiting, after the date": State(
        made=after(90), found_at="requests_received", reads=(NOTE,), sent=(MAY_ASK,), asking="form",
        recipient_may=ALL, sender_may={"withdraw_request"},
    ),
    "asked a question": State(
        made=asked, found_at="requests_received", reads=(NOTE, "You asked:", QUESTION),
        sent=(ASKED_BEFORE, "Ines asks:", QUESTION, "Send answer"), profile=QUESTION,
        recipient_may=SOME, sender_may={"withdraw_request", "answer_question"},
    ),
    "answered": State(
        made=answered, found_at="requests_received", reads=(QUESTION, "Lina answered:", ANSWER),
        sent=(ASKED_BEFORE, "You answered:", ANSWER), profile=ANSWER,
        recipient_may=SOME, sender_may={"withdraw_request"},
    ),
    "asked for later": State(
        made=later, found_at="requests_set_aside", reads=("You asked Lina to ask again from 1 December 2026.",),
        sent=(ASKS_LATER,), profile=ASKS_LATER, asking=ASKS_LATER,
        recipient_may=ALL, sender_may={"withdraw_request"},
    ),
    "asked for later, expired": State(
        made=one_after_the_other(later, after(181)), profile=ASKS_LATER, asking=ASKS_LATER,
    ),
    "set aside": State(
        made=declined, found_at="requests_set_aside", reads=(NOTE, "You declined on 2 March 2026."),
        sent=(ASKED_BEFORE,), recipient_may=OF_A_DECLINED, sender_may={"withdraw_request"},
    ),
    "asked a question, then set aside": State(
        made=one_after_the_other(asked, declined), found_at="requests_set_aside", reads=("You asked:", QUESTION),
        sent=(ASKED_BEFORE, "Ines asks:", QUESTION, "Send answer"), profile=QUESTION,
        recipient_may=OF_A_DECLINED - {"ask_question"}, sender_may={"withdraw_request", "answer_question"},
    ),
    "answered, then set aside": State(
        made=one_after_the_other(answered, declined), found_at="requests_set_aside", reads=(QUESTION, ANSWER),
        sent=(ASKED_BEFORE, "You answered:", ANSWER), profile=ANSWER,
        recipient_may=OF_A_DECLINED - {"ask_question"}, sender_may={"withdraw_request"},
    ),
    "unknown": State(
        made=unknown, found_at="requests_set_aside", reads=(NOTE, "You said that you don’t know Lina."),
        sent=(ASKED_BEFORE,), recipient_may={"accept_request"}, sender_may={"withdraw_request"},
    ),
    "unknown, after the date": State(
        made=one_after_the_other(unknown, after(90)), found_at="requests_set_aside",
        reads=("You said that you don’t know Lina.",), sent=(CLOSED,), profile=CLOSED, asking=CLOSED,
        recipient_may={"accept_request"}, sender_may={"withdraw_request"},
    ),
    "unknown, expired": State(made=one_after_the_other(unknown, after(181)), profile=CLOSED, asking=CLOSED),
    "unknown, withdrawn": State(
        made=one_after_the_other(unknown, lambda sent, ines, lina, clock: withdraw_request(sent, by=lina)),
        profile=UNTIL,
    ),
    "withdrawn": State(made=lambda sent, ines, lina, clock: withdraw_request(sent, by=lina), profile=UNTIL),
    "replaced": State(
        made=replaced, found_at="requests_received", reads=("We met again.",),
        sent=("You can ask again from 29 August 2026, 1 more time.",),
        profile="You asked Ines to connect on 31 May 2026.",
        asking="You can ask Ines Moreau again from 29 August 2026.",
    ),
    "expired": State(made=after(181), profile="Connect with Ines Moreau", asking="form"),
    "accepted": State(
        made=lambda sent, ines, lina, clock: accept_request(sent, by=ines),
        profile="Connected since 2 March 2026.", asking="",
    ),
}  # fmt: skip


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def page(client, name: str, **at) -> str:
    """What a page says beneath its header: without the words of other places that every page names."""
    text = unescape(client.get(reverse(name, kwargs=at)).text)
    return text[text.find("<main") :]


def what_there_is() -> list:
    return [list(ConnectionRequest.objects.order_by("pk").values()), Connection.objects.count()]


def sends(client, name: str, pk: int) -> tuple[int, bool]:
    """The status of an answer to a form, and whether it changed anything; it is undone at once."""
    before = what_there_is()
    with transaction.atomic():
        status = client.post(reverse(name, args=[pk]), EVERYTHING[name]).status_code
        changed = what_there_is() != before
        transaction.set_rollback(True)
    return status, changed


@pytest.mark.parametrize("state", STATES)
def test_what_each_party_reads_and_may_do(as_member, ines, lina, amara, clock, state):
    expected, sent = STATES[state], request(lina, ines, note=NOTE)
    expected.made(sent, ines, lina, clock)
    sender, recipient, stranger = as_member(lina), as_member(ines), as_member(amara)

    for place in ("requests_received", "requests_set_aside"):
        said = page(recipient, place)
        assert ("Lina Svensson" in said) == (place == expected.found_at), place
        assert [words for words in expected.reads if words not in said] == [] or place != expected.found_at
    if expected.found_at:
        on_profile = page(recipient, "profile", handle="lina")
        assert "Lina asks to connect with you." in on_profile
        assert ("Decline" in on_profile) == (expected.found_at == "requests_received")

    said = page(sender, "requests_sent")
    assert ("Ines Moreau" in said) == (expected.sent is not None)
    assert [words for words in expected.sent or () if words not in said] == []
    assert expected.profile in page(sender, "profile", handle="ines")
    said = page(sender, "ask_to_connect", handle="ines") if expected.asking else ""
    assert (expected.asking == "form") == ('id="ask"' in said)
    assert expected.asking == "form" or expected.asking in said

    for place in ("requests_received", "requests_set_aside", "requests_sent"):
        assert "Lina" not in page(stranger, place)
    for handle in ("ines", "lina"):
        said = page(stranger, "profile", handle=handle)
        assert not {words for words in (NOTE, QUESTION, ANSWER) if words in said}

    parties = {
        "recipient": (recipient, expected.recipient_may, OF_THE_RECIPIENT),
        "sender": (sender, expected.sender_may, OF_THE_SENDER),
        "stranger": (stranger, set(), {}),
    }
    for party, (client, may, of_theirs) in parties.items():
        did = {name: sends(client, name, sent.pk) for name in EVERYTHING}
        assert {name for name, (_status, changed) in did.items() if changed} == may, party
        assert {name for name, (status, _changed) in did.items() if status != 404} == set(of_theirs), party
        read = {name for name in WITH_A_PAGE if client.get(reverse(name, args=[sent.pk])).status_code == 200}
        assert read == may & WITH_A_PAGE, party
