"""How many new posts there are above what somebody reads: asked again and again by an open page, so one cheap query
while there are none.
"""

from functools import cache

from django.db.models import F

from accounts.models import User
from accounts.written_once import NUMBERS, Among, WrittenOnce
from feed.lists.heard import newest_numbers_since
from feed.lists.timeline import SPARE
from feed.models import Post

MOST = 9
"""More than so many aren't counted."""


def how_many_new(viewer: User, *, since: int) -> int:
    """Count what others posted after `since` for the viewer's feed, as far as they see it; at most one above `MOST`."""
    looked_at = MOST + 1 + SPARE
    while True:
        numbers = newest_numbers_since(viewer, after=since, limit=looked_at)
        seen = len(_seen().rows(viewer, numbers=numbers)) if numbers else 0
        if seen > MOST or len(numbers) < looked_at:
            return seen
        looked_at *= 4


@cache
def _seen() -> WrittenOnce:
    """Those of some posts that others wrote and the viewer sees and wants."""
    among = Post.objects.filter(Among(F("pk"), NUMBERS))
    return WrittenOnce(
        lambda viewer: among.visible_to(viewer).wanted_by(viewer).exclude(author=viewer).values("pk")[: MOST + 1]
    )
