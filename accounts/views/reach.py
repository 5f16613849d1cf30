from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import address_confirmed, send_address_link
from accounts.links import reached_by
from accounts.requests import MemberRequest


@login_required
@require_POST
def send_reach_link(request: MemberRequest) -> HttpResponse:
    """Send oneself a link that confirms that mail reaches one's address."""
    email = request.user.email
    if not ratelimit.consume(request, app="allauth.account", action="reset_password", key=email.lower()):
        return ratelimit.respond_429(request)
    send_address_link(to=request.user)
    messages.success(request, _("A link is on its way to %(email)s.") % {"email": email})
    return redirect("account_email")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reached(request: HttpRequest, token: str) -> HttpResponse:
    """The link by which a member confirms that mail reaches their address, signed in or not."""
    member = reached_by(token)
    if member is None:
        return render(request, "accounts/reach_ended.html", status=404)
    if request.method == "POST":
        address_confirmed(member, member.email)
        messages.success(request, _("Thank you. Emails come to %(email)s again.") % {"email": member.email})
        return redirect("/")
    return render(request, "accounts/reach.html", {"email": member.email})
