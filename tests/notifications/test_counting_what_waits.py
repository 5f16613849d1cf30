"""The header's counts are queries that are written once: each has to be the one that would be written for anybody."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from accounts.written_once import WrittenOnce
from network.models.request import EXPIRES_AFTER
from notifications import counters
from notifications.counters import Counter, count_waiting, dear_counts, first_look
from notifications.kinds import KINDS
from notifications.models import Notice
from tests.factories import MemberFactory, UnclaimedFactory, comment, post, request

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

MEMBERS = {
    "a member": MemberFactory,
    "one who shares much": lambda: MemberFactory(public=True, follow_first=True, time_zone="Asia/Tokyo"),
    "an operator": lambda: MemberFactory(is_staff=True, is_superuser=True),
    "one who is suspended": lambda: MemberFactory(suspended=True),
    "one who is not welcomed yet": lambda: MemberFactory(welcomed_at=None),
    "one who has not claimed": UnclaimedFactory,
}


def without_moments(parameters) -> list:
    return ["a moment" if isinstance(value, datetime) else value for value in parameters]


def moments(parameters) -> list[datetime]:
    return [value for value in parameters if isinstance(value, datetime)]


@pytest.mark.parametrize("counts", [first_look, dear_counts])
@pytest.mark.parametrize("who", MEMBERS)
def test_it_reads_as_if_it_had_been_written_for_this_member_now(who, counts):
    written = WrittenOnce(counts)
    member = MEMBERS[who]()
    with time_machine.travel(timezone.now() + timedelta(days=100, seconds=7), tick=False):
        text, parameters = counts(member).query.sql_with_params()
        assert written.for_member(member)[0] == text
        assert without_moments(written.for_member(member)[1]) == without_moments(parameters)
        assert moments(written.for_member(member)[1]) == moments(parameters)


def test_each_member_is_counted_what_waits_for_them_and_no_longer_than_it_waits(ines, lina, tomasz):
    request(lina, ines)
    comment(ines, post(tomasz))
    assert count_waiting(ines)["requests"] == 1
    assert count_waiting(tomasz) == {"notices": 2, "requests": 0, "messages": 0}
    assert count_waiting(lina) == {"notices": 0, "requests": 0, "messages": 0}
    with time_machine.travel(timezone.now() + EXPIRES_AFTER + timedelta(minutes=1)):
        assert count_waiting(ines)["requests"] == 0


def test_a_kind_or_counter_that_is_added_counts_at_once(ines, lina, monkeypatch):
    request(lina, ines)
    assert count_waiting(ines)["notices"] == 1
    monkeypatch.delitem(KINDS, "request_received")
    assert count_waiting(ines)["notices"] == 0
    monkeypatch.setitem(counters.COUNTERS, "members", Counter(lambda member: User.objects.all()))
    assert count_waiting(ines)["members"] == 2


def test_who_may_see_notices_is_asked_where_there_are_some(ines, lina, django_assert_num_queries):
    count_waiting(ines)
    with django_assert_num_queries(1):
        assert count_waiting(ines)["notices"] == 0
    request(lina, ines)
    with django_assert_num_queries(2):
        assert count_waiting(ines)["notices"] == 1
    Notice.objects.update(read_at=timezone.now())
    with django_assert_num_queries(1):
        assert count_waiting(ines)["notices"] == 0


REFUSED = {
    "asks the database first": lambda member: User.objects.filter(
        pk__in=list(User.objects.values_list("pk", flat=True))
    ),
    "names a day": lambda member: User.objects.filter(joined_at__date=timezone.now().date()),
}


@pytest.mark.parametrize("query", REFUSED)
def test_a_query_that_depends_on_more_is_refused(query):
    with pytest.raises(TypeError):
        WrittenOnce(REFUSED[query])
