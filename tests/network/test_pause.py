"""Ten recipients who don't know a member pause their asking for a week, naming nobody: product.md §3.11."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.models import User
from accounts.refusals import Refusal
from network.actions import accept_request, mark_as_unknown
from network.models import AskingPause, ConnectionRequest
from network.quotas import pause_sentence
from tests.concurrently import at_once
from tests.factories import MemberFactory, request

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
MIDNIGHT, WEEK_LATER = datetime(2026, 3, 3, tzinfo=UTC), datetime(2026, 3, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def unknown_to(sender: User, number: int) -> list[ConnectionRequest]:
    """So many whom `sender` asked say that they don't know them."""
    marked = [request(sender, MemberFactory()) for _ in range(number)]
    for sent in marked:
        mark_as_unknown(sent, by=sent.recipient)
    return marked


@pytest.mark.django_db
@pytest.mark.usefixtures("unmailed")
class TestPause:
    def test_nine_pause_nothing_and_the_tenth_does_from_the_next_midnight_for_a_week(self, lina, ines, clock):
        unknown_to(lina, 9)
        assert not AskingPause.objects.exists()
        unknown_to(lina, 1)
        pause = AskingPause.objects.get(member=lina)
        assert (pause.starts_at, pause.ends_at) == (MIDNIGHT, WEEK_LATER)
        clock.move_to(MIDNIGHT - timedelta(seconds=1))
        assert pause_sentence(lina) == ""
        clock.move_to(MIDNIGHT)
        with pytest.raises(Refusal, match="You can ask from 10 March 2026, 00:00"):
            request(lina, ines)
        clock.move_to(WEEK_LATER)
        assert request(lina, ines)

    def test_it_is_read_on_the_page_to_ask_on_and_names_nobody(self, lina, ines, clock, as_member):
        marked = unknown_to(lina, 10)
        clock.move_to(MIDNIGHT)
        page = as_member(lina).get(reverse("ask_to_connect", args=["ines"])).text
        assert "asking rests for a week. You can ask from 10 March 2026" in page
        assert 'id="ask"' not in page
        assert not [sent for sent in marked if sent.recipient.name in page]

    def test_only_the_last_30_days_count(self, lina, clock):
        unknown_to(lina, 9)
        clock.shift(timedelta(days=30))
        unknown_to(lina, 9)
        assert not AskingPause.objects.exists()

    def test_each_recipient_counts_once_and_one_who_connects_does_not(self, lina, ines, clock):
        marked = unknown_to(lina, 9)
        mark_as_unknown(marked[0], by=marked[0].recipient)
        accept_request(marked[0], by=marked[0].recipient)
        unknown_to(lina, 1)
        assert not AskingPause.objects.exists()

    def test_after_a_pause_it_takes_ten_anew(self, lina, clock):
        unknown_to(lina, 10)
        clock.shift(timedelta(minutes=1))
        unknown_to(lina, 5)
        clock.shift(timedelta(days=9))
        unknown_to(lina, 4)
        assert AskingPause.objects.count() == 1
        unknown_to(lina, 1)
        assert AskingPause.objects.count() == 2

    def test_twenty_on_one_day_are_one_pause(self, lina, clock):
        unknown_to(lina, 10)
        clock.shift(timedelta(minutes=1))
        unknown_to(lina, 10)
        assert AskingPause.objects.get(member=lina).ends_at == WEEK_LATER

    def test_whose_asking_is_paused_still_connects_when_asked(self, lina, ines, clock):
        unknown_to(lina, 10)
        clock.move_to(MIDNIGHT)
        assert accept_request(request(ines, lina), by=lina).accepted_at


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_pause(unmailed):
    sender = MemberFactory()
    unknown_to(sender, 8)
    last = [request(sender, MemberFactory()) for _ in range(2)]
    at_once(*[lambda sent=sent: mark_as_unknown(sent, by=sent.recipient) for sent in last])
    assert AskingPause.objects.count() == 1
