"""The directory for visitors: members with public profiles by last name, and public organizations."""

from string import ascii_lowercase

from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import Community
from network.views.pages import page_of
from search.listing import organizations_in_directory, people_in_directory

PER_PAGE = 40
OTHER = "other"
"""The letter for names that begin with none from a to z."""
AFTER_Z = chr(ord("z") + 1)


@require_safe
@vary_on_headers("HX-Request")
def directory(request):
    """Members with public profiles, all or those of a letter."""
    _refuse_closed()
    letter = request.GET.get("letter", "")
    letter = letter if letter and (letter == OTHER or letter in ascii_lowercase) else ""
    people = people_in_directory(request.user).filter(_begins_with(letter))
    page = page_of(people, request, order=("name_by_last", "id"), size=PER_PAGE)
    context = {"page": page, "letter": letter, "letters": [*ascii_lowercase, OTHER], "at": "people"}
    piece = "#rows" if request.htmx and not page.is_first else ""
    return render(request, f"search/directory.html{piece}", context)


@require_safe
@vary_on_headers("HX-Request")
def organizations_directory(request):
    """Organizations with public pages, by name."""
    _refuse_closed()
    organizations = organizations_in_directory(request.user).with_proof()
    page = page_of(organizations, request, order=("name_folded", "id"), size=PER_PAGE)
    context = {"page": page, "letter": "", "letters": [], "at": "organizations"}
    piece = "#organizations" if request.htmx and not page.is_first else ""
    return render(request, f"search/directory.html{piece}", context)


def _refuse_closed() -> None:
    if not Community.current().has_directory:
        raise Http404


def _begins_with(letter: str) -> Q:
    if letter == OTHER:
        return Q(name_by_last__lt="a") | Q(name_by_last__gte=AFTER_Z)
    return Q(name_by_last__gte=letter, name_by_last__lt=chr(ord(letter) + 1)) if letter else Q()
