"""Whatever members do in whatever order, the rules of asking hold (product.md §3, §5, §6, §14).

Four members ask, answer, introduce, follow and block at random while time passes. Beside the site runs a model of the
rules in plain Python, which keeps everything that ever happened in lists and says what must come of each step. After
each step the site has to agree with it; a choice that mustn't be noticed is also looked at through the pages of whoever
mustn't notice it.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from accounts.actions import block_member, unblock_member
from accounts.models import Community, User
from accounts.refusals import Refusal
from network import introducing
from network.actions import (
    accept_request,
    answer_question,
    ask_for_introduction,
    ask_for_later,
    ask_question,
    ask_to_connect,
    connect_introduced,
    decline_introduction,
    decline_request,
    disconnect,
    follow_member,
    mark_as_unknown,
    pass_introduction_on,
    set_introduction_aside,
    unfollow_member,
    withdraw_request,
)
from network.models import Connection, ConnectionRequest, Follow, Introduction
from tests.factories import MemberFactory
from tests.network.test_silent_decline import without_tokens

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

BEGIN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
NAMES = ["ana", "bo", "cy", "di"]
IN_A_WEEK, OPEN, CONNECTIONS, INTRODUCTIONS = 5, 4, 2, 2
"""Quotas as low as four people can reach."""
PAIRS = st.sampled_from([("ana", "bo"), ("bo", "ana")] * 4 + list(permutations(NAMES, 2)))
"""Two of them have more to do with each other, so that they come to third requests."""
TRIOS = st.sampled_from(list(permutations(NAMES, 3)))
NUMBERS = st.integers(0, 3)
NOTES = st.sampled_from(["Hello", "Hello again", "And again", "Once more", ""])


@dataclass
class Asked:
    """A request, as the model remembers it."""

    sender: str
    recipient: str
    note: str
    sent_at: datetime
    withdrawn_at: datetime | None = None
    later_on: datetime | None = None
    is_unknown: bool = False
    question: bool = False
    ended: bool = False

    def is_open(self, now: datetime) -> bool:
        return not self.ended and now < self.sent_at + timedelta(days=180)

    def again_at(self) -> datetime:
        if self.later_on:
            return self.later_on
        again = self.sent_at + timedelta(days=90)
        return max(again, self.withdrawn_at + timedelta(days=21)) if self.withdrawn_at else again


@dataclass
class Introduced:
    """An introduction, as the model remembers it."""

    asker: str
    through: str
    to: str
    asked_at: datetime
    is_passed_on: bool = False
    reached: bool = False
    is_declined: bool = False
    is_cut: bool = False
    connected: bool = False
    ended: bool = False

    def is_open(self, now: datetime) -> bool:
        return not self.ended and not self.connected and now < self.asked_at + timedelta(days=30)


@dataclass
class Model:
    """The rules once more, without a database: what stands between everybody, and what may be done."""

    doors: dict[str, str] = field(default_factory=lambda: dict.fromkeys(NAMES, "anyone"))
    hiding: set[str] = field(default_factory=set)
    asked: list[Asked] = field(default_factory=list)
    introduced: list[Introduced] = field(default_factory=list)
    connected: set[frozenset[str]] = field(default_factory=set)
    follows: set[tuple[str, str]] = field(default_factory=set)
    blocks: set[tuple[str, str]] = field(default_factory=set)

    def walled(self, one: str, other: str) -> bool:
        return (one, other) in self.blocks or (other, one) in self.blocks

    def is_full(self, name: str) -> bool:
        return sum(name in pair for pair in self.connected) >= CONNECTIONS

    def open_from(self, sender: str, recipient: str, now: datetime) -> Asked | None:
        return next(
            (one for one in self.asked if (one.sender, one.recipient) == (sender, recipient) and one.is_open(now)), None
        )

    def share_a_connection(self, one: str, other: str) -> bool:
        if {one, other} & self.hiding:
            return False
        between = set(NAMES) - {one, other} - self.hiding
        return any({frozenset({one, name}), frozenset({other, name})} <= self.connected for name in between)

    def earlier(self, sender: str, recipient: str) -> list[Asked]:
        return [one for one in self.asked if (one.sender, one.recipient) == (sender, recipient)]

    def dates_let(self, sender: str, recipient: str, now: datetime) -> bool:
        """§3.6: three attempts, introductions among them, and not before the date that the sender knows."""
        earlier = self.earlier(sender, recipient)
        introductions = sum((one.asker, one.to) == (sender, recipient) for one in self.introduced)
        spent = introductions + sum(one.later_on is None for one in earlier)
        return spent < 3 and (not earlier or now >= earlier[-1].again_at())

    def may_ask(self, sender: str, recipient: str, note: str, now: datetime) -> bool:
        """§3.6, §3.9, §3.10 and §3.11, one after the other."""
        earlier = self.earlier(sender, recipient)
        if not self.dates_let(sender, recipient, now) or any(one.is_unknown for one in earlier):
            return False
        if earlier and (not note or note in {one.note for one in earlier}):
            return False
        if self.doors[recipient] == "nobody":
            return False
        if self.doors[recipient] == "mutual" and not self.share_a_connection(sender, recipient):
            return False
        mine = [one for one in self.asked if one.sender == sender]
        within_a_week = sum(one.sent_at > now - timedelta(days=7) for one in mine)
        return within_a_week < IN_A_WEEK and sum(one.is_open(now) for one in mine) < OPEN and not self.is_full(sender)

    def may_be_introduced(self, asker: str, through: str, to: str, now: datetime) -> bool:
        """§5."""
        mine = [one for one in self.introduced if one.asker == asker and one.is_open(now)]
        return (
            not self.walled(asker, to)
            and frozenset({asker, to}) not in self.connected
            and {frozenset({asker, through}), frozenset({through, to})} <= self.connected
            and not {through, to} & self.hiding
            and not self.open_from(to, asker, now)
            and not self.introducing(to, asker, now)
            and all(one.to != to for one in mine)
            and self.dates_let(asker, to, now)
            and not any(one.is_unknown for one in self.earlier(asker, to))
            and self.doors[to] != "nobody"
            and len(mine) < INTRODUCTIONS
        )

    def is_answerable(self, one: Introduced, now: datetime) -> bool:
        """Whether the one who was asked may still pass it on."""
        needed = {frozenset({one.asker, one.through}), frozenset({one.through, one.to})}
        return one.is_open(now) and not one.is_cut and needed <= self.connected and not self.walled(one.asker, one.to)

    def is_received(self, one: Introduced) -> bool:
        """Whether it reached the one whom it is for, as far as they ever see it."""
        seen = not (self.walled(one.to, one.asker) or self.walled(one.to, one.through))
        unknown = any(asked.is_unknown for asked in self.earlier(one.asker, one.to))
        return one.reached and not one.is_cut and seen and not unknown

    def introducing(self, asker: str, to: str, now: datetime) -> Introduced | None:
        return next(
            (
                one
                for one in self.introduced
                if (one.asker, one.to) == (asker, to) and one.is_open(now) and self.is_received(one)
            ),
            None,
        )

    def connect(self, one: str, other: str, now: datetime) -> bool:
        if self.is_full(one) or self.is_full(other):
            return False
        self.connected.add(frozenset({one, other}))
        self.follows |= {(one, other), (other, one)}
        self.end_requests(one, other, now)
        for asked in self.earlier(one, other) + self.earlier(other, one):
            asked.is_unknown = False
        for introduction in self.introduced:
            if {introduction.asker, introduction.to} == {one, other} and not introduction.connected:
                introduction.ended = True
        return True

    def end_requests(self, one: str, other: str, now: datetime) -> None:
        for asked in self.asked:
            if {asked.sender, asked.recipient} == {one, other} and asked.is_open(now):
                asked.ended = True

    def part(self, one: str, other: str) -> None:
        """A connection takes its follows along; where there is none, nothing happens."""
        if frozenset({one, other}) in self.connected:
            self.end_connection(one, other)

    def end_connection(self, one: str, other: str) -> None:
        self.connected.discard(frozenset({one, other}))
        self.follows -= {(one, other), (other, one)}

    def wall(self, one: str, other: str, now: datetime) -> None:
        self.blocks.add((one, other))
        self.end_connection(one, other)
        self.end_requests(one, other, now)
        for introduction in self.introduced:
            if {introduction.through, introduction.to} == {one, other}:
                introduction.is_cut = True
            elif {one, other} <= {introduction.asker, introduction.through, introduction.to}:
                introduction.ended = True


class AnySequence(RuleBasedStateMachine):
    """The site and the model, side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = time_machine.travel(BEGIN, tick=False)
        self.time = self.clock.start()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        Community.objects.create(
            requests_in_7_days=IN_A_WEEK, open_requests=OPEN, connections=CONNECTIONS, requests_in_7_days_when_new=1
        )
        self.pks = {name: MemberFactory(first_name=name.title(), handle=name).pk for name in NAMES}
        self.model = Model()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)
        self.clock.stop()

    def who(self, name: str) -> User:
        return User.objects.get(pk=self.pks[name])

    def request(self, sender: str, recipient: str) -> ConnectionRequest | None:
        between = ConnectionRequest.objects.filter(sender=self.pks[sender], recipient=self.pks[recipient])
        return between.order_by("pk").last()

    def pair_of(self, which: int) -> tuple[str, str]:
        """Two between whom there was a request, the last ones first."""
        asked = self.model.asked[-1 - which % len(self.model.asked)]
        return asked.sender, asked.recipient

    def introduction(self, which: int) -> tuple[Introduced, Introduction]:
        one = self.model.introduced[-1 - which % len(self.model.introduced)]
        asked = Introduction.objects.filter(
            asker=self.pks[one.asker], through=self.pks[one.through], to=self.pks[one.to]
        )
        return one, asked.get(asked_at=one.asked_at)

    def does(self, doing) -> bool:
        """Do it, as one request of a browser would; say whether it wasn't refused."""
        try:
            with transaction.atomic():
                doing()
        except Refusal:
            return False
        return True

    @rule(pair=PAIRS, note=NOTES)
    def ask(self, pair, note) -> None:
        self.asks(pair, note)

    @precondition(lambda self: self.model.asked)
    @rule(which=NUMBERS, note=NOTES, early=st.booleans())
    def ask_again_on_the_day(self, which, note, early) -> None:
        """At the very moment from which one may, or a minute before."""
        last = self.model.asked[-1 - which % len(self.model.asked)]
        moment = last.again_at() - timedelta(minutes=early)
        if moment > timezone.now():
            self.time.move_to(moment)
        self.asks((last.sender, last.recipient), note)

    @rule(pair=PAIRS)
    def ask_as_often_as_one_may(self, pair) -> None:
        """And once more."""
        for note in ["One", "Two", "Three", "Four"]:
            if earlier := self.model.earlier(*pair):
                self.time.move_to(max(timezone.now(), earlier[-1].again_at()))
            self.asks(pair, f"{note} {len(self.model.asked)}")

    def asks(self, pair, note) -> None:
        sender, recipient = pair
        now, model = timezone.now(), self.model
        done = self.does(lambda: ask_to_connect(self.who(recipient), by=self.who(sender), context="worked", note=note))
        if model.walled(*pair) or frozenset(pair) in model.connected:
            assert not done
        elif model.open_from(recipient, sender, now):
            assert done is model.connect(sender, recipient, now)
        elif introduction := model.introducing(recipient, sender, now):
            assert done is not (model.is_full(sender) or model.is_full(recipient))
            if done:
                introduction.connected = True
                model.connect(sender, recipient, now)
                model.asked.append(Asked(sender, recipient, note, now, ended=True))
        elif model.may_ask(sender, recipient, note, now):
            assert done
            if replaced := model.open_from(sender, recipient, now):
                replaced.ended = True
            model.asked.append(Asked(sender, recipient, note, now))
        else:
            assert not done

    @precondition(lambda self: self.model.asked)
    @rule(which=NUMBERS)
    def withdraw(self, which) -> None:
        sender, recipient = self.pair_of(which)
        request = self.request(sender, recipient)
        waits = self.model.open_from(sender, recipient, timezone.now())
        done = self.does(lambda: withdraw_request(request, by=self.who(sender)))
        assert done is bool(waits or request.withdrawn_at)
        if waits:
            waits.ended, waits.withdrawn_at = True, timezone.now()

    @precondition(lambda self: self.model.asked)
    @rule(which=NUMBERS, unknown=st.booleans())
    def decline(self, which, unknown) -> None:
        """Or say that one doesn't know the sender: who notices neither, until the date from which they could ask."""
        sender, recipient = self.pair_of(which)
        request, now = self.request(sender, recipient), timezone.now()
        waits = self.model.open_from(sender, recipient, now)
        decide = mark_as_unknown if unknown else decline_request
        before = self.what_is_seen_by(sender, recipient)
        assert self.does(lambda: decide(request, by=self.who(recipient))) is bool(waits)
        if not (unknown and waits and now >= waits.again_at()):
            assert self.what_is_seen_by(sender, recipient) == before
        if waits and unknown:
            waits.is_unknown = True

    @precondition(lambda self: self.model.asked)
    @rule(which=NUMBERS, days=st.sampled_from([0, 1, 30, 365, 366]))
    def ask_for_later(self, which, days) -> None:
        sender, recipient = self.pair_of(which)
        request, now = self.request(sender, recipient), timezone.now()
        waits = self.model.open_from(sender, recipient, now)
        on = now.date() + timedelta(days=days)
        done = self.does(lambda: ask_for_later(request, by=self.who(recipient), on=on))
        assert done is bool(waits and not waits.is_unknown and 0 < days < 366)
        if done:
            waits.later_on = datetime(on.year, on.month, on.day, tzinfo=UTC)

    @precondition(lambda self: self.model.asked)
    @rule(which=NUMBERS)
    def question_and_answer(self, which) -> None:
        sender, recipient = self.pair_of(which)
        request = self.request(sender, recipient)
        waits = self.model.open_from(sender, recipient, timezone.now())
        asked_before = bool(waits and waits.question)
        asked = self.does(lambda: ask_question(request, by=self.who(recipient), question="How?"))
        assert asked is bool(waits and (asked_before or not waits.is_unknown))
        answered = self.does(lambda: answer_question(request, by=self.who(sender), answer="From work"))
        assert answered is bool(waits and (asked or asked_before))
        if asked:
            waits.question = True

    @precondition(lambda self: self.model.asked)
    @rule(which=NUMBERS)
    def accept(self, which) -> None:
        sender, recipient = pair = self.pair_of(which)
        request, now, model = self.request(sender, recipient), timezone.now(), self.model
        waits = model.open_from(sender, recipient, now)
        accepted_before = request.accepted_at is not None and frozenset(pair) in model.connected
        done = self.does(lambda: accept_request(request, by=self.who(recipient)))
        assert done is (accepted_before or bool(waits and model.connect(sender, recipient, now)))

    @rule(trio=TRIOS)
    def ask_for_introduction(self, trio) -> None:
        asker, through, to = trio
        now, model = timezone.now(), self.model
        may = model.may_be_introduced(*trio, now)
        done = self.does(
            lambda: ask_for_introduction(
                self.who(to), by=self.who(asker), through=self.who(through), reason="We share a river"
            )
        )
        assert done is may
        if done:
            model.introduced.append(Introduced(*trio, now))

    @precondition(lambda self: self.model.introduced)
    @rule(which=NUMBERS)
    def pass_on(self, which) -> None:
        one, introduction = self.introduction(which)
        may = self.model.is_answerable(one, timezone.now())
        done = self.does(lambda: pass_introduction_on(introduction, by=self.who(one.through), line="Good people"))
        assert done is may
        if done and not one.is_passed_on:
            one.is_passed_on, one.is_declined = True, False
            one.reached = self.model.doors[one.to] != "nobody"

    @precondition(lambda self: self.model.introduced)
    @rule(which=NUMBERS, who=st.sampled_from(["through", "to"]))
    def keep_silent(self, which, who) -> None:
        """Not passing on, and setting aside: whoever asked sees no difference."""
        one, introduction = self.introduction(which)
        now, model = timezone.now(), self.model
        before = self.what_is_seen_by(one.asker, one.to)
        if who == "through":
            done = self.does(lambda: decline_introduction(introduction, by=self.who(one.through)))
            assert done is (model.is_answerable(one, now) and (one.is_declined or not one.is_passed_on))
            one.is_declined = one.is_declined or done
        else:
            done = self.does(lambda: set_introduction_aside(introduction, by=self.who(one.to)))
            assert done is (one.is_open(now) and model.is_received(one))
        assert self.what_is_seen_by(one.asker, one.to) == before

    @precondition(lambda self: self.model.introduced)
    @rule(which=NUMBERS)
    def connect_by_introduction(self, which) -> None:
        one, introduction = self.introduction(which)
        now, model = timezone.now(), self.model
        may = one.is_open(now) and model.is_received(one) and not (model.is_full(one.asker) or model.is_full(one.to))
        done = self.does(lambda: connect_introduced(introduction, by=self.who(one.to)))
        assert done is (one.connected or may)
        if done and not one.connected:
            one.connected = True
            model.connect(one.asker, one.to, now)

    @rule(pair=PAIRS, starts=st.booleans())
    def follow(self, pair, starts) -> None:
        if not starts:
            unfollow_member(self.who(pair[1]), by=self.who(pair[0]))
            self.model.follows.discard(pair)
            return
        done = self.does(lambda: follow_member(self.who(pair[1]), by=self.who(pair[0])))
        assert done is not self.model.walled(*pair)
        if done:
            self.model.follows.add(pair)

    @rule(trio=TRIOS, how=st.sampled_from(["part", "part", "block"]), back=st.booleans())
    def part(self, trio, how, back) -> None:
        """Disconnect; or put up a wall, and perhaps take it down again: what it ended stays ended."""
        pair = trio[:2]
        if how == "part":
            disconnect(self.who(pair[1]), by=self.who(pair[0]))
            self.model.part(*pair)
            return
        block_member(self.who(pair[1]), by=self.who(pair[0]))
        self.model.wall(*pair, timezone.now())
        if back:
            unblock_member(self.who(pair[1]), by=self.who(pair[0]))
            self.model.blocks.discard(pair)

    @rule(name=st.sampled_from(NAMES), door=st.sampled_from(["anyone", "mutual", "nobody"]), hides=st.booleans())
    def choose(self, name, door, hides) -> None:
        """Who may ask, and whether one's connections are for nobody."""
        audience = "nobody" if hides else "connections"
        User.objects.filter(pk=self.pks[name]).update(door=door, connections_audience=audience)
        self.model.doors[name] = door
        self.model.hiding = self.model.hiding | {name} if hides else self.model.hiding - {name}

    @rule(days=st.sampled_from([1, 7, 21, 29, 90]))
    def pass_time(self, days) -> None:
        self.time.shift(timedelta(days=days))

    @invariant()
    def the_site_agrees_with_the_model(self) -> None:
        names = {pk: name for name, pk in self.pks.items()}
        now, model = timezone.now(), self.model
        rows = {(names[row.sender_id], names[row.recipient_id]) for row in ConnectionRequest.objects.open()}
        assert rows == {(one.sender, one.recipient) for one in model.asked if one.is_open(now)}
        introductions = [(names[row.asker_id], names[row.to_id]) for row in Introduction.objects.open()]
        assert sorted(introductions) == sorted((one.asker, one.to) for one in model.introduced if one.is_open(now))
        connections = {(names[one], names[other]) for one, other in Connection.objects.values_list("member", "other")}
        assert connections == {pair for both in model.connected for pair in permutations(both)}
        follows = {(names[one], names[other]) for one, other in Follow.objects.values_list("follower", "followed")}
        assert follows == model.follows
        between = [frozenset(pair) for pair in rows]
        assert len(set(between)) == len(between)
        assert not model.connected & set(between)
        assert all(not self.model.walled(*pair) for pair in rows | connections | follows)

    def what_is_seen_by(self, sender: str, recipient: str) -> dict[str, tuple[int, str]]:
        """The pages on which a sender could notice what became of their request."""
        addresses = [
            reverse("requests_sent"),
            reverse("introductions"),
            reverse("profile", args=[recipient]),
        ]
        with transaction.atomic():
            browser = Client()
            browser.force_login(self.who(sender), backend="accounts.backends.MemberBackend")
            answers = {address: browser.get(address) for address in addresses}
            transaction.set_rollback(True)  # so that having looked changes nothing: notices are read now
        return {address: (answer.status_code, without_tokens(answer.text)) for address, answer in answers.items()}


def test_whatever_happens_the_rules_of_asking_hold(monkeypatch):
    monkeypatch.setattr(introducing, "MOST_OPEN", INTRODUCTIONS)
    run_state_machine_as_test(
        AnySequence,
        settings=settings(
            max_examples=20,
            stateful_step_count=30,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
