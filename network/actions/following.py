"""Following, quietly or openly, and muting (product.md §6)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import lock_pair
from accounts.models import User
from accounts.refusals import Refusal
from network.actions.connecting import begin_openly
from network.models import Connection, Follow, Mute
from notifications.actions import notify
from notifications.models import Notice


@transaction.atomic
def follow_member(member: User, *, by: User, quiet: bool = False) -> Follow:
    """Subscribe to a member's public updates. A connection is never followed quietly. Raises `Refusal`.

    The followed member is told, unless the follow is quiet or the two are connected anyway (§6).
    """
    lock_pair(member, by)
    if not User.objects.visible_to(by).filter(pk=member.pk).exclude(pk=by.pk).exists():
        raise Refusal(_("This member can't be followed."))
    connected = Connection.objects.filter(member=by, other=member).exists()
    if member.followers_from == User.FollowersFrom.CONNECTIONS and not connected:
        raise Refusal(_("%(name)s is followed by connections only.") % {"name": member.name})
    if connected or not quiet:
        begin_openly(Follow.objects.filter(follower=by, followed=member), at=timezone.now())
    follow, _made = Follow.objects.update_or_create(
        follower=by, followed=member, defaults={"quiet": quiet and not connected}
    )
    if not follow.quiet and not connected:
        _tell(follow)
    return follow


def _tell(follow: Follow) -> None:
    """Tell the followed member; once, however often somebody follows and stops."""
    told = Notice.objects.filter(recipient=follow.followed, kind="follow", actor=follow.follower)
    if not told.update(subject_id=follow.pk):
        notify(recipient=follow.followed, kind="follow", actor=follow.follower, subject=follow)


@transaction.atomic
def unfollow_member(member: User, *, by: User) -> None:
    """Stop following; a connection stays one (§6)."""
    Follow.objects.filter(follower=by, followed=member).delete()


@transaction.atomic
def mute_member(member: User, *, by: User, until: datetime) -> Mute:
    """Keep a member out of the feed until a moment, or `FOR_GOOD`, whether `by` follows them or not. Raises `Refusal`.

    It holds for whatever would bring them: a follow, a group, a tag, somebody who passes on what they said.
    """
    lock_pair(member, by)
    if not User.objects.visible_to(by).filter(pk=member.pk).exclude(pk=by.pk).exists():
        raise Refusal(_("This member is no longer there for you."))
    muted, _is_new = Mute.objects.update_or_create(member=by, other=member, defaults={"muted_until": until})
    Follow.objects.filter(follower=by, followed=member).update(muted_until=until)
    return muted


@transaction.atomic
def unmute_member(member: User, *, by: User) -> None:
    """Let a muted member into the feed again."""
    lock_pair(member, by)
    Mute.objects.filter(member=by, other=member).delete()
    Follow.objects.filter(follower=by, followed=member).update(muted_until=None)


@transaction.atomic
def remove_follower(member: User, *, by: User) -> None:
    """End the follow of `by` by one member, silently; they may follow again."""
    Follow.objects.open().filter(follower=member, followed=by).delete()


@transaction.atomic
def end_follows_by_strangers(*, member: User) -> None:
    """End the follows, quiet ones too, by all who aren't connected: when a member limits followers (§6)."""
    connected = Connection.objects.filter(member=OuterRef("followed"), other=OuterRef("follower"))
    Follow.objects.filter(~Exists(connected), followed=member).delete()
