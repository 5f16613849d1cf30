"""What is offered while a member writes: people for an @, tags for a #."""

import re

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.names import fold
from feed.tags.finding import tags_like
from search.completing import complete_people
from search.forms import plain

MOST = 8
"""How many people or tags are offered."""
_HANDLE = re.compile(r"[A-Za-z0-9-]{1,40}")


@login_required
@require_safe
def complete_words(request: HttpRequest) -> HttpResponse:
    """People whose name or handle begins so, the nearest first, or tags, as items of a list."""
    asked = plain(request.GET.get("q", ""))
    sign, beginning = asked[:1], asked[1:]
    context = {
        "people": people_to_name(beginning, request.user) if sign in ("@", "＠") else [],
        "tags": tags_like(beginning, viewer=request.user, most=MOST) if sign in ("#", "＃") else [],
    }
    return render(request, "search/_words.html", context)


def people_to_name(beginning: str, member: User) -> list[User]:
    """Return others whom a member may see, connections first, by how their name or their handle begins."""
    folded = fold(beginning).split()
    handle = beginning.lower() if _HANDLE.fullmatch(beginning) else ""
    if not folded:
        return []
    people = complete_people(folded, member, handle=handle, most=MOST + 1)
    return [each for each in people if each.pk != member.pk][:MOST]
