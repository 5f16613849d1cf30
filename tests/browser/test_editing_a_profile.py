"""A member fills in their profile, with JavaScript and without, and somebody finds and reads it."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from accounts.models import User
from profiles.models import Position, Skill
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db(transaction=True)

REFUSED = [r"422 \(Unprocessable"]  # Chromium's own remark about an answer that a form expects


@pytest.fixture
def lina() -> User:
    return MemberFactory(first_name="Lina", last_name="Svensson", email="lina@example.com", handle="lina")


def photo() -> dict:
    file = io.BytesIO()
    Image.new("RGB", (640, 480), "teal").save(file, "JPEG")
    return {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_a_member_fills_in_their_profile(open_page, lina, javascript):
    page = open_page("/in/lina/", as_=lina, javascript=javascript, allowed=REFUSED)

    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Headline").fill("Head of water quality")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#card")).to_contain_text("Head of water quality")

    page.get_by_role("link", name="Add a position").click()
    page.get_by_label("Title").fill("Chemist")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Say where this was.")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value("Chemist")
    page.get_by_label("Organization").fill("Malmö Stad")
    page.get_by_label("From, year").fill("2013")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#positions")).to_contain_text("2013 – now")
    expect(page.get_by_role("heading", name="Chemist")).to_be_visible()

    page.get_by_role("link", name="Edit your skills").click()
    for skill in ("Nitrates", "Patience"):
        page.get_by_label("Add a skill").fill(skill)
        page.get_by_label("Add a skill").press("Enter")
        expect(page.get_by_role("button", name=f"Remove {skill}")).to_be_visible()
        expect(page.get_by_label("Add a skill")).to_have_value("")
    page.get_by_role("button", name="Remove Nitrates").click()
    expect(page.get_by_text("Nitrates")).to_have_count(0)
    page.get_by_role("link", name="Done").click()
    expect(page.locator("#skills")).to_contain_text("Patience")

    page.get_by_role("link", name="Edit Chemist, Malmö Stad").click()
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Chemist")).to_have_count(0)
    assert not Position.objects.exists()
    assert [skill.name for skill in Skill.objects.all()] == ["Patience"]


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_a_member_shows_their_face(open_page, lina, javascript):
    page = open_page("/in/lina/", as_=lina, javascript=javascript)
    page.get_by_role("link", name="Add a photo").click()
    page.get_by_label("Photo").set_input_files(photo())
    if javascript:
        expect(page.locator("#photo-preview canvas")).to_be_visible()
    page.get_by_role("button", name="Save photo").click()
    image = page.locator("#card .face img")
    expect(image).to_be_visible()
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") == 384
    page.get_by_role("link", name="Change photo").click()
    page.get_by_role("button", name="Remove photo").click()
    expect(page.locator("#card .face")).to_have_text("LS")


def test_the_keyboard_goes_on_where_the_form_stood(open_page, lina):
    page = open_page("/in/lina/", as_=lina, allowed=REFUSED)
    page.get_by_role("link", name="Add education").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("School")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("School")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("School")).to_be_focused()
    page.keyboard.type("Uppsala")
    page.keyboard.press("Enter")
    expect(page.locator("#education")).to_contain_text("Uppsala")
    expect(page.get_by_role("heading", name="Education")).to_be_focused()


def test_two_sections_are_edited_at_the_same_time(open_page, lina):
    page = open_page("/in/lina/", as_=lina)
    page.get_by_role("link", name="Edit your interests").click()
    page.get_by_role("link", name="Edit your languages").click()
    page.get_by_label("Add an interest").fill("Rain")
    page.get_by_label("Add a language").fill("Swedish")
    page.locator("#interests").get_by_role("button", name="Add").click()
    expect(page.get_by_role("button", name="Remove Rain")).to_be_visible()
    expect(page.get_by_label("Add a language")).to_have_value("Swedish")
