"""The demo community of a development site."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Exists, OuterRef
from django.test import Client
from django.urls import reverse

import demo
from accounts.models import Community, User
from communities.models import Belonging, Opening, Organization, OrganizationFollow
from demo.filling import fill_community
from feed.models import Comment, Picture, Post, Reaction, Revision
from messaging.models import Message
from moderation.models import Case, Decision
from network.models import Connection, ConnectionRequest, Endorsement, Follow, Recommendation
from notifications.models import Email, Notice
from profiles.models import ContactDetail, Education, Language, Position, Skill
from profiles.organizations import recruits_in_house
from tests.factories import MemberFactory
from tests.scenes import UNMAILED

pytestmark = pytest.mark.django_db


@pytest.fixture
def fill(settings):
    settings.DEBUG = True

    def run():
        out = StringIO()
        call_command("demo", stdout=out)
        return out.getvalue()

    return run


def people_and_ties():
    """Who is in the demo community, how they are tied and what they wrote, without what differs by day and chance."""
    return [
        list(
            User.objects.order_by("pk").values_list("email", "first_name", "last_name", "handle", "headline", "about")
        ),
        list(Connection.objects.order_by("member__email", "other__email").values_list("member__email", "other__email")),
        list(Follow.objects.order_by("pk").values_list("follower__email", "followed__email", "quiet")),
        list(Skill.objects.order_by("pk").values_list("member__email", "name")),
        list(Position.objects.order_by("pk").values_list("member__email", "title", "organization", "started_year")),
        list(Endorsement.objects.order_by("pk").values_list("endorser__email", "skill__name", "basis")),
        list(ConnectionRequest.objects.order_by("pk").values_list("sender__email", "recipient__email", "note")),
        list(Post.objects.order_by("pk").values_list("author__email", "text", "audience", "repost_of__text")),
        list(Comment.objects.order_by("pk").values_list("author__email", "text", "post__text", "parent__text")),
        list(Reaction.objects.order_by("pk").values_list("member__email", "post__text")),
        list(Message.objects.order_by("pk").values_list("sender__email", "text")),
        list(Organization.objects.order_by("pk").values_list("name", "slug", "kind", "about")),
        list(Belonging.objects.order_by("pk").values_list("member__email", "organization__name", "source")),
        list(OrganizationFollow.objects.order_by("pk").values_list("follower__email", "organization__name", "quiet")),
        list(Opening.objects.order_by("pk").values_list("organization__name", "title")),
        list(Case.objects.order_by("pk").values_list("member__email", "subject_kind")),
    ]


def test_the_demo_shows_everything_and_is_always_the_same(fill, transactional_db, settings):
    said = fill()
    assert "Sign in as ines@example.org, tomasz@example.org, amara@example.org, operator@example.org" in said
    ines = User.objects.get(email="ines@example.org")
    assert 55 <= User.objects.count() <= 70
    assert User.objects.exclude(photo_key="").count() > 25
    assert User.objects.filter(photo_key="").count() > 10
    assert User.objects.filter(claimed_at__isnull=True).exists()
    assert ConnectionRequest.objects.waiting_for(ines).filter(note="").exists()
    assert ConnectionRequest.objects.waiting_for(ines).exclude(note="").count() >= 3
    assert ConnectionRequest.objects.set_aside_by(ines).count() == 2
    assert ConnectionRequest.objects.sent_by(ines).count() == 2
    assert Recommendation.objects.shown().filter(subject=ines).count() > 3
    assert Recommendation.objects.filter(subject=ines, approved_at=None, set_aside_at=None).exists()
    assert Follow.objects.filter(follower=ines, quiet=True).exists()
    assert Follow.objects.filter(follower=ines, quiet=False).exists()
    assert Connection.objects.of(ines).values("connected_at").distinct().count() > 10
    assert {"public", "members", "connections", "group"} == set(Post.objects.values_list("audience", flat=True))
    assert Post.objects.filter(hidden_at__isnull=False).exists()
    assert Post.objects.filter(repost_of__isnull=False).exists()
    assert Comment.objects.filter(hidden_at__isnull=False).exists()
    assert set(Post.objects.filter(celebrates__isnull=False).values_list("anniversary_in", flat=True)) >= {None}
    assert Reaction.objects.filter(kind="celebrate").count() > 5
    assert Comment.objects.filter(parent__isnull=False).exists()
    assert Comment.objects.filter(deleted_at__isnull=False, replies__isnull=False).exists()
    assert Revision.objects.filter(post__isnull=False).count() > 1
    assert Post.objects.filter(article__isnull=False, organization__isnull=False).exists()
    assert Picture.objects.exclude(description="").exists()
    assert Endorsement.objects.visible_to(ines).exclude(basis="").exists()
    audiences = ContactDetail.objects.filter(member=ines).values_list("audience", flat=True)
    assert {"public", "members", "connections", "nobody"} == set(audiences)
    assert Education.objects.filter(member=ines).exists()
    assert Language.objects.filter(member=ines).exists()
    assert Decision.objects.count() == 3
    assert Case.objects.filter(closed_at__isnull=True).exists()
    assert 8 <= Organization.objects.count() <= 12
    assert set(Organization.objects.values_list("kind", flat=True)) == {"company", "school", "association", "public"}
    assert {"roster", "domain"} == set(Belonging.objects.values_list("source", flat=True))
    assert Post.objects.filter(organization__isnull=False).count() >= 3
    assert Opening.objects.open().count() == 3
    assert User.objects.filter(recruits_in_house(ines), recruiter="in_house").exists()
    assert Message.objects.exists()
    assert Notice.objects.filter(recipient=ines, read_at__isnull=True).exists()
    likes = Notice.objects.filter(kind="like")
    when = Reaction.objects.filter(post=OuterRef("subject_id"), reacted_at=OuterRef("created_at"))
    assert likes.filter(read_at__isnull=False).exists()
    assert not likes.exclude(Exists(when)).exists(), "a notice is as old as what it tells"
    assert not Email.objects.exists()
    first = people_and_ties()

    call_command("flush", interactive=False, verbosity=0)
    settings.TASKS = UNMAILED  # no letter matters the second time
    fill_community()
    for before, after in zip(first, people_and_ties(), strict=True):
        assert before
        assert after == before


def test_the_demo_signs_in_and_is_refused_without_debug(settings):
    settings.DEBUG = True
    ines = MemberFactory(email="ines@example.org", password=demo.PASSWORD)
    words = {"login": ines.email, "password": demo.PASSWORD}
    assert Client().post(reverse("account_login"), words).status_code == 302
    settings.DEBUG = False
    answer = Client().post(reverse("account_login"), words)
    assert answer.status_code != 302
    assert not answer.wsgi_request.user.is_authenticated


def test_the_demo_is_refused_without_debug(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("demo")
    assert not User.objects.exists()


def test_the_demo_never_goes_among_real_members(fill):
    MemberFactory()
    with pytest.raises(CommandError, match="empty site only"):
        fill()
    assert User.objects.count() == 1
    assert not Community.objects.exists()
