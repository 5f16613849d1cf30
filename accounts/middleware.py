"""What every request of a member needs: their time zone, and the way to where they must go first."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from accounts.zones import zone_of

OPEN_TO_ALL = {"healthz", "theme", "account_logout", "unsubscribe"}
"""Names of the addresses that stay open to members who must go somewhere else first."""

WHILE_LEAVING = OPEN_TO_ALL | {"leaving", "keep_account"}
BEFORE_THE_WELCOME = OPEN_TO_ALL | {"welcome"}


class MemberMiddleware:
    """Shows times in the reader's time zone (product.md §16), and leads who is new or leaving to their one page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path in {"/healthz", "/theme.css"}:  # the same for everybody, so nobody is asked for
            return self.get_response(request)
        zone = zone_of(request.user) if request.user.is_authenticated else None
        with timezone.override(zone):
            return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        if match.url_name in OPEN_TO_ALL or not request.user.is_authenticated:
            return None
        if request.user.leaves_at and match.url_name not in WHILE_LEAVING:
            return lead(request, "leaving")
        if request.user.welcomed_at is None and match.url_name not in BEFORE_THE_WELCOME:
            return lead(request, "welcome")
        return None


def lead(request, name: str):
    """Redirect, also when only a piece of a page was asked for."""
    return HttpResponseClientRedirect(reverse(name)) if request.htmx else redirect(name)
