"""Proving an organization by its email domain, and that one is there oneself."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.refusals import Refusal
from communities.actions import (
    ask_to_prove_member,
    ask_to_prove_organization,
    end_belonging,
    follow_proof,
    take_domain_away,
)
from communities.forms.proving import WorkAddressForm
from communities.links import PROOF_DAYS, letter_of
from communities.models import Belonging, Organization, OrganizationDomain, ProofLetter
from communities.views.managing import tabs


@login_required
@require_http_methods(["GET", "POST"])
def organization_domains(request: HttpRequest, slug: str) -> HttpResponse:
    """The email domains that prove an organization; its admins prove it by more of them."""
    organization = get_object_or_404(Organization.objects.run_by(request.user), slug=slug)
    form = WorkAddressForm(request.POST or None)
    if _sent(request, form, organization, ask_to_prove_organization):
        return redirect(request.path)
    context = {"organization": organization, "form": form, "domains": organization.domains.order_by("domain")}
    context |= {"tabs": tabs(organization, at="organization_domains"), "days": PROOF_DAYS}
    return render(request, "communities/organization_domains.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def take_away(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Asks before a domain proves an organization no more; taking away what is gone changes nothing."""
    organization = get_object_or_404(Organization.objects.run_by(request.user), slug=slug)
    back = reverse("organization_domains", args=[slug])
    domain = OrganizationDomain.objects.filter(organization=organization, pk=pk).first()
    if domain is None:
        return redirect(back)
    if request.method == "POST":
        take_domain_away(domain, by=request.user)
        messages.success(request, _("%(domain)s proves it no more.") % {"domain": domain})
        return redirect(back)
    context = {
        "title": _("Take %(domain)s away?") % {"domain": domain},
        "text": _("What it proved of members goes with it. Proving it again takes a new link."),
        "action": request.path,
        "button": _("Take it away"),
        "back": back,
        "bad": True,
        "form": None,
    }
    return render(request, "confirm.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def prove_member(request: HttpRequest, slug: str) -> HttpResponse:
    """Confirm that one is at an organization, by an address at one of its email domains."""
    organization = get_object_or_404(Organization.objects.visible_to(request.user), slug=slug)
    form = WorkAddressForm(request.POST or None)
    if _sent(request, form, organization, ask_to_prove_member):
        return redirect(request.path)
    known = Belonging.objects.by_domain().filter(member=request.user, organization=organization).first()
    context = {"organization": organization, "form": form, "known": known, "days": PROOF_DAYS}
    context["domains"] = organization.domains.order_by("domain")
    return render(request, "communities/prove_member.html", context, status=422 if form.errors else 200)


def _sent(request: HttpRequest, form: WorkAddressForm, organization: Organization, ask: Callable) -> bool:
    """Send the letter that the form asks for, and say so; what forbids it is said beside the address."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        ask(organization, by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error("email", refusal.sentence)
        return False
    told = {"email": form.cleaned_data["email"], "days": PROOF_DAYS}
    messages.success(request, _("A link is on its way to %(email)s. It works for %(days)s days.") % told)
    return True


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
    if letter.proves == ProofLetter.Proves.ORGANIZATION:
        text = _("The email domain of the address that you just read then proves its page, and that you are there.")
    else:
        text = _("Beside it, your profile then says that this is proved. The address is shown to nobody.")
    context = {
        "title": _("Confirm that you are at %(name)s") % {"name": letter.organization.name},
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
        return redirect("organization_domains", organization.slug)
    messages.success(request, _("It is proved that you are at %(name)s.") % names)
    return redirect(organization)


@login_required
@require_http_methods(["GET"])
def belongings(request: HttpRequest) -> HttpResponse:
    """What is proved of oneself, and from where it is known."""
    known = Belonging.objects.of(request.user).select_related("organization", "domain").order_by("-proved_at", "-pk")
    return render(request, "communities/belongings.html", {"belongings": known[:200]})


@login_required
@require_http_methods(["POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what is proved of oneself; a replay finds it gone, which is what was asked."""
    belonging = get_object_or_404(Belonging.objects.of(request.user).select_related("organization"), pk=pk)
    end_belonging(belonging, by=request.user)
    messages.success(request, _("%(name)s: nobody reads this proof any more.") % {"name": belonging.organization.name})
    return redirect("belongings")
