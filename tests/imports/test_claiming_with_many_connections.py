"""Somebody from a roster claims their account: their many agreed connections open together, as one by one."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from accounts.actions import block_member, claim_account
from accounts.models import Block
from messaging.models import Conversation
from network import agreed as agreements
from network.models import AgreedConnection, Connection, ConnectionRequest, Follow
from notifications.models import Email, Notice
from tests.factories import MemberFactory, UnclaimedFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def nora():
    return UnclaimedFactory(first_name="Nora", email="nora@example.com")


def agree(one, other, day=date(2010, 1, 15)):
    low, high = sorted((one, other), key=lambda member: member.pk)
    return AgreedConnection.objects.create(one=low, other=high, agreed_on=day)


def agree_with_many(nora):
    """People with every history that somebody may have with Nora, and each with a day of their own."""
    plain, blocker, blocked, follower, followed, asker, asked, unclaimed, later = people = [
        *(MemberFactory(first_name=name) for name in ("Plain", "Blocker", "Blocked", "Follower", "Followed")),
        *(MemberFactory(first_name=name) for name in ("Asker", "Asked")),
        UnclaimedFactory(first_name="Waits"),
        MemberFactory(first_name="Later"),
    ]  # fmt: skip
    for day, person in enumerate(people, start=1):
        agree(nora, person, date(2010, 3, day))
    Block.objects.create(blocker=blocker, blocked=nora)
    Block.objects.create(blocker=nora, blocked=blocked)
    since = datetime(2020, 1, 1, tzinfo=UTC)
    Follow.objects.create(follower=follower, followed=nora, quiet=True, followed_at=since, muted_until=since)
    Follow.objects.create(follower=nora, followed=followed, followed_at=since)
    for sender, recipient in ((asker, nora), (nora, asked)):
        ConnectionRequest.objects.create(
            sender=sender, recipient=recipient, context="worked", note="Hello", key=uuid4(), sent_at=since
        )
    assert plain.claimed_at
    assert later.claimed_at
    assert not unclaimed.claimed_at
    return people


def state():
    """All that stands between members, by their first names."""
    names = {"one": "one__first_name", "other": "other__first_name"}
    return {
        "agreed": sorted(
            (one, other, opened is not None)
            for one, other, opened in AgreedConnection.objects.values_list(*names.values(), "opened_at")
        ),
        "connections": sorted(
            Connection.objects.values_list("member__first_name", "other__first_name", "connected_at")
        ),
        "follows": sorted(
            Follow.objects.values_list(
                "follower__first_name", "followed__first_name", "quiet", "followed_at", "muted_until__year"
            ),
            key=str,
        ),
        "requests": sorted(ConnectionRequest.objects.values_list("sender__first_name", "accepted_at"), key=str),
        "conversations": Conversation.objects.count(),
    }


def test_opening_together_is_the_same_as_one_by_one(nora, monkeypatch):
    from django.db import transaction

    agree_with_many(nora)
    with transaction.atomic():
        claim_account(nora)
        together = state()
        transaction.set_rollback(True)
    everybody = set(AgreedConnection.objects.values_list("one", flat=True)) | set(
        AgreedConnection.objects.values_list("other", flat=True)
    )
    monkeypatch.setattr(agreements, "_with_something_between", lambda member, others: everybody)
    nora.refresh_from_db()
    assert nora.claimed_at is None
    claim_account(nora)
    assert together == state()
    assert len(together["connections"]) == 2 * 6  # neither through a block nor with whom hasn't claimed
    assert {connected.day for _one, _other, connected in together["connections"]} == {1, 4, 5, 6, 7, 9}
    assert not any(quiet for _one, _other, quiet, _at, _until in together["follows"])


def test_claiming_tells_nobody_and_skips_the_quota(nora):
    from accounts.models import Community

    Community.objects.create(connections=0)
    agree(nora, MemberFactory())
    claim_account(nora)
    assert Connection.objects.of(nora).count() == 1
    assert not Notice.objects.exists()
    assert not Email.objects.exists()


@pytest.mark.parametrize("count", [1, 60])
def test_claiming_costs_the_same_with_one_connection_and_with_many(nora, count, django_assert_max_num_queries):
    others = [MemberFactory() for _ in range(count)]
    AgreedConnection.objects.bulk_create(
        AgreedConnection(one=nora, other=other, agreed_on=date(2010, 1, 15)) for other in others
    )
    with django_assert_max_num_queries(10):
        assert agreements.open_agreed_connections(member=nora) == count
    assert Connection.objects.of(nora).count() == count


def test_a_block_is_final_for_what_was_agreed(nora):
    other = MemberFactory()
    agree(nora, other)
    block_member(nora, by=other)
    claim_account(nora)
    assert not Connection.objects.exists()
    assert not Follow.objects.exists()
