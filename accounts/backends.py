"""Who signs in: members with email and password, unless suspended or not yet claimed."""

from functools import cache

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

import demo
from accounts.models import User
from accounts.written_once import WrittenOnce


class MemberBackend(AuthenticationBackend):
    """django-allauth's sign-in by email; a session of somebody suspended ends at once.

    The demo's password, which everybody knows, opens no account unless `DEBUG` is on.
    """

    def authenticate(self, request, **credentials):
        if credentials.get("password") == demo.PASSWORD and not settings.DEBUG:
            return None
        return super().authenticate(request, **credentials)

    def get_user(self, user_id):
        found = _somebody().objects(User(pk=user_id))
        return found[0] if found and found[0].is_active else None


@cache
def _somebody() -> WrittenOnce:
    """A member by their number: every page asks."""
    return WrittenOnce(lambda member: User.objects.filter(pk=member.pk))
