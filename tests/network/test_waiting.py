"""While you wait: what the page of sent requests offers instead of chasing (product.md §4)."""

import pytest
from django.urls import reverse

from accounts.models import User
from network.actions import decline_request
from profiles.gaps import gaps_of
from profiles.models import Position, Skill
from tests.factories import connect, post, request

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

COMPLETE = {
    "photo_key": "1" * 32,
    "headline": "Low water",
    "about": "I measure rivers.",
    "place": "Malmö",
}


def texts(member: User) -> list[str]:
    return [gap.text for gap in gaps_of(User.objects.get(pk=member.pk))]


def completed(member: User) -> None:
    User.objects.filter(pk=member.pk).update(**COMPLETE)
    Position.objects.create(member=member, title="Hydrologist", organization="Rhône Basin Agency")
    Skill.objects.create(member=member, name="Hydrology")


def test_it_names_what_the_profile_lacks_at_most_three_and_leads_to_where_it_is_added(as_member, ines, lina):
    request(lina, ines)
    assert texts(lina) == ["Add a photo", "Say in one line what you do", "Add where you work"]
    client = as_member(lina)
    page = client.get(reverse("requests_sent")).text
    assert "It could still say more" in page
    for gap in gaps_of(lina):
        assert f'href="{gap.url}"' in page
        assert client.get(gap.url).status_code == 200


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("photo_key", "Add a photo"),
        ("headline", "Say in one line what you do"),
        ("about", "Write something about yourself"),
        ("place", "Say where you are"),
    ],
)
def test_each_gap_is_named_alone(lina, field, text):
    completed(lina)
    User.objects.filter(pk=lina.pk).update(**{field: ""})
    assert texts(lina) == [text]


def test_positions_and_skills_are_gaps_too(lina):
    completed(lina)
    lina.positions.all().delete()
    lina.skills.all().delete()
    assert texts(lina) == ["Add where you work", "Name what you are good at"]


def test_a_profile_without_gaps_is_left_alone(as_member, ines, lina):
    completed(lina)
    User.objects.filter(pk=lina.pk).update(photo_key="")  # a key without a file would be shown as a face
    request(lina, ines)
    assert texts(lina) == ["Add a photo"]
    User.objects.filter(pk=lina.pk).update(photo_key=COMPLETE["photo_key"])
    page = as_member(lina).get(reverse("requests_sent")).text
    assert "While you wait" in page
    assert "It could still say more" not in page


def test_where_nobody_was_asked_nothing_is_said(as_member, lina):
    assert "While you wait" not in as_member(lina).get(reverse("requests_sent")).text


def test_it_shows_the_two_latest_public_posts_of_whom_one_asked(as_member, ines, tomasz, lina):
    for number in range(3):
        post(ines, f"Public {number}", audience="public")
    post(ines, "For connections", audience="connections")
    post(ines, "For members", audience="members")
    post(tomasz, "Somebody else's", audience="public")
    sent = request(lina, ines)
    decline_request(sent, by=ines)
    page = as_member(lina).get(reverse("requests_sent")).text
    latest = [text for text in ("Public 0", "Public 1", "Public 2", "For connections", "For members") if text in page]
    assert latest == ["Public 1", "Public 2"]
    assert "Somebody else" not in page
    assert "Lately from Ines" in page


def test_a_long_post_is_quoted_by_its_beginning_and_never_read_as_html(as_member, ines, lina):
    post(ines, "<b>Ice</b> on the\n\nRhône " * 40, audience="public")
    request(lina, ines)
    page = as_member(lina).get(reverse("requests_sent")).text
    assert "&lt;b&gt;Ice&lt;/b&gt; on the Rhône" in page
    assert page.count("on the Rhône") < 8


def test_what_somebody_hid_or_said_for_others_is_not_there(as_member, ines, tomasz, lina):
    from django.utils import timezone

    post(ines, "Hidden by an operator", audience="public", hidden_at=timezone.now())
    request(lina, ines)
    connect(lina, tomasz)
    page = as_member(lina).get(reverse("requests_sent")).text
    assert "Hidden by an operator" not in page
    assert "Lately" not in page
