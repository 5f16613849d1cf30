"""Requests that wait, fetched anew by a page that shows them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from network.actions import decline_request
from tests.factories import crowd, request

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
