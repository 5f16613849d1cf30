"""What messages said before: for reports alone, and for 30 days (product.md §9, §14)."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.actions import create_operator
from messaging.actions import delete_message, edit_message, forget_earlier_words, send_message
from messaging.files import read_file
from messaging.models import Message, Revision
from moderation.actions import report_thing
from moderation.models import Case, Report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]


@pytest.fixture
def sent(conversation, tomasz, settings, tmp_path) -> Message:
    settings.MEDIA_ROOT = tmp_path
    file = read_file(SimpleUploadedFile("plan.pdf", b"%PDF-1.7"))
    return send_message(conversation, by=tomasz, text="Something rude", files=[file])


@pytest.fixture
def desk(as_member, settings):
    settings.DEBUG = True
    return as_member(create_operator(email="operator@example.com", first_name="Olga", last_name="Berg", handle="olga"))


WAYS = {
    "edited": lambda message, by: edit_message(message, by=by, text="Something kind"),
    "deleted": lambda message, by: delete_message(message, by=by),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_page_shows_them_and_a_report_keeps_them(way, sent, ines, tomasz, as_member):
    WAYS[way](sent, tomasz)
    for member in (ines, tomasz):
        page = as_member(member).get(f"/messages/{sent.conversation_id}/").content.decode()
        assert "Something rude" not in page
        assert ("edited" if way == "edited" else "This message was deleted.") in page
        assert "Something rude" not in as_member(member).get("/messages/?q=rude").content.decode()
    client = as_member(ines)
    assert f"/report/message/{sent.pk}/" in client.get(f"/messages/{sent.conversation_id}/").content.decode()
    form = client.get(f"/report/message/{sent.pk}/")
    assert form.status_code == 200
    assert "Something rude" not in form.content.decode()
    client.post(f"/report/message/{sent.pk}/", {"reason": "other", "words": ""})
    assert "Before: Something rude" in Report.objects.get().evidence


def test_after_30_days_they_are_gone_and_what_was_reported_stays(sent, ines, tomasz, as_member):
    delete_message(sent, by=tomasz)
    report_thing(sent, by=ines, reason="other")
    assert forget_earlier_words() == 0
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        assert forget_earlier_words() == 1
        assert not Revision.objects.exists()
        assert as_member(ines).get(f"/report/message/{sent.pk}/").status_code == 404
    assert "Something rude" in Report.objects.get().evidence


@pytest.mark.parametrize("reported", [True, False])
def test_files_of_a_reported_message_stay_for_operators_alone(reported, sent, ines, tomasz, desk, as_member):
    key = sent.attachments.get().key
    if reported:
        report_thing(sent, by=ines, reason="other")
    delete_message(sent, by=tomasz)
    assert sent.attachments.exists() is reported
    for member in (ines, tomasz):
        client = as_member(member)
        assert client.get(f"/messages/files/{key}/").status_code == 404
        assert "plan.pdf" not in client.get(f"/messages/{sent.conversation_id}/").content.decode()
        if reported:
            assert client.get(_at_the_desk(key)).status_code in (302, 404)
    if reported:
        page = desk.get(f"/admin/moderation/case/{Case.objects.get().pk}/change/").content.decode()
        assert "Its sender deleted it." in page
        assert "plan.pdf" in page
        assert desk.get(_at_the_desk(key)).content == b"%PDF-1.7"


def _at_the_desk(key: str) -> str:
    return f"/admin/moderation/case/{Case.objects.get().pk}/files/{key}/"


def test_operators_open_no_message_but_the_one_that_was_reported(sent, conversation, ines, tomasz, desk):
    file = read_file(SimpleUploadedFile("other.pdf", b"%PDF-1.7"))
    other = send_message(conversation, by=tomasz, text="A secret", files=[file])
    report_thing(sent, by=ines, reason="other")
    assert desk.get(_at_the_desk(other.attachments.get().key)).status_code == 404
    assert desk.get(f"/messages/files/{other.attachments.get().key}/").status_code == 404
    assert desk.get(f"/messages/{conversation.pk}/").status_code == 404
    assert "A secret" not in desk.get(f"/admin/moderation/case/{Case.objects.get().pk}/change/").content.decode()
    assert not [model for model in admin.site._registry if model._meta.app_label == "messaging"]
