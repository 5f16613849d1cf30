"""Events for calendar programs: one as a file, and one's own at a secret address."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from communities.actions import end_calendar_key, renew_calendar_key
from communities.models import CalendarKey
from communities.views.finding import find_event
from notifications.emails import absolute


@require_safe
@cache_control(private=True, no_cache=True)
def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """An event as a file for one's calendar."""
    from communities.calendars import calendar_of_event  # ten megabytes that most workers never need

    found = find_event(request, slug)
    return _file(calendar_of_event(found, viewer=request.user), name=f"{found.slug}.ics")


@require_safe
@cache_control(private=True, no_cache=True)
def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """A member's events, for a calendar program that knows the secret address; nobody has to be signed in."""
    from communities.calendars import calendar_of

    owner = get_object_or_404(CalendarKey.objects.select_related("member"), key=key, member__in=User.objects.present())
    return _file(calendar_of(owner.member), name="events.ics")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def my_calendar(request: HttpRequest) -> HttpResponse:
    """The page where one makes, copies, renews and ends the address of one's calendar."""
    if request.method == "POST":
        if request.POST.get("do") == "end":
            end_calendar_key(by=request.user)
            messages.success(request, _("The address has ended. Calendars that used it get nothing more."))
        else:
            renew_calendar_key(by=request.user)
            messages.success(request, _("Your calendar has a new address. Any old one has ended."))
        return redirect("my_calendar")
    key = CalendarKey.objects.filter(member=request.user).first()
    address = absolute(reverse("calendar", args=[key.key])) if key else ""
    return render(request, "communities/my_calendar.html", {"address": address})


def _file(content: bytes, *, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
