from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from accounts.actions import claim_account
from accounts.actions.joining import send_again
from accounts.forms.joining import AddressForm, ClaimForm
from accounts.links import claimed_by, invitation_of
from accounts.models import User
from accounts.refusals import Refusal


@never_cache
@require_safe
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The link of an invitation: on to sign-up, with the address filled in and counted as verified."""
    if request.user.is_authenticated:
        return redirect("/")
    invitation = invitation_of(token)
    if invitation is None:
        return render(request, "accounts/link_ended.html", {"form": AddressForm()}, status=404)
    if invitation.accepted_at:
        messages.info(request, _("This invitation was accepted already. Sign in with your password."))
        return redirect("account_login")
    get_adapter().stash_verified_email(request, invitation.email)
    return redirect("account_signup")


@never_cache
def send_link_again(request: HttpRequest) -> HttpResponse:
    """Send an invitation or a claim link once more; the answer is the same whether there is one or not."""
    form = AddressForm(request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/send_again.html", {"form": form}, status=422 if form.is_bound else 200)
    email = form.cleaned_data["email"]
    if not ratelimit.consume(request, app="allauth.account", action="reset_password", key=email.lower()):
        return ratelimit.respond_429(request)
    send_again(email)
    messages.success(request, _("If something waits for %(email)s, its link is on its way.") % {"email": email})
    return redirect("account_login")


@never_cache
@sensitive_post_parameters()
def claim(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """The link with which somebody from a roster makes the account theirs."""
    member = claimed_by(uid, token)
    if member is None:
        return render(request, "accounts/link_ended.html", {"form": AddressForm()}, status=404)
    if member.claimed_at:
        return _claimed_already(request)
    form = ClaimForm(request.POST or None, member=member)
    if not form.is_valid():
        return render(
            request, "accounts/claim.html", {"form": form, "member": member}, status=422 if form.is_bound else 200
        )
    try:
        member = claim_account(member, password=form.cleaned_data["password"])
    except Refusal:
        return _claimed_already(request)
    return _enter(request, member)


def _claimed_already(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("This account was claimed already. Sign in with its password."))
    return redirect("account_login")


def _enter(request: HttpRequest, member: User) -> HttpResponse:
    """Sign in who just proved the address and set the password; somebody else's session ends."""
    get_adapter().logout(request)
    record_authentication(request, member, method="password", email=member.email)
    return perform_login(request, Login(user=member, email=member.email, redirect_url="/welcome/"))
