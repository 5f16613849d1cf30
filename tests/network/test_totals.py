"""Who is there, who is absent, and the totals of a profile, which leave out whoever is absent."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import connection as database
from django.utils import timezone

from accounts.models import User
from network.totals import connection_total, follower_total
from tests.factories import MemberFactory, connect, follow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

HOUR = timedelta(hours=1)


@pytest.fixture
def others():
    return [MemberFactory() for _state in range(18)]


def come_and_go(members) -> None:
    """Each of them is in another of the states that decide whether somebody is there."""
    now = timezone.now()
    states = product([(None, None), (now, None), (now, now)], [None, now], [None, now - HOUR, now + HOUR])
    for member, ((claimed, welcomed), leaves, suspended) in zip(members, states, strict=True):
        User.objects.filter(pk=member.pk).update(
            claimed_at=claimed, welcomed_at=welcomed, leaves_at=leaves, suspended_until=suspended
        )


def test_whoever_is_not_there_is_absent_and_nobody_else(others):
    come_and_go(others)
    present, absent = set(User.objects.present()), set(User.objects.absent())
    assert len(present & set(others)) == 2  # suspended never, or until an hour ago
    assert present | absent == set(User.objects.all())
    assert not present & absent
    for member in User.objects.all():
        assert member.is_present == (member in present)


def test_the_absent_are_found_by_their_index():
    with database.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        assert "accounts_user_absent" in User.objects.absent().values("pk").explain()


def test_totals_leave_out_whoever_is_absent(others):
    asked = MemberFactory()
    for other in others:
        connect(asked, other)
        follow(other, asked)
    quiet = MemberFactory()
    follow(quiet, asked, quiet=True)
    come_and_go(others)
    counted = User.objects.annotate(connections_there=connection_total(), followers_there=follower_total())
    asked, alone = counted.get(pk=asked.pk), counted.get(pk=quiet.pk)
    assert (asked.connections_there, asked.followers_there) == (2, 2)
    assert (alone.connections_there, alone.followers_there) == (0, 0)
