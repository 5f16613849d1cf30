"""A group from its start to its first decision, with JavaScript and without."""

import pytest
from playwright.sync_api import expect

from communities.models import Group, Membership
from tests.factories import MemberFactory, connect, post

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("unmailed")]

BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])


@BOTH
def test_a_group_is_started_asked_for_and_looked_after(open_page, javascript):
    ines = MemberFactory(first_name="Ines", last_name="Moreau", handle="ines")
    tomasz = MemberFactory(first_name="Tomasz", last_name="Wiśniewski", handle="tomasz")
    lina = MemberFactory(first_name="Lina", last_name="Svensson", handle="lina")
    connect(tomasz, ines)
    page = open_page("/groups/", as_=ines, javascript=javascript)
    page.get_by_role("link", name="Start a group").first.click()
    page.get_by_label("Name", exact=True).fill("Low water")
    page.get_by_label("By request").check()
    page.get_by_label("Question to those who ask to join").fill("Which river?")
    page.get_by_role("button", name="Start the group").click()
    expect(page.get_by_role("heading", name="Low water")).to_be_visible()

    page.get_by_role("link", name="Invite", exact=True).click()
    page.get_by_label("Tomasz Wiśniewski").check()
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_text("1 person is invited.")).to_be_visible()

    theirs = open_page("/groups/", as_=tomasz, javascript=javascript)
    theirs.get_by_role("button", name="Join Low water").click()
    expect(theirs.get_by_text("You are in the group Low water now.")).to_be_visible()

    asking = open_page("/groups/low-water/", as_=lina, javascript=javascript)
    asking.get_by_label("Which river?").fill("The Fyris.")
    asking.get_by_role("button", name="Ask to join").click()
    expect(asking.get_by_text("You asked to join on")).to_be_visible()

    page.goto("/groups/low-water/requests/")
    expect(page.get_by_text("The Fyris.")).to_be_visible()
    page.get_by_role("button", name="Let Lina Svensson in").click()
    expect(page.get_by_text("Nobody asks to join at the moment")).to_be_visible()
    assert Membership.objects.count() == 3

    said = post(lina, "Buy my gauges.", group=Group.objects.get())
    page.goto("/groups/low-water/")
    page.locator(f"#post-{said.pk} summary").click()
    page.get_by_role("link", name="Hide it as a moderator").click()
    page.get_by_label("Why").fill("No selling here.")
    page.get_by_role("button", name="Hide it", exact=True).click()
    expect(page.get_by_text("It is hidden. Lina will be told why.")).to_be_visible()
    expect(page.get_by_text("Buy my gauges.")).to_have_count(0)
    asking.goto(f"/posts/{said.pk}/")
    expect(asking.get_by_text("A moderator of the group hid this post. Only you see it.")).to_be_visible()
