"""Who asks whom to connect, and waits."""

from benchmarks.loading import bring, empty_table, insert
from benchmarks.steps import reserved
from network.models import ConnectionRequest


def ask(made) -> None:
    """Two requests a member, half of them with a note; a dozen for each of the readers."""
    dice, many = made.dice("requests"), made.members * 2
    empty_table("asked", "id serial, sender bigint, recipient bigint")
    others = range(reserved.LAST + 1, made.members + 1)

    def pairs():
        for _request in range(many):
            sender, recipient = dice.sample(others, 2)
            yield f"{sender}\t{recipient}"
        for reader in reserved.sources(made.members):
            for sender in dice.sample(others, min(12, len(others))):
                yield f"{sender}\t{reader}"

    bring("asked", "sender, recipient", many, pairs())
    insert(
        ConnectionRequest,
        {
            "sender_id": "sender", "recipient_id": "recipient", "context": "'worked'",
            "note": "CASE WHEN id %% 2 = 0 THEN 'We measured the river together in spring.' ELSE '' END",
            "sent_at": "now() - (id %% 170) * interval '1 day'", "key": "gen_random_uuid()",
        },
        "FROM (SELECT DISTINCT ON (least(sender, recipient), greatest(sender, recipient)) * FROM asked ORDER BY "
        "least(sender, recipient), greatest(sender, recipient), id) asked WHERE NOT EXISTS (SELECT 1 FROM network_connection "
        "WHERE member_id = sender AND other_id = recipient) AND NOT EXISTS (SELECT 1 FROM accounts_block WHERE "
        "(blocker_id, blocked_id) IN ((sender, recipient), (recipient, sender))) ORDER BY id",
    )  # fmt: skip
