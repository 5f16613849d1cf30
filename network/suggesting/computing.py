"""Whose turn it is, and writing down what was found.

Members are taken in batches whose rows are locked and skipped by other workers; each batch is committed by itself. So
whatever ends a run, what it has done stays, and the next one goes on with the rest.
"""

from collections.abc import Sequence
from datetime import timedelta
from time import monotonic

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.sessions import signed_in_somewhere
from network.models import Connection, SuggestedTo
from network.models.suggestion import SHOWN_FOR
from network.suggesting.ranking import ranked

AGAIN_AFTER = timedelta(hours=18)
"""How old suggestions are when they are computed again: so that there is time until they may not be shown any more."""
BATCH = 200
"""How many members are computed in one transaction: some two seconds."""
CHORE = 30  # seconds
"""How long one chore goes on at the most."""
PLANNED_WITH = {"work_mem": "64MB", "jit": "off", "enable_bitmapscan": "off"}
"""How PostgreSQL goes about it: the sets in which everybody is looked up are made once for a batch, and of a large
organization nobody is read beyond those who are looked at."""
FEW_TIES = 300
"""Up to so many connections, suggestions are computed while somebody waits for the page."""


def suggest_to_those_due() -> int:
    """Compute for those who are signed in somewhere and whose suggestions get old; return for how many. The chore.

    Whoever is signed in nowhere is left out until they come back.
    """
    start, done = monotonic(), 0
    list_new_members()
    while monotonic() - start < CHORE and (some := suggest_to_next(due().filter(signed_in_somewhere("member")))):
        done += some
    return done


def due() -> QuerySet[SuggestedTo]:
    """Members whose suggestions are missing or get old."""
    old = Q(suggested_at__isnull=True) | Q(suggested_at__lte=timezone.now() - AGAIN_AFTER)
    return SuggestedTo.objects.filter(old, member__in=User.objects.present())


def list_new_members() -> None:
    """Give everybody present, who has none, a row that says that it is their turn."""
    listed = SuggestedTo.objects.filter(member=OuterRef("pk"))
    new = User.objects.present().filter(~Exists(listed)).order_by("pk").values_list("pk", flat=True)
    SuggestedTo.objects.bulk_create(
        [SuggestedTo(member_id=pk) for pk in new.iterator()], ignore_conflicts=True, batch_size=5000
    )


@transaction.atomic
def suggest_to_next(members: QuerySet[SuggestedTo]) -> int:
    """Compute for the next of some members whom no other worker has; return for how many."""
    oldest = members.order_by(F("suggested_at").asc(nulls_first=True))
    rows = oldest.select_for_update(skip_locked=True, of=("self",), no_key=True)[:BATCH]
    taken = [row.member_id for row in rows]
    if taken:
        _compute(taken)
    return len(taken)


@transaction.atomic
def suggest_to(member: User) -> bool:
    """Compute for one member, unless it was done within the last day or is being done; say whether it was done now."""
    SuggestedTo.objects.bulk_create([SuggestedTo(member=member)], ignore_conflicts=True)
    return bool(suggest_to_next(SuggestedTo.objects.filter(pk=member.pk).exclude(suggested_at__gt=_day_ago())))


def is_fresh(member: User) -> bool:
    """Whether a member's suggestions may be shown: they are at most a day old."""
    return SuggestedTo.objects.filter(member=member, suggested_at__gt=_day_ago()).exists()


def is_cheap(member: User) -> bool:
    """Whether computing for a member takes less than somebody waits for a page."""
    return len(Connection.objects.of(member).values_list("other")[: FEW_TIES + 1]) <= FEW_TIES


def _day_ago():
    return timezone.now() - SHOWN_FOR


def _compute(members: Sequence[int]) -> None:
    """Write down for some members whom they may know: only what is different from before is written."""
    found, values = ranked()
    sql = f"""
        WITH due AS MATERIALIZED (SELECT unnest(%s::bigint[]) AS id), found AS MATERIALIZED ({found}),
        ended AS (
            DELETE FROM network_suggestion old WHERE member_id = ANY(%s) AND NOT EXISTS (
                SELECT 1 FROM found WHERE found.member_id = old.member_id AND found.other_id = old.other_id
            )
        ), begun AS (
            INSERT INTO network_suggestion AS old (member_id, other_id, weight, mutual)
            SELECT member_id, other_id, weight, mutual FROM found
            ON CONFLICT (member_id, other_id) DO UPDATE SET weight = excluded.weight, mutual = excluded.mutual
            WHERE (old.weight, old.mutual) <> (excluded.weight, excluded.mutual)
        )
        UPDATE network_suggestedto SET suggested_at = %s WHERE member_id = ANY(%s)
    """  # noqa: S608
    members = sorted(members)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(map(_set_here, PLANNED_WITH.items()))}")
        cursor.execute(sql, [members, *values, members, timezone.now(), members])


def _set_here(setting: tuple[str, str]) -> str:
    """Set something to the end of the transaction."""
    name, value = setting
    return f"set_config('{name}', '{value}', true)"
