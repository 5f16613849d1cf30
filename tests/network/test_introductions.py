"""Introductions: product.md §5, rule by rule."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine

from accounts.actions import block_member, unblock_member
from accounts.models import User
from accounts.models.standing import FOR_GOOD
from accounts.refusals import Refusal
from network.actions import (
    ask_for_introduction,
    ask_for_later,
    connect_introduced,
    connect_members,
    decline_introduction,
    decline_request,
    disconnect,
    let_name,
    mark_as_unknown,
    pass_introduction_on,
    set_introduction_aside,
    withdraw_request,
)
from network.doors import asking
from network.introducing import first_to_introduce, may_still_introduce, may_try
from network.models import AskingPause, Connection, ConnectionRequest, Introduction
from network.named import with_named
from network.standing import standing
from notifications.models import Notice
from tests.factories import MemberFactory, again, allow, ask_through, connect, introduce, request
from tests.network.test_silent_decline import without_tokens

pytestmark = pytest.mark.usefixtures("unmailed")

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
MONTH = timedelta(days=30)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def lina(lina, tomasz) -> User:
    """Lina, who would like to meet Ines, and knows Tomasz, who knows Ines."""
    connect(lina, tomasz)
    return lina


def change(member: User, **fields) -> None:
    User.objects.filter(pk=member.pk).update(**fields)
    member.refresh_from_db()


def are_connected(one: User, other: User) -> bool:
    return Connection.objects.filter(member__in=[one, other], other__in=[one, other]).count() == 2


def may_ask(lina: User, ines: User) -> list[User]:
    between = standing(ines, viewer=lina)
    people = list(may_still_introduce(ines, viewer=lina)) if may_try(between) else []
    assert first_to_introduce(ines, viewer=lina, standing=between) == next(iter(people), None)
    return people


def told(member: User) -> list[str]:
    """The kinds of the notices about introductions that a member may see."""
    notices = Notice.objects.visible_to(member).filter(kind__startswith="introduction").order_by("pk")
    return list(notices.values_list("kind", flat=True))


# asking


def test_a_mutual_connection_is_asked_and_nobody_else_hears_of_it(ines, tomasz, lina):
    assert may_ask(lina, ines) == [tomasz]
    asked = ask_through(tomasz, asker=lina, to=ines)
    assert list(Introduction.objects.asked_of(tomasz)) == [asked]
    assert told(tomasz) == ["introduction_asked"]
    assert told(ines) == told(lina) == []
    assert not Introduction.objects.introducing_to(ines).exists()


def test_only_somebody_connected_with_both_can_be_asked(ines, tomasz, lina, amara):
    connect(lina, amara)
    for other in (amara, ines, lina):
        with pytest.raises(Refusal, match="connected with both of you"):
            ask_through(other, asker=lina, to=ines)


@pytest.mark.parametrize("hidden", ["tomasz", "ines"])
def test_hidden_connections_introduce_nobody(ines, tomasz, lina, hidden):
    change({"tomasz": tomasz, "ines": ines}[hidden], connections_audience="nobody")
    assert may_ask(lina, ines) == []
    with pytest.raises(Refusal, match="connected with both of you"):
        ask_through(tomasz, asker=lina, to=ines)


def test_whoever_hides_their_own_connections_may_still_ask(ines, tomasz, lina):
    change(lina, connections_audience="nobody")
    assert may_ask(lina, ines) == [tomasz]
    assert ask_through(tomasz, asker=lina, to=ines)


def test_those_between_stand_newest_connection_first(ines, tomasz, lina, clock):
    for days, name in ((3, "Older"), (1, "Newest"), (2, "Newer")):
        somebody = MemberFactory(first_name=name)
        connect_members(somebody, ines)
        connect_members(somebody, lina, at=NOW + timedelta(days=10 - days))
    assert [one.first_name for one in may_ask(lina, ines)] == ["Newest", "Newer", "Older", "Tomasz"]


def test_a_connection_or_somebody_unseen_is_nobody_to_be_introduced_to(ines, tomasz, lina, bill, vera):
    connect(bill, tomasz)
    with pytest.raises(Refusal, match="connected already"):
        ask_through(lina, asker=ines, to=tomasz)
    for other in (bill, vera, ines):
        with pytest.raises(Refusal, match="can't be introduced"):
            ask_through(tomasz, asker=ines, to=other)


def test_a_door_is_passed_but_not_the_one_for_nobody(ines, tomasz, lina):
    for door in (User.Door.EMAIL, User.Door.MUTUAL, User.Door.ANYONE):
        change(ines, door=door)
        assert may_ask(lina, ines) == [tomasz]
    change(ines, door=User.Door.NOBODY)
    assert may_ask(lina, ines) == []
    with pytest.raises(Refusal, match="can't be asked to connect at the moment"):
        ask_through(tomasz, asker=lina, to=ines)


def test_it_waits_for_the_date_of_the_last_request(ines, tomasz, lina, clock):
    request(lina, ines)
    assert may_ask(lina, ines) == []
    with pytest.raises(Refusal, match="You can ask Ines Moreau again from 31 May 2026"):
        ask_through(tomasz, asker=lina, to=ines)
    clock.shift(timedelta(days=90))
    assert may_ask(lina, ines) == [tomasz]
    assert ask_through(tomasz, asker=lina, to=ines)


def test_it_waits_21_days_after_a_request_was_withdrawn(ines, tomasz, lina, clock):
    asked = request(lina, ines)
    clock.shift(timedelta(days=80))
    withdraw_request(asked, by=lina)
    clock.shift(timedelta(days=20))
    with pytest.raises(Refusal, match="again from"):
        ask_through(tomasz, asker=lina, to=ines)
    clock.shift(timedelta(days=1))
    assert ask_through(tomasz, asker=lina, to=ines)


def test_it_spends_an_attempt_and_starts_no_waiting_time(ines, tomasz, lina, clock):
    ask_through(tomasz, asker=lina, to=ines)
    assert (asking(ines, by=lina).left, asking(ines, by=lina).allowed) == (2, True)
    assert standing(ines, viewer=lina).asking == asking(ines, by=lina)
    request(lina, ines)
    clock.shift(timedelta(days=90))
    ask_through(tomasz, asker=lina, to=ines)
    for attempt in (lambda: request(lina, ines, note="New"), lambda: ask_through(tomasz, asker=lina, to=ines)):
        clock.shift(timedelta(days=400))
        with pytest.raises(Refusal, match="three times, introductions included"):
            attempt()


def test_a_request_of_the_other_is_answered_instead(ines, tomasz, lina):
    request(ines, lina)
    assert may_ask(lina, ines) == []
    with pytest.raises(Refusal, match="Answer that request"):
        ask_through(tomasz, asker=lina, to=ines)


def test_an_introduction_to_oneself_is_answered_instead(ines, tomasz, lina):
    introduction = introduce(ines, lina, through=tomasz)
    set_introduction_aside(introduction, by=lina)
    assert may_ask(lina, ines) == []
    with pytest.raises(Refusal, match="Answer that introduction"):
        ask_through(tomasz, asker=lina, to=ines)


def test_one_is_open_for_a_pair_whoever_is_asked(ines, tomasz, lina):
    other = MemberFactory()
    connect(other, ines)
    connect(other, lina)
    decline_introduction(ask_through(tomasz, asker=lina, to=ines), by=tomasz)
    assert may_ask(lina, ines) == []
    with pytest.raises(Refusal, match=r"on 2 March 2026\. It stays open until 1 April 2026"):
        ask_through(other, asker=lina, to=ines)


def test_five_are_open_at_a_time_declined_ones_included(tomasz, lina, clock):
    people = [MemberFactory() for _ in range(7)]
    for number, person in enumerate(people):
        connect(person, tomasz)
        if number < 5:
            decline_introduction(ask_through(tomasz, asker=lina, to=person), by=tomasz)
            clock.shift(timedelta(days=1))
    assert may_ask(lina, people[5]) == []
    with pytest.raises(Refusal, match=r"5 introductions .* another from 1 April 2026"):
        ask_through(tomasz, asker=lina, to=people[5])
    clock.move_to(NOW + MONTH)
    assert may_ask(lina, people[5]) == [tomasz]
    assert ask_through(tomasz, asker=lina, to=people[5])
    with pytest.raises(Refusal, match="another from 2 April"):
        ask_through(tomasz, asker=lina, to=people[6])


def test_a_form_sent_twice_asks_once(ines, tomasz, lina):
    key = uuid4()
    first, second = (ask_for_introduction(ines, by=lina, through=tomasz, reason="Rivers", key=key) for _ in range(2))
    assert first == second
    assert Introduction.objects.count() == 1


# passing on


def test_passing_on_reaches_the_other_and_tells_the_asker(ines, tomasz, lina):
    introduction = introduce(lina, ines, through=tomasz, line="Lina reads gauges like nobody else.")
    assert list(Introduction.objects.introduced_to(ines)) == [introduction]
    assert introduction.line == "Lina reads gauges like nobody else."
    assert told(ines) == ["introduction_received"]
    assert told(lina) == ["introduction_passed_on"]
    assert told(tomasz) == []


def test_passing_on_twice_is_once_and_keeps_the_first_line(ines, tomasz, lina):
    introduction = introduce(lina, ines, through=tomasz, line="The first line.")
    pass_introduction_on(introduction, by=tomasz, line="Another line.")
    assert again(introduction).line == "The first line."
    assert Notice.objects.filter(kind="introduction_received").count() == 1


def test_nobody_else_passes_on_or_declines_or_allows(ines, tomasz, lina, amara):
    asked = ask_through(tomasz, asker=lina, to=ines)
    for somebody in (lina, ines, amara):
        for attempt in (decline_introduction, let_name, lambda one, by: pass_introduction_on(one, by=by, line="Hi")):
            with pytest.raises(Refusal, match="no longer there"):
                attempt(asked, by=somebody)
    assert list(Introduction.objects.asked_of(tomasz)) == [asked]


@pytest.mark.parametrize("from_whom", ["lina", "ines"])
def test_it_is_passed_on_only_while_connected_with_both(ines, tomasz, lina, from_whom):
    asked = ask_through(tomasz, asker=lina, to=ines)
    disconnect({"lina": lina, "ines": ines}[from_whom], by=tomasz)
    assert not Introduction.objects.asked_of(tomasz).exists()
    assert told(tomasz) == []
    with pytest.raises(Refusal, match="no longer there"):
        pass_introduction_on(asked, by=tomasz, line="Hi")


def test_declining_is_silent_and_can_be_changed(ines, tomasz, lina):
    asked = ask_through(tomasz, asker=lina, to=ines)
    decline_introduction(asked, by=tomasz)
    decline_introduction(asked, by=tomasz)
    assert not Introduction.objects.asked_of(tomasz).exists()
    assert told(lina) == told(ines) == told(tomasz) == []
    pass_introduction_on(asked, by=tomasz, line="After all.")
    assert again(asked).declined_at is None
    assert list(Introduction.objects.introduced_to(ines)) == [asked]


def test_a_door_closed_to_everybody_keeps_it_out_and_nobody_is_told(ines, tomasz, lina):
    asked = ask_through(tomasz, asker=lina, to=ines)
    change(ines, door=User.Door.NOBODY)
    pass_introduction_on(asked, by=tomasz, line="Hi")
    assert told(lina) == ["introduction_passed_on"]
    change(ines, door=User.Door.ANYONE)
    assert not Introduction.objects.received_by(ines).exists()
    assert told(ines) == []


def test_a_door_that_closes_afterwards_does_not_keep_one_from_connecting(ines, tomasz, lina):
    introduction = introduce(lina, ines, through=tomasz)
    change(ines, door=User.Door.NOBODY)
    connect_introduced(introduction, by=ines)
    assert are_connected(ines, lina)


def test_whoever_was_marked_as_unknown_is_not_introduced_and_reads_no_difference(ines, tomasz, lina, clock):
    asked = ask_through(tomasz, asker=lina, to=ines)
    sent = request(lina, ines)
    mark_as_unknown(sent, by=ines)
    pass_introduction_on(asked, by=tomasz, line="Hi")
    assert told(lina) == ["introduction_passed_on"]
    assert told(ines) == []
    assert not Introduction.objects.received_by(ines).exists()
    assert standing(ines, viewer=lina).introduction["passed_on_at"]
    assert not standing(lina, viewer=ines).introduced
    clock.shift(timedelta(days=90))
    assert may_ask(lina, ines) == []
    with pytest.raises(Refusal, match="can't be asked to connect at the moment"):
        ask_through(tomasz, asker=lina, to=ines)


def test_a_pause_of_asking_pauses_this_too(ines, tomasz, lina):
    ago = NOW - timedelta(hours=1)
    AskingPause.objects.create(member=lina, set_at=ago - MONTH, starts_at=ago, ends_at=NOW + timedelta(days=6))
    assert may_ask(lina, ines) == []
    with pytest.raises(Refusal, match="asking rests for a week"):
        ask_through(tomasz, asker=lina, to=ines)


def test_a_later_date_is_waited_for(ines, tomasz, lina, clock):
    ask_for_later(request(lina, ines), by=ines, on=(NOW + timedelta(days=100)).date())
    clock.shift(timedelta(days=99))
    with pytest.raises(Refusal, match="asks you to ask again from"):
        ask_through(tomasz, asker=lina, to=ines)
    clock.shift(timedelta(days=1))
    assert ask_through(tomasz, asker=lina, to=ines)


# connecting


def test_connecting_connects_and_tells_the_asker_and_the_one_between(ines, tomasz, lina):
    introduction = introduce(lina, ines, through=tomasz)
    for _ in range(2):
        connect_introduced(introduction, by=ines)
    assert are_connected(ines, lina)
    assert told(lina) == ["introduction_passed_on", "introduction_connected"]
    assert told(tomasz) == ["introduction_brought_about"]
    assert told(ines) == []
    assert not Introduction.objects.going_on().exists()


def test_only_the_one_introduced_connects(ines, tomasz, lina):
    introduction = introduce(lina, ines, through=tomasz)
    for somebody in (lina, tomasz):
        with pytest.raises(Refusal):
            connect_introduced(introduction, by=somebody)
        with pytest.raises(Refusal):
            set_introduction_aside(introduction, by=somebody)


def test_nobody_connects_before_it_is_passed_on(ines, tomasz, lina):
    asked = ask_through(tomasz, asker=lina, to=ines)
    with pytest.raises(Refusal, match="no longer there"):
        connect_introduced(asked, by=ines)
    assert not are_connected(ines, lina)


def test_setting_aside_is_silent_and_one_may_still_connect(ines, tomasz, lina):
    introduction = introduce(lina, ines, through=tomasz)
    set_introduction_aside(introduction, by=ines)
    assert not Introduction.objects.introduced_to(ines).exists()
    assert told(lina) == ["introduction_passed_on"]
    connect_introduced(introduction, by=ines)
    assert are_connected(ines, lina)


def test_connecting_answers_an_open_request_of_the_asker_too(ines, tomasz, lina):
    introduction = introduce(lina, ines, through=tomasz)
    asked = request(lina, ines, note="Hello Ines")
    connect_introduced(introduction, by=ines)
    asked.refresh_from_db()
    assert asked.accepted_at
    assert not ConnectionRequest.objects.open().exists()


def test_connecting_by_any_other_way_ends_it_quietly(ines, tomasz, lina):
    introduction = introduce(lina, ines, through=tomasz)
    connect(lina, ines)
    assert again(introduction).ended_at
    assert told(tomasz) == []
    assert told(lina) == ["introduction_passed_on"]
    assert told(ines) == []


def test_a_request_of_the_other_that_is_taken_back_leaves_no_trace_in_it(as_member, ines, tomasz, lina, clock):
    """Whoever had no time to read it learns neither that it ended early, nor from whom was asked (§3.5, §5)."""
    asked = ask_through(tomasz, asker=lina, to=ines)
    lists = [(member, "/network/introductions/") for member in (lina, tomasz)]
    before = [without_tokens(as_member(member).get(address).text) for member, address in lists]
    withdraw_request(request(ines, lina), by=ines)
    assert [without_tokens(as_member(member).get(address).text) for member, address in lists] == before
    pass_introduction_on(asked, by=tomasz, line="Hi")
    connect_introduced(asked, by=ines)
    assert are_connected(ines, lina)


def test_it_may_be_passed_on_beside_a_request_of_the_other(ines, tomasz, lina):
    asked = ask_through(tomasz, asker=lina, to=ines)
    sent = request(ines, lina, note="Hello Lina")
    pass_introduction_on(asked, by=tomasz, line="Hi")
    connect_introduced(asked, by=ines)
    assert are_connected(ines, lina)
    assert ConnectionRequest.objects.get(pk=sent.pk).accepted_at
    assert not ConnectionRequest.objects.open().exists()


def test_declining_the_askers_request_sets_the_introduction_aside(ines, tomasz, lina):
    introduce(lina, ines, through=tomasz)
    decline_request(request(lina, ines), by=ines)
    assert not Introduction.objects.introduced_to(ines).exists()
    assert Introduction.objects.set_aside_by(ines).exists()


def test_asking_somebody_who_was_introduced_to_one_is_a_yes(ines, tomasz, lina):
    introduction = introduce(lina, ines, through=tomasz)
    change(lina, door=User.Door.NOBODY)
    sent = request(ines, lina, note="With pleasure.")
    assert sent.accepted_at
    assert are_connected(ines, lina)
    assert again(introduction).connected_at
    assert told(tomasz) == ["introduction_brought_about"]


def test_asking_somebody_whose_introduction_did_not_arrive_yet_is_a_request_beside_it(ines, tomasz, lina):
    asked = ask_through(tomasz, asker=lina, to=ines)
    sent = request(ines, lina)
    assert not sent.accepted_at
    assert not are_connected(ines, lina)
    assert list(Introduction.objects.asked_of(tomasz)) == [asked]


# naming


def test_once_introduced_or_allowed_the_asker_may_name_who_was_asked(ines, tomasz, lina):
    introduce(lina, ines, through=tomasz)
    assert request(lina, ines, context="introduced", named=tomasz).named == tomasz


def test_whoever_is_allowed_may_name(ines, tomasz, lina):
    allowed = allow(tomasz, asker=lina, to=ines)
    assert told(lina) == ["introduction_name"]
    assert told(ines) == []
    assert list(Introduction.objects.answered_by(tomasz)) == [allowed]
    assert request(lina, ines, context="introduced", named=tomasz).named == tomasz


FORGED = {
    "nobody asked": lambda ines, tomasz, lina: None,
    "only asked": lambda ines, tomasz, lina: ask_through(tomasz, asker=lina, to=ines),
    "declined": lambda ines, tomasz, lina: decline_introduction(ask_through(tomasz, asker=lina, to=ines), by=tomasz),
    "allowed to somebody else": lambda ines, tomasz, lina: introduce(_friend_of(tomasz), ines, through=tomasz),
    "allowed for somebody else": lambda ines, tomasz, lina: introduce(lina, _friend_of(tomasz), through=tomasz),
}


def _friend_of(tomasz: User) -> User:
    friend = MemberFactory()
    connect(friend, tomasz)
    return friend


@pytest.mark.parametrize("way", FORGED)
def test_a_name_can_not_be_forged(ines, tomasz, lina, way):
    FORGED[way](ines, tomasz, lina)
    with pytest.raises(Refusal, match="can't name Tomasz"):
        request(lina, ines, context="introduced", named=tomasz)
    assert not ConnectionRequest.objects.open().exists()


def test_a_name_goes_with_the_context_that_says_so(ines, tomasz, lina):
    allow(tomasz, asker=lina, to=ines)
    with pytest.raises(Refusal, match="can't name"):
        request(lina, ines, context="worked", named=tomasz)


def test_a_name_is_used_no_longer_than_the_introduction_is_open(ines, tomasz, lina, clock):
    allow(tomasz, asker=lina, to=ines)
    clock.shift(MONTH)
    with pytest.raises(Refusal, match="can't name"):
        request(lina, ines, context="introduced", named=tomasz)


# time, and walls


def test_after_30_days_it_is_over_for_all_three(ines, tomasz, lina, clock):
    waiting = ask_through(tomasz, asker=lina, to=ines)
    introduced = introduce(_friend_of(tomasz), ines, through=tomasz)
    clock.shift(MONTH - timedelta(seconds=1))
    assert Introduction.objects.asked_of(tomasz).exists()
    assert Introduction.objects.introduced_to(ines).exists()
    clock.shift(timedelta(seconds=1))
    assert not Introduction.objects.asked_of(tomasz).exists()
    assert not Introduction.objects.introduced_to(ines).exists()
    assert told(tomasz) == told(ines) == []
    with pytest.raises(Refusal, match="no longer there"):
        pass_introduction_on(waiting, by=tomasz, line="Hi")
    with pytest.raises(Refusal, match="no longer there"):
        connect_introduced(introduced, by=ines)
    again_asked = ask_through(tomasz, asker=lina, to=ines)
    assert again(waiting).ended_at == NOW + MONTH
    assert list(Introduction.objects.asked_by(lina).open()) == [again_asked]


PAIRS = [("lina", "tomasz"), ("tomasz", "ines"), ("lina", "ines")]
MADE = {
    "asked": lambda ines, tomasz, lina: ask_through(tomasz, asker=lina, to=ines),
    "allowed": lambda ines, tomasz, lina: allow(tomasz, asker=lina, to=ines),
    "introduced": lambda ines, tomasz, lina: introduce(lina, ines, through=tomasz),
}


@pytest.mark.parametrize("state", MADE)
@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_a_wall_between_any_two_ends_it_in_any_state(ines, tomasz, lina, pair, state):
    introduction = MADE[state](ines, tomasz, lina)
    people = {"lina": lina, "tomasz": tomasz, "ines": ines}
    one, other = (people[name] for name in pair)
    if state != "asked":
        request(lina, ines, context="introduced", named=tomasz)
    block_member(one, by=other)
    for scope in ("asked_of", "answered_by", "answerable_by"):
        assert not getattr(Introduction.objects, scope)(tomasz).exists()
    assert not Introduction.objects.received_by(ines).open().exists()
    for attempt in (
        lambda: pass_introduction_on(introduction, by=tomasz, line="Hi"),
        lambda: let_name(introduction, by=tomasz),
        lambda: connect_introduced(introduction, by=ines),
    ):
        with pytest.raises(Refusal):
            attempt()
    if "lina" in pair:
        assert not Introduction.objects.asked_by(lina).open().exists()
    assert told(tomasz) == told(ines) == []
    named = with_named(ConnectionRequest.objects.open(), ines).filter(named_seen__isnull=False)
    assert not named.exists()


def test_a_wall_that_is_taken_down_brings_nothing_back(ines, tomasz, lina):
    introduction = introduce(lina, ines, through=tomasz)
    block_member(tomasz, by=ines)
    unblock_member(tomasz, by=ines)
    connect_members(tomasz, ines)
    assert not Introduction.objects.received_by(ines).exists()
    assert not Introduction.objects.answerable_by(tomasz).exists()
    assert Introduction.objects.asked_by(lina).open().get() == introduction


@pytest.mark.parametrize("who", ["lina", "tomasz", "ines"])
def test_whoever_is_suspended_takes_it_out_of_sight(ines, tomasz, lina, who):
    introduce(lina, ines, through=tomasz)
    change({"lina": lina, "tomasz": tomasz, "ines": ines}[who], suspended_until=FOR_GOOD)
    seen = {
        "lina": Introduction.objects.asked_by(lina).exists(),
        "tomasz": Introduction.objects.answered_by(tomasz).exists(),
        "ines": Introduction.objects.introduced_to(ines).exists(),
    }
    del seen[who]
    assert not any(seen.values())
