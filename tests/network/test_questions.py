"""One question about a request, and one answer: product.md §3.9."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

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


def test_the_page_suggests_a_question_and_leads_back(as_member, ines, lina):
    sent = request(lina, ines)
    client, address = as_member(ines), reverse("ask_question", args=[sent.pk]) + "?next=/in/lina/"
    assert "How do we know each other?" in client.get(address).text
    assert [client.post(address, {"question": QUESTION}).url for _ in range(2)] == ["/in/lina/"] * 2
    answer = client.post(address, {"question": "Another one"})
    assert (answer.status_code, "You have asked Lina Svensson a question already." in answer.text) == (422, True)


@pytest.mark.parametrize(
    ("name", "field", "most", "member"),
    [("ask_question", "question", 200, "ines"), ("answer_question", "answer", 300, "lina")],
)
def test_what_is_too_long_or_missing_comes_back_with_what_is_wrong(as_member, ines, lina, name, field, most, member):
    sent = request(lina, ines)
    if name == "answer_question":
        ask_question(sent, by=ines, question=QUESTION)
    client, address = as_member({"ines": ines, "lina": lina}[member]), reverse(name, args=[sent.pk])
    answer = client.post(address, {field: "x" * (most + 1)})
    assert answer.status_code == 422
    assert "x" * (most + 1) in answer.text
    assert f"has up to {most} characters; this one has {most + 1}." in answer.text
    assert client.post(address, {field: "a\r\n" * (most // 2 - 1) + "bc"}).status_code == 302
    assert client.post(address, {field: " "}).status_code == 422


def test_an_answer_that_comes_too_late_is_told_so(as_member, asked, lina):
    withdraw_request(asked, by=lina)
    client, address = as_member(lina), reverse("answer_question", args=[asked.pk])
    assert client.get(address).status_code == 404
    answer = client.post(address, {"answer": ANSWER})
    assert (answer.status_code, "This request is no longer open." in answer.text, ANSWER in answer.text) == (
        422,
        True,
        True,
    )


def test_a_question_is_never_read_as_html(as_member, asked, ines, lina):
    ConnectionRequest.objects.filter(pk=asked.pk).update(question="<b id=bold>Who?</b>")
    for path in (reverse("requests_sent"), "/in/ines/", reverse("answer_question", args=[asked.pk])):
        page = as_member(lina).get(path).text
        assert "&lt;b id=bold&gt;Who?" in page
        assert "<b id=bold>" not in page
