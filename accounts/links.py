"""Links in emails that prove their reader holds the address: to claim, to join, to be reached."""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.http import base36_to_int, int_to_base36

from accounts.models import Invitation, User

CLAIM_DAYS = 60
"""For how many days a claim link works."""

INVITATION_DAYS = 30
"""For how many days an invitation's link works."""

ADDRESS_DAYS = 3
"""For how many days a link works that confirms that mail reaches an address."""

_ADDRESS = "accounts.address"
_CLAIM, _INVITATION = "accounts.claim", "accounts.invitation"
_DAY = 24 * 3600


def claim_link(member: User) -> str:
    token = signing.dumps([member.pk, member.email], salt=_CLAIM)
    return settings.SITE_URL + reverse("claim", args=[int_to_base36(member.pk), token])


def claimed_by(uid: str, token: str) -> User | None:
    """Return the person whose claim link this is, claimed meanwhile or not; nobody if it is wrong or too old.

    It is bound to the address: when operators correct the address, the old link ends.
    """
    try:
        pk, email = signing.loads(token, salt=_CLAIM, max_age=CLAIM_DAYS * _DAY)
        if base36_to_int(uid) != pk:
            return None
    except (signing.BadSignature, ValueError):
        return None
    return User.objects.filter(pk=pk, email=email).first()


def invitation_link(invitation: Invitation) -> str:
    return settings.SITE_URL + reverse("join", args=[signing.dumps(invitation.pk, salt=_INVITATION)])


def invitation_of(token: str) -> Invitation | None:
    """Return the invitation whose link this is; none if it is wrong, too old or withdrawn."""
    try:
        pk = signing.loads(token, salt=_INVITATION, max_age=INVITATION_DAYS * _DAY)
    except signing.BadSignature:
        return None
    return Invitation.objects.filter(pk=pk).first()


def address_link(member: User) -> str:
    token = signing.dumps([member.pk, member.email], salt=_ADDRESS)
    return settings.SITE_URL + reverse("reached", args=[token])


def reached_by(token: str) -> User | None:
    """Return the member whom this link reached; nobody if it is wrong, too old, or they have another address by now."""
    try:
        pk, email = signing.loads(token, salt=_ADDRESS, max_age=ADDRESS_DAYS * _DAY)
    except (signing.BadSignature, ValueError):
        return None
    return User.objects.filter(pk=pk, email=email).first()
