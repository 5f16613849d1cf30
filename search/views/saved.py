from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.refusals import Refusal
from network.degrees import decorate
from network.views.pages import page_of
from search.actions import remove_search, save_search
from search.forms import PeopleForm
from search.models import Find, SavedSearch
from search.wanted import Wanted


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def saved_searches(request):
    """The searches that a member keeps; a form sent here keeps one more."""
    if request.method == "POST":
        return _save(request)
    searches = list(SavedSearch.objects.of(request.user))
    for search in searches:
        search.url = _results(search)
    return render(request, "search/saved.html", {"searches": searches})


def _save(request):
    wanted = PeopleForm(request.POST, viewer=request.user).wanted()
    try:
        save_search(wanted, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect(reverse("search_people") + "?" + urlencode(wanted.parameters()))
    messages.success(request, _("Saved. You will hear of it when somebody new matches."))
    return redirect("saved_searches")


@login_required
@require_safe
def saved_search(request, pk: int):
    """Whom a search found since it was saved, the newest first."""
    search = get_object_or_404(SavedSearch.objects.of(request.user), pk=pk)
    seen = User.objects.visible_to(request.user)
    finds = Find.objects.filter(search=search, member__in=seen).select_related("member", "look")
    page = page_of(finds, request, order=("-pk",))
    decorate([find.member for find in page.rows], viewer=request.user)
    context = {"search": search, "page": page, "all_url": _results(search)}
    piece = "#rows" if request.htmx and not page.is_first else ""
    return render(request, f"search/saved_search.html{piece}", context)


@login_required
@require_POST
def remove_saved_search(request, pk: int):
    """Give up one of one's own searches."""
    remove_search(get_object_or_404(SavedSearch.objects.of(request.user), pk=pk), by=request.user)
    messages.success(request, _("Removed. You will not hear of it any more."))
    return redirect("saved_searches")


def _results(search: SavedSearch) -> str:
    return reverse("search_people") + "?" + urlencode(Wanted.of(search).parameters())
