"""Names of organizations while somebody types one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.suggestions import names_like


@require_safe
@login_required
def suggest(request: HttpRequest) -> HttpResponse:
    """The options of a combobox (static/js/suggest.js), and how many there are, in words."""
    names = names_like(request.GET.get("q", "")[:150], viewer=request.user)
    return render(request, "communities/_suggestions.html", {"names": names})
