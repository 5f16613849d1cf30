"""Sessions are read by a statement of their own; all else about them is Django's."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.session_store import SessionStore

pytestmark = pytest.mark.django_db


def kept(**words) -> str:
    store = SessionStore()
    store.update(words)
    store.create()
    return store.session_key


def test_it_holds_what_was_put_in(django_assert_num_queries):
    key = kept(word="river")
    SessionStore(key).get("word")
    with django_assert_num_queries(1):
        assert SessionStore(key)["word"] == "river"


@pytest.mark.parametrize("how", ["unknown", "deleted", "expired", "spoiled"])
def test_what_is_no_session_holds_nothing_and_loses_its_key(how):
    key, later = kept(word="river"), timezone.now()
    if how == "unknown":
        key = "x" * 32
    if how == "deleted":
        Session.objects.all().delete()
    if how == "expired":
        later += timedelta(seconds=settings.SESSION_COOKIE_AGE + 1)
    if how == "spoiled":
        Session.objects.update(session_data="x" + Session.objects.get().session_data)
    with time_machine.travel(later):
        store = SessionStore(key)
        assert store.get("word") is None
        assert store.is_empty() == (how != "spoiled")
