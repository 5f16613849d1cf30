"""People you may know: who is suggested, in which order, and who never is, whatever was computed before."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.actions import block_member
from accounts.audiences import Audience
from accounts.models import User
from accounts.models.standing import FOR_GOOD
from communities.models import Membership
from network.actions import (
    accept_request,
    ask_for_introduction,
    decline_introduction,
    decline_request,
    disconnect,
    dismiss_suggestion,
    mark_as_unknown,
    set_introduction_aside,
    take_back_dismissal,
    withdraw_request,
)
from network.ground import common_ground
from network.models import Connection, SuggestedTo, Suggestion
from network.suggesting.computing import suggest_to
from profiles.models import Education, Position
from tests.factories import MemberFactory, connect, follow, put_up_event, request, seat
from tests.factories.groups import group_of
from tests.factories.introductions import introduce
from tests.network.test_silent_decline import without_tokens

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]


def compute(member: User) -> None:
    """Compute anew for a member, however fresh it is."""
    SuggestedTo.objects.filter(member=member).update(suggested_at=None)
    suggest_to(member)


def shown(client) -> list[str]:
    """The first names on the page, in order."""
    return [member.first_name for member in client.get(reverse("suggestions")).context["page"].rows]


def stored(member: User) -> set[int]:
    return set(Suggestion.objects.filter(member=member).values_list("other", flat=True))


@pytest.fixture
def noor(ines, tomasz) -> User:
    """Connected with Tomasz, as Ines is."""
    member = MemberFactory(first_name="Noor", last_name="Haddad", handle="noor", email="noor@example.com")
    connect(member, tomasz)
    return member


def change(member: User, **fields) -> None:
    User.objects.filter(pk=member.pk).update(**fields)


def asked_and_withdrawn(ines, noor) -> None:
    withdraw_request(request(ines, noor), by=ines)


def connected_and_parted(ines, noor) -> None:
    connect(ines, noor)
    disconnect(ines, by=noor)


def asked_in_vain(ines, noor) -> None:
    """Three times, the last one long ago."""
    for ago, note in ((900, ""), (700, "Once more."), (500, "A last time.")):
        with time_machine.travel(timezone.now() - timedelta(days=ago), tick=False):
            request(ines, noor, note=note)


NEVER = {
    "they blocked the viewer": lambda ines, noor, tomasz: block_member(ines, by=noor),
    "the viewer blocked them": lambda ines, noor, tomasz: block_member(noor, by=ines),
    "they are suspended": lambda ines, noor, tomasz: change(noor, suspended_until=FOR_GOOD),
    "they are leaving": lambda ines, noor, tomasz: change(noor, leaves_at=timezone.now()),
    "they let nobody ask": lambda ines, noor, tomasz: change(noor, door="nobody"),
    "they let only friends of friends ask, and hide who theirs are": lambda ines, noor, tomasz: change(
        noor, door="mutual", connections_audience=Audience.NOBODY
    ),
    "they hide their connections": lambda ines, noor, tomasz: change(noor, connections_audience=Audience.NOBODY),
    "the only mutual connection hides theirs": lambda ines, noor, tomasz: change(
        tomasz, connections_audience=Audience.NOBODY
    ),
    "the only mutual connection is suspended": lambda ines, noor, tomasz: change(tomasz, suspended_until=FOR_GOOD),
    "the mutual connection and they parted": lambda ines, noor, tomasz: disconnect(noor, by=tomasz),
    "they are connected": lambda ines, noor, tomasz: connect(ines, noor),
    "they were connected, and are no longer": lambda ines, noor, tomasz: connected_and_parted(ines, noor),
    "the viewer asked them": lambda ines, noor, tomasz: request(ines, noor),
    "the viewer asked them, who declined": lambda ines, noor, tomasz: decline_request(request(ines, noor), by=noor),
    "the viewer asked them, and took it back": lambda ines, noor, tomasz: asked_and_withdrawn(ines, noor),
    "the viewer asked them three times": lambda ines, noor, tomasz: asked_in_vain(ines, noor),
    "they asked the viewer": lambda ines, noor, tomasz: request(noor, ines),
    "the viewer set their request aside": lambda ines, noor, tomasz: decline_request(request(noor, ines), by=ines),
    "the viewer doesn't know them": lambda ines, noor, tomasz: mark_as_unknown(request(noor, ines), by=ines),
    "the viewer asks to be introduced to them": lambda ines, noor, tomasz: ask_for_introduction(
        noor, by=ines, through=tomasz, reason="Her gauges."
    ),
    "they were introduced to the viewer": lambda ines, noor, tomasz: introduce(noor, ines, through=tomasz),
    "the viewer set their introduction aside": lambda ines, noor, tomasz: set_introduction_aside(
        introduce(noor, ines, through=tomasz), by=ines
    ),
    "the viewer dismissed them": lambda ines, noor, tomasz: dismiss_suggestion(noor, by=ines),
}
"""Why somebody is not suggested: each begins after they were computed."""


@pytest.mark.parametrize("why", NEVER)
def test_is_not_suggested_from_the_moment_on_when(why, ines, tomasz, noor, as_member):
    client = as_member(ines)
    assert shown(client) == ["Noor"]
    assert client.get(reverse("beside_the_feed"), headers={"HX-Request": "true"}).context["suggested"] == [noor]
    NEVER[why](ines, noor, tomasz)
    assert shown(client) == []
    assert client.get(reverse("beside_the_feed"), headers={"HX-Request": "true"}).context["suggested"] == []


@pytest.mark.parametrize("why", [why for why in NEVER if why != "the viewer asked them three times"])
def test_no_room_is_kept_when(why, ines, tomasz, noor):
    compute(ines)
    assert stored(ines) == {noor.pk}
    NEVER[why](ines, noor, tomasz)
    compute(ines)
    assert stored(ines) == set()


def test_somebody_asked_is_suggested_again_when_one_may_ask_again(ines, tomasz, noor, as_member):
    asked_and_withdrawn(ines, noor)
    with time_machine.travel(timezone.now() + timedelta(days=89)):
        assert shown(as_member(ines)) == []
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        assert shown(as_member(ines)) == ["Noor"]


def test_a_request_that_expired_is_declined_for_good(ines, tomasz, noor, as_member):
    decline_request(request(noor, ines), by=ines)
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        assert shown(as_member(ines)) == []


def test_whoever_was_declined_once_and_accepted_in_the_end_is_no_newcomer(ines, tomasz, noor, as_member):
    asked = request(noor, ines)
    decline_request(asked, by=ines)
    accept_request(asked, by=ines)
    disconnect(noor, by=ines)
    assert shown(as_member(ines)) == []


def test_the_most_in_common_comes_first_with_its_reasons(ines, tomasz, lina, as_member):
    """Weights are those of `network.ground`, whatever the kind."""
    amara, wei, olga, zoe = (MemberFactory(first_name=name) for name in ("Amara", "Wei", "Olga", "Zoe"))
    event = put_up_event(tomasz, "RiverConf", starts_at=timezone.now() - timedelta(days=3))
    seat(event, ines, amara, confirmed=True)
    group_of(lina, ines, wei, amara, name="Low water")
    for number in range(3):
        friend = MemberFactory()
        connect(friend, ines)
        connect(friend, olga if number else zoe)
    connect(zoe, tomasz)
    connect(olga, tomasz)
    for member, first in ((ines, 2006), (wei, 2007), (lina, 1990)):
        Education.objects.create(member=member, school="Uppsala", started_year=first, ended_year=first + 2)
    compute(ines)
    people = common_ground(User.objects.filter(pk__in=stored(ines)), viewer=ines)
    weights = {member.first_name: member.ground.weight for member in people}
    assert weights == {"Amara": 20, "Olga": 13, "Wei": 17, "Zoe": 12, "Lina": 10}
    assert dict(Suggestion.objects.filter(member=ines).values_list("other__first_name", "weight")) == weights
    page = as_member(ines).get(reverse("suggestions"))
    assert [member.first_name for member in page.context["page"].rows] == ["Amara", "Wei", "Olga", "Zoe", "Lina"]
    reasons = {item.text for member in page.context["page"].rows for item in member.ground.items}
    for reason in (
        "Both were at RiverConf",
        "Both are in Low water",
        "3 mutual connections",
        "Both list Uppsala, 2007–2008",
    ):
        assert reason in reasons


def test_having_been_at_one_place_at_different_times_is_not_enough(ines, lina):
    for member, first in ((ines, 2006), (lina, 1990)):
        Position.objects.create(member=member, organization="River Board", started_year=first, ended_year=first + 2)
    compute(ines)
    assert stored(ines) == set()
    Position.objects.create(member=lina, organization="The River Board", started_year=2008)
    compute(ines)
    assert stored(ines) == {lina.pk}


def test_what_is_shared_only_out_of_sight_is_no_reason(ines, lina, amara, as_member):
    """A group that an operator hid, and an event that was cancelled afterwards."""
    group = group_of(lina, ines, name="Low water")
    event = put_up_event(ines, "RiverConf", starts_at=timezone.now() - timedelta(days=3))
    seat(event, ines, amara, confirmed=True)
    client = as_member(ines)
    assert shown(client) == ["Amara", "Lina"]
    group.hidden_at = event.cancelled_at = timezone.now()
    group.save()
    event.save()
    assert shown(client) == []
    compute(ines)
    assert stored(ines) == set()


def test_of_a_large_group_only_some_are_looked_at(ines, lina, monkeypatch):
    monkeypatch.setattr("network.suggesting.ranking.LOOKED_AT", 3)
    group = group_of(lina, ines, name="Low water")
    old = Membership.objects.filter(group=group)
    old.update(joined_at=timezone.now() - timedelta(days=9))
    newest = [MemberFactory() for _ in range(6)]
    Membership.objects.bulk_create(Membership(group=group, member=member) for member in newest)
    compute(ines)
    assert stored(ines) == {lina.pk, newest[-1].pk, newest[-2].pk}


def test_a_dismissal_is_for_good_and_can_be_taken_back(ines, tomasz, noor, as_member):
    client = as_member(ines)
    assert shown(client) == ["Noor"]
    answer = client.post(reverse("dismiss_suggestion", args=["noor"]), follow=True)
    assert "Noor Haddad will not be suggested to you any more." in answer.text
    with time_machine.travel(timezone.now() + timedelta(days=3650)):
        assert shown(as_member(ines)) == []
    page = client.get(reverse("dismissals"))
    assert "Noor Haddad" in page.text
    client.post(reverse("take_back_dismissal", args=["noor"]))
    assert "Nobody." in client.get(reverse("dismissals")).text
    assert shown(client) == ["Noor"]


def test_a_double_click_dismisses_once_and_a_wall_hides_whom_one_dismissed(ines, noor, as_member):
    for _ in range(2):
        dismiss_suggestion(noor, by=ines)
    assert ines.dismissals.count() == 1
    block_member(ines, by=noor)
    assert "Noor" not in as_member(ines).get(reverse("dismissals")).text
    assert as_member(ines).post(reverse("dismiss_suggestion", args=["noor"])).status_code == 404
    take_back_dismissal(noor, by=ines)
    assert not ines.dismissals.exists()


def test_the_pieces_for_htmx_are_those_of_the_page(ines, noor, as_member):
    client, htmx = as_member(ines), {"HX-Request": "true"}
    page = client.get(reverse("suggestions")).text
    gone = client.post(reverse("dismiss_suggestion", args=["noor"]), headers=htmx).text
    assert "Noor Haddad will not be suggested" in gone
    assert "<html" not in gone
    again = client.post(reverse("take_back_dismissal", args=["noor"]), headers=htmx).text

    assert without_tokens(again).strip().removeprefix('<li tabindex="-1" data-focus>') in without_tokens(page)


def test_the_other_never_learns_of_it(ines, noor, as_member):
    """Neither that they are suggested nor that they are dismissed: no notice, and their own suggestions stay."""
    theirs = as_member(noor)
    assert shown(theirs) == ["Ines"]
    dismiss_suggestion(noor, by=ines)
    assert shown(theirs) == ["Ines"]
    assert not noor.notices.filter(actor=ines).exists()


def test_nobody_sees_by_suggestions_what_others_keep_to_themselves(ines, tomasz, noor, as_member):
    """That Noor follows quietly, looks at the profile, or asks for an introduction that was not passed on."""
    client = as_member(ines)
    before = client.get(reverse("suggestions")).text
    follow(noor, ines, quiet=True)
    as_member(noor).get(reverse("profile", args=["ines"]))
    asked = ask_for_introduction(ines, by=noor, through=tomasz, reason="Her gauges.")
    assert shown(client) == ["Noor"]
    compute(ines)
    decline_introduction(asked, by=tomasz)
    assert without_tokens(client.get(reverse("suggestions")).text) == without_tokens(before)


def test_newcomers_read_what_helps(lina, as_member):
    page = as_member(lina).get(reverse("suggestions"))
    assert "Nobody to suggest yet" in page.text
    assert reverse("groups") in page.text


def many(ines: User, number: int) -> None:
    """So many people who know Tomasz."""
    tomasz = User.objects.get(handle="tomasz")
    for _ in range(number):
        member = MemberFactory()
        Connection.objects.bulk_create(
            [Connection(member=member, other=tomasz), Connection(member=tomasz, other=member)]
        )


QUERIES = 12


def test_the_page_costs_the_same_with_one_and_with_fifty(ines, tomasz, as_member, django_assert_max_num_queries):
    client, costs = as_member(ines), []
    for number in (1, 49):
        many(ines, number)
        compute(ines)
        client.get(reverse("suggestions"))
        with django_assert_max_num_queries(QUERIES) as queries:
            answer = client.get(reverse("suggestions"))
        assert len(answer.context["page"].rows) == min(number, 20)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_reading_on_shows_everybody_once(ines, tomasz, as_member):
    many(ines, 45)
    client, address, seen = as_member(ines), reverse("suggestions"), []
    while address:
        page = client.get(address).context["page"]
        seen += [member.pk for member in page.rows]
        address = page.next_url
    assert len(seen) == len(set(seen)) == 45
    piece = client.get(client.get(reverse("suggestions")).context["page"].next_url, headers={"HX-Request": "true"})
    assert piece.text.count('<div class="person">') == 20
    assert "<html" not in piece.text
