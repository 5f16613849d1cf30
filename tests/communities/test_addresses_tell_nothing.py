"""An address that is taken tells nobody of something that they may not know of."""

import pytest

from accounts.refusals import Refusal
from communities.actions import add_name, start_organization
from communities.models import Organization
from tests.factories import put_up_event
from tests.factories.groups import group_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]


def test_an_event_of_a_group_has_an_address_of_chance(ines, lina):
    secret = put_up_event(ines, "Wedding of Amara", group=group_of(ines, entry="unlisted"))
    assert "wedding" not in secret.slug
    assert put_up_event(lina, "Wedding of Amara").slug == "wedding-of-amara"


def test_names_of_a_hidden_page_are_told_to_nobody(ines, lina):
    hidden = start_organization(by=ines, name="River Authority")
    add_name(hidden, by=ines, name="Weir Board")
    Organization.objects.filter(pk=hidden.pk).update(hidden_at="2026-01-01T00:00Z")
    with pytest.raises(Refusal) as refused:
        add_name(start_organization(by=lina, name="Bureau"), by=lina, name="Weir Board")
    assert "River Authority" not in str(refused.value.sentence)
