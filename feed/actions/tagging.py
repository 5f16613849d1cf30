"""Following tags, and keeping them out of one's feed (product.md §8).

A tag is named as somebody spelled it; what differs only in case and accents is the same tag.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.marks import folded_tag
from accounts.models import User
from accounts.refusals import Refusal
from feed.models import Tag, TagFollow, TagMute


@transaction.atomic
def follow_tag(name: str, *, by: User) -> TagFollow:
    """Let what has a tag come into one's feed; a second time changes nothing. Raises `Refusal` for what is no tag."""
    return TagFollow.objects.get_or_create(follower=by, tag=_tag(name), defaults={"name": name})[0]


@transaction.atomic
def unfollow_tag(name: str, *, by: User) -> None:
    """Follow a tag no more; if one didn't, nothing happens."""
    TagFollow.objects.filter(follower=by, tag__folded=folded_tag(name)).delete()


@transaction.atomic
def mute_tag(name: str, *, by: User) -> TagMute:
    """Keep what others say with a tag out of one's feed, also if one follows it. Raises `Refusal` for what is none."""
    return TagMute.objects.get_or_create(member=by, tag=_tag(name), defaults={"name": name})[0]


@transaction.atomic
def unmute_tag(name: str, *, by: User) -> None:
    """Let a tag into one's feed again; if one hadn't muted it, nothing happens."""
    TagMute.objects.filter(member=by, tag__folded=folded_tag(name)).delete()


def _tag(name: str) -> Tag:
    folded = folded_tag(name)
    if not folded:
        raise Refusal(_("A tag is one word of letters and digits."))
    return tags([folded])[folded]


def tags(folded: Iterable[str]) -> dict[str, Tag]:
    """Return tags by what they are known by; those that nobody used yet are made."""
    wanted = set(folded)
    found = {tag.folded: tag for tag in Tag.objects.filter(folded__in=wanted)}
    if missing := sorted(wanted - found.keys()):
        Tag.objects.bulk_create([Tag(folded=each) for each in missing], ignore_conflicts=True)
        found |= {tag.folded: tag for tag in Tag.objects.filter(folded__in=missing)}
    return found
