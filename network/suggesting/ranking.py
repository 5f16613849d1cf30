"""The one statement that ranks, for each of many members, the people they have most in common with.

Common ground weighs here what it weighs in `network.ground`. Mutual connections are counted in full, about a
microsecond for each friend of a friend; of a large group, event or organization only some people are looked at.
"""

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from accounts.audiences import Audience
from accounts.models import Block, User
from communities.models import Event, Group
from network.ground import weights
from network.models import Connection, ConnectionRequest, Dismissal, Introduction
from network.models.request import ASK_AGAIN_AFTER, ASK_AGAIN_AFTER_WITHDRAWING
from network.suggesting.places import LOOKED_AT, in_cvs

MOST = 100
"""How many people are kept for a member."""
LEAST = 4
"""What common ground has to weigh at the least: to have been at one place at different times is not enough."""
DUE = RawSQL("due.id", ())
"""The member whose turn it is, within the statement."""

Piece = tuple[str, list]


def ranked() -> Piece:
    """Return the SQL of rows (member, other, weight, mutual) for the members that its table `due` holds."""
    hiding = User.objects.filter(connections_audience=Audience.NOBODY)
    nobodys_door = User.objects.filter(door=User.Door.NOBODY)
    sets = {
        "hiding": hiding,
        "dead_end": hiding | User.objects.absent(),
        "left_out": nobodys_door | User.objects.absent(),
    }
    named = {name: sql_of(members.values("pk")) for name, members in sets.items()}
    known = ", ".join(f"{name} (id) AS MATERIALIZED ({sql})" for name, (sql, _values) in named.items())
    sources = [_friends_of_friends(), _in_groups(), _at_events(), in_cvs()]
    common = " UNION ALL ".join(sql for sql, _values in sources)
    each = f"{weights.MUTUAL:d} + least(mutual, {weights.MUTUAL_UP_TO:d})"
    gone, gone_values = _not_to_be_suggested()
    sql = f"""
        WITH {known}
        SELECT due.id AS member_id, best.other_id, best.weight, best.mutual
        FROM due CROSS JOIN LATERAL (
            SELECT other_id, mutual,
                   weight + CASE WHEN mutual > 0 THEN {each} ELSE 0 END AS weight
            FROM (
                SELECT other_id, sum(weight) AS weight,
                       CASE WHEN other_id IN (SELECT id FROM hiding) THEN 0 ELSE sum(mutual) END AS mutual
                FROM ({common}) common (other_id, weight, mutual) GROUP BY other_id
            ) met
            WHERE other_id <> due.id
              AND (weight >= {LEAST:d} OR mutual > 0)
              AND other_id NOT IN (SELECT id FROM left_out)
              AND NOT EXISTS (SELECT 1 FROM ({gone}) gone (id) WHERE gone.id = met.other_id)
            ORDER BY 3 DESC, 2 DESC, 1 LIMIT {MOST:d}
        ) best
    """  # noqa: S608
    pieces = [*named.values(), *sources, (gone, gone_values)]
    return sql, [value for _sql, some in pieces for value in some]


def _friends_of_friends() -> Piece:
    """The connections of the member's connections, once for each that is shared, as `network.degrees` counts them."""
    sql = """
        SELECT theirs.other_id, 0, 1
        FROM network_connection mine JOIN network_connection theirs ON theirs.member_id = mine.other_id
        WHERE mine.member_id = due.id AND mine.other_id NOT IN (SELECT id FROM dead_end)
    """
    return sql, []


def _in_groups() -> Piece:
    """Those in the member's groups: of a large one its moderators, and who joined last."""
    shown, values = sql_of(Group.objects.filter(hidden_at__isnull=True, pk=RawSQL("mine.group_id", ())).values("pk"))
    sql = f"""
        SELECT fellow.member_id, {weights.GROUP:d}, 0
        FROM communities_membership mine CROSS JOIN LATERAL (
            SELECT member_id FROM communities_membership WHERE group_id = mine.group_id
            ORDER BY is_moderator DESC, joined_at DESC, id DESC LIMIT {LOOKED_AT:d}
        ) fellow
        WHERE mine.member_id = due.id AND EXISTS ({shown})
    """  # noqa: S608
    return sql, values


def _at_events() -> Piece:
    """Those who confirmed that they were where the member confirmed that they were: of many, who answered first."""
    took_place = Event.objects.filter(hidden_at__isnull=True, cancelled_at__isnull=True)
    shown, values = sql_of(took_place.filter(pk=RawSQL("mine.event_id", ())).values("pk"))
    sql = f"""
        SELECT fellow.member_id, {weights.EVENT:d}, 0
        FROM communities_attendance mine CROSS JOIN LATERAL (
            SELECT member_id FROM communities_attendance WHERE event_id = mine.event_id AND confirmed_at IS NOT NULL
            ORDER BY answered_at LIMIT {LOOKED_AT:d}
        ) fellow
        WHERE mine.member_id = due.id AND mine.confirmed_at IS NOT NULL AND EXISTS ({shown})
    """  # noqa: S608
    return sql, values


def _not_to_be_suggested() -> Piece:
    """Those for whom no room is kept, since `SuggestionQuerySet.visible_to` would leave them out today."""
    now, sent = timezone.now(), ConnectionRequest.objects.filter(sender=DUE).values("recipient")
    received = ConnectionRequest.objects.filter(recipient=DUE).values("sender")
    too_soon = Q(sent_at__gt=now - ASK_AGAIN_AFTER) | Q(withdrawn_at__gt=now - ASK_AGAIN_AFTER_WITHDRAWING)
    lists: list[QuerySet] = [
        Connection.objects.filter(member=DUE).values("other"),
        Block.objects.filter(blocker=DUE).values("blocked"),
        Block.objects.filter(blocked=DUE).values("blocker"),
        Dismissal.objects.filter(member=DUE).values("other"),
        *(sent.open(), sent.filter(too_soon | Q(accepted_at__isnull=False))),
        *(received.open(), received.filter(Q(declined_at__isnull=False) | Q(accepted_at__isnull=False))),
        Introduction.objects.open().filter(asker=DUE).values("to"),
        Introduction.objects.filter(to=DUE, reached_at__isnull=False).values("asker"),
    ]
    parts = [sql_of(each) for each in lists]
    return " UNION ALL ".join(sql for sql, _values in parts), [value for _sql, some in parts for value in some]


def sql_of(rows: QuerySet) -> Piece:
    """Return the SQL of a QuerySet and its values."""
    sql, values = rows.order_by().query.sql_with_params()
    return sql, list(values)
