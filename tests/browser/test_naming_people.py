"""A member names people and makes tags while writing: by the keyboard, in any script, and without disturbing it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from feed.models import Mention, PostTag
from tests.factories import MemberFactory, connect, post

pytestmark = pytest.mark.django_db(transaction=True)

SOON = 500  # milliseconds: longer than the field waits before it asks


@pytest.fixture
def lina():
    lina = MemberFactory(first_name="Lina", last_name="Svensson", handle="lina")
    connect(MemberFactory(first_name="Инес", last_name="Моро", handle="ines"), lina)
    MemberFactory(first_name="Инга", last_name="<b>Берг</b>", handle="inga")
    post(MemberFactory(first_name="伟", last_name="王", handle="wei"), "今天 #水位 很高。 #Rivers")
    return lina


def test_by_the_keyboard_in_any_script_and_undisturbed(open_page, lina):
    page = open_page("/posts/new/", as_=lina, width=320, bypass_csp=True)
    field = page.get_by_label("Share something with your network")
    box = page.get_by_role("listbox", name="Suggestions")
    options = box.get_by_role("option")
    field.press_sequentially("Спасибо, (@ин")
    expect(options).to_have_count(2)
    expect(page.get_by_role("status").filter(has_text="2 people")).to_be_attached()
    expect(options.first).to_contain_text("Инес Моро")  # connections first
    expect(options.last).to_contain_text("<b>Берг</b>")
    assert Axe().run(page, options={"preload": False}).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    field.press("Escape")
    expect(box).to_be_hidden()
    expect(field).to_have_value("Спасибо, (@ин")
    field.press_sequentially("е")
    expect(options).to_have_count(1)
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Спасибо, (@ines ")
    expect(field).not_to_have_attribute("aria-activedescendant", "")
    field.press("Backspace")
    field.press_sequentially(").")
    field.press("Enter")
    field.press_sequentially("你好@伟")
    expect(options).to_have_count(1)
    options.first.click()
    expect(field).to_be_focused()
    field.press_sequentially("#riv")
    expect(options).to_have_text(["#Rivers"])
    field.press("Enter")  # nothing is marked: it is a new line
    expect(box).to_be_hidden()
    field.press("Backspace")
    field.press_sequentially("e")
    expect(options).to_have_text(["#Rivers"])
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Спасибо, (@ines).\n你好@wei #Rivers ")
    for plain in ("me@in", "https://example.org/#riv", "a#riv"):
        field.press_sequentially(f"{plain}")
        page.wait_for_timeout(SOON)
        expect(box).to_be_hidden()
        field.press("Enter")
    _compose(page, field)
    field.press("Control+Enter")
    expect(page.get_by_role("link", name="Инес Моро", exact=True).first).to_have_attribute("href", "/in/ines/")
    expect(page.get_by_role("link", name="#水位")).to_be_visible()
    assert sorted(Mention.objects.values_list("member__handle", flat=True)) == ["ines", "wei"]
    assert {"rivers", "水位"} <= set(PostTag.objects.filter(post__author=lina).values_list("tag__folded", flat=True))


def _complete(page, field, typed: str, *, among: int):
    field.press_sequentially(typed)
    expect(page.get_by_role("listbox", name="Suggestions").get_by_role("option")).to_have_count(among)
    field.press("ArrowDown")
    field.press("Enter")


def _compose(page, field):
    """Compose "#水位" as one does with an input method: nothing is asked before it is there, and no key is taken."""
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/search/words/" in request.url else None)
    field.press_sequentially("#")
    keyboard = page.context.new_cdp_session(page)
    for composed in ("sh", "shui", "水wei"):
        selection = {"selectionStart": len(composed), "selectionEnd": len(composed)}
        keyboard.send("Input.imeSetComposition", {"text": composed} | selection)
        page.wait_for_timeout(SOON)
    assert asked == []
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_hidden()
    keyboard.send("Input.insertText", {"text": "水"})
    expect(page.get_by_role("listbox", name="Suggestions").get_by_role("option")).to_have_text(["#水位"])
    field.press("ArrowDown")
    field.press("Enter")


def test_in_a_comment_and_a_reply_with_an_input_method_and_on_a_phone(open_page, lina):
    """The forms come and go while one reads; a phone composes every word, and there the composed one is completed."""
    said = post(lina, "今天。", audience="public")
    page = open_page(said.get_absolute_url(), as_=lina)
    field = page.get_by_label("Your comment")
    _complete(page, field, "Спасибо, @ин", among=2)
    _compose(page, field)
    page.get_by_role("button", name="Comment", exact=True).click()
    remark = page.locator(".remark")
    expect(remark.get_by_role("link", name="#水位")).to_be_visible()
    expect(field).to_have_value("")
    remark.get_by_role("link", name="Reply").click()
    reply = page.get_by_label("Your reply")
    expect(reply).to_be_focused()
    _complete(page, reply, "@伟", among=1)
    expect(reply).to_have_value("@wei ")
    page.get_by_role("button", name="Reply", exact=True).click()
    expect(page.locator(".remark").get_by_role("link", name="伟 王")).to_be_visible()
    assert sorted(Mention.objects.values_list("member__handle", flat=True)) == ["ines", "wei"]
    phone = open_page(said.get_absolute_url(), as_=lina, width=390, has_touch=True, is_mobile=True)
    field = phone.get_by_label("Your comment")
    field.tap()
    keyboard = phone.context.new_cdp_session(phone)
    keyboard.send("Input.imeSetComposition", {"text": "@ин", "selectionStart": 3, "selectionEnd": 3})
    options = phone.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(options).to_have_count(2)
    options.first.tap()
    expect(field).to_have_value("@ines ")


def test_without_javascript_one_types_the_handle(open_page, lina):
    page = open_page("/posts/new/", as_=lina, javascript=False)
    field = page.get_by_label("Share something with your network")
    expect(page.get_by_text("Name people with @ and their handle")).to_be_visible()
    field.fill("Спасибо, @Ines. #水位")
    page.get_by_role("button", name="Post").click()
    page.get_by_role("link", name="#水位").click()
    expect(page.get_by_role("heading", name="#水位")).to_be_visible()
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_text("1 follower")).to_be_visible()
    page.get_by_role("link", name="Инес Моро").click()
    expect(page.get_by_role("heading", name="Инес Моро", level=1)).to_be_visible()
