"""Reading notices, and choosing which of them come, and where."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.zones import zone_of
from notifications.actions import (
    choices_of,
    choose,
    mark_all_read,
    mark_read,
    mark_unread,
    switch_email_off,
    switch_emails_off,
)
from notifications.emails import read_unsubscribe_token
from notifications.forms import ChoicesForm, QuietHoursForm
from notifications.kinds import Family
from notifications.models import Notice, QuietHours
from notifications.quiet import set_quiet_hours
from notifications.reading import UNREAD, read_page, where_to


@login_required
@require_safe
@never_cache
@vary_on_headers("HX-Request")
def notices(request: HttpRequest) -> HttpResponse:
    """What happened, newest first: all, those unread, or those of a family."""
    show = _shown(request.GET.get("show", ""))
    lines, next_before = read_page(request.user, show=show, before=_number(request.GET.get("before")))
    template = "notifications/notices.html#rows" if request.htmx else "notifications/notices.html"
    filters = [("", _("All")), (UNREAD, _("Unread")), *Family.choices]
    context = {"lines": lines, "next_before": next_before, "show": show, "filters": filters}
    return render(request, template, context)


@login_required
@require_safe
@never_cache
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a notice leads; whoever follows it has read it."""
    found = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    mark_read([found], by=request.user)
    return redirect(where_to(found))


@login_required
@require_POST
def notice_read(request: HttpRequest, pk: int) -> HttpResponse:
    """The button beside a notice that marks it as read, or as unread again."""
    found = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    if "unread" in request.POST:
        mark_unread(found, by=request.user)
    else:
        mark_read([found], by=request.user)
    show = _shown(request.POST.get("show", ""))
    return redirect(reverse("notices") + (f"?show={show}" if show else "") + f"#notice-{found.pk}")


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
    """Which kinds one wants to be told of, in the app and by email, and in which hours emails wait."""
    if "stop" in request.POST:
        switch_emails_off(by=request.user)
        messages.success(request, _("No more emails come, but for those about your account."))
        return redirect("settings_emails")
    member, sent = request.user, request.POST if request.method == "POST" else None
    form = ChoicesForm(sent, choices=choices_of(member))
    hours = QuietHoursForm(sent, hours=QuietHours.objects.filter(member=member).first())
    if form.is_valid() and hours.is_valid():
        choose(by=member, **form.cleaned_data)
        set_quiet_hours(**hours.cleaned_data, by=member)
        messages.success(request, _("Saved."))
        return redirect("settings_emails")
    context = {"form": form, "hours": hours, "zone": zone_of(member) or ""}
    return render(request, "notifications/choices.html", context, status=422 if form.is_bound else 200)


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the signed token is the proof
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Switching one kind of email off, or all, by the link in it, without signing in."""
    member, kind = read_unsubscribe_token(token)
    if request.method == "POST":
        switch_email_off(kind.slug, by=member) if kind else switch_emails_off(by=member)
    return render(request, "notifications/unsubscribe.html", {"kind": kind, "done": request.method == "POST"})


def _shown(text: str) -> str:
    """Return the filter that an address names. Raises `Http404` if there is none of that name."""
    if text not in {"", UNREAD, *Family.values}:
        raise Http404
    return text


def _number(text: str | None) -> int | None:
    """Return the number that an address names, if it names one. Raises `Http404` if it is none."""
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise Http404
    return int(text)
