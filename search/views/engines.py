from django.conf import settings
from django.contrib.sitemaps import views as sitemaps
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import Community
from search.sitemaps import SECTIONS


@require_safe
def robots(request):
    """What programs that read the whole site are asked: to leave out what is for members, and where to begin."""
    is_listed = Community.current().has_directory
    context = {"sitemap": settings.SITE_URL.rstrip("/") + reverse("sitemap") if is_listed else ""}
    return render(request, "search/robots.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request):
    """The sections of the sitemap, and their pages."""
    _refuse_closed()
    return sitemaps.index(request, sitemaps=SECTIONS, sitemap_url_name="sitemap_section")


@require_safe
def sitemap_section(request, section: str):
    """The addresses of one section."""
    _refuse_closed()
    return sitemaps.sitemap(request, sitemaps=SECTIONS, section=section)


def _refuse_closed() -> None:
    if not Community.current().has_directory:
        raise Http404
