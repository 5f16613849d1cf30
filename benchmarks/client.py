"""A browser that measures: it keeps its connection, is signed in, and notes what each answer took and cost."""

import gzip
import http.client
import time
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from benchmarks.accounting import CPU, DATABASE, QUERIES

SECRET = "t" * 32
"""A token against forged requests: the cookie and the header that repeats it."""

IDLE = 1.5
"""Seconds after which a browser connects anew: the server closes a connection after two."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What one answer took, in milliseconds, and cost."""

    ms: float
    status: int
    cpu_ms: float
    database_ms: float
    queries: int
    sent: int
    html: int


class Client:
    """One connection to a server, on which one member or another asks."""

    def __init__(self, port: int) -> None:
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.used = 0.0

    def get(self, address: str, cookie: str, *, htmx: bool = False) -> Taken:
        return self._ask("GET", address, cookie, {"HX-Request": "true"} if htmx else {}, None)

    def post(self, address: str, cookie: str, form: dict[str, str]) -> Taken:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": SECRET}
        return self._ask("POST", address, cookie, headers, urlencode(form))

    def read(self, address: str, cookie: str) -> str:
        """Return a page's HTML, unmeasured."""
        self.http.close()
        self.http.request("GET", address, headers=_signed_in(cookie))
        return self.http.getresponse().read().decode()

    def _ask(self, method: str, address: str, cookie: str, headers: dict, body: str | None) -> Taken:
        headers = _signed_in(cookie) | {"Accept-Encoding": "gzip"} | headers
        if time.perf_counter() - self.used > IDLE:
            self.http.close()
            self.http.connect()
        start = time.perf_counter()
        self.http.request(method, address, body=body, headers=headers)
        answer = self.http.getresponse()
        content = answer.read()
        self.used = time.perf_counter()
        ms = (self.used - start) * 1000
        html = len(gzip.decompress(content)) if answer.headers.get("Content-Encoding") == "gzip" else len(content)
        told = [float(answer.headers.get(name, 0)) for name in (CPU, DATABASE, QUERIES)]
        return Taken(ms, answer.status, told[0], told[1], int(told[2]), len(content), html)


def _signed_in(cookie: str) -> dict[str, str]:
    return {"Cookie": f"sessionid={cookie}; csrftoken={SECRET}"}


def worked(taken: Taken) -> bool:
    """Whether an answer is a page, or leads on after what was done."""
    return taken.status in (HTTPStatus.OK, HTTPStatus.FOUND)


def cookie_of(member) -> str:
    """Sign a member in, and return the cookie."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = "accounts.backends.MemberBackend"
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.create()
    return session.session_key
