"""Putting up a wall (product.md §14). The settings list them, and take them down."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.actions import block_member
from network.views.answers import come_from, find_member


@login_required
def block(request: HttpRequest, handle: str) -> HttpResponse:
    """Ask first; then put up a wall, silently."""
    member = find_member(request, handle)
    if request.method != "POST":
        context = {
            "title": _("Block %(name)s?") % {"name": member.name},
            "text": _(
                "Neither of you will see the other anywhere here. What stands between you ends: connection, follows, "
                "requests, introductions, endorsements and recommendations. %(name)s will not be told. You can take "
                "the wall down later; what it ended stays ended."
            )
            % {"name": member.first_name},
            "action": request.path,
            "button": _("Block"),
            "back": come_from(request, member.get_absolute_url()),
            "bad": True,
        }
        return render(request, "confirm.html", context)
    block_member(member, by=request.user)
    done = _("You blocked %(name)s. Your settings list whom you blocked.")
    messages.success(request, done % {"name": member.name})
    return redirect("connections")
