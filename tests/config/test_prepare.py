"""Before the site serves, its database is new enough, migrated, and filled once if it's for development."""

import pytest
from django.core import management
from django.db import NotSupportedError, OperationalError, connection

from config import prepare
from config.embedded.server import EmbeddedServerError
from tests.factories.members import MemberFactory


@pytest.fixture
def called(monkeypatch) -> list[str]:
    """The management commands that were called, none of which runs."""
    names: list[str] = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **options: names.append(name))
    monkeypatch.setattr(prepare, "get_commands", lambda: management.get_commands() | {"demo": "demo"})
    return names


def prepared() -> list[str]:
    said: list[str] = []
    prepare.prepare_site(say=said.append)
    return said


@pytest.mark.django_db
def test_an_empty_development_site_is_filled(settings, called):
    settings.DEBUG = True
    assert prepared() == ["Filling the demo community, once."]
    assert called == ["createcachetable", "demo"]


@pytest.mark.django_db
def test_a_site_with_members_is_left_as_it_is(settings, called):
    settings.DEBUG = True
    MemberFactory()
    assert prepared() == []
    assert "demo" not in called


@pytest.mark.django_db
def test_a_community_gets_no_demo_but_its_static_files(settings, called):
    settings.DEBUG = False
    prepared()
    assert called == ["createcachetable", "collectstatic"]


@pytest.mark.django_db
def test_nobody_can_sign_in_as_a_demo_member_of_a_community(settings):
    MemberFactory(email="ines@example.org")
    settings.DEBUG = False
    assert prepare.demo_sign_ins() == []
    settings.DEBUG = True
    assert prepare.demo_sign_ins() == ["ines@example.org"]


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (NotSupportedError("PostgreSQL 15 or later is required (found 14.2)."), "too old: PostgreSQL 15 or later"),
        (OperationalError("connection refused"), "can't be reached:\nconnection refused"),
        (EmbeddedServerError("no room"), "no room"),
    ],
)
def test_a_database_that_wont_do_is_named_plainly(monkeypatch, problem, said):
    def fail():
        raise problem

    monkeypatch.setattr(connection, "ensure_connection", fail)
    with pytest.raises(prepare.NotReadyError) as refusal:
        prepared()
    assert said in str(refusal.value)
