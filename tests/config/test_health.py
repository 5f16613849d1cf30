"""The health check tells a working site from one that isn't."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from config import health


@pytest.fixture(autouse=True)
def _nothing_known_yet(monkeypatch):
    monkeypatch.setattr(health, "_migrated", False)


@pytest.mark.django_db
def test_a_working_site_is_healthy(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_a_site_whose_pages_are_told_nothing_is_healthy_and_says_so(client, monkeypatch):
    monkeypatch.setattr(health, "is_deaf", lambda: True)
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.text.startswith("ok\nbut this process hears nothing")
    assert "DATABASE_DIRECT_URL" in response.text


@pytest.mark.django_db
def test_a_health_check_leaves_no_cookie_and_no_copy_in_caches(client):
    response = client.get("/healthz")
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_a_site_whose_migrations_wait_is_not_healthy(client):
    MigrationRecorder.Migration.objects.filter(app="accounts").order_by("-pk").first().delete()
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (503, b"migrations are waiting\n")


@pytest.mark.django_db
def test_once_migrated_a_check_costs_one_query(client, django_assert_num_queries):
    client.get("/healthz")
    with django_assert_num_queries(1):
        client.get("/healthz")


def test_a_site_without_its_database_is_not_healthy(client, monkeypatch):
    def refuse():
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert b"connection refused" not in response.content
