from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from accounts.refusals import Refusal
from feed.models import Comment, Post
from moderation import actions
from moderation.models import Case, Decision


@pytest.fixture(autouse=True)
def _mail_arrives_at_once(settings):
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}


def letters():
    """What was written, by address."""
    return {letter.to[0]: f"{letter.subject}\n{letter.body}" for letter in mail.outbox}


def test_a_hidden_post_is_gone_for_others_and_stays_for_its_author(ines, amara, post, operator):
    actions.hide_post(post, by=operator, why="Advertising")
    assert not Post.objects.visible_to(amara).filter(pk=post.pk).exists()
    assert Post.objects.visible_to(ines).filter(pk=post.pk).exists()
    actions.restore_post(post, by=operator, why="A mistake")
    assert Post.objects.visible_to(amara).filter(pk=post.pk).exists()


def test_a_hidden_comment_is_gone_for_others(amara, comment, operator):
    actions.hide_comment(comment, by=operator, why="Advertising")
    assert not Comment.objects.visible_to(amara).exists()
    actions.restore_comment(comment, by=operator, why="A mistake")
    assert Comment.objects.visible_to(amara).exists()


def test_a_hidden_photo_gives_way_to_initials(ines, operator):
    User.objects.filter(pk=ines.pk).update(photo_key="abc")
    actions.hide_photo(ines, by=operator, why="Not her")
    ines.refresh_from_db()
    assert ines.face == ""
    actions.restore_photo(ines, by=operator, why="It is her")
    ines.refresh_from_db()
    assert ines.face == "abc"


def test_a_suspended_member_vanishes_until_the_time_is_over(ines, amara, operator, post, time_machine):
    actions.suspend_member(ines, by=operator, why="Harassment", until=timezone.now() + timedelta(days=7))
    assert not User.objects.visible_to(amara).filter(pk=ines.pk).exists()
    assert not Post.objects.visible_to(amara).exists()
    assert Post.objects.filter(pk=post.pk).exists()
    User.objects.filter(pk=ines.pk).update(suspended_until=timezone.now() - timedelta(seconds=1))
    assert User.objects.visible_to(amara).filter(pk=ines.pk).exists()


def test_a_suspension_for_good_ends_by_reactivating(ines, operator):
    actions.suspend_member(ines, by=operator, why="Harassment")
    ines.refresh_from_db()
    assert ines.is_suspended
    assert not ines.is_active
    actions.reactivate_member(ines, by=operator, why="They apologized")
    ines.refresh_from_db()
    assert ines.is_present


def test_a_suspension_ends_the_members_sessions(as_member, ines, operator):
    browser = as_member(ines)
    actions.suspend_member(ines, by=operator, why="Harassment")
    assert browser.get("/report/thanks/").status_code == 302


def test_every_decision_says_who_what_when_and_why(ines, operator, post):
    until = timezone.now() + timedelta(days=3)
    actions.hide_post(post, by=operator, why="Advertising")
    actions.suspend_member(ines, by=operator, why="Again", until=until)
    hidden, suspended = Decision.objects.order_by("pk")
    assert (hidden.action, hidden.subject_kind, hidden.subject_id) == ("hide", "post", post.pk)
    assert (hidden.member, hidden.by, hidden.by_name, hidden.why) == (ines, operator, "Olga Berg", "Advertising")
    assert (suspended.action, suspended.subject_kind, suspended.until) == ("suspend", "member", until)


@pytest.mark.parametrize("why", ["", "   "])
def test_nothing_is_decided_without_a_reason(ines, operator, post, why):
    with pytest.raises(Refusal):
        actions.hide_post(post, by=operator, why=why)
    post.refresh_from_db()
    assert post.hidden_at is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(action="hide", subject_kind="post", subject_id=1, by=operator, why="")


def test_the_database_changes_and_deletes_no_decision(operator, post):
    decision = actions.hide_post(post, by=operator, why="Advertising")
    for change in ({"why": "Nothing"}, {"action": "restore"}, {"by_name": "Somebody else"}, {"until": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        decision.delete()


def test_a_decision_outlives_the_operator_and_the_member(ines, operator, post):
    decision = actions.hide_post(post, by=operator, why="Advertising")
    operator.delete()
    ines.delete()
    decision.refresh_from_db()
    assert (decision.by, decision.member, decision.by_name) == (None, None, "Olga Berg")


@pytest.mark.parametrize("act", [actions.restore_post, actions.hide_post])
def test_what_is_so_already_is_refused(operator, post, act):
    if act is actions.hide_post:
        actions.hide_post(post, by=operator, why="Advertising")
    with pytest.raises(Refusal):
        act(post, by=operator, why="Again")
    assert Decision.objects.count() == (1 if act is actions.hide_post else 0)


def test_an_operator_cannot_suspend_themselves_nor_a_more_powerful_one(operator, lina):
    with pytest.raises(Refusal):
        actions.suspend_member(operator, by=operator, why="Tired")
    with pytest.raises(Refusal):
        actions.suspend_member(operator, by=lina, why="Coup")


def test_a_suspension_into_the_past_is_refused(ines, operator):
    with pytest.raises(Refusal):
        actions.suspend_member(ines, by=operator, why="Late", until=timezone.now() - timedelta(days=1))


def test_a_decision_closes_the_case_and_tells_member_and_reporters(ines, amara, tomasz, operator, post):
    case = actions.report_thing(post, by=amara, reason="spam").case
    actions.report_thing(post, by=tomasz, reason="spam")
    mail.outbox.clear()
    actions.hide_post(post, by=operator, why="Advertising")
    case.refresh_from_db()
    assert case.closed_at
    assert case.decisions.get().action == "hide"
    assert {"amara@example.com", "ines@example.com", "tomasz@example.com"} == set(letters())


def test_the_member_reads_the_reason_and_never_who_reported(ines, amara, operator, post):
    actions.report_thing(post, by=amara, reason="spam", words="I am tired of it")
    mail.outbox.clear()
    actions.hide_post(post, by=operator, why="Advertising isn't allowed")
    assert "Advertising isn't allowed" in letters()["ines@example.com"]
    assert "Amara" not in letters()["ines@example.com"]
    assert "tired" not in letters()["ines@example.com"]
    assert "hidden what you reported" in letters()["amara@example.com"]
    assert "Ines" not in letters()["amara@example.com"]


def test_a_dismissed_report_is_never_heard_of_by_the_member(ines, amara, operator, post):
    case = actions.report_thing(post, by=amara, reason="spam").case
    mail.outbox.clear()
    actions.dismiss_case(case, by=operator, why="Fair enough")
    assert set(letters()) == {"amara@example.com"}


def test_a_case_is_decided_once(amara, operator, post):
    case = actions.report_thing(post, by=amara, reason="spam").case
    actions.dismiss_case(case, by=operator, why="Fair enough")
    with pytest.raises(Refusal):
        actions.suspend_member(post.author, by=operator, why="Too late", case=case)
    assert Case.objects.filter(closed_at__isnull=True).count() == 0
    assert not User.objects.get(pk=post.author_id).is_suspended
