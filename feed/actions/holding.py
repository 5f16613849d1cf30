"""Keeping the pictures of a post that was refused, until it is sent again (product.md §16)."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from accounts import pictures
from accounts.models import User
from accounts.pictures import Encoded
from feed.actions.picturing import forget_files
from feed.models import Held, Picture
from feed.pictures import FOLDER


@transaction.atomic
def hold_pictures(new: Mapping[int, Encoded], *, by: User, key: UUID) -> list[Picture]:
    """Keep pictures for the form with a key, each at its place, where none is kept yet; return all that are kept.

    Of those of other forms the latest stay.
    """
    held, is_new = Held.objects.select_for_update().get_or_create(author=by, key=key)
    if is_new:
        _let_go(Held.objects.filter(author=by).order_by("-held_at", "-pk")[Held.MOST :])
    taken = set(held.pictures.values_list("position", flat=True))
    for place, picture in new.items():
        if place not in taken:
            kept, measures = pictures.keep(picture, folder=FOLDER), {"width": picture.width, "height": picture.height}
            Picture.objects.create(held=held, position=place, key=kept, **measures)
    return held_pictures(by=by, key=key)


def held_pictures(*, by: User, key: UUID) -> list[Picture]:
    """Return the pictures that are kept for the form with a key."""
    return list(Picture.objects.filter(held__author=by, held__key=key))


def forget_held() -> int:
    """Delete what nobody came back to; return how many forms' pictures. A chore."""
    with transaction.atomic():
        return _let_go(Held.objects.old().select_for_update(skip_locked=True)[:200])


def _let_go(held) -> int:
    numbers = [each.pk for each in held]
    forget_files(Picture.objects.filter(held__in=numbers))
    Held.objects.filter(pk__in=numbers).delete()
    return len(numbers)
