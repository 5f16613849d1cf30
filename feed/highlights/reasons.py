"""Why a post stands where it stands in Highlights, in one sentence: by the signal that counted most."""

from django.utils.translation import gettext as _

from feed.highlights.signals import Signal
from feed.models import Post
from feed.showing.items import Item
from feed.showing.speakers import speaker


def because(signal: Signal, post: Post, item: Item, *, viewer) -> tuple[str, str]:
    """Return the sentence, and the name of an icon; where somebody passed the post on, it says so first.

    `item` has the sentence of Latest, which is that of the signal `TIE`.
    """
    if signal == Signal.TIE:
        return tie(post, item), item.reason_icon
    sentence, icon = _sentence(signal, post, viewer=viewer)
    if post.repost_of_id and post.author_id != viewer.pk:
        return " ".join([_("%(name)s reposted this.") % {"name": post.author.first_name}, sentence]), icon
    return sentence, icon


def tie(post: Post, item: Item) -> str:
    """Return the sentence of Latest; where somebody says it in a group whom one knows anyway, both."""
    if post.group and post.author.degree == 1:
        names = {"name": post.author.first_name, "group": post.group.name}
        return _("You are connected with %(name)s, and both in the group %(group)s.") % names
    return item.reason


def _sentence(signal: Signal, post: Post, *, viewer) -> tuple[str, str]:
    name = {"name": speaker(post).first_name}
    if signal == Signal.ANSWERS:
        return _("You and %(name)s answer each other.") % name, "message-circle"
    if signal == Signal.GROUND:
        return _("You and %(name)s have much in common.") % name, "meet"
    if signal == Signal.RESPONSE:
        return _("People respond to this."), "thumbs-up"
    return _new(post, name, viewer=viewer), "clock"


def _new(post: Post, name: dict, *, viewer) -> str:
    if post.group:
        return _("New in the group %(name)s.") % {"name": post.group.name}
    if tag := getattr(post, "brought_by", ""):
        return _("New with %(name)s, which you follow.") % {"name": f"#{tag}"}
    if post.author_id == viewer.pk and not post.organization:
        return _("You just reposted this.") if post.repost_of_id else _("New from you.")
    if post.repost_of_id:
        return _("That is new.")
    return _("New from %(name)s.") % name
