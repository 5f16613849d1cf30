"""Who may ask, follow, endorse and see connections: product.md §2, cell by cell, over the pages and what they send."""

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.actions import block_member
from accounts.models import Block, User
from network.actions import disconnect, remove_follower
from network.endorsements import skills_with_endorsements
from network.endorsing import endorse_skill, hide_endorsement
from network.models import Connection, ConnectionRequest, Endorsement, Follow
from profiles.models import Skill
from tests.cast import CAST
from tests.factories import MemberFactory, connect, follow, request

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

SIGN_IN, GONE, PAGE, ELSEWHERE = "sign in", 404, 200, "elsewhere"

# viewer: what the page to ask Ines on answers, and whether it has a form
ASKS = {
    "ines": (GONE, False),
    "tomasz": (ELSEWHERE, False),
    "amara": (PAGE, True),
    "lina": (PAGE, True),
    "bill": (GONE, False),
    "jorge": (GONE, False),
    "visitor": (SIGN_IN, False),
}
# viewer: may follow Ines (a connection does so already), endorse her skill
FOLLOWS = {"ines": GONE, "tomasz": True, "amara": True, "lina": True, "bill": GONE, "jorge": GONE, "visitor": SIGN_IN}
ENDORSES = {"ines": GONE, "tomasz": True, "amara": True, "lina": GONE, "bill": GONE, "jorge": GONE, "visitor": SIGN_IN}
# viewer: sees the list of the connections of Ines, when it is for (members, connections, nobody)
SEES_CONNECTIONS = {
    "ines": (ELSEWHERE, ELSEWHERE, ELSEWHERE),
    "tomasz": (PAGE, PAGE, GONE),
    "amara": (PAGE, GONE, GONE),
    "lina": (PAGE, GONE, GONE),
    "bill": (GONE, GONE, GONE),
    "jorge": (GONE, GONE, GONE),
    "visitor": (SIGN_IN, SIGN_IN, SIGN_IN),
}
ALL_POSTS = ["follow", "unfollow", "mute", "unmute", "remove_follower", "disconnect", "block"]


def test_the_tables_name_the_whole_cast():
    assert list(ASKS) == list(FOLLOWS) == list(ENDORSES) == list(SEES_CONNECTIONS) == CAST


def said(answer):
    """What an answer comes to: a page, gone, the way to sign in, or the way elsewhere."""
    if answer.status_code == 302:
        return SIGN_IN if answer.url.startswith("/accounts/login/") else ELSEWHERE
    return answer.status_code


@pytest.mark.parametrize("viewer", ASKS)
def test_who_is_offered_to_ask(as_member, cast, viewer):
    answer = as_member(cast[viewer]).get(reverse("ask_to_connect", args=["ines"]))
    assert (said(answer), b'id="ask"' in answer.content) == ASKS[viewer]


@pytest.mark.parametrize("viewer", CAST)
def test_who_sends_a_request(as_member, cast, ines, viewer):
    as_member(cast[viewer]).post(reverse("ask_to_connect", args=["ines"]), {"context": "worked", "key": uuid4()})
    sent = ConnectionRequest.objects.open().filter(recipient=ines).values_list("sender__handle", flat=True)
    assert list(sent) == ([viewer] if ASKS[viewer][1] else [])


@pytest.mark.parametrize("viewer", FOLLOWS)
def test_who_follows(as_member, cast, ines, viewer):
    Follow.objects.all().delete()
    answer = as_member(cast[viewer]).post(reverse("follow", args=["ines"]))
    follows = Follow.objects.filter(followed=ines).exists()
    assert (True if follows else said(answer)) == FOLLOWS[viewer]


@pytest.mark.parametrize("viewer", CAST)
def test_only_connections_follow_somebody_who_limits_followers(as_member, cast, ines, viewer):
    Follow.objects.all().delete()
    User.objects.filter(pk=ines.pk).update(followers_from=User.FollowersFrom.CONNECTIONS)
    as_member(cast[viewer]).post(reverse("follow", args=["ines"]))
    assert Follow.objects.filter(followed=ines).exists() == (viewer == "tomasz")


@pytest.mark.parametrize("viewer", ENDORSES)
def test_who_endorses_a_skill(as_member, cast, ines, viewer):
    skill = Skill.objects.create(member=ines, name="Hydrology")
    answer = as_member(cast[viewer]).post(reverse("endorse", args=[skill.pk]), {"basis": "worked"})
    assert (True if Endorsement.objects.exists() else said(answer)) == ENDORSES[viewer]


def test_a_quiet_follow_opens_no_endorsement(as_member, ines, lina):
    follow(lina, ines, quiet=True)
    skill = Skill.objects.create(member=ines, name="Hydrology")
    assert as_member(lina).post(reverse("endorse", args=[skill.pk])).status_code == 404
    (listed,) = skills_with_endorsements(ines, lina)
    assert not listed.may_endorse


@pytest.mark.parametrize(("number", "audience"), list(enumerate(["members", "connections", "nobody"])))
@pytest.mark.parametrize("viewer", SEES_CONNECTIONS)
def test_who_sees_the_list_of_connections(as_member, cast, ines, viewer, number, audience):
    User.objects.filter(pk=ines.pk).update(connections_audience=audience)
    answer = as_member(cast[viewer]).get(reverse("profile_connections", args=["ines"]))
    assert said(answer) == SEES_CONNECTIONS[viewer][number]


@pytest.mark.parametrize("name", ALL_POSTS)
@pytest.mark.parametrize("viewer", ["bill", "jorge"])
def test_behind_a_wall_there_is_nobody_to_do_anything_about(as_member, cast, viewer, name):
    assert as_member(cast[viewer]).post(reverse(name, args=["ines"])).status_code == 404
    assert as_member(cast["ines"]).post(reverse(name, args=[viewer])).status_code == 404


@pytest.mark.parametrize("name", [*ALL_POSTS, "ask_to_connect", "profile_connections", "mutual_connections"])
def test_a_suspended_member_is_nowhere(as_member, ines, vera, name):
    assert as_member(ines).post(reverse(name, args=["vera"])).status_code == 404


@pytest.mark.parametrize("answer", ["accept", "decline"])
@pytest.mark.parametrize("viewer", ["lina", "tomasz", "bill"])
def test_nobody_answers_a_request_to_somebody_else(as_member, cast, ines, lina, viewer, answer):
    sent = request(lina, ines)
    assert as_member(cast[viewer]).post(reverse(f"{answer}_request", args=[sent.pk])).status_code == 404
    assert ConnectionRequest.objects.waiting_for(ines).exists()


def test_nobody_withdraws_a_request_of_somebody_else(as_member, ines, lina, tomasz):
    sent = request(lina, ines)
    for other in (ines, tomasz):
        assert as_member(other).post(reverse("withdraw_request", args=[sent.pk])).status_code == 404


def test_nobody_hides_an_endorsement_of_somebody_else(as_member, ines, tomasz):
    skill = Skill.objects.create(member=ines, name="Hydrology")
    endorsement = endorse_skill(skill, by=tomasz)
    assert as_member(tomasz).post(reverse("hide_endorsement", args=[endorsement.pk])).status_code == 404


def test_a_pending_request_opens_nothing(as_member, ines, lina):
    request(lina, ines)
    skill = Skill.objects.create(member=ines, name="Hydrology")
    assert as_member(lina).post(reverse("endorse", args=[skill.pk])).status_code == 404
    assert as_member(lina).get(reverse("profile_connections", args=["ines"])).status_code == 404


def vouched(member, viewer) -> tuple[int, list[str], int]:
    (skill,) = skills_with_endorsements(member, viewer)
    return skill.by_connections, [one.first_name for one in skill.among_them], skill.by_followers


def test_endorsements_by_connections_are_counted_and_named_and_those_by_followers_stand_apart(
    ines, tomasz, amara, lina
):
    skill = Skill.objects.create(member=ines, name="Hydrology")
    for member in (tomasz, amara):
        endorse_skill(skill, by=member)
    assert vouched(ines, lina) == (1, ["Tomasz"], 1)


def test_the_viewers_own_connections_are_named_first(ines, lina):
    skill = Skill.objects.create(member=ines, name="Hydrology")
    known, *others = [MemberFactory(first_name=name) for name in ("Known", "One", "Two")]
    for member in (known, *others):
        connect(member, ines)
        endorse_skill(skill, by=member)
    connect(known, lina)
    number, names, _followers = vouched(ines, lina)
    assert (number, names[0]) == (3, "Known")


def test_an_endorser_who_is_neither_any_more_no_longer_counts(ines, tomasz, amara, lina):
    skill = Skill.objects.create(member=ines, name="Hydrology")
    for member in (tomasz, amara):
        endorse_skill(skill, by=member)
    disconnect(tomasz, by=ines)
    remove_follower(amara, by=ines)
    assert vouched(ines, lina) == (0, [], 0)


def test_a_member_hides_any_single_endorsement_and_switches_off_those_by_followers(
    ines, tomasz, amara, lina, as_member
):
    skill = Skill.objects.create(member=ines, name="Hydrology")
    hidden = endorse_skill(skill, by=tomasz)
    endorse_skill(skill, by=amara)
    hide_endorsement(hidden, by=ines)
    assert vouched(ines, lina) == (0, [], 1)
    as_member(ines).post(reverse("follower_endorsements"), {})
    assert vouched(ines, lina) == (0, [], 0)
    assert as_member(tomasz).get(reverse("profile", args=["ines"])).text.count("Endorsed") == 1


def test_an_endorsement_is_given_once_and_can_be_withdrawn(as_member, ines, tomasz):
    skill = Skill.objects.create(member=ines, name="Hydrology")
    client = as_member(tomasz)
    for _ in range(2):
        client.post(reverse("endorse", args=[skill.pk]), {"basis": "talk"})
    assert Endorsement.objects.get().basis == "talk"
    client.post(reverse("withdraw_endorsement", args=[skill.pk]))
    assert not Endorsement.objects.exists()


def test_whoever_is_blocked_is_neither_counted_nor_named_for_the_one_behind_the_wall(ines, tomasz, lina):
    endorse_skill(Skill.objects.create(member=ines, name="Hydrology"), by=tomasz)
    block_member(lina, by=tomasz)
    assert vouched(ines, lina) == (0, [], 0)


def test_blocking_asks_first_ends_everything_and_leaves_the_profile(as_member, ines, tomasz):
    client = as_member(ines)
    address = reverse("block", args=["tomasz"])
    assert "Tomasz will not be told" in client.get(address).text
    assert not Block.objects.exists()
    client.post(address)
    assert not Connection.objects.exists()
    assert not Follow.objects.exists()
    assert client.get(reverse("profile", args=["tomasz"])).status_code == 404
    assert as_member(tomasz).get(reverse("profile", args=["ines"])).status_code == 404


def test_removing_a_connection_asks_first(as_member, ines, tomasz):
    client = as_member(ines)
    address = reverse("disconnect", args=["tomasz"])
    assert "Remove Tomasz Wiśniewski" in client.get(address).text
    assert Connection.objects.exists()
    assert client.post(address + "?next=/network/connections/").url == "/network/connections/"
    assert not Connection.objects.exists()


def test_nothing_leads_out_of_the_site(as_member, ines, lina):
    answer = as_member(lina).post(reverse("follow", args=["ines"]), {"next": "//elsewhere.example/"})
    assert answer.url == "/in/ines/"
