"""Who sees that organizations, groups and events are there, and what is said in them (product.md §2, §12)."""

import pytest
from django.utils import timezone

from communities.models import Event, Group, GroupBan, GroupInvitation, Membership, Organization, OrganizationRole
from feed.actions import publish_post
from feed.lists.timeline import feed_of
from feed.models import Comment, Post
from tests.cast import CAST
from tests.communities.breakers import event, group, organization
from tests.factories import comment, follow

pytestmark = pytest.mark.usefixtures("unmailed")

GROUPS = {
    "open": {"ines", "tomasz", "amara", "lina", "bill", "jorge"},
    "request": {"ines", "tomasz", "amara", "lina", "bill", "jorge"},
    "unlisted": {"ines", "tomasz", "amara"},
}
"""Ines moderates, Tomasz is in it, Amara is invited by Tomasz; the others are outsiders."""
INSIDE = {"ines", "tomasz"}


@pytest.fixture
def groups(cast):
    made = {}
    for entry in GROUPS:
        made[entry] = group(name=f"Low water, {entry}", entry=entry)
        Membership.objects.create(group=made[entry], member=cast["ines"], is_moderator=True)
        Membership.objects.create(group=made[entry], member=cast["tomasz"])
        GroupInvitation.objects.create(group=made[entry], member=cast["amara"], by=cast["tomasz"])
    return made


@pytest.mark.parametrize("name", CAST)
@pytest.mark.parametrize("entry", GROUPS)
class TestTheTableOfGroups:
    def test_who_sees_that_it_is_there(self, name, entry, cast, groups):
        seen = Group.objects.visible_to(cast[name]).filter(pk=groups[entry].pk).exists()
        assert seen is (name in GROUPS[entry])

    def test_who_reads_its_posts_comments_events_and_the_list_of_its_members(self, name, entry, cast, groups):
        viewer, inside = cast[name], name in INSIDE
        said = publish_post(by=cast["tomasz"], text="Among us.", group=groups[entry])
        answer = comment(cast["tomasz"], said, "And more of it.")
        meeting = event(group=groups[entry], host=cast["tomasz"], audience="group")
        assert Post.objects.visible_to(viewer).filter(pk=said.pk).exists() is inside
        assert Comment.objects.visible_to(viewer).filter(pk=answer.pk).exists() is inside
        assert Event.objects.visible_to(viewer).filter(pk=meeting.pk).exists() is inside
        assert Membership.objects.visible_to(viewer).filter(group=groups[entry]).exists() is inside
        if viewer.is_authenticated:
            assert (said in feed_of(viewer).posts) is inside
            assert not Post.objects.repostable_by(viewer).filter(pk=said.pk).exists()


def test_an_invitation_to_an_unlisted_group_ends_with_its_inviters_membership(cast, groups):
    unlisted, amara = groups["unlisted"], cast["amara"]
    GroupBan.objects.create(group=unlisted, member=amara)
    assert not Group.objects.visible_to(amara).filter(pk=unlisted.pk).exists(), "banned"
    GroupBan.objects.all().delete()
    assert Group.objects.visible_to(amara).filter(pk=unlisted.pk).exists()
    Membership.objects.filter(group=unlisted, member=cast["tomasz"]).delete()
    assert not Group.objects.visible_to(amara).filter(pk=unlisted.pk).exists()


def test_a_group_that_an_operator_hid_is_gone_with_all_that_was_said_in_it(cast, groups):
    said = publish_post(by=cast["tomasz"], text="Among us.", group=groups["open"])
    Group.objects.update(hidden_at=timezone.now())
    assert not Group.objects.visible_to(cast["ines"]).exists()
    assert not Post.objects.visible_to(cast["ines"]).filter(pk=said.pk).exists()


def test_whoever_left_a_group_reads_nothing_of_it_not_even_their_own_posts(cast, groups):
    said = publish_post(by=cast["tomasz"], text="Among us.", group=groups["open"])
    Membership.objects.filter(member=cast["tomasz"]).delete()
    assert not Post.objects.visible_to(cast["tomasz"]).filter(pk=said.pk).exists()


ORGANIZATIONS = {
    "members": {"ines", "tomasz", "amara", "lina", "bill", "jorge"},
    "public": {"ines", "tomasz", "amara", "lina", "bill", "jorge", "visitor"},
}


@pytest.mark.parametrize("name", CAST)
@pytest.mark.parametrize("audience", ORGANIZATIONS)
def test_the_table_of_organizations_and_what_they_say(name, audience, cast):
    viewer, known = cast[name], organization(audience=audience)
    OrganizationRole.objects.create(organization=known, member=cast["ines"], role="editor")
    said = publish_post(by=cast["ines"], text="We measure.", organization=known, audience="public")
    seen = name in ORGANIZATIONS[audience]
    assert Organization.objects.visible_to(viewer).filter(pk=known.pk).exists() is seen
    assert Post.objects.visible_to(viewer).filter(pk=said.pk).exists() is seen, "whoever wrote it, and whom they block"
    if viewer.is_authenticated:
        assert Post.objects.editable_by(viewer).filter(pk=said.pk).exists() is (name == "ines")


def test_what_an_organization_says_is_not_heard_from_the_editor_who_wrote_it(cast):
    known = organization()
    OrganizationRole.objects.create(organization=known, member=cast["ines"], role="editor")
    said = publish_post(by=cast["ines"], text="We measure.", organization=known)
    follow(cast["lina"], cast["ines"])
    for follower in ("tomasz", "amara", "lina"):
        assert said not in feed_of(cast[follower]).posts


def test_the_followers_of_an_organization_hear_it_until_they_mute_it(cast):
    known = organization()
    OrganizationRole.objects.create(organization=known, member=cast["ines"], role="editor")
    said = publish_post(by=cast["ines"], text="We measure.", organization=known)
    heard = known.follows.create(follower=cast["lina"], quiet=True)
    assert said in feed_of(cast["lina"]).posts
    heard.muted_until = timezone.now() + timezone.timedelta(days=1)
    heard.save()
    assert said not in feed_of(cast["lina"]).posts


def test_an_organization_keeps_its_updates_when_the_editor_who_wrote_them_is_gone(cast):
    from feed.actions.posting import leave_posts_to_organizations

    known = organization()
    OrganizationRole.objects.create(organization=known, member=cast["ines"], role="editor")
    said = publish_post(by=cast["ines"], text="We measure.", organization=known)
    own = publish_post(by=cast["ines"], text="I measure.")
    leave_posts_to_organizations(member=cast["ines"])
    cast["ines"].delete()
    assert Post.objects.visible_to(cast["lina"]).filter(pk=said.pk).exists()
    assert not Post.objects.filter(pk=own.pk).exists()
