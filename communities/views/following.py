"""Following organizations, quietly or openly, and muting them (product.md §6)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models.standing import FOR_GOOD
from communities.actions import follow_organization, mute_organization, unfollow_organization, unmute_organization
from communities.models import Organization
from communities.standing import standing
from communities.views.finding_organizations import for_organization
from network.views.answers import attempt, come_from
from network.views.follows import MUTED_FOR


@login_required
@for_organization()
def follow(request: HttpRequest, organization: Organization) -> HttpResponse:
    """Follow an organization, openly or quietly. A visitor comes here from signing in, and then goes to its page."""
    if request.method != "POST":
        return redirect(organization)
    quiet = request.POST.get("quiet") == "on"
    attempt(request, lambda: follow_organization(organization, by=request.user, quiet=quiet))
    return answer_about(request, organization)


@login_required
@require_POST
@for_organization()
def unfollow(request: HttpRequest, organization: Organization) -> HttpResponse:
    """Stop following."""
    unfollow_organization(organization, by=request.user)
    return answer_about(request, organization)


@login_required
@require_POST
@for_organization()
def mute(request: HttpRequest, organization: Organization) -> HttpResponse:
    """Keep an organization out of the feed for 30 days, or for good."""
    until = FOR_GOOD if request.POST.get("for") == "good" else timezone.now() + MUTED_FOR
    mute_organization(organization, by=request.user, until=until)
    if not (request.htmx and request.POST.get("look") == "card"):
        done = _("%(name)s stays out of your feed.") % {"name": organization.name}
        messages.success(request, done, extra_tags=reverse("unmute_organization", args=[organization.slug]))
    return answer_about(request, organization)


@login_required
@require_POST
@for_organization()
def unmute(request: HttpRequest, organization: Organization) -> HttpResponse:
    """Let an organization into the feed again."""
    unmute_organization(organization, by=request.user)
    return answer_about(request, organization)


def answer_about(request: HttpRequest, organization: Organization) -> HttpResponse:
    """Show what stands now between the viewer and an organization: the changed piece, or the page anew."""
    here = come_from(request, organization.get_absolute_url())
    if request.htmx and request.POST.get("look") == "card":
        now = standing(organization, viewer=request.user, here=here)
        return render(request, "communities/_standing.html", {"standing": now, "look": "card"})
    return redirect(here)
