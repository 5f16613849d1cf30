"""What an email says, and the ways to stop it."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.signing import Signer
from django.test import Client
from django.utils import timezone

from accounts.models import User
from notifications.actions import notify, switch_emails_off, wants_email
from notifications.emails import what_may_be_told
from notifications.kinds import KINDS, emailed
from notifications.models import Choice, Notice
from notifications.numbers import is_ours
from tests.factories import MemberFactory, comment, post, request

pytestmark = pytest.mark.django_db


@pytest.fixture
def email(ines, lina, mailoutbox):
    request(lina, ines, note="We met in Malmö. <b>Shall we & connect?</b>")
    return mailoutbox[0].message()


def parts(email) -> tuple[str, str]:
    return email.get_body(("plain",)).get_content(), email.get_body(("html",)).get_content()


def test_it_says_who_and_what_and_why_and_leads_there(email):
    assert email["To"] == "ines@example.com"
    assert email["Subject"] == "Lina Svensson asks to connect."
    text, html = parts(email)
    for part in (text, html):
        assert "Lina Svensson asks to connect." in part
        assert "Worked together" in part
        assert "http://testserver/network/" in part
        assert "You get this because somebody asked to connect with you." in part
    assert "We met in Malmö. <b>Shall we & connect?</b>" in text
    assert "We met in Malmö. &lt;b&gt;Shall we &amp; connect?&lt;/b&gt;" in html


def test_a_mail_program_unsubscribes_with_one_click(email, ines):
    assert email["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.fullmatch(r"<http://testserver(/unsubscribe/\S+/)>", email["List-Unsubscribe"])[1]
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Choice.objects.get().kind == "request_received"
    assert Choice.objects.get().member == ines
    browser.post(address)
    assert Choice.objects.count() == 1


def test_all_kinds_are_switched_off_by_one_link_signed_out(email, ines):
    for part in parts(email):
        stop, stop_all = re.findall(r"http://testserver(/unsubscribe/[\w.:-]+/)", part)
        assert stop != stop_all
    browser = Client(enforce_csrf_checks=True)
    assert "Stop all emails?" in browser.get(stop_all).content.decode()
    assert not Choice.objects.exists()
    assert "All emails are switched off" in browser.post(stop_all).content.decode()
    at = User.objects.get(pk=ines.pk).emails_stopped_at
    browser.post(stop_all)
    ines.refresh_from_db()
    assert ines.emails_stopped_at == at
    assert not any(wants_email(ines, kind.slug) for kind in emailed())
    assert not Choice.objects.exists()


@pytest.mark.parametrize("stopped", [True, False])
def test_who_stopped_all_emails_gets_none_of_a_kind_that_is_new_later(stopped, ines, lina, monkeypatch, mailoutbox):
    asked = request(lina, ines)
    mailoutbox.clear()
    if stopped:
        switch_emails_off(by=ines)
    monkeypatch.setitem(KINDS, "wave", replace(KINDS["request_received"], slug="wave"))
    notify(recipient=ines, kind="wave", actor=lina, subject=asked)
    assert Notice.objects.filter(recipient=ines, kind="wave").exists()
    assert len(mailoutbox) == (0 if stopped else 1)


def test_emails_that_wait_already_stop_too(ines, lina, mailoutbox):
    asked = request(lina, ines)
    about = {"kind": "request_received", "actor": lina, "subject_id": asked.pk}
    assert what_may_be_told(ines, **about) == asked
    switch_emails_off(by=User.objects.get(pk=ines.pk))
    assert what_may_be_told(ines, **about) is None


def test_choosing_any_by_email_begins_them_again_and_choosing_none_does_not(ines, as_member):
    switch_emails_off(by=ines)
    client = as_member(ines)
    assert "You stopped all emails" in client.get("/settings/emails/").text
    assert (
        'name="by_email" value="comment" aria-labelledby="kind-comment by-email">'
        in client.get("/settings/emails/").text
    )
    client.post("/settings/emails/", {"in_app": ["comment"]})
    ines.refresh_from_db()
    assert ines.emails_stopped_at
    client.post("/settings/emails/", {"in_app": ["comment"], "by_email": ["comment"]})
    ines.refresh_from_db()
    assert ines.emails_stopped_at is None
    assert [kind.slug for kind in emailed() if wants_email(ines, kind.slug)] == ["comment"]
    assert "You stopped all emails" not in client.get("/settings/emails/").text


def test_mail_programs_learn_that_nobody_wrote_it_by_hand_and_what_list_it_belongs_to(email):
    assert email["Auto-Submitted"] == "auto-generated"
    assert email["List-Id"] == "<request-received.testserver>"
    assert is_ours(email["Message-ID"], to="ines@example.com")
    assert not is_ours(email["Message-ID"], to="lina@example.com")


def test_emails_about_one_thing_are_one_conversation_in_a_mail_program(ines, tomasz, lina, mailoutbox):
    first, second = post(ines), post(ines)
    mailoutbox.clear()
    for about, member in ((first, tomasz), (first, lina), (second, lina)):
        comment(member, about)
    threads = [letter.message()["References"] for letter in mailoutbox]
    assert threads == [f"<post.{about.pk}@testserver>" for about in (first, first, second)]
    assert len({letter.message()["Message-ID"] for letter in mailoutbox}) == 3


@pytest.mark.parametrize("signed_in", [True, False])
@pytest.mark.parametrize("look", ["get", "head"])
def test_a_link_asks_before_it_stops_anything_since_scanners_of_mail_look_too(look, signed_in, email, ines, as_member):
    browser = as_member(ines) if signed_in else Client()
    stop, stop_all = re.findall(r"http://testserver(/unsubscribe/\S+/)", parts(email)[0])
    for address, question in ((stop, "Stop these emails?"), (stop_all, "Stop all emails?")):
        page = getattr(browser, look)(address)
        assert page.status_code == 200
        assert (question in page.text) is (look == "get")
        assert "no-store" in page["Cache-Control"]
    ines.refresh_from_db()
    assert not Choice.objects.exists()
    assert ines.emails_stopped_at is None
    assert "switched off" in browser.post(stop).text


def test_a_link_of_somebody_who_is_gone_or_of_a_kind_that_is_no_more_is_not_found(email, ines, client, monkeypatch):
    stop, stop_all = re.findall(r"http://testserver(/unsubscribe/\S+/)", parts(email)[0])
    with monkeypatch.context() as patch:
        patch.delitem(KINDS, "request_received")
        assert client.post(stop).status_code == 404
    assert client.post(stop).status_code == 200
    ines.delete()
    for address in (stop, stop_all):
        assert client.post(address).status_code == 404


@pytest.mark.parametrize("state", [{"welcomed_at": None}, {"leaves_at": timezone.now() + timedelta(days=14)}])
def test_the_link_works_for_whoever_else_is_signed_in_and_has_to_go_somewhere_first(state, email, ines, as_member):
    User.objects.filter(pk=ines.pk).update(**state)
    address = re.search(r"http://testserver(/unsubscribe/\S+/)", parts(email)[0])[1]
    client = as_member(ines)
    assert "Stop these emails?" in client.get(address).content.decode()
    assert client.post(address).status_code == 200
    assert Choice.objects.get().member == ines


def test_a_token_that_was_not_made_here_is_not_found(client, email, ines):
    stop = re.search(r"http://testserver/unsubscribe/(\S+)/", parts(email)[0])[1]
    said, proof = stop.split(":")
    others = MemberFactory()
    elsewhere = Signer().sign(said)
    forged = [f"{said}:forged", said, f"{said}:", f"{others.pk}.request_received:{proof}", f"{ines.pk}.all:{proof}"]
    for token in ("nonsense", elsewhere, *forged):
        for ask in (client.get, client.post):
            assert ask(f"/unsubscribe/{token}/").status_code == 404, token
    assert not Choice.objects.exists()
    assert not User.objects.filter(emails_stopped_at__isnull=False).exists()


def test_the_long_address_stays_whole_on_its_way(email, worker, lina, mailoutbox):
    raw = email.as_bytes()
    [line] = [line for line in raw.splitlines() if line.startswith(b"List-Unsubscribe:")]
    assert line.endswith(b"/>")


def test_a_name_of_several_lines_makes_no_header_of_its_own(ines, mailoutbox):
    request(MemberFactory(first_name="Eve\nBcc: all@example.org", last_name="E"), ines)
    assert mailoutbox[0].message()["Subject"] == "Eve Bcc: all@example.org E asks to connect."
    assert mailoutbox[0].recipients() == ["ines@example.com"]
