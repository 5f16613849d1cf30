from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import change_choices, change_handle
from accounts.forms.settings import DoorForm, FollowingForm, HandleForm, SightForm, TimeForm, WordsForm
from accounts.models import User
from accounts.refusals import Refusal
from accounts.requests import MemberRequest

SECTIONS = {
    "sight": SightForm,
    "requests": DoorForm,
    "followers": FollowingForm,
    "words": WordsForm,
    "time": TimeForm,
}


@login_required
@require_safe
def settings(request: MemberRequest) -> HttpResponse:
    """Everything a member decides about their account, a form for each section."""
    return _settings_page(request)


@login_required
@require_POST
def settings_section(request: MemberRequest, section: str) -> HttpResponse:
    """Keep the choices of one section."""
    if section not in SECTIONS:
        raise Http404
    form = SECTIONS[section](request.POST, instance=User.objects.get(pk=request.user.pk))
    if not form.is_valid():
        return _settings_page(request, **{section: form})
    change_choices(by=request.user, **form.cleaned_data)
    return _saved(request, section)


@login_required
@require_POST
def settings_handle(request: MemberRequest) -> HttpResponse:
    """Take another handle."""
    form = HandleForm(request.POST, member=request.user)
    if form.is_valid():
        try:
            change_handle(form.cleaned_data["handle"], by=request.user)
            return _saved(request, "handle")
        except Refusal as refusal:
            form.add_error("handle", str(refusal))
    return _settings_page(request, handle=form)


def _settings_page(request: MemberRequest, **typed) -> HttpResponse:
    """All sections as they are kept, except what was typed just now."""
    forms: dict[str, BaseForm] = {
        section: form_class(instance=request.user, prefix=None, auto_id=f"{section}_%s")
        for section, form_class in SECTIONS.items()
    }
    forms["handle"] = HandleForm(member=request.user, auto_id="handle_%s")
    context = {"forms": forms | typed, "address": request.build_absolute_uri(f"/in/{request.user.handle}/")}
    return render(request, "accounts/settings.html", context, status=422 if typed else 200)


def _saved(request: MemberRequest, section: str) -> HttpResponse:
    messages.success(request, _("Saved."))
    response = redirect("settings")
    response["Location"] += f"#{section}"
    return response
