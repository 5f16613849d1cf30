"""Writing an article with pictures and publishing it, and hanging several pictures on a post."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from feed.models import Article, Draft, Picture, Post
from tests.factories import MemberFactory, connect

pytestmark = pytest.mark.django_db(transaction=True)

BOTH = pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])


@pytest.fixture
def pair():
    ines = MemberFactory(first_name="Ines", last_name="Moreau", handle="ines")
    tomasz = MemberFactory(first_name="Tomasz", last_name="Wiśniewski", handle="tomasz")
    connect(tomasz, ines)
    return ines, tomasz


def file(colour: str) -> dict:
    buffer = io.BytesIO()
    Image.new("RGB", (900, 600), colour).save(buffer, "PNG")
    return {"name": f"{colour}.png", "mimeType": "image/png", "buffer": buffer.getvalue()}


@BOTH
def test_an_article_is_written_previewed_found_among_the_drafts_and_published(open_page, pair, javascript):
    ines, tomasz = pair
    page = open_page("/", as_=ines, javascript=javascript)
    page.get_by_role("link", name="Article", exact=True).click()
    page.get_by_label("Title").fill("Under the bridge")
    page.get_by_label("Your words").fill("The *opening*.\n\n# A part\n\nMore.")
    if not javascript:
        page.get_by_role("button", name="Preview").click()
    preview = page.locator("#preview")
    expect(preview.locator("em")).to_have_text("opening")
    expect(preview.get_by_role("heading", name="A part")).to_be_visible()
    expect(page.get_by_text("Saved at")).to_be_visible()
    assert Draft.objects.get().title == "Under the bridge"

    page.goto("/articles/drafts/")
    page.get_by_role("link", name="Under the bridge").first.click()
    page.get_by_text("Add a picture").click()
    page.get_by_label("One more picture").set_input_files(file("teal"))
    page.get_by_label("What it shows").fill("A teal wall")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("![A teal wall](picture:1)")).to_be_visible()
    if javascript:
        page.get_by_label("Your words").focus()
        page.keyboard.press("Control+End")
        page.get_by_role("button", name="Put it where I write").click()
        expect(page.locator("#preview img")).to_have_attribute("alt", "A teal wall")
        page.get_by_label("Your words").press("Control+Home")
        page.get_by_role("button", name="Quote").click()
        expect(page.locator("#preview blockquote em")).to_have_text("opening")
    else:
        page.get_by_label("Your words").fill("> The *opening*.\n\n# A part\n\n![A teal wall](picture:1)")
    page.get_by_label("Who sees it").select_option("connections")
    page.get_by_role("button", name="Publish").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Under the bridge")
    assert page.url.endswith(Article.objects.get().get_absolute_url())
    assert not Draft.objects.exists()
    expect(page.locator(".prose figure img")).to_have_js_property("complete", True)

    theirs = open_page("/", as_=tomasz, javascript=javascript)
    theirs.get_by_role("link", name="Read on").click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Under the bridge")
    expect(theirs.locator(".prose blockquote")).to_contain_text("The opening.")


def test_two_pages_lose_nothing(open_page, pair):
    ines, _tomasz = pair
    one = open_page("/articles/new/", as_=ines)
    one.get_by_label("Your words").fill("To begin with.")
    expect(one.get_by_text("Saved at")).to_be_visible()
    other = open_page(Draft.objects.get().get_absolute_url(), as_=ines)
    one.get_by_label("Your words").fill("From the one page.")
    expect(one.locator("#preview")).to_contain_text("From the one page.")
    other.get_by_label("Your words").fill("From the other page.")
    expect(other.get_by_text("Nothing is overwritten")).to_be_visible()
    other.get_by_label("Your words").fill("From the other page, and on.")
    expect(other.locator("#preview")).to_contain_text("and on.")
    kept = sorted(Draft.objects.values_list("text", flat=True))
    assert kept == ["From the one page.", "From the other page, and on."]


def test_several_pictures_are_chosen_seen_and_taken_back(open_page, pair):
    ines, tomasz = pair
    page = open_page("/", as_=ines)
    page.get_by_role("link", name="Share something").click()
    page.get_by_text("Add pictures").click()
    page.get_by_label("Up to four pictures").set_input_files([file("red"), file("green"), file("blue")])
    expect(page.locator(".chosen canvas")).to_have_count(3)
    page.get_by_role("button", name="Remove picture 2").click()
    expect(page.locator(".chosen canvas")).to_have_count(2)
    page.get_by_label("What picture 1 shows").fill("Red")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_text("Picture 3 has no description yet.")).to_be_visible()
    expect(page.locator(".chosen canvas")).to_have_count(2)
    page.get_by_label("What picture 3 shows").fill("Blue")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator("article.post .picture.two img")).to_have_count(2)
    assert list(Picture.objects.values_list("position", "description")) == [(0, "Red"), (1, "Blue")]
    theirs = open_page(Post.objects.get().get_absolute_url(), as_=tomasz)
    expect(theirs.get_by_role("img", name="Blue")).to_be_visible()
