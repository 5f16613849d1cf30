"""The daily look whether somebody new matches a saved search (product.md §13).

New is who joined since the last look, or whose own words came to match since then. Nothing else brings anybody up: not
a wall that came down, not a suspension that ended, not a setting that changed, so that nobody learns of these. A look
goes only through the members whose words changed, whom an index knows: its cost is that of the changes of a day, not
of the community.
"""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, Min, OuterRef, Q, Subquery
from django.utils import timezone

from network.degrees import near_of
from notifications.actions import notify
from search.models import Find, FormerWords, Look, MemberWords, SavedSearch
from search.wanted import Wanted, matching, queries

EVERY = timedelta(days=1)
AT_ONCE = 500
"""How many searches one chore looks after; every worker does it every few minutes."""
MOST = 100
"""How many new people one look keeps: the first ones; who searches for everybody isn't told of everybody."""


def look_for_new_people() -> int:
    """Look after the saved searches whose day has come; return how many. What nobody needs any more is forgotten."""
    due = SavedSearch.objects.filter(looked_at__lte=timezone.now() - EVERY).order_by("looked_at")
    numbers = list(due.values_list("pk", flat=True)[:AT_ONCE])
    looked = sum(_look(number) for number in numbers)
    forget_former_words()
    return looked


def forget_former_words() -> int:
    """Forget what members were found by before, where every saved search has looked since."""
    oldest = SavedSearch.objects.aggregate(oldest=Min("looked_at"))["oldest"] or timezone.now()
    return FormerWords.objects.filter(changed_at__lt=oldest).delete()[0]


@transaction.atomic
def _look(number: int) -> bool:
    """Look for one search, unless another worker does; tell its member of who is new."""
    search = SavedSearch.objects.select_for_update(skip_locked=True, of=("self",)).select_related("member").filter(
        pk=number, looked_at__lte=timezone.now() - EVERY
    ).first()  # fmt: skip
    if search is None:
        return False
    looked_at = _all_seen_until()
    if search.member.is_present and (found := new_people(search, since=search.looked_at)):
        look = Look.objects.create(search=search)
        Find.objects.bulk_create([Find(search=search, look=look, member_id=pk) for pk in found])
        notify(recipient=search.member, kind="saved_search", actor=None, subject=look)
    search.looked_at = looked_at
    search.save(update_fields=["looked_at"])
    return True


def _all_seen_until() -> datetime:
    """Return until when every change can be seen now: nobody is still writing one that is older.

    So the next look misses nothing that was written before this one and came to light after it, and takes up nothing
    that this one has seen.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT least(clock_timestamp(), min(xact_start)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0]


def new_people(search: SavedSearch, *, since: datetime) -> list[int]:
    """Return the numbers of those who match a search now, didn't at `since`, and were never told of."""
    wanted, viewer = Wanted.of(search), search.member
    changed = MemberWords.objects.filter(changed_at__gt=since).values("member")
    matches = matching(wanted, viewer).filter(pk__in=changed).exclude(pk=viewer.pk)
    told = Find.objects.filter(search=search, member=OuterRef("pk"))
    numbers = list(
        matches.filter(Q(welcomed_at__gt=since) | ~Exists(_matched_before(wanted, viewer, since)))
        .exclude(Exists(told))
        .order_by("pk")
        .values_list("pk", flat=True)[:MOST]
    )
    if not wanted.degree or not numbers:
        return numbers
    near = near_of(numbers, viewer)
    degrees = {pk: "1" if direct else "2" for pk, (direct, _shared) in near.items()}
    return [pk for pk in numbers if degrees.get(pk, "3") == wanted.degree]


def _matched_before(wanted: Wanted, viewer, since: datetime):
    """What a member was found by at `since`, if it matched: the first of their former words that ended later."""
    former = FormerWords.objects.filter(member=OuterRef("member"), changed_at__gt=since)
    first = former.order_by("changed_at", "pk").values("pk")[:1]
    matched = FormerWords.objects.filter(member=OuterRef("pk"), pk=Subquery(first))
    for query in queries(wanted, viewer):
        matched = matched.filter(words=query)
    return matched
