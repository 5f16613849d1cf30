"""The second step of the welcome: people to follow and to ask."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import block_member
from accounts.models import User
from tests.factories import MemberFactory, follow

pytestmark = pytest.mark.django_db


def test_the_second_step_shows_the_newest_and_most_followed_whom_one_may_see(as_member, ines, lina, vera):
    popular = MemberFactory(first_name="Popular")
    for number in range(3):
        follow(MemberFactory(first_name=f"Fan{number}"), popular)
    blocked = MemberFactory(first_name="Blocked")
    block_member(blocked, by=lina)
    old = timezone.now() - timedelta(days=4000)
    User.objects.filter(pk=ines.pk).update(joined_at=old)
    page = as_member(lina).get(reverse("welcome_people"))
    names = [person.first_name for person in page.context["people"]]
    assert names[0] == "Popular"
    assert not {"Blocked", "Vera", "Lina"} & set(names)


def test_quiet_follows_make_nobody_popular(as_member, ines, lina):
    quietly = MemberFactory(first_name="Quietly", joined_at=timezone.now() - timedelta(days=900))
    for _ in range(3):
        follow(MemberFactory(), quietly, quiet=True)
    people = as_member(lina).get(reverse("welcome_people")).context["people"]
    assert people[0] != quietly


def test_who_can_not_be_followed_or_asked_gets_no_button(as_member, lina):
    MemberFactory(
        first_name="Closed", followers_from=User.FollowersFrom.CONNECTIONS, door=User.Door.NOBODY, handle="closed"
    )
    MemberFactory(first_name="Open", handle="open")
    page = as_member(lina).get(reverse("welcome_people")).content.decode()
    assert reverse("follow", args=["open"]) in page
    assert reverse("ask_to_connect", args=["open"]) in page
    assert f'action="{reverse("follow", args=["closed"])}"' not in page
    assert reverse("ask_to_connect", args=["closed"]) not in page


def test_whom_one_follows_already_says_so(as_member, ines, lina):
    follow(lina, ines)
    page = as_member(lina).get(reverse("welcome_people")).content.decode()
    assert reverse("unfollow", args=[ines.handle]) in page
    assert f'action="{reverse("follow", args=[ines.handle])}"' not in page


@pytest.mark.parametrize("others", [1, 50])
def test_the_second_step_costs_the_same_however_many_there_are(as_member, lina, django_assert_max_num_queries, others):
    MemberFactory.create_batch(others)
    client = as_member(lina)
    client.get(reverse("welcome_people"))
    with django_assert_max_num_queries(9):
        client.get(reverse("welcome_people"))


def test_somebody_alone_is_told_so(as_member, lina):
    assert "You are early" in as_member(lina).get(reverse("welcome_people")).content.decode()


def test_following_there_leads_back_there(as_member, ines, lina):
    client = as_member(lina)
    page = client.get(reverse("welcome_people")).content.decode()
    assert f'value="{reverse("welcome_people")}"' in page
    answer = client.post(reverse("follow", args=[ines.handle]), {"next": reverse("welcome_people")})
    assert answer.url == reverse("welcome_people")
