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
from tests.remembering import Memory

NAMES = {
    "ines": "Ines Moreau",
    "tomasz": "Tomasz Wiśniewski",
    "amara": "Amara Okafor",
    "lina": "Lina Svensson",
    "bill": "Bill Chen",
    "jorge": "Jorge Ríos",
    "vera": "Vera Kim",
}


def one_of_the_cast(handle: str, **fields) -> User:
    first, last = NAMES[handle].split()
    return MemberFactory(first_name=first, last_name=last, email=f"{handle}@example.com", handle=handle, **fields)


@pytest.fixture
def memory(db) -> Memory:
    return Memory()


@pytest.fixture
def ines(memory) -> User:
    return memory.build("ines", lambda: one_of_the_cast("ines"))


@pytest.fixture
def tomasz(memory, ines) -> User:
    def build() -> User:
        member = one_of_the_cast("tomasz")
        connect(member, ines)
        return member

    return memory.build("tomasz", build, ines)


@pytest.fixture
def amara(memory, ines) -> User:
    def build() -> User:
        member = one_of_the_cast("amara")
        follow(member, ines)
        return member

    return memory.build("amara", build, ines)


@pytest.fixture
def lina(memory) -> User:
    return memory.build("lina", lambda: one_of_the_cast("lina"))


@pytest.fixture
def bill(memory, ines) -> User:
    def build() -> User:
        member = one_of_the_cast("bill")
        block_member(ines, by=member)
        return member

    return memory.build("bill", build, ines)


@pytest.fixture
def jorge(memory, ines) -> User:
    def build() -> User:
        member = one_of_the_cast("jorge")
        block_member(member, by=ines)
        return member

    return memory.build("jorge", build, ines)


@pytest.fixture
def vera(memory) -> User:
    return memory.build("vera", lambda: one_of_the_cast("vera", suspended=True))


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
