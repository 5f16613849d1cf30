from collections.abc import Iterable
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from feed.actions import comment_on_post, publish_draft, publish_post, react_to_post, repost, save_draft
from feed.models import Comment, Draft, Post, Reaction
from feed.pictures import NewPicture, read_picture
from profiles.actions import add_entry
from profiles.announcing import Announcing
from profiles.models import Position


def post(author: User, text: str = "The gauges agree for once.", **fields) -> Post:
    """`author` publishes an update, with an uploaded `picture` if one is given; hidden if `hidden_at` says when."""
    hidden_at, upload = fields.pop("hidden_at", None), fields.pop("picture", None)
    description = fields.pop("description", "")
    if upload is not None:
        fields["pictures"] = [NewPicture(read_picture(upload), description)]
    published = publish_post(by=author, text=text, **fields)
    if hidden_at is not None:
        published.hidden_at = hidden_at
        published.save(update_fields=["hidden_at"])
    return published


def draft(author: User, title: str = "What a gauge can’t tell you", text: str = "It rained.", **fields) -> Draft:
    """`author` writes the draft of an article, with an uploaded `picture` if one is given."""
    if upload := fields.pop("picture", None):
        fields["pictures"] = [NewPicture(read_picture(upload), fields.pop("description", ""))]
    written = {"key": uuid4(), "page": uuid4(), "saves": 0} | fields
    return save_draft(by=author, title=title, text=text, **written)


def article(author: User, title: str = "What a gauge can’t tell you", text: str = "It rained.", **fields) -> Post:
    """`author` publishes an article."""
    return publish_draft(draft(author, title, text, **fields), by=author)


def comment(author: User, on: Post, text: str = "Which ones?", **fields) -> Comment:
    """`author` comments on a post."""
    return comment_on_post(on, by=author, text=text, **fields)


def like(member: User, what: Post, kind: str = "like") -> Reaction:
    """`member` reacts to a post, by liking it if nothing else is said."""
    return react_to_post(what, by=member, kind=kind)


def pass_on(member: User, what: Post, **fields) -> Post:
    """`member` reposts a post."""
    return repost(what, by=member, **fields)


def answer_each_other(one: User, other: User, on: Post, *, days: Iterable[int] = (1, 2, 3), text: str = "Yes.") -> None:
    """`one` comments on a post, of `other`'s if nothing else is meant, and `other` replies: so many days ago each."""
    for ago in days:
        first = comment(one, on, text)
        answer = comment(other, on, text, reply_to=first)
        at = timezone.now() - timedelta(days=ago)
        Comment.objects.filter(pk__in=[first.pk, answer.pk]).update(commented_at=at)


def position_begun(member: User, *, months_ago: int = 0, organization: str = "Delta Works", **fields) -> Position:
    """`member` adds a position that began so many months ago; what `announcing` ticks is announced."""
    years, month = divmod(timezone.localdate().year * 12 + timezone.localdate().month - 1 - months_ago, 12)
    start = {"started_year": years, "started_month": month + 1}
    key = uuid4()
    add_entry(Position, by=member, key=key, organization=organization, **(start | fields))
    return Position.objects.get(key=key)


def celebration(member: User, *, to: str = "connections", words: str = "", **fields) -> Post:
    """`member` lets others know of a new position, which makes a post."""
    ticked = Announcing(new=True, to=to, words=words)
    return Post.objects.get(
        celebrates=position_begun(member, announcing=ticked, **{"title": "Head of Rivers"} | fields)
    )
