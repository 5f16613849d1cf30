"""The latest public posts of several members, for pages that name them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject, Left
from django.urls import reverse
from django.utils.text import Truncator

from accounts.audiences import Audience
from accounts.models import User
from feed.models import Post

EACH = 2
"""How many of each member."""
WORDS = 90
"""How many characters of a post are quoted."""


@dataclass(frozen=True, kw_only=True)
class Glimpse:
    """The beginning of a post, and where all of it stands."""

    text: str
    url: str
    posted_at: datetime


def latest_public_posts(authors: Iterable[User], *, viewer: User) -> dict[int, list[Glimpse]]:
    """Return by author the newest posts that they wrote for everybody and the viewer may see, in one query."""
    posts = (
        Post.objects.visible_to(viewer)
        .by_members()
        .filter(author=OuterRef("pk"), audience=Audience.PUBLIC, hidden_at__isnull=True, repost_of__isnull=True)
        .exclude(text="")
        .order_by("-pk")
        .values(row=JSONObject(pk="pk", text=Left("text", 4 * WORDS), posted_at="posted_at"))
    )
    members = User.objects.filter(pk__in={author.pk for author in authors})
    rows = members.values_list("pk", ArraySubquery(posts[:EACH]))
    return {pk: [_glimpse(post) for post in latest] for pk, latest in rows}


def _glimpse(post: dict) -> Glimpse:
    return Glimpse(
        text=Truncator(" ".join(post["text"].split())).chars(WORDS),
        url=reverse("post", args=[post["pk"]]),
        posted_at=datetime.fromisoformat(post["posted_at"]),
    )
