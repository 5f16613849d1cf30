"""Fills an empty development site with the demo community."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from demo import OPERATOR, PASSWORD, SIGN_INS


class Command(BaseCommand):
    help = "Fill an empty development site with a made-up community. Refused unless DEBUG is on."

    def handle(self, *args, **options) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo community is for development: set DEBUG=1 to have it.")
        if User.objects.exists():
            raise CommandError("There are members here already; the demo community goes into an empty site only.")
        from demo.filling import fill_community

        count = fill_community()
        self.stdout.write(f"{count} members. Sign in as {', '.join([*SIGN_INS, OPERATOR])}; password {PASSWORD}.")
