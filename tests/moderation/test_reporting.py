import pytest
from django.urls import reverse

from accounts.actions import block_member
from feed.models import Post
from moderation.actions import dismiss_case, report_thing
from moderation.models import Case, Report
from tests.cast import CAST

WORDS = {"reason": "spam", "words": "Again and again"}


def address(kind, thing):
    return reverse("report", args=[kind, thing.pk])


def test_a_report_of_a_post_opens_a_case_with_the_post_as_it_read_then(as_member, amara, post, ines):
    answer = as_member(amara).post(address("post", post), WORDS)
    assert answer.status_code == 302
    assert answer.url == reverse("report_thanks")
    Post.objects.filter(pk=post.pk).update(text="I never said anything")
    report = Report.objects.get()
    assert (report.reporter, report.reason, report.words) == (amara, "spam", "Again and again")
    assert report.evidence == "Come and buy my gauges"
    assert (report.case.subject_kind, report.case.subject_id, report.case.member) == ("post", post.pk, ines)


def test_the_reporter_is_thanked(as_member, amara, post):
    answer = as_member(amara).post(address("post", post), WORDS, follow=True)
    assert "Thank you" in answer.content.decode()


def test_reports_about_one_thing_make_one_case(amara, tomasz, post):
    report_thing(post, by=amara, reason="spam")
    report_thing(post, by=tomasz, reason="rude")
    assert Case.objects.get().reports.count() == 2


def test_pressing_twice_reports_once(as_member, amara, post):
    for _ in range(2):
        as_member(amara).post(address("post", post), WORDS)
    assert Report.objects.count() == 1


def test_after_a_decision_a_new_report_makes_a_new_case(amara, post, operator):
    first = report_thing(post, by=amara, reason="spam").case
    dismiss_case(first, by=operator, why="Fair enough")
    assert report_thing(post, by=amara, reason="spam").case != first


@pytest.mark.parametrize("viewer", CAST)
@pytest.mark.parametrize("kind", ["member", "post", "comment", "message"])
def test_only_what_one_sees_and_what_is_not_ones_own_can_be_reported(
    kind, viewer, as_member, cast, ines, post, comment, message
):
    thing = {"member": ines, "post": post, "comment": comment, "message": message}[kind]
    may = {"tomasz"} if kind == "message" else {"tomasz", "amara", "lina"}
    browser = as_member(cast[viewer])
    expected = 200 if viewer in may else 302 if viewer == "visitor" else 404
    assert browser.get(address(kind, thing)).status_code == expected
    browser.post(address(kind, thing), WORDS)
    assert Report.objects.exists() == (viewer in may)


def test_a_post_for_connections_cannot_be_reported_by_a_stranger(as_member, lina, tomasz, post):
    Post.objects.update(audience="connections")
    assert as_member(lina).get(address("post", post)).status_code == 404
    assert as_member(tomasz).get(address("post", post)).status_code == 200


def test_a_reported_message_takes_nothing_else_of_the_conversation_along(as_member, tomasz, message):
    as_member(tomasz).post(address("message", message), WORDS)
    assert Report.objects.get().evidence == "Buy my gauges, Tomasz"


@pytest.mark.parametrize(("kind", "number"), [("photo", 1), ("nonsense", 1), ("post", 999_999_999)])
def test_what_is_not_there_is_not_found(as_member, amara, kind, number):
    assert as_member(amara).get(reverse("report", args=[kind, number])).status_code == 404


def test_a_report_without_a_reason_comes_back_with_what_was_typed(as_member, amara, post):
    answer = as_member(amara).post(address("post", post), {"words": "It is all lies"})
    assert answer.status_code == 422
    assert "It is all lies" in answer.content.decode()
    assert not Report.objects.exists()


def test_the_words_of_a_report_are_limited(as_member, amara, post):
    answer = as_member(amara).post(address("post", post), {"reason": "spam", "words": "x" * 1001})
    assert answer.status_code == 422
    assert not Report.objects.exists()


def test_a_message_by_somebody_behind_a_wall_is_reported_without_their_name(as_member, ines, tomasz, message):
    """After a block the other is "A member" (product.md §9)."""
    assert "Ines" in as_member(tomasz).get(address("message", message)).text
    block_member(tomasz, by=ines)
    page = as_member(tomasz).get(address("message", message)).text
    assert "Buy my gauges, Tomasz" in page
    assert "Ines" not in page
    assert as_member(tomasz).post(address("message", message), WORDS).status_code == 302
