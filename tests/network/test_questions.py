"""One question about a request, and one answer: product.md §3.9."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from accounts.actions import block_member
from accounts.refusals import Refusal
from network.actions import accept_request, answer_question, ask_question, decline_request, withdraw_request
from network.models import ConnectionRequest
from notifications.models import Notice
from tests.factories import request

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
QUESTION, ANSWER = "How do we know each other?", "From the talk on low water."


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def asked(ines, lina) -> ConnectionRequest:
    """Lina asks Ines, who has a question."""
    sent = request(lina, ines, note="Hello Ines")
    ask_question(sent, by=ines, question=QUESTION)
    sent.refresh_from_db()
    return sent


def told(member) -> list[str]:
    """The kinds of the notices that a member sees."""
    return list(Notice.objects.visible_to(member).order_by("pk").values_list("kind", flat=True))


def test_a_question_is_asked_once_and_a_replay_changes_nothing(asked, ines):
    ask_question(asked, by=ines, question=QUESTION)
    with pytest.raises(Refusal, match="asked Lina Svensson a question already"):
        ask_question(asked, by=ines, question="And where?")
    asked.refresh_from_db()
    assert (asked.question, asked.question_at) == (QUESTION, NOW)


def test_an_answer_is_given_once_and_a_replay_changes_nothing(asked, lina):
    for _ in range(2):
        answer_question(asked, by=lina, answer=ANSWER)
    with pytest.raises(Refusal, match="answered Ines Moreau already"):
        answer_question(asked, by=lina, answer="Or from the train.")
    asked.refresh_from_db()
    assert (asked.answer, asked.answer_at) == (ANSWER, NOW)


def test_only_the_recipient_asks_and_only_the_sender_answers(asked, ines, lina, amara):
    for somebody in (ines, amara):
        with pytest.raises(Refusal):
            answer_question(asked, by=somebody, answer=ANSWER)
    unasked = request(lina, amara)
    for somebody in (ines, lina):
        with pytest.raises(Refusal):
            ask_question(unasked, by=somebody, question=QUESTION)
    with pytest.raises(Refusal):
        answer_question(unasked, by=lina, answer=ANSWER)


def test_both_are_told_each_in_their_turn(asked, ines, lina, mailoutbox):
    assert told(lina) == ["question"]
    answer_question(asked, by=lina, answer=ANSWER)
    assert told(ines) == ["request_received", "answer"]
    letters = {letter.to[0]: letter.message().as_string() for letter in mailoutbox}
    assert QUESTION in letters[lina.email]
    assert ANSWER in letters[ines.email]


def test_after_a_decline_it_stays_answerable_and_nobody_is_told_of_anything(asked, ines, lina, mailoutbox):
    decline_request(asked, by=ines)
    mailoutbox.clear()
    answer_question(asked, by=lina, answer=ANSWER)
    assert ConnectionRequest.objects.set_aside_by(ines).get().answer == ANSWER
    assert told(ines) == []
    assert mailoutbox == []


def test_the_answer_to_a_request_that_is_declined_afterwards_is_no_notice_any_more(asked, ines, lina):
    answer_question(asked, by=lina, answer=ANSWER)
    decline_request(asked, by=ines)
    assert told(ines) == []


ENDINGS = {
    "withdrawn": lambda asked, ines, lina, clock: withdraw_request(asked, by=lina),
    "accepted": lambda asked, ines, lina, clock: accept_request(asked, by=ines),
    "expired": lambda asked, ines, lina, clock: clock.shift(timedelta(days=180)),
    "blocked": lambda asked, ines, lina, clock: block_member(lina, by=ines),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_when_the_request_is_over_so_are_question_and_answer(asked, ines, lina, clock, ending):
    ENDINGS[ending](asked, ines, lina, clock)
    assert "question" not in told(lina)
    with pytest.raises(Refusal, match="no longer open"):
        answer_question(asked, by=lina, answer=ANSWER)
    other = ConnectionRequest.objects.get(pk=asked.pk)
    with pytest.raises(Refusal, match="no longer there"):
        ask_question(other, by=ines, question=QUESTION)
