from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.marks import folded_tag
from feed.lists.timeline import with_what_they_show
from feed.showing.items import present
from network.ground import common_ground
from search.completing import offers
from search.forms import plain
from search.people import find_people
from search.things import BY_NAME, BY_TIME, events_found, groups_found, organizations_found, posts_found
from search.views.kinds import kinds
from search.wanted import Wanted

PEOPLE = 5
FEW = 3
"""How many of each kind stand on the page for everything; one more tells that there are more."""


@require_safe
def search(request):
    """A few of each kind of what was found, with the way to all of them; of a #tag, its page."""
    words = plain(request.GET.get("q", ""))
    if words[:1] in ("#", "＃") and folded_tag(words[1:]):
        return redirect("tag", words[1:])
    context = {"query": words, "kinds": kinds(request.user, words, at="search"), "asks": urlencode({"q": words})}
    if words:
        context |= _found(words, request.user)
    return render(request, "search/everything.html", context)


def _found(words: str, viewer) -> dict:
    people, more = find_people(Wanted(words=words), viewer=viewer, most=PEOPLE)
    common_ground(people, viewer=viewer)
    posts = list(with_what_they_show(posts_found(words, viewer, most=FEW + 1)))
    found: dict[str, list] = {
        "organizations": list(organizations_found(words, viewer).order_by(*BY_NAME)[: FEW + 1]),
        "groups": list(groups_found(words, viewer).order_by(*BY_NAME)[: FEW + 1]),
        "events": list(events_found(words, viewer).order_by(*BY_TIME)[: FEW + 1]),
    }
    return {name: rows[:FEW] for name, rows in found.items()} | {
        "people": people,
        "items": present(posts[:FEW], viewer=viewer),
        "more": {name: len(rows) > FEW for name, rows in found.items()} | {"people": more, "posts": len(posts) > FEW},
        "nothing": not (people or posts or any(found.values())),
    }


@login_required
@require_safe
def complete(request):
    """What the box offers for the beginning of what somebody looks for: options of a list, and nothing around them."""
    words = plain(request.GET.get("q", ""))
    context = {"query": words, "offers": offers(words, request.user) if words else [], "asks": urlencode({"q": words})}
    return render(request, "search/_offers.html", context)
