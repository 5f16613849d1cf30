"""Asking for an introduction, passing it on, and connecting by it (product.md §5)."""

from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import lock_pair, lock_pairs
from accounts.models import User
from accounts.refusals import Refusal
from network.actions.connecting import connect_members
from network.doors import asking
from network.introducing import people_between, why_not
from network.models import Connection, ConnectionRequest, Introduction
from network.models.introduction import EXPIRES_AFTER
from notifications.actions import notify


@transaction.atomic
def ask_for_introduction(to: User, *, by: User, through: User, reason: str, key: UUID | None = None) -> Introduction:
    """Ask `through`, a mutual connection, for an introduction `to` somebody, with a reason. Raises `Refusal`.

    It spends one of the three attempts of §3.6 and starts no waiting time. A replay with the same `key` returns the
    first introduction.
    """
    key = key or uuid4()
    lock_pairs([(by.pk, to.pk), (by.pk, through.pk), (through.pk, to.pk)])
    by = User.objects.select_for_update(no_key=True).get(pk=by.pk)  # so that two can't both be the last one
    if replayed := Introduction.objects.asked_by(by).filter(key=key).first():
        return replayed
    if not User.objects.visible_to(by).filter(pk=to.pk).exclude(pk=by.pk).exists():
        raise Refusal(_("You can't be introduced to this member."))
    if Connection.objects.filter(member=by, other=to).exists():
        raise Refusal(_("You and %(name)s are connected already.") % {"name": to.name})
    if not people_between(to, viewer=by).filter(pk=through.pk).exists():
        raise Refusal(_("Choose somebody who is connected with both of you."))
    if sentence := why_not(to, viewer=by, asking=asking(to, by=by)):
        raise Refusal(sentence)
    Introduction.objects.filter(asker=by).overdue().update(ended_at=F("asked_at") + EXPIRES_AFTER)
    asked = Introduction.objects.create(asker=by, through=through, to=to, reason=reason.strip(), key=key)
    notify(recipient=through, kind="introduction_asked", actor=by, subject=asked)
    return asked


@transaction.atomic
def pass_introduction_on(introduction: Introduction, *, by: User, line: str) -> None:
    """Pass it on in one's own words; now it reaches whom it is for, unless their door is "nobody" (§5).

    That door is nobody's business but theirs: whoever asked and whoever passes on see no difference. A second time
    changes nothing. Raises `Refusal`.
    """
    lock_pair(introduction.asker, introduction.to)
    if Introduction.objects.answerable_by(by).filter(pk=introduction.pk, passed_on_at__isnull=False).exists():
        return
    to = User.objects.get(pk=introduction.to_id)
    now = timezone.now()
    reaches = to.door != User.Door.NOBODY
    _answer(
        introduction,
        by=by,
        passed_on_at=now,
        line=line.strip(),
        declined_at=None,
        reached_at=now if reaches else None,
    )
    notify(recipient=introduction.asker, kind="introduction_passed_on", actor=by, subject=introduction)
    if reaches:
        notify(recipient=to, kind="introduction_received", actor=by, subject=introduction)


@transaction.atomic
def let_name(introduction: Introduction, *, by: User) -> None:
    """Let the asker name `by` in a request of their own (§5). A second time changes nothing. Raises `Refusal`."""
    if Introduction.objects.answerable_by(by).filter(pk=introduction.pk, may_name_at__isnull=False).exists():
        return
    _answer(introduction, by=by, may_name_at=timezone.now(), declined_at=None)
    notify(recipient=introduction.asker, kind="introduction_name", actor=by, subject=introduction)


@transaction.atomic
def decline_introduction(introduction: Introduction, *, by: User) -> None:
    """Not pass it on, silently: nothing that its asker can reach changes (§5). Raises `Refusal`."""
    if Introduction.objects.asked_of(by).filter(pk=introduction.pk).update(declined_at=timezone.now()):
        return
    if not Introduction.objects.answerable_by(by).filter(pk=introduction.pk, declined_at__isnull=False).exists():
        raise Refusal(_("This introduction is no longer there."))


def _answer(introduction: Introduction, *, by: User, **changes) -> None:
    """Change it if it may still be answered so, in one statement: whatever else happens meanwhile, one comes first."""
    waiting = Introduction.objects.answerable_by(by).filter(pk=introduction.pk, passed_on_at__isnull=True)
    if not waiting.update(**changes):
        raise Refusal(_("This introduction is no longer there."))


@transaction.atomic
def connect_introduced(introduction: Introduction, *, by: User) -> None:
    """Say yes to an introduction: connect the two, and tell whoever asked and whoever passed it on (§5).

    A second yes changes nothing. Raises `Refusal` if the introduction is gone.
    """
    lock_pair(introduction.asker, by)
    if Introduction.objects.filter(pk=introduction.pk, to=by, connected_at__isnull=False).exists():
        return
    connect_by(introduction, by=by)


def connect_by(introduction: Introduction, *, by: User, request: ConnectionRequest | None = None) -> None:
    """Connect by an introduction, under the lock of the pair; `request` is what the two said to each other.

    If the asker sent a request as well, it is answered with the same yes.
    """
    now = timezone.now()
    if not Introduction.objects.introducing_to(by).filter(pk=introduction.pk).update(connected_at=now):
        raise Refusal(_("This introduction is no longer there."))
    asker, through = introduction.asker, introduction.through
    request = request or ConnectionRequest.objects.open().filter(sender=asker, recipient=by).first()
    connect_members(asker, by, at=now, request=request)
    notify(recipient=asker, kind="introduction_connected", actor=by, subject=introduction)
    notify(recipient=through, kind="introduction_brought_about", actor=by, subject=introduction)


@transaction.atomic
def set_introduction_aside(introduction: Introduction, *, by: User) -> None:
    """Stay silent: take it out of one's list, and tell nobody; one may still connect. Raises `Refusal`."""
    mine = Introduction.objects.introducing_to(by).filter(pk=introduction.pk)
    if not mine.exists():
        raise Refusal(_("This introduction is no longer there."))
    mine.filter(set_aside_at__isnull=True).update(set_aside_at=timezone.now())
