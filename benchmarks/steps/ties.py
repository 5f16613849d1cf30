"""Who knows whom, with degrees that have a long tail; and the walls between some."""

from itertools import accumulate

from accounts.models import Block
from benchmarks.loading import bring, empty_table, insert, run, without_indexes
from benchmarks.steps import reserved
from network.models import Connection

WHEN = "now() - ((low * 7919 + high * 104729) %% 34560000) * interval '1 second'"
"""When a pair connected: some time in the last 400 days, the same for both."""


def connect(made) -> None:
    many = made.members * made.degree // 2
    empty_table("pair", "low bigint, high bigint")
    bring("pair", "low, high", many, _pairs(made, many))
    with without_indexes(Connection):
        insert(
            Connection,
            {"member_id": "one", "other_id": "other", "connected_at": "at"},
            f"FROM (SELECT DISTINCT low, high, {WHEN} AS at FROM pair) x, "
            "LATERAL (VALUES (low, high), (high, low)) y (one, other) ORDER BY 1, 2",
        )


def _pairs(made, many: int):
    """Pairs of members drawn by a weight with a long tail, and the many connections of a few."""
    dice, members = made.dice("connections"), made.members
    weights = [0.0] * min(reserved.LAST, members // 5)
    weights += [min(dice.lognormvariate(0, 0.8), 60.0) for _member in range(members - len(weights))]
    ends, everybody, left = list(accumulate(weights)), range(1, members + 1), many
    while left > 0:
        ones = dice.choices(everybody, cum_weights=ends, k=min(left, 500_000))
        others = dice.choices(everybody, cum_weights=ends, k=len(ones))
        for one, other in zip(ones, others, strict=True):
            if one != other:
                yield f"{one}\t{other}" if one < other else f"{other}\t{one}"
        left -= len(ones)
    given = {reader: int(count * reserved.CONNECTED) for reader, count in reserved.sources(members).items()}
    given |= dict.fromkeys(reserved.HUBS, reserved.hub(members))
    for member, count in given.items():
        for other in dice.sample(range(reserved.LAST + 1, members + 1), min(count, members - reserved.LAST)):
            yield f"{member}\t{other}"


def block(made) -> None:
    """A wall for every fifth member, between people who have nothing to do with each other."""
    dice, many = made.dice("blocks"), made.members // 5
    empty_table("wall", "id serial, blocker bigint, blocked bigint")
    members = range(reserved.LAST + 1, made.members + 1)
    bring("wall", "blocker, blocked", many, ("\t".join(map(str, dice.sample(members, 2))) for _wall in range(many)))
    insert(
        Block,
        {"blocker_id": "blocker", "blocked_id": "blocked"},
        "FROM (SELECT DISTINCT ON (least(blocker, blocked), greatest(blocker, blocked)) * FROM wall) wall WHERE NOT EXISTS ("
        "SELECT 1 FROM network_follow WHERE (follower_id, followed_id) IN ((blocker, blocked), (blocked, blocker))) "
        "ORDER BY id",
    )
    run("ANALYZE accounts_block")
