"""What members publish, and what others say to it.

- `Post`: an update, a repost of one (`post.py`), or a celebration (`celebration.py`)
- `Article`: what a post says at length (`article.py`), and `Draft`: one that isn't published (`draft.py`)
- `Picture`: one of the pictures of a post or a draft (`picture.py`)
- `Reaction`: a like, or another of five kinds of answers without words
- `Tally`: how many reactions of a kind a post has (`tally.py`)
- `Comment`: a comment on a post, or a reply to one (`comment.py`)
- `Mention`: that a post or a comment names a member by their handle (`mention.py`)
- `Tag`: what posts are about; `PostTag`, `TagFollow`, `TagMute`: that a post has it, who follows it, who muted it
  (`tag.py`)
- `HiddenPost`, `SeeLess`: what a member wants less of in their feed (`quieting.py`)
- `Reading`, `Closeness`: in which order a member reads Highlights, and what that is ranked by (`reading.py`)
- `Revision`: what a post or a comment said before it was edited (`revision.py`)
"""

from feed.models.article import Article
from feed.models.comment import Comment
from feed.models.draft import Draft
from feed.models.held import Held
from feed.models.mention import Mention
from feed.models.picture import Picture
from feed.models.post import Post
from feed.models.quieting import HiddenPost, SeeLess
from feed.models.reaction import Reaction
from feed.models.reading import Closeness, Reading
from feed.models.revision import Revision
from feed.models.tag import PostTag, Tag, TagFollow, TagMute
from feed.models.tally import Tally

__all__ = [
    "Article",
    "Closeness",
    "Comment",
    "Draft",
    "Held",
    "HiddenPost",
    "Mention",
    "Picture",
    "Post",
    "PostTag",
    "Reaction",
    "Reading",
    "Revision",
    "SeeLess",
    "Tag",
    "TagFollow",
    "TagMute",
    "Tally",
]
