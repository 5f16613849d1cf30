"""Open pages of requests hear what their reader would see by loading them anew, and nothing of a silent no (§3.4)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.actions import block_member
from live.telling import Told
from network.actions import (
    accept_request,
    answer_question,
    ask_for_later,
    ask_question,
    decline_request,
    mark_as_unknown,
    withdraw_request,
)
from tests.factories import request

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]


def ask(sent, by):
    ask_question(sent, by=by, question="How do we know each other?")


def later(sent, by):
    ask_for_later(sent, by=by, on=timezone.localdate() + timedelta(days=30))


def decline(sent, by):
    decline_request(sent, by=by)


def unknown(sent, by):
    mark_as_unknown(sent, by=by)


def accept(sent, by):
    accept_request(sent, by=by)


def block(sent, by):
    block_member(sent.sender, by=by)


DEEDS = {
    "accepted": ([accept], True),
    "asked a question": ([ask], True),
    "asked for later": ([later], True),
    "asked a question after declining": ([decline, ask], True),
    "asked for later after declining": ([decline, later], True),
    "accepted after all": ([unknown, accept], True),
    "declined": ([decline], False),
    "declined twice": ([decline, decline], False),
    "declined after a question": ([ask, decline], False),
    "not known": ([unknown], False),
    "not known, after declining": ([decline, unknown], False),
    "not known, after later": ([later, unknown], False),
    "blocked": ([block], False),
}
"""What Ines does about a request, and whether its sender hears of the last thing."""


def arrive(told, hub) -> None:
    hub.hand_out([Told([*members], what, key) for what, key, members in told])


@pytest.mark.parametrize("deed", DEEDS)
def test_a_sender_hears_of_what_they_may_know(deed, ines, lina, hub, listening, told):
    deeds, hears = DEEDS[deed]
    sent = request(lina, ines)
    for each in deeds[:-1]:
        each(sent, ines)
    page, other_page = listening(lina), listening(ines)
    told.clear()
    deeds[-1](sent, ines)
    assert any(lina.pk in members for _what, _key, members in told) is hears
    arrive(told, hub)
    assert ("requests" in {word for word, _key in page.heard()}) is hears
    assert ("requests" in {word for word, _key in other_page.heard()}) is (deed != "blocked")


ABOUT_IT = {"nothing": [], "declined": [decline], "not known": [unknown], "later": [later]}


@pytest.mark.parametrize("how", ["withdrawn", "answered"])
def test_what_a_sender_does_is_told_alike_whatever_the_recipient_did(how, ines, lina, told):
    """A page of the recipient's holds no more what was withdrawn; no notice says so (§3.5)."""
    heard = []
    for deeds in ABOUT_IT.values():
        sent = request(lina, ines)
        ask(sent, ines)
        for each in deeds:
            each(sent, ines)
        told.clear()
        if how == "withdrawn":
            withdraw_request(sent, by=lina)
            expected = ("requests", None, {ines.pk, lina.pk})
        else:
            answer_question(sent, by=lina, answer="From the weir.")
            expected = ("requests", sent.pk, {ines.pk, lina.pk})
        heard.append([one for one in told if one[0] == "requests"] == [expected])
        if how == "withdrawn":
            assert [what for what, _key, _members in told] == ["requests"]
        sent.delete()
    assert heard == [True] * len(ABOUT_IT)


def test_what_was_withdrawn_is_on_no_open_page(ines, lina, as_member, hub, listening, told):
    sent = request(lina, ines)
    page = listening(ines)
    told.clear()
    withdraw_request(sent, by=lina)
    arrive(told, hub)
    assert page.heard() == [("requests", 0)]
    renewed = as_member(ines).get("/network/?held=1", headers={"HX-Request": "true"})
    assert f"request-{sent.pk}" not in renewed.text
