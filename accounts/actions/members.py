"""Making members at once: by operators, imports and tests."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from accounts.handles import free_handle
from accounts.models import User


@transaction.atomic
def create_member(*, email: str, first_name: str, last_name: str = "", password: str | None = None, **fields) -> User:
    """Make a member with a verified address, who has joined and been welcomed."""
    now = timezone.now()
    name = f"{first_name} {last_name}"
    user = User(
        email=email.lower(),
        first_name=first_name,
        last_name=last_name,
        **{"handle": free_handle(name), "claimed_at": now, "welcomed_at": now} | fields,
    )
    user.set_password(password)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@transaction.atomic
def create_operator(*, email: str, password: str | None = None, **fields) -> User:
    """Make a member who may do everything in the admin."""
    return create_member(
        **{"first_name": "Operator"} | fields, email=email, password=password, is_staff=True, is_superuser=True
    )
