"""Declining is silent (product.md §3.4): whatever its sender can reach is the same to the byte."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter

from accounts.models import User
from network.actions import ask_question, ask_to_connect, decline_request, mark_as_unknown
from network.models import ConnectionRequest
from tests.factories import MemberFactory, connect, follow

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MOMENTS = [timedelta(hours=3), timedelta(days=91), timedelta(days=181)]
"""After asking: the same day, when one may ask again, and when the request has expired."""
AGEING = ("/in/lina/", "/network/", "/notices/", "/search/")
"""Where the age of a request shows; everywhere else the first moment is enough, and of a door that is closed later not
even that: nothing is compared with it before it is closed."""
KEY = "6f4b3c1e-6f0e-4d8f-9f0b-1a2b3c4d5e6f"
NOT_PAGES = {"healthz", "account_logout", "settings_delete"}
"""Addresses that only sign out, or hold nothing but the member's own; so do those of second factors, and secrets."""


@pytest.fixture
def sender(db) -> User:
    return MemberFactory(first_name="Noor", last_name="Haddad", email="noor@example.com", handle="noor")


def pages_of(sender: User, recipient: User, sent: ConnectionRequest) -> list[str]:
    """Every address that answers to a GET, filled in with the recipient, the sender or the request."""
    fillings = [
        {"handle": recipient.handle, "pk": sent.pk, "number": recipient.pk, "kind": "member", "name": "about"},
        {"handle": sender.handle, "pk": recipient.pk, "number": sent.pk, "kind": "member", "name": "positions"},
    ]
    found = []
    for route in routes(get_resolver()):
        if route.name is None or route.name in NOT_PAGES or route.name.startswith("mfa_"):
            continue
        numbers = {name for name, kind in route.pattern.converters.items() if isinstance(kind, IntConverter)}
        for filling in fillings:
            names = route.pattern.regex.groupindex
            values = {name: filling.get(name, 1 if name in numbers else "x") for name in names}
            found.append(reverse(route.name, kwargs=values))
    extra = [
        "/search/?q=lina",
        "/search/people/?q=svens",
        "/search/complete/?q=lina",
        "/network/connections/?q=li",
        "/network/connections/?sort=name",
    ]
    return list(dict.fromkeys(found + extra))


def routes(resolver: URLResolver) -> list[URLPattern]:
    """All of the site's routes but the operators'."""
    found: list[URLPattern] = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            if entry.app_name != "admin":
                found += routes(entry)
        else:
            found.append(entry)
    return found


def without_tokens(text: str) -> str:
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)
    return re.sub(r'(name="(?:key|page)" value=)"[0-9a-f-]{36}"', r"\1", text)


def what_the_sender_gets(client: Client, address: str) -> tuple:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    statements = [
        re.sub(r"""'[0-9a-z]{32}'|"s[0-9]+_x[0-9]+\"""", "session or savepoint", query["sql"])
        for query in queries.captured_queries
        if "usersessions" not in query["sql"] and "django_session" not in query["sql"]
    ]
    return answer.status_code, answer.get("Location", ""), without_tokens(body.decode("utf-8", "replace")), statements


FATES = {
    "unseen": [],
    "ignored": ["look"],
    "declined": ["look", decline_request],
    "unknown": ["look", mark_as_unknown],
    "closed to all": ["look"],
}
"""What the recipient does about a request; at last they let nobody ask, once the sender could ask again."""


def lived_through(fate: str, sender: User, recipient: User) -> dict[str, object]:
    """Everything that the sender reaches at each of the moments, when the request met this fate."""
    seen: dict[str, object] = {}
    with time_machine.travel(NOW, tick=False) as clock:
        sent = ask_to_connect(recipient, by=sender, context="event", note="Hello Lina, we met.", key=KEY)
        mail.outbox.clear()
        clock.shift(timedelta(hours=1))
        reader = Client()
        reader.force_login(recipient, backend="accounts.backends.MemberBackend")
        for deed in FATES[fate]:
            if deed == "look":
                reader.get(reverse("requests_received"))
                reader.get(reverse("profile", args=[sender.handle]))
            else:
                deed(sent, by=recipient)
        for moment in MOMENTS:
            clock.move_to(NOW + moment)
            if fate == "closed to all" and moment != MOMENTS[0]:
                User.objects.filter(pk=recipient.pk).update(door=User.Door.NOBODY)
            client = Client()
            client.force_login(sender, backend="accounts.backends.MemberBackend")
            for address in pages_of(sender, recipient, sent):
                ageless = moment != MOMENTS[0] or fate == "closed to all"
                if ageless and not address.startswith(AGEING):
                    continue
                seen[f"{moment} {address}"] = what_the_sender_gets(client, address)
        seen["mail"] = letters_to(sender)
    return seen


def letters_to(sender: User) -> list[tuple[str, str]]:
    letters = [letter for letter in mail.outbox if sender.email in letter.to]
    return [(letter.subject, letter.message().get_body(("plain",)).get_content()) for letter in letters]


def lives_of(sender: User, fates=FATES, live=lived_through) -> dict[str, dict]:
    """What the sender sees in each of the lives, which are lived one after the other and undone."""
    with time_machine.travel(NOW - timedelta(days=30), tick=False):
        lina = MemberFactory(
            first_name="Lina", last_name="Svensson", email="lina@example.com", handle="lina", public=True
        )
        friend = MemberFactory(first_name="Tomasz", last_name="Wiśniewski", handle="tomasz")
        connect(friend, lina)
        connect(sender, friend)
        follow(sender, lina)
    seen, start = {}, beyond_all()
    for fate in fates:
        with transaction.atomic():
            number_alike(start)
            seen[fate] = live(fate, sender, lina)
            transaction.set_rollback(True)
    return seen


def beyond_all() -> int:
    """A number beyond those of all rows that there are, where the numbers of several lives may begin."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(last_value) + 1 FROM pg_sequences WHERE schemaname = 'public'")
        return cursor.fetchone()[0]


def number_alike(start: int) -> None:
    """Let each life number its rows alike: sequences aren't rolled back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(quote_ident(table_name), column_name), %s) "
            "FROM information_schema.columns WHERE is_identity = 'YES' AND table_schema = 'public'",
            [start],
        )


def test_the_sender_gets_the_same_bytes_by_the_same_statements(sender):
    lives = lives_of(sender)
    unseen = lives["unseen"]
    for fate in ("ignored", "declined"):
        assert lives[fate].keys() == unseen.keys()
        telling = {address for address, got in lives[fate].items() if got != unseen[address]}
        assert not telling, f"these tell whether a request is {fate}"
    # Who is unknown sees no difference until they could ask again; then they read what a door closed to all says.
    closed = lives["closed to all"]
    for address, got in lives["unknown"].items():
        if address.startswith((f"{MOMENTS[0]} ", "mail")):
            assert got == unseen[address], f"{address} tells that one is unknown"
        else:
            assert got[:3] == closed[address][:3], f"{address} tells who is unknown from whom a closed door meets"
    looked_at = {address.rpartition(" ")[2]: got for address, got in unseen.items() if address.startswith("3:00")}
    for address in (
        "/",
        "/in/lina/",
        "/in/lina/connect/",
        "/network/sent/",
        "/search/?q=lina",
        "/notices/",
        "/settings/",
    ):
        assert looked_at[address][0] == 200, address
    assert "Lina" in looked_at["/network/sent/"][2]
    assert "You asked Lina" in looked_at["/in/lina/"][2]


QUESTIONED = {"asked": [], "asked, then declined": [decline_request], "asked, then unknown": [mark_as_unknown]}


def answering(fate: str, sender: User, recipient: User) -> dict[str, object]:
    """What the sender reaches of a question, before and after they answer, and what answering does."""
    with time_machine.travel(NOW, tick=False) as clock:
        sent = ask_to_connect(recipient, by=sender, context="event", note="Hello Lina, we met.", key=KEY)
        ask_question(sent, by=recipient, question="Where did we meet?")
        mail.outbox.clear()
        for deed in QUESTIONED[fate]:
            deed(sent, by=recipient)
        clock.shift(timedelta(hours=1))
        client = Client()
        client.force_login(sender, backend="accounts.backends.MemberBackend")
        address = reverse("answer_question", args=[sent.pk])
        pages = [reverse("requests_sent"), "/in/lina/", "/in/lina/connect/", reverse("notices"), address]
        seen: dict[str, object] = {f"before {page}": what_the_sender_gets(client, page) for page in pages}
        too_long = client.post(address, {"answer": "x" * 301})
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(address, {"answer": "At the weir."})
        seen |= {"too long": (too_long.status_code, without_tokens(too_long.text)), "answer": answer.headers.items()}
        seen["statements"] = [query["sql"] for query in queries.captured_queries if "network_" in query["sql"]]
        seen |= {f"after {page}": what_the_sender_gets(client, page) for page in pages}
        seen["mail"] = letters_to(sender)
    return seen


@pytest.mark.usefixtures("unmailed")
def test_a_question_is_answered_alike_whether_the_request_was_declined(sender):
    lives = lives_of(sender, QUESTIONED, answering)
    asked = lives["asked"]
    for fate, life in lives.items():
        telling = {what for what, got in life.items() if got != asked[what]}
        assert not telling, f"these tell a request that was {fate}"
    assert "Where did we meet?" in asked["before /in/lina/"][2]
    assert "At the weir." in asked["after /network/sent/"][2]


@pytest.mark.parametrize("when", ["before", "after"])
def test_asking_again_goes_the_same_way_whether_it_was_declined(as_member, sender, lina, when):
    answers, start = [], beyond_all()
    for declined in (False, True):
        ConnectionRequest.objects.all().delete()
        number_alike(start)
        with time_machine.travel(NOW, tick=False) as clock:
            sent = ask_to_connect(lina, by=sender, context="event", note="Hello Lina")
            if declined:
                decline_request(sent, by=lina)
            clock.shift(timedelta(days=89 if when == "before" else 90))
            address = reverse("ask_to_connect", args=["lina"])
            answer = as_member(sender).post(address, {"context": "worked", "note": "Hello again", "key": KEY})
            answers.append((answer.status_code, without_tokens(answer.text)))
    assert answers[0] == answers[1]
    assert answers[0][0] == (422 if when == "before" else 302)
