"""Who hears whom: everybody those whom they are connected with, and some more; a few are heard by very many."""

from itertools import accumulate

from benchmarks.loading import bring, empty_table, insert, run, without_indexes
from benchmarks.steps import reserved
from network.models import Follow, Mute

MORE = 20
"""Follows of a member, on average, beside those of their connections."""
MIXED = "((one * 7919 + other * 104729) %% 1000)"
"""A number below 1,000 that is always the same for two members."""
FOR_GOOD = "'9999-12-31 00:00:00+00'::timestamptz"


def follow(made) -> None:
    empty_table("heard", "one bigint, other bigint")
    run("ANALYZE network_connection")
    bring("heard", "one, other", made.members * MORE, _chosen(made, _of_readers(made)))
    by_hand = f"{tuple(reserved.sources(made.members))}"
    with without_indexes(Follow):
        insert(
            Follow,
            {
                "follower_id": "one", "followed_id": "other", "quiet": f"{MIXED} < 30 AND NOT connected",
                "muted_until": f"CASE WHEN {MIXED} BETWEEN 500 AND 519 AND one NOT IN {by_hand} THEN {FOR_GOOD} END",
                "followed_at": f"now() - {MIXED} * interval '10 hours'",
            },
            "FROM (SELECT one, other, bool_or(connected) AS connected FROM (SELECT one, other, false AS connected FROM heard "
            "UNION ALL SELECT member_id, other_id, true FROM network_connection) x GROUP BY one, other ORDER BY one, other) y",
        )  # fmt: skip
    muted = {"member_id": "follower_id", "other_id": "followed_id", "muted_until": "muted_until"}
    insert(Mute, muted, "FROM network_follow WHERE muted_until IS NOT NULL")


def _chosen(made, of_readers: list[str]):
    """Follows of people whom one isn't connected with, drawn by how well known they are."""
    dice, members = made.dice("follows"), made.members
    start = min(reserved.LAST, members // 5)
    everybody = range(start + 1, members + 1)
    known = list(accumulate(min(dice.paretovariate(1.1), 5_000.0) for _member in everybody))
    stars = [star for star in reserved.STARS if star <= members]
    for member in everybody:
        many = min(int(dice.expovariate(1 / (MORE - 0.2 * len(stars)))), 500)
        for other in {*dice.choices(everybody, cum_weights=known, k=many)} - {member}:
            yield f"{member}\t{other}"
        for star in stars:
            if dice.random() < 0.2:
                yield f"{member}\t{star}"
    for quiet in reserved.QUIET:
        for other in dice.sample(everybody, min(10, len(everybody))):
            yield f"{other}\t{quiet}"
    yield from of_readers


def _of_readers(made) -> list[str]:
    """So many follows that readers have exactly as many sources as stated."""
    dice, follows = made.dice("follows of readers"), []
    for reader, count in reserved.sources(made.members).items():
        known = {other for (other,) in run("SELECT other_id FROM network_connection WHERE member_id = %s", reader)}
        others = [number for number in range(reserved.LAST + 1, made.members + 1) if number not in known]
        more = max(0, min(count - len(known), len(others)))
        follows += [f"{reader}\t{other}" for other in dice.sample(others, more)]
    return follows
