"""Setting a recommendation aside is silent: whatever its author can reach is the same to the byte, as with declines."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse

from network.actions import recommend_member, set_aside_recommendation
from tests.factories import MemberFactory, connect
from tests.network.test_silent_decline import (
    KEY,
    NOW,
    beyond_all,
    number_alike,
    pages_of,
    what_the_sender_gets,
    without_tokens,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

TEXT = "Lina waits for snow as others wait for a train, and knows when it will be late."
OTHER_TEXT = f"{TEXT} She was right in every winter that I know of."
FORMS = [
    ("recommend", {"relationship": "team", "text": TEXT, "key": KEY}),  # a replay
    ("recommend", {"relationship": "team", "text": "Short.", "key": KEY.replace("6", "7")}),
    ("preview_recommendation", {"relationship": "team", "text": OTHER_TEXT, "key": KEY}),
    ("recommend", {"relationship": "studied", "text": OTHER_TEXT, "key": KEY.replace("6", "8")}),
]
"""What the author sends, in this order, after reading every page."""


def lived_through(fate: str, author, subject) -> dict[str, tuple]:
    """All that the author reaches, and what their forms answer, when the recommendation met this fate."""
    with time_machine.travel(NOW, tick=False) as clock:
        written = recommend_member(subject, by=author, relationship="team", text=TEXT, key=KEY)
        clock.shift(timedelta(hours=1))
        if fate != "unseen":
            reader = Client()
            reader.force_login(subject, backend="accounts.backends.MemberBackend")
            reader.get(reverse("recommendations"))
        if fate == "set aside":
            set_aside_recommendation(written, by=subject)
        clock.shift(timedelta(hours=1))
        client = Client()
        client.force_login(author, backend="accounts.backends.MemberBackend")
        pages = [*pages_of(author, subject, written), f"/report/recommendation/{written.pk}/"]
        seen = {address: what_the_sender_gets(client, address) for address in pages}
        for number, (name, form) in enumerate(FORMS):
            answer = client.post(reverse(name, args=[subject.handle]), form)
            seen[f"{number} {name}"] = answer.status_code, answer.get("Location"), without_tokens(answer.text)
        seen["afterwards"] = what_the_sender_gets(client, reverse("recommendations_written"))
        take_back = reverse("take_back_recommendation", args=[written.pk])
        answer = client.post(take_back, follow=True)
        seen["taken back"] = answer.status_code, without_tokens(answer.text)
    return seen


def test_the_author_gets_the_same_bytes_by_the_same_statements():
    noor = MemberFactory(first_name="Noor", last_name="Haddad", email="noor@example.com", handle="noor")
    lina = MemberFactory(first_name="Lina", last_name="Svensson", email="lina@example.com", handle="lina", public=True)
    with time_machine.travel(NOW - timedelta(days=30), tick=False):
        connect(noor, lina)
    lives, start = {}, beyond_all()
    for fate in ("unseen", "set aside"):
        with transaction.atomic():
            number_alike(start)
            lives[fate] = lived_through(fate, noor, lina)
            transaction.set_rollback(True)
    unseen, aside = lives.values()
    assert aside.keys() == unseen.keys()
    telling = {address for address, got in aside.items() if got != unseen[address]}
    assert not telling, "these tell that a recommendation is set aside"
    for address in ("/in/lina/", "/in/lina/recommend/", "/network/recommendations/written/", "/notices/"):
        assert unseen[address][0] == 200, address
    assert "Waits for Lina’s approval." in unseen["/network/recommendations/written/"][2]
    assert [unseen[f"{number} {name}"][0] for number, (name, _form) in enumerate(FORMS)] == [302, 422, 200, 302]
