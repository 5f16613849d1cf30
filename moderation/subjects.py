"""The kinds of things that members report and operators decide about: who may report one, and what it says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from communities.models import Event, Group, Membership, Organization, OrganizationRole
from feed.models import Comment, Post
from messaging.models import Message
from moderation.models import Subject
from network.models import Recommendation


@dataclass(frozen=True, kw_only=True)
class Nature:
    """What is particular about one kind of subject.

    `responsible` names the field that leads to its member, and is None where nobody is alone responsible; then
    `looked_after_by` says who is told. `texts` are the fields that say what it says.
    """

    kind: Subject
    all: Callable[[], QuerySet]
    reportable_by: Callable[[User], QuerySet]
    responsible: str | None
    texts: tuple[str, ...]
    looked_after_by: Callable[[Any], Q] | None = None


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
            all=lambda: Post.objects.filter(deleted_at__isnull=True).select_related("author", "celebrates"),
            reportable_by=lambda viewer: (
                Post.objects.visible_to(viewer).exclude(author=viewer).select_related("author", "celebrates")
            ),
            responsible="author",
            texts=("celebration", "text"),
        ),
        Nature(
            kind=Subject.COMMENT,
            all=lambda: Comment.objects.filter(deleted_at__isnull=True).select_related("author"),
            reportable_by=lambda viewer: (
                Comment.objects.visible_to(viewer).exclude(author=viewer).select_related("author")
            ),
            responsible="author",
            texts=("text",),
        ),
        Nature(
            kind=Subject.MESSAGE,
            all=lambda: Message.objects.select_related("sender"),
            reportable_by=lambda viewer: Message.objects.reportable_by(viewer).select_related("sender"),
            responsible="sender",
            texts=("text",),
        ),
        Nature(
            kind=Subject.ORGANIZATION,
            all=lambda: Organization.objects.all(),
            reportable_by=lambda viewer: Organization.objects.visible_to(viewer).exclude(
                pk__in=Organization.objects.edited_by(viewer)
            ),
            responsible=None,
            texts=("name", "place", "website", "about"),
            looked_after_by=lambda organization: Q(
                pk__in=OrganizationRole.objects.filter(
                    organization=organization, role=OrganizationRole.Role.ADMIN
                ).values("member")
            ),
        ),
        Nature(
            kind=Subject.GROUP,
            all=lambda: Group.objects.all(),
            reportable_by=lambda viewer: Group.objects.visible_to(viewer).exclude(
                pk__in=Group.objects.moderated_by(viewer)
            ),
            responsible=None,
            texts=("name", "about", "rules", "question"),
            looked_after_by=lambda group: Q(
                pk__in=Membership.objects.filter(group=group, is_moderator=True).values("member")
            ),
        ),
        Nature(
            kind=Subject.EVENT,
            all=lambda: Event.objects.select_related("host"),
            reportable_by=lambda viewer: (
                Event.objects.visible_to(viewer)
                .exclude(host__isnull=False, host=viewer)
                .exclude(pk__in=Event.objects.editable_by(viewer))
                .select_related("host")
            ),
            responsible="host",
            texts=(
                "title",
                "place",
                "about",
            ),  # not the link: it is for those with a seat, and a report shows what it says
        ),
        Nature(
            kind=Subject.RECOMMENDATION,
            all=lambda: Recommendation.objects.select_related("author"),
            reportable_by=lambda viewer: Recommendation.objects.readable_by(viewer).select_related("author"),
            responsible="author",
            texts=("text",),
        ),
    ]
}


def kind_of(thing: Model) -> Subject:
    """Return what kind of subject `thing` is; a member is one as a whole, not their photo."""
    return _KINDS[type(thing)]


_KINDS: dict[type[Model], Subject] = {
    User: Subject.MEMBER,
    Post: Subject.POST,
    Comment: Subject.COMMENT,
    Message: Subject.MESSAGE,
    Organization: Subject.ORGANIZATION,
    Group: Subject.GROUP,
    Event: Subject.EVENT,
    Recommendation: Subject.RECOMMENDATION,
}


def responsible_for(thing: Model) -> User | None:
    """Return the member who is responsible for `thing`; nobody if they left, or if it isn't one member's."""
    field = NATURES[kind_of(thing)].responsible
    if field is None:
        return None
    return getattr(thing, field) if field else cast(User, thing)


def named_for(thing: Model) -> User | Organization | Group | None:
    """Return whom members read as responsible for `thing`: what an organization says, or a group or organization
    invites to, is theirs, and the member who wrote it stays unnamed."""
    if isinstance(thing, Post) and thing.organization:
        return thing.organization
    if isinstance(thing, Event) and (thing.organization or thing.group):
        return thing.organization or thing.group
    return responsible_for(thing)


def group_of(thing: Model) -> Group | None:
    """Return the group among whose members `thing` was said."""
    if isinstance(thing, Comment):
        thing = thing.post
    return thing.group if isinstance(thing, Post) else None


def looked_after_by(about) -> QuerySet[User]:
    """Return those who are told of a decision about something that isn't one member's."""
    who = NATURES[about.subject_kind].looked_after_by
    return User.objects.present().filter(who(about.subject_id)) if who else User.objects.none()


def as_it_reads(thing: Model) -> str:
    """Return what `thing` says now: of a message that message's own text, and nothing else of the conversation."""
    texts = [str(getattr(thing, field)) for field in NATURES[kind_of(thing)].texts]
    return "\n".join(text for text in texts if text)


def evidence_of(thing: Model) -> str:
    """Return what a report keeps of `thing`: what it says, and of a message also what it said before and its files."""
    if not isinstance(thing, Message):
        return as_it_reads(thing)
    before = [_("Before: %(text)s") % {"text": earlier.text} for earlier in thing.revisions.all()]
    files = [_("File: %(name)s") % {"name": file.name} for file in thing.attachments.all()]
    return "\n".join([*([thing.text] if thing.text else []), *before, *files])


def subject_of(about) -> Any:
    """Return what a case or decision is about, unless it is gone."""
    return NATURES[about.subject_kind].all().filter(pk=about.subject_id).first()
