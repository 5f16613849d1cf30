"""Events as a search shows them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from tests.communities.breakers import event


@pytest.mark.parametrize("address", ["search", "search_events"])
def test_an_event_says_its_time_where_it_takes_place_and_names_the_zone(ines, client, address):
    at = datetime(2026, 12, 27, 8, tzinfo=UTC)
    ines.profile_audience = "public"
    ines.save()
    event(host=ines, title="Open water", audience="public", starts_at=at, ends_at=at + timedelta(hours=8))
    html = client.get(reverse(address), {"q": "water"}).content.decode()
    assert "Sunday 27 December 2026, 09:00 – 17:00 · Paris time (UTC+1)" in html
