"""Computing suggestions ahead: whose turn it is, stopping and going on, several workers, and the plain reference."""

from collections import Counter
from datetime import timedelta
from io import StringIO
from itertools import combinations
from threading import Event

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.audiences import Audience
from accounts.models import Block, User
from communities.models import Group, Membership
from network.models import ConnectionRequest, Dismissal, SuggestedTo, Suggestion
from network.suggesting import computing
from network.suggesting.computing import due, list_new_members, suggest_to, suggest_to_next, suggest_to_those_due
from network.suggesting.reading import ORDER, askable, suggested_to, with_reasons
from network.tasks import look_for_suggestions
from notifications import chores
from tests.concurrently import at_once
from tests.factories import MemberFactory, connect
from tests.network.test_degrees import connect as link
from tests.network.test_degrees import people, seen_graph, shared_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]


def shown(client) -> list[str]:
    return [member.first_name for member in client.get(reverse("suggestions")).context["page"].rows]


def signed_in(*members: User) -> None:
    """Members sign in on some device, as the list of their sessions says."""
    for member in members:
        UserSession.objects.create(user=member, ip="127.0.0.1", session_key=f"of {member.pk}", user_agent="")


@pytest.fixture
def noor(ines, tomasz) -> User:
    member = MemberFactory(first_name="Noor", handle="noor")
    connect(member, tomasz)
    return member


def test_every_worker_computes_for_those_who_are_signed_in_somewhere(ines, tomasz, noor):
    assert suggest_to_those_due in chores.CHORES
    assert suggest_to_those_due() == 0
    signed_in(ines)
    assert suggest_to_those_due() == 1
    assert set(Suggestion.objects.values_list("member", "other")) == {(ines.pk, noor.pk)}
    assert suggest_to_those_due() == 0


def test_suggestions_are_computed_again_before_they_are_a_day_old(ines, tomasz, noor):
    signed_in(ines)
    suggest_to_those_due()
    with time_machine.travel(timezone.now() + timedelta(hours=17)):
        assert suggest_to_those_due() == 0
    with time_machine.travel(timezone.now() + timedelta(hours=19)):
        assert suggest_to_those_due() == 1


def test_nothing_older_than_a_day_is_shown(ines, tomasz, noor, as_member, monkeypatch):
    """Whoever comes back later waits for a moment if they know many, and reads new ones at once otherwise."""
    assert shown(as_member(ines)) == ["Noor"]
    connect(MemberFactory(first_name="Zoe"), tomasz)
    monkeypatch.setattr(computing, "FEW_TIES", 0)
    assert shown(as_member(ines)) == ["Noor"]
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        client = as_member(ines)
        assert client.get(reverse("beside_the_feed"), headers={"HX-Request": "true"}).context["suggested"] == []
        page = client.get(reverse("suggestions"))
        assert page.context["page"].rows == []
        assert "We are looking for people you may know" in page.text
        look_for_suggestions.call(ines.pk)
        assert shown(client) == ["Noor", "Zoe"]
    with time_machine.travel(timezone.now() + timedelta(hours=50)):
        monkeypatch.undo()
        assert shown(as_member(ines)) == ["Noor", "Zoe"]


def test_the_command_computes_for_everybody_and_goes_on_where_it_was_stopped(ines, tomasz, noor, lina, monkeypatch):
    monkeypatch.setattr(computing, "BATCH", 1)
    list_new_members()
    assert suggest_to_next(due()) == 1
    said = StringIO()
    call_command("suggest_people", stdout=said, stderr=StringIO())
    assert said.getvalue() == "3 members\n"
    said = StringIO()
    call_command("suggest_people", stdout=said, stderr=StringIO())
    assert said.getvalue() == "0 members\n"


def test_a_chore_goes_on_for_a_bounded_time(ines, tomasz, noor, monkeypatch):
    signed_in(ines, tomasz, noor)
    monkeypatch.setattr(computing, "BATCH", 1)
    clock = iter(range(0, 1000, computing.CHORE // 2))
    monkeypatch.setattr(computing, "monotonic", lambda: next(clock))
    assert suggest_to_those_due() == 1
    assert suggest_to_those_due() == 1


def test_only_what_changed_is_written(ines, tomasz, noor):
    suggest_to(ines)
    with connection.cursor() as cursor:
        cursor.execute("SELECT ctid FROM network_suggestion")
        before = cursor.fetchall()
        SuggestedTo.objects.update(suggested_at=None)
        suggest_to(ines)
        cursor.execute("SELECT ctid FROM network_suggestion")
        assert cursor.fetchall() == before


@pytest.mark.django_db(transaction=True)
class TestWorkers:
    """In real transactions."""

    @pytest.fixture
    def crowd(self, monkeypatch) -> list[User]:
        members = people(12)
        link(*combinations(members[:6], 2), *((members[0], other) for other in members[6:]))
        monkeypatch.setattr(computing, "BATCH", 2)
        list_new_members()
        return members

    @pytest.fixture
    def computed(self, monkeypatch) -> Counter:
        """How often each member was computed."""
        counter: Counter = Counter()
        compute = computing._compute

        def counted(members) -> None:
            compute(members)
            counter.update(members)

        monkeypatch.setattr(computing, "_compute", counted)
        return counter

    @staticmethod
    def run_to_the_end() -> int:
        done = 0
        while some := suggest_to_next(due()):
            done += some
        return done

    def test_a_kill_in_the_middle_leaves_what_was_done_and_the_rest_is_done_later(self, crowd, computed, monkeypatch):
        compute = computing._compute

        def killed_in_the_third(members) -> None:
            compute(members)
            if len(computed) == 6:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

        with monkeypatch.context() as patch:
            patch.setattr(computing, "_compute", killed_in_the_third)
            with pytest.raises(OperationalError):
                self.run_to_the_end()
        connection.close()
        assert due().count() == 8
        written = Suggestion.objects.count()
        assert not Suggestion.objects.filter(member__in=due().values("member")).exists()
        computed.clear()
        assert self.run_to_the_end() == 8
        assert set(computed.values()) == {1}
        assert Suggestion.objects.count() > written

    def test_two_workers_share_the_members_and_none_is_computed_twice(self, crowd, computed):
        assert sum(at_once(*[self.run_to_the_end] * 2)) == 12
        assert computed == Counter({member.pk: 1 for member in crowd})
        assert not due().exists()

    def test_a_worker_skips_whom_another_one_has(self, crowd, monkeypatch):
        monkeypatch.setattr(computing, "BATCH", 12)

        def first() -> int:
            return suggest_to_next(due())

        holding, release = Event(), Event()
        compute = computing._compute

        def hold(members) -> None:
            compute(members)
            holding.set()
            release.wait(timeout=10)

        def second() -> int:
            holding.wait(timeout=10)
            try:
                return suggest_to_next(due())
            finally:
                release.set()

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(computing, "_compute", hold)
            assert sorted(at_once(first, second)) == [0, 12]


SIZE = 7
PAIRS = list(combinations(range(SIZE), 2))


@st.composite
def communities(draw) -> dict:
    numbers = st.integers(0, SIZE - 1)
    pairs = st.lists(st.sampled_from(PAIRS), unique=True)
    return {
        "connected": draw(pairs),
        "blocked": draw(st.lists(st.sampled_from(PAIRS), max_size=2, unique=True)),
        "dismissed": draw(st.lists(st.sampled_from(PAIRS), max_size=2, unique=True)),
        "asked": draw(st.lists(st.sampled_from(PAIRS), max_size=2, unique=True)),
        "hiding": draw(st.sets(numbers, max_size=2)),
        "suspended": draw(st.sets(numbers, max_size=1)),
        "closed": draw(st.sets(numbers, max_size=2)),
        "in_group": draw(st.sets(numbers, max_size=4)),
    }


def build(drawn: dict) -> list[User]:
    members = people(SIZE)
    blocked = {pair for pair in drawn["blocked"] if pair not in drawn["connected"]}
    link(*[(members[one], members[other]) for one, other in drawn["connected"]])
    Block.objects.bulk_create(Block(blocker=members[one], blocked=members[other]) for one, other in blocked)
    Dismissal.objects.bulk_create(
        Dismissal(member=members[one], other=members[other]) for one, other in drawn["dismissed"]
    )
    ConnectionRequest.objects.bulk_create(
        ConnectionRequest(sender=members[one], recipient=members[other], context="worked")
        for one, other in drawn["asked"]
    )
    for name, fields in (
        ("hiding", {"connections_audience": Audience.NOBODY}),
        ("suspended", {"suspended_until": timezone.now() + timedelta(days=9)}),
        ("closed", {"door": "nobody"}),
    ):
        User.objects.filter(pk__in=[members[number].pk for number in drawn[name]]).update(**fields)
    group = Group.objects.create(name="Low water", slug="low-water")
    Membership.objects.bulk_create(Membership(group=group, member=members[number]) for number in drawn["in_group"])
    return list(User.objects.filter(pk__in=[member.pk for member in members]).order_by("pk"))


def expected(viewer: User, members: list[User], drawn: dict) -> dict[int, tuple[int, int]]:
    """Whom the viewer may be suggested, with weight and mutual connections: in plain Python."""
    graph, found = seen_graph(members, viewer), {}
    numbers = {member: number for number, member in enumerate(members)}
    for member in members:
        pair = (numbers[viewer], numbers[member])
        either = {pair, pair[::-1]}
        apart = [{tuple(sorted(pair))} & set(drawn[name]) for name in ("connected", "blocked", "asked")]
        unwanted = member == viewer or pair in drawn["dismissed"] or member.door == "nobody"
        if unwanted or any(apart) or not member.is_present:
            continue
        mutual = len(shared_in(graph, viewer, member))
        weight = (10 + min(mutual, 10) if mutual else 0) + 8 * (either <= set(both_in(drawn["in_group"])))
        if weight:
            found[member.pk] = (weight, mutual)
    return found


def both_in(numbers: set[int]):
    return ((one, other) for one in numbers for other in numbers)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(communities())
def test_what_is_computed_and_what_is_shown_is_what_plain_python_says(drawn):
    """Among others, nobody who hides their connections leads to anybody, nor is led to, in anybody's suggestions."""
    with transaction.atomic():
        members = build(drawn)
        list_new_members()
        suggest_to_next(due())
        for viewer in members:
            if not viewer.is_present:
                continue
            wanted = expected(viewer, members, drawn)
            rows = Suggestion.objects.filter(member=viewer)
            assert {row.other_id: (row.weight, row.mutual) for row in rows} == wanted
            read = list(suggested_to(viewer).order_by(*ORDER))
            assert [row.other_id for row in read] == sorted(wanted, key=lambda pk: (*(-n for n in wanted[pk]), pk))
            seen = askable(with_reasons(read, viewer=viewer), viewer=viewer, here="/")
            assert {member.pk: (member.ground.weight, member.mutual_count) for member in seen} == wanted
        transaction.set_rollback(True)
