from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from network.finding import Place, find_people

PER_PAGE = 20


@require_safe
def search(request):
    """People by the beginnings of their names, the nearest first; as one types, and page by page."""
    words = request.GET.get("q", "").strip()[:100]
    after = Place.read(request.GET.get("after", ""))
    people, last = find_people(words, viewer=request.user, after=after, most=PER_PAGE)
    context = {
        "query": words,
        "people": people,
        "live": bool(request.htmx),
        "next_url": reverse("search") + "?" + urlencode({"q": words, "after": str(last)}) if last else "",
    }
    template = "profiles/search.html"
    if request.htmx:
        template += "#results" if after is None else "#rows"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
