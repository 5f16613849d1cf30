"""Requests as views of members know them."""

from django.http import HttpRequest

from accounts.models import User


class MemberRequest(HttpRequest):
    """A request of somebody who is signed in: what a view behind `login_required` gets."""

    user: User
