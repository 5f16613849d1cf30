"""What operators find and do in the admin."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import Community, Invitation, User
from communities.actions import start_organization
from feed.models import Comment, Post
from moderation.actions import hide_post, report_thing
from moderation.models import Case, Decision
from notifications.models import Email
from profiles.models import HiddenPhoto
from tests.factories import MemberFactory, UnclaimedFactory, connect, follow, request

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mail_arrives_at_once(settings):
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}


def address(page, *args):
    return reverse(f"admin:{page}", args=args)


def read(browser, page, *args, **query):
    answer = browser.get(address(page, *args), query)
    assert answer.status_code == 200
    return answer.content.decode()


# Members


@pytest.mark.parametrize("words", ["wisn", "TOMASZ wiś", "tomasz@example.com", "Tomasz@Example.COM", "tom"])
def test_a_member_is_found_by_name_email_or_handle(words, desk, ines, tomasz, lina):
    html = read(desk, "accounts_user_changelist", q=words)
    assert "tomasz@example.com" in html
    assert "lina@example.com" not in html
    assert "ines@example.com" not in html


def test_unclaimed_and_suspended_people_are_visible_to_operators(desk, vera):
    UnclaimedFactory(email="roster@example.com")
    html = read(desk, "accounts_user_changelist")
    assert "roster@example.com" in html
    assert "vera@example.com" in html
    assert "vera@example.com" in read(desk, "accounts_user_changelist", standing="suspended")
    assert "vera@example.com" not in read(desk, "accounts_user_changelist", standing="unclaimed")


def test_a_members_page_shows_their_history(desk, ines, amara, post, operator):
    report_thing(post, by=amara, reason="spam")
    hide_post(post, by=operator, why="Advertising in a post")
    html = read(desk, "accounts_user_change", ines.pk)
    assert "Advertising in a post" in html
    assert address("moderation_case_change", Case.objects.get().pk) in html


def test_whom_a_member_knows_asks_and_follows_stays_theirs(desk, ines, tomasz, amara, lina):
    request(ines, lina, note="A very private note")
    follow(ines, amara, quiet=True)
    html = read(desk, "accounts_user_change", ines.pk)
    for name in ("Tomasz", "Amara", "Lina", "A very private note"):
        assert name not in html


def test_suspending_asks_for_a_reason_and_a_time(desk, ines, operator):
    decide = address("accounts_user_decide", ines.pk, "suspend")
    assert "For how long" in desk.get(decide).content.decode()
    assert desk.post(decide, {"why": " ", "days": "7"}).status_code == 422
    assert not Decision.objects.exists()
    answer = desk.post(decide, {"why": "Harassment", "days": "7"})
    assert answer.url == address("accounts_user_change", ines.pk)
    ines.refresh_from_db()
    assert timedelta(days=6) < ines.suspended_until - timezone.now() < timedelta(days=8)
    decision = Decision.objects.get()
    assert (decision.by, decision.why, decision.until) == (operator, "Harassment", ines.suspended_until)
    assert [letter.to for letter in mail.outbox] == [["ines@example.com"]]


def test_reactivating_asks_for_a_reason_too(desk, vera):
    decide = address("accounts_user_decide", vera.pk, "reactivate")
    assert desk.post(decide, {"why": ""}).status_code == 422
    desk.post(decide, {"why": "They apologized"})
    vera.refresh_from_db()
    assert vera.is_present


def test_a_photo_is_hidden_and_restored(desk, ines):
    User.objects.filter(pk=ines.pk).update(photo_key="abc")
    desk.post(address("accounts_user_decide", ines.pk, "hide-photo"), {"why": "Not her"})
    ines.refresh_from_db()
    assert ines.face == ""
    desk.post(address("accounts_user_decide", ines.pk, "restore-photo"), {"why": "It is her"})
    ines.refresh_from_db()
    assert ines.face == "abc"


def test_the_claim_link_is_sent_again_to_whom_it_is_for(desk, ines):
    person = UnclaimedFactory(email="roster@example.com")
    desk.post(address("accounts_user_decide", person.pk, "send-link"))
    assert [letter.to for letter in mail.outbox] == [["roster@example.com"]]
    desk.post(address("accounts_user_decide", ines.pk, "send-link"))
    assert len(mail.outbox) == 1


def test_a_members_page_says_that_a_hidden_photo_was_replaced(desk, ines):
    assert "A hidden one was replaced" not in read(desk, "accounts_user_change", ines.pk)
    HiddenPhoto.objects.create(member=ines, fingerprint="0" * 64)
    assert "A hidden one was replaced on" in read(desk, "accounts_user_change", ines.pk)


@pytest.mark.parametrize("act", ["suspend", "reactivate", "hide-photo"])
def test_acts_that_are_not_possible_do_nothing(act, desk, operator, vera):
    target = operator if act == "suspend" else vera if act == "hide-photo" else operator
    desk.post(address("accounts_user_decide", target.pk, act), {"why": "For no reason", "days": "7"})
    assert not Decision.objects.exists()


def test_nobody_is_added_or_deleted_by_hand(desk, ines, post, comment, operator):
    decision = hide_post(post, by=operator, why="Advertising")
    things = [
        ("accounts_user", ines),
        ("feed_post", post),
        ("feed_comment", comment),
        ("moderation_decision", decision),
    ]
    for page, thing in things:
        assert desk.get(address(f"{page}_add")).status_code == 403
        assert desk.post(address(f"{page}_delete", thing.pk), {"post": "yes"}).status_code == 403
        assert type(thing).objects.filter(pk=thing.pk).exists()


def test_a_decision_cannot_be_changed_in_the_admin(desk, post, operator):
    decision = hide_post(post, by=operator, why="Advertising")
    assert desk.post(address("moderation_decision_change", decision.pk), {"why": "Nothing"}).status_code == 403
    decision.refresh_from_db()
    assert decision.why == "Advertising"


# Cases


@pytest.fixture
def case(post, amara):
    return report_thing(post, by=amara, reason="spam", words="It is an advertisement").case


def test_open_cases_come_first(desk, case, comment, lina, operator):
    second = report_thing(comment, by=lina, reason="rude").case
    Case.objects.filter(pk=second.pk).update(closed_at=timezone.now(), opened_at=timezone.now() + timedelta(hours=1))
    html = read(desk, "moderation_case_changelist")
    assert html.index(f"/case/{case.pk}/") < html.index(f"/case/{second.pk}/")


def test_a_case_shows_reports_content_and_history(desk, case, post, ines):
    Post.objects.filter(pk=post.pk).update(text="Changed meanwhile <script>")
    html = read(desk, "moderation_case_change", case.pk)
    for shown in (
        "It is an advertisement",
        "Come and buy my gauges",
        "Changed meanwhile &lt;script&gt;",
        "Amara Okafor",
    ):
        assert shown in html
    assert "<script>" not in html.partition('id="content"')[2].partition("submit-row")[0].replace("<script src", "")


def test_a_case_is_dismissed_with_a_reason(desk, case, post):
    decide = address("moderation_case_decide", case.pk, "dismiss")
    assert desk.post(decide, {"why": ""}).status_code == 422
    desk.post(decide, {"why": "Fair enough"})
    case.refresh_from_db()
    post.refresh_from_db()
    assert case.closed_at
    assert post.hidden_at is None
    assert case.decisions.get().action == "dismiss"


def test_what_a_case_is_about_is_hidden_from_it(desk, case, post):
    desk.post(address("moderation_case_decide", case.pk, "hide"), {"why": "Advertising"})
    post.refresh_from_db()
    case.refresh_from_db()
    assert post.hidden_at
    assert case.closed_at


def test_the_member_of_a_case_is_suspended_from_it(desk, case, ines):
    desk.post(address("moderation_case_decide", case.pk, "suspend"), {"why": "Advertising", "days": ""})
    ines.refresh_from_db()
    case.refresh_from_db()
    assert ines.is_suspended
    assert case.closed_at


def test_of_a_conversation_operators_read_the_reported_message_only(desk, message, tomasz):
    case = report_thing(message, by=tomasz, reason="rude").case
    html = read(desk, "moderation_case_change", case.pk)
    assert "Buy my gauges, Tomasz" in html
    assert "A secret" not in html
    assert address("moderation_case_decide", case.pk, "hide") not in html


def test_a_case_about_something_gone_can_still_be_decided(desk, case, post):
    post.delete()
    assert "It is gone." in read(desk, "moderation_case_change", case.pk)
    desk.post(address("moderation_case_decide", case.pk, "dismiss"), {"why": "It is gone"})
    case.refresh_from_db()
    assert case.closed_at


# Posts and comments


@pytest.mark.parametrize("words", ["ines", "ines@example.com", "moreau", "number"])
def test_posts_are_found_by_number_and_author(words, desk, post, lina):
    Post.objects.create(author=lina, text="Another one")
    html = read(desk, "feed_post_changelist", q=str(post.pk) if words == "number" else words)
    assert "Come and buy my gauges" in html
    assert "Another one" not in html


def test_a_list_of_posts_says_what_each_is_and_for_whom(desk, post, lina):
    passed_on = Post.objects.create(author=lina, repost_of=post)
    organization = start_organization(by=lina, name="Delta Works")
    Post.objects.create(author=lina, organization=organization, text="For the works")
    html = read(desk, "feed_post_changelist")
    assert f"Passes on: {post.text}" in html
    assert "Delta Works" in html
    assert address("feed_post_change", post.pk) in read(desk, "feed_post_change", passed_on.pk)


@pytest.mark.parametrize("kind", ["post", "comment"])
def test_posts_and_comments_are_hidden_and_restored(kind, desk, post, comment):
    thing = {"post": post, "comment": comment}[kind]
    desk.post(address(f"feed_{kind}_decide", thing.pk, "hide"), {"why": "Advertising"})
    thing.refresh_from_db()
    assert thing.hidden_at
    assert "Advertising" in read(desk, f"feed_{kind}_change", thing.pk)
    desk.post(address(f"feed_{kind}_decide", thing.pk, "restore"), {"why": "A mistake"})
    thing.refresh_from_db()
    assert thing.hidden_at is None


# The community


SETTINGS = {
    "name": "Rivers", "purpose": "For people who measure water.", "rules": "Be kind.", "hue": 220, "joining": "domains",
    "email_domains": "example.org", "requests_in_7_days": 40, "requests_in_7_days_when_new": 10,
    "open_requests": 90, "connections": 500,
}  # fmt: skip


def test_the_community_is_set_without_a_restart(desk):
    page = desk.get(address("accounts_community_changelist")).url
    assert desk.post(page, SETTINGS).status_code == 302
    community = Community.current()
    assert (community.name, community.hue, community.joining) == ("Rivers", 220, "domains")
    assert "Rivers" in desk.get(reverse("report_thanks")).content.decode()


def test_a_hue_is_an_angle(desk):
    page = desk.get(address("accounts_community_changelist")).url
    assert desk.post(page, SETTINGS | {"hue": 400}).status_code == 200
    assert Community.current().hue != 400


def test_there_is_one_community(desk):
    desk.get(address("accounts_community_changelist"))
    assert desk.get(address("accounts_community_add")).status_code == 403
    assert desk.post(address("accounts_community_delete", 1), {"post": "yes"}).status_code == 403


def test_addresses_are_invited_many_at_once(desk, operator, ines):
    addresses = "ada@example.org, wei@example.org\nADA@example.org; ines@example.com"
    desk.post(address("accounts_invitation_add"), {"addresses": addresses})
    assert sorted(letter.to[0] for letter in mail.outbox) == ["ada@example.org", "wei@example.org"]
    assert set(Invitation.objects.values_list("email", "invited_by")) == {
        ("ada@example.org", operator.pk),
        ("wei@example.org", operator.pk),
    }


def test_a_wrong_address_keeps_what_was_pasted_and_sends_nothing(desk):
    answer = desk.post(address("accounts_invitation_add"), {"addresses": "ada@example.org nonsense"})
    assert "nonsense" in answer.content.decode()
    assert not mail.outbox
    assert not Invitation.objects.exists()


def test_an_invitation_is_sent_again(desk):
    desk.post(address("accounts_invitation_add"), {"addresses": "ada@example.org"})
    chosen = {"action": "send_again", "_selected_action": [Invitation.objects.get().pk]}
    desk.post(address("accounts_invitation_changelist"), chosen)
    assert len(mail.outbox) == 2


def test_the_outbox_says_to_whom_but_not_who_wrote_or_asked(desk):
    email = Email.objects.create(to="lina@example.com", subject="Ines Moreau asks to connect", message=b"Hello Lina")
    for html in (
        read(desk, "notifications_email_changelist"),
        read(desk, "notifications_email_change", email.pk),
        read(desk, "notifications_email_history", email.pk),
        read(desk, "notifications_email_changelist", q="LINA@"),
    ):
        assert "lina@example.com" in html
        assert "Ines" not in html
        assert "Hello" not in html
    assert "lina@example.com" not in read(desk, "notifications_email_changelist", q="Ines")


def test_operators_let_an_email_that_was_given_up_go_again(desk):
    email = Email.objects.create(to="lina@example.com", subject="Hello", message=b"x", failed_at=timezone.now())
    words = {"action": "send_again", "_selected_action": [email.pk]}
    assert desk.post(address("notifications_email_changelist"), words).status_code == 302
    assert Email.objects.waiting().filter(pk=email.pk).exists()


def test_every_list_is_quick_with_a_million_rows():
    from django.contrib import admin

    from config.admin import CappedPaginator

    for model, pages in admin.site._registry.items():
        if model._meta.label == "auth.Group":
            continue  # roles of operators: a handful
        assert pages.paginator is CappedPaginator, model
        assert pages.show_full_result_count is False, model


@pytest.mark.parametrize("clicks", [1, 2])
def test_a_failed_task_is_run_again_and_a_second_click_adds_nothing(desk, worker, clicks):
    from django_tasks_db.models import DBTaskResult

    from notifications.tasks import deliver_email

    deliver_email.enqueue(0)
    DBTaskResult.objects.update(status="FAILED", worker_ids=["dead"] * 5)
    task = DBTaskResult.objects.get()
    for _click in range(clicks):
        desk.post(
            address("django_tasks_database_dbtaskresult_changelist"),
            {"action": "run_again", "_selected_action": [task.pk]},
        )
    again = DBTaskResult.objects.get()
    assert (again.pk, again.status, again.worker_ids) == (task.pk, "READY", [])
    worker()
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


# Numbers of queries


def fill(count, operator):
    """So many members, posts, comments, cases, decisions, emails and invitations."""
    for number in range(count):
        member = MemberFactory()
        post = Post.objects.create(author=member, text=f"Post {number}")
        comment = Comment.objects.create(post=post, author=member, text=f"Comment {number}")
        report_thing(comment, by=operator, reason="spam")
        hide_post(post, by=operator, why="Too many")
        Email.objects.create(to=member.email, subject="Hello", message=b"")
        Invitation.objects.create(email=f"invited-{member.email}", invited_by=member)


LISTS = ["accounts_user", "accounts_invitation", "feed_post", "feed_comment", "moderation_case", "moderation_decision",
         "notifications_email", "django_tasks_database_dbtaskresult"]  # fmt: skip


@pytest.mark.parametrize("page", LISTS)
def test_every_list_costs_the_same_with_1_row_and_with_50(page, desk, operator, django_assert_max_num_queries, worker):
    fill(1, operator)
    for count in (0, 49):
        fill(count, operator)
        with django_assert_max_num_queries(8):
            read(desk, f"{page}_changelist")


def test_a_members_page_costs_the_same_whatever_happened(desk, operator, ines, django_assert_max_num_queries):
    for count in (1, 49):
        for number in range(count):
            post = Post.objects.create(author=ines, text=f"Post {number}")
            report_thing(post, by=operator, reason="spam")
            hide_post(post, by=operator, why="Too many")
            connect(MemberFactory(), ines)
        with django_assert_max_num_queries(16):
            read(desk, "accounts_user_change", ines.pk)


def test_a_cases_page_costs_the_same_with_1_report_and_with_50(desk, post, operator, django_assert_max_num_queries):
    for count in (1, 49):
        for _ in range(count):
            case = report_thing(post, by=MemberFactory(), reason="spam").case
        with django_assert_max_num_queries(14):
            read(desk, "moderation_case_change", case.pk)


def test_no_list_counts_beyond_ten_thousand(django_assert_num_queries):
    from config.admin import CappedPaginator

    with django_assert_num_queries(1) as queries:
        assert CappedPaginator(User.objects.order_by("pk"), 50).count == 0
    assert "LIMIT 10000" in queries.captured_queries[0]["sql"]
