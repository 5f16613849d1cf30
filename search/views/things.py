from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from feed.lists import cursors
from feed.lists.timeline import with_what_they_show
from feed.showing.items import present
from network.views.pages import page_of
from search.forms import plain
from search.things import BY_NAME, BY_TIME, events_found, groups_found, organizations_found, posts_found
from search.views.kinds import kinds

PER_PAGE = 20


@require_safe
@vary_on_headers("HX-Request")
def search_posts(request):
    """Posts that hold all the words, the newest first."""
    words, before = plain(request.GET.get("q", "")), cursors.read(request.GET.get("before"))
    posts = posts_found(words, request.user, before=before, most=PER_PAGE + 1)
    found = list(with_what_they_show(posts))
    more = found[PER_PAGE - 1].pk if len(found) > PER_PAGE else None
    context = {
        "query": words,
        "kinds": kinds(request.user, words, at="search_posts"),
        "items": present(found[:PER_PAGE], viewer=request.user),
        "more_url": f"{reverse('search_posts')}?{urlencode({'q': words, 'before': cursors.written(more)})}"
        if more
        else "",
    }
    piece = request.htmx and before
    return render(request, "feed/_posts.html#page" if piece else "search/posts.html", context)


@require_safe
@vary_on_headers("HX-Request")
def search_organizations(request):
    """Organizations by any of their names."""
    return _page(request, organizations_found, BY_NAME, at="search_organizations")


@login_required
@require_safe
@vary_on_headers("HX-Request")
def search_groups(request):
    """Groups by name, and by what they say about themselves."""
    return _page(request, groups_found, BY_NAME, at="search_groups")


@require_safe
@vary_on_headers("HX-Request")
def search_events(request):
    """Events by title, place and text: those to come, then those that are over."""
    return _page(request, events_found, BY_TIME, at="search_events")


def _page(request, find, order: tuple[str, ...], *, at: str):
    words = plain(request.GET.get("q", ""))
    page = page_of(find(words, request.user), request, order=order, size=PER_PAGE)
    context = {"query": words, "kinds": kinds(request.user, words, at=at), "page": page, "at": at}
    piece = "#rows" if request.htmx and not page.is_first else ""
    return render(request, f"search/things.html{piece}", context)
