"""Choosing when emails wait."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.zones import zone_of
from notifications.forms import QuietHoursForm
from notifications.models import QuietHours
from notifications.quiet import end_quiet, keep_quiet


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings_quiet_hours(request: HttpRequest) -> HttpResponse:
    """From when until when emails wait, by the clocks where one lives."""
    form = QuietHoursForm(request.POST if request.method == "POST" else None, initial=_kept(request.user))
    if form.is_valid():
        begins_at, ends_at = form.cleaned_data["begins_at"], form.cleaned_data["ends_at"]
        if begins_at:
            keep_quiet(begins_at, ends_at, by=request.user)
        else:
            end_quiet(by=request.user)
        messages.success(request, _("Saved."))
        return redirect("settings_quiet_hours")
    context = {"form": form, "zone": zone_of(request.user) or ""}
    return render(request, "notifications/quiet_hours.html", context, status=422 if form.is_bound else 200)


def _kept(member) -> dict[str, str]:
    hours = QuietHours.objects.filter(member=member).first()
    return {"begins_at": hours.begins_at.isoformat(), "ends_at": hours.ends_at.isoformat()} if hours else {}
