"""The pages of groups: what they cost, what they show, and what they do with bad input, with htmx and without."""

from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.actions import block_member
from communities.actions import ask_to_join, mute_group
from communities.models import Group, GroupInvitation, Membership
from feed.actions import pin_post
from feed.models import Post
from moderation.actions import hide_in_group, report_thing
from moderation.models import Case
from tests.factories import MemberFactory, connect, post
from tests.factories.groups import ban_from, group_of, invite_into

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

HTMX = {"HX-Request": "true"}
QUERIES = 14
"""The most that a page may cost: session, member, community, what waits; the group, its counts, and the list with what
its rows show."""


def fill(group: Group, ines, number: int) -> None:
    """Give a group that Ines moderates `number` of everything."""
    for _ in range(number):
        member, friend, wanting, banned = (MemberFactory() for _ in range(4))
        Membership.objects.create(group=group, member=member)
        connect(friend, ines)
        ask_to_join(group, by=wanting, answer="Me too")
        ban_from(group, banned)
        post(member, "Among us", group=group)
        hide_in_group(post(member, "Hidden", group=group), by=ines, why="Not here")
        report_thing(post(member, "Reported", group=group), by=friend, reason="spam")
        group_of(member, name="Another")
        group_of(member, ines, name="Of mine")


def test_every_page_costs_the_same_with_one_row_and_with_many(ines, as_member, django_assert_max_num_queries):
    group = group_of(ines, entry="request")
    browser, costs = as_member(ines), []
    names = ["group", "group_members", "group_requests", "group_reports", "group_hidden", "group_banned"]
    addresses = [reverse(name, args=[group.slug]) for name in [*names, "invite_to_group"]]
    addresses += [reverse("groups"), reverse("my_groups")]
    for number in (1, 22):
        fill(group, ines, number)
        cost = []
        for address in addresses:
            browser.get(address)
            with django_assert_max_num_queries(QUERIES) as queries:
                assert browser.get(address).status_code == 200
            cost.append(len(queries))
        costs.append(cost)
    assert costs[0] == costs[1]
    for address in addresses:
        pages, seen = address, 0
        while pages:
            answer = browser.get(pages, headers=HTMX)
            assert "<html" not in answer.text or pages == address
            page = answer.context.get("page")
            pages = page.next_url if page else ""
            seen += len(page.rows) if page else 0
        assert seen >= 23 or address == addresses[0], address


def test_starting_a_group_twice_makes_one_and_bad_input_comes_back(ines, as_member):
    browser, sent = as_member(ines), {"name": "Low water", "about": "Gauges", "entry": "open", "key": str(uuid4())}
    for _ in range(2):
        assert browser.post(reverse("new_group"), sent).url == "/groups/low-water/"
    assert Group.objects.count() == 1
    answer = browser.post(reverse("new_group"), sent | {"name": "…", "key": str(uuid4())})
    assert answer.status_code == 422
    assert "A name needs a letter or a number." in answer.text
    assert "Gauges" in answer.text


def test_asking_without_an_answer_says_so_beside_the_field(ines, lina, as_member):
    group = group_of(ines, entry="request", question="Which river?")
    browser = as_member(lina)
    assert "Which river?" in browser.get(group.get_absolute_url()).text
    answer = browser.post(reverse("ask_to_join_group", args=[group.slug]), {"answer": " "})
    assert answer.status_code == 422
    assert "Answer the question first." in answer.text


def test_letting_in_by_htmx_takes_the_row_away_and_leaves_the_page_as_a_fresh_one(ines, lina, as_member):
    group = group_of(ines, entry="request")
    asked = ask_to_join(group, by=lina)
    browser = as_member(ines)
    answer = browser.post(reverse("let_in", args=[group.slug, asked.pk]), headers=HTMX)
    fresh = browser.get(reverse("group_requests", args=[group.slug])).text
    assert "Nobody asks to join" in answer.text
    assert "Nobody asks to join" in fresh
    assert "<html" not in answer.text
    assert 'hx-swap-oob="true"' in answer.text


def test_pinned_posts_stand_first_and_are_three_at_most(ines, as_member):
    group, browser = group_of(ines), as_member(ines)
    posts = [post(ines, f"Number {number}", group=group) for number in range(5)]
    for one in posts[:3]:
        pin_post(one, by=ines)
    answer = browser.post(reverse("pin_post", args=[group.slug, posts[3].pk]), follow=True)
    assert "3 posts are pinned already" in answer.text
    assert answer.text.index("Number 0") < answer.text.index("Number 4")
    assert answer.text.count("Number 0") == 1
    browser.post(reverse("unpin_post", args=[group.slug, posts[0].pk]))
    assert Post.objects.filter(pinned_at__isnull=False).count() == 2


def test_reading_on_by_htmx_brings_posts_and_nothing_else(ines, as_member):
    group, browser = group_of(ines), as_member(ines)
    for number in range(22):
        post(ines, f"Number {number}.", group=group)
    first = browser.get(group.get_absolute_url())
    more = browser.get(first.context["more_url"], headers=HTMX)
    assert "Number 0." in more.text
    assert "<html" not in more.text
    assert "Back to the newest" in browser.get(first.context["more_url"]).text


def test_a_moderator_sees_reasons_and_not_who_reported(ines, tomasz, lina, as_member):
    group = group_of(ines, tomasz, lina)
    case = report_thing(post(tomasz, "Buy", group=group), by=lina, reason="spam", words="A secret").case
    browser, address = as_member(ines), reverse("group_reports", args=[group.slug])
    page = browser.get(address).text
    assert "Advertising or spam · 1" in page
    assert "Tomasz" in page
    assert "Lina" not in page
    assert "A secret" not in page
    decide = reverse("decide_group_report", args=[group.slug, case.pk])
    answer = browser.post(decide, {"verdict": "hide", "why": ""})
    assert answer.status_code == 422
    assert "Say why." in answer.text
    assert browser.post(decide, {"verdict": "nonsense"}).status_code == 422
    assert browser.post(decide, {"verdict": "hide", "why": "No selling"}).url == address
    assert Case.objects.get().closed_at
    mine = as_member(tomasz).get(Post.objects.get().get_absolute_url()).text
    assert "A moderator of the group hid this post. Only you see it." in mine


def test_several_are_invited_at_once_and_nobody_chosen_is_said(ines, tomasz, as_member):
    friend, group, browser = MemberFactory(), group_of(ines), as_member(ines)
    connect(friend, ines)
    address = reverse("invite_to_group", args=[group.slug])
    assert "Choose somebody first." in browser.post(address, {}).text
    browser.post(address, {"people": [friend.pk, tomasz.pk]})
    assert GroupInvitation.objects.count() == 2
    assert browser.get(address, {"q": "tom"}).text.count("Invited") >= 1
    assert browser.post(address, {"people": [MemberFactory().pk]}).status_code == 422


def test_muting_leads_back_and_takes_the_group_out_of_the_feed(ines, tomasz, as_member):
    group, browser = group_of(tomasz, ines), as_member(ines)
    post(tomasz, "Among us", group=group)
    assert "You are in the group Low water." in browser.get("/").text
    assert browser.post(reverse("mute_group", args=[group.slug]), {"next": "/"}).url == "/"
    assert "Among us" not in browser.get("/").text
    browser.post(reverse("unmute_group", args=[group.slug]))
    assert "Among us" in browser.get("/").text


def test_profiles_name_groups_in_common_and_ways_through_them(ines, lina, jorge, as_member):
    shared, other = group_of(ines, lina, name="Both of us"), group_of(lina, name="Hers alone")
    page = as_member(ines).get("/in/lina/").text
    assert f"Both are in {shared.name}" in page
    assert f"You are both in {shared.name}" in page
    assert other.name not in page
    assert "Both are in" not in as_member(lina).get("/in/lina/").text
    Membership.objects.filter(member=ines).delete()
    assert shared.name not in as_member(ines).get("/in/lina/").text


def test_an_invitation_by_somebody_blocked_isnt_there(ines, tomasz, as_member):
    group = group_of(tomasz, name="Behind the wall", entry="unlisted")
    invite_into(group, ines, by=tomasz)
    browser = as_member(ines)
    assert "Behind the wall" in browser.get(reverse("groups")).text
    assert "Behind the wall" in browser.get(reverse("notices")).text
    block_member(tomasz, by=ines)
    for name in ("groups", "notices"):
        assert "Behind the wall" not in browser.get(reverse(name)).text


def test_a_muted_group_is_marked(ines, tomasz, as_member):
    from accounts.models.standing import FOR_GOOD

    mute_group(group_of(tomasz, ines), by=ines, until=FOR_GOOD)
    assert "Muted" in as_member(ines).get(reverse("my_groups")).text
