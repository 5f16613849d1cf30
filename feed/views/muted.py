from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from feed.quiet.kinds import KINDS, Kind
from network.views.pages import page_of

FEW = 5
"""So many of each kind stand on the page of all; the others on a page of their own."""


@login_required
@require_safe
def muted(request):
    """What one muted and hid, kind by kind, and how to undo it."""
    sections = [_section(request, kind, size=FEW) for kind in KINDS]
    return render(request, "feed/muted.html", {"sections": [one for one in sections if one["entries"]]})


@login_required
@require_safe
@vary_on_headers("HX-Request")
def kind(request, kind: str):
    """All that one muted or hid of one kind."""
    found = next((one for one in KINDS if one.slug == kind), None)
    if found is None:
        raise Http404
    section = _section(request, found)
    piece = "#rows" if request.htmx and not section["page"].is_first else ""
    return render(request, f"feed/muted_kind.html{piece}", {"section": section, "here": request.path})


def _section(request, kind: Kind, **size) -> dict:
    page = page_of(kind.rows(request.user), request, order=kind.order, **size)
    return {
        "kind": kind,
        "page": page,
        "entries": [kind.entry(row) for row in page.rows],
        "all_url": reverse("muted_kind", args=[kind.slug]) if page.next_url else "",
    }
