"""Two connections write to each other, with JavaScript and without."""

import pytest
from PIL import Image
from playwright.sync_api import Route, expect

from messaging.actions import mark_read, open_conversation, send_message
from messaging.models import Message

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
    hers.locator("#thread .message.mine").get_by_text("Shall we go together?").wait_for()
    assert hers.get_by_label("Your message").input_value() == ""

    his = open_page(f"/messages/{conversation.pk}/", as_=tomasz, javascript=javascript)
    his.locator(".message").get_by_text("Shall we go together?").wait_for()
    assert his.get_by_text("Read", exact=False).count()
    his.get_by_label("Your message").fill("Gladly")
    his.get_by_role("button", name="Send").click()
    his.locator("#thread .message.mine").get_by_text("Gladly").wait_for()

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


@pytest.mark.parametrize("javascript", [True, False])
def test_earlier_messages_come_above_what_one_reads(javascript, open_page, ines, tomasz):
    conversation = open_conversation(ines, tomasz)
    first, *_others = [send_message(conversation, by=tomasz, text=f"Line {number}.").pk for number in range(70)]
    mark_read(conversation, by=ines, up_to=Message.objects.latest("pk").pk)
    page = open_page(f"/messages/{conversation.pk}/", as_=ines, javascript=javascript)
    page.get_by_text("Line 69.", exact=True).first.wait_for()
    if javascript:
        assert page.evaluate("document.getElementById('end').getBoundingClientRect().bottom <= innerHeight"), (
            "not at the end"
        )
        page.wait_for_timeout(100)
    assert page.locator(".message").count() == 30
    if not javascript:
        page.get_by_role("link", name="Earlier messages").click()
        page.get_by_text("Line 39.", exact=True).wait_for()
        page.get_by_role("link", name="Later messages").click()
        page.get_by_text("Line 69.", exact=True).first.wait_for()
        return
    messages = page.locator(".message")
    for top, count in ((40, 60), (10, 70)):
        line = page.locator(f"#message-{first + top}")
        before = page.evaluate(
            "id => (scrollTo(0, 0), document.getElementById(id).getBoundingClientRect().top)", f"message-{first + top}"
        )
        expect(messages).to_have_count(count)
        page.wait_for_timeout(100)
        assert abs(line.bounding_box()["y"] - before) < 60, "what one read has moved"


def test_a_message_that_cant_be_sent_says_so_and_is_sent_again_once(open_page, ines, tomasz):
    """The network fails, then the answer is lost: what one wrote stays, and is there once in the end."""
    conversation, lost = open_conversation(ines, tomasz), []
    address = f"/messages/{conversation.pk}/"
    page = open_page(address, as_=ines, allowed=["Failed to load resource", "Failed to fetch"])

    def fail(route):
        route.abort() if route.request.method == "POST" else route.continue_()

    def lose_the_answer(route):
        if route.request.method == "POST":
            route.fetch()
            lost.append(True)
            route.abort()
        else:
            route.continue_()

    page.route(f"**{address}", fail)
    field, failed = page.get_by_label("Your message"), page.locator(".on-its-way.failed")
    field.fill("Are you at the dam?")
    page.get_by_role("button", name="Send", exact=True).click()
    failed.get_by_text("Not sent. Your words are kept here.").wait_for()
    assert "Are you at the dam?" in failed.inner_text()
    assert field.input_value() == ""
    assert Message.objects.count() == 0
    field.fill("Half a thou")
    page.get_by_text("Add pictures or files").click()
    page.get_by_label("Pictures and files").set_input_files([{"name": "a.txt", "mimeType": "", "buffer": b"a"}])

    page.unroute(f"**{address}", fail)
    page.route(f"**{address}", lose_the_answer)
    failed.get_by_role("button", name="Send again").click()
    expect(page.locator("#unsent .on-its-way:not(.failed)")).to_have_count(0)
    assert lost == [True]
    failed.get_by_role("button", name="Send again").wait_for()
    assert Message.objects.count() == 1

    page.unroute(f"**{address}", lose_the_answer)
    failed.get_by_role("button", name="Send again").click()
    page.locator("#thread .message.mine").get_by_text("Are you at the dam?").wait_for()
    expect(page.locator(".on-its-way")).to_have_count(0)
    assert Message.objects.count() == 1
    assert field.input_value() == "Half a thou"
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator("#thread .sent-file").get_by_text("a.txt").wait_for()


def test_what_is_refused_comes_back_before_what_one_has_written_since(open_page, ines, tomasz):
    conversation, on_their_way = open_conversation(ines, tomasz), []
    address = f"/messages/{conversation.pk}/"
    page = open_page(address, as_=ines, allowed=["the server responded with a status of 422"])
    page.route(f"**{address}", lambda route: on_their_way.append(route))
    field, files = page.get_by_label("Your message"), page.get_by_label("Pictures and files")
    files.set_input_files([{"name": "a.exe", "mimeType": "", "buffer": b"MZ\x90\x00"}])
    field.fill("Look")
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator("#unsent .on-its-way").get_by_text("Sending …").wait_for()
    field.fill("Did you see it?")
    on_their_way[0].continue_()
    page.get_by_text("a.exe can’t be sent.", exact=False).wait_for()
    expect(field).to_have_value("Look\nDid you see it?")
    assert files.evaluate("input => [...input.files].map(file => file.name)") == ["a.exe"]
    assert page.locator(".on-its-way").count() == 0


@pytest.mark.parametrize("javascript", [True, False])
def test_pictures_and_files_are_sent_and_opened(javascript, open_page, ines, tomasz, tmp_path):
    conversation = open_conversation(ines, tomasz)
    picture, file, program = tmp_path / "dam.png", tmp_path / "plan.pdf", tmp_path / "run.exe"
    Image.new("RGB", (80, 60), "teal").save(picture)
    file.write_bytes(b"%PDF-1.7")
    program.write_bytes(b"MZ\x90\x00")
    page = open_page(
        f"/messages/{conversation.pk}/",
        as_=ines,
        javascript=javascript,
        allowed=["the server responded with a status of 422"],
    )
    page.get_by_text("Add pictures or files").click()
    page.get_by_label("Pictures and files").set_input_files([program])
    page.get_by_label("Your message").fill("Look")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("run.exe can’t be sent.", exact=False).wait_for()
    assert page.get_by_label("Your message").input_value() == "Look"
    page.get_by_label("Pictures and files").set_input_files([picture, file])
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator("#thread img[alt='Picture: dam.png']").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="plan.pdf").click()
    assert download.value.suggested_filename == "plan.pdf"
    assert Message.objects.count() == 1


def test_it_opens_at_what_is_new(open_page, ines, tomasz):
    conversation = open_conversation(ines, tomasz)
    for number in range(60):
        send_message(conversation, by=tomasz, text=f"Line {number}.")
    page = open_page(f"/messages/{conversation.pk}/", as_=ines)
    assert page.locator("#new").bounding_box()["y"] < 400
    while page.get_by_role("link", name="Later messages").count():
        before = page.locator(".message").count()
        page.get_by_role("link", name="Later messages").click()
        expect(page.locator(".message")).not_to_have_count(before)
    page.get_by_label("Your message").fill("I have read it all")
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator("#thread .message.mine").get_by_text("I have read it all").wait_for()
    assert page.locator(".message").count() == 61


def test_what_is_sent_while_another_is_on_its_way_arrives_after_it_and_once(open_page, ines, tomasz):
    conversation, on_their_way = open_conversation(ines, tomasz), []
    address = f"/messages/{conversation.pk}/"
    page = open_page(address, as_=ines, allowed=["Failed to load resource", "Failed to fetch"])
    page.route(f"**{address}", lambda route: on_their_way.append(route))
    field, send = page.get_by_label("Your message"), page.locator("form[data-write] .row button")
    unsent, sent = page.locator("#unsent .on-its-way"), page.locator("#thread .message.mine .say")

    def on_its_way(number: int) -> Route:
        for _ in range(200):
            if len(on_their_way) >= number:
                break
            page.wait_for_timeout(50)
        return on_their_way[number - 1]

    for text in ("One", "Two", "Three"):
        field.fill(text)
        send.click()
        send.click()  # with nothing written
        expect(field).to_have_value("")
    field.fill("Half a thou")
    expect(unsent).to_contain_text(["One", "Two", "Three"])
    for number in (1, 2, 3):
        on_its_way(number).continue_()
        expect(sent).to_have_count(number)
    expect(sent).to_have_text(["One", "Two", "Three"])
    expect(unsent).to_have_count(0)
    expect(field).to_have_value("Half a thou")
    assert [message.text for message in Message.objects.order_by("pk")] == ["One", "Two", "Three"]

    # The first fails: so does what waits behind it, and both are sent again in their order.
    for text in ("Four", "Five"):
        field.fill(text)
        send.click()
    on_its_way(4).abort()
    failed = page.locator(".on-its-way.failed")
    expect(failed).to_contain_text(["Four", "Five"])
    page.unroute(f"**{address}")
    for _ in range(2):
        failed.get_by_role("button", name="Send again").first.click()
    expect(sent).to_have_text(["One", "Two", "Three", "Four", "Five"])
    assert [message.text for message in Message.objects.order_by("pk")][3:] == ["Four", "Five"]
