"""Whom one follows, and who follows (product.md §6)."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models.standing import FOR_GOOD
from communities.models import OrganizationFollow
from communities.standing import standings as standings_with_organizations
from feed.models import TagFollow
from network.actions import follow_member, mute_member, remove_follower, unfollow_member, unmute_member
from network.advice.converting import whom_to_connect_with
from network.degrees import decorate
from network.models import Follow
from network.standing import standings
from network.views.answers import answer_about, answer_without_row, attempt, find_member
from network.views.pages import Page, page_of
from network.views.tabs import tabs

MUTED_FOR = timedelta(days=30)


@login_required
def following(request: HttpRequest) -> HttpResponse:
    """Whom, which organizations and which tags the viewer follows; those muted are marked."""
    if request.htmx and "after_organization" in request.GET:
        context = {"organizations": _organizations(request)}
        return render(request, "network/following.html#organizations", context)
    if request.htmx and "after_tag" in request.GET:
        return render(request, "network/following.html#tags", {"tags": _tags(request), "here": request.path})
    follows = Follow.objects.by(request.user).select_related("followed")
    page = page_of(follows, request, order=("-followed_at", "-id"))
    people = decorate([row.followed for row in page.rows], viewer=request.user)
    standings(people, viewer=request.user, here=request.get_full_path())
    more = {} if request.htmx and not page.is_first else _beside(request, page)
    return _answer(request, page, at="following", **more)


def _beside(request: HttpRequest, page: Page) -> dict:
    """What stands around the list of people: organizations, tags, and before it, whom the viewer knows by now."""
    converting = whom_to_connect_with(request.user) if page.is_first else None
    return {"organizations": _organizations(request), "tags": _tags(request), "converting": converting}


def _tags(request: HttpRequest) -> Page:
    """The tags that the viewer follows, the last one first; those muted are marked."""
    follows = TagFollow.objects.by(request.user).with_mutes()
    return page_of(follows, request, order=("-followed_at", "-id"), cursor="after_tag")


def _organizations(request: HttpRequest) -> Page:
    """The organizations that the viewer follows, the last one first."""
    follows = OrganizationFollow.objects.by(request.user).select_related("organization")
    page = page_of(follows, request, order=("-followed_at", "-id"), cursor="after_organization")
    followed = [row.organization for row in page.rows]
    standings_with_organizations(followed, viewer=request.user, here=request.get_full_path())
    return page


@login_required
def followers(request: HttpRequest) -> HttpResponse:
    """Who follows the viewer, as far as they are told."""
    follows = Follow.objects.of(request.user).select_related("follower")
    page = page_of(follows, request, order=("-followed_at", "-id"))
    people = decorate([row.follower for row in page.rows], viewer=request.user)
    standings(people, viewer=request.user, here=request.get_full_path())
    return _answer(request, page, at="followers")


def _answer(request: HttpRequest, page: Page, *, at: str, **more) -> HttpResponse:
    context = {"page": page, "at": at, "here": request.get_full_path()} | more
    if request.htmx and not page.is_first:
        return render(request, f"network/{at}.html#rows", context)
    return render(request, f"network/{at}.html", context | {"tabs": tabs(request.user, at=at)})


@login_required
def follow(request: HttpRequest, handle: str) -> HttpResponse:
    """Follow somebody, openly or quietly. A visitor comes here from signing in, and then goes to the profile."""
    member = find_member(request, handle)
    if request.method != "POST":
        return redirect(member)
    quiet = request.POST.get("quiet") == "on"
    attempt(request, lambda: follow_member(member, by=request.user, quiet=quiet))
    return answer_about(request, member)


@login_required
@require_POST
def unfollow(request: HttpRequest, handle: str) -> HttpResponse:
    """Stop following; a connection stays one."""
    member = find_member(request, handle)
    unfollow_member(member, by=request.user)
    return answer_about(request, member)


@login_required
@require_POST
def mute(request: HttpRequest, handle: str) -> HttpResponse:
    """Keep somebody out of the feed for 30 days, or for good, followed or not."""
    member = find_member(request, handle)
    until = FOR_GOOD if request.POST.get("for") == "good" else timezone.now() + MUTED_FOR
    muted = attempt(request, lambda: mute_member(member, by=request.user, until=until))
    if muted and not (request.htmx and request.POST.get("look") == "card"):
        done = _("%(name)s stays out of your feed.") % {"name": member.name}
        messages.success(request, done, extra_tags=reverse("unmute", args=[member.handle]))
    return answer_about(request, member)


@login_required
@require_POST
def unmute(request: HttpRequest, handle: str) -> HttpResponse:
    """Let somebody into the feed again."""
    member = find_member(request, handle)
    unmute_member(member, by=request.user)
    return answer_about(request, member)


@login_required
@require_POST
def end_following(request: HttpRequest, handle: str) -> HttpResponse:
    """Remove a follower, silently."""
    member = find_member(request, handle)
    remove_follower(member, by=request.user)
    messages.success(request, _("%(name)s doesn’t follow you any more.") % {"name": member.name})
    return answer_without_row(request, at="followers", remaining=Follow.objects.of(request.user).exists)
