"""Publishing and changing articles (product.md §8)."""

from collections.abc import Sequence
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.names import fold, on_one_line
from accounts.refusals import Refusal
from feed.actions.marking import mark_post, narrow_tags
from feed.actions.picturing import hang, not_hung, take_down
from feed.actions.posting import locked, narrowed, said_in
from feed.articles.markdown import VERSION, render
from feed.history import keep_words
from feed.models import Article, Draft, Post
from feed.pictures import NewPicture
from live.telling import announce


class ChangedElsewhere(Refusal):
    """An article was changed on another page since this one was opened; `article` is what it says now."""

    def __init__(self, article: Article) -> None:
        super().__init__(_("This article was changed on another page meanwhile. Compare both, then save again."))
        self.article = article


@transaction.atomic
def publish_draft(draft: Draft, *, by: User) -> Post:
    """Publish a draft of one's own as an article, with its pictures, once. Raises `Refusal`.

    One for an organization, or in a group, takes somebody who writes there. A replay finds the post. Whose key another
    post has already gets a new one.
    """
    found = Draft.objects.visible_to(by).select_for_update().filter(pk=draft.pk).first()
    same = Post.objects.filter(author=by, key=draft.key).select_related("article").first()
    if same is not None and hasattr(same, "article"):
        return same
    if found is None:
        raise Refusal(_("This draft is no longer there for you."))
    if not found.title or not found.text.strip():
        raise Refusal(_("An article needs a title and words."))
    where = said_in(found.organization, found.group, by=by, audience=found.audience)
    key = uuid4() if same else found.key
    post = Post.objects.create(author=by, key=key, comments_from=found.comments_from, **where)
    found.pictures.update(draft=None, post=post)
    _say(Article(post=post), post, title=found.title, text=found.text)
    mark_post(post, by=by)
    announce("posts", post.pk)
    found.delete()
    return post


@transaction.atomic
def edit_article(
    post: Post,
    *,
    by: User,
    saves: int,
    title: str,
    text: str,
    audience: str | None = None,
    comments_from: str | None = None,
    pictures: Sequence[NewPicture] = (),
    remove: int | None = None,
) -> Post:
    """Change an article of one's own. Its audience may be narrowed, never widened; new words mark it as edited.

    `saves` is how often it had been saved when the page saw it: raises `ChangedElsewhere` if another page saved other
    words since. Raises `Refusal`.
    """
    post = locked(Post.objects.editable_by(by).filter(article__isnull=False), post)
    article, title = Article.objects.get(post=post), on_one_line(title)
    is_changed = (article.title, article.text) != (title, text)
    if not title or not text.strip():
        raise Refusal(_("An article needs a title and words."))
    if article.saves != saves:
        if is_changed:
            raise ChangedElsewhere(article)
        pictures, remove = not_hung(pictures, post), None  # a replay brings none, another page may
    if is_changed:
        keep_words(post)
    before, is_narrowed = post.everything_said, narrowed(post, audience) != post.audience
    post.audience = narrowed(post, audience)
    post.comments_from = comments_from or post.comments_from
    if remove is not None:
        take_down(remove, of=post)
    hang(pictures, post)
    if is_changed or pictures or remove is not None:
        article.saves, post.edited_at = article.saves + 1, timezone.now()
        _say(article, post, title=title, text=text)
    post.save(update_fields=["audience", "comments_from", "edited_at"])
    if is_narrowed:
        narrow_tags(post)
    if is_changed:
        mark_post(post, by=by, before=before)
    return post


def _say(article: Article, post: Post, *, title: str, text: str) -> None:
    """Store an article with what is made of it: what readers see, its opening and address, and words to find it by."""
    rendered = render(text, post.pictures.all())
    article.title, article.text, article.html = title, text, rendered.html
    article.minutes, article.rendered_as = rendered.minutes, VERSION
    article.slug = slug_of(title)
    article.save()
    post.article, post.text = article, rendered.opening
    post.save(update_fields=["text", "words"])


def slug_of(title: str) -> str:
    """Return the last part of an article's address; it says what it is about and decides nothing.

    >>> slug_of("What a gauge can’t tell you")
    'what-a-gauge-can-t-tell-you'
    """
    words = fold(title).replace("+", " ").replace("#", " ").split()
    return "-".join(words)[:80].strip("-") or "article"
