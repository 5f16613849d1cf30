"""What posts and comments say, as a page shows it to one viewer: with links, tags, and the people whom they name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.words import Named, as_html, name_in_html
from feed.models import Comment, Mention

Names = Mapping[str, Named]


class Saying(Protocol):
    """A post or a comment on a page: which one it is, what of its text is shown, and how.

    One of an article may have all its words as HTML in its `article`.
    """

    id: int
    text: str
    said: str


def write(posts: Iterable[Saying], comments: Iterable[Saying] = (), *, viewer, read_by=None) -> None:
    """Write what the posts and comments of a page say; at most one query, and none where nobody is named.

    If somebody else reads what the viewer sees (`read_by`), only those are named whom both see.
    """
    posts, comments = list(posts), list(comments)
    of_posts, of_comments = names_in(
        {post.id for post in posts if _names(post.text) or _names(_article_of(post))},
        {comment.id for comment in comments if _names(comment.text)},
        viewer=viewer,
        read_by=read_by,
    )
    for names, things in ((of_posts, posts), (of_comments, comments)):
        for thing in things:
            thing.said = say(thing.text, names.get(thing.id))
            if thing.id in names and (html := _article_of(thing)):
                html = name_in_html(html, names[thing.id])
                thing.article = replace(thing.article, html=html)


def _article_of(thing) -> str:
    """All the words of an article, where they are shown."""
    article = getattr(thing, "article", None)
    return article.html if article else ""


def _names(text: str) -> bool:
    return "@" in text or "＠" in text


def say(text: str, names: Names | None = None) -> SafeString:
    """Return a text as HTML, in which tags are links and those `names` which the reader may see."""
    return as_html(text, names=names, tag_url=tag_url)


def say_comment(comment: Comment, *, viewer) -> SafeString:
    """Return what one comment says to a viewer."""
    _of_posts, names = names_in((), {comment.pk} if _names(comment.text) else (), viewer=viewer)
    return say(comment.text, names.get(comment.pk))


def tag_url(name: str) -> str:
    return reverse("tag", args=[name])


def names_in(
    posts: Iterable[int], comments: Iterable[int], *, viewer, read_by=None
) -> tuple[Mapping[int, Names], Mapping[int, Names]]:
    """Return by post, and by comment, whom handles in them lead to: of those named there, whom the viewer may see."""
    found: tuple[dict, dict] = (defaultdict(dict), defaultdict(dict))
    if not posts and not comments:
        return found
    mentions = Mention.objects.of_people_seen_by(viewer).filter(
        Q(post__in=posts, comment__isnull=True) | Q(comment__in=comments)
    )
    mentions = mentions if read_by is None else mentions.of_people_seen_by(read_by)
    shown = ("post", "comment", "handles", "member__handle", "member__first_name", "member__last_name")
    for post, comment, handles, handle, first_name, last_name in mentions.values_list(*shown):
        named = Named(f"{first_name} {last_name}".strip(), reverse("profile", args=[handle]))
        (found[1][comment] if comment else found[0][post]).update(dict.fromkeys(handles, named))
    return found
