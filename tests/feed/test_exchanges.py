"""Who answered whom, as far as the one who asks may see it."""

from datetime import timedelta

import pytest
from django.db.models import Value
from django.utils import timezone

from accounts.actions import block_member
from accounts.models import User
from communities.actions import start_organization
from feed.highlights.exchanges import days_of_exchange
from feed.models import Comment
from tests.factories import MemberFactory, answer_each_other, comment, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]


def days(member: User, *others: User) -> list[int]:
    since = timezone.now() - timedelta(days=60)
    named = days_of_exchange(member=member, others=[other.pk for other in others], since=since)
    everybody = User.objects.exclude(pk=member.pk).values("pk")
    assert days_of_exchange(member=member, others=everybody, since=since).items() >= named.items()
    return [named.get(other.pk, 0) for other in others]


def on_each_others_posts(ines, amara, third):
    for ago, (one, other) in enumerate([(ines, amara), (amara, ines), (ines, amara)]):
        said = comment(one, post(other, audience="public"))
        Comment.objects.filter(pk=said.pk).update(commented_at=timezone.now() - timedelta(days=ago))


def by_replies_under_a_third_ones_post(ines, amara, third):
    where = post(third, audience="public")
    for ago, (one, other) in enumerate([(ines, amara), (amara, ines), (ines, amara)]):
        reply = comment(one, where, reply_to=comment(other, where))
        Comment.objects.filter(pk=reply.pk).update(commented_at=timezone.now() - timedelta(days=ago))


def only_one_of_them(ines, amara, third):
    for _turn in range(3):
        comment(ines, post(amara, audience="public"))


def all_on_one_day(ines, amara, third):
    answer_each_other(ines, amara, post(amara, audience="public"), days=(0, 0, 0))


def too_long_ago(ines, amara, third):
    answer_each_other(ines, amara, post(amara, audience="public"), days=(61, 62, 63))


def some_of_it_hidden(ines, amara, third):
    answer_each_other(ines, amara, post(amara, audience="public"))
    Comment.objects.filter(commented_at__lt=timezone.now() - timedelta(days=2, hours=1)).update(
        hidden_at=timezone.now()
    )


def under_what_an_organization_said(ines, amara, third):
    page = start_organization(by=amara, name="Streamline")
    answer_each_other(ines, third, post(amara, "News.", audience="public", organization=page))


def where_one_no_longer_sees_it(ines, amara, third):
    by_replies_under_a_third_ones_post(ines, amara, third)
    block_member(ines, by=third)


@pytest.mark.parametrize(
    ("happen", "expected"),
    [
        (on_each_others_posts, 3),
        (by_replies_under_a_third_ones_post, 3),
        (only_one_of_them, 0),
        (all_on_one_day, 1),
        (too_long_ago, 0),
        (some_of_it_hidden, 2),
        (under_what_an_organization_said, 0),
        (where_one_no_longer_sees_it, 0),
    ],
)
def test_days_on_which_two_answered_each_other(ines, lina, happen, expected):
    amara = MemberFactory(first_name="Amara")
    happen(ines, amara, lina)
    assert days(ines, amara) == [expected]


def test_it_costs_two_queries_for_any_number_of_people_and_one_where_nobody_was_answered(
    ines, django_assert_num_queries
):
    since = timezone.now() - timedelta(days=60)
    with django_assert_num_queries(1):
        days_of_exchange(member=ines, others=User.objects.values("pk"), since=since)
    people = [MemberFactory() for _number in range(5)]
    for number, person in enumerate(people):
        answer_each_other(ines, person, post(person, audience="public"), days=range(number))
    with django_assert_num_queries(2):
        found = days_of_exchange(member=ines, others=User.objects.annotate(x=Value(1)).values("pk"), since=since)
    assert found == {person.pk: number for number, person in enumerate(people) if number}
