"""In which order requests are read (product.md §3.13): on each page of the list, and beside the feed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from network.models import ConnectionRequest
from tests.factories import MemberFactory, connect, connect_all, request

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]


def ask(ines, name: str, ago: int, *, note: str = ""):
    sender = MemberFactory(first_name=name)
    sent = request(sender, ines, note=note)
    ConnectionRequest.objects.filter(pk=sent.pk).update(sent_at=timezone.now() - timedelta(hours=ago))
    return sender


@pytest.fixture
def asked(ines) -> list[str]:
    """Requests of 22 people with whom something is proved, of two with a note, of two with neither; oldest first."""
    friend = MemberFactory()
    connect(friend, ines)
    plain = [ask(ines, f"Plain {ago}", ago) for ago in (3, 1)]
    noted = [ask(ines, f"Noted {ago}", ago, note="We met at the weir in May.") for ago in (40, 2)]
    proved = [ask(ines, f"Proved {ago}", ago, note="Hello" if ago % 2 else "") for ago in range(5, 27)]
    connect_all(friend, proved)
    return [one.first_name for one in [*proved, *reversed(noted), *reversed(plain)]]


def names(rows) -> list[str]:
    return [row.sender.first_name for row in rows]


def test_proved_ground_comes_first_then_notes_and_the_newest_of_each_on_every_page(asked, ines, as_member):
    client = as_member(ines)
    first = client.get(reverse("requests_received")).context["page"]
    second = client.get(first.next_url).context["page"]
    assert names(first.rows) == asked[:20]
    assert names(second.rows) == asked[20:]
    assert not second.next_url


def test_beside_the_feed_stand_the_first_of_them(asked, ines, as_member):
    beside = as_member(ines).get(reverse("beside_the_feed"), headers={"HX-Request": "true"})
    assert [one.sender.first_name for one in beside.context["asking"]] == asked[:3]


def test_what_is_set_aside_keeps_the_same_order(asked, ines, as_member):
    ConnectionRequest.objects.filter(recipient=ines).update(declined_at=timezone.now())
    client = as_member(ines)
    first = client.get(reverse("requests_set_aside")).context["page"]
    assert names(first.rows) + names(client.get(first.next_url).context["page"].rows) == asked
