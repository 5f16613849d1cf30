"""Requests that wait, and those that one sent, fetched anew by a page that shows them."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from network.actions import decline_request, mark_as_unknown, withdraw_request
from tests.factories import crowd, request
from tests.network.test_silent_decline import without_tokens

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]
HTMX = {"HX-Request": "true"}


def test_they_come_with_the_numbers_of_the_tabs_and_are_as_many_as_the_page_holds(ines, as_member, monkeypatch):
    monkeypatch.setattr("network.views.pages.SIZE", 2)
    asked = [request(member, ines) for member in crowd(4)]
    client = as_member(ines)
    for held, length in (("0", 2), ("3", 4), ("x", 2), ("99999", 4)):
        response = client.get(reverse("requests_received"), {"held": held}, headers=HTMX)
        text = response.content.decode()
        assert [row.pk for row in response.context["page"].rows] == [one.pk for one in reversed(asked)][:length]
        assert "<html" not in text
        assert 'id="tabs" aria-label="Your network" hx-swap-oob="true"' in text
        assert "held" not in text
        assert "held" not in response.context["page"].next_url
    for one in asked:
        assert f'id="request-{one.pk}"' in text
        decline_request(one, by=ines)
    assert "No requests are waiting" in client.get("/network/?held=4", headers=HTMX).content.decode()


def test_it_costs_no_more_than_reading_them(ines, as_member, django_assert_max_num_queries):
    for member in crowd(3):
        request(member, ines)
    client = as_member(ines)
    client.get(reverse("requests_received"))
    with CaptureQueriesContext(connection) as reading:
        client.get(reverse("requests_received"))
    queries = len(reading.captured_queries)
    client.get(reverse("requests_received"), {"held": 3}, headers=HTMX)
    with django_assert_max_num_queries(queries - 1):  # and doesn't count what waits
        client.get(reverse("requests_received"), {"held": 3}, headers=HTMX)


def test_sent_requests_come_back_as_a_fresh_page_has_them(as_member, ines, lina, monkeypatch):
    monkeypatch.setattr("network.views.pages.SIZE", 2)
    client, address = as_member(ines), reverse("requests_sent")
    sent = [request(ines, member) for member in crowd(4)]
    for held, length in (("0", 2), ("3", 4), ("x", 2)):
        response = client.get(address, {"held": held}, headers=HTMX)
        text = response.text
        assert len(response.context["page"].rows) == length
        assert "<html" not in text
        assert "While you wait" in text
        assert 'id="tabs"' in text
        assert "held" not in text
    beyond = client.get(address).context["page"].next_url
    assert "While you wait" not in client.get(beyond, headers=HTMX).text
    assert "While you wait" in client.get(f"{beyond}&held=2", headers=HTMX).text
    for one in sent:
        withdraw_request(one, by=ines)
    empty = client.get(address, {"held": "4"}, headers=HTMX).text
    assert 'class="empty"' in empty
    assert "While you wait" not in empty


def test_sent_requests_tell_nothing_of_a_silent_no_when_they_come_back(as_member, ines, lina):
    client, sent = as_member(ines), request(ines, lina)

    def got() -> tuple[str, list[str]]:
        with CaptureQueriesContext(connection) as queries:
            text = client.get(reverse("requests_sent"), {"held": "1"}, headers=HTMX).text
        return without_tokens(text), [query["sql"] for query in queries if "network_connectionrequest" in query["sql"]]

    with time_machine.travel(timezone.now(), tick=False):
        got()
        unseen = got()
        decline_request(sent, by=lina)
        assert got() == unseen
        mark_as_unknown(sent, by=lina)
        assert got() == unseen
