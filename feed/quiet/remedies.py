"""What a reader can do about what they read in their feed: mute, unfollow, see less, hide."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.marks import folded_tag
from accounts.words import marks_of
from communities.models import Membership
from communities.standing import standing as standing_with_organization
from feed.models import Post
from feed.tags.tagged import chosen_among
from network.standing import standings

TAGS = 5


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """One thing to do, as a form of its own: what it is called, where it is sent, and what it sends."""

    text: str
    url: str
    icon: str
    value: str = ""
    """For how long, where that is a choice."""


def remedies(post: Post, *, viewer, is_hidden: bool, is_less: bool) -> list[Remedy]:
    """Return what the viewer can do about a post that they see, the mildest first."""
    is_own = post.author_id == viewer.pk and post.organization is None
    if is_own:
        return []
    found = [_about_post(post, is_hidden=is_hidden)]
    if post.organization is None:
        found.append(_about_weight(post, is_less=is_less))
    if post.organization:
        found += _about_organization(post, viewer)
    elif post.group:
        found += _about_group(post, viewer)
    return found + _about_people(post, viewer) + _about_tags(post, viewer)


def _about_post(post: Post, *, is_hidden: bool) -> Remedy:
    if not is_hidden:
        return Remedy(text=_("Hide this post"), url=reverse("hide_from_feed", args=[post.shown_id]), icon="eye-off")
    return Remedy(text=_("Show this post again"), url=reverse("show_in_feed", args=[post.shown_id]), icon="eye-off")


def _about_weight(post: Post, *, is_less: bool) -> Remedy:
    name, handle = {"name": post.author.first_name}, [post.author.handle]
    if is_less:
        return Remedy(
            text=_("See %(name)s as before") % name, url=reverse("see_as_before", args=handle), icon="user-plus"
        )
    return Remedy(text=_("See less of %(name)s") % name, url=reverse("see_less", args=handle), icon="user-minus")


def _about_people(post: Post, viewer) -> list[Remedy]:
    """Muting whoever says it and whoever said what it passes on; unfollowing the first, where a follow brings it."""
    said = [each for each in (post, post.repost_of) if each and each.organization is None and each.author != viewer]
    found = []
    for member in standings(dict.fromkeys(each.author for each in said), viewer=viewer):
        now, name, handle = member.standing, {"name": member.first_name}, [member.handle]
        found += _mutes("mute", "unmute", handle, name, is_muted=bool(now.muted_until))
        if now.follows and member == post.author and not post.group:
            text = _("Unfollow %(name)s and stay connected") if now.connected_at else _("Unfollow %(name)s")
            found.append(Remedy(text=text % name, url=reverse("unfollow", args=handle), icon="user-minus"))
    return found


def _about_organization(post: Post, viewer) -> list[Remedy]:
    now = standing_with_organization(post.organization, viewer=viewer)
    if not now.follows:
        return []
    name, slug = {"name": post.organization.name}, [post.organization.slug]
    url = reverse("unfollow_organization", args=slug)
    end = Remedy(text=_("Unfollow %(name)s") % name, url=url, icon="user-minus")
    muting = _mutes("mute_organization", "unmute_organization", slug, name, is_muted=bool(now.muted_until))
    return [*muting, end]


def _about_group(post: Post, viewer) -> list[Remedy]:
    is_muted = Membership.objects.muted_by(viewer).filter(group=post.group).exists()
    return _mutes("mute_group", "unmute_group", [post.group.slug], {"name": post.group.name}, is_muted=is_muted)


def _about_tags(post: Post, viewer) -> list[Remedy]:
    """Unfollowing the tags that bring it, and muting what is said in it or in what it passes on, the first few."""
    spelled = {folded_tag(tag): tag for tag in (*_tags(post.repost_of), *_tags(post))}
    followed, muted = chosen_among(spelled, viewer=viewer)
    brought = followed.keys() & {folded_tag(tag) for tag in _tags(post)} if getattr(post, "brought_by", "") else set()
    found = []
    for tag in sorted(spelled, key=lambda tag: (tag not in brought, tag not in muted, tag))[:TAGS]:
        if tag in muted:
            found.append(_about_tag("unmute_tag", _("Unmute %(name)s"), muted[tag], icon="bell"))
            continue
        if tag in brought:
            found.append(_about_tag("unfollow_tag", _("Unfollow %(name)s"), followed[tag], icon="user-minus"))
        found.append(_about_tag("mute_tag", _("Mute %(name)s"), spelled[tag], icon="bell-off"))
    return found


def _tags(post: Post | None) -> list[str]:
    return sorted(marks_of(post.everything_said).tags) if post else []


def _about_tag(address: str, text: str, name: str, *, icon: str) -> Remedy:
    return Remedy(text=text % {"name": f"#{name}"}, url=reverse(address, args=[name]), icon=icon)


def _mutes(mute: str, unmute: str, of: list, name: dict, *, is_muted: bool) -> list[Remedy]:
    if is_muted:
        return [Remedy(text=_("Unmute %(name)s") % name, url=reverse(unmute, args=of), icon="bell")]
    url = reverse(mute, args=of)
    return [
        Remedy(text=_("Mute %(name)s for 30 days") % name, url=url, icon="bell-off", value="month"),
        Remedy(text=_("Mute %(name)s for good") % name, url=url, icon="bell-off", value="good"),
    ]
