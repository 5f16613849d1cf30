"""The sitemap: in sections, each in pages, of what search engines may list.

A page holds what has numbers in one range. So each is read along an index, however many there are before it, an address
stays on its page for good, and how many pages there are is known from the first and the last number.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model, QuerySet
from django.urls import reverse

from feed.models import Post
from search import listing

RANGE = 5_000
"""How many numbers one page spans."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """What one section lists; `fields` are those that an address is made of, `changed` says when a thing changed."""

    rows: Callable[[], QuerySet]
    fields: tuple[str, ...]
    related: tuple[str, ...] = ()
    changed: Callable[[Model], datetime | None] = lambda thing: None
    address: Callable[[Model], str] = lambda thing: thing.get_absolute_url()

    def pages(self) -> list[int]:
        """The numbers of its pages, of the ranges from the first listed to the last; some may turn out to be empty."""
        numbers = self.rows().order_by("pk").values_list("pk", flat=True)
        first, last = numbers.first(), numbers.last()
        return [] if first is None or last is None else list(range(first // RANGE, last // RANGE + 1))

    def entries(self, page: int) -> list[tuple[str, datetime | None]]:
        """The addresses on a page, each with when it changed last, if that is known."""
        rows = self.rows().filter(pk__gte=page * RANGE, pk__lt=(page + 1) * RANGE).order_by("pk")
        rows = rows.select_related(*self.related) if self.related else rows
        return [(self.address(thing), self.changed(thing)) for thing in rows.only("pk", *self.fields)]


def _of_post(post: Post) -> str:
    return post.article.get_absolute_url() if hasattr(post, "article") else post.get_absolute_url()


SECTIONS = {
    "people": Section(rows=listing.people_for_engines, fields=("handle",)),
    "posts": Section(
        rows=listing.posts_for_engines,
        fields=("posted_at", "edited_at", "article__slug"),
        related=("article",),
        changed=lambda post: post.edited_at or post.posted_at,
        address=_of_post,
    ),
    "organizations": Section(rows=listing.organizations_for_engines, fields=("slug",)),
    "openings": Section(
        rows=listing.openings_for_engines,
        fields=("posted_at", "organization__slug"),
        related=("organization",),
        changed=lambda opening: opening.posted_at,
    ),
    "events": Section(
        rows=listing.events_for_engines, fields=("slug", "changed_at"), changed=lambda event: event.changed_at
    ),
}


def pages() -> list[str]:
    """The addresses of all pages of the sitemap; the first section is the front page."""
    front = [reverse("sitemap_section", args=["front"])]
    return front + [
        f"{reverse('sitemap_section', args=[name])}?p={page}"
        for name, section in SECTIONS.items()
        for page in section.pages()
    ]
