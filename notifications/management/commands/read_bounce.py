"""Reads the report of a mail server that an email came back."""

import sys
from email import message_from_binary_file, policy

from django.core.management.base import BaseCommand

from notifications.bounces import read_bounce


class Command(BaseCommand):
    help = (
        "Read one report of a mail server from the standard input; send no more email to whom it says mail can't reach"
    )

    def handle(self, **options) -> None:
        """It succeeds whatever it reads: a mail server would answer a failure with a report about the report."""
        member = read_bounce(message_from_binary_file(sys.stdin.buffer, policy=policy.default))
        self.stdout.write(
            f"Marked: {member.email}" if member else "Nothing was done: no email of ours came back for good."
        )
