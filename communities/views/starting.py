"""Starting the page of an organization, and taking up one that nobody looks after."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.refusals import Refusal
from communities.actions import start_organization, take_up_page
from communities.forms.organizations import StartForm
from communities.models import Organization
from communities.views.finding_organizations import for_organization
from network.views.answers import attempt
from profiles.naming import is_named_by


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """A new page, of an organization that one's CV names; where it has one already, that one."""
    form = StartForm(request.POST or None, initial={"name": request.GET.get("name", "")[:150]})
    if form.is_valid():
        try:
            page = start_organization(
                by=request.user, may_start=lambda key: is_named_by(request.user, [key]), **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error("name", refusal.sentence)
        else:
            if Organization.objects.visible_to(request.user).filter(pk=page.pk).exists():
                return _lead_to(request, page)
            form.add_error("name", _("An operator hid the page of this name."))
    return render(request, "communities/new_organization.html", {"form": form}, status=422 if form.errors else 200)


def _lead_to(request: HttpRequest, page: Organization) -> HttpResponse:
    if page.started_by_id != request.user.pk:
        messages.info(request, _("%(name)s has a page already: this one.") % {"name": page.name})
    return redirect(page)


@login_required
@require_POST
@for_organization()
def take_up(request: HttpRequest, organization: Organization) -> HttpResponse:
    """Become the admin of a page that has none."""
    attempt(
        request,
        lambda: take_up_page(organization, by=request.user, may_take_up=lambda keys: is_named_by(request.user, keys)),
        done=_("You look after this page now."),
    )
    return redirect(organization)
