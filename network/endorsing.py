"""What members do with endorsements (product.md §7)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import lock_pair
from accounts.models import User
from accounts.refusals import Refusal
from network.endorsements import endorsable_by
from network.models import Endorsement
from notifications.actions import notify_again
from profiles.models import Skill


@transaction.atomic
def endorse_skill(skill: Skill, *, by: User, basis: str = "") -> Endorsement:
    """Vouch for a skill that a member lists; a second time only changes the basis. Raises `Refusal`.

    They are told, in one notice for all who endorse that skill.
    """
    lock_pair(skill.member, by)
    endorsable = endorsable_by(by).filter(pk=skill.pk).select_for_update(of=("self",), no_key=True)
    if skill.member_id == by.pk or not endorsable.values_list("pk").first():
        raise Refusal(_("Connections and followers can endorse a skill."))
    endorsement, is_new = Endorsement.objects.update_or_create(skill=skill, endorser=by, defaults={"basis": basis})
    if is_new:
        notify_again(recipient=skill.member, kind="endorsement", subject=skill)
    return endorsement


@transaction.atomic
def withdraw_endorsement(skill: Skill, *, by: User) -> None:
    """Take one's own endorsement back; its subject is not told."""
    Endorsement.objects.filter(skill=skill, endorser=by).delete()


@transaction.atomic
def hide_endorsement(endorsement: Endorsement, *, by: User) -> None:
    """Hide one endorsement of oneself from everybody; its endorser is not told."""
    Endorsement.objects.hideable_by(by).filter(pk=endorsement.pk, hidden_at__isnull=True).update(
        hidden_at=timezone.now()
    )


@transaction.atomic
def show_endorsement(endorsement: Endorsement, *, by: User) -> None:
    """Show an endorsement again that one hid."""
    Endorsement.objects.hideable_by(by).filter(pk=endorsement.pk).update(hidden_at=None)


@transaction.atomic
def switch_follower_endorsements(*, by: User, shown: bool) -> None:
    """Show or hide all endorsements of oneself by followers."""
    User.objects.filter(pk=by.pk).update(follower_endorsements=shown)
