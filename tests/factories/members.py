from datetime import timedelta
from itertools import count

import factory
from django.utils import timezone

from accounts.actions import create_member
from accounts.audiences import Audience
from accounts.handles import free_handle
from accounts.models import User
from accounts.models.standing import FOR_GOOD


class MemberFactory(factory.Factory):
    """A member who joined long ago, made by the real action; traits say what is special about them."""

    class Meta:
        model = User

    class Params:
        public = factory.Trait(profile_audience=Audience.PUBLIC)
        suspended = factory.Trait(suspended_until=FOR_GOOD)

    first_name = factory.Sequence(lambda number: f"Member{number}")
    last_name = "Example"
    email = factory.LazyAttributeSequence(lambda member, number: f"member{number}@example.com")
    joined_at = factory.LazyFunction(lambda: _long_ago())

    @classmethod
    def _create(cls, model_class, *args, **fields):
        return create_member(**fields)


def crowd(number: int, **fields) -> list[User]:
    """So many members at once: for long lists. They did nothing, and nobody signs in as one of them."""
    now = timezone.now()
    return User.objects.bulk_create(
        MemberFactory.build(handle=f"one-of-many-{next(_numbers)}", claimed_at=now, welcomed_at=now, **fields)
        for _ in range(number)
    )


_numbers = count(1)


class UnclaimedFactory(factory.Factory):
    """Somebody on an operator's roster who has not claimed their account."""

    class Meta:
        model = User

    first_name = factory.Sequence(lambda number: f"Unclaimed{number}")
    last_name = "Example"
    email = factory.Sequence(lambda number: f"unclaimed{number}@example.com")

    @classmethod
    def _create(cls, model_class, *args, **fields):
        user = User(handle=free_handle(f"{fields['first_name']} {fields['last_name']}"), **fields)
        user.set_unusable_password()
        user.save()
        return user


def _long_ago():
    return timezone.now() - timedelta(days=400)
