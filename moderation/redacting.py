"""Removing what a post or comment said before it was edited."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refusal
from feed.models import Revision
from moderation import letters
from moderation.models import Decision
from moderation.subjects import kind_of


@transaction.atomic
def redact_revision(revision: Revision, *, by: User, why: str) -> Decision:
    """Remove earlier words for good and tell their author; what was reported of the words now stays open.

    Raises `Refusal` if they are gone, or nothing is said why.
    """
    if not why.strip():
        raise Refusal(_("Say why."))
    thing = revision.post or revision.comment
    there = Revision.objects.filter(pk=revision.pk, redacted_at__isnull=True)
    if thing is None or not there.update(title="", text="", redacted_at=timezone.now()):
        raise Refusal(_("These words were removed already."))
    decision = Decision.objects.create(
        action=Decision.Action.REDACT,
        subject_kind=kind_of(thing),
        subject_id=thing.pk,
        member=thing.author,
        by=by,
        by_name=by.name or by.email,
        why=why.strip(),
    )
    letters.tell_member(decision)
    return decision
