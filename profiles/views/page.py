from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.models import User
from feed.lists.activity import activity_of
from feed.lists.timeline import posts_of
from feed.showing.items import present
from network.advice.gathering import advice_on
from network.advice.said import Said
from network.ground import common_ground
from network.recommendations import LATEST as LATEST_WORDS
from network.recommendations import latest_of
from network.standing import standing
from network.ways import ways_to_reach
from profiles.models import ContactDetail
from profiles.views.reading import sections_of, whole_profile
from search.described import describe_member

DESCRIBED_BY = ("positions", "education", "contact")
"""The parts of a profile that it is described by."""
LATEST = 3
"""How many of a member's posts their profile shows, and how much of their activity."""


@require_safe
def profile(request, handle: str):
    """A member's profile; under a handle that they gave up, the way to the one they have."""
    member = whole_profile(handle, viewer=request.user)
    if member is None:
        return _to_current_handle(request, handle.lower())
    posts = posts_of(member, viewer=request.user, limit=LATEST)
    items = present(posts.posts, viewer=request.user, along=[member])
    deeds = activity_of(member, viewer=request.user, limit=LATEST).deeds
    context = sections_of(member, request.user) | {"items": items, "more_url": "", "deeds": deeds}
    context |= _recommended(member, request)
    context |= describe_member(member, request, **{part: context[part] for part in DESCRIBED_BY})
    return render(request, "profiles/profile.html", context | _between(member, request, context["contact"]))


def _recommended(member: User, request) -> dict:
    """The newest recommendations, whether there are more of them, and whether the viewer's own is among them."""
    found = latest_of(member, request.user)
    return {
        "recommendations": found[:LATEST_WORDS],
        "more_recommendations": len(found) > LATEST_WORDS,
        "recommends": any(row.author_id == request.user.pk for row in found),
    }


def _between(member: User, request, details: list[ContactDetail]) -> dict:
    """What stands between the viewer and somebody else, and how they could reach them."""
    between = standing(member, viewer=request.user, here=request.path)
    common_ground([member], viewer=request.user)
    said = Said.read(request.GET)
    between.advice = advice_on(member, viewer=request.user, standing=between, ground=member.ground, said=said)
    ways = ways_to_reach(member, viewer=request.user, standing=between, details=details[:1])
    return {"standing": between, "ways": ways}


def _to_current_handle(request, handle: str):
    known = Q(handle=handle) | Q(former_handles__handle=handle)
    member = User.objects.visible_to(request.user).filter(known).first()
    if member is None:
        raise Http404
    return redirect(member)  # not for good: a handle can be taken back, and browsers never forget
