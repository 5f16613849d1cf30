"""What others answer to posts, with and without words; and what their authors are told of it."""

from benchmarks.loading import copy, insert, without_indexes
from benchmarks.steps.posts import sentences
from feed.models import Comment, Reaction
from notifications.models import Notice

LIKES, COMMENTS = 3, 1
"""Of a post, on average; a few have very many."""
KINDS = ["like", "like", "like", "like", "celebrate", "support", "insightful", "curious"]


def like(made) -> None:
    dice, posts = made.dice("likes"), made.members * made.posts

    def rows():
        number = 0
        for post in range(1, posts + 1):
            many = min(int((dice.paretovariate(1.5) - 1) * LIKES / 2), made.members // 10)
            for member in {dice.randint(1, made.members) for _like in range(many)}:
                number += 1
                yield {"id": number, "post_id": post, "member_id": member, "kind": dice.choice(KINDS),
                       "reacted_at": made.now - made.since(post / posts)}  # fmt: skip

    with without_indexes(Reaction):
        copy(Reaction, posts * LIKES, rows())


def comment(made) -> None:
    dice, posts, texts = made.dice("comments"), made.members * made.posts, sentences(made, 500)

    def rows():
        number = 0
        for post in range(1, posts + 1):
            first = None
            for _comment in range(min(int((dice.paretovariate(1.5) - 1) * COMMENTS / 2 + 0.5), 200)):
                number += 1
                reply = first if first and dice.random() < 0.3 else None
                first = first or number
                yield {"id": number, "post_id": post, "parent_id": reply, "author_id": dice.randint(1, made.members),
                       "text": dice.choice(texts)[0], "commented_at": made.now - made.since(post / posts)}  # fmt: skip

    with without_indexes(Comment):
        copy(Comment, posts * COMMENTS, rows())


def tell(made) -> None:
    """A notice for every third comment; most of them read."""
    with without_indexes(Notice):
        insert(
            Notice,
            {
                "recipient_id": "p.author_id", "actor_id": "c.author_id", "kind": "'comment'", "subject_id": "c.id",
                "created_at": "c.commented_at", "read_at": "CASE WHEN c.id %% 5 <> 0 THEN c.commented_at END",
            },
            "FROM feed_comment c JOIN feed_post p ON p.id = c.post_id WHERE c.id %% 3 = 0 AND p.author_id <> c.author_id "
            "ORDER BY c.id",
        )  # fmt: skip
