"""What a member muted and hid, kind by kind, for the page that lists and undoes all of it.

Whoever adds a way to read less of something adds its kind to `KINDS`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models.standing import FOR_GOOD
from communities.models import Membership, OrganizationFollow
from feed.models import HiddenPost, SeeLess, TagMute
from feed.showing.speakers import speaker
from network.models import Mute


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


def _until(row: Model) -> str:
    if row.muted_until == FOR_GOOD:
        return _("For good")
    return _("Until %(date)s") % {"date": date_format(localtime(row.muted_until), _("j F Y"))}


def _weight(row: Model) -> str:
    return _("Posts weigh less in Highlights")


def _of(thing: str, *, undo: str, by: str, note: Callable[[Model], str] = _until) -> Callable[[Model], Entry]:
    """Make entries of rows about `thing`, which has a name and a page; `undo` finds it `by` its handle or slug."""

    def entry(row: Model) -> Entry:
        other = getattr(row, thing)
        undo_url = reverse(undo, args=[getattr(other, by)])
        return Entry(name=other.name, url=other.get_absolute_url(), note=note(row), undo_url=undo_url)

    return entry


def _tag(row: TagMute) -> Entry:
    url, undo = reverse("tag", args=[row.name]), reverse("unmute_tag", args=[row.name])
    return Entry(name=f"#{row.name}", url=url, note="", undo_url=undo)


def _post(row: HiddenPost) -> Entry:
    article = getattr(row.post, "article", None)
    words = article.title if article else row.post.text or row.post.celebration
    return Entry(
        name=Truncator(" ".join(words.split())).chars(80) or _("A picture"),
        url=row.post.get_absolute_url(),
        note=_("A post by %(name)s") % {"name": speaker(row.post).name},
        undo_url=reverse("show_in_feed", args=[row.post_id]),
    )


KINDS: list[Kind] = [
    Kind(
        slug="people",
        title=gettext_lazy("Muted people"),
        undo=gettext_lazy("Unmute"),
        rows=lambda member: Mute.objects.by(member).select_related("other"),
        order=("muted_until", "id"),
        entry=_of("other", undo="unmute", by="handle"),
    ),
    Kind(
        slug="less",
        title=gettext_lazy("People you see less of"),
        undo=gettext_lazy("See as before"),
        rows=lambda member: SeeLess.objects.by(member).select_related("other"),
        order=("-chosen_at", "-id"),
        entry=_of("other", undo="see_as_before", by="handle", note=_weight),
    ),
    Kind(
        slug="organizations",
        title=gettext_lazy("Muted organizations"),
        undo=gettext_lazy("Unmute"),
        rows=lambda member: OrganizationFollow.objects.by(member).muted().select_related("organization"),
        order=("muted_until", "id"),
        entry=_of("organization", undo="unmute_organization", by="slug"),
    ),
    Kind(
        slug="groups",
        title=gettext_lazy("Muted groups"),
        undo=gettext_lazy("Unmute"),
        rows=lambda member: Membership.objects.muted_by(member).select_related("group"),
        order=("muted_until", "id"),
        entry=_of("group", undo="unmute_group", by="slug"),
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
        rows=lambda member: (
            HiddenPost.objects.by(member)
            .select_related("post__author", "post__organization", "post__celebrates", "post__article")
            .defer("post__words", "post__article__text", "post__article__html")
        ),
        order=("-hidden_at", "-id"),
        entry=_post,
    ),
]
