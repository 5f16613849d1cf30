"""Who was at the same organizations and schools, by what two CVs name: as `network.ground` says it, in SQL.

Entries name the same where their names lead to one page, or have one key. Of those who name a large organization, only
the members who joined next before and after somebody are looked at, by number: an index knows them.
"""

from django.db.models.expressions import RawSQL
from django.utils import timezone

from communities.models import Organization
from network.ground import weights
from profiles.naming import NAMING

LOOKED_AT = 200
"""How many people of one organization, group or event are looked at; the rest of a larger one isn't."""
GOES_ON = 10**6  # a month later than any
STAY = f"""
    started_year * 12 + coalesce(started_month, 1) - 1 AS first,
    coalesce(started_year * 12 + coalesce(started_month, 1), ended_year * 12 + coalesce(ended_month, 1)) - 1 AS known,
    coalesce(ended_year * 12 + coalesce(ended_month, 12) - 1,
             CASE WHEN started_year IS NOT NULL THEN {GOES_ON:d} END) AS last
"""
"""The months of an entry, counted from the year 0: the first, the first that is known, and the last."""


def in_cvs() -> tuple[str, list]:
    """Return the SQL of rows (other, weight, 0), one for each place that a member due and another both name."""
    pages, values = Organization.objects.filter(
        hidden_at__isnull=True, merged_into__isnull=True, pk=RawSQL("name.organization_id", ())
    ).values("pk").query.sql_with_params()  # fmt: skip
    today = timezone.localdate()
    month = today.year * 12 + today.month - 1
    together = f"greatest(mine.known, theirs.known) <= least(mine.last, theirs.last, {month:d})"
    apart = "coalesce(mine.last < theirs.first, false) OR coalesce(theirs.last < mine.first, false)"
    belong = "EXISTS (SELECT 1 FROM communities_belonging WHERE organization_id = both_.page AND member_id = {})"
    proved = f"both_.page IS NOT NULL AND {belong.format('due.id')} AND {belong.format('both_.member_id')}"
    sql = f"""
        SELECT both_.member_id, CASE
            WHEN at_once THEN {_either(weights.PLACE_TOGETHER, proved)}
            WHEN apart THEN {_either(weights.PLACE_APART, proved)}
            ELSE {_either(weights.PLACE, proved)} END, 0
        FROM (
            SELECT theirs.member_id, mine.page,
                   coalesce(bool_or({together}), false) AS at_once, bool_and({apart}) AS apart
            FROM (
                SELECT entry.*, page.id AS page, coalesce('page ' || page.id, entry.key) AS place
                FROM ({_own()}) entry
                LEFT JOIN communities_organizationname name ON name.key = entry.key
                LEFT JOIN LATERAL ({pages}) page (id) ON true
            ) mine
            CROSS JOIN LATERAL (
                SELECT mine.key UNION
                SELECT key FROM communities_organizationname WHERE organization_id = mine.page
            ) written (key)
            CROSS JOIN LATERAL ({_theirs()}) theirs
            GROUP BY theirs.member_id, mine.page, mine.place
        ) both_
    """  # noqa: S608
    return sql, list(values)


def _own() -> str:
    parts = (
        f"SELECT {key} AS key, {STAY} FROM {model._meta.db_table} WHERE member_id = due.id AND {key} <> ''"  # noqa: S608
        for model, (_name, key) in NAMING.items()
    )
    return " UNION ALL ".join(parts)


def _theirs() -> str:
    """The entries that name a place, of the members next before and after the one whose turn it is."""
    parts = (
        f"(SELECT member_id, {STAY} FROM {model._meta.db_table}"  # noqa: S608
        f" WHERE {key} = written.key AND member_id {side} due.id"
        f" ORDER BY {key}, member_id {way} LIMIT {LOOKED_AT // 2:d})"
        for model, (_name, key) in NAMING.items()
        for side, way in ((">", ""), ("<", "DESC"))
    )
    return " UNION ALL ".join(parts)


def _either(weight: dict[bool, int], proved: str) -> str:
    return f"CASE WHEN {proved} THEN {weight[True]:d} ELSE {weight[False]:d} END"
