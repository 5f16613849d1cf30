"""A real SMTP server on this machine that does what a test tells it."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller


class Post:
    """What the server takes and what it refuses: `answers` are used up one an email, then it accepts."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.arrived: list[tuple[list[str], object]] = []
        self.asked = 0

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 — aiosmtpd's name
        self.asked += 1
        if self.answers:
            return self.answers.pop(0)
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.arrived.append((envelope.rcpt_tos, message))
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def open_post_office(post: Post, port: int) -> Iterator[None]:
    """Let the server listen for as long as the block lasts; before and after it refuses connections."""
    controller = Controller(post, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()
