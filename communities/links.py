"""Links in emails that prove an organization, or that somebody is there."""

from django.conf import settings
from django.core import signing
from django.db.models import Q
from django.urls import reverse

from communities.models import Organization, ProofLetter

PROOF_DAYS = 3
"""For how many days a link works."""

_PROOF = "communities.proof"
_DAY = 24 * 3600


def proof_link(letter: ProofLetter, email: str) -> str:
    """Return the link of a letter, which is bound to its member and organization, and to the address it goes to."""
    token = signing.dumps([letter.pk, email], salt=_PROOF)
    return settings.SITE_URL + reverse("proof", args=[token])


def letter_of(token: str, *, reader) -> tuple[ProofLetter, str] | None:
    """Return the letter that `reader` asked for and the address it went to; None if it is wrong, too old, another's,
    or about a page that is hidden by now."""
    try:
        pk, email = signing.loads(token, salt=_PROOF, max_age=PROOF_DAYS * _DAY)
    except signing.BadSignature:
        return None
    pages = Organization.objects.visible_to(reader)
    there = Q(organization__in=pages) | Q(organization__merged_into__in=pages)
    letter = ProofLetter.objects.select_related("organization").filter(there, pk=pk, member=reader).first()
    return (letter, email) if letter else None
