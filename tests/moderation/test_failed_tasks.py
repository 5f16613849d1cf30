"""What operators see of tasks that failed."""

import pytest
from django.tasks import task
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

pytestmark = pytest.mark.django_db


@task
def fail() -> None:
    """A task that can't be done."""
    raise ValueError("no such river")


def test_operators_see_each_failed_try_with_its_traceback_and_when_the_next_one_is(desk, worker):
    fail.enqueue()
    worker()
    failed = DBTaskResult.objects.get()
    page = desk.get(reverse("admin:django_tasks_database_dbtaskresult_change", args=[failed.pk])).content.decode()
    assert page.count("ValueError: no such river") == 2  # the last one, and in the list of all
    listed = desk.get(reverse("admin:django_tasks_database_dbtaskresult_changelist"), {"failures": "yes"})
    assert '<td class="field-failed_tries">1</td>' in listed.content.decode()
