"""How close a member is to those whom they hear: worked out ahead, since common ground is too dear for every page.

Who answered whom, and what is shared, are the queries of `exchanges.py` and `network.ground`. For a hundred people they
cost what a whole page costs, and they change slowly; so the workers ask them once a day, for whoever reads Highlights.
"""

from datetime import timedelta
from time import monotonic

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from feed.highlights.exchanges import days_of_exchange
from feed.lists.heard import newest_heard
from feed.models import Closeness, Post, Reading
from network.ground import common_ground

AGAIN_AFTER = timedelta(days=1)
WITHIN = timedelta(days=60)
"""In which time two answered each other."""
RECENT = 400
"""Closeness is worked out with whoever wrote the newest so many posts that a member hears."""
CHORE = 20  # seconds
"""How long one chore goes on at the most."""


def work_out_closeness() -> int:
    """Work it out for those who read Highlights in the last day and whose closeness is old; return for how many."""
    start, done = monotonic(), 0
    _list_readers()
    while monotonic() - start < CHORE and _work_out_next():
        done += 1
    return done


def closeness_of(member: User) -> Closeness:
    """Work out how close a member is to those who wrote what they hear, and keep it."""
    newest = newest_heard(member, before=None, limit=RECENT)
    authors = Post.objects.filter(pk__in=list(newest), organization=None).exclude(author=member).values("author")
    people = common_ground(User.objects.visible_to(member).filter(pk__in=authors), viewer=member)
    since = timezone.now() - WITHIN
    days = days_of_exchange(member=member, others={person.pk for person in people}, since=since)
    ground = {person.pk: person.ground.weight for person in people if person.ground}
    found = {"days": days, "ground": ground, "worked_out_at": timezone.now()}
    return Closeness.objects.update_or_create(member=member, defaults=found)[0]


def _list_readers() -> None:
    """Give every reader of the last day, who has none, a row that says that it is their turn."""
    listed = Closeness.objects.filter(member=OuterRef("member"))
    readers = Reading.objects.filter(~Exists(listed), read_at__gt=timezone.now() - AGAIN_AFTER)
    new = readers.order_by().values_list("member", flat=True).distinct()
    Closeness.objects.bulk_create([Closeness(member_id=pk) for pk in new], ignore_conflicts=True)


@transaction.atomic
def _work_out_next() -> bool:
    """Work it out for one whose turn it is and whom no other worker has; whether there was one."""
    long_ago = timezone.now() - AGAIN_AFTER
    reading = Reading.objects.filter(member=OuterRef("member"), read_at__gt=long_ago)
    due = Closeness.objects.filter(Q(worked_out_at=None) | Q(worked_out_at__lte=long_ago), Exists(reading))
    rows = due.filter(member__in=User.objects.present()).order_by(F("worked_out_at").asc(nulls_first=True))
    row = rows.select_for_update(skip_locked=True).first()
    if row is not None:
        closeness_of(User.objects.get(pk=row.member_id))
    return row is not None
