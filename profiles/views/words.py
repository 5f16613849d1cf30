from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from accounts.refusals import Refusal
from profiles.actions import add_word, delete_from_profile
from profiles.sections import WORDS, Section
from profiles.views.pieces import show_form


@require_http_methods(["GET", "POST"])
@login_required
def edit_words(request, name: str):
    """One's skills, interests or languages: add one after another, remove any."""
    section = _section(name)
    form = section.form(request.POST or None, auto_id=f"{name}_%s")
    if request.method == "POST" and form.is_valid():
        try:
            add_word(section.model, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return _again(request, section)
    return _show(request, section, form)


@require_POST
@login_required
def remove_word(request, name: str, pk: int):
    """Takes a word off a list; one that is gone already stays gone."""
    section = _section(name)
    word = section.model.objects.editable_by(request.user).filter(pk=pk).first()
    if word is not None:
        delete_from_profile(word, by=request.user)
    return _again(request, section)


def _again(request, section: Section) -> HttpResponse:
    """Show the list once more, ready for the next word."""
    if not request.htmx:
        return redirect("edit_words", section.name)
    return _show(request, section, section.form(auto_id=f"{section.name}_%s"))


def _show(request, section: Section, form) -> HttpResponse:
    words = section.model.objects.editable_by(request.user)
    context = {"form": form, "section": section.name, "title": section.title, "words": words}
    return show_form(request, "_words_form", context)


def _section(name: str) -> Section:
    if name not in WORDS:
        raise Http404
    return WORDS[name]
