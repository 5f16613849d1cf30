"""What two share, in words: kind × proved or claimed × time (product.md §1)."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from communities.models import Belonging, Organization, OrganizationName
from network.ground import Ground, common_ground
from profiles.models import Education, Position
from tests.factories import MemberFactory, connect, put_up_event, seat
from tests.factories.groups import group_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

UPPSALA = "Uppsala University"


def ground(member, viewer) -> Ground:
    (member,) = common_ground([type(member).objects.get(pk=member.pk)], viewer=viewer)
    return member.ground


def said(member, viewer) -> list[str]:
    return [item.text for item in ground(member, viewer).items]


def page(name: str, *others: str, kind: str = "company") -> Organization:
    organization = Organization.objects.create(name=name, slug=name.split()[0].lower(), kind=kind)
    for number, known in enumerate((name, *others)):
        OrganizationName.objects.create(organization=organization, name=known, use="other" if number else "present")
    return organization


def worked(member, organization=UPPSALA, **years) -> Position:
    return Position.objects.create(member=member, organization=organization, **years)


def studied(member, school=UPPSALA, **years) -> Education:
    return Education.objects.create(member=member, school=school, **years)


def belong(organization, *members, source="roster") -> None:
    for member in members:
        Belonging.objects.create(member=member, organization=organization, source=source)


TIMES = [
    ({"started_year": 2006, "ended_year": 2008}, {"started_year": 2004, "ended_year": 2010}, "{}, 2006–2008", 9, 15),
    ({"started_year": 2006, "ended_year": 2008}, {"started_year": 2008, "ended_year": 2010}, "{}, 2008", 9, 15),
    ({"started_year": 2006, "ended_year": 2008}, {"started_year": 2009}, "{}, at different times", 2, 6),
    ({"started_year": 2006, "ended_year": 2008}, {}, "{}", 4, 7),
]


@pytest.mark.parametrize(("mine", "theirs", "words", "claimed", "proved"), TIMES)
def test_what_is_claimed_both_list_and_where_it_is_proved_both_were(ines, lina, mine, theirs, words, claimed, proved):
    organization = page(UPPSALA, kind="school")
    studied(ines, **mine)
    studied(lina, **theirs)
    (item,) = ground(lina, ines).items
    assert (item.text, item.proved, item.weight) == (words.format(f"Both list {UPPSALA}"), False, claimed)
    belong(organization, ines)
    assert not ground(lina, ines).is_proved
    assert not ground(ines, lina).is_proved
    belong(organization, lina)
    (item,) = ground(lina, ines).items
    assert (item.text, item.proved, item.weight) == (words.format(f"Both were at {UPPSALA}"), True, proved)
    assert (item.kind, item.name, item.url) == ("school", UPPSALA, "/organizations/uppsala/")
    assert item.at_the_same_time is (item.years is not None) is ("20" in words)


def test_what_goes_on_is_said_so(ines, lina):
    organization = page("Sweco")
    worked(ines, "Sweco", started_year=2014)
    worked(lina, "SWECO AB", started_year=2019)
    assert said(lina, ines) == ["Both list Sweco, since 2019"]
    belong(organization, ines, lina)
    assert said(lina, ines) == ["Both have been at Sweco since 2019"]


def test_connections_groups_and_events(ines, tomasz, lina):
    common = [tomasz, *MemberFactory.create_batch(2)]
    for member in common[1:]:
        connect(member, ines)
    assert said(lina, ines) == []
    connect(tomasz, lina)
    assert said(lina, ines) == ["1 mutual connection"]
    for member in common[1:]:
        connect(member, lina)
    event = put_up_event(tomasz, "RiverConf 2026", starts_at=datetime(2026, 5, 4, 22, 30, tzinfo=UTC))
    seat(event, ines, lina)
    group_of(ines, lina, name="Low water")
    assert said(lina, ines) == ["3 mutual connections", "Both are in Low water"]
    event.attendances.update(confirmed_at=event.ends_at)
    mutual, meeting, group = ground(lina, ines).items
    assert (mutual.text, mutual.url, mutual.kind) == ("3 mutual connections", "/in/lina/mutual/", "mutual")
    assert (meeting.text, meeting.url, meeting.kind) == (
        "Both were at RiverConf 2026",
        event.get_absolute_url(),
        "event",
    )
    assert meeting.happened_on == date(2026, 5, 5)  # where it was, and by when it was over
    assert (group.text, group.url, group.kind) == ("Both are in Low water", "/groups/low-water/", "group")
    assert all(item.proved for item in (mutual, meeting, group))
    assert ground(lina, ines).weight == 13 + 12 + 8


def test_one_place_is_one_thing_with_the_widest_time(ines, lina):
    worked(ines, "Sweco", started_year=2006, ended_year=2008)
    worked(ines, "sweco ab", started_year=2009, ended_year=2012)
    studied(ines, "Sweco", started_year=2020)
    worked(lina, "Sweco", started_year=2007, ended_year=2010)
    assert said(lina, ines) == ["Both list Sweco, 2007–2010"]


def test_names_of_one_page_meet_and_work_meets_study(ines, lina):
    page(UPPSALA, "UU", kind="school")
    worked(ines, "UU", started_year=2006)
    studied(lina, "Univ. Uppsala", started_year=2007, ended_year=2009)
    assert said(lina, ines) == []
    studied(lina, "uppsala univ.", started_year=2007, ended_year=2009)
    (item,) = ground(lina, ines).items
    assert (item.kind, item.text) == ("school", f"Both list {UPPSALA}, 2007–2009")


@pytest.mark.parametrize(
    ("kind", "mine", "theirs", "expected"),
    [
        ("school", worked, worked, "school"),
        ("company", studied, studied, "organization"),
        ("", worked, worked, "organization"),
        ("", studied, worked, "school"),
        ("", studied, studied, "school"),
    ],
)
def test_a_page_says_whether_it_is_a_school_and_without_one_the_entries_do(ines, lina, kind, mine, theirs, expected):
    if kind:
        page("Delft", kind=kind)
    mine(ines, "Delft")
    theirs(lina, "Delft")
    (item,) = ground(lina, ines).items
    assert (item.kind, bool(item.url)) == (expected, bool(kind))


def test_a_proof_without_an_entry_gives_nothing_away(ines, lina):
    organization = page("Sweco")
    belong(organization, ines, lina)
    assert said(lina, ines) == []
    worked(ines, "Sweco")
    assert said(lina, ines) == said(ines, lina) == []


def test_with_oneself_nobody_shares_anything_nor_does_a_visitor(ines, lina):
    worked(ines)
    worked(lina)
    assert said(ines, ines) == said(lina, AnonymousUser()) == []
    assert not ground(ines, ines)


def test_whoever_is_not_to_be_seen_shares_no_group_event_or_place(ines, bill):
    organization = page("Sweco")
    belong(organization, ines, bill)
    for member in (ines, bill):
        worked(member, "Sweco", started_year=2014)
    group_of(ines, bill)
    assert said(bill, ines) == said(ines, bill) == []
