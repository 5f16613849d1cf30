"""Answers between yes and no, in a browser, with JavaScript and without."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from network.models import ConnectionRequest
from tests.factories import request

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("unmailed")]


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_question_an_answer_and_later(open_page, ines, lina, javascript):
    request(lina, ines, note="Hello Ines")
    recipient: Page = open_page("/network/", as_=ines, javascript=javascript)
    recipient.get_by_text("More answers").click()
    recipient.get_by_role("link", name="Ask a question").click()
    asked = recipient.get_by_label("Your question")
    expect(asked).to_have_value("How do we know each other?")
    asked.fill("Which weir was it?")
    recipient.get_by_role("button", name="Send question").click()
    expect(recipient.get_by_text("Your question to Lina is sent.")).to_be_visible()
    expect(recipient.get_by_role("main").get_by_text("Which weir was it?")).to_be_visible()

    sender: Page = open_page("/network/sent/", as_=lina, javascript=javascript)
    expect(sender.get_by_role("heading", name="While you wait")).to_be_visible()
    sender.get_by_label("Your answer").fill("The one at Hagestein.")
    sender.get_by_role("button", name="Send answer").click()
    expect(sender.get_by_text("Your answer to Ines is sent.")).to_be_visible()
    expect(sender.get_by_label("Your answer")).to_have_count(0)

    recipient.goto("/in/lina/")
    expect(recipient.get_by_text("The one at Hagestein.")).to_be_visible()
    recipient.get_by_text("More answers").click()
    recipient.get_by_role("link", name="Ask me later").click()
    on = timezone.localdate() + timedelta(days=30)
    recipient.get_by_label("From").fill(on.isoformat())
    recipient.get_by_role("button", name="Tell Lina").click()
    expect(recipient.get_by_text(re.compile("^Lina is told to ask again from"))).to_be_visible()
    assert ConnectionRequest.objects.get().later_on == on

    sender.reload()
    expect(sender.get_by_text(re.compile("^Ines Moreau asks you to ask again from"))).to_be_visible()
