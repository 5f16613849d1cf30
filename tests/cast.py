"""The cast: members with stated relations, built with real actions.

Ines is the one whose things the others look at:

- `tomasz` is connected with Ines
- `amara` follows Ines, and isn't connected
- `lina` is a stranger to Ines
- `bill` blocked Ines; Ines blocked `jorge`
- `vera` is suspended
- `visitor` isn't signed in
"""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from accounts.actions import block_member
from accounts.models import User
from tests.factories import MemberFactory, connect, follow


@pytest.fixture
def ines(db) -> User:
    return MemberFactory(first_name="Ines", last_name="Moreau", email="ines@example.com", handle="ines")


@pytest.fixture
def tomasz(ines) -> User:
    member = MemberFactory(first_name="Tomasz", last_name="Wiśniewski", email="tomasz@example.com", handle="tomasz")
    connect(member, ines)
    return member


@pytest.fixture
def amara(ines) -> User:
    member = MemberFactory(first_name="Amara", last_name="Okafor", email="amara@example.com", handle="amara")
    follow(member, ines)
    return member


@pytest.fixture
def lina(db) -> User:
    return MemberFactory(first_name="Lina", last_name="Svensson", email="lina@example.com", handle="lina")


@pytest.fixture
def bill(ines) -> User:
    member = MemberFactory(first_name="Bill", last_name="Chen", email="bill@example.com", handle="bill")
    block_member(ines, by=member)
    return member


@pytest.fixture
def jorge(ines) -> User:
    member = MemberFactory(first_name="Jorge", last_name="Ríos", email="jorge@example.com", handle="jorge")
    block_member(member, by=ines)
    return member


@pytest.fixture
def vera(db) -> User:
    return MemberFactory(first_name="Vera", last_name="Kim", email="vera@example.com", handle="vera", suspended=True)


@pytest.fixture
def visitor() -> AnonymousUser:
    return AnonymousUser()


@pytest.fixture
def as_member() -> Callable[[User | AnonymousUser], Client]:
    """Return a browser signed in as a member; signed out for the visitor."""

    def sign_in(member: User | AnonymousUser) -> Client:
        client = Client()
        if member.is_authenticated:
            client.force_login(member, backend="accounts.backends.MemberBackend")
        return client

    return sign_in


CAST = ["ines", "tomasz", "amara", "lina", "bill", "jorge", "visitor"]


@pytest.fixture
def cast(ines, tomasz, amara, lina, bill, jorge, visitor) -> dict:
    """Everybody by name, for tables of viewer × action."""
    return {
        "ines": ines,
        "tomasz": tomasz,
        "amara": amara,
        "lina": lina,
        "bill": bill,
        "jorge": jorge,
        "visitor": visitor,
    }
