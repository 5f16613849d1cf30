"""How people join: claiming an account from a roster, following an invitation, being welcomed."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import links, registers
from accounts.actions.addresses import mark_reached
from accounts.handles import free_handle
from accounts.letters import send_letter
from accounts.models import Invitation, User
from accounts.refusals import Refusal


@transaction.atomic
def claim_account(member: User, *, password: str | None = None) -> User:
    """Make somebody from a roster a member: they hold the address, so it counts as verified.

    Whom the roster names is there for others at once. Raises `Refusal` if somebody was quicker.
    """
    claimed = User.objects.select_for_update(no_key=True).get(pk=member.pk)
    if claimed.claimed_at:
        raise Refusal(_("This account was claimed already. Sign in with its password."))
    now = timezone.now()
    claimed.claimed_at = now
    claimed.welcomed_at = now if claimed.first_name else None
    claimed.set_password(password)
    claimed.save()
    EmailAddress.objects.filter(email=claimed.email.lower()).exclude(user=claimed).delete()
    EmailAddress.objects.update_or_create(
        user=claimed, email=claimed.email.lower(), defaults={"verified": True, "primary": True}
    )
    for welcome in registers.on_claim:
        welcome(member=claimed)
    address_confirmed(claimed, claimed.email)
    return claimed


def address_confirmed(member: User, email: str) -> None:
    """Do what is to be done when a member has confirmed that an address is theirs."""
    accept_invitation(email)
    mark_reached(member)
    for confirm in registers.on_address:
        confirm(member=member, email=email)


def send_claim_link(member: User) -> None:
    """Email somebody from a roster the link with which they claim their account."""
    send_letter(
        "claim", to=member.email, member=member, asked_for=True, link=links.claim_link(member), days=links.CLAIM_DAYS
    )


@transaction.atomic
def invite(email: str, *, by: User) -> Invitation | None:
    """Invite an address to join, or send its invitation once more; somebody from a roster gets their claim link."""
    person = User.objects.filter(email__iexact=email).first()
    if person and person.claimed_at:
        raise Refusal(_("%(email)s belongs to a member already.") % {"email": email})
    if person:
        send_claim_link(person)
        return None
    invitation, _made = Invitation.objects.get_or_create(
        email__iexact=email, defaults={"email": email.lower(), "invited_by": by}
    )
    if invitation.accepted_at:
        raise Refusal(_("The invitation of %(email)s was accepted already.") % {"email": email})
    send_invitation(invitation)
    return invitation


@transaction.atomic
def send_invitation(invitation: Invitation) -> None:
    """Email the link that leads to sign-up with the invited address."""
    invitation.sent_at = timezone.now()
    invitation.save(update_fields=["sent_at"])
    send_letter(
        "invitation",
        to=invitation.email,
        by=invitation.invited_by,
        link=links.invitation_link(invitation),
        days=links.INVITATION_DAYS,
    )


def send_again(email: str) -> None:
    """Send once more what waits for this address, invitation or claim link; nothing if nothing waits."""
    unclaimed = User.objects.filter(email__iexact=email, claimed_at__isnull=True).first()
    if unclaimed:
        send_claim_link(unclaimed)
        return
    for invitation in Invitation.objects.filter(email__iexact=email, accepted_at__isnull=True):
        send_invitation(invitation)


def accept_invitation(email: str) -> None:
    """Mark the invitation of an address as accepted, if there is one: its holder has joined."""
    Invitation.objects.filter(email__iexact=email, accepted_at__isnull=True).update(accepted_at=timezone.now())


@transaction.atomic
def welcome_member(
    *, by: User, first_name: str, last_name: str = "", headline: str = "", place: str = "", time_zone: str = ""
) -> User:
    """Name a new member, who is there for others from now on, with a handle made of the name.

    Done again it changes the name and the rest, and keeps the handle.
    """
    member = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    member.first_name, member.last_name = first_name, last_name
    member.headline, member.place, member.time_zone = headline, place, time_zone
    if member.welcomed_at is None:
        member.welcomed_at = timezone.now()
        member.handle = free_handle(member.name)
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError:  # a namesake took the handle in this very moment
        member.handle = free_handle(member.name)
        member.save()
    return member
