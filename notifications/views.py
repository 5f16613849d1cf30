"""Reading notices, and choosing which of them come, and where."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from notifications.actions import (
    choices_of,
    choose,
    mark_all_read,
    mark_read,
    switch_email_off,
    switch_emails_off,
)
from notifications.emails import read_unsubscribe_token
from notifications.forms import ChoicesForm
from notifications.reading import read_page


@login_required
@require_safe
@never_cache
@vary_on_headers("HX-Request")
def notices(request: HttpRequest) -> HttpResponse:
    """What happened, newest first. Opening the page marks what it shows as read."""
    lines, next_before = read_page(request.user, before=_number(request.GET.get("before")))
    mark_read([line.notice for line in lines if line.notice.read_at is None], by=request.user)
    template = "notifications/notices.html#rows" if request.htmx else "notifications/notices.html"
    return render(request, template, {"lines": lines, "next_before": next_before})


@login_required
@require_safe
@never_cache
def waiting(request: HttpRequest) -> HttpResponse:
    """What the header counts, for a page that heard that something came."""
    return render(request, "notifications/waiting.html")


@login_required
@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """The button that marks all of one's notices as read, also those further down."""
    mark_all_read(by=request.user)
    messages.success(request, _("All notices are marked as read."))
    return redirect("notices")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings_emails(request: HttpRequest) -> HttpResponse:
    """Which kinds one wants to be told of, in the app and by email."""
    form = ChoicesForm(request.POST if request.method == "POST" else None, choices=choices_of(request.user))
    if form.is_valid():
        choose(by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("settings_emails")
    return render(request, "notifications/choices.html", {"form": form}, status=422 if form.is_bound else 200)


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the signed token is the proof
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Switching one kind of email off, or all, by the link in it, without signing in."""
    member, kind = read_unsubscribe_token(token)
    if request.method == "POST":
        switch_email_off(kind.slug, by=member) if kind else switch_emails_off(by=member)
    return render(request, "notifications/unsubscribe.html", {"kind": kind, "done": request.method == "POST"})


def _number(text: str | None) -> int | None:
    """Return the number that an address names, if it names one. Raises `Http404` if it is none."""
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise Http404
    return int(text)
