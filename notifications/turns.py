"""When a member's digest is due: on Monday at eight, by the clocks where they live; once, however many workers look.

Each member has a turn, a row. Whoever takes it locks it, puts the email into the outbox and sets the next date in
one transaction; others skip what is locked. The email is composed when it goes (`notifications.digest`).
"""

from datetime import UTC, datetime, time, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from accounts.zones import zone_of
from notifications import outbox
from notifications.digest import DIGEST
from notifications.models import Choice, DigestTurn

AT = time(8)
AT_ONCE = 200
"""So many turns are taken in one transaction."""
NEW_AT_ONCE = 5000
LOOKS_BACK = 1000
"""So many members below the newest one with a turn are looked at for one without: they may have joined together."""


def see_to_turns() -> None:
    """Let a worker take the turns that are due, if any are: the chore that every worker does now and then."""
    from notifications.tasks import take_turns

    if _due().exists() or _without_turn().exists():
        take_turns.enqueue()


def give_turns() -> int:
    """Give new members their turns. Returns how many there were."""
    new = list(_without_turn()[:NEW_AT_ONCE])
    now = timezone.now()
    turns = [DigestTurn(member=member, due_at=monday_after(now, member)) for member in new]
    DigestTurn.objects.bulk_create(turns, ignore_conflicts=True)
    return len(new)


@transaction.atomic
def take_due_turns() -> int:
    """Put the digests that are due into the outbox, and say when the next ones are. Returns how many turns there were.

    Who moved to another time zone meanwhile waits for Monday morning there. Whom mail doesn't reach, who isn't there
    or who wants no digest is passed over until next week.
    """
    due = list(_due().select_for_update(skip_locked=True, of=["self"]).select_related("member")[:AT_ONCE])
    now, wanting = timezone.now(), _wanting([turn.member_id for turn in due])
    for turn in due:
        its_monday = nearest_monday(turn.due_at, turn.member)
        if its_monday > now:
            turn.due_at = its_monday
            continue
        turn.due_at = monday_after(now, turn.member)
        if turn.member_id in wanting:
            outbox.write_telling(turn.member, kind=DIGEST, actor=None, subject_id=turn.member_id)
    DigestTurn.objects.bulk_update(due, ["due_at"])
    return len(due)


def monday_after(moment: datetime, member: User) -> datetime:
    """Return the first Monday at eight after a moment, where a member lives."""
    local = timezone.localtime(moment, zone_of(member))
    monday = datetime.combine(local.date() - timedelta(days=local.weekday()), AT, local.tzinfo)
    return (monday if monday > local else monday + timedelta(days=7)).astimezone(UTC)


def nearest_monday(moment: datetime, member: User) -> datetime:
    """Return the Monday at eight that is nearest to a moment, where a member lives."""
    return monday_after(moment - timedelta(days=3, hours=12), member)


def _due():
    return DigestTurn.objects.filter(due_at__lte=timezone.now()).order_by("due_at")


def _without_turn():
    newest = DigestTurn.objects.aggregate(newest=Max("member"))["newest"] or 0
    return User.objects.filter(pk__gt=newest - LOOKS_BACK, digest_turn__isnull=True).order_by("pk")


def _wanting(numbers: list[int]) -> set[int]:
    off = Choice.objects.filter(member__in=numbers, kind=DIGEST, by_email=False).values("member")
    there = User.objects.present().reached_by_email().filter(pk__in=numbers)
    return set(there.exclude(pk__in=off).values_list("pk", flat=True))
