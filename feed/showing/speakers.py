"""Who says a post, as a card names them: a member, or an organization."""

from dataclasses import dataclass

from accounts.addresses import address
from accounts.models import User
from communities.models import Organization
from feed.models import Post

FACE = 96
"""The size of the photo or logo on a card, in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A name with a face; `first_name` is what one calls them, and `member` who it is, unless an organization."""

    name: str
    first_name: str
    line: str
    url: str
    face_url: str
    initials: str
    tint: int
    member: User | None = None


def speaker(post: Post) -> Speaker:
    """Return who says a post. Of an organization's the editor who wrote it stays unnamed."""
    return _organization(post.organization) if post.organization else _member(post.author)


def _member(member: User) -> Speaker:
    return Speaker(
        name=member.name,
        first_name=member.first_name,
        line=member.headline,
        url=member.get_absolute_url(),
        face_url=address("photo", member.face, FACE) if member.face else "",
        initials=member.initials,
        tint=member.tint,
        member=member,
    )


def _organization(organization: Organization) -> Speaker:
    return Speaker(
        name=organization.name,
        first_name=organization.name,
        line=str(organization.get_kind_display()),
        url=organization.get_absolute_url(),
        face_url=address("logo", organization.logo_key, FACE) if organization.logo_key else "",
        initials=organization.initials,
        tint=organization.tint,
    )
