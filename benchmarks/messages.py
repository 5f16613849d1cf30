"""Sends very many messages at once through the real server, over connections that break, and looks at what is kept.

    python -m benchmarks.messages

Clients are tabs of the two members of a few conversations: several of each side write into the same one at the same
time. Every message goes on being sent, with the key that it was given at first, until an answer says that it is kept.
Now and then a client hangs up while it sends, hangs up before the answer comes, or sends once more what was answered.
At the end both members read each conversation through its pages, from its end to its beginning: each message has to be
there once, in the same order for both, and those of a client in the order in which it sent them.
"""

import argparse
import http.client
import os
import random
import re
import statistics
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import UUID

from benchmarks.client import SECRET, Client, cookie_of
from benchmarks.database import INSIDE, in_its_own_database, prepare
from benchmarks.server import serving

HANGS_UP_SENDING, HANGS_UP_WAITING, SENDS_AGAIN = 0.05, 0.1, 0.1
"""How likely a client does so, each time that it sends."""
WAITS = 30
"""Seconds until a client gives up an answer, and sends again."""
SHOWN = re.compile(r'id="message-(\d+)".*?<div class="bubble say">(.*?)</div>', re.DOTALL)
TAGS = re.compile(r"<[^>]+>")
EARLIER = r"/messages/%s/\?before=(\d+)"
BOUNDARY = "between-fields"


@dataclass
class Tab:
    """A client: who writes where, what became of it, and what each message took until it was answered."""

    number: int
    conversation: int
    cookie: str
    port: int
    seed: int
    happened: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def write(self, texts: list[str]) -> None:
        """Send everything, one after the other."""
        dice = random.Random(f"{self.seed} {self.number}")
        for text in texts:
            key, start = UUID(int=dice.getrandbits(128), version=4), time.perf_counter()
            while not self._send(text, key, dice):
                self.happened["sent anew"] += 1
            self.seconds.append(time.perf_counter() - start)
            if dice.random() < SENDS_AGAIN:
                self.happened["sent once more"] += 1
                self._send(text, key, dice)

    def _send(self, text: str, key: UUID, dice: random.Random) -> bool:
        """Send a message; return whether the answer says that it is kept."""
        body = form_of(text, key)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAITS)
        chance = dice.random()
        try:
            connection.putrequest("POST", f"/messages/{self.conversation}/")
            for name, value in self._headers(len(body)).items():
                connection.putheader(name, value)
            connection.endheaders()
            if chance < HANGS_UP_SENDING:
                self.happened["hung up while sending"] += 1
                connection.send(body[: dice.randrange(len(body))])
                return False
            connection.send(body)
            if chance < HANGS_UP_SENDING + HANGS_UP_WAITING:
                self.happened["hung up before the answer"] += 1
                return False
            status = connection.getresponse().status
        except OSError:
            self.happened["no answer"] += 1
            return False
        finally:
            connection.close()
        self.happened[f"answered {status}"] += 1
        return status == HTTPStatus.FOUND

    def _headers(self, length: int) -> dict[str, str]:
        return {
            "Cookie": f"sessionid={self.cookie}; csrftoken={SECRET}",
            "X-CSRFToken": SECRET,
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            "Content-Length": str(length),
        }


def form_of(text: str, key: UUID) -> bytes:
    """Return a message as a browser sends it: the fields in the order of the form, in which the key stands last."""
    fields = {"from": "0", "text": text, "key": str(key)}
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
             for name, value in fields.items()]  # fmt: skip
    return "".join([*parts, f"--{BOUNDARY}--\r\n"]).encode()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.messages", description=__doc__)
    parser.add_argument("--members", type=int, default=2_000)
    parser.add_argument("--degree", type=int, default=60, help="connections of a member, on average")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--conversations", type=int, default=5)
    parser.add_argument("--port", type=int, default=8197)
    arguments = parser.parse_args()
    if INSIDE in os.environ:
        return measure(arguments)
    return in_its_own_database(arguments, module="benchmarks.messages")


def measure(arguments: argparse.Namespace) -> int:
    prepare()
    from benchmarks.community import load

    load(arguments.members, degree=arguments.degree, seed=arguments.seed)
    pairs = open_conversations(arguments.conversations)
    tabs = [Tab(number, *_place(pairs, number), arguments.port, arguments.seed) for number in range(arguments.clients)]
    each = arguments.messages // len(tabs)
    texts = {tab.number: [f"Tab {tab.number}, message {number}" for number in range(each)] for tab in tabs}
    with serving(arguments.port):
        start = time.perf_counter()
        threads = [threading.Thread(target=tab.write, args=[texts[tab.number]]) for tab in tabs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        report(tabs, time.perf_counter() - start)
        wrong = [
            complaint
            for conversation, cookies in pairs.items()
            for complaint in look_at(arguments.port, conversation, cookies, tabs, texts)
        ]
    print("\n".join(wrong) or f"{len(tabs) * each:,} messages are there once, in the same order for both.")
    return len(wrong) > 0


def open_conversations(how_many: int) -> dict[int, tuple[str, str]]:
    """Empty the conversations of some who are connected; return by number the cookies of the two."""
    from django.contrib.auth import get_user_model
    from django.db import transaction

    from messaging.actions import open_conversation
    from messaging.models import Message
    from network.models import Connection

    ties = Connection.objects.filter(member_id__lt=1_000).order_by("member_id", "other_id").distinct("member_id")
    members = get_user_model().objects
    pairs = {}
    with transaction.atomic():
        for tie in ties:
            one, other = members.get(pk=tie.member_id), members.get(pk=tie.other_id)
            conversation = open_conversation(one, other)
            Message.objects.filter(conversation=conversation).delete()
            pairs.setdefault(conversation.pk, (cookie_of(one), cookie_of(other)))
            if len(pairs) == how_many:
                break
    return pairs


def _place(pairs: dict[int, tuple[str, str]], number: int) -> tuple[int, str]:
    """Where the tab with this number writes, and as whom: in turn everywhere, and on both sides."""
    conversation = [*pairs][number % len(pairs)]
    return conversation, pairs[conversation][number // len(pairs) % 2]


def report(tabs: list[Tab], seconds: float) -> None:
    """Print what happened while they wrote."""
    taken = sorted(second for tab in tabs for second in tab.seconds)
    happened = sum((tab.happened for tab in tabs), Counter())
    cuts = statistics.quantiles(taken, n=100)
    print(
        f"{len(taken):,} messages by {len(tabs)} clients in {seconds:.1f} s: {len(taken) / seconds:.0f} a second. "
        f"A message was kept after {cuts[49] * 1000:.0f} ms (p50), {cuts[94] * 1000:.0f} ms (p95), "
        f"{taken[-1] * 1000:.0f} ms (the slowest), the times counted in which it was sent anew."
    )
    print(", ".join(f"{name}: {count:,}" for name, count in sorted(happened.items())))


def look_at(
    port: int, conversation: int, cookies: tuple[str, str], tabs: list[Tab], texts: dict[int, list[str]]
) -> list[str]:
    """Return what is wrong with a conversation, as both read it."""
    one, other = (read(port, conversation, cookie) for cookie in cookies)
    wrong = [] if one == other else [f"{conversation}: the two read different messages, or in another order."]
    said = [text for _number, text in one]
    sent = [text for tab in tabs if tab.conversation == conversation for text in texts[tab.number]]
    if sorted(said) != sorted(sent):
        wrong.append(
            f"{conversation}: {len(sent):,} were sent, {len(said):,} are there, {len({*said}):,} different ones."
        )
    for tab in tabs:
        own = [text for text in said if text.startswith(f"Tab {tab.number},")]
        if tab.conversation == conversation and own != texts[tab.number]:
            wrong.append(f"{conversation}: those of tab {tab.number} aren't in the order in which it sent them.")
    return wrong


def read(port: int, conversation: int, cookie: str) -> list[tuple[int, str]]:
    """Return the numbers and texts of all messages, read backwards through the pages as a member does."""
    client, address, found = Client(port), f"/messages/{conversation}/?end=1", []
    while address:
        page = client.read(address, cookie)
        found = [(int(number), TAGS.sub("", text).strip()) for number, text in SHOWN.findall(page)] + found
        earlier = re.search(EARLIER % conversation, page)
        address = f"/messages/{conversation}/?before={earlier[1]}" if earlier else ""
    return found


if __name__ == "__main__":
    sys.exit(main())
