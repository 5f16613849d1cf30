"""Public posts as an Atom feed, for programs that nobody signs in: never more than visitors see (product.md §8)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from feed.models import Post
from feed.showing.items import Item, present

MOST = 20
"""How many entries a feed has."""
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
"""When a feed changed last in which there is nothing."""
VISITOR = AnonymousUser()
_NO_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
"""Characters that XML has no way to write; Django refuses to."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """Whose posts, or with what, a feed brings; `name` in its id stays the same whatever it is called."""

    title: str
    name: str
    url: str
    feed_url: str


class _Feed(Atom1Feed):
    """Django's, which has the moment at which an empty feed changed, and the whole of what an entry says."""

    def latest_post_date(self):
        moments = [item["updateddate"] for item in self.items]
        return max(moments, default=BEGINNING)

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


def atom_of(source: Source, posts: Iterable[Post], *, viewer) -> str:
    """Return the feed as XML.

    `posts` were found for visitors; a viewer who is signed in gets those of them that they may see too.
    """
    posts = [post for post in posts if not post.is_wordless][:MOST]
    if viewer.is_authenticated:
        seen = Post.objects.visible_to(viewer).filter(pk__in=[post.pk for post in posts])
        numbers = set(seen.values_list("pk", flat=True))
        posts = [post for post in posts if post.pk in numbers]
    feed = _Feed(
        title=_plain(source.title),
        link=absolute(source.url),
        description="",
        feed_url=absolute(source.feed_url),
        feed_guid=_tag(source.name),
    )
    items = {item.id: item for item in present(posts, viewer=VISITOR, whole=True, read_by=viewer)}
    for post in posts:
        item = items[post.pk]
        feed.add_item(
            title=_plain(_title(item)),
            link=absolute(item.article.url if item.article else item.url),
            description=None,
            content=_plain(_content(item)),
            author_name=_plain(item.speaker.name),
            author_link=absolute(item.speaker.url),
            pubdate=post.posted_at,
            updateddate=post.edited_at or post.posted_at,
            unique_id=_tag(f"post/{post.pk}"),
        )
    return feed.writeString("utf-8")


def absolute(address: str) -> str:
    """Return an address of the site as others have to write it."""
    return settings.SITE_URL.rstrip("/") + address


def _tag(name: str) -> str:
    """Return an id that stays what it is (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{name}"


def _plain(text: str) -> str:
    return _NO_XML.sub("", text)


def _title(item: Item) -> str:
    if item.article:
        return item.article.title
    words = Truncator(" ".join((item.celebration or item.text).split())).chars(80)
    return words or _("A picture by %(name)s") % {"name": item.speaker.name}


_PICTURE = '<p><img src="{url}" alt="{alt}" width="{width}" height="{height}"></p>'
_QUOTE = '<blockquote><p><a href="{url}">{name}</a></p>{said}</blockquote>'


def _content(item: Item) -> str:
    """Return all that a post says and shows, as HTML that stands by itself."""
    parts = [format_html("<p>{}</p>", item.celebration)] if item.celebration else []
    parts.append(item.article.html if item.article else item.said)
    for each in () if item.article else item.pictures:
        size = {"width": each.width, "height": each.height}
        parts.append(format_html(_PICTURE, url=each.url, alt=each.description, **size))
    if item.original:
        parts.append(
            format_html(_QUOTE, url=item.original.url, name=item.original.speaker.name, said=item.original.said)
        )
    if item.is_original_gone:
        parts.append(format_html("<p>{}</p>", _("The post that this is about was deleted.")))
    whole = format_html('<div dir="auto">{}</div>', mark_safe("".join(parts)))  # noqa: S308 - each part is HTML
    return re.sub(r'(href|src)="/(?!/)', rf'\1="{absolute("/")}', whole)
