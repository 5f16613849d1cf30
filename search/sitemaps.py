"""The sitemap: in sections, each in pages, of what search engines may list."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from search import listing


class Listed(Sitemap):
    """One section; a page of it holds as many addresses as are quickly read."""

    limit = 5_000

    def __init__(self, rows):
        self.rows = rows

    def items(self):
        return self.rows().order_by("pk")


class People(Listed):
    def items(self):
        return super().items().only("pk", "handle")


class Posts(Listed):
    def items(self):
        return super().items().only("pk")


class Places(Listed):
    def items(self):
        return super().items().only("pk", "slug")


class Front(Sitemap):
    """The front page."""

    def items(self):
        return ["home"]

    def location(self, item):
        return reverse(item)


SECTIONS = {
    "front": Front(),
    "people": People(listing.people_for_engines),
    "posts": Posts(listing.posts_for_engines),
    "organizations": Places(listing.organizations_for_engines),
    "events": Places(listing.events_for_engines),
}
