"""Atom feeds of what members, organizations and tags say to everybody."""

import hashlib

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.marks import folded_tag
from accounts.models import User
from communities.models import Organization
from communities.views.finding_organizations import for_organization
from feed.atom import MOST, VISITOR, Source, atom_of
from feed.lists.timeline import words_of
from feed.tags.pages import posts_tagged


@require_safe
def profile_atom(request, handle: str):
    """What a member with a public profile posted for everybody; under a handle that they gave up, the way to it."""
    members = _for_visitors_too(User, request.user)
    member = members.filter(handle=handle).first()
    if member is None:
        member = get_object_or_404(members, former_handles__handle=handle.lower())
        return redirect("profile_atom", member.handle)
    source = Source(
        title=_("Posts by %(name)s") % {"name": member.name},
        name=f"member/{member.pk}",
        url=member.get_absolute_url(),
        feed_url=request.path,
    )
    return _answer(request, source, words_of(member, viewer=VISITOR, most=MOST))


@require_safe
@for_organization(lambda viewer: _for_visitors_too(Organization, viewer))
def organization_atom(request, organization: Organization):
    """What an organization with a public page said to everybody."""
    source = Source(
        title=_("Updates by %(name)s") % {"name": organization.name},
        name=f"organization/{organization.pk}",
        url=organization.get_absolute_url(),
        feed_url=request.path,
    )
    return _answer(request, source, words_of(organization, viewer=VISITOR, most=MOST))


@require_safe
def tag_atom(request, name: str):
    """What people with public profiles and organizations with public pages said with a tag to everybody."""
    folded = folded_tag(name)
    if not folded:
        raise Http404
    source = Source(
        title=f"#{name}",
        name=f"tag/{folded}",
        url=reverse("tag", args=[name]),
        feed_url=request.path,
    )
    return _answer(request, source, posts_tagged(name, viewer=VISITOR).posts)


def _for_visitors_too(model, viewer):
    """Those that visitors see, but not those that a viewer who is signed in doesn't."""
    return model.objects.visible_to(viewer).filter(pk__in=model.objects.visible_to(VISITOR).values("pk"))


def _answer(request, source: Source, posts) -> HttpResponse:
    """Answer with the feed, or with nothing if whoever asks has it as it is."""
    text = atom_of(source, posts, viewer=request.user)
    # By what it says, not by a moment: when its newest post is deleted, hidden or narrowed, the last change lies back.
    etag = quote_etag(hashlib.sha256(text.encode()).hexdigest()[:32])
    response = HttpResponse(text, content_type="application/atom+xml; charset=utf-8", headers={"ETag": etag})
    response["Cache-Control"] = "private, max-age=300"  # it names whom both the reader and visitors see
    return get_conditional_response(request, etag=etag, response=response) or response
