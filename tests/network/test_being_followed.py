"""Whoever is followed openly is told, once and in the app; of a quiet follow nobody is (product.md §6)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import block_member
from network.actions import follow_member, remove_follower, unfollow_member
from network.models import Follow
from notifications.models import Email, Notice
from tests.factories import connect, follow

pytestmark = pytest.mark.django_db


def told(member) -> list[str]:
    return list(Notice.objects.visible_to(member).filter(kind="follow").values_list("actor__first_name", flat=True))


def test_an_open_follow_is_told_in_the_app_and_by_email_only_if_one_wants_it(as_member, ines, lina):
    follow(lina, ines)
    assert told(ines) == ["Lina"]
    html = as_member(ines).get("/notices/").content.decode()
    assert "Lina Svensson follows you." in html
    notice = Notice.objects.get(recipient=ines, kind="follow", actor=lina)
    assert as_member(ines).get(reverse("notice", args=[notice.pk]))["Location"] == "/in/lina/"
    page = as_member(ines).get("/settings/emails/").content.decode()
    assert 'value="follow" aria-labelledby="kind-follow by-email">' in page  # offered, and not ticked
    assert not Email.objects.exists()


def test_a_quiet_follow_is_told_to_nobody_until_it_is_an_open_one(as_member, ines, lina):
    follow(lina, ines, quiet=True)
    assert told(ines) == []
    assert "Lina" not in as_member(ines).get("/notices/").content.decode()
    follow_member(ines, by=lina)
    assert told(ines) == ["Lina"]


@pytest.mark.parametrize("how", ["openly", "by connecting"])
def test_one_that_was_quiet_once_stands_where_it_would_stand_if_it_had_never_been(how, as_member, ines, lina, amara):
    Follow.objects.update(followed_at=timezone.now() - timedelta(days=10))  # Amara's
    quiet = follow(lina, ines, quiet=True)
    Follow.objects.filter(pk=quiet.pk).update(followed_at=timezone.now() - timedelta(days=90))
    follow_member(ines, by=lina) if how == "openly" else connect(lina, ines)
    follow_member(ines, by=lina)  # a second time changes nothing
    page = as_member(ines).get("/network/followers/").content.decode()
    assert 0 < page.index("Lina Svensson") < page.index("Amara Okafor")
    follow_member(ines, by=amara)  # who follows openly already
    page = as_member(ines).get("/network/followers/").content.decode()
    assert 0 < page.index("Lina Svensson") < page.index("Amara Okafor")


def test_following_again_and_again_tells_once(ines, lina):
    for _time in range(3):
        follow_member(ines, by=lina)
        Notice.objects.update(read_at=lina.joined_at)
        unfollow_member(ines, by=lina)
        assert told(ines) == []
    follow_member(ines, by=lina)
    assert told(ines) == ["Lina"]
    assert not Notice.objects.unread().exists()


def test_what_became_quiet_is_no_longer_told(ines, lina):
    follow(lina, ines)
    follow_member(ines, by=lina, quiet=True)
    assert told(ines) == []


def test_connecting_tells_of_no_follow(ines, lina):
    connect(ines, lina)
    unfollow_member(ines, by=lina)
    follow_member(ines, by=lina)
    assert told(ines) == told(lina) == []


@pytest.mark.parametrize("ending", [block_member, remove_follower])
def test_a_wall_or_an_ended_follow_takes_the_notice_along(ines, lina, ending):
    follow(lina, ines)
    ending(lina, by=ines)
    assert told(ines) == []
