from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.written_once import written_once
from communities.models import Membership, OrganizationFollow
from network.models import Follow, Mute

WORDLESS = Q(repost_of__isnull=False, text="")
"""Posts that only pass another one on."""


class WantedQuerySet(models.QuerySet):
    """Posts as a member wants their feed: from whom they hear, and without what they don't want to read.

    Neither says who may see a post: that is `visible_to`.
    """

    @written_once
    def heard_by(self, member):
        """Posts of follows, groups and tags of a member that aren't muted, and their own: what a feed is made of."""
        from feed.tags.tagged import brought_to

        follows = Follow.objects.by(member).heard().filter(followed=OuterRef("author"))
        organizations = OrganizationFollow.objects.by(member).heard().filter(organization=OuterRef("organization"))
        groups = Membership.objects.heard_by(member).filter(group=OuterRef("group"))
        return self.filter(
            brought_to(member)
            | Q(Q(author=member) | Q(Exists(follows)), organization__isnull=True, group__isnull=True)
            | Q(Exists(organizations), organization__isnull=False, hidden_at__isnull=True)
            | Q(Exists(groups), group__isnull=False, hidden_at__isnull=True)
        )

    @written_once
    def wanted_by(self, member):
        """Posts that a member didn't hide from their feed, nor what a repost passes on, and without what they muted:
        people, whatever would bring what they said, and tags.
        """
        from feed.models.quieting import HiddenPost
        from feed.tags.tagged import muted_by

        if not member.is_authenticated:
            return self
        hidden = HiddenPost.objects.filter(member=member)
        return self.filter(
            ~_by_muted(member),
            ~muted_by(member),
            ~Exists(hidden.filter(post=OuterRef("pk"))),
            ~Q(WORDLESS, Exists(hidden.filter(post=OuterRef("repost_of")))),
        )


def _by_muted(member) -> Q:
    """The condition that a post is by somebody whom a member muted, or passes on what they said; never their own."""
    from feed.models.post import Post

    muted = Mute.objects.standing().filter(member=member).values("other")
    passed_on = Post.objects.filter(pk=OuterRef("repost_of"), organization__isnull=True, author__in=muted)
    said = Q(author__in=muted, organization__isnull=True) | Q(Exists(passed_on))
    return said & ~Q(author=member, organization__isnull=True)
