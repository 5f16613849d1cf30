"""One page says of each kind whether it is told in the app and whether by email, and all the site keeps to it."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from notifications.actions import choices_of, choose, switch_email_off, wants_email
from notifications.counters import count_waiting
from notifications.kinds import KINDS, Family, emailed, of_family
from notifications.models import Choice, Notice
from tests.factories import follow, request

pytestmark = pytest.mark.django_db
ADDRESS = "/settings/emails/"
IN_APP = [kind.slug for kind in KINDS.values() if kind.in_app]
BY_EMAIL = [kind.slug for kind in emailed()]

TOLD = [(True, True), (True, False), (False, True), (False, False)]


def told(client, mailoutbox) -> tuple[bool, bool]:
    return "Lina Svensson" in client.get("/notices/").text, bool(mailoutbox)


@pytest.mark.parametrize(("in_app", "by_email"), TOLD)
def test_a_kind_is_told_where_its_recipient_wants_it(in_app, by_email, ines, lina, as_member, mailoutbox):
    others = set(IN_APP) - {"request_received"}
    choose(
        by=ines,
        in_app=others | ({"request_received"} if in_app else set()),
        by_email=["request_received"] if by_email else [],
    )
    request(lina, ines)
    assert count_waiting(ines)["notices"] == int(in_app)
    assert told(as_member(ines), mailoutbox) == (in_app, by_email)


def test_what_came_by_email_alone_stays_out_of_the_list_and_what_was_in_it_stays(ines, lina, amara, as_member):
    request(lina, ines)
    choose(by=ines, in_app=[], by_email=BY_EMAIL)
    request(amara, ines)
    choose(by=ines, in_app=IN_APP, by_email=BY_EMAIL)
    page = as_member(ines).get("/notices/").text
    assert "Lina Svensson asks" in page
    assert "Amara Okafor asks" not in page
    assert Notice.objects.filter(recipient=ines, kind="request_received").count() == 2  # so that neither is told twice


def test_what_is_off_at_first_comes_by_email_to_whom_it_is_switched_on_for(ines, lina, mailoutbox):
    choose(by=ines, in_app=IN_APP, by_email=["follow"])
    follow(lina, ines)
    assert [email.subject for email in mailoutbox] == ["Lina Svensson follows you."]


class TestThePage:
    def test_it_offers_each_kind_once_in_the_columns_in_which_it_may_come(self, ines, as_member):
        page = as_member(ines).get(ADDRESS).text
        for kind in KINDS.values():
            for name, offered in (("in_app", kind.in_app), ("by_email", kind.by_email)):
                assert page.count(f'name="{name}" value="{kind.slug}"') == int(offered), kind.slug
        assert sum(len(of_family(family)) for family in Family) == len(KINDS)

    def test_it_keeps_what_was_ticked_and_nothing_that_a_kind_says_itself(self, ines, as_member):
        client = as_member(ines)
        usual = {"in_app": IN_APP, "by_email": [kind.slug for kind in emailed() if kind.by_email_at_first]}
        assert client.post(ADDRESS, usual).status_code == 302
        assert not Choice.objects.exists()
        mine = {"in_app": ["comment"], "by_email": ["comment", "follow"]}
        client.post(ADDRESS, mine)
        choices = choices_of(ines)
        assert [slug for slug in IN_APP if choices[slug].in_app] == ["comment"]
        assert {slug for slug in BY_EMAIL if choices[slug].by_email} == {"comment", "follow"}
        assert client.get(ADDRESS).text.count("checked") == 3
        client.post(ADDRESS, usual)
        assert not Choice.objects.exists()

    @pytest.mark.parametrize("name", ["in_app", "by_email"])
    def test_a_kind_that_there_is_not_is_refused_and_what_was_ticked_stays(self, name, ines, as_member):
        other = "by_email" if name == "in_app" else "in_app"
        answer = as_member(ines).post(ADDRESS, {name: ["nonsense"], other: ["comment"]})
        assert answer.status_code == 422
        assert answer.text.count("checked") == 1
        assert not Choice.objects.exists()

    def test_all_emails_are_stopped_with_one_button_and_what_was_chosen_is_kept(self, ines, as_member):
        choose(by=ines, in_app=["comment"], by_email=["comment", "follow"])
        page = as_member(ines).post(ADDRESS, {"stop": "1"}, follow=True).text
        ines.refresh_from_db()
        assert "No more emails come" in page
        assert 'name="stop"' not in page
        assert not wants_email(ines, "comment")
        assert choices_of(ines)["comment"].in_app
        assert Choice.objects.get(member=ines, kind="follow").by_email

    def test_it_costs_the_same_whatever_one_chose(self, ines, as_member, django_assert_num_queries):
        client = as_member(ines)
        client.get(ADDRESS)
        choose(by=ines, in_app=[], by_email=[])
        with django_assert_num_queries(6):  # session, user, community, choices, quiet hours, counts
            client.get(ADDRESS)


def test_the_link_in_an_email_leaves_the_app_alone(ines):
    choose(by=ines, in_app=["comment"], by_email=BY_EMAIL)
    for kind in ("comment", "follow"):
        switch_email_off(kind, by=ines)
    choices = choices_of(ines)
    assert (choices["comment"].in_app, choices["follow"].in_app) == (True, False)
    assert not wants_email(ines, "comment")


THEN = import_module("notifications.migrations.0010_stopped_before")
WISHES = {
    "none of any kind": (dict.fromkeys(THEN.KINDS, False), True),
    "none, not even of those that are off at first": (dict.fromkeys([*THEN.KINDS, "follow"], False), True),
    "the digest alone": ({kind: False for kind in THEN.KINDS if kind != "digest"}, False),
    "follows alone": ({kind: kind == "follow" for kind in [*THEN.KINDS, "follow"]}, False),
    "no comments": ({"comment": False}, False),
}


@pytest.mark.parametrize("wish", WISHES)
def test_who_had_stopped_each_kind_before_the_wish_for_none_was_kept_wants_none_of_later_kinds(wish, ines, lina):
    rows, stopped = WISHES[wish]
    Choice.objects.bulk_create(
        Choice(member=ines, kind=kind, in_app=True, by_email=by_email) for kind, by_email in rows.items()
    )
    THEN.keep_the_wish(apps, None)
    for member in (ines, lina):
        member.refresh_from_db()
    assert (ines.emails_stopped_at is not None) is stopped
    assert lina.emails_stopped_at is None
    at = ines.emails_stopped_at
    THEN.keep_the_wish(apps, None)
    ines.refresh_from_db()
    assert ines.emails_stopped_at == at


@pytest.mark.django_db(transaction=True)
def test_emails_that_were_off_before_there_were_choices_are_off_still(ines):
    before, after = [("notifications", "0006_quiet_hours")], [("notifications", "0007_choices")]
    newest = [key for key in MigrationExecutor(connection).loader.graph.leaf_nodes() if key[0] == "notifications"]
    try:
        old = MigrationExecutor(connection).migrate(before).apps
        old.get_model("notifications", "EmailChoice").objects.create(member_id=ines.pk, kind="comment")
        MigrationExecutor(connection).migrate(after)
        choice = apps.get_model("notifications", "Choice").objects.get()
        assert (choice.member_id, choice.kind, choice.in_app, choice.by_email) == (ines.pk, "comment", True, False)
    finally:
        MigrationExecutor(connection).migrate(newest)
