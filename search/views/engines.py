import re

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import Community
from feed.atom import absolute
from search.sitemaps import SECTIONS, pages


@require_safe
def robots(request):
    """What programs that read the whole site are asked: to leave out what is for members, and where to begin."""
    is_listed = Community.current().has_directory
    context = {"sitemap": absolute(reverse("sitemap")) if is_listed else ""}
    return render(request, "search/robots.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request):
    """The sections of the sitemap, and their pages."""
    _refuse_closed()
    return _xml(request, "search/sitemaps.xml", {"addresses": [absolute(address) for address in pages()]})


@require_safe
def sitemap_section(request, section: str):
    """The addresses on one page of a section: the one that the index names, or the first."""
    _refuse_closed()
    if section == "front":
        return _xml(request, "search/sitemap.xml", {"entries": [(absolute("/"), None)]})
    page = request.GET.get("p", "")
    if section not in SECTIONS or not re.fullmatch(r"[0-9]{0,12}", page):
        raise Http404
    listed = SECTIONS[section]
    first = int(page) if page else next(iter(listed.pages()), 0)
    entries = [(absolute(address), changed_at) for address, changed_at in listed.entries(first)]
    return _xml(request, "search/sitemap.xml", {"entries": entries})


def _xml(request, template: str, context: dict):
    return render(request, template, context, content_type="application/xml; charset=utf-8")


def _refuse_closed() -> None:
    if not Community.current().has_directory:
        raise Http404
