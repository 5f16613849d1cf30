"""Where an open conversation stands, what it shows of what goes wrong, and what it never loses."""

import pytest
from playwright.sync_api import expect

from messaging.actions import mark_read, open_conversation, send_message
from messaging.models import Message
from tests.factories import MemberFactory, connect

pytestmark = pytest.mark.django_db(transaction=True)

IN_SIGHT = """selector => {
  const element = document.querySelector(selector)
  const { left, top, width, height } = element.getBoundingClientRect()
  return element.contains(document.elementFromPoint(left + width / 2, top + height / 2))
}"""
CARET = "field => [field === document.activeElement, field.selectionStart, field.selectionEnd]"


def fill(conversation, by, number: int) -> None:
    for line in range(number):
        send_message(conversation, by=by, text=f"Line {line}.")


@pytest.mark.parametrize("width", [320, 1280])
def test_it_opens_with_its_newest_message_and_its_box_in_sight(width, open_page, ines, tomasz):
    conversation = open_conversation(ines, tomasz)
    fill(conversation, tomasz, 1)
    mark_read(conversation, by=ines, up_to=Message.objects.latest("pk").pk)
    page = open_page(f"/messages/{conversation.pk}/", as_=ines, width=width, height=540)
    page.wait_for_timeout(100)
    for selector in ("#thread .since", ".correspondence h1", ".message:last-child .bubble", ".write button"):
        assert page.evaluate(IN_SIGHT, selector), f"{selector} is out of sight in a short one"
    assert page.evaluate("scrollY") == 0

    fill(conversation, tomasz, 40)
    mark_read(conversation, by=ines, up_to=Message.objects.latest("pk").pk)
    page.goto("/messages/")
    page.goto(f"/messages/{conversation.pk}/")
    page.wait_for_timeout(100)
    for selector in (".correspondence h1", "#thread .message:last-child .bubble", ".write button"):
        assert page.evaluate(IN_SIGHT, selector), f"{selector} is out of sight in a long one"


def test_a_long_name_leaves_room_for_what_is_written(open_page, ines):
    other = MemberFactory(first_name="Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh", last_name="Maximiliana")
    connect(ines, other)
    page = open_page(f"/messages/with/{other.handle}/", as_=ines, width=320, height=700)
    assert page.locator(".correspondence > header").bounding_box()["height"] < 80


def test_a_message_that_cant_be_sent_is_in_sight_and_stands_in_nobodys_way(open_page, ines, tomasz):
    conversation = open_conversation(ines, tomasz)
    fill(conversation, tomasz, 12)
    page = open_page(
        f"/messages/{conversation.pk}/?end=1", as_=ines, width=390, height=700, allowed=["Failed to", "status of 422"]
    )
    page.get_by_text("Add pictures or files").click()
    page.get_by_label("Pictures and files").set_input_files(
        [{"name": "a.exe", "mimeType": "", "buffer": b"MZ\x90\x00"}]
    )
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("a.exe can’t be sent.", exact=False).wait_for()
    expect(page.get_by_label("Pictures and files")).to_be_focused()

    page.get_by_label("Pictures and files").set_input_files([])
    page.get_by_label("Your message").fill("Are you there?")
    page.route(f"**/messages/{conversation.pk}/**", lambda route: route.abort())
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator(".on-its-way.failed").get_by_text("Not sent. Your words are kept here.").wait_for()
    assert page.evaluate(IN_SIGHT, ".on-its-way .bubble")
    assert page.evaluate(IN_SIGHT, ".on-its-way [data-again]")
    expect(page.locator("#notice-bar")).to_be_empty()  # it is said in its place
    expect(page.get_by_text("a.exe can’t be sent.", exact=False)).to_have_count(0)
    expect(page.get_by_label("Your message")).to_be_focused()


def test_the_caret_stays_where_one_writes_while_a_message_goes(open_page, ines, tomasz):
    conversation, on_their_way = open_conversation(ines, tomasz), []
    page = open_page(f"/messages/{conversation.pk}/", as_=ines)
    page.route(f"**/messages/{conversation.pk}/", lambda route: on_their_way.append(route))
    field = page.get_by_label("Your message")
    field.fill("One")
    field.press("Control+Enter")
    page.locator("#unsent .on-its-way").wait_for()
    field.fill("Two and three")
    field.evaluate("field => field.setSelectionRange(3, 7)")
    on_their_way[0].continue_()
    page.locator("#thread .message.mine").wait_for()
    expect(field).to_have_value("Two and three")
    assert field.evaluate(CARET) == [True, 3, 7]


def test_whoever_reads_further_up_is_told_that_something_came(open_page, ines, tomasz):
    conversation = open_conversation(ines, tomasz)
    fill(conversation, tomasz, 28)
    page = open_page(f"/messages/{conversation.pk}/?end=1", as_=ines, height=700)
    page.evaluate("scrollTo(0, 0)")
    below = page.get_by_role("link", name="New messages below")
    expect(below).to_have_count(0)
    send_message(conversation, by=tomasz, text="I have it")
    page.evaluate("document.querySelector('[data-look]').dispatchEvent(new CustomEvent('look'))")
    below.wait_for()
    assert page.evaluate("scrollY") < 100, "what one reads has moved"
    below.click()
    expect(below).to_have_count(0)
    assert page.evaluate(IN_SIGHT, "#thread .message:last-child .bubble")


@pytest.mark.parametrize("javascript", [True, False])
def test_words_that_are_too_many_are_kept(javascript, open_page, ines, tomasz):
    conversation = open_conversation(ines, tomasz)
    page = open_page(
        f"/messages/{conversation.pk}/",
        as_=ines,
        javascript=javascript,
        allowed=["the server responded with a status of 422"],
    )
    words = "word " * 1001 + "end"
    page.get_by_label("Your message").fill(words)
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("at most 5000 characters", exact=False).wait_for()
    expect(page.get_by_label("Your message")).to_have_value(words)


def test_what_one_writes_stays_while_one_changes_another_message(open_page, ines, tomasz):
    conversation = open_conversation(ines, tomasz)
    message = send_message(conversation, by=ines, text="See you at noo")
    page = open_page(f"/messages/{conversation.pk}/", as_=ines, allowed=["the server responded with a status of 422"])
    draft, line = page.get_by_label("Your message"), page.locator(f"#message-{message.pk}")
    draft.fill("Half a thou")
    line.get_by_role("link", name="Edit").click()
    words = page.locator("#dialog").get_by_label("Message", exact=True)
    expect(words).to_be_focused()
    words.fill(" ")
    page.get_by_role("button", name="Save").click()
    page.locator("#dialog").get_by_text("Write something first.").wait_for()
    expect(words).to_be_focused()
    words.fill("See you at noon")
    page.get_by_role("button", name="Save").click()
    line.get_by_text("See you at noon").wait_for()
    expect(page.locator("#dialog")).to_be_hidden()
    expect(line.get_by_role("link", name="Edit")).to_be_focused()
    expect(draft).to_have_value("Half a thou")

    line.get_by_role("link", name="Delete").click()
    page.locator("#dialog").get_by_role("button", name="Delete").click()
    line.get_by_text("This message was deleted.").wait_for()
    expect(line).to_be_focused()
    expect(draft).to_have_value("Half a thou")


def test_in_large_letters_there_is_room_for_what_is_written(open_page, ines, tomasz):
    """A phone of 390 by 844 pixels on which one reads in letters of twice the size."""
    conversation = open_conversation(ines, tomasz)
    fill(conversation, tomasz, 12)
    page = open_page(f"/messages/{conversation.pk}/?end=1", as_=ines, width=195, height=422)
    page.wait_for_timeout(100)
    page.evaluate("scrollBy(0, -150)")
    assert page.evaluate(IN_SIGHT, "#thread .message:last-child .bubble")
    for address in (f"/messages/{conversation.pk}/", "/messages/", "/notices/", "/settings/emails/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 195, address


def test_what_one_didnt_send_is_there_again_until_it_is_sent_or_one_signs_out(open_page, ines, tomasz, lina):
    connect(ines, lina)
    conversation, other = open_conversation(ines, tomasz), open_conversation(ines, lina)
    page = open_page(f"/messages/{conversation.pk}/", as_=ines)
    field = page.get_by_label("Your message")
    field.fill("Half a thou")
    page.goto(f"/messages/{other.pk}/")
    expect(field).to_have_value("")
    page.go_back()
    expect(field).to_have_value("Half a thou")
    page.reload()
    expect(field).to_have_value("Half a thou")

    page.get_by_role("button", name="Send", exact=True).click()
    page.locator("#thread .message.mine").wait_for()
    page.reload()
    page.locator("#thread .message.mine").wait_for()
    expect(field).to_have_value("")

    field.fill("Another")
    page.locator("#places summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("#places")).to_have_count(0)
    assert page.evaluate("sessionStorage.length") == 0
