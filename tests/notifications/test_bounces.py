"""An address that mail doesn't reach gets no more of it, is told to its member, and is reached again once confirmed."""

import io
import re
import sys
from email.message import EmailMessage as Mime

import pytest
from django.core.mail import send_mail
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.actions import address_confirmed, mark_bounced
from accounts.models import Community, User
from notifications.emails import email_about
from notifications.models import Email, Notice
from notifications.numbers import is_ours
from notifications.outbox import send_again
from tests.factories import MemberFactory, request
from tests.notifications.letters import LETTERS

pytestmark = pytest.mark.django_db
REPORT = """From: MAILER-DAEMON@mx.example
To: acquaint@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--part
Content-Type: {how}

{returned}
--part--
"""
HEADERS = "text/rfc822-headers"


@pytest.fixture
def returned(ines, lina, mailoutbox) -> Mime:
    """An email to Ines, as it comes back."""
    request(lina, ines, note="Hello")
    message = mailoutbox[0].message()
    mailoutbox.clear()
    return message


def headers_of(message) -> str:
    return "".join(f"{name}: {value}\n" for name, value in message.items())


def come_back(
    monkeypatch, returned: str, *, to="ines@example.com", action="failed", status="5.1.1", how=HEADERS
) -> str:
    """What the command says of a report."""
    report = REPORT.format(to=to, action=action, status=status, how=how, returned=returned)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(report.encode())))
    said = io.StringIO()
    call_command("read_bounce", stdout=said)
    return said.getvalue().strip()


def has_bounced(member) -> bool:
    member.refresh_from_db()
    return member.email_bounced_at is not None


def test_a_report_with_the_headers_or_the_whole_of_an_email_marks_its_reader(monkeypatch, returned, ines, lina):
    assert come_back(monkeypatch, headers_of(returned)) == "Marked: ines@example.com"
    assert has_bounced(ines)
    at = ines.email_bounced_at
    assert come_back(monkeypatch, returned.as_string(), how="message/rfc822") == "Marked: ines@example.com"
    assert has_bounced(ines)
    assert ines.email_bounced_at == at
    assert not has_bounced(lina)


def test_where_it_was_forwarded_to_does_not_matter(monkeypatch, returned, ines):
    come_back(monkeypatch, headers_of(returned), to="somewhere@else.example")
    assert has_bounced(ines)


def test_letters_about_accounts_come_back_too(monkeypatch, mailoutbox, ines):
    send_mail("Confirm", "Hello", None, [ines.email])
    come_back(monkeypatch, headers_of(mailoutbox[0].message()))
    assert has_bounced(ines)


@pytest.mark.parametrize(
    "told", [{"action": "delayed", "status": "4.4.1"}, {"status": "4.2.2"}, {"action": "delivered", "status": "2.0.0"}]
)
def test_what_is_only_late_changes_nothing(monkeypatch, returned, ines, told):
    assert come_back(monkeypatch, headers_of(returned), **told).startswith("Nothing was done")
    assert not has_bounced(ines)


def test_nobody_stops_anothers_mail_by_a_forged_report(monkeypatch, returned, ines, lina):
    forged = headers_of(returned).replace("ines@example.com", "lina@example.com")
    invented = re.sub(r"Message-ID: .*", "Message-ID: <1@testserver>", headers_of(returned))
    for headers in (forged, invented, "To: ines@example.com\n", ""):
        assert come_back(monkeypatch, headers).startswith("Nothing was done")
    assert not has_bounced(ines)
    assert not has_bounced(lina)


def test_what_is_no_report_at_all_is_read_without_complaint(monkeypatch):
    for text in (b"", b"Subject: I am away\n\nUntil Monday", b"\xff\xfe\x00"):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
        call_command("read_bounce", stdout=io.StringIO())


GONE = {"the account is gone"}
"""Its address is nobody's any more when it waits."""
ASKED_FOR = {"does mail reach you", "a new password", "joining twice"}
TO_ANOTHER = {
    "a further address",
    "an address at an organization",
    "an invitation",
    "the link to claim an account",
    "the address of an organization",
    "nobody has this address",
    "joining",
}


def test_no_email_of_any_kind_goes_there(ines, lina, mailoutbox):
    mark_bounced("INES@example.com")
    request(lina, ines)
    assert mailoutbox == []
    send_mail("Your password was changed", "Now", None, [ines.email])
    assert mailoutbox == []
    address_confirmed(ines, ines.email)
    assert not has_bounced(ines)


@pytest.mark.parametrize("bounced", [True, False])
@pytest.mark.parametrize("about", LETTERS)
def test_where_mail_came_back_goes_only_what_is_asked_for_right_now(about, bounced, mailoutbox):
    Community.objects.get_or_create(pk=1)
    member, operator = MemberFactory(), MemberFactory(is_staff=True)
    if bounced:
        mark_bounced(member.email)
    LETTERS[about](User.objects.get(pk=member.pk), operator)
    to_member = [letter for letter in mailoutbox if letter.to == [member.email]]
    assert len(mailoutbox) == (1 if about in ASKED_FOR | TO_ANOTHER or not bounced else 0)
    assert len(to_member) == (0 if about in TO_ANOTHER else len(mailoutbox))


@pytest.mark.parametrize("about", LETTERS)
def test_one_that_waits_goes_where_mail_came_back_meanwhile_only_if_it_was_asked_for(about, worker, mailoutbox):
    Community.objects.get_or_create(pk=1)
    member, operator = MemberFactory(), MemberFactory(is_staff=True)
    LETTERS[about](User.objects.get(pk=member.pk), operator)
    mark_bounced(member.email)
    worker()
    assert len(mailoutbox) == (1 if about in ASKED_FOR | TO_ANOTHER | GONE else 0)
    assert not Email.objects.waiting().exists()


def test_one_that_was_given_up_and_is_sent_again_does_not_go_there_either(worker, ines, mailoutbox):
    for number in range(2):
        send_mail("Your password was changed", "Now", None, [ines.email])
        Email.objects.waiting().update(failed_at=timezone.now())
        if number:
            mark_bounced(ines.email)
        assert send_again(Email.objects.all()) == 1
        worker()
        assert len(mailoutbox) == 1


def test_what_waits_to_be_told_goes_where_its_reader_is_by_then(worker, ines, lina, mailoutbox):
    request(lina, ines)
    assert email_about(Notice.objects.get())
    DBTaskResult.objects.filter(task_path__endswith="email_notice").delete()
    ines.email = "new@example.com"
    ines.save()
    worker()
    assert [letter.to for letter in mailoutbox] == [["new@example.com"]]
    assert is_ours(mailoutbox[0].message()["Message-ID"], to="new@example.com")
    assert Email.objects.get().to == "new@example.com"


def test_a_changed_address_is_told_to_the_new_one_and_not_to_the_one_that_mail_came_back_from(
    ines, as_member, mailoutbox
):
    mark_bounced(ines.email)
    browser = as_member(ines)
    browser.post("/accounts/email/", {"email": "new@example.com", "action_add": ""})
    text = mailoutbox[0].message().get_body(("plain",)).get_content()
    [link] = re.findall(r"http://testserver(/accounts/confirm-email/\S+/)", text)
    browser.post(link)
    assert {letter.to[0] for letter in mailoutbox} == {"new@example.com"}
    assert not has_bounced(ines)
    assert ines.email == "new@example.com"


def test_the_member_is_told_on_every_page_and_confirms_the_address_by_a_link(as_member, ines, mailoutbox, client):
    browser = as_member(ines)
    banner = "Emails to ines@example.com come back"
    assert banner not in browser.get("/settings/").content.decode()
    mark_bounced(ines.email)
    assert banner in browser.get("/settings/").content.decode()
    assert banner not in client.get("/").content.decode()
    page = browser.get("/accounts/email/").content.decode()
    assert 'action="/settings/address/again/"' in page
    assert browser.post("/settings/address/again/").status_code == 302
    text = mailoutbox[0].message().get_body(("plain",)).get_content()
    [link] = re.findall(r"http://testserver(/reached/\S+/)", text)
    assert "Does mail reach you?" in client.get(link).content.decode()
    assert has_bounced(ines)  # looking at a link isn't a click on its button: scanners of mail look too
    assert client.post(link).status_code == 302
    assert not has_bounced(ines)
    assert banner not in browser.get("/settings/").content.decode()


def test_a_link_to_an_address_that_was_changed_since_is_not_found(as_member, client, ines, mailoutbox):
    mark_bounced(ines.email)
    as_member(ines).post("/settings/address/again/")
    text = mailoutbox[0].message().get_body(("plain",)).get_content()
    [link] = re.findall(r"http://testserver(/reached/\S+/)", text)
    ines.refresh_from_db()
    ines.email = "new@example.com"
    ines.save()
    assert client.post(link).status_code == 404
    assert has_bounced(ines)
