"""What is planned once for a connection (`accounts.prepared`) stays planned from one test to the next.

Each test ends by a rollback, and with it psycopg forgets what it had prepared, in case that a table went away. Here
none does but in tests with a database of their own, and to plan the header's counts anew for each test took half of
the database's time.
"""

import pytest
from psycopg._preparing import PrepareManager

MOST = 1_000  # statements that stay prepared on a connection


def keep_what_is_planned(patch: pytest.MonkeyPatch) -> None:
    should_discard = PrepareManager._should_discard

    def discards(self: PrepareManager, prep: object, results: list) -> bool:
        return should_discard(self, prep, [one for one in results if not _is_a_rollback(one)])

    patch.setattr(PrepareManager, "_should_discard", discards)
    patch.setattr(PrepareManager, "prepared_max", MOST)


def _is_a_rollback(result: object) -> bool:
    return (result.command_status or b"").startswith(b"ROLLBACK")
