"""Two real worker processes at the same time: what is scheduled is done once."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.actions import leave
from accounts.models import User
from notifications.models import DigestTurn, Email
from notifications.presence import is_there
from notifications.turns import monday_after
from tests.factories import MemberFactory, request
from tests.notifications.smtp import Post, free_port, open_post_office

HOME = Path(__file__).parents[2]
MEMBERS = 12
NAMES = ("one", "two")
PATIENCE = 60  # seconds


@contextmanager
def two_workers(port: int) -> Iterator[None]:
    """Let two workers run on this test's database for as long as the block lasts."""
    database = connection.settings_dict
    reached = {"host": database["HOST"], "port": database["PORT"], "user": database["USER"]}
    if database["PASSWORD"]:
        reached["password"] = database["PASSWORD"]
    environment = os.environ | {
        "DATABASE_URL": f"postgresql:///{database['NAME']}?{urlencode(reached)}",
        "DJANGO_SETTINGS_MODULE": "tests.notifications.working",
        "POST_OFFICE": str(port),
    }
    command = [sys.executable, "manage.py", "db_worker", "--no-reload", "--no-startup-delay", "--interval", "0.1"]
    workers = [
        subprocess.Popen(
            [*command, "--worker-id", name],
            cwd=HOME,
            env=environment,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for name in NAMES
    ]
    try:
        yield
    finally:
        for worker in workers:
            os.killpg(worker.pid, signal.SIGTERM)
        for worker in workers:
            worker.wait(30)


def everything_is_done() -> bool:
    unfinished = DBTaskResult.objects.exclude(status="SUCCESSFUL").exists() or Email.objects.waiting().exists()
    return not unfinished and not DigestTurn.objects.filter(due_at__lte=timezone.now()).exists()


@pytest.mark.django_db(transaction=True)
def test_each_digest_comes_once_and_an_account_is_deleted_once(settings, worker):
    asker, leaver = MemberFactory(), MemberFactory(email="leaver@example.net")
    members = [MemberFactory() for _member in range(MEMBERS)]
    for member in members:
        request(asker, member)
    leave(by=leaver)
    past = timezone.now() - timedelta(minutes=1)
    User.objects.filter(pk=leaver.pk).update(leaves_at=past)
    deleting = DBTaskResult.objects.filter(task_path__endswith="delete_account")
    assert deleting.update(run_after=past) == 1
    monday = monday_after(past - timedelta(days=7), asker)
    DigestTurn.objects.bulk_create(DigestTurn(member=member, due_at=monday) for member in members)

    office, port = Post(), free_port()
    with open_post_office(office, port), two_workers(port):
        deadline = time.monotonic() + PATIENCE
        while not (all(map(is_there, NAMES)) and everything_is_done()):
            assert time.monotonic() < deadline, list(DBTaskResult.objects.values_list("task_path", "status"))
            time.sleep(0.2)

    came = Counter((to, str(message["Subject"])) for [to], message in office.arrived)
    assert set(came.values()) == {1}
    digests = {to for to, subject in came if subject == "Your week at Acquaint"}
    assert digests == {member.email for member in members}
    assert came["leaver@example.net", "Your account at Acquaint is deleted"] == 1
    assert not User.objects.filter(pk=leaver.pk).exists()
