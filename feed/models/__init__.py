"""What members publish, and what others say to it.

- `Post`: an update, a repost of one (`post.py`), or a celebration (`celebration.py`)
- `Picture`: the picture of a post
- `Reaction`: a like, or another of five kinds of answers without words
- `Comment`: a comment on a post, or a reply to one (`comment.py`)
"""

from feed.models.comment import Comment
from feed.models.post import Picture, Post
from feed.models.reaction import Reaction

__all__ = ["Comment", "Picture", "Post", "Reaction"]
