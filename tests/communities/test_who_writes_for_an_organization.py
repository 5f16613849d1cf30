"""An organization speaks under its own name: whoever wrote for it stays unnamed, and is nobody special afterwards."""

import pytest
from django.urls import reverse

from accounts.refusals import Refusal
from communities.actions import give_role, start_organization, take_role
from feed.actions import comment_on_post, publish_post
from feed.models import Post
from notifications.models import Notice
from tests.factories import put_up_event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]


@pytest.fixture
def page(ines, tomasz):
    """A public page that Ines looks after, for which Tomasz writes."""
    page = start_organization(by=ines, name="River Authority", audience="public")
    give_role(page, tomasz, by=ines)
    return page


@pytest.fixture
def update(page, tomasz) -> Post:
    return publish_post(by=tomasz, text="Out now.", organization=page, audience="public")


def read(member, as_member, address: str) -> str:
    return as_member(member).get(address).content.decode()


def test_reporting_an_update_names_the_organization(update, lina, as_member):
    said = read(lina, as_member, reverse("report", args=["post", update.pk]))
    assert "Tomasz" not in said
    assert "Report a post by River Authority" in said


def test_reporting_an_event_of_an_organization_names_nobody(page, tomasz, lina, as_member):
    event = put_up_event(tomasz, organization=page)
    assert "Tomasz" not in read(lina, as_member, reverse("report", args=["event", event.pk]))


def test_the_ways_to_reach_an_editor_lead_to_none_of_the_updates(update, tomasz, lina, as_member):
    assert "Out now." not in read(lina, as_member, tomasz.get_absolute_url())


def test_whoever_writes_no_more_comments_like_everybody_else(page, update, ines, tomasz):
    Post.objects.update(comments_from="nobody")
    assert Post.objects.answerable_by(tomasz).exists()
    take_role(page, tomasz, by=ines)
    assert not Post.objects.answerable_by(tomasz).exists()
    with pytest.raises(Refusal):
        comment_on_post(update, by=tomasz, text="I wrote this.")


def test_whoever_writes_no_more_is_told_of_no_comments(page, update, ines, tomasz, lina):
    comment_on_post(update, by=lina, text="Thank you.")
    assert Notice.objects.filter(recipient=tomasz, kind="comment").count() == 1
    take_role(page, tomasz, by=ines)
    comment_on_post(update, by=lina, text="Once more.")
    assert Notice.objects.filter(recipient=tomasz, kind="comment").count() == 1
