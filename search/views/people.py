from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from network.ground import common_ground
from search.forms import PeopleForm
from search.people import Place, find_people
from search.views.kinds import kinds

PER_PAGE = 20


@require_safe
@vary_on_headers("HX-Request")
def search_people(request):
    """People by words and filters, the nearest first; as one types, and page by page."""
    form = PeopleForm(request.GET, viewer=request.user)
    wanted, after = form.wanted(), Place.read(request.GET.get("after", ""))
    people, last = find_people(wanted, viewer=request.user, after=after, most=PER_PAGE) if wanted else ([], None)
    common_ground(people, viewer=request.user)
    here, asks = reverse("search_people"), wanted.parameters()
    context = {
        "query": wanted.words,
        "wanted": wanted,
        "form": form,
        "people": people,
        "live": bool(request.htmx),
        "kinds": kinds(request.user, wanted.words, at="search_people"),
        "next_url": f"{here}?{urlencode(asks | {'after': str(last)})}" if last else "",
        "may_save": request.user.is_authenticated and wanted.can_be_saved,
        "asks": asks,
    }
    template = "search/people.html"
    if request.htmx:
        template += "#results" if after is None else "#rows"
    return render(request, template, context)
