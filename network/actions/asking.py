"""Asking to connect, and answering (product.md §3)."""

from datetime import timedelta
from functools import cache
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import lock_pair, lock_pairs
from accounts.models import User
from accounts.refusals import Refusal
from accounts.written_once import WrittenOnce
from live.telling import tell
from network.actions.connecting import connect_members
from network.actions.introducing import connect_by
from network.doors import asking
from network.models import Connection, ConnectionRequest, EmailTry, Introduction
from network.models.request import EXPIRES_AFTER
from network.quotas import quota_sentence
from notifications.actions import notify

TRIES_A_DAY = 10
"""How often a member may type somebody's address at a door: §3.10."""


class WrongAddress(Refusal):
    """What was typed isn't the address that this member is known by; or the day's tries are used up (§3.10)."""


def ask_to_connect(
    recipient: User,
    *,
    by: User,
    context: str,
    note: str = "",
    key: UUID | None = None,
    email: str = "",
    named: User | None = None,
) -> ConnectionRequest:
    """Ask `recipient` to connect; if they asked first, that is a yes (§3.2). Raises `Refusal`.

    A replay with the same `key` returns the first request. `email` is what the asker typed where the
    door is for people who know the address; the try counts, whatever becomes of the request. `named` is who
    introduced the two, or lets `by` name them (§5).
    """
    key = key or uuid4()
    if recipient.door == User.Door.EMAIL and not _goes_through_anyway(recipient, by=by, key=key):
        _try_address(recipient, by=by, email=email)
    return _ask(recipient, by=by, context=context, note=note.strip(), key=key, named=named)


@transaction.atomic
def _ask(recipient: User, *, by: User, context: str, note: str, key: UUID, named: User | None) -> ConnectionRequest:
    lock_pairs([(recipient.pk, by.pk), *([(named.pk, by.pk)] if named else [])])
    if replayed := ConnectionRequest.objects.filter(sender=by, key=key).first():
        return replayed
    ((is_seen, is_connected, theirs, introduction, has_earlier),) = _between().rows(by, number=recipient.pk)
    if not is_seen or recipient == by:
        raise Refusal(_("This member can't be asked."))
    if is_connected:
        raise Refusal(_("You and %(name)s are connected already.") % {"name": recipient.name})
    if theirs:
        return _accept(ConnectionRequest.objects.get(pk=theirs), by=by)
    if introduction:
        return _say_yes(Introduction.objects.get(pk=introduction), by=by, context=context, note=note, key=key)

    state = asking(recipient, by=by)
    if not state.allowed:
        raise Refusal(state.sentence)
    if state.needs_note and not note:
        raise Refusal(_("Write a note to %(name)s.") % {"name": recipient.first_name})
    if note and not state.note_is_new(note):
        raise Refusal(_("You have sent this note before. Write a new one."))
    if named and not may_name(named, by=by, to=recipient, context=context):
        raise Refusal(_("You can't name %(name)s in this request.") % {"name": named.name})
    by = User.objects.select_for_update(no_key=True).get(pk=by.pk)  # so that two requests can't both be the last one
    if sentence := quota_sentence(by):
        raise Refusal(sentence)

    if has_earlier:
        earlier = ConnectionRequest.objects.between(by, recipient)
        earlier.overdue().update(expired_at=F("sent_at") + EXPIRES_AFTER)
        earlier.open().update(replaced_at=timezone.now())
    request = ConnectionRequest.objects.create(
        sender=by, recipient=recipient, context=context, note=note, key=key, named=named
    )
    notify(recipient=recipient, kind="request_received", actor=by, subject=request)
    tell([recipient.pk, by.pk], "requests", request.pk)
    return request


@cache
def _between() -> WrittenOnce:
    """One row: whether one sees another, is connected with them and has a request or introduction of theirs.

    And whether there was ever a request, of whichever of them.
    """

    def query(by, other) -> QuerySet:
        return User.objects.filter(pk=other.pk).values_list(
            Exists(User.objects.visible_to(by).filter(pk=OuterRef("pk"))),
            Exists(Connection.objects.filter(member=by, other=OuterRef("pk"))),
            Subquery(ConnectionRequest.objects.open().filter(sender=OuterRef("pk"), recipient=by).values("pk")[:1]),
            Subquery(Introduction.objects.introducing_to(by).filter(asker=OuterRef("pk")).values("pk")[:1]),
            Exists(ConnectionRequest.objects.between(by, OuterRef("pk"))),
        )

    return WrittenOnce(query)


def may_name(named: User, *, by: User, to: User, context: str) -> bool:
    """Whether a request of `by` to `to` may say that `named` introduced them: a name can't be forged (§5)."""
    allowed = Introduction.objects.namable_by(by, to=to).filter(through=named)
    return context == ConnectionRequest.Context.INTRODUCED and allowed.exists()


def _say_yes(introduction: Introduction, *, by: User, context: str, note: str, key: UUID) -> ConnectionRequest:
    """Asking somebody who was introduced to one is a yes: the request is accepted as it is sent."""
    sent = ConnectionRequest(sender=by, recipient=introduction.asker, context=context, note=note, key=key)
    ConnectionRequest.objects.between(by, introduction.asker).overdue().update(expired_at=F("sent_at") + EXPIRES_AFTER)
    sent.accepted_at = timezone.now()
    sent.save()
    connect_by(introduction, by=by, request=sent)
    return sent


def _goes_through_anyway(recipient: User, *, by: User, key: UUID) -> bool:
    """Whether the address isn't asked for: a replay, an answer to their own request, or a refusal for other reasons.

    A refusal that came after the address would say that it was right, and its owner would never hear of it.
    """
    return (
        ConnectionRequest.objects.filter(sender=by, key=key).exists()
        or ConnectionRequest.objects.open().filter(sender=recipient, recipient=by).exists()
        or Introduction.objects.introducing_to(by).filter(asker=recipient).exists()
        or not asking(recipient, by=by).allowed
        or bool(quota_sentence(by))
    )


def _try_address(recipient: User, *, by: User, email: str) -> None:
    """Compare the typed address with the recipient's; ten tries a day, and every failure reads alike (§3.10)."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        tries = EmailTry.objects.filter(asker=by, tried_at__gt=timezone.now() - timedelta(days=1)).count()
        if tries < TRIES_A_DAY:
            EmailTry.objects.create(asker=by)
    if tries >= TRIES_A_DAY or email.strip().casefold() != recipient.email.casefold():
        raise WrongAddress(
            _("That didn't work. Check the address; you have %(tries)s tries a day.") % {"tries": TRIES_A_DAY}
        )


@transaction.atomic
def accept_request(request: ConnectionRequest, *, by: User, keep_out_of_feed: bool = False) -> ConnectionRequest:
    """Say yes: connect the two (§3.3). A second yes changes nothing. Raises `Refusal` if the request is gone."""
    lock_pair(request.sender, by)
    request = _received(request, by=by)
    if request.accepted_at and Connection.objects.filter(member=by, other=request.sender_id).exists():
        return request
    if not ConnectionRequest.objects.answerable_by(by).filter(pk=request.pk).exists():
        raise Refusal(_("This request is no longer there."))
    return _accept(request, by=by, keep_out_of_feed=keep_out_of_feed)


def _accept(request: ConnectionRequest, *, by: User, keep_out_of_feed: bool = False) -> ConnectionRequest:
    request.accepted_at = timezone.now()
    request.save(update_fields=["accepted_at"])
    connect_members(
        request.sender, by, at=request.accepted_at, request=request, quiet_feed_of=by if keep_out_of_feed else None
    )
    notify(recipient=request.sender, kind="request_accepted", actor=by, subject=request)
    return request


@transaction.atomic
def decline_request(request: ConnectionRequest, *, by: User) -> None:
    """Set a request aside, silently: nothing that its sender can reach changes (§3.4, §3.8).

    An introduction that says the same goes aside with it.
    """
    lock_pair(request.sender, by)
    request = _received(request, by=by)
    if not ConnectionRequest.objects.answerable_by(by).filter(pk=request.pk).exists():
        raise Refusal(_("This request is no longer there."))
    ConnectionRequest.objects.filter(pk=request.pk, declined_at__isnull=True).update(declined_at=timezone.now())
    tell([by.pk], "requests")
    Introduction.objects.introduced_to(by).filter(asker=request.sender).update(set_aside_at=timezone.now())


@transaction.atomic
def withdraw_request(request: ConnectionRequest, *, by: User) -> None:
    """Take one's own request back; its recipient is not told (§3.5). A second time changes nothing.

    A page of theirs that is open holds it no longer, as if it were loaded anew, whatever they had done with it.
    """
    lock_pair(request.recipient, by)
    if ConnectionRequest.objects.filter(pk=request.pk, sender=by, withdrawn_at__isnull=False).exists():
        return
    if not ConnectionRequest.objects.open().filter(pk=request.pk, sender=by).update(withdrawn_at=timezone.now()):
        raise Refusal(_("This request is no longer open."))
    tell([by.pk, request.recipient_id], "requests")


def _received(request: ConnectionRequest, *, by: User) -> ConnectionRequest:
    """The request as it is now, under the lock of the pair."""
    fresh = ConnectionRequest.objects.select_related("sender").filter(pk=request.pk, recipient=by).first()
    if fresh is None:
        raise Refusal(_("This request is no longer there."))
    return fresh
