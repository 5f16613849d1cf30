"""What is asked for: the pages that are measured, each by members for whom it costs most of what it can cost."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from uuid import UUID, uuid5

from benchmarks.client import Client, Taken, cookie_of
from benchmarks.loading import run
from benchmarks.steps import reserved

FLOOR = "floor"
SPACE = UUID(int=7)


DIFFERENT = 40
"""How many profiles and names are asked for in turn; each of them once before anything is measured."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A page: `ask(client, number)` asks for it the numbered time. `on_floor`: at the floor's server."""

    name: str
    ask: Callable[[Client, int], Taken]
    on_floor: bool = False


def all_pages(members: int, seed: int, client: Client) -> list[Asked]:
    """Every page that is measured; `client` may be asked beforehand where a page ends."""
    readers = {many: [cookie_of(member) for member in _members(pks)] for many, pks in reserved.SOURCES.items()}
    usual = readers[100]
    # Of two, one reads Latest and one Highlights: which of them a member reads is remembered, and they rarely change it.
    latest, highlights = ({many: cookies[place : place + 1] for many, cookies in readers.items()} for place in range(2))
    newest = run("SELECT max(id) FROM feed_post")[0][0]
    return [
        Asked(name=FLOOR, on_floor=True, ask=_gets(usual, cycle([f"/floor/{newest - n * 7}/" for n in range(40)]))),
        *(
            Asked(name=f"feed, {many:,} sources", ask=_gets(cookies, cycle(["/latest/"])))
            for many, cookies in latest.items()
        ),
        Asked(name="feed, tenth page", ask=_each(latest[100], [tenth(client, cookie) for cookie in latest[100]])),
        *(
            Asked(name=f"highlights, {many:,} sources", ask=_gets(cookies, cycle(["/highlights/"])))
            for many, cookies in highlights.items()
            if many
        ),
        Asked(
            name="highlights, tenth page",
            ask=_each(highlights[100], [tenth(client, cookie, "/highlights/") for cookie in highlights[100]]),
        ),
        Asked(name="profile, 2nd degree", ask=_gets(usual, cycle(second_degree(members, seed)))),
        Asked(name="search for a name", ask=_gets(usual, cycle(names(members, seed)))),
        Asked(name="suggestions", ask=_gets(usual, cycle(["/network/suggestions/"]))),
        Asked(name="network", ask=_gets(usual, cycle(["/network/"]))),
        Asked(name="connections", ask=_gets(usual, cycle(["/network/connections/"]))),
        Asked(name="conversation", ask=_each(usual, [conversation(pk) for pk in reserved.SOURCES[100]])),
        *posting(members),
        asking(members, seed),
    ]


def suggest_ahead() -> None:
    """Do for the readers what the workers do for everybody once a day."""
    from network.suggesting.computing import suggest_to

    for member in _members(reserved.SOURCES[100]):
        suggest_to(member)


def _members(pks) -> list:
    from accounts.models import User

    found = User.objects.in_bulk(pks)
    return [found[pk] for pk in pks]


def _gets(cookies: list[str], addresses: Iterator[str]) -> Callable[[Client, int], Taken]:
    return lambda client, number: client.get(next(addresses), cookies[number % len(cookies)])


def _each(cookies: list[str], addresses: list[str]) -> Callable[[Client, int], Taken]:
    """Each member an address of their own."""
    return lambda client, number: client.get(addresses[number % len(cookies)], cookies[number % len(cookies)])


def tenth(client: Client, cookie: str, order: str = "/latest/") -> str:
    """Where the tenth page of a feed begins."""
    address = order
    for _page in range(9):
        _before, found, after = client.read(address, cookie).rpartition(f'href="{order}?before=')
        if not found:
            break
        address = f"{order}?before={after.split('"')[0]}"
    return address


def second_degree(members: int, seed: int) -> list[str]:
    """Profiles of people whom connections of the readers know, and the readers don't."""
    readers = list(reserved.SOURCES[100])
    rows = run(
        "SELECT DISTINCT far.other_id FROM network_connection near JOIN network_connection far ON far.member_id = near.other_id "
        "WHERE near.member_id = ANY(%s) AND far.other_id <> ALL(%s) AND far.other_id > %s AND NOT EXISTS (SELECT 1 FROM "
        "network_connection WHERE member_id = ANY(%s) AND other_id = far.other_id) ORDER BY 1 LIMIT 2000",
        readers, readers, reserved.LAST, readers,
    )  # fmt: skip
    return [f"/in/member-{pk}/" for (pk,) in random.Random(seed).sample(rows, min(len(rows), DIFFERENT))]


def names(members: int, seed: int) -> list[str]:
    """Searches for a member by first and last name."""
    from urllib.parse import quote_plus

    dice = random.Random(f"{seed} names")
    pks = dice.sample(range(reserved.LAST + 1, members + 1), min(DIFFERENT, members - reserved.LAST))
    found = run("SELECT first_name, last_name FROM accounts_user WHERE id = ANY(%s) ORDER BY id", pks)
    return [f"/search/people/?q={quote_plus(' '.join(row))}" for row in found]


def conversation(pk: int) -> str:
    rows = run(
        "SELECT conversation_id FROM messaging_seat WHERE member_id = %s ORDER BY last_message_id DESC LIMIT 1", pk
    )
    return f"/messages/{rows[0][0]}/" if rows else "/messages/"


def posting(members: int) -> list[Asked]:
    """Publishing an update, by somebody whom ten follow and by somebody whom a fifth of everybody follows."""
    return [
        Asked(name=f"posting, {many} followers", ask=_posts(cookie_of(_members([pk])[0])))
        for pk, many in ((reserved.QUIET[0], "10"), (reserved.STARS[0], f"{members // 5:,}"))
    ]


def _posts(cookie: str) -> Callable[[Client, int], Taken]:
    made = iter(range(10**9))

    def post(client: Client, number: int) -> Taken:
        key = str(uuid5(SPACE, f"{cookie} {next(made)}"))
        form = {
            "text": "The gauge at the bridge is back.",
            "audience": "members",
            "comments_from": "anyone",
            "key": key,
        }
        return client.post("/posts/new/", cookie, form)

    return post


def asking(members: int, seed: int) -> Asked:
    """Asking to connect, by many members in turn, somebody with whom nothing stands between."""
    dice = random.Random(f"{seed} asking")
    askers = dice.sample(range(reserved.LAST + 1, members + 1), min(40, members - reserved.LAST))
    cookies = [cookie_of(member) for member in _members(askers)]
    strangers = [_strangers(pk, dice, members) for pk in askers]

    def ask(client: Client, number: int) -> Taken:
        place = number % len(askers)
        other = next(strangers[place])
        form = {"context": "other", "note": "", "key": str(uuid5(SPACE, f"{askers[place]} {other} {seed}"))}
        return client.post(f"/in/member-{other}/connect/", cookies[place], form)

    return Asked(name="asking to connect", ask=ask)


def _strangers(pk: int, dice: random.Random, members: int) -> Iterator[int]:
    known = {
        other for (other,) in run(
            "SELECT other_id FROM network_connection WHERE member_id = %s UNION SELECT recipient_id FROM "
            "network_connectionrequest WHERE sender_id = %s UNION SELECT sender_id FROM network_connectionrequest "
            "WHERE recipient_id = %s UNION SELECT blocked_id FROM accounts_block WHERE blocker_id = %s UNION "
            "SELECT blocker_id FROM accounts_block WHERE blocked_id = %s", pk, pk, pk, pk, pk,
        )
    }  # fmt: skip
    others = [other for other in range(reserved.LAST + 1, members + 1) if other != pk and other not in known]
    return iter(dice.sample(others, min(len(others), 2_000)))
