"""The database that tests are copied from is the one that today's migrations make."""

import pytest
from django.conf import settings
from django.db import connection

from tests import migrated_once


@pytest.mark.parametrize(
    "path",
    [
        "network/migrations/0001_initial.py",
        "search/migrations/0002_words_of_members.py",
        "accounts/names.py",  # `import accounts.names`
        "accounts/marks.py",  # `from accounts.marks import folded_tag`
        "communities/models/event.py",
    ],
)
def test_it_is_made_anew_for_whatever_migrating_reads_of_ours(path):
    assert settings.BASE_DIR / path in migrated_once.files()


def test_it_is_made_anew_for_migrations_of_others():
    assert {path.parts[-3] for path in migrated_once.files()} >= {"auth", "contenttypes", "account", "mfa"}


def test_whatever_is_changed_in_them_makes_another_state(monkeypatch, tmp_path):
    paths = {tmp_path / "0001_initial.py", tmp_path / "0002_more.py"}
    monkeypatch.setattr(migrated_once, "files", lambda: paths)
    for path in paths:
        path.write_text("operations = []")
    before = migrated_once.state_of_migrations()
    (tmp_path / "0002_more.py").write_text("operations = [1]")
    assert migrated_once.state_of_migrations() != before


def test_this_test_has_a_copy_of_it(db):
    template = connection.settings_dict["TEST"]["TEMPLATE"]
    assert template.endswith(migrated_once.state_of_migrations())
    with connection.cursor() as cursor:
        cursor.execute("SELECT datallowconn FROM pg_database WHERE datname = %s", [template])
        assert cursor.fetchall() == [(False,)]
