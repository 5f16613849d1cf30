"""What happens when author and subject act at the same moment."""

from threading import Event
from time import sleep
from uuid import uuid4

import pytest
from django.db import transaction

from accounts.actions import block_member
from accounts.refusals import Refusal
from network.actions import (
    approve_recommendation,
    disconnect,
    recommend_member,
    set_aside_recommendation,
    take_back_recommendation,
)
from network.models import Recommendation
from tests.concurrently import at_once
from tests.factories import MemberFactory, connect, recommend

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("unmailed")]
ROUNDS = range(3)
CHANGED = "We measured rivers together for four years, and I trust every second number."


@pytest.fixture
def pair():
    ines, lina = MemberFactory(first_name="Ines"), MemberFactory(first_name="Lina")
    connect(ines, lina)
    return ines, lina


def now(written) -> Recommendation | None:
    return Recommendation.objects.filter(pk=written.pk).first()


def test_words_changed_while_one_approves_are_not_approved(pair):
    author, subject = pair
    written, changed = recommend(author, subject), Event()

    @transaction.atomic
    def change() -> None:
        recommend(author, subject, CHANGED)
        changed.set()
        sleep(0.3)  # seconds in which the approval comes, before this is committed

    def approve() -> None:
        changed.wait(10)
        approve_recommendation(written, by=subject, fingerprint=written.fingerprint)

    results = at_once(change, approve)
    assert isinstance(results[1], Refusal)
    after = now(written)
    assert (after.text, after.approved_at) == (CHANGED, None)


@pytest.mark.parametrize("round_", ROUNDS)
def test_approving_against_taking_back_or_a_block_leaves_nothing(pair, round_):
    author, subject = pair
    written = recommend(author, subject)
    end = (lambda: take_back_recommendation(written, by=author), lambda: block_member(subject, by=author))
    at_once(lambda: approve_recommendation(written, by=subject, fingerprint=written.fingerprint), end[round_ % 2])
    assert now(written) is None


def test_a_form_sent_twice_and_two_forms_at_once_make_one_recommendation(pair):
    author, subject = pair
    key = uuid4()
    results = at_once(*[lambda: recommend(author, subject, key=key)] * 2, lambda: recommend(author, subject, CHANGED))
    assert not [result for result in results if isinstance(result, Refusal)]
    assert Recommendation.objects.count() == 1


@pytest.mark.parametrize("end", [disconnect, block_member])
def test_writing_against_parting_or_a_block_is_written_before_or_not_at_all(pair, end):
    author, subject = pair
    written, _ended = at_once(
        lambda: recommend_member(subject, by=author, relationship="team", text=CHANGED), lambda: end(author, by=subject)
    )
    stands = end is disconnect and not isinstance(written, Refusal)
    assert Recommendation.objects.exists() == stands


def test_approving_against_setting_aside_ends_approved(pair):
    author, subject = pair
    written = recommend(author, subject)
    at_once(
        lambda: approve_recommendation(written, by=subject, fingerprint=written.fingerprint),
        lambda: set_aside_recommendation(written, by=subject),
    )
    after = now(written)
    assert after.approved_at
    assert after.set_aside_at is None
