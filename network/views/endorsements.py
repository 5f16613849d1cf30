"""Who vouches for which skill (product.md §7)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.models import User
from network.degrees import decorate
from network.endorsements import endorsable_by, received_by, skills_with_endorsements
from network.endorsing import (
    endorse_skill,
    hide_endorsement,
    show_endorsement,
    switch_follower_endorsements,
    withdraw_endorsement,
)
from network.forms import EndorseForm
from network.models import Endorsement
from network.views.answers import attempt, come_from
from network.views.pages import page_of
from profiles.models import Skill


@login_required
@require_POST
def endorse(request: HttpRequest, pk: int) -> HttpResponse:
    """Vouch for a skill of somebody connected or followed."""
    skill = get_object_or_404(endorsable_by(request.user).select_related("member"), pk=pk)
    form = EndorseForm(request.POST)
    basis = form.cleaned_data["basis"] if form.is_valid() else ""
    attempt(request, lambda: endorse_skill(skill, by=request.user, basis=basis))
    return _answer(request, skill)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own endorsement back."""
    seen = Skill.objects.filter(member__in=User.objects.visible_to(request.user))
    skill = get_object_or_404(seen.select_related("member"), pk=pk)
    withdraw_endorsement(skill, by=request.user)
    return _answer(request, skill)


def _answer(request: HttpRequest, skill: Skill) -> HttpResponse:
    if not request.htmx:
        return redirect(come_from(request, skill.member.get_absolute_url()))
    skills = skills_with_endorsements(skill.member, request.user)
    return render(request, "network/_skills.html", {"skills": skills, "member": skill.member})


@login_required
def endorsements(request: HttpRequest) -> HttpResponse:
    """The endorsements that the viewer received: any single one can be hidden, those by followers all at once."""
    page = page_of(received_by(request.user), request, order=("-endorsed_at", "-id"))
    decorate([row.endorser for row in page.rows], viewer=request.user)
    piece = "#rows" if request.htmx and not page.is_first else ""
    return render(request, f"network/endorsements.html{piece}", {"page": page})


@login_required
@require_POST
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide one endorsement of oneself, or show it again."""
    endorsement = get_object_or_404(Endorsement.objects.hideable_by(request.user), pk=pk)
    change = show_endorsement if request.POST.get("show") == "on" else hide_endorsement
    change(endorsement, by=request.user)
    return redirect(come_from(request, "endorsements"))


@login_required
@require_POST
def followers_shown(request: HttpRequest) -> HttpResponse:
    """Show or hide all endorsements by followers."""
    switch_follower_endorsements(by=request.user, shown=request.POST.get("shown") == "on")
    return redirect("endorsements")
