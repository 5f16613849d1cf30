"""Two members come to know each other, in a browser, with JavaScript and without."""

import re

import pytest
from playwright.sync_api import Page, expect

from network.models import Connection, ConnectionRequest, Endorsement, Follow
from profiles.models import Skill
from tests.factories import MemberFactory, connect, follow, request

pytestmark = pytest.mark.django_db(transaction=True)

BOTH_WAYS = pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])


@BOTH_WAYS
def test_one_asks_with_a_note_and_the_other_accepts(open_page, ines, lina, javascript):
    asker: Page = open_page("/in/lina/", as_=ines, javascript=javascript)
    asker.get_by_role("link", name="Connect with Lina Svensson").click()
    asker.get_by_text("Met at an event").click()
    asker.get_by_label("Your note").fill("Hello Lina, we met at RiverConf.")
    if javascript:
        expect(asker.get_by_text("32 of 300")).to_be_visible()
    asker.get_by_role("button", name="Send request").click()
    expect(asker.get_by_text("Your request to Lina Svensson is sent.")).to_be_visible()

    answerer: Page = open_page("/network/", as_=lina, javascript=javascript)
    expect(answerer.get_by_text("Hello Lina, we met at RiverConf.")).to_be_visible()
    answerer.get_by_role("button", name="Accept the request of Ines Moreau").click()
    expect(answerer.get_by_text("You and Ines Moreau are connected.")).to_be_visible()
    expect(answerer.get_by_text("No requests are waiting")).to_be_visible()
    expect(answerer.get_by_text("Hello Lina, we met at RiverConf.")).to_have_count(0)
    assert Connection.objects.filter(member=ines, other=lina).exists()

    asker.goto("/in/lina/")
    expect(asker.get_by_text(re.compile("^Connected since"))).to_be_visible()


@BOTH_WAYS
def test_declining_takes_the_card_away_and_keeps_it_aside(open_page, ines, lina, javascript):
    request(lina, ines)
    request(MemberFactory(first_name="Zoe"), ines)
    page: Page = open_page("/network/", as_=ines, javascript=javascript)
    page.get_by_role("button", name="Decline the request of Lina Svensson").click()
    expect(page.get_by_text("Lina will not be told.")).to_be_visible()
    expect(page.get_by_role("main").get_by_text("Lina Svensson")).to_have_count(0)
    expect(page.get_by_role("link", name="Requests 1", exact=True)).to_be_visible()
    page.get_by_role("link", name="Requests that you set aside").click()
    expect(page.get_by_role("main").get_by_role("link", name="Lina Svensson")).to_be_visible()


@BOTH_WAYS
def test_following_and_muting_change_what_the_profile_says(open_page, ines, lina, javascript):
    page: Page = open_page("/in/lina/", as_=ines, javascript=javascript)
    page.get_by_role("button", name="Follow Lina Svensson").click()
    expect(page.get_by_text("You follow Lina.")).to_be_visible()
    page.get_by_text("More about Lina Svensson").locator("..").click()
    page.get_by_role("button", name="Keep Lina out of your feed for good").click()
    expect(page.get_by_text("Lina is kept out of your feed.")).to_be_visible()
    assert Follow.objects.get(follower=ines, followed=lina).muted_until


@BOTH_WAYS
def test_withdrawing_and_removing_a_follower_take_the_rows_away(open_page, ines, lina, javascript):
    request(ines, lina)
    follow(lina, ines)
    page: Page = open_page("/network/sent/", as_=ines, javascript=javascript)
    page.get_by_role("button", name="Withdraw your request to Lina Svensson").click()
    expect(page.get_by_text("No requests of yours are open")).to_be_visible()
    assert not ConnectionRequest.objects.open().exists()
    page.goto("/network/followers/")
    page.get_by_role("button", name="Remove Lina Svensson from your followers").click()
    expect(page.get_by_text("Nobody follows you openly yet")).to_be_visible()
    assert not Follow.objects.exists()


@BOTH_WAYS
def test_a_skill_is_endorsed_and_the_endorsement_withdrawn(open_page, ines, lina, javascript):
    connect(ines, lina)
    Skill.objects.create(member=lina, name="Hydrology")
    page: Page = open_page("/in/lina/", as_=ines, javascript=javascript)
    page.get_by_text("Endorse", exact=True).click()
    page.get_by_role("button", name="We worked together").click()
    expect(page.get_by_role("button", name="Withdraw your endorsement of Hydrology")).to_be_visible()
    assert Endorsement.objects.get().basis == "worked"
    page.get_by_role("button", name="Withdraw your endorsement of Hydrology").click()
    expect(page.get_by_text("Endorse", exact=True)).to_be_visible()
    assert not Endorsement.objects.exists()


@BOTH_WAYS
def test_blocking_asks_first(open_page, ines, lina, javascript):
    page: Page = open_page("/in/lina/", as_=ines, javascript=javascript)
    page.get_by_text("More about Lina Svensson").locator("..").click()
    page.get_by_role("link", name="Block Lina").click()
    expect(page.get_by_role("heading", name="Block Lina Svensson?")).to_be_visible()
    page.get_by_role("button", name="Block", exact=True).click()
    expect(page.get_by_text("You blocked Lina Svensson.")).to_be_visible()
