"""A member reports a post in a real browser, and an operator hides it."""

import pytest
from django.urls import reverse

from accounts.actions import create_operator
from feed.models import Post
from moderation.models import Decision
from tests.factories.feed import post


@pytest.mark.parametrize("javascript", [True, False])
def test_a_reported_post_is_hidden_by_an_operator(javascript, open_page, ines, lina, settings):
    settings.DEBUG = True  # a development machine asks for no second factor
    operator = create_operator(email="operator@example.com", first_name="Olga")
    advertisement = post(ines, "Come and buy my gauges")

    page = open_page(reverse("report", args=["post", advertisement.pk]), as_=lina, javascript=javascript)
    page.get_by_label("Advertising or spam").check()
    page.get_by_role("button", name="Send report").click()
    page.get_by_role("heading", name="Thank you").wait_for()

    desk = open_page(reverse("admin:moderation_case_changelist"), as_=operator, javascript=javascript)
    desk.locator("#result_list tbody th a").click()
    desk.get_by_role("link", name="Hide it").click()
    desk.get_by_label("Why").fill("Advertising isn't allowed.")
    desk.get_by_role("button", name="Hide it").click()
    desk.get_by_text("Done: Hide it.").wait_for()

    assert not Post.objects.visible_to(lina).filter(pk=advertisement.pk).exists()
    assert Decision.objects.get().by == operator
