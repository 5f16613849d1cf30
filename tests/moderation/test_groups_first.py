"""Reports about what was said in a group: its moderators first, then the operators; and who hears of it (§14)."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.actions import block_member, suspend_member
from accounts.refusals import Refusal
from communities.models import OrganizationRole
from feed.models import Comment, Post
from moderation.actions import (
    hand_on,
    hide_in_group,
    hide_thing,
    keep_in_group,
    report_thing,
    restore_thing,
    show_in_group,
)
from moderation.models import Case, Decision
from tests.communities.breakers import event, organization
from tests.factories import comment, post
from tests.factories.groups import group_of, moderates_too

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mail_arrives_at_once(settings):
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}


@pytest.fixture
def group(ines, tomasz, amara):
    """Ines moderates it; Tomasz and Amara are in it."""
    return group_of(ines, tomasz, amara)


@pytest.fixture
def case(group, tomasz, amara) -> Case:
    """Amara reported what Tomasz said in the group."""
    return report_thing(post(tomasz, "Buy my gauges", group=group), by=amara, reason="spam", words="Again").case


def for_operators(case) -> bool:
    return Case.objects.for_operators().filter(pk=case.pk).exists()


def for_moderator(case, member) -> bool:
    return Case.objects.for_moderator(member).filter(pk=case.pk).exists()


def letters() -> dict[str, str]:
    return {letter.to[0]: f"{letter.subject}\n{letter.body}" for letter in mail.outbox}


class TestWhoSeesACase:
    def test_the_moderators_of_the_group_see_it_first(self, case, ines, tomasz, amara, lina):
        assert for_moderator(case, ines)
        assert not for_operators(case)
        for other in (tomasz, amara, lina):
            assert not for_moderator(case, other)

    def test_so_of_a_comment_there(self, group, ines, tomasz, amara):
        said = comment(tomasz, post(amara, "Hello", group=group), "Buy my gauges")
        assert for_moderator(report_thing(said, by=amara, reason="spam").case, ines)

    def test_the_operators_see_it_when_a_moderator_hands_it_on(self, case, ines):
        hand_on(case, by=ines)
        assert for_operators(case)
        assert not for_moderator(case, ines)
        with pytest.raises(Refusal):
            hand_on(case, by=ines)

    def test_the_operators_see_it_after_three_days_and_so_do_the_moderators(self, case, ines, time_machine):
        now = timezone.now()
        time_machine.move_to(now + timedelta(days=2, hours=23), tick=False)
        assert not for_operators(case)
        time_machine.move_to(now + timedelta(days=3, minutes=1), tick=False)
        assert for_operators(case)
        assert Case.objects.for_operators().get().reason == Case.Reason.UNANSWERED
        assert for_moderator(case, ines)

    def test_what_is_about_a_moderator_goes_to_the_operators_alone(self, case, group, ines, tomasz, amara):
        moderates_too(group, tomasz, by=ines)
        assert for_operators(case)
        assert not for_moderator(case, ines)
        own = report_thing(post(ines, "Mine", group=group), by=amara, reason="rude").case
        assert for_operators(own)
        assert not for_moderator(own, ines)

    def test_what_is_about_the_group_itself_goes_to_the_operators(self, group, amara, ines):
        about_it = report_thing(group, by=amara, reason="other").case
        assert for_operators(about_it)
        assert not for_moderator(about_it, ines)

    def test_where_no_moderator_is_there_the_operators_see_it_at_once(self, case, ines, operator):
        suspend_member(ines, by=operator)
        assert Case.objects.for_operators().get().reason == Case.Reason.NO_MODERATOR

    def test_a_moderator_behind_a_wall_doesnt_see_it(self, case, ines, tomasz):
        block_member(ines, by=tomasz)
        assert not for_moderator(case, ines)

    def test_other_cases_reach_the_operators_at_once(self, amara, ines):
        assert for_operators(report_thing(post(ines, "Elsewhere"), by=amara, reason="spam").case)


class TestWhatModeratorsDecide:
    def test_hiding_answers_the_reports_and_both_sides_hear_of_it(self, case, ines, tomasz, amara):
        said = Post.objects.get()
        decision = hide_in_group(said, by=ines, why="No selling here")
        assert (decision.by_group, decision.case, decision.by) == (True, case, ines)
        assert not Post.objects.visible_to(amara).exists()
        assert Post.objects.visible_to(tomasz).get().is_hidden_by_group
        assert "A moderator of the group has hidden a post of yours" in letters()["tomasz@example.com"]
        assert "No selling here" in letters()["tomasz@example.com"]
        assert "A moderator of the group has looked at it and hidden" in letters()["amara@example.com"]
        assert "Ines" not in letters()["amara@example.com"]

    def test_keeping_closes_the_case_and_the_reporter_hears_of_it(self, case, ines, amara):
        mail.outbox.clear()
        keep_in_group(case, by=ines)
        case.refresh_from_db()
        assert case.closed_at
        assert list(letters()) == ["amara@example.com"]
        with pytest.raises(Refusal):
            keep_in_group(case, by=ines)

    def test_what_a_moderator_hid_another_shows_again(self, case, group, ines, tomasz, amara):
        said = Post.objects.get()
        hide_in_group(said, by=ines, why="No selling here")
        show_in_group(said, by=ines)
        assert Post.objects.visible_to(amara).get().is_hidden_by_group is False

    def test_what_an_operator_hid_a_moderator_doesnt_show(self, case, ines, operator):
        said = Post.objects.get()
        hide_thing(said, by=operator, why="Advertising")
        with pytest.raises(Refusal):
            show_in_group(said, by=ines)
        with pytest.raises(Refusal):
            hide_in_group(said, by=ines, why="Twice")
        assert Post.objects.get().hidden_at

    def test_an_operator_makes_a_moderators_hiding_their_own(self, case, ines, operator):
        said = Post.objects.get()
        hide_in_group(said, by=ines, why="No selling here")
        hide_thing(said, by=operator, why="Advertising")
        with pytest.raises(Refusal):
            show_in_group(said, by=ines)
        restore_thing(said, by=operator, why="A mistake")
        assert Post.objects.get().hidden_at is None

    def test_only_a_moderator_decides_and_only_about_their_group(self, case, group, ines, tomasz, amara, lina):
        said, elsewhere = Post.objects.get(), post(amara, "Elsewhere")
        for other in (tomasz, amara, lina):
            with pytest.raises(Refusal):
                hide_in_group(said, by=other, why="I want to")
            with pytest.raises(Refusal):
                keep_in_group(case, by=other)
            with pytest.raises(Refusal):
                hand_on(case, by=other)
        with pytest.raises(Refusal):
            hide_in_group(elsewhere, by=ines, why="I want to")

    def test_a_moderator_doesnt_hide_what_another_said(self, group, ines, tomasz):
        moderates_too(group, tomasz, by=ines)
        said = post(tomasz, "Mine too", group=group)
        with pytest.raises(Refusal, match="operators"):
            hide_in_group(said, by=ines, why="I want to")

    def test_hiding_doesnt_answer_what_was_handed_on(self, case, ines):
        hand_on(case, by=ines)
        decision = hide_in_group(Post.objects.get(), by=ines, why="In the meantime")
        case.refresh_from_db()
        assert (decision.case, case.closed_at) == (None, None)

    def test_a_hidden_comment_stays_for_its_author(self, group, ines, tomasz, amara):
        said = comment(tomasz, post(amara, "Hello", group=group), "Buy my gauges")
        hide_in_group(said, by=ines, why="No selling here")
        assert Comment.objects.visible_to(tomasz).exists()
        assert not Comment.objects.visible_to(amara).exists()
        assert "hidden a comment of yours" in letters()["tomasz@example.com"]

    def test_the_database_keeps_who_made_a_decision(self, case, ines):
        decision = hide_in_group(Post.objects.get(), by=ines, why="No selling here")
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(by_group=False)


class TestOtherThings:
    """Organizations, groups and events: reported by who sees them, hidden and shown by operators."""

    @pytest.fixture(params=["organization", "group", "event"])
    def thing(self, request, ines):
        if request.param == "organization":
            page = organization()
            OrganizationRole.objects.create(organization=page, member=ines, role="admin")
            return page
        return group_of(ines) if request.param == "group" else event(host=ines)

    def test_it_is_reported_hidden_and_shown_again(self, thing, ines, lina, operator):
        case = report_thing(thing, by=lina, reason="false").case
        assert case.reports.get().evidence
        assert for_operators(case)
        hide_thing(thing, by=operator, why="Not real", case=case)
        assert not type(thing).objects.visible_to(lina).exists()
        assert "ines@example.com" in letters()
        assert "hidden what you reported" in letters()["lina@example.com"]
        restore_thing(thing, by=operator, why="It is")
        assert type(thing).objects.visible_to(lina).exists()

    def test_whoever_looks_after_it_doesnt_report_it(self, thing, ines, lina, as_member):
        kind = type(thing).__name__.lower()
        address = reverse("report", args=[kind, thing.pk])
        assert as_member(ines).get(address).status_code == 404
        page = as_member(lina).get(address)
        assert page.status_code == 200
        assert str(thing) in page.text
        assert as_member(lina).post(address, {"reason": "false"}).status_code == 302

    def test_the_admin_hides_it_from_its_case(self, thing, lina, desk):
        case = report_thing(thing, by=lina, reason="false").case
        assert desk.get(reverse("admin:moderation_case_change", args=[case.pk])).status_code == 200
        desk.post(reverse("admin:moderation_case_decide", args=[case.pk, "hide"]), {"why": "Not real"})
        assert not type(thing).objects.visible_to(lina).exists()


@pytest.mark.parametrize("who", ["lina", "bill"])
def test_an_unlisted_group_isnt_there_to_be_reported(cast, who, as_member):
    group = group_of(cast["ines"], entry="unlisted")
    assert as_member(cast[who]).get(reverse("report", args=["group", group.pk])).status_code == 404


def test_the_admin_lists_what_has_reached_the_operators_and_why(desk, case, ines):
    address = reverse("admin:moderation_case_changelist")
    assert f"Post {case.subject_id}" not in desk.get(address).text
    assert desk.get(reverse("admin:moderation_case_change", args=[case.pk])).status_code == 302
    hand_on(case, by=ines)
    page = desk.get(address, {"why": "handed_on"}).text
    assert "A moderator handed it on" in page
    assert f"Post {case.subject_id}" in page
    assert f"Post {case.subject_id}" not in desk.get(address, {"why": "unanswered"}).text
