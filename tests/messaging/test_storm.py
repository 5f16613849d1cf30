"""Many messages from many at once, each sent again and again: every one is kept once, in one order for both."""

import random
from uuid import uuid4

import pytest

from messaging.actions import open_conversation, send_message
from messaging.models import Message, Seat
from tests.concurrently import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("unmailed")]

CLIENTS, EACH = 10, 20


def test_each_message_is_kept_once_and_numbers_grow_as_they_are_kept(ines, tomasz):
    conversation = open_conversation(ines, tomasz)
    keys = [[uuid4() for _ in range(EACH)] for _ in range(CLIENTS)]
    looked: list[list[int]] = [[] for _ in range(CLIENTS)]

    def client(number: int) -> None:
        dice, by = random.Random(number), (ines, tomasz)[number % 2]
        for place, key in enumerate(keys[number]):
            for _again in range(dice.choice((1, 1, 2, 3))):
                send_message(conversation, by=by, text=f"{number}: {place}", key=key)
            looked[number] = [*Message.objects.order_by("-pk").values_list("pk", flat=True)[:1]] + looked[number]
            seen = {*Message.objects.values_list("pk", flat=True)}
            assert max(seen) >= looked[number][0]
            before.append((max(seen), len(seen)))

    before: list[tuple[int, int]] = []
    at_once(*[lambda number=number: client(number) for number in range(CLIENTS)])
    sent = [key for of_one in keys for key in of_one]
    assert Message.objects.count() == len(sent)
    assert {*Message.objects.values_list("key", flat=True)} == {*sent}
    for number in range(CLIENTS):
        mine = Message.objects.filter(key__in=keys[number]).order_by("pk").values_list("key", flat=True)
        assert [*mine] == keys[number]  # in the order in which one sent them
    # Whoever looked saw everything up to the newest that they saw: nothing with a smaller number came later.
    numbers = [*Message.objects.order_by("pk").values_list("pk", flat=True)]
    assert all(numbers.index(newest) + 1 == many for newest, many in before)
    newest = numbers[-1]
    assert [*Seat.objects.values_list("last_message", flat=True)] == [newest, newest]
