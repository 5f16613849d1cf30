"""Notices: told once, never about oneself, never about what the reader may not see."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions import block_member
from accounts.models import User
from accounts.models.standing import FOR_GOOD
from network.actions import withdraw_request
from notifications.actions import mark_read, notify, switch_emails_off
from notifications.counters import MOST, count_waiting
from notifications.models import Email, Notice
from tests.factories import MemberFactory, connect, like, post, request

pytestmark = pytest.mark.django_db
QUERIES = (
    10  # session, user, community, counts; notices, their subjects by kind (2), marking as read, telling; messages
)


def shown(client) -> str:
    return client.get("/notices/").content.decode()


def suspend(member: User) -> None:
    User.objects.filter(pk=member.pk).update(suspended_until=FOR_GOOD)


def switch_off(member: User) -> None:
    switch_emails_off(by=member)


BEFORE = {
    "nothing in the way": (lambda recipient, actor: None, True, True),
    "switched off": (lambda recipient, actor: switch_off(recipient), True, False),
    "the actor is suspended": (lambda recipient, actor: suspend(actor), False, False),
}


@pytest.mark.parametrize("situation", BEFORE)
def test_a_request_is_told_unless_something_stands_in_the_way(situation, ines, lina, as_member, mailoutbox):
    prepare, in_app, by_email = BEFORE[situation]
    prepare(ines, lina)
    from network.models import ConnectionRequest

    asked = ConnectionRequest.objects.create(sender=lina, recipient=ines, context="worked", note="From Malmö")
    notify(recipient=ines, kind="request_received", actor=lina, subject=asked)
    assert ("Lina Svensson asks to connect." in shown(as_member(ines))) is in_app
    assert (len(mailoutbox) == 1) is by_email


def test_nobody_is_told_across_a_wall(ines, bill, jorge, mailoutbox):
    for other in (bill, jorge):
        assert notify(recipient=ines, kind="request_received", actor=other, subject=ines) is None
    assert not Notice.objects.filter(recipient=ines).exists()
    assert mailoutbox == []


def test_nobody_is_told_of_what_they_did_themselves(ines):
    assert notify(recipient=ines, kind="request_received", actor=ines, subject=ines) is None


def test_the_same_is_never_told_twice(ines, lina, mailoutbox):
    asked = request(lina, ines)
    for _ in range(2):
        notify(recipient=ines, kind="request_received", actor=lina, subject=asked)
    assert Notice.objects.filter(recipient=ines).count() == 1
    assert len(mailoutbox) == 1


AFTER = {
    "withdrawn": lambda asked, recipient, actor: withdraw_request(asked, by=actor),
    "blocked by the recipient": lambda asked, recipient, actor: block_member(actor, by=recipient),
    "blocked by the actor": lambda asked, recipient, actor: block_member(recipient, by=actor),
    "the actor was suspended": lambda asked, recipient, actor: suspend(actor),
}


@pytest.mark.parametrize("event", AFTER)
def test_a_notice_goes_with_what_it_is_about(event, ines, lina, as_member, worker, mailoutbox):
    asked = request(lina, ines)
    assert count_waiting(ines)["notices"] == 1
    AFTER[event](asked, ines, lina)
    assert count_waiting(ines)["notices"] == 0
    page = shown(as_member(ines))
    assert "Lina" not in page
    worker()
    assert mailoutbox == []  # what may be seen is asked again when the email is written


def test_a_member_who_is_suspended_gets_no_email(ines, lina, worker, mailoutbox):
    request(lina, ines)
    suspend(ines)
    worker()
    assert mailoutbox == []


def test_an_email_switched_off_in_the_meantime_is_not_sent(ines, lina, worker, mailoutbox):
    request(lina, ines)
    switch_off(ines)
    worker()
    assert mailoutbox == []


def test_the_sender_hears_that_they_are_connected(ines, lina, as_member, mailoutbox):
    connect(lina, ines)
    page = shown(as_member(lina))
    assert "Ines Moreau accepted your request." in page
    assert [message.to for message in mailoutbox] == [["ines@example.com"], ["lina@example.com"]]


def test_following_a_notice_marks_it_as_read_and_leads_there(ines, lina, as_member):
    request(lina, ines)
    client, (notice,) = as_member(ines), Notice.objects.filter(recipient=ines)
    assert "New:" in shown(client)
    assert "New:" in shown(client), "looking at the list is not reading"
    answer = client.get(reverse("notice", args=[notice.pk]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("requests_received"))
    assert "New:" not in shown(client)
    assert count_waiting(ines)["notices"] == 0


def test_one_is_marked_as_read_and_as_unread_again_and_the_filter_stays(ines, lina, as_member):
    request(lina, ines)
    client, (notice,) = as_member(ines), Notice.objects.filter(recipient=ines)
    address = reverse("notice_read", args=[notice.pk])
    for data, waiting in (({"show": "unread"}, 0), ({"show": "network", "unread": "1"}, 1), ({}, 0)):
        for _twice in range(2):
            answer = client.post(address, data)
            query = f"?show={data['show']}" if data else ""
            assert answer["Location"] == f"/notices/{query}#notice-{notice.pk}"
            assert count_waiting(ines)["notices"] == waiting
    assert client.post(address, {"show": "nonsense"}).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_reads_or_marks_anothers_notice_or_one_about_whom_they_may_not_see(method, ines, lina, as_member):
    request(lina, ines)
    notice = Notice.objects.get(recipient=ines)
    address = reverse("notice" if method == "get" else "notice_read", args=[notice.pk])
    assert getattr(as_member(lina), method)(address).status_code == 404
    suspend(lina)
    assert getattr(as_member(ines), method)(address).status_code == 404
    assert Notice.objects.get(pk=notice.pk).read_at is None


def test_the_button_marks_all_of_them_also_those_further_down(ines, as_member):
    for _ in range(22):
        request(MemberFactory(), ines)
    client = as_member(ines)
    assert count_waiting(ines)["notices"] == 22
    assert client.post("/notices/read/").status_code == 302
    assert count_waiting(ines)["notices"] == 0


def test_a_filter_shows_its_own_alone_and_reads_on_within_itself(ines, lina, tomasz, as_member):
    Notice.objects.all().delete()
    request(lina, ines)
    for _ in range(22):
        like(tomasz, post(ines))
    client = as_member(ines)
    mark_read(Notice.objects.filter(recipient=ines, kind="like")[:2], by=ines)
    for show, first, rest in (("", 20, 3), ("unread", 20, 1), ("network", 1, 0), ("posts", 20, 2), ("more", 0, 0)):
        page = client.get(f"/notices/?show={show}")
        assert len(page.context["lines"]) == first
        assert page.text.count(f'?show={show}" aria-current="page"') == bool(show)
        if rest:
            [address] = re.findall(r'hx-get="([^"]+before=[^"]+)"', page.text)
            assert len(client.get(address.replace("&amp;", "&")).context["lines"]) == rest
    assert client.get("/notices/?show=nonsense").status_code == 404


def test_reading_on_repeats_and_skips_nothing(ines, as_member):
    names = [MemberFactory(first_name=f"Sender{number}X") for number in range(25)]
    for sender in names:
        request(sender, ines)
    client = as_member(ines)
    first = client.get("/notices/")
    request(MemberFactory(first_name="Late"), ines)
    rest = client.get(f"/notices/?before={first.context['next_before']}", headers={"HX-Request": "true"})
    said = [line.notice.actor.first_name for response in (first, rest) for line in response.context["lines"]]
    assert said == [sender.first_name for sender in reversed(names)]
    assert "<html" not in rest.content.decode()


@pytest.mark.parametrize("count", [1, 50])
def test_the_page_costs_the_same_however_many_there_are(count, ines, tomasz, as_member, client):
    for _ in range(count):
        request(MemberFactory(), ines)
        connect(ines, MemberFactory())
    client = as_member(ines)
    client.get("/notices/")
    Notice.objects.update(read_at=None)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get("/notices/").status_code == 200
    assert len(queries) <= QUERIES, "\n".join(query["sql"][:120] for query in queries)


def test_counts_come_by_two_queries_and_stop_at_a_hundred(ines, django_assert_num_queries):
    senders = [MemberFactory() for _ in range(3)]
    for sender in senders:
        request(sender, ines)
    count_waiting(ines)  # writes the queries
    with django_assert_num_queries(2):
        assert count_waiting(ines) == {"notices": 3, "requests": 3, "messages": 0}
    assert MOST == 100


def test_a_visitor_is_sent_to_sign_in(client):
    for address in ("/notices/", "/settings/emails/"):
        assert client.get(address).status_code == 302


def test_nonsense_in_the_address_is_not_found(ines, as_member):
    assert as_member(ines).get("/notices/?before=x").status_code == 404


def test_every_email_of_a_notice_stands_in_the_outbox_first(ines, lina, worker):
    request(lina, ines)
    assert not Email.objects.exists()  # until the worker writes it
    worker()
    assert Email.objects.get().sent_at


def test_a_notice_that_names_nobody_is_told_about_its_subject_and_never_repeated(ines, as_member, monkeypatch):
    from notifications.kinds import KINDS, Kind

    tomorrow = Kind(
        slug="tomorrow",
        label="Something is tomorrow",
        sentence="%(name)s is tomorrow.",
        why="You come.",
        named=lambda member: member.last_name,
        icon="calendar",
        subjects_visible_to=lambda viewer: User.objects.filter(pk=viewer.pk),
        address=lambda member: member.get_absolute_url(),
    )
    monkeypatch.setitem(KINDS, "tomorrow", tomorrow)
    for _time in range(2):
        notify(recipient=ines, kind="tomorrow", actor=None, subject=ines)
    page = as_member(ines).get("/notices/").content.decode()
    assert page.count("Moreau is tomorrow.") == 1
    assert [email.subject for email in mail.outbox] == ["Moreau is tomorrow."]


@pytest.mark.parametrize(("show", "said"), [("", "Nothing yet"), ("unread", "Nothing unread"), ("posts", "Nothing of")])
def test_an_empty_page_hears_the_first_notice_too(show, said, lina, as_member):
    client, address = as_member(lina), f"/notices/?show={show}" if show else "/notices/"
    Notice.objects.all().delete()
    page = client.get(address).text
    assert said in page
    assert f'data-hears="notices" hx-get="{address}"' in page
    assert said in client.get(address, headers={"HX-Request": "true"}).text
