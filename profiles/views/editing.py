from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from profiles.actions import change_photo, change_profile, remove_photo
from profiles.forms import AboutForm, CardForm, PhotoForm
from profiles.sections import ENTRIES, WORDS
from profiles.views.pieces import load_profile, show_form, show_section


@require_safe
@login_required
def section(request, name: str):
    """A section of one's own profile as it stands: what Cancel and Done bring back."""
    if name not in {"card", "about", *ENTRIES, *WORDS}:
        raise Http404
    return show_section(request, name)


@require_http_methods(["GET", "POST"])
@login_required
def edit_card(request):
    """Name, headline, place, what one is looking for, and whether one recruits."""
    form = CardForm(request.POST or None, instance=_copy_of_self(request), auto_id="card_%s")
    if request.method == "POST" and form.is_valid():
        change_profile(request.user, by=request.user, **form.cleaned_data)
        return load_profile(request)
    return show_form(request, "_form", {"form": form, "section": "card", "title": _("Who you are")})


@require_http_methods(["GET", "POST"])
@login_required
def edit_about(request):
    """The member in their own words."""
    form = AboutForm(request.POST or None, instance=_copy_of_self(request), auto_id="about_%s")
    if request.method == "POST" and form.is_valid():
        change_profile(request.user, by=request.user, **form.cleaned_data)
        return show_section(request, "about")
    return show_form(request, "_form", {"form": form, "section": "about", "title": _("About")})


@require_http_methods(["GET", "POST"])
@login_required
def edit_photo(request):
    """One's photo: another, or none."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PhotoForm(*sent, auto_id="photo_%s")
    if form.is_valid():
        change_photo(request.user, by=request.user, picture=form.cleaned_data["photo"])
        return load_profile(request)
    return show_form(request, "_photo_form", {"form": form, "section": "card", "title": _("Your photo")})


@require_POST
@login_required
def delete_photo(request):
    remove_photo(request.user, by=request.user)
    return load_profile(request)


def _copy_of_self(request):
    """The member from the database anew: a form writes what was typed into it, which the header must not show."""
    return User.objects.get(pk=request.user.pk)
