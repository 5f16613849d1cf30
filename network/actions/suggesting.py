"""Not being told of somebody any more (product.md §15, suggestions)."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refusal
from network.models import Dismissal, SuggestedTo, Suggestion


@transaction.atomic
def dismiss_suggestion(member: User, *, by: User) -> Dismissal:
    """Don't suggest `member` to `by` any more, for good; nobody is told. A second time changes nothing."""
    if not User.objects.visible_to(by).filter(pk=member.pk).exclude(pk=by.pk).exists():
        raise Refusal(_("This member can't be dismissed."))
    dismissal, _made = Dismissal.objects.get_or_create(member=by, other=member)
    return dismissal


@transaction.atomic
def take_back_dismissal(member: User, *, by: User) -> None:
    """Let `member` be suggested to `by` again: at once if they were found before, else when they are looked for."""
    Dismissal.objects.filter(member=by, other=member).delete()
    if not Suggestion.objects.filter(member=by, other=member).exists():
        SuggestedTo.objects.filter(member=by).update(suggested_at=None)
