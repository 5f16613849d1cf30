"""What cards say again and again, translated once in each language: a page of twenty says some two hundred of it."""

from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.audiences import Audience
from feed.models import Reaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Sentences, with places for names where they have them."""

    menu: str
    mute: str
    keep_out: str
    degrees: dict[int | None, tuple[str, str]]
    audiences: dict[Audience, str]
    kinds: dict[str, str]
    in_group: str
    followed: str
    near: str
    near_reposted: str
    followed_reposted: str
    reposted: str
    own: str
    own_repost: str
    own_position: str


def wording() -> Wording:
    """Return what cards say in the reader's language."""
    return _in(get_language())


@cache
def _in(language: str | None) -> Wording:
    return Wording(
        menu=_("More about the post by %(name)s"),
        mute=_("Mute %(name)s for 30 days"),
        keep_out=_("Keep %(name)s out of your feed"),
        degrees={
            None: ("", ""),
            0: ("", ""),
            1: (_("1st"), _("your connection")),
            2: (_("2nd"), _("a connection of your connections")),
            3: (_("3rd"), _("three steps away")),
        },
        audiences={each: str(each.label) for each in Audience} | {Audience.CONNECTIONS: _("Connections only")},
        kinds={kind.value: str(kind.label) for kind in Reaction.Kind},
        in_group=_("You are in the group %(name)s."),
        followed=_("You follow %(name)s."),
        near=_("You are connected with %(name)s."),
        near_reposted=_("%(name)s, whom you are connected with, reposted this."),
        followed_reposted=_("%(name)s, whom you follow, reposted this."),
        reposted=_("%(name)s reposted this."),
        own=_("Your own update."),
        own_repost=_("You reposted this."),
        own_position=_("You let others know of your position."),
    )
