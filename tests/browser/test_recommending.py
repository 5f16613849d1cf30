"""One writes about a connection, who reads it, puts it on the profile and hides it: with JavaScript and without."""

import pytest
from playwright.sync_api import Page, expect

from network.models import Recommendation
from tests.factories import MemberFactory, connect, recommend

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("unmailed")]

REFUSED = [r"422 \(Unprocessable"]  # Chromium's own remark about an answer that a form expects
TEXT = "Lina waits for snow as others wait for a train, and knows when it will be late."


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_from_the_first_word_to_the_profile(open_page, ines, lina, javascript):
    connect(ines, lina)
    for _ in range(2):
        other = MemberFactory()
        connect(other, lina)
        recommend(other, lina)
    author: Page = open_page("/in/lina/", as_=ines, javascript=javascript)
    author.get_by_text("More about Lina Svensson").locator("..").click()
    author.get_by_role("link", name="Recommend Lina").click()
    author.get_by_label("We studied together").check(force=True)
    author.get_by_label("Your recommendation").fill(TEXT)
    if not javascript:
        author.get_by_role("button", name="See how it looks").click()
    expect(author.locator("#preview")).to_contain_text("Studied with Lina")
    expect(author.locator("#preview")).to_contain_text(TEXT)
    expect(author.get_by_label("Your recommendation")).to_have_value(TEXT)
    author.get_by_role("button", name="Send it").click()
    expect(author.get_by_text("is shown once they approve it")).to_be_visible()

    subject: Page = open_page("/network/recommendations/", as_=lina, javascript=javascript, allowed=REFUSED)
    row = subject.get_by_role("listitem").filter(has_text=TEXT)
    recommend(ines, lina, f"{TEXT} Always.", relationship="studied")  # changed while she reads
    row.get_by_role("button", name="Put the recommendation by Ines Moreau on my profile").click()
    expect(subject.get_by_role("alert")).to_contain_text("Ines has changed these words")
    expect(row).to_contain_text("Always.")
    row.get_by_role("button", name="Put the recommendation by Ines Moreau on my profile").click()
    expect(subject.get_by_text("The recommendation by Ines is on your profile.")).to_be_visible()
    expect(row).to_contain_text("On your profile")
    subject.get_by_role("button", name="Set the recommendation by").first.click()
    expect(subject.get_by_text("The recommendation is set aside.")).to_be_visible()
    author.goto("/in/lina/")
    expect(author.locator("#recommendations")).to_contain_text("Always.")
    row.get_by_role("button", name="Hide the recommendation by Ines Moreau").click()
    expect(row).to_contain_text("Hidden")

    author.goto("/network/recommendations/written/")
    author.get_by_role("link", name="Take back your recommendation of Lina Svensson").click()
    author.get_by_role("button", name="Take it back").click()
    expect(author.get_by_text("You recommend nobody yet")).to_be_visible()
    assert not Recommendation.objects.filter(author=ines).exists()
