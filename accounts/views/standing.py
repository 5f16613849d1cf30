from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import keep_account, leave
from accounts.forms.settings import LeaveForm
from accounts.models import User
from accounts.models.standing import FOR_GOOD
from accounts.refusals import Refusal
from accounts.requests import MemberRequest
from accounts.zones import zone_of
from moderation.models import Decision


def suspended_page(request: HttpRequest, member: User) -> HttpResponse:
    """What a suspended member reads after giving the right password: until when, and the operator's reason."""
    decisions = Decision.objects.filter(member=member, action=Decision.Action.SUSPEND)
    decision = decisions.order_by("-decided_at", "-pk").first()
    until = member.suspended_until if member.suspended_until != FOR_GOOD else None
    with timezone.override(zone_of(member)):
        return render(
            request,
            "accounts/suspended.html",
            {"until": until, "why": decision.why if decision else ""},
            status=403,
        )


@login_required
@never_cache
@sensitive_post_parameters()
def settings_delete(request: MemberRequest) -> HttpResponse:
    """What goes with the account, and the password before it goes."""
    check = lambda password: get_adapter().reauthenticate(request.user, password)  # noqa: E731
    form = LeaveForm(request.POST or None, check=check)
    if not form.is_valid():
        return render(request, "accounts/delete.html", {"form": form}, status=422 if form.is_bound else 200)
    try:
        member = leave(by=request.user)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return render(request, "accounts/delete.html", {"form": form}, status=422)
    get_adapter().logout(request)
    return render(request, "accounts/left.html", {"leaves_at": member.leaves_at})


@login_required
@never_cache
@require_safe
def leaving(request: MemberRequest) -> HttpResponse:
    """The only page for somebody who is leaving: when, and the way to stay."""
    if request.user.leaves_at is None:
        return redirect("/")
    return render(request, "accounts/leaving.html", {"leaves_at": request.user.leaves_at})


@login_required
@require_POST
def keep(request: MemberRequest) -> HttpResponse:
    """Stay after all."""
    keep_account(by=request.user)
    messages.success(request, _("Good to have you. Everything is as it was."))
    return redirect("/")
