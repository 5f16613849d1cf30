"""After a test that committed something, nothing of it is left for the next one."""

import threading
import time

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction

from accounts.models import Invitation
from tests.world import build_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("unmailed")]


def rows() -> dict[str, int]:
    """How many rows each model has, if any; content types and permissions stay as the migrations made them."""
    counts = {model.__name__: model.objects.count() for model in apps.get_models() if model is not Permission}
    return {name: count for name, count in counts.items() if count and name != "ContentType"}


def empty() -> None:
    call_command("flush", interactive=False, verbosity=0)


def test_everything_goes_even_what_the_database_keeps_for_good():
    before = Permission.objects.count(), ContentType.objects.count()
    build_world()
    assert rows()["Decision"], "whose rows a trigger keeps from being deleted"
    assert len(rows()) > 20
    empty()
    assert rows() == {}
    assert (Permission.objects.count(), ContentType.objects.count()) == before
    assert before[0] > 100


def test_what_is_being_written_is_waited_for():
    begun = threading.Event()

    def write() -> None:
        with transaction.atomic():
            Invitation.objects.create(email="late@example.com")
            begun.set()
            time.sleep(0.3)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    assert begun.wait(10)
    empty()
    writer.join()
    assert rows() == {}


def test_triggers_and_foreign_keys_hold_again_afterwards():
    build_world()
    empty()
    with connection.cursor() as cursor:
        cursor.execute("SHOW session_replication_role")
        assert cursor.fetchone() == ("origin",)
