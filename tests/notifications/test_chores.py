"""What workers do from time to time without anybody asking for it."""

import pytest

from notifications import chores, presence


@pytest.fixture
def declared(monkeypatch) -> list:
    monkeypatch.setattr(chores, "CHORES", [])
    return chores.CHORES


@pytest.mark.django_db
def test_a_chore_that_fails_is_told_and_does_not_keep_the_others_from_being_done(declared, caplog):
    done = []

    def fails() -> None:
        raise ValueError("no")

    chores.declare(fails)
    chores.declare(lambda: done.append(1))
    presence.tidy()
    assert done == [1]
    assert "A chore failed" in caplog.text
