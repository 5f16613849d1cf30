"""Which part of an email address could prove an organization, and which never does."""

from functools import cache
from pathlib import Path

from accounts.models import Community

_PROVIDERS = Path(__file__).with_name("mail_providers.txt")


def domain_of(email: str) -> str:
    """Return the domain of an address as it stands in the domain name system: small Latin letters, IDNA."""
    domain = email.rpartition("@")[2].strip().rstrip(".").lower()
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain


def is_for_everybody(domain: str) -> bool:
    """Whether anybody gets an address there: at a well-known mail provider, or at one that operators listed."""
    return domain in _well_known() or domain in map(domain_of, Community.current().listed_providers)


@cache
def _well_known() -> frozenset[str]:
    lines = _PROVIDERS.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
