"""Getting into a group and out again, and hearing less of it."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models.standing import FOR_GOOD
from accounts.refusals import Refusal
from communities import actions
from communities.forms.groups import AskToJoinForm
from communities.views.finding_groups import find_group, find_joined
from communities.views.groups import outside
from network.views.answers import attempt, come_from

MUTED_FOR = timedelta(days=30)


@login_required
@require_POST
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Join an open group, or accept an invitation."""
    group = find_group(request, slug)
    done = _("You are in the group %(name)s now.") % {"name": group.name}
    attempt(request, lambda: actions.join_group(group, by=request.user), done=done)
    return redirect(group)


@login_required
@require_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to join, with the answer to the group's question."""
    group = find_group(request, slug)
    form = AskToJoinForm(request.POST, group=group)
    if form.is_valid():
        try:
            actions.ask_to_join(group, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("You asked to join. You hear from us when a moderator lets you in."))
            return redirect(group)
    return outside(request, group, form)


@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take back that one asked."""
    group = find_group(request, slug)
    done = _("Your request is taken back.")
    attempt(request, lambda: actions.withdraw_from_asking(group, by=request.user), done=done)
    return redirect(group)


@login_required
@require_POST
def decline(request: HttpRequest, slug: str) -> HttpResponse:
    """Decline an invitation."""
    group = find_group(request, slug)
    done = _("The invitation is declined. Nobody will be told.")
    attempt(request, lambda: actions.decline_invitations(group, by=request.user), done=done)
    return redirect("groups")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask first; then leave a group."""
    group = find_joined(request, slug)
    if request.method != "POST":
        context = {
            "title": _("Leave %(name)s?") % {"name": group.name},
            "text": _("You will no longer see what is said there. What you wrote stays with the group."),
            "action": request.path,
            "button": _("Leave the group"),
            "back": group.get_absolute_url(),
            "bad": True,
            "form": None,
        }
        return render(request, "confirm.html", context)
    done = _("You left %(name)s.") % {"name": group.name}
    left = attempt(request, lambda: actions.leave_group(group, by=request.user), done=done)
    return redirect("groups") if left else redirect("group_members", group.slug)


@login_required
@require_POST
def mute(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep what is said in a group out of the feed for 30 days, or for good."""
    group = find_joined(request, slug)
    until = FOR_GOOD if request.POST.get("for") == "good" else timezone.now() + MUTED_FOR
    done = _("%(name)s stays out of your feed.") % {"name": group.name}
    if attempt(request, lambda: actions.mute_group(group, by=request.user, until=until)):
        messages.success(request, done, extra_tags=reverse("unmute_group", args=[group.slug]))
    return redirect(come_from(request, group.get_absolute_url()))


@login_required
@require_POST
def unmute(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a group into the feed again."""
    group = find_joined(request, slug)
    done = _("%(name)s comes into your feed again.") % {"name": group.name}
    attempt(request, lambda: actions.unmute_group(group, by=request.user), done=done)
    return redirect(come_from(request, group.get_absolute_url()))
