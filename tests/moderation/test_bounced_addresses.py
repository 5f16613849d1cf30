"""Operators mark an address that mail doesn't reach, and take that back."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_an_operator_marks_an_address_finds_it_and_takes_it_back(desk, ines):
    def act(slug: str) -> None:
        desk.post(reverse("admin:accounts_user_decide", args=[ines.pk, slug]))
        ines.refresh_from_db()

    act("bounced")
    assert ines.email_bounced_at
    listed = desk.get(reverse("admin:accounts_user_changelist"), {"standing": "bounced"}).content.decode()
    assert ines.email in listed
    act("reached")
    assert ines.email_bounced_at is None
    assert (
        ines.email not in desk.get(reverse("admin:accounts_user_changelist"), {"standing": "bounced"}).content.decode()
    )
