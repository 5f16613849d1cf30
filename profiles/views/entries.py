from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.refusals import Refusal
from profiles.actions import add_entry, delete_from_profile, edit_entry
from profiles.sections import ENTRIES, Section
from profiles.views.pieces import load_profile, show_form, show_section


@require_http_methods(["GET", "POST"])
@login_required
def add(request, name: str):
    """A new position, education or contact detail."""
    section = _section(name)
    form = section.form(request.POST or None, auto_id=f"{name}_%s")
    if request.method == "POST" and form.is_valid():
        try:
            add_entry(section.model, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return show_section(request, name)
    return show_form(request, "_form", {"form": form, "section": name, "title": section.adding})


@require_http_methods(["GET", "POST"])
@login_required
def edit(request, name: str, pk: int):
    """A position, education or contact detail that stands on one's profile."""
    section = _section(name)
    entry = get_object_or_404(section.model.objects.editable_by(request.user), pk=pk)
    form = section.form(request.POST or None, instance=entry, auto_id=f"{name}_%s")
    if request.method == "POST" and form.is_valid():
        try:
            edit_entry(entry, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return show_section(request, name)
    deletion = reverse("delete_entry", args=[name, pk])
    return show_form(request, "_form", {"form": form, "section": name, "title": section.editing, "deletion": deletion})


@require_http_methods(["GET", "POST"])
@login_required
def delete(request, name: str, pk: int):
    """Asks before an entry is deleted; deleting what is deleted already changes nothing."""
    section = _section(name)
    entry = section.model.objects.editable_by(request.user).filter(pk=pk).first()
    if request.method == "POST":
        if entry is not None:
            delete_from_profile(entry, by=request.user)
        return load_profile(request)
    if entry is None:
        raise Http404
    context = {
        "title": section.deleting,
        "text": str(entry),
        "action": request.path,
        "button": _("Delete"),
        "back": request.user.get_absolute_url(),
        "bad": True,
        "form": None,
    }
    return render(request, "confirm.html", context)


def _section(name: str) -> Section:
    if name not in ENTRIES:
        raise Http404
    return ENTRIES[name]
