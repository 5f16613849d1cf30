"""How the network's pages answer when something was done."""

from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User
from accounts.refusals import Refusal
from network.standing import standing
from network.views.tabs import tabs


def find_member(request: HttpRequest, handle: str) -> User:
    """Return the member with this handle, another than the viewer, or answer 404 if the viewer may not see them."""
    return get_object_or_404(User.objects.visible_to(request.user).exclude(pk=request.user.pk), handle=handle.lower())


def come_from(request: HttpRequest, default: str) -> str:
    """Return the address within the site to go back to, as the form or link says."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    return address if _is_within(request, address) else default


def opened_from(request: HttpRequest, default: str) -> str:
    """Return the address within the site of the page on which one is, or was when one opened this one."""
    page = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
    address = urlunsplit(page._replace(scheme="", netloc="", fragment=""))
    return address if page.netloc == request.get_host() and _is_within(request, address) else default


def _is_within(request: HttpRequest, address: str) -> bool:
    safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return safe and address.startswith("/")


def attempt(request: HttpRequest, doing: Callable[[], object], *, done: str = "") -> bool:
    """Do it, and say so or say why not; return whether it was done."""
    try:
        doing()
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return False
    if done:
        messages.success(request, done)
    return True


def answer_about(request: HttpRequest, member: User) -> HttpResponse:
    """Show what stands now between the viewer and a member: the changed card, or the page anew."""
    here = come_from(request, member.get_absolute_url())
    if request.htmx and request.POST.get("look") == "card":
        now = standing(member, viewer=request.user, here=here)
        return render(request, "network/_actions.html", {"standing": now, "look": "card", "swapped": True})
    return redirect(here)


def answer_without_row(request: HttpRequest, *, at: str, remaining: Callable[[], bool]) -> HttpResponse:
    """Take a row out of a list: for htmx only what changes beside it, else the list anew.

    `at` is the name of the list's page; `remaining` tells whether any row is left in it.
    """
    if not request.htmx:
        return redirect(come_from(request, at))
    context = {"tabs": tabs(request.user, at=at), "at": at, "is_empty": not remaining()}
    return render(request, "network/_row_gone.html", context)
