"""Openers from common ground: what they say, and how they get into a note (product.md §4)."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.models import Attendance
from network.coach import coach
from network.ground import Ground, Shared
from network.ground.shared import EVENT, GROUP, MUTUAL, ORGANIZATION, SCHOOL
from network.models import ConnectionRequest
from network.openers import MOST, PROVING, openers, proves, with_opener
from tests.communities.breakers import event
from tests.factories import MemberFactory, connect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

Context = ConnectionRequest.Context
MET = "We were both at RiverConf."


def shared(kind: str, *, proved: bool = True, weight: int = 1, **about) -> Shared:
    return Shared(kind=kind, proved=proved, text="", weight=weight, **{"name": "Uppsala"} | about)


def said(*items: Shared) -> list[str]:
    return openers(SimpleNamespace(ground=Ground.of(items)), viewer=None)


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        (shared(EVENT, name="RiverConf 2026"), "We were both at RiverConf 2026."),
        (shared(GROUP, name="River engineers"), "We are both in River engineers."),
        (shared(SCHOOL, years=(2008, 2010)), "We were both at Uppsala, 2008–2010."),
        (shared(SCHOOL, years=(2008, 2008)), "We were both at Uppsala, 2008."),
        (shared(ORGANIZATION), "We were both at Uppsala."),
        (shared(SCHOOL, years=(2015, 2026), goes_on=True), "We have both been at Uppsala since 2015."),
        (shared(SCHOOL, proved=False, years=(2006, 2008)), "I see that you also list Uppsala, 2006–2008."),
        (shared(ORGANIZATION, proved=False), "I see that you also list Uppsala."),
        (
            shared(SCHOOL, proved=False, years=(2015, 2026), goes_on=True),
            "I see that you also list Uppsala, since 2015.",
        ),
    ],
)
def test_what_is_proved_is_said_and_what_is_claimed_is_said_to_be_listed(item, sentence):
    assert said(item) == [sentence]


def test_at_most_four_are_offered_the_weightiest_first():
    items = [shared(GROUP, name=f"Group {n}", weight=n) for n in range(6)]
    assert said(*items) == [f"We are both in Group {n}." for n in (5, 4, 3, 2)]
    assert MOST == 4


def test_a_mutual_connection_is_named_if_the_viewer_may_know_them(lina, ines):
    between = MemberFactory(first_name="Bo", last_name="Lund")
    connect(lina, between)
    connect(ines, between)
    ines.ground = Ground.of([shared(MUTUAL)])
    assert openers(ines, viewer=lina) == ["We both know Bo Lund."]


def test_an_opener_alone_is_no_good_note_and_the_coach_says_that_the_name_is_missing():
    kinds = [shared(kind, name="RiverConf 2026") for kind in (EVENT, GROUP, SCHOOL)]
    for opener in said(*kinds, shared(SCHOOL, proved=False, years=(2006, 2008))):
        lines = {line.key: line for line in coach(opener, recipient="Ines Moreau", sender="Lina Berg")}
        assert lines["name"].ok is False, opener
        assert "Ines" in lines["name"].reason
        assert lines["short"].ok, opener


@pytest.mark.parametrize("context", Context.values)
@pytest.mark.parametrize("kind", [MUTUAL, GROUP, EVENT, ORGANIZATION, SCHOOL])
def test_a_context_is_proved_by_its_own_kind_of_common_ground_and_never_by_a_claim(context, kind):
    assert proves(Ground.of([shared(kind)]), context) is (kind in PROVING.get(context, ()))
    assert not proves(Ground.of([shared(kind, proved=False)]), context)


def test_what_proves_each_context():
    assert {
        "worked": {ORGANIZATION},
        "studied": {SCHOOL, ORGANIZATION},
        "event": {EVENT},
        "introduced": {MUTUAL},
    } == PROVING


@pytest.mark.parametrize(
    ("note", "longer"),
    [
        ("", MET),
        ("Hi Ines,", f"Hi Ines, {MET}"),
        ("Hi Ines,\n", f"Hi Ines,\n{MET}"),
        (f"Hi Ines. {MET} Thanks!", f"Hi Ines. {MET} Thanks!"),
    ],
)
def test_an_opener_goes_behind_what_is_typed_and_is_not_said_twice(note, longer):
    assert with_opener(note, MET) == longer


@pytest.fixture
def met(lina, ines):
    """Lina and Ines were at RiverConf, and both say so."""
    conference = event(host=ines, title="RiverConf")
    for member in (ines, lina):
        Attendance.objects.create(
            event=conference, member=member, answer="attending", seated_at=timezone.now(), confirmed_at=timezone.now()
        )


def test_a_pressed_opener_comes_back_in_the_note_and_nothing_is_sent(met, lina, as_member):
    asker = as_member(lina)
    assert f'value="{MET}"' in asker.get(reverse("ask_to_connect", args=["ines"])).text
    form = {"context": "event", "note": "Hi Ines,", "key": str(uuid4())}
    page = asker.post(reverse("coach_note", args=["ines"]), form | {"opener": MET}).text
    assert f"Hi Ines, {MET}</textarea>" in page
    assert form["key"] in page, "what is typed stays"
    assert not ConnectionRequest.objects.exists()


def test_only_openers_that_are_offered_get_into_the_note(met, lina, as_member):
    form = {"note": "Hi Ines,", "opener": "Buy my boat."}
    assert "Buy my boat" not in as_member(lina).post(reverse("coach_note", args=["ines"]), form).text


def test_where_nothing_is_shared_none_is_offered(ines, lina, as_member):
    assert "data-into" not in as_member(lina).get(reverse("ask_to_connect", args=["ines"])).text


def test_what_the_coach_costs_does_not_grow_with_what_is_typed(met, lina, as_member, django_assert_num_queries):
    asker = as_member(lina)
    address, htmx = reverse("coach_note", args=["ines"]), {"HX-Request": "true"}
    asker.post(address, {"note": "Hi", "context": "event"}, headers=htmx)
    for note in ("Hi Ines", MET * 10):
        with django_assert_num_queries(COACHED):
            asker.post(address, {"note": note, "context": "event"}, headers=htmx)


COACHED = 8
