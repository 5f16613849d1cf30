"""Proving an organization by its email domain, and that one is there oneself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.refusals import Refusal
from communities.actions import follow_proof
from communities.links import letter_of
from communities.models import Organization, ProofLetter


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def proof(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a letter: asks once more, so that nothing is proved by a program that opens links."""
    found = letter_of(token, reader=request.user)
    if found is None:
        return render(request, "communities/proof_ended.html", {"reason": ""}, status=404)
    letter, email = found
    if request.method != "POST":
        return _ask(request, letter)
    try:
        organization = follow_proof(letter, by=request.user, email=email)
    except Refusal as refusal:
        return render(request, "communities/proof_ended.html", {"reason": str(refusal)}, status=422)
    return _thank(request, letter, organization)


def _ask(request: HttpRequest, letter: ProofLetter) -> HttpResponse:
    names = {"name": letter.organization.name}
    if letter.proves == ProofLetter.Proves.ORGANIZATION:
        text = _("The email domain of the address that you just read then proves its page, and that you are there.")
    else:
        text = _("Beside it, your profile then says that this is proved. The address is shown to nobody.")
    context = {
        "title": _("Confirm that you are at %(name)s") % names,
        "text": text,
        "action": request.path,
        "button": _("Confirm"),
        "back": reverse("home"),
        "bad": False,
        "form": None,
    }
    return render(request, "confirm.html", context)


def _thank(request: HttpRequest, letter: ProofLetter, organization: Organization) -> HttpResponse:
    names = {"name": organization.name}
    if letter.proves == ProofLetter.Proves.ORGANIZATION:
        messages.success(request, _("%(name)s is proved.") % names)
        return redirect("settings")
    messages.success(request, _("It is proved that you are at %(name)s.") % names)
    return redirect("settings")
