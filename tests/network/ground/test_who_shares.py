"""What people share in a small community, looked at by everybody: no more than each may see, at the same cost."""

import random
from datetime import timedelta
from itertools import combinations

import pytest
from django.db.models import Q
from django.urls import resolve, reverse
from django.utils import timezone

from accounts.actions import block_member
from accounts.audiences import Audience
from accounts.models import Block, User
from accounts.models.standing import FOR_GOOD
from accounts.written_once import WrittenOnce
from communities.models import Attendance, Belonging, Event, Group, Membership, Organization, OrganizationName
from network.degrees import decorate, mutual_connections
from network.doors import asking, door_is_open
from network.ground import common_ground, cvs, meeting, proved_among
from network.models import Connection
from network.standing import standings
from profiles.models import Education, Position
from tests.factories import MemberFactory, connect, put_up_event, request, seat
from tests.factories.groups import group_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]


def people(count: int) -> list[User]:
    now = timezone.now()
    return User.objects.bulk_create(
        User(email=f"p{n}@example.org", handle=f"p{n}", first_name=f"P{n}", claimed_at=now, welcomed_at=now)
        for n in range(count)
    )


def tie(dice: random.Random, members: list[User]) -> None:
    """Connections, groups, events, organizations, CVs and proofs by chance; some of it hidden, cancelled, suspended."""
    some = lambda: dice.sample(members, 5)  # noqa: E731
    pairs = dice.sample(list(combinations(members, 2)), 25)
    Connection.objects.bulk_create(
        Connection(member=one, other=other) for pair in pairs for one, other in (pair, pair[::-1])
    )
    groups = [
        Group.objects.create(name=f"G{n}", slug=f"g{n}", hidden_at=timezone.now() if n == 3 else None) for n in range(4)
    ]
    Membership.objects.bulk_create(Membership(group=group, member=member) for group in groups for member in some())
    for n in range(4):
        event = Event.objects.create(
            title=f"E{n}", slug=f"e{n}", host=dice.choice(members), time_zone="UTC", place="Lyon",
            starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=1),
            cancelled_at=timezone.now() if n == 3 else None,
        )  # fmt: skip
        Attendance.objects.bulk_create(
            Attendance(event=event, member=member, answer="attending", seated_at=timezone.now(),
                       confirmed_at=timezone.now() if dice.random() < 0.7 else None)
            for member in some()
        )  # fmt: skip
    names = ["Sweco", "Delft", "Vistula", "Uppsala", "Nowhere"]
    for n, name in enumerate(names[:4]):
        page = Organization.objects.create(name=name, slug=name.lower(), hidden_at=timezone.now() if n == 3 else None)
        for known in (name, f"{name} Old"):
            OrganizationName.objects.create(organization=page, name=known)
        Belonging.objects.bulk_create(
            Belonging(member=member, organization=page, source="roster") for member in dice.sample(members, 8)
        )
    for member in members:
        for _ in range(2):
            Position.objects.create(member=member, organization=dice.choice([*names, "Sweco Old"]), started_year=2010)
        Education.objects.create(member=member, school=dice.choice(names), ended_year=2009)
    User.objects.filter(pk__in=[one.pk for one in dice.sample(members, 2)]).update(connections_audience=Audience.NOBODY)
    User.objects.filter(pk=dice.choice(members).pk).update(suspended_until=FOR_GOOD)
    for blocker, blocked in [dice.sample(members, 2) for _ in range(4)]:
        Block.objects.get_or_create(blocker=blocker, blocked=blocked)
        ended = Q(member=blocker, other=blocked) | Q(member=blocked, other=blocker)
        Connection.objects.filter(ended).delete()


def whom_they_see() -> WrittenOnce:
    return WrittenOnce(lambda viewer: User.objects.visible_to(viewer).values("pk"))


@pytest.mark.parametrize("seed", range(3))
def test_everything_shared_is_visible_and_what_is_proved_is_the_same_for_lists_and_for_doors(seed):
    members = people(14)
    tie(random.Random(seed), members)
    kinds = set()
    for viewer in User.objects.present():
        seen = common_ground(User.objects.visible_to(viewer), viewer=viewer)
        proved = {member.pk for member in seen if member.ground.is_proved}
        assert proved == proved_among([member.pk for member in seen], viewer) == proved_among(whom_they_see(), viewer)
        for member in seen:
            for item in member.ground.items:
                kinds.add((item.kind, item.proved))
                assert is_visible(item, member, viewer)
        User.objects.update(door=User.Door.GROUND)
        hides = viewer.connections_audience == Audience.NOBODY
        for member in standings(User.objects.visible_to(viewer).exclude(pk=viewer.pk), viewer=viewer):
            ground = next(one.ground for one in seen if one.pk == member.pk)
            expected = any(item.proved and not (hides and item.kind == "mutual") for item in ground.items)
            assert door_is_open(member, to=viewer) is expected
            assert member.standing.asking is None or member.standing.asking.allowed is expected
        User.objects.update(door=User.Door.ANYONE)
    assert {
        ("mutual", True),
        ("group", True),
        ("event", True),
        ("organization", True),
        ("organization", False),
    } <= kinds


def is_visible(item, member, viewer) -> bool:
    """Whether the viewer sees what an item leads to, found the slow way, and that it says the truth."""
    if not item.url:
        return not Organization.objects.visible_to(viewer).filter(names__name=item.name).exists()
    named = resolve(item.url)
    if item.kind == "mutual":
        return f"{mutual_connections(member, viewer).count()} mutual" in item.text
    sees = {
        "group": Group.objects.joined_by,
        "event": Event.objects.visible_to,
        "organization": Organization.objects.visible_to,
    }
    thing = sees[named.url_name](viewer).get(slug=named.kwargs["slug"])
    if item.kind == "group":
        return {member, viewer} <= {row.member for row in thing.memberships.select_related("member")}
    if item.kind == "event":
        there = thing.attendances.filter(confirmed_at__isnull=False, event__cancelled_at=None)
        return there.filter(member__in=[member, viewer]).count() == 2
    proofs = Belonging.objects.filter(organization=thing, member__in=[member, viewer])
    return item.proved is (proofs.values("member").distinct().count() == 2)


def test_it_costs_three_queries_for_any_number_of_people_and_two_where_degrees_are_known(
    django_assert_num_queries, ines
):
    members = [ines, *people(50)]
    tie(random.Random(1), members)
    for number in (1, 20, 50):
        some = list(User.objects.exclude(pk=ines.pk)[:number])
        with django_assert_num_queries(3):
            common_ground(some, viewer=ines)
        plain = [member.ground for member in some]
        decorate(some, viewer=ines)
        with django_assert_num_queries(2):
            common_ground(some, viewer=ines)
        assert [member.ground for member in some] == plain
        with django_assert_num_queries(1):
            proved_among([member.pk for member in some], ines)
    with django_assert_num_queries(0):
        common_ground([ines], viewer=ines)


SHARING = [
    "nothing",
    "claimed",
    "mutual",
    "group",
    "event",
    "unconfirmed event",
    "organization",
    "proof alone",
    "pending",
]
OPENS = {
    User.Door.ANYONE: set(SHARING),
    User.Door.GROUND: {"mutual", "group", "event", "organization"},
    User.Door.MUTUAL: {"mutual"},
    User.Door.EMAIL: set(SHARING),  # by the address
    User.Door.NOBODY: set(),
}


def share(what: str, ines: User, lina: User, tomasz: User) -> None:
    """What Ines and Lina share, of which Tomasz is connected with Ines."""
    match what:
        case "mutual":
            connect(lina, tomasz)
        case "group":
            group_of(ines, lina)
        case "event" | "unconfirmed event":
            event = put_up_event(tomasz, starts_at=timezone.now() - timedelta(days=2))
            seat(event, ines, lina, confirmed=what == "event")
        case "pending":
            request(lina, tomasz)
    if what in ("claimed", "organization"):
        for member in (ines, lina):
            Position.objects.create(member=member, organization="Sweco", started_year=2010)
    if what in ("organization", "proof alone"):
        page = Organization.objects.create(name="Sweco", slug="sweco")
        OrganizationName.objects.create(organization=page, name="Sweco")
        for member in (ines, lina):
            Belonging.objects.create(member=member, organization=page, source="roster")


@pytest.mark.parametrize("sharing", SHARING)
def test_only_what_is_proved_opens_a_door(sharing, ines, lina, tomasz, as_member):
    share(sharing, ines, lina, tomasz)
    browser = as_member(lina)
    for door, opened_by in OPENS.items():
        User.objects.filter(pk=ines.pk).update(door=door)
        ines.refresh_from_db()
        opens = sharing in opened_by
        assert asking(ines, by=lina).allowed is opens, door
        page = browser.get(reverse("ask_to_connect", args=["ines"])).text
        assert ('id="ask"' in page) is opens, door
        assert ("at the moment" in page) is not opens, door


@pytest.mark.parametrize("hidden", ["asker", "between", "recipient"])
def test_hidden_connections_are_no_common_ground_that_opens_a_door(ines, tomasz, lina, hidden):
    connect(lina, tomasz)
    who = {"asker": lina, "between": tomasz, "recipient": ines}[hidden]
    User.objects.filter(pk=who.pk).update(connections_audience=Audience.NOBODY)
    User.objects.filter(pk=ines.pk).update(door=User.Door.GROUND)
    ines, lina = User.objects.get(pk=ines.pk), User.objects.get(pk=lina.pk)
    common_ground([ines], viewer=lina)
    assert bool(ines.ground) is (hidden == "asker")  # one's own always count for oneself
    assert not door_is_open(ines, to=lina)


def test_whoever_is_blocked_or_suspended_connects_nobody(ines, tomasz, lina):
    between = MemberFactory()
    connect(between, ines)
    connect(between, lina)
    connect(tomasz, lina)
    (lina,) = common_ground([lina], viewer=ines)
    assert lina.ground.items[0].text == "2 mutual connections"
    block_member(between, by=ines)
    User.objects.filter(pk=tomasz.pk).update(suspended_until=FOR_GOOD)
    assert not common_ground([User.objects.get(pk=lina.pk)], viewer=ines)[0].ground


MEMBERS = {
    "a member": MemberFactory,
    "one who shows and hides much": lambda: MemberFactory(public=True, door="ground", connections_audience="nobody"),
    "an operator": lambda: MemberFactory(is_staff=True, is_superuser=True),
    "one who is suspended": lambda: MemberFactory(suspended=True),
}


@pytest.mark.parametrize("who", MEMBERS)
def test_the_queries_that_are_written_once_read_the_same_for_everybody(who):
    member = MEMBERS[who]()
    for query in (*cvs.STEPS.values(), *meeting.STEPS.values()):
        text, values = query(member).query.sql_with_params()
        assert WrittenOnce(query).for_member(member) == (text, list(values))
