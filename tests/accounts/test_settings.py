"""What members decide for themselves."""

import pytest
from django.urls import reverse

from accounts import registers
from accounts.actions import block_member, change_choices
from accounts.models import Block, User
from network.models import Follow
from tests.factories import MemberFactory, connect, follow

pytestmark = pytest.mark.django_db

SECTIONS = {
    "sight": {"profile_audience": "public", "connections_audience": "nobody"},
    "requests": {"door": "mutual", "note_required": "on"},
    "followers": {"followers_from": "connections", "follow_first": "on"},
    "words": {},
    "time": {"time_zone": "America/Lima"},
}
KEPT = {
    "sight": {"profile_audience": "public", "connections_audience": "nobody"},
    "requests": {"door": "mutual", "note_required": True},
    "followers": {"followers_from": "connections", "follow_first": True},
    "words": {"follower_endorsements": False, "read_receipts": False},
    "time": {"time_zone": "America/Lima"},
}


def save(client, section, choices):
    return client.post(reverse("settings_section", args=[section]), choices)


@pytest.mark.parametrize("section", SECTIONS)
def test_each_section_is_kept_by_itself(as_member, ines, section):
    client = as_member(ines)
    before = User.objects.filter(pk=ines.pk).values().get()
    answer = save(client, section, SECTIONS[section])
    assert answer.url == f"/settings/#{section}"
    after = User.objects.filter(pk=ines.pk).values().get()
    assert {name: value for name, value in after.items() if before[name] != value} == KEPT[section]


def test_the_page_shows_what_is_kept(as_member, ines):
    change_choices(by=ines, **KEPT["sight"] | KEPT["requests"])
    forms = as_member(ines).get(reverse("settings")).context["forms"]
    assert forms["sight"]["profile_audience"].value() == "public"
    assert forms["requests"]["note_required"].value() is True


@pytest.mark.parametrize(
    ("section", "choices"),
    [
        ("sight", {"profile_audience": "nobody", "connections_audience": "members"}),
        ("sight", {"profile_audience": "members", "connections_audience": "public"}),
        ("requests", {"door": "open"}),
        ("followers", {"followers_from": ""}),
        ("time", {"time_zone": "Mars/Olympus"}),
    ],
)
def test_what_is_no_choice_is_refused_beside_its_field(as_member, ines, section, choices):
    answer = save(as_member(ines), section, choices)
    assert answer.status_code == 422
    assert answer.context["forms"][section].errors


def test_there_are_no_other_sections(as_member, ines):
    assert save(as_member(ines), "superuser", {"is_superuser": "on"}).status_code == 404


def test_nobody_becomes_an_operator_in_the_settings(as_member, ines):
    save(as_member(ines), "words", {"is_staff": "on", "is_superuser": "on"})
    ines.refresh_from_db()
    assert not ines.is_staff
    assert not ines.is_superuser


def test_limiting_followers_to_connections_ends_the_follows_of_others_quiet_ones_too(ines, tomasz, amara, lina):
    follow(lina, ines, quiet=True)
    change_choices(by=ines, followers_from="connections")
    assert list(Follow.objects.filter(followed=ines).values_list("follower", flat=True)) == [tomasz.pk]


def test_going_back_brings_no_follow_back(ines, amara):
    change_choices(by=ines, followers_from="connections")
    change_choices(by=ines, followers_from="anyone")
    assert not Follow.objects.filter(followed=ines).exists()


def test_only_the_change_ends_follows(ines, tomasz, monkeypatch):
    ended = []
    monkeypatch.setattr(registers, "on_followers_limited", [lambda *, member: ended.append(member)])
    change_choices(by=ines, followers_from="connections", follow_first=True)
    change_choices(by=ines, followers_from="connections", follow_first=False)
    assert ended == [ines]


def test_times_are_shown_in_the_time_zone_of_the_reader(as_member, ines, settings):
    from datetime import UTC, datetime

    ines.time_zone = "Asia/Tokyo"
    ines.save()
    Block.objects.create(blocker=ines, blocked=MemberFactory(), created_at=datetime(2030, 1, 1, 20, 0, tzinfo=UTC))
    assert "2 January 2030" in as_member(ines).get(reverse("settings_blocked")).content.decode()


def test_a_time_zone_that_is_no_more_breaks_no_page(as_member, ines):
    User.objects.filter(pk=ines.pk).update(time_zone="Europe/Atlantis")
    assert as_member(ines).get(reverse("settings")).status_code == 200


@pytest.mark.parametrize("page", ["settings", "settings_blocked", "settings_delete", "account_email"])
def test_every_page_of_the_settings_opens_for_its_member_and_for_no_visitor(client, as_member, ines, page):
    assert as_member(ines).get(reverse(page)).status_code == 200
    assert client.get(reverse(page)).url.startswith(reverse("account_login"))


def test_the_blocked_are_listed_for_the_blocker_alone(as_member, ines, jorge, bill):
    page = as_member(ines).get(reverse("settings_blocked")).content.decode()
    assert jorge.name in page
    assert bill.name not in page, "Bill blocked Ines, and she isn't told"


def test_unblocking_takes_the_wall_down(as_member, ines, jorge):
    block = Block.objects.get(blocker=ines, blocked=jorge)
    as_member(ines).post(reverse("settings_unblock", args=[block.pk]))
    assert User.objects.visible_to(jorge).filter(pk=ines.pk).exists()


def test_a_wall_is_taken_down_by_who_put_it_up(as_member, ines, bill, lina):
    block = Block.objects.get(blocker=bill, blocked=ines)
    for other in [ines, lina]:
        assert as_member(other).post(reverse("settings_unblock", args=[block.pk])).status_code == 404
    assert Block.objects.filter(pk=block.pk).exists()


@pytest.mark.parametrize("others", [1, 50])
def test_the_blocked_cost_the_same_however_many(as_member, lina, others, django_assert_max_num_queries):
    for other in MemberFactory.create_batch(others):
        block_member(other, by=lina)
    client = as_member(lina)
    client.get(reverse("settings_blocked"))
    with django_assert_max_num_queries(6):
        client.get(reverse("settings_blocked"))


def test_blocking_after_connecting_shows_the_name_still(as_member, lina):
    other = MemberFactory(first_name="Formerly", last_name="Connected")
    connect(lina, other)
    block_member(other, by=lina)
    assert "Formerly Connected" in as_member(lina).get(reverse("settings_blocked")).content.decode()
