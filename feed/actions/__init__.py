"""What members do with posts.

- posting: `publish_post`, `edit_post`, `limit_commenting`, `delete_post`, `repost` (`posting.py`)
- writing articles: `save_draft`, `delete_draft` (`drafting.py`), `publish_draft`, `edit_article` (`publishing.py`)
- reacting: `react_to_post`, `take_back_reaction` (`reacting.py`)
- celebrating: `congratulate`, `take_back_congratulation`, `announce_anniversaries` (`celebrating.py`)
- commenting: `comment_on_post`, `edit_comment`, `delete_comment` (`commenting.py`)
- tags: `follow_tag`, `unfollow_tag`, `mute_tag`, `unmute_tag` (`tagging.py`); what a text names (`marking.py`)
- reading less of something: `hide_from_feed`, `show_in_feed`, `see_less`, `see_as_before` (`quieting.py`)
- pinning in groups: `pin_post`, `unpin_post` (`pinning.py`)
"""

from feed.actions.celebrating import announce_anniversaries, congratulate, take_back_congratulation
from feed.actions.commenting import comment_on_post, delete_comment, edit_comment
from feed.actions.drafting import delete_draft, save_draft
from feed.actions.pinning import pin_post, unpin_post
from feed.actions.posting import delete_post, edit_post, limit_commenting, publish_post, repost
from feed.actions.publishing import edit_article, publish_draft
from feed.actions.quieting import hide_from_feed, see_as_before, see_less, show_in_feed
from feed.actions.reacting import react_to_post, take_back_reaction
from feed.actions.tagging import follow_tag, mute_tag, unfollow_tag, unmute_tag

__all__ = [
    "announce_anniversaries",
    "comment_on_post",
    "congratulate",
    "delete_comment",
    "delete_draft",
    "delete_post",
    "edit_article",
    "edit_comment",
    "edit_post",
    "follow_tag",
    "hide_from_feed",
    "limit_commenting",
    "mute_tag",
    "pin_post",
    "publish_draft",
    "publish_post",
    "react_to_post",
    "repost",
    "save_draft",
    "see_as_before",
    "see_less",
    "show_in_feed",
    "take_back_congratulation",
    "take_back_reaction",
    "unfollow_tag",
    "unmute_tag",
    "unpin_post",
]
