"""What connections write to each other."""

from benchmarks.loading import insert, run, without_indexes
from benchmarks.steps import reserved
from messaging.models import Conversation, Message, Seat

SHARE = 30
"""One of so many connections has been written to: some two conversations a member."""
EACH = 8
"""Messages in a conversation; some have forty."""
LONG = 40


def talk(made) -> None:
    readers = str((*reserved.sources(made.members), 0))
    with without_indexes(Conversation):
        insert(
            Conversation,
            {"low_id": "member_id", "high_id": "other_id", "opened_at": "connected_at"},
            "FROM (SELECT *, row_number() OVER (PARTITION BY member_id ORDER BY other_id) AS n FROM network_connection "
            f"WHERE member_id < other_id) c WHERE (member_id * 7919 + other_id * 104729) %% {SHARE} = 0 "
            f"OR (member_id IN {readers} AND n <= 12) ORDER BY connected_at, member_id, other_id",
        )
    long = f"CASE WHEN low_id IN {readers} OR id %% 50 = 0 THEN {LONG} ELSE {EACH} END"
    with without_indexes(Message):
        insert(
            Message,
            {
                "conversation_id": "id", "sender_id": "CASE WHEN n %% 2 = 0 THEN low_id ELSE high_id END",
                "text": "'Shall we compare the gauges on day ' || n || '?'",
                "words": "(SELECT array_to_tsvector(array_agg(reader || '/' || word)) FROM unnest(ARRAY[low_id, high_id]) "
                "reader, unnest(string_to_array('shall we compare the gauges on day ' || n, ' ')) word)",
                "sent_at": "opened_at + n * interval '1 hour'", "key": "gen_random_uuid()",
            },
            f"FROM messaging_conversation, generate_series(1, {long}) n ORDER BY opened_at, id, n",
        )  # fmt: skip
    run("ANALYZE messaging_message")
    with without_indexes(Seat):
        insert(
            Seat,
            {
                "conversation_id": "c.id", "member_id": "seated.member", "last_message_id": "m.last",
                "read_up_to": "CASE WHEN (c.id + seated.member) %% 10 = 0 THEN m.last - 1 ELSE m.last END",
            },
            "FROM messaging_conversation c JOIN (SELECT conversation_id, max(id) AS last FROM messaging_message "
            "GROUP BY conversation_id) m ON m.conversation_id = c.id, LATERAL (VALUES (low_id), (high_id)) seated (member) "
            "ORDER BY c.id, seated.member",
        )  # fmt: skip
