"""Two connections write to each other, with JavaScript and without."""

import pytest

from messaging.actions import open_conversation, send_message

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("javascript", [True, False])
def test_two_connections_write_to_each_other(javascript, open_page, ines, tomasz):
    conversation = open_conversation(ines, tomasz)
    send_message(conversation, by=tomasz, text="Are you at the dam on Friday?")

    hers = open_page("/messages/", as_=ines, javascript=javascript)
    hers.get_by_role("link", name="Tomasz Wiśniewski").click()
    hers.get_by_text("Are you at the dam on Friday?").last.wait_for()
    hers.get_by_label("Your message").fill("I am. Shall we go together?")
    hers.get_by_role("button", name="Send").click()
    hers.locator(".message.mine").get_by_text("Shall we go together?").wait_for()
    assert hers.get_by_label("Your message").input_value() == ""

    his = open_page(f"/messages/{conversation.pk}/", as_=tomasz, javascript=javascript)
    his.locator(".message").get_by_text("Shall we go together?").wait_for()
    assert his.get_by_text("Read", exact=False).count()
    his.get_by_label("Your message").fill("Gladly")
    his.get_by_role("button", name="Send").click()
    his.locator(".message.mine").get_by_text("Gladly").wait_for()

    if javascript:
        hers.evaluate("document.querySelector('[data-look]').dispatchEvent(new CustomEvent('look'))")
    else:
        hers.get_by_role("link", name="Look for new messages").click()
    hers.locator(".message").get_by_text("Gladly").wait_for()


def test_what_one_writes_stays_while_news_arrive(open_page, ines, tomasz):
    conversation = open_conversation(ines, tomasz)
    page = open_page(f"/messages/{conversation.pk}/", as_=ines)
    page.get_by_label("Your message").fill("Half a thou")
    send_message(conversation, by=tomasz, text="Wait, I have it")
    page.evaluate("document.querySelector('[data-look]').dispatchEvent(new CustomEvent('look'))")
    page.locator(".message").get_by_text("Wait, I have it").wait_for()
    assert page.get_by_label("Your message").input_value() == "Half a thou"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_message_is_edited_and_deleted(javascript, open_page, ines, tomasz):
    conversation = open_conversation(ines, tomasz)
    send_message(conversation, by=ines, text="See you at noo")
    page = open_page(f"/messages/{conversation.pk}/", as_=ines, javascript=javascript)
    page.locator(".message").get_by_role("link", name="Edit").click()
    page.locator("#confirm textarea").fill("See you at noon")
    page.get_by_role("button", name="Save").click()
    page.locator(".message").get_by_text("See you at noon").wait_for()
    assert page.locator(".message").get_by_text("edited").count()
    page.locator(".message").get_by_role("link", name="Delete").click()
    page.locator("#confirm").get_by_role("button", name="Delete").click()
    page.locator(".message").get_by_text("This message was deleted.").wait_for()


def test_earlier_messages_come_by_pressing(open_page, ines, tomasz):
    conversation = open_conversation(ines, tomasz)
    for number in range(40):
        send_message(conversation, by=tomasz, text=f"Line {number}.")
    page = open_page(f"/messages/{conversation.pk}/", as_=ines)
    page.get_by_text("Line 39.", exact=True).first.wait_for()
    assert page.locator(".message").count() == 30
    page.get_by_role("link", name="Earlier messages").click()
    page.get_by_text("Line 0.", exact=True).wait_for()
    assert page.locator(".message").count() == 40
