"""No notice and no email crosses a wall, an audience, a suspension or the end of a connection: kind × situation.

Each email is about to go when something happens. The kinds are those that are registered: a new one without a line in
`happenings.py` fails.
"""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.actions import block_member, delete_departed, leave, mark_bounced
from accounts.models import User
from accounts.models.standing import FOR_GOOD
from feed.actions import edit_post
from feed.models import Post
from messaging.actions import mute
from messaging.models import Conversation
from network.actions import disconnect, mute_member
from network.models import Connection
from notifications.actions import mark_all_read, switch_email_off
from notifications.emails import compose_now
from notifications.kinds import KINDS, emailed
from notifications.models import Email, Notice
from tests.factories import MemberFactory
from tests.notifications.happenings import HAPPENINGS, wants_everything
from tests.scenes import UNMAILED

pytestmark = pytest.mark.django_db


def suspend(member: User) -> None:
    User.objects.filter(pk=member.pk).update(suspended_until=FOR_GOOD)


def depart(member: User) -> None:
    leave(by=member)
    User.objects.filter(pk=member.pk).update(leaves_at=timezone.now() - timedelta(seconds=1))
    assert delete_departed(member.pk)


def part(it) -> None:
    if Connection.objects.filter(member=it.reader, other=it.other).exists():
        disconnect(it.other, by=it.reader)


def narrow(it) -> None:
    """Leave the post to its author's connections, or that in which the subject stands."""
    for post in Post.objects.filter(pk=_post_of(it)).select_related("author"):
        edit_post(post, by=post.author, text=post.text, audience="connections")


def _post_of(it) -> int | None:
    if it.kind.slug == "digest":
        return Post.objects.get(author=it.other).pk
    return it.subject.pk if isinstance(it.subject, Post) else getattr(it.subject, "post_id", None)


def mute_conversation(it) -> None:
    for conversation in Conversation.objects.filter(seats__member=it.reader):
        mute(conversation, by=it.reader)


SITUATIONS = {
    "nothing": lambda it: None,
    "the reader blocks them": lambda it: block_member(it.other, by=it.reader),
    "they block the reader": lambda it: block_member(it.reader, by=it.other),
    "they are suspended": lambda it: suspend(it.other),
    "they are leaving": lambda it: leave(by=it.other),
    "they are gone": lambda it: depart(it.other),
    "the connection ended": part,
    "the audience is narrowed": narrow,
    "the reader mutes them": lambda it: mute_member(it.other, by=it.reader, until=FOR_GOOD),
    "the reader mutes the conversation": mute_conversation,
    "the thing is gone": lambda it: it.subject.delete(),
    "read in the app": lambda it: mark_all_read(by=it.reader),
    "switched off": lambda it: switch_email_off(it.kind.slug, by=it.reader),
    "mail came back": lambda it: mark_bounced(it.reader.email),
    "the reader is suspended": lambda it: suspend(it.reader),
    "the reader is leaving": lambda it: leave(by=it.reader),
}
COMES = {
    "nothing",
    "the connection ended",
    "the audience is narrowed",
    "the reader mutes them",
    "the reader mutes the conversation",
}
"""Where it still comes.

What was said to somebody while they were connected isn't taken back when they part. Who narrows an audience still hears
of what others do to their post. Muting somebody is about the feed: what they do to oneself is still told.
"""
ONLY_THE_EMAIL = {"read in the app", "switched off", "mail came back"}
ABOUT_THE_READER = {"the reader is suspended", "the reader is leaving"}
"""They can't sign in, or only to stay; so nobody sees which notices they would have."""
OTHERS = {"the reader blocks them", "they block the reader", "they are suspended", "they are leaving", "they are gone"}
MORE = {
    "group_joined": OTHERS,  # nobody is named: it is about the group
    "group_moderator": OTHERS,
    "event_cancelled": {"they are gone"},  # it stays with those who were to come, without its host
    "event_ended": {"they are gone"},
    "digest": {"read in the app"},  # not in the app; what it tells is in test_digest.py
    "message_unread": {"read in the app"},  # the conversation is what is read: test_unread_emails.py
}
LESS = {
    "mention": {"the audience is narrowed"},
    "reply": {"the audience is narrowed"},
    "message_unread": {"the reader mutes the conversation"},
    "introduction_asked": {"the connection ended"},  # only a connection can pass it on (product.md §5)
    "endorsement": {"the connection ended"},  # nor a follower any more: it no longer counts (product.md §7)
}
TOLD_BY_TASKS = {"mention", "event_changed", "event_cancelled", "event_seat"}
AT_ONCE = {"default": {"BACKEND": "tests.tasks.AtOnceBackend", "QUEUES": ["default"]}}


def test_every_kind_that_comes_by_email_is_in_the_table():
    assert {kind.slug for kind in emailed()} <= set(HAPPENINGS)


@pytest.mark.usefixtures("unmailed")
@pytest.mark.parametrize("slug", [kind.slug for kind in emailed()])
def test_an_email_comes_only_where_it_may(slug, settings):
    it = _about_to_go(slug, settings)
    comes, stays = {}, {}
    for situation in SITUATIONS:
        comes[situation], stays[situation] = _after(situation, it)
    expected = (COMES | MORE.get(slug, set())) - LESS.get(slug, set())
    assert {situation for situation, came in comes.items() if came} == expected
    listed = (expected | ONLY_THE_EMAIL if it.kind.in_app else set()) - ABOUT_THE_READER
    assert {situation for situation, stayed in stays.items() if stayed} - ABOUT_THE_READER == listed


def _about_to_go(slug: str, settings) -> SimpleNamespace:
    reader, other, third = (MemberFactory(first_name=name) for name in ("Reader", "Other", "Third"))
    wants_everything(reader)
    if slug in TOLD_BY_TASKS:
        settings.TASKS = AT_ONCE
    made = HAPPENINGS[slug](reader, other, third)
    settings.TASKS = UNMAILED
    told = Notice.objects.filter(recipient=reader, kind=slug).select_related("actor").first()
    subject = made or KINDS[slug].subjects_visible_to(reader).get(pk=told.subject_id)
    actor = told.actor if told else subject.sender if slug == "message_unread" else None
    return SimpleNamespace(kind=KINDS[slug], reader=reader, other=other, subject=subject, actor=actor)


def _after(situation: str, it: SimpleNamespace) -> tuple[bool, bool]:
    """Whether the email comes if this happens before it goes, and whether the notice is still there."""
    with transaction.atomic():
        reader, other = User.objects.get(pk=it.reader.pk), User.objects.get(pk=it.other.pk)
        subject = type(it.subject).objects.get(pk=it.subject.pk)
        SITUATIONS[situation](SimpleNamespace(kind=it.kind, reader=reader, other=other, subject=subject))
        reader, actor = (User.objects.filter(pk=one and one.pk).first() for one in (it.reader, it.actor))
        about = {"kind": it.kind.slug, "recipient": reader, "actor": actor, "subject_id": it.subject.pk}
        # With an actor who is gone the row is gone too.
        email = bool(reader and (actor or not it.actor) and compose_now(Email(pk=1, to=it.reader.email, **about)))
        notice = bool(reader) and Notice.objects.visible_to(reader).filter(kind=it.kind.slug).exists()
        transaction.set_rollback(True)
    return email, notice
