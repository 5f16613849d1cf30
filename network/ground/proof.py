"""With whom anything is proved: what comes first, and what opens a door (product.md §3.10, §3.13).

The same queries say it as say what two share; they only are asked for less.
"""

from collections.abc import Iterable

from django.db.models import F
from django.db.models.expressions import RawSQL

from accounts.audiences import Audience
from accounts.models import User
from accounts.written_once import Among
from network.degrees import near_sql
from network.ground.asked import Numbers, Sql
from network.ground.cvs import entries
from network.ground.meeting import meetings


def proved_among(numbers: Numbers, viewer) -> set[int]:
    """Return the numbers of those with whom the viewer has proved common ground, as `Ground.is_proved` says it.

    `numbers` are those of members whom the viewer may see, or what finds them for the viewer. In one query.
    """
    if not viewer.is_authenticated:
        return set()
    return {pk for (pk,) in _union(_known(numbers, viewer), _met(numbers, viewer)).rows()} - {viewer.pk}


def share_a_connection(numbers: Iterable[int], asker: User) -> Among:
    """The condition on a member, one of these, that somebody is connected with both: for doors (§3.10).

    Whoever hides their connections still sees those that they share, but opens no door by them (§11).
    """
    return _among(_known_openly(numbers, asker))


def share_proved_ground(numbers: Iterable[int], asker: User) -> Among:
    """The condition on a member, one of these, that they and the asker have proved common ground: for doors (§3.10)."""
    return _among(_union(_known_openly(numbers, asker), _met(numbers, asker)))


def _known(numbers: Numbers, viewer) -> Sql:
    """Those with whom the viewer shares connections."""
    near, values = near_sql(numbers, viewer)
    return Sql(f"SELECT id FROM ({near}) near WHERE shared > 0", values)  # noqa: S608


def _known_openly(numbers: Numbers, asker: User) -> Sql:
    """The same; none for somebody who hides their own."""
    known, values = _known(numbers, asker)
    hides = "SELECT 1 FROM accounts_user WHERE id = %s AND connections_audience = %s"
    return Sql(f"{known} AND NOT EXISTS ({hides})", [*values, asker.pk, Audience.NOBODY])


def _met(numbers: Numbers, viewer) -> Sql:
    """Those with whom the viewer shares a group, an event, or an organization of which both are known to be."""
    groups, values = meetings(numbers, viewer)
    cvs, more = entries(numbers, viewer)
    there = """
        SELECT theirs.member FROM cv theirs JOIN cv mine ON mine.id = theirs.id
        WHERE theirs.is_proved AND mine.is_proved AND mine.member = %s
    """
    return Sql(
        f"SELECT member FROM ({groups}) met UNION ALL (WITH cv AS MATERIALIZED ({cvs}) {there})",  # noqa: S608
        [*values, *more, viewer.pk],
    )


def _union(one: Sql, other: Sql) -> Sql:
    return Sql(f"({one.text}) UNION ALL ({other.text})", [*one.values, *other.values])


def _among(numbers: Sql) -> Among:
    return Among(F("pk"), RawSQL(f"ARRAY({numbers.text})", numbers.values))  # noqa: S611
