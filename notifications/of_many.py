"""One notice that tells what many did (product.md §10): whom it names, and how many they are.

Nobody is written down in it: the subject's scope finds them whenever it is read, so those whom its reader may not see
any more, and those who took back what they did, are gone from it. What it costs doesn't grow with how many they are.
"""

from datetime import timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Value
from django.db.models.functions import Concat, Trim
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.counting import UpTo
from accounts.each_alone import EachAlone
from accounts.models import User

EXACT = 100
"""Beyond so many they aren't counted."""
NAMED = 2
"""How many are named, if there are no more."""
EMAIL_WAITS = timedelta(minutes=15)
"""The email says who did it by then."""


def others_seen_by(viewer, rows: QuerySet, *, field: str) -> QuerySet:
    """Narrow `rows` to those by others whom the viewer sees, each asked by itself."""
    seen = User.objects.visible_to(viewer).filter(pk=OuterRef(field))
    return rows.filter(EachAlone(seen)).exclude(**{field: viewer.pk})


def with_many(subjects: QuerySet, rows: QuerySet, *, field: str) -> QuerySet:
    """Add to each of `subjects` who did it, newest first (`named`), and how many they are (`number`)."""
    name = Trim(Concat(f"{field}__first_name", Value(" "), f"{field}__last_name"))
    newest = rows.order_by("-pk").values(who=name)[:NAMED]
    return subjects.annotate(named=ArraySubquery(newest), number=UpTo(rows, EXACT + 1))


def who(subject) -> str:
    """Name those who did it: "Ana", "Ana and Ben", "Ana and 4 others", "Ana and more than 99 others"."""
    first, *more = subject.named or [""]
    others = subject.number - 1
    if not more:
        return first
    if subject.number <= NAMED:
        return _("%(name)s and %(other)s") % {"name": first, "other": more[0]}
    if subject.number > EXACT:
        return _("%(name)s and more than %(n)s others") % {"name": first, "n": EXACT - 1}
    return ngettext("%(name)s and %(n)s other", "%(name)s and %(n)s others", others) % {"name": first, "n": others}


def number(subject) -> int:
    """How many they are; beyond `EXACT`, only that they are more."""
    return subject.number
