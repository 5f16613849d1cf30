"""Operators read on their first page what is wrong with the machine that they can mend."""

import pytest

from live.listening import note_deafness

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("deaf", [True, False])
def test_operators_read_that_pages_are_told_nothing_and_what_to_do(deaf, desk):
    if deaf:
        note_deafness()
    answer = desk.get("/admin/")
    assert answer.status_code == 200
    assert ("Set DATABASE_DIRECT_URL to the address of PostgreSQL itself" in answer.text) is deaf
