from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.addresses import address
from accounts.counting import how_many
from accounts.models import User
from accounts.names import FoldedField, WordsField
from accounts.written_once import written_once


class GroupQuerySet(models.QuerySet):
    @written_once
    def visible_to(self, viewer):
        """The one sentence about who sees that a group is there (product.md §12).

        Members see groups that are listed. An unlisted one is seen by those who are in it and those invited to it by
        somebody who is; for everybody else it doesn't exist. What is said in a group is for `joined_by` alone.
        """
        if not viewer.is_authenticated:
            return self.none()
        listed = ~Q(entry=Group.Entry.UNLISTED)
        inside = Exists(Membership.objects.filter(group=OuterRef("pk"), member=viewer))
        invited = Exists(GroupInvitation.objects.open_to(viewer).filter(group=OuterRef("pk")))
        return self.filter(listed | inside | invited, hidden_at__isnull=True)

    @written_once
    def joined_by(self, member):
        """Those in which a member is: whose posts and comments they read and write."""
        if not member.is_authenticated:
            return self.none()
        inside = Exists(Membership.objects.filter(group=OuterRef("pk"), member=member))
        return self.filter(inside, hidden_at__isnull=True)

    @written_once
    def moderated_by(self, member):
        """Those that a member looks after."""
        if not member.is_authenticated:
            return self.none()
        moderates = Membership.objects.filter(group=OuterRef("pk"), member=member, is_moderator=True)
        return self.filter(Exists(moderates), hidden_at__isnull=True)

    def listed_to(self, member):
        """Those that a member finds although they are not in them: what there is to discover."""
        inside = Exists(Membership.objects.filter(group=OuterRef("pk"), member=member))
        return self.visible_to(member).filter(~inside).exclude(entry=Group.Entry.UNLISTED)

    def with_size(self):
        """With `size`: how many members are there, one number for everybody who sees the group."""
        counted = Membership.objects.counted().filter(group=OuterRef("pk"))
        return self.annotate(size=how_many(counted, "group"))

    def with_standing_of(self, member):
        """With what stands between a group and a member: `is_joined`, `is_moderated`, `muted_until`, `asked_at`,
        `is_invited`, `is_closed` (they are banned)."""
        mine = Membership.objects.filter(group=OuterRef("pk"), member=member)
        asked = GroupRequest.objects.of(member).filter(group=OuterRef("pk"))
        return self.annotate(
            is_joined=Exists(mine),
            is_moderated=Exists(mine.filter(is_moderator=True)),
            muted_until=Subquery(mine.filter(muted_until__gt=timezone.now()).values("muted_until")),
            asked_at=Subquery(asked.values("asked_at")),
            is_invited=Exists(GroupInvitation.objects.open_to(member).filter(group=OuterRef("pk"))),
            is_closed=Exists(GroupBan.objects.filter(group=OuterRef("pk"), member=member)),
        )


class Group(models.Model):
    """Members who talk among themselves: open to all, by request, or unlisted (product.md §12)."""

    class Entry(models.TextChoices):
        OPEN = "open", _("Open: everybody may join")
        REQUEST = "request", _("By request: a moderator lets people in")
        UNLISTED = "unlisted", _("Unlisted: only invited people know that it is there")

    name = models.CharField(_("name"), max_length=100)
    name_folded = FoldedField("name")
    slug = models.CharField(_("address"), max_length=60, unique=True)
    about = models.TextField(_("about"), max_length=2000, blank=True)
    rules = models.TextField(_("rules"), max_length=3000, blank=True)
    entry = models.CharField(_("who may join"), max_length=10, choices=Entry, default=Entry.OPEN)
    question = models.CharField(_("question to those who ask to join"), max_length=200, blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True)
    key = models.UUIDField(default=uuid4, editable=False)
    words = WordsField("name", "about")
    size: int

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        constraints = [
            models.UniqueConstraint(fields=["started_by", "key"], name="communities_group_once_for_a_key"),
            models.CheckConstraint(condition=~Q(name=""), name="communities_group_has_a_name"),
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"), name="communities_group_slug_is_a_slug"
            ),
            models.CheckConstraint(
                condition=Q(question="") | Q(entry="request"), name="communities_group_asks_only_those_who_ask"
            ),
        ]
        indexes = [
            GinIndex(fields=["words"], name="communities_group_words"),
            models.Index(fields=["name_folded", "id"], name="communities_group_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("group", self.slug)

    @property
    def initials(self) -> str:
        return self.name[:1].upper()

    @property
    def tint(self) -> int:
        return (self.pk or 0) * 7 % 12


class MembershipQuerySet(models.QuerySet):
    @written_once
    def visible_to(self, viewer):
        """Who is in a group is known to those who are in it, each of the people they may see."""
        return self.filter(group__in=Group.objects.joined_by(viewer), member__in=User.objects.visible_to(viewer))

    @written_once
    def heard_by(self, member):
        """The groups of a member whose posts come into their feed: those not muted now."""
        return self.filter(
            Q(muted_until__isnull=True) | Q(muted_until__lte=timezone.now()),
            group__in=Group.objects.joined_by(member),
            member=member,
        )

    @written_once
    def muted_by(self, member):
        """The groups of a member that they muted, of those in which they are."""
        joined = Group.objects.joined_by(member)
        return self.filter(muted_until__gt=timezone.now(), group__in=joined, member=member)

    @written_once
    def counted(self):
        """Those of members who are there: one number for everybody who sees the group."""
        return self.filter(member__in=User.objects.present())

    def moderating(self):
        """Those of moderators who are there, and so can act."""
        return self.counted().filter(is_moderator=True)


class Membership(models.Model):
    """That a member is in a group, perhaps as one of its moderators."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    is_moderator = models.BooleanField(_("moderator"), default=False)
    muted_until = models.DateTimeField(_("muted until"), null=True, blank=True)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a group")
        verbose_name_plural = _("members of groups")
        constraints = [models.UniqueConstraint(fields=["group", "member"], name="communities_membership_once")]
        indexes = [
            models.Index(fields=["group", "-is_moderator", "-joined_at", "-id"], name="communities_membership_order")
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.group_id}"


class GroupRequestQuerySet(models.QuerySet):
    def of(self, member):
        """Those that a member made and didn't take back; whether one was turned down is not asked."""
        return self.filter(member=member, withdrawn_at__isnull=True)

    def waiting_for(self, moderator):
        """Those that wait in the groups of a moderator, each of somebody whom they see."""
        return self.filter(
            group__in=Group.objects.moderated_by(moderator),
            member__in=User.objects.visible_to(moderator),
            declined_at__isnull=True,
            withdrawn_at__isnull=True,
        )


class GroupRequest(models.Model):
    """That a member asks to join a group, with their answer to its question; gone once they are let in.

    One that was turned down looks to whoever made it as if it were unread. So it is kept when they take it back: asking
    again then changes nothing, for them or for the moderators.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="requests")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="group_requests")
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    declined_at = models.DateTimeField(_("turned down"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = GroupRequestQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "member"], name="communities_grouprequest_once")]
        indexes = [models.Index(fields=["group", "asked_at", "id"], name="communities_grouprequest_order")]

    def __str__(self) -> str:
        return f"{self.member_id} asks to join {self.group_id}"


class GroupInvitationQuerySet(models.QuerySet):
    def open_to(self, member):
        """Invitations that still stand: the inviter is in the group and seen by whom they invited, who isn't banned.

        They are none once they were declined, nor for somebody who is in the group.
        """
        inviter_inside = Membership.objects.filter(group=OuterRef("group"), member=OuterRef("by"))
        banned = GroupBan.objects.filter(group=OuterRef("group"), member=member)
        inside = Membership.objects.filter(group=OuterRef("group"), member=member)
        return self.filter(
            Exists(inviter_inside),
            ~Exists(banned),
            ~Exists(inside),
            member=member,
            declined_at__isnull=True,
            by__in=User.objects.visible_to(member),
            group__hidden_at__isnull=True,
        )


class GroupInvitation(models.Model):
    """That somebody in a group invites a connection of theirs to it; gone once they are in.

    One that was declined stays, so that to its inviter it looks unanswered, and can't be repeated.
    """

    group = models.ForeignKey(Group, models.CASCADE, related_name="invitations")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="group_invitations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    invited_at = models.DateTimeField(_("invited"), default=timezone.now)
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True)

    objects = GroupInvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "member", "by"], name="communities_groupinvitation_once"),
            models.CheckConstraint(condition=~Q(member=F("by")), name="communities_groupinvitation_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.by_id} invites {self.member_id} to {self.group_id}"


class GroupBanQuerySet(models.QuerySet):
    def liftable_by(self, moderator):
        """Those in the groups of a moderator, each of somebody whom they see."""
        return self.filter(
            group__in=Group.objects.moderated_by(moderator), member__in=User.objects.visible_to(moderator)
        )


class GroupBan(models.Model):
    """That a member may not join a group any more."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="bans")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    banned_at = models.DateTimeField(_("banned"), default=timezone.now)

    objects = GroupBanQuerySet.as_manager()

    class Meta:
        verbose_name = _("ban from a group")
        verbose_name_plural = _("bans from groups")
        constraints = [models.UniqueConstraint(fields=["group", "member"], name="communities_groupban_once")]

    def __str__(self) -> str:
        return f"{self.member_id} is banned from {self.group_id}"
