"""What search engines may keep: nothing, but for the few pages that are meant for them."""

from collections.abc import Callable

from django.db.models import QuerySet

from search import listing

FOR_ENGINES: dict[str, Callable[..., QuerySet]] = {
    "profile": lambda handle: listing.people_for_engines().filter(handle=handle),
    "post": lambda pk: listing.posts_for_engines().filter(pk=pk),
    "article": lambda pk, slug: listing.posts_for_engines().filter(pk=pk),
    "organization": lambda slug: listing.organizations_for_engines().filter(slug=slug),
    "opening": lambda slug, pk: listing.openings_for_engines().filter(pk=pk, organization__slug=slug),
    "event": lambda slug: listing.events_for_engines().filter(slug=slug),
}
"""Names of addresses with what must be listed for a search engine to list the page."""
OTHERS = {"healthz", "theme", "robots", "sitemap", "sitemap_section"}
"""What is the same for everybody, so that nobody is asked for: no page, and written for programs."""


class EnginesMiddleware:
    """Says `noindex` on every page that a visitor may not find in a search engine, and on all pages of members."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not _may_list(request, response):
            response.headers["X-Robots-Tag"] = "noindex, noarchive"
        return response


def _may_list(request, response) -> bool:
    match = request.resolver_match
    if response.status_code != 200 or match is None or match.url_name in OTHERS:
        return True
    return is_for_engines(request)


def is_for_engines(request) -> bool:
    """Whether search engines may list the page that is asked for; looked up once for a request."""
    if not hasattr(request, "is_for_engines"):
        request.is_for_engines = _is_listed(request)
    return request.is_for_engines


def _is_listed(request) -> bool:
    match = request.resolver_match
    if request.user.is_authenticated:
        return False
    if match.url_name == "home":
        return True
    listed = FOR_ENGINES.get(match.url_name)
    return listed is not None and listed(**match.kwargs).exists()
