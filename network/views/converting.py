"""From following to connecting (product.md §4): the card that suggests it, and "not now"."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from network.actions import put_off_connecting
from network.advice.converting import whom_to_connect_with
from network.models.not_now import QUIET_FOR
from network.views.answers import come_from, find_member


@login_required
@require_POST
def not_now(request: HttpRequest, handle: str) -> HttpResponse:
    """Put off connecting with somebody: the next suggestion takes the place of the card, or the page comes anew."""
    member = find_member(request, handle)
    put_off_connecting(member, by=request.user)
    until = date_format(timezone.localtime(timezone.now() + QUIET_FOR), "j F Y")
    names = {"name": member.first_name, "date": until}
    messages.success(request, _("Not before %(date)s, then. %(name)s will not be told.") % names)
    here = come_from(request, member.get_absolute_url())
    if request.htmx and request.POST.get("look") == "card":
        context = {"converting": whom_to_connect_with(request.user), "here": here, "swapped": True}
        return render(request, "network/_converting.html", context)
    return redirect(here)
