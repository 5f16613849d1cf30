"""The kinds of things that members report and operators decide about: who may report one, and what it says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Model, QuerySet

from accounts.models import User
from feed.models import Comment, Post
from messaging.models import Message
from moderation.models import Subject


@dataclass(frozen=True, kw_only=True)
class Nature:
    """What is particular about one kind of subject.

    `responsible` names the field that leads to its member; `texts` the fields that say what it says.
    """

    kind: Subject
    all: Callable[[], QuerySet]
    reportable_by: Callable[[User], QuerySet]
    responsible: str
    texts: tuple[str, ...]


NATURES: dict[str, Nature] = {
    nature.kind.value: nature
    for nature in [
        Nature(
            kind=Subject.MEMBER,
            all=lambda: User.objects.all(),
            reportable_by=lambda viewer: User.objects.visible_to(viewer).exclude(pk=viewer.pk),
            responsible="",
            texts=("name", "headline", "place", "about"),
        ),
        Nature(
            kind=Subject.PHOTO,
            all=lambda: User.objects.exclude(photo_key=""),
            reportable_by=lambda viewer: User.objects.none(),  # it is reported with its member
            responsible="",
            texts=(),
        ),
        Nature(
            kind=Subject.POST,
            all=lambda: Post.objects.select_related("author"),
            reportable_by=lambda viewer: (
                Post.objects.visible_to(viewer).exclude(author=viewer).select_related("author")
            ),
            responsible="author",
            texts=("text",),
        ),
        Nature(
            kind=Subject.COMMENT,
            all=lambda: Comment.objects.select_related("author"),
            reportable_by=lambda viewer: (
                Comment.objects.visible_to(viewer).exclude(author=viewer).select_related("author")
            ),
            responsible="author",
            texts=("text",),
        ),
        Nature(
            kind=Subject.MESSAGE,
            all=lambda: Message.objects.select_related("sender"),
            reportable_by=lambda viewer: (
                Message.objects.visible_to(viewer).present().exclude(sender=viewer).select_related("sender")
            ),
            responsible="sender",
            texts=("text",),
        ),
    ]
}


def kind_of(thing: Model) -> Subject:
    """Return what kind of subject `thing` is; a member is one as a whole, not their photo."""
    return {User: Subject.MEMBER, Post: Subject.POST, Comment: Subject.COMMENT, Message: Subject.MESSAGE}[type(thing)]


def responsible_for(thing: Model) -> User | None:
    """Return the member who is responsible for `thing`; nobody if they left."""
    field = NATURES[kind_of(thing)].responsible
    return getattr(thing, field) if field else cast(User, thing)


def as_it_reads(thing: Model) -> str:
    """Return what `thing` says now: of a message that message's own text, and nothing else of the conversation."""
    texts = [str(getattr(thing, field)) for field in NATURES[kind_of(thing)].texts]
    return "\n".join(text for text in texts if text)


def subject_of(about) -> Any:
    """Return what a case or decision is about, unless it is gone."""
    return NATURES[about.subject_kind].all().filter(pk=about.subject_id).first()
