"""What Ines reads less of, and that her Highlights know whom she talks with."""

from typing import TYPE_CHECKING

from accounts.models.standing import FOR_GOOD
from feed.actions import hide_from_feed, see_less
from feed.highlights.closeness import closeness_of
from feed.models import Post
from network.actions import mute_member

if TYPE_CHECKING:
    from demo.filling import Filling


def read_less(community: "Filling") -> None:
    """She hid an old post, sees less of Marco, and muted Jorge, whom she follows quietly."""
    ines = community["Ines"]
    seen = Post.objects.visible_to(ines).by_members().filter(author=community["Samuel"], repost_of=None)
    if oldest := seen.order_by("pk").first():
        hide_from_feed(oldest, by=ines)
    see_less(community["Marco"], by=ines)
    mute_member(community["Jorge"], by=ines, until=FOR_GOOD)
    closeness_of(ines)
