"""Openings: posted by editors, open until their day, and a tick that is nobody else's business (product.md §12)."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from communities.actions import (
    close_opening,
    follow_organization,
    mark_applied,
    merge_organizations,
    post_opening,
    start_organization,
)
from communities.models import Application, Opening
from tests.factories import MemberFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

QUERIES = 8
"""Session, member, community, what waits; and the two rings of openings."""
TOLD = {
    "title": "Hydrologist",
    "kind": "full_time",
    "place": "Lyon",
    "text": "Measure.",
    "apply_email": "a@example.com",
}


@pytest.fixture
def page(ines):
    return start_organization(by=ines, name="River Authority", audience="public")


def opening(page, **fields) -> Opening:
    by = page.roles.get().member
    return post_opening(page, by=by, **TOLD | {"closes_on": timezone.localdate() + timedelta(days=20)} | fields)


def sent(**fields) -> dict:
    return TOLD | {"closes_on": timezone.localdate() + timedelta(days=20), "key": uuid4()} | fields


def test_an_editor_posts_one_and_a_replay_posts_no_second(as_member, ines, page):
    data = sent(apply_link="https://example.com/apply?a=1")
    for _ in range(2):
        answer = as_member(ines).post(reverse("new_opening", args=[page.slug]), data)
    found = Opening.objects.get()
    assert answer.url == found.get_absolute_url()
    html = as_member(ines).get(answer.url).text
    assert '<a href="https://example.com/apply?a=1" rel="nofollow ugc noopener">' in html
    assert 'href="mailto:a@example.com"' in html


@pytest.mark.parametrize(
    ("field", "wrong", "sentence"),
    [
        ("title", {"title": ""}, "Say what the position is called."),
        ("place", {"place": ""}, "Say where it is"),
        ("apply_link", {"apply_email": ""}, "Say how to apply"),
        ("apply_link", {"apply_link": "javascript:alert(1)"}, "look like the address"),
        ("apply_link", {"apply_link": "ftp://example.com/"}, "look like the address"),
        ("closes_on", {"closes_on": date(2001, 1, 1)}, "This day has passed."),
        ("closes_on", {"closes_on": timezone.localdate() + timedelta(days=500)}, "within a year"),
        ("closes_on", {"closes_on": "soon"}, "valid date"),
        ("kind", {"kind": "slavery"}, "valid choice"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(as_member, ines, page, field, wrong, sentence):
    answer = as_member(ines).post(reverse("new_opening", args=[page.slug]), sent(**{"text": "Kept words."} | wrong))
    assert answer.status_code == 422
    assert sentence in str(answer.context["form"].errors[field])
    assert "Kept words." in answer.text
    assert not Opening.objects.exists()


def test_it_closes_by_itself_when_its_last_day_is_over_where_the_community_is(
    as_member, lina, page, time_machine, settings
):
    settings.TIME_ZONE = "UTC"
    time_machine.move_to(datetime(2026, 3, 2, 12, tzinfo=UTC))
    found = opening(page, closes_on=date(2026, 3, 3))
    type(lina).objects.filter(pk=lina.pk).update(time_zone="Pacific/Kiritimati")
    where = reverse("openings")
    for moment, is_open in [
        (datetime(2026, 3, 3, 23, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 4, 0, 1, tzinfo=UTC), False),
    ]:
        time_machine.move_to(moment)
        client = as_member(lina)
        assert ("Hydrologist" in client.get(where).text) is is_open
        assert ("Hydrologist" in client.get(page.get_absolute_url()).text) is is_open
        html = client.get(found.get_absolute_url()).text
        assert ("This opening is closed" in html) is not is_open
        assert ("mailto:a@example.com" in html) is is_open
        assert (found.pk in Opening.objects.open().values_list("pk", flat=True)) is found.is_open is is_open


def test_a_closed_one_still_answers_and_a_new_date_opens_it(as_member, ines, page):
    found = opening(page)
    client = as_member(ines)
    assert "Close “Hydrologist”?" in client.get(reverse("close_opening", args=[page.slug, found.pk])).text
    assert client.post(reverse("close_opening", args=[page.slug, found.pk])).url == found.get_absolute_url()
    assert "This opening is closed" in client.get(found.get_absolute_url()).text
    assert "Hydrologist" in client.get(reverse("organization_openings", args=[page.slug])).text, "its editors find it"
    data = sent(closes_on=timezone.localdate() + timedelta(days=40), title="Senior hydrologist")
    client.post(reverse("edit_opening", args=[page.slug, found.pk]), data)
    found.refresh_from_db()
    assert (found.title, found.is_open) == ("Senior hydrologist", True)


def test_those_of_followed_organizations_come_first_and_each_once(as_member, lina, ines, page):
    other = start_organization(by=ines, name="Delta Works")
    wanted = [opening(other, title=f"D{number}") for number in range(15)] + [
        opening(page, title=f"R{number}") for number in range(15)
    ]
    follow_organization(other, by=lina, quiet=True)
    client, address, seen = as_member(lina), reverse("openings"), []
    while address:
        context = client.get(address).context
        seen += [each.title for each in context["openings"]]
        address = context["next_url"]
    assert seen == [*(f"D{number}" for number in range(14, -1, -1)), *(f"R{number}" for number in range(14, -1, -1))]
    assert len(seen) == len(wanted)


def test_they_are_filtered_by_kind_and_by_remote(as_member, lina, page):
    opening(page, title="Here")
    opening(page, title="Away", is_remote=True, kind="internship")
    client = as_member(lina)

    def titles(**query) -> list[str]:
        return [each.title for each in client.get(reverse("openings"), query).context["openings"]]

    assert titles() == ["Away", "Here"]
    assert titles(remote="on") == ["Away"]
    assert titles(kind="full_time") == ["Here"]
    assert titles(kind="full_time", remote="on") == []
    assert "No opening like this" in client.get(reverse("openings"), {"kind": "volunteer"}).text
    assert client.get(reverse("openings"), {"kind": "x", "after": "7.x"}).status_code == 200


def test_visitors_see_those_of_public_pages(client, page, ines):
    hidden = opening(start_organization(by=ines, name="Delta Works"), title="Dike reeve")
    opening(page)
    html = client.get(reverse("openings")).text
    assert "Hydrologist" in html
    assert "Dike reeve" not in html
    assert client.get(hidden.get_absolute_url()).status_code == 404


def test_the_list_costs_the_same_with_one_as_with_many(as_member, lina, page):
    client = as_member(lina)
    counted = []
    for many in (1, 49):
        for number in range(many):
            opening(page, title=f"R{number}")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("openings"))
        counted.append(len(queries))
    assert counted[0] == counted[1] <= QUERIES


def test_a_tick_is_for_oneself_alone(as_member, ines, lina, amara, page):
    found = opening(page)

    def what_others_see() -> list[str]:
        pages = [found.get_absolute_url(), page.get_absolute_url(), reverse("openings"), "/in/lina/"]
        pages += [reverse("organization_openings", args=[page.slug]), reverse("applied_openings"), "/notices/"]
        return [
            re.sub(r'value="[^"]{20,}"', "", as_member(other).get(where).text)
            for other in (ines, amara)
            for where in pages
        ]

    what_others_see()  # notices are read by it
    before = what_others_see()
    client = as_member(lina)
    client.post(reverse("mark_applied", args=[found.pk]))
    client.post(reverse("mark_applied", args=[found.pk]))
    assert Application.objects.get().member == lina
    assert what_others_see() == before
    assert "Hydrologist" in client.get(reverse("applied_openings")).text
    assert 'aria-pressed="true"' in client.get(found.get_absolute_url()).text
    client.post(reverse("unmark_applied", args=[found.pk]))
    assert not Application.objects.exists()


def test_a_swap_shows_the_tick_as_a_fresh_page_would(as_member, lina, page):
    found = opening(page)
    client = as_member(lina)
    swapped = client.post(reverse("mark_applied", args=[found.pk]), headers={"HX-Request": "true"}).text
    fresh = client.get(found.get_absolute_url()).text

    def plain(html: str) -> str:
        return re.sub(r'value="[^"]+"', "", html).strip()

    assert plain(swapped) in plain(fresh)
    assert 'aria-pressed="true"' in swapped


def test_ones_ticks_stay_when_an_opening_closes_or_its_page_is_merged(as_member, lina, ines, page):
    found = opening(page)
    mark_applied(found, by=lina)
    close_opening(found, by=ines)
    into = start_organization(by=ines, name="Water Authority")
    merge_organizations(page, into=into, by=MemberFactory(is_staff=True))
    html = as_member(lina).get(reverse("applied_openings")).text
    assert "Water Authority" in html
    assert "Closed" in html
    moved = as_member(lina).get(reverse("opening", args=[page.slug, found.pk]))
    assert (moved.status_code, moved.url) == (301, reverse("opening", args=[into.slug, found.pk]))
