"""Who signs in: members with email and password, unless suspended or not yet claimed."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

import demo


class MemberBackend(AuthenticationBackend):
    """django-allauth's sign-in by email; a session of somebody suspended ends at once.

    The demo's password, which everybody knows, opens no account unless `DEBUG` is on.
    """

    def authenticate(self, request, **credentials):
        if credentials.get("password") == demo.PASSWORD and not settings.DEBUG:
            return None
        return super().authenticate(request, **credentials)

    def get_user(self, user_id):
        user = super().get_user(user_id)
        return user if user is not None and user.is_active else None
