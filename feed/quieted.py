"""What a member muted and hid, kind by kind, for the page that lists and undoes all of it.

`KINDS` is a register: whoever adds a way to read less of something adds its kind in `ready()`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models.standing import FOR_GOOD
from communities.models import Membership, OrganizationFollow
from feed.models import HiddenPost, SeeLess, TagMute
from feed.speakers import speaker
from network.models import Follow


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that is muted or hidden: its name, where it is, what is known of it, and how to undo that."""

    name: str
    url: str
    note: str
    undo_url: str


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A way to read less of something: the word in its address, what it is called, and its rows for a member."""

    slug: str
    title: str
    undo: str
    rows: Callable[..., QuerySet]
    order: tuple[str, ...]
    entry: Callable[..., Entry]


def _until(moment: datetime) -> str:
    if moment == FOR_GOOD:
        return _("For good")
    return _("Until %(date)s") % {"date": date_format(localtime(moment), _("j F Y"))}


def _person(row: Follow) -> Entry:
    url, undo = row.followed.get_absolute_url(), reverse("unmute", args=[row.followed.handle])
    return Entry(name=row.followed.name, url=url, note=_until(row.muted_until), undo_url=undo)


def _organization(row: OrganizationFollow) -> Entry:
    url, undo = row.organization.get_absolute_url(), reverse("unmute_organization", args=[row.organization.slug])
    return Entry(name=row.organization.name, url=url, note=_until(row.muted_until), undo_url=undo)


def _group(row: Membership) -> Entry:
    url, undo = row.group.get_absolute_url(), reverse("unmute_group", args=[row.group.slug])
    return Entry(name=row.group.name, url=url, note=_until(row.muted_until), undo_url=undo)


def _tag(row: TagMute) -> Entry:
    url, undo = reverse("tag", args=[row.name]), reverse("unmute_tag", args=[row.name])
    return Entry(name=f"#{row.name}", url=url, note="", undo_url=undo)


def _less(row: SeeLess) -> Entry:
    undo = reverse("see_as_before", args=[row.other.handle])
    note = _("Posts weigh less in Highlights")
    return Entry(name=row.other.name, url=row.other.get_absolute_url(), note=note, undo_url=undo)


def _post(row: HiddenPost) -> Entry:
    words = Truncator(" ".join((row.post.text or row.post.celebration).split())).chars(80)
    return Entry(
        name=words or _("A picture"),
        url=row.post.get_absolute_url(),
        note=_("A post by %(name)s") % {"name": speaker(row.post).name},
        undo_url=reverse("show_in_feed", args=[row.post_id]),
    )


KINDS: list[Kind] = [
    Kind(
        slug="people",
        title=gettext_lazy("Muted people"),
        undo=gettext_lazy("Unmute"),
        rows=lambda member: Follow.objects.by(member).muted().select_related("followed"),
        order=("muted_until", "id"),
        entry=_person,
    ),
    Kind(
        slug="less",
        title=gettext_lazy("People you see less of"),
        undo=gettext_lazy("See as before"),
        rows=lambda member: SeeLess.objects.by(member).select_related("other"),
        order=("-chosen_at", "-id"),
        entry=_less,
    ),
    Kind(
        slug="organizations",
        title=gettext_lazy("Muted organizations"),
        undo=gettext_lazy("Unmute"),
        rows=lambda member: OrganizationFollow.objects.by(member).muted().select_related("organization"),
        order=("muted_until", "id"),
        entry=_organization,
    ),
    Kind(
        slug="groups",
        title=gettext_lazy("Muted groups"),
        undo=gettext_lazy("Unmute"),
        rows=lambda member: Membership.objects.muted_by(member).select_related("group"),
        order=("muted_until", "id"),
        entry=_group,
    ),
    Kind(
        slug="tags",
        title=gettext_lazy("Muted tags"),
        undo=gettext_lazy("Unmute"),
        rows=TagMute.objects.by,
        order=("-muted_at", "-id"),
        entry=_tag,
    ),
    Kind(
        slug="posts",
        title=gettext_lazy("Hidden posts"),
        undo=gettext_lazy("Show again"),
        rows=lambda member: HiddenPost.objects.by(member).select_related(
            "post__author", "post__organization", "post__celebrates"
        ),
        order=("-hidden_at", "-id"),
        entry=_post,
    ),
]
