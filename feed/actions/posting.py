"""Publishing, changing, reposting and deleting posts (product.md §8)."""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audiences import Audience
from accounts.models import User
from accounts.refusals import Refusal
from communities.actions.organizations import locked as kept
from communities.models import Group, Organization
from feed.actions.marking import mark_post, narrow_tags
from feed.actions.picturing import describe, forget_files, hang
from feed.history import keep_words
from feed.models import Article, Comment, Draft, Mention, Picture, Post, PostTag, Reaction, Revision
from feed.pictures import NewPicture
from live.telling import announce
from notifications.actions import notify_again


@transaction.atomic
def publish_post(
    *,
    by: User,
    text: str,
    audience: str = Audience.MEMBERS,
    comments_from: str = Post.CommentsFrom.ANYONE,
    pictures: Sequence[NewPicture] = (),
    organization: Organization | None = None,
    group: Group | None = None,
    key: UUID | None = None,
) -> Post:
    """Publish an update, with up to four pictures. Raises `Refusal`.

    One for an `organization` is said by it, which takes one of its editors; one in a `group` is for its members,
    whatever the `audience`. A replay with the same `key` returns the first post.
    """
    key, text = key or uuid4(), text.strip()
    if replayed := Post.objects.filter(author=by, key=key).first():
        return replayed
    if not text and not pictures:
        raise Refusal(_("Write something, or add a picture."))
    where = said_in(organization, group, by=by, audience=audience)
    post, is_new = Post.objects.get_or_create(
        author=by, key=key, defaults={"text": text, "comments_from": comments_from} | where
    )
    if is_new:
        hang(pictures, post)
        mark_post(post, by=by)
        announce("posts", post.pk)
    return post


def said_in(organization: Organization | None, group: Group | None, *, by: User, audience: str) -> dict:
    """Return where a post is said and who it is for, if `by` may write there. Raises `Refusal`."""
    if organization is not None:
        organization = kept(Organization.objects.edited_by(by), organization)
    if group is not None:
        if not Group.objects.joined_by(by).filter(pk=group.pk).exists():
            raise Refusal(_("You are not in this group any more."))
        audience = Audience.GROUP
    return {"organization": organization, "group": group, "audience": audience}


@transaction.atomic
def repost(
    post: Post,
    *,
    by: User,
    text: str = "",
    audience: str | None = None,
    comments_from: str = Post.CommentsFrom.ANYONE,
    key: UUID | None = None,
) -> Post:
    """Pass a post on, with words or without; of a repost, what it reposts. Raises `Refusal`.

    The audience is never wider than the original's, and is the original's if none is given. A member has
    one wordless repost of a post: a second returns the first, as a replay with the same `key` does.
    """
    key, text = key or uuid4(), text.strip()
    if replayed := Post.objects.filter(author=by, key=key).first():
        return replayed
    post = locked(Post.objects.repostable_by(by), post)
    original = locked(Post.objects.repostable_by(by), post.repost_of) if post.repost_of else post
    audience = Audience(audience or original.audience)
    if audience.width > Audience(original.audience).width:
        raise Refusal(_("A repost can't be for more people than the post itself."))
    said = {"author": by, "repost_of": original}
    options = {"audience": audience, "comments_from": comments_from}
    if text:
        quoting, is_new = Post.objects.get_or_create(author=by, key=key, defaults=said | options | {"text": text})
        if is_new:
            mark_post(quoting, by=by)
            announce("posts", quoting.pk)
            _tell_of_repost(original, by=by)
        return quoting
    passed_on, is_new = Post.objects.get_or_create(**said, text="", defaults=options | {"key": key})
    if is_new:
        announce("posts", passed_on.pk)
        _tell_of_repost(original, by=by)
    return passed_on


def _tell_of_repost(original: Post, *, by: User) -> None:
    """Tell who wrote a post that `by` reposts it, in one notice for all who do."""
    if original.author and original.author != by:
        notify_again(recipient=original.author, kind="repost", subject=original)


@transaction.atomic
def edit_post(
    post: Post,
    *,
    by: User,
    text: str,
    audience: str | None = None,
    comments_from: str | None = None,
    descriptions: Mapping[int, str] | None = None,
) -> Post:
    """Change a post of one's own. Its audience may be narrowed, never widened; new words mark it as edited.

    `descriptions` are those of its pictures by position. What is None stays as it is. Raises `Refusal`. An article
    is changed by `edit_article`.
    """
    post, text = locked(Post.objects.editable_by(by).filter(article__isnull=True), post), text.strip()
    if not text and not post.pictures.exists() and post.celebrates_id is None:
        raise Refusal(_("Write something, or delete the post."))
    audience = narrowed(post, audience)
    if text != post.text:
        keep_words(post)
    is_changed = describe(descriptions or {}, of=post) or text != post.text
    before, is_narrowed = post.text, audience != post.audience
    post.text, post.audience, post.comments_from = text, audience, comments_from or post.comments_from
    post.edited_at = timezone.now() if is_changed else post.edited_at
    post.save(update_fields=["text", "words", "audience", "comments_from", "edited_at"])
    if is_narrowed:
        narrow_tags(post)
    if before != text:
        mark_post(post, by=by, before=before)
    return post


def narrowed(post: Post, audience: str | None) -> Audience:
    """Return the audience that a post may get: never a wider one, and in a group always that. Raises `Refusal`."""
    wanted = Audience(post.audience if post.group_id else audience or post.audience)
    if wanted.width > Audience(post.audience).width:
        raise Refusal(_("A post's audience can be narrowed, but not widened."))
    return wanted


@transaction.atomic
def limit_commenting(post: Post, *, by: User, comments_from: str) -> Post:
    """Say who may comment on a post of one's own from now on. Raises `Refusal` if it is gone."""
    post = locked(Post.objects.editable_by(by), post)
    post.comments_from = comments_from
    post.save(update_fields=["comments_from"])
    return post


@transaction.atomic
def delete_post(post: Post, *, by: User) -> None:
    """Delete a post of one's own with all that hangs on it; once it is gone, nothing more.

    What others wrote when they passed it on stays theirs: then an empty row stays too, and says who may see it (§8).
    """
    from feed.actions.celebrating import take_back_announcement

    take_back_announcement(post, by=by)
    found = Post.objects.editable_by(by).select_for_update(of=("self",)).filter(pk=post.pk).first()
    if found is None:
        return
    forget_files(found.pictures.all())
    if Post.objects.filter(repost_of=found).exclude(text="").exists():
        _empty(found)
    else:
        found.delete()
    if found.repost_of_id:
        Post.objects.filter(pk=found.repost_of_id, deleted_at__isnull=False, reposts__isnull=True).delete()


def _empty(post: Post) -> None:
    """Leave nothing of a post but who wrote it and whom it was for."""
    Post.objects.filter(repost_of=post, text="").delete()
    for model in (Comment, Reaction, Revision, Mention, PostTag, Picture, Article):
        model._default_manager.filter(post=post).delete()
    post.text, post.edited_at, post.deleted_at = "", None, timezone.now()
    post.save()


def locked(posts, post: Post) -> Post:
    """Return `post` from a scope, kept as it is until the transaction ends. Raises `Refusal` if it isn't there."""
    found = posts.select_for_update(of=("self",), no_key=True).filter(pk=post.pk).first()
    if found is None:
        raise Refusal(_("This post is no longer there for you."))
    return found


def leave_posts_to_organizations(*, member: User) -> None:
    """Keep what an organization said, when the editor who wrote it deletes their account for good."""
    Post.objects.filter(author=member, organization__isnull=False).update(author=None)


def move_posts(*, from_: Organization, into: Organization) -> None:
    """Let one organization say what another said or has drafts for, when their pages are merged."""
    for model in (Post, Draft):
        model._default_manager.filter(organization=from_).update(organization=into)
