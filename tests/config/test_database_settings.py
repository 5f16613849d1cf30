"""`DATABASE_URL` names a server; without it the embedded one is used, and reading settings starts nothing."""

from pathlib import Path
from threading import Thread

import pytest
from django.db import connection

from config.database import SHORT, database_settings, direct_settings
from config.direct import reach_directly


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgres://ada:s%40fe@db.example:5433/acquaint", ("acquaint", "ada", "s@fe", "db.example", "5433")),
        ("postgresql:///acquaint?host=/run/pg&port=5434", ("acquaint", "", "", "/run/pg", "5434")),
        ("postgresql://ada@/acquaint?host=/run/pg", ("acquaint", "ada", "", "/run/pg", "")),
    ],
)
def test_a_url_names_a_server_by_network_or_by_socket(url, expected, tmp_path):
    settings = database_settings(url, data_dir=tmp_path)
    assert tuple(settings[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == expected
    assert settings["ENGINE"] == "django.db.backends.postgresql"


def test_other_options_of_a_url_reach_the_driver(tmp_path):
    settings = database_settings("postgres://db.example/acquaint?sslmode=require", data_dir=tmp_path)
    assert settings["OPTIONS"] == {"sslmode": "require", "prepare_threshold": 1, "options": SHORT}


def test_behind_a_pooler_no_statement_is_prepared(tmp_path):
    settings = database_settings("postgres://db.example/acquaint?prepare_threshold=off", data_dir=tmp_path)
    assert settings["OPTIONS"] == {"prepare_threshold": None}
    assert settings["DISABLE_SERVER_SIDE_CURSORS"]


def test_past_a_pooler_leads_what_is_named_and_nothing_if_nothing_is():
    assert direct_settings("") is None
    direct = direct_settings("postgres://db.example/acquaint")
    assert direct is not None
    assert (direct["HOST"], direct["OPTIONS"]["prepare_threshold"]) == ("db.example", 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("named", [True, False])
def test_a_thread_that_reaches_directly_asks_there_and_others_do_not(named, settings):
    there = {"OPTIONS": {"application_name": "directly"}, "CONN_MAX_AGE": 0}
    settings.DIRECT_DATABASE = {**connection.settings_dict, **there} if named else None
    found = []

    def ask() -> None:
        try:
            reach_directly()
            with connection.cursor() as cursor:
                cursor.execute("SELECT current_setting('application_name')")
                found.extend(cursor.fetchone())
        finally:
            connection.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('application_name')")
        found.extend(cursor.fetchone())
    assert [name == "directly" for name in found] == [named, False]


@pytest.mark.django_db
def test_no_statement_of_a_page_is_compiled_or_shared_among_helpers():
    with connection.cursor() as cursor:
        for setting, value in (("jit", "off"), ("max_parallel_workers_per_gather", "0")):
            cursor.execute(f"SHOW {setting}")
            assert cursor.fetchone() == (value,)


def test_without_a_url_the_embedded_server_is_meant_and_not_yet_started(tmp_path: Path):
    settings = database_settings("", data_dir=tmp_path / "postgres")
    assert settings["ENGINE"] == "config.embedded"
    assert not (tmp_path / "postgres").exists()


@pytest.mark.parametrize("url", ["", "postgres://db.example/acquaint"])
def test_connections_are_kept(url, tmp_path):
    assert database_settings(url, data_dir=tmp_path)["CONN_MAX_AGE"] > 0
