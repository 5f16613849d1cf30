"""Saving what somebody writes before it is published (product.md §8)."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audiences import Audience
from accounts.models import User
from accounts.names import on_one_line
from accounts.refusals import Refusal
from communities.models import Group, Organization
from feed.actions.picturing import copy_pictures, forget_files, hang, not_hung, take_down
from feed.models import Article, Draft, Post
from feed.pictures import NewPicture


class PublishedAlready(Refusal):
    """What somebody wants to save is published already; `post` is where."""

    def __init__(self, post: Post) -> None:
        super().__init__(_("This is published already."))
        self.post = post


@transaction.atomic
def save_draft(
    *,
    by: User,
    key: UUID,
    page: UUID,
    saves: int,
    title: str,
    text: str,
    audience: str = Audience.MEMBERS,
    comments_from: str = Post.CommentsFrom.ANYONE,
    organization: Organization | None = None,
    group: Group | None = None,
    pictures: Sequence[NewPicture] = (),
    remove: int | None = None,
) -> Draft:
    """Save what is written on a page, and return the draft that holds it.

    `key` says which draft, `saves` how often it had been saved when the page last saw it. If another page saved
    other words since, neither is overwritten: these become a draft of their own, whose key is that of the page.
    The same words as are there already are a replay. Raises `PublishedAlready` if these words are published.

    Whether `by` may write for the `organization`, or in the `group`, is asked when it is published.
    """
    where = {"organization": organization, "group": group}
    options = {"audience": audience, "comments_from": comments_from}
    written = {"title": on_one_line(title), "text": text} | options | where
    draft, is_new = Draft.objects.select_for_update().get_or_create(
        author=by, key=key, defaults=written | {"page": page}
    )
    if published := Article.objects.filter(post__author=by, post__key=key).select_related("post").first():
        new = not_hung(pictures, published.post)
        if (published.title, published.text) == (written["title"], text) and not new:
            raise PublishedAlready(published.post)
        draft.delete()
        return _kept_apart(draft, by=by, page=page, written=written, pictures=pictures)
    if not is_new and draft.saves != saves:
        is_said = _says(draft, written)
        if not is_said and draft.page != page:
            return _kept_apart(draft, by=by, page=page, written=written, pictures=pictures, remove=remove)
        pictures = not_hung(pictures, draft)  # a replay brings none, another page may
        remove = None if is_said else remove
    if remove is not None:
        take_down(remove, of=draft)
    hang(pictures, draft)
    if not is_new and (pictures or remove is not None or not _says(draft, written)):
        _write(draft, page, written)
    return draft


def _says(draft: Draft, written: dict) -> bool:
    return all(getattr(draft, name) == value for name, value in written.items())


def _write(draft: Draft, page: UUID, written: dict) -> None:
    for name, value in (written | {"page": page, "saves": draft.saves + 1, "saved_at": timezone.now()}).items():
        setattr(draft, name, value)
    draft.save()


def _kept_apart(
    draft: Draft,
    *,
    by: User,
    page: UUID,
    written: dict,
    pictures: Sequence[NewPicture],
    remove: int | None = None,
) -> Draft:
    """Keep words beside a draft that was saved elsewhere meanwhile, with copies of its pictures and the new ones."""
    apart, is_new = Draft.objects.select_for_update().get_or_create(
        author=by, key=page, defaults=written | {"page": page}
    )
    if not is_new:
        _write(apart, page, written)
        hang(not_hung(pictures, apart), apart)
        return apart
    if draft.pk:
        copy_pictures(draft, to=apart)
    if remove is not None:
        take_down(remove, of=apart)
    hang(pictures, apart)
    return apart


@transaction.atomic
def delete_draft(draft: Draft, *, by: User) -> None:
    """Delete a draft of one's own with its pictures; if it is gone, nothing more."""
    found = Draft.objects.visible_to(by).select_for_update().filter(pk=draft.pk).first()
    if found is not None:
        forget_files(found.pictures.all())
        found.delete()
