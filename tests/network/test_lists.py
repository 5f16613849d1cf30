"""The lists of one's network: who stands in them, in which order, at what cost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import block_member
from accounts.audiences import Audience
from accounts.models import User
from accounts.models.standing import FOR_GOOD
from network.actions import connect_members, decline_request, mute_member
from network.models import ConnectionRequest, Follow
from profiles.models import Position
from tests.factories import MemberFactory, connect, connect_all, crowd, follow, request
from tests.factories.groups import group_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

QUERIES = 13
"""The most that any list may cost: session, member, community, what waits in the header, and the list.

Following costs most: it lists people, organizations and tags.
"""


OTHER_END = {
    "requests_received": "sender",
    "requests_set_aside": "sender",
    "requests_sent": "recipient",
    "connections": "other",
    "profile_connections": "other",
    "following": "followed",
    "followers": "follower",
}


def names(answer) -> list[str]:
    """The first names of the people on a page, in order."""
    end = OTHER_END.get(answer.resolver_match.url_name)
    return [(getattr(row, end) if end else row).first_name for row in answer.context["page"].rows]


def test_requests_stand_by_proved_common_ground_then_by_note_then_newest_first(as_member, ines, tomasz):
    bare, noted, known, met, alike, newest, older = (
        MemberFactory(first_name=name) for name in ("Bare", "Noted", "Known", "Met", "Alike", "Newest", "Older")
    )
    connect(known, tomasz)
    group_of(met, ines)
    for member in (alike, ines):
        Position.objects.create(member=member, organization="Sweco", started_year=2010)  # claimed, not proved
    sent_by = [
        (older, ""),
        (known, ""),
        (noted, "Hello Ines"),
        (met, "Hello too"),
        (alike, ""),
        (bare, ""),
        (newest, ""),
    ]
    for number, (sender, note) in enumerate(sent_by):
        sent = request(sender, ines, note=note)
        ConnectionRequest.objects.filter(pk=sent.pk).update(sent_at=timezone.now() - timedelta(hours=10 - number))
    answer = as_member(ines).get(reverse("requests_received"))
    assert names(answer) == ["Met", "Known", "Noted", "Newest", "Bare", "Alike", "Older"]
    assert "1 mutual connection" in answer.text
    assert "Both are in Low water" in answer.text
    assert "Both list Sweco, since 2010" in answer.text


def test_a_declined_request_moves_to_the_set_aside(as_member, ines, lina):
    decline_request(request(lina, ines), by=ines)
    client = as_member(ines)
    assert names(client.get(reverse("requests_received"))) == []
    assert names(client.get(reverse("requests_set_aside"))) == ["Lina"]


def test_the_sent_page_says_when_one_may_ask_again_and_how_often(as_member, ines, lina):
    sent = request(lina, ines)
    day = (sent.sent_at + timedelta(days=90)).strftime("%-d %B %Y")
    assert f"You can ask again from {day}, 2 more times." in as_member(lina).get(reverse("requests_sent")).text


def test_connections_are_found_by_the_beginning_of_any_name(as_member, ines, tomasz):
    connect(MemberFactory(first_name="Bo", last_name="Ek"), ines)
    client = as_member(ines)
    assert names(client.get(reverse("connections"), {"q": "wisn"})) == ["Tomasz"]
    assert "Nobody among your connections" in client.get(reverse("connections"), {"q": "zz"}).text


def test_connections_stand_newest_first_or_by_name(as_member, ines):
    for number, name in enumerate(["Cleo", "Ana", "Björn"]):
        connect_members(ines, MemberFactory(first_name=name), at=timezone.now() + timedelta(minutes=number))
    client = as_member(ines)
    assert names(client.get(reverse("connections"))) == ["Björn", "Ana", "Cleo"]
    assert names(client.get(reverse("connections"), {"sort": "name"})) == ["Ana", "Björn", "Cleo"]


@pytest.mark.parametrize("sort", ["newest", "name"])
def test_reading_on_shows_every_connection_once(as_member, ines, sort):
    many = [MemberFactory(first_name=f"Nora{number % 7}") for number in range(45)]
    moment = timezone.now()
    for number, member in enumerate(many):
        connect_members(ines, member, at=moment + timedelta(minutes=number // 3))
    client, address, seen = as_member(ines), f"{reverse('connections')}?sort={sort}", []
    while address:
        page = client.get(address).context["page"]
        seen += [row.other_id for row in page.rows]
        address = page.next_url
    assert len(seen) == 45
    assert set(seen) == {member.pk for member in many}


def test_reading_on_by_htmx_brings_rows_and_nothing_else(as_member, ines):
    connect_all(ines, crowd(25))
    client = as_member(ines)
    more = client.get(client.get(reverse("connections")).context["page"].next_url, headers={"HX-Request": "true"})
    assert more.text.count("<li>") == 5
    assert "<html" not in more.text


def test_a_forged_place_to_read_on_from_begins_anew(as_member, ines, tomasz):
    assert names(as_member(ines).get(reverse("connections"), {"after": "forged"})) == ["Tomasz"]


def test_a_place_in_one_order_begins_another_order_anew(as_member, ines):
    connect_all(ines, crowd(21))
    browser = as_member(ines)
    by_name = browser.get("/network/connections/?sort=name").context["page"].next_url
    page = browser.get(by_name.replace("sort=name", "sort=newest"))
    assert page.status_code == 200
    assert page.context["page"].is_first


def test_a_quiet_follow_stands_with_its_follower_only(as_member, ines, lina):
    follow(lina, ines, quiet=True)
    assert names(as_member(lina).get(reverse("following"))) == ["Ines"]
    assert "Quiet" in as_member(lina).get(reverse("following")).text
    assert names(as_member(ines).get(reverse("followers"))) == []


def test_muted_follows_are_marked(as_member, ines, lina):
    follow(lina, ines)
    mute_member(ines, by=lina, until=FOR_GOOD)
    assert "Muted" in as_member(lina).get(reverse("following")).text


@pytest.mark.parametrize("wall", [True, False])
def test_whoever_is_blocked_or_suspended_stands_in_no_list(as_member, ines, lina, wall):
    connect(lina, ines)
    sender = MemberFactory(first_name="Zoe")
    request(sender, ines)
    for member in (lina, sender):
        if wall:
            block_member(ines, by=member)
        else:
            User.objects.filter(pk=member.pk).update(suspended_until=FOR_GOOD)
    client = as_member(ines)
    for name in ("requests_received", "requests_sent", "connections", "following", "followers"):
        assert names(client.get(reverse(name))) == []


@pytest.mark.parametrize(
    ("audience", "by_tomasz", "by_lina"),
    [(Audience.MEMBERS, 200, 200), (Audience.CONNECTIONS, 200, 404), (Audience.NOBODY, 404, 404)],
)
def test_the_list_of_connections_opens_by_its_members_setting(
    as_member, ines, tomasz, lina, audience, by_tomasz, by_lina
):
    User.objects.filter(pk=ines.pk).update(connections_audience=audience)
    address = reverse("profile_connections", args=[ines.handle])
    assert as_member(tomasz).get(address).status_code == by_tomasz
    assert as_member(lina).get(address).status_code == by_lina


def test_whoever_hides_their_connections_stands_in_nobodys_list(as_member, ines, tomasz, lina):
    User.objects.filter(pk=ines.pk).update(connections_audience=Audience.MEMBERS)
    User.objects.filter(pk=tomasz.pk).update(connections_audience=Audience.NOBODY)
    assert names(as_member(lina).get(reverse("profile_connections", args=["ines"]))) == []
    assert names(as_member(tomasz).get(reverse("profile_connections", args=["ines"]))) == ["Tomasz"]
    assert names(as_member(ines).get(reverse("connections"))) == ["Tomasz"]


def test_mutual_connections_are_listed(as_member, ines, tomasz, lina):
    connect(lina, tomasz)
    assert names(as_member(lina).get(reverse("mutual_connections", args=["ines"]))) == ["Tomasz"]


def fill(ines, number: int) -> User:
    """Give Ines something in each list; return somebody whose connections are hers too."""
    hub = MemberFactory(connections_audience=Audience.MEMBERS)
    connect(hub, ines)
    friends, senders, asked, declined = (crowd(number) for _ in range(4))
    connect_all(ines, friends)
    connect_all(hub, friends + senders)
    now, requests = timezone.now(), []
    for sender, recipient, said in zip(senders, asked, declined, strict=True):
        requests += [
            ConnectionRequest(sender=sender, recipient=ines, context="worked", note="Hello Ines"),
            ConnectionRequest(sender=ines, recipient=recipient, context="worked"),
            ConnectionRequest(sender=said, recipient=ines, context="worked", declined_at=now),
        ]
    ConnectionRequest.objects.bulk_create(requests)
    for one in asked:
        Follow.objects.bulk_create([Follow(follower=ines, followed=one), Follow(follower=one, followed=ines)])
    return hub


def test_every_list_costs_the_same_with_one_row_and_with_fifty(as_member, ines, django_assert_max_num_queries):
    own = ("requests_received", "requests_set_aside", "requests_sent", "connections", "following", "followers")
    client, costs = as_member(ines), []
    for number in (1, 49):
        hub = fill(ines, number)
        addresses = [reverse(name) for name in own]
        addresses += [reverse(name, args=[hub.handle]) for name in ("profile_connections", "mutual_connections")]
        cost = []
        for address in addresses:
            client.get(address)
            with django_assert_max_num_queries(QUERIES) as queries:
                answer = client.get(address)
            assert len(answer.context["page"].rows) >= min(number, 20)
            cost.append(len(queries))
        costs.append(cost)
    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    "name",
    [
        "requests_received",
        "requests_set_aside",
        "requests_sent",
        "connections",
        "following",
        "followers",
        "endorsements",
    ],
)
def test_an_empty_list_says_what_it_is_for(as_member, ines, name):
    assert 'class="empty"' in as_member(ines).get(reverse(name)).text


def test_a_card_in_a_list_has_no_main_button(as_member, ines, lina, tomasz, amara):
    for each in (tomasz, amara, MemberFactory()):
        if each != tomasz:
            connect(tomasz, each)
    request(amara, lina)
    User.objects.filter(pk=tomasz.pk).update(connections_audience="members")
    page = as_member(lina).get(reverse("profile_connections", args=["tomasz"])).text
    assert page.count(">Connect</a>") > 1
    assert ">Accept</button>" in page
    assert "btn main" not in page
