"""What a public page says of itself to programs: its one address, and what previews and search engines show of it.

Only pages as visitors see them say anything, and only what stands on them. What is written for search engines alone is
left out where they may not list the page (`search.middleware`).
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.marks import folded_tag
from accounts.models import Community, User
from communities.models import Event, Opening, Organization
from feed.atom import absolute
from feed.models import Post
from feed.showing.items import Item
from profiles.models import ContactDetail, Education, Position
from search.middleware import is_for_engines

LETTERS = 200
"""How long a description is at most."""
_ESCAPED = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@dataclass(frozen=True, kw_only=True)
class Described:
    """What the head of a page says of it; `data` is the block of JSON-LD."""

    title: str
    description: str
    url: str
    kind: str = "website"
    image: str = ""
    image_said: str = ""
    is_large: bool = False
    data: SafeString


def describe_member(member: User, request, *, positions: Iterable[Position], education: Iterable[Education],
                    contact: Iterable[ContactDetail]) -> dict:  # fmt: skip
    """A member's profile, from the parts of it that the page shows."""
    image = absolute(reverse("photo", args=[member.face, 384])) if member.face else ""

    def data() -> dict:
        person = {
            "@type": "Person",
            "name": member.name,
            "url": absolute(member.get_absolute_url()),
            "description": member.headline,
            "image": image,
            "homeLocation": _place(member.place),
            "worksFor": [
                {"@type": "Organization", "name": each.organization} for each in positions if not each.ended_year
            ],
            "alumniOf": [{"@type": "EducationalOrganization", "name": each.school} for each in education],
            "sameAs": [each.value for each in contact if each.kind == ContactDetail.Kind.WEBSITE],
        }
        return {"@type": "ProfilePage", "mainEntity": _without_nothing(person)}

    words = member.headline or member.about or member.place or member.name
    return _described(
        request, data, title=member.name, words=words, url=member.get_absolute_url(), kind="profile",
        image=image, image_said=member.name,
    )  # fmt: skip


def describe_post(item: Item, post: Post, request) -> dict:
    """A post or an article, as its page shows it."""
    url = item.article.url if item.article else item.url
    picture = item.article.picture if item.article else next(iter(item.pictures), None)
    face = item.speaker.face_url
    image = absolute(picture.url) if picture else absolute(face) if face else ""
    words = item.celebration or item.text or item.speaker.name

    def data() -> dict:
        author = {
            "@type": "Person" if item.speaker.member else "Organization",
            "name": item.speaker.name,
            "url": absolute(item.speaker.url),
        }
        said = {
            "@type": "Article" if item.article else "SocialMediaPosting",
            "headline": item.article.title if item.article else Truncator(_line(words)).chars(110),
            "articleBody": "" if item.article else item.text,
            "author": author,
            "datePublished": post.posted_at,
            "dateModified": post.edited_at or post.posted_at,
            "image": absolute(picture.url) if picture else "",
            "url": absolute(url),
            "mainEntityOfPage": absolute(url),
            "commentCount": item.comments,
            "interactionStatistic": {
                "@type": "InteractionCounter",
                "interactionType": "https://schema.org/LikeAction",
                "userInteractionCount": item.likes,
            },
        }
        return _without_nothing(said)

    return _described(
        request, data, title=item.article.title if item.article else item.speaker.name, words=words, url=url,
        kind="article", image=image, image_said=picture.description if picture else item.speaker.name,
        is_large=picture is not None,
    )  # fmt: skip


def describe_organization(organization: Organization, request) -> dict:
    """An organization's page."""
    image = absolute(reverse("logo", args=[organization.logo_key, 384])) if organization.logo_key else ""

    def data() -> dict:
        kind = "EducationalOrganization" if organization.kind == Organization.Kind.SCHOOL else "Organization"
        said = {
            "@type": kind,
            "name": organization.name,
            "url": absolute(organization.get_absolute_url()),
            "description": organization.about,
            "logo": image,
            "location": _place(organization.place),
            "sameAs": organization.website,
        }
        return _without_nothing(said)

    words = organization.about or f"{organization.get_kind_display()} {organization.place}"
    return _described(
        request, data, title=organization.name, words=words, url=organization.get_absolute_url(),
        image=image, image_said=organization.name,
    )  # fmt: skip


def describe_event(event: Event, request, *, host, when: str, where: str) -> dict:
    """An event; its link is for those with a seat, and isn't said."""
    url, organizer = absolute(event.get_absolute_url()), {}
    if host:
        kind = "Organization" if event.organization_id else "Person"
        organizer = {"@type": kind, "name": host.name, "url": absolute(host.url)}

    def data() -> dict:
        online, there = "https://schema.org/OnlineEventAttendanceMode", "https://schema.org/OfflineEventAttendanceMode"
        status = "EventCancelled" if event.cancelled_at else "EventScheduled"
        said = {
            "@type": "Event",
            "name": event.title,
            "url": url,
            "description": event.about,
            "startDate": event.starts_at,
            "endDate": event.ends_at,
            "eventStatus": f"https://schema.org/{status}",
            "eventAttendanceMode": there if event.place else online,
            "location": _place(event.place) or {"@type": "VirtualLocation", "url": url},
            "organizer": organizer,
        }
        return _without_nothing(said)

    image = absolute(host.face_url) if host and host.face_url else ""
    words = f"{when} · {where}. {event.about}"
    return _described(
        request, data, title=event.title, words=words, url=event.get_absolute_url(), image=image,
        image_said=host.name if image else "",
    )  # fmt: skip


def describe_opening(opening: Opening, request) -> dict:
    """An opening of an organization; how one applies stands on its page."""
    organization, url = opening.organization, absolute(opening.get_absolute_url())
    image = absolute(reverse("logo", args=[organization.logo_key, 384])) if organization.logo_key else ""

    def data() -> dict:
        said = {
            "@type": "JobPosting",
            "title": opening.title,
            "url": url,
            "description": opening.text,
            "datePosted": opening.posted_at,
            "validThrough": opening.closes_on,
            "employmentType": _EMPLOYMENT[Opening.Kind(opening.kind)],
            "hiringOrganization": {
                "@type": "Organization",
                "name": organization.name,
                "url": absolute(organization.get_absolute_url()),
            },
            "jobLocation": _place(opening.place),
            "jobLocationType": "TELECOMMUTE" if opening.is_remote else "",
        }
        return _without_nothing(said)

    words = " · ".join(part for part in (organization.name, opening.place, opening.text) if part)
    return _described(
        request, data, title=opening.title, words=words, url=opening.get_absolute_url(),
        image=image, image_said=organization.name if image else "",
    )  # fmt: skip


_EMPLOYMENT = {
    Opening.Kind.FULL_TIME: "FULL_TIME",
    Opening.Kind.PART_TIME: "PART_TIME",
    Opening.Kind.CONTRACT: "CONTRACTOR",
    Opening.Kind.INTERNSHIP: "INTERN",
    Opening.Kind.VOLUNTEER: "VOLUNTEER",
}
"""What schema.org calls them."""


def describe_tag(name: str, request) -> dict:
    """The page of a tag, under one address however it is spelled there.

    Search engines don't list it: it holds posts of people who don't want to be listed.
    """
    said = f"#{name}"
    words = _("What people here say about %(name)s") % {"name": said}
    return _described(request, None, title=said, words=words, url=reverse("tag", args=[folded_tag(name)]))


def describe_posts_of(member: User, request) -> dict:
    """The list of what a member posted. Search engines list the profile, and the posts."""
    title = _("Posts by %(name)s") % {"name": member.name}
    words = member.headline or member.about or title
    image = absolute(reverse("photo", args=[member.face, 384])) if member.face else ""
    url = reverse("profile_posts", args=[member.handle])
    return _described(request, None, title=title, words=words, url=url, image=image, image_said=member.name)


def describe_front(community: Community, request) -> dict:
    """The front page."""

    def data() -> dict:
        return {"@type": "WebSite", "name": community.name, "url": absolute("/"), "description": community.purpose}

    return _described(request, data, title=community.name, words=community.purpose, url="/")


def _described(request, data: Callable[[], dict] | None, *, words: str, url: str, **what: Any) -> dict:
    """Return what the template needs; nothing for members, whose pages are for nobody else."""
    if request.user.is_authenticated:
        return {}
    block = SafeString("")
    if data is not None and is_for_engines(request):
        block = _block({"@context": "https://schema.org"} | data())
    description = Truncator(_line(words)).chars(LETTERS)
    return {"described": Described(description=description, url=absolute(url), data=block, **what)}


def _block(data: dict) -> SafeString:
    """Return data as JSON that can't end the element it stands in: as Django's `json_script` writes it."""
    return mark_safe(json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False).translate(_ESCAPED))  # noqa: S308


def _place(name: str) -> dict:
    return {"@type": "Place", "name": name} if name else {}


def _line(words: str) -> str:
    return " ".join(words.split())


def _without_nothing(data: dict) -> dict:
    """Leave out what isn't known; a number that is 0 is known."""
    return {name: value for name, value in data.items() if value or value == 0}
