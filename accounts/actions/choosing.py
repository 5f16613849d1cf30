"""What a member decides for themselves."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import registers
from accounts.handles import is_taken
from accounts.models import FormerHandle, User
from accounts.refusals import Refusal


@transaction.atomic
def change_choices(*, by: User, **choices) -> User:
    """Keep what `by` decided about who may see, ask, follow and endorse them (fields of `accounts.models.choices`).

    Limiting followers to connections ends the follows of others, quiet ones too (product.md §6).
    """
    member = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    only_connections = User.FollowersFrom.CONNECTIONS
    limits_followers = choices.get("followers_from") == only_connections and member.followers_from != only_connections
    for name, choice in choices.items():
        setattr(member, name, choice)
    member.save(update_fields=list(choices))
    if limits_followers:
        for end in registers.on_followers_limited:
            end(member=member)
    return member


@transaction.atomic
def change_handle(handle: str, *, by: User) -> User:
    """Give `by` another handle; the one they give up keeps leading to them (product.md §11)."""
    member = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if handle == member.handle:
        return member
    if is_taken(handle, by_other_than=member):
        raise Refusal(_("This handle is taken."))
    FormerHandle.objects.filter(handle=handle, member=member).delete()
    FormerHandle.objects.get_or_create(handle=member.handle, defaults={"member": member})
    member.handle = handle
    try:
        with transaction.atomic():
            member.save(update_fields=["handle"])
    except IntegrityError:  # somebody took it in this very moment
        raise Refusal(_("This handle is taken.")) from None
    return member
