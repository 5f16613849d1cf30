"""What an operator's lists say of organizations: many at once, with the same few queries however many."""

from collections.abc import Iterable, Mapping

from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string

from accounts.slugs import LETTERS, free_slug
from communities.actions.organizations import RESERVED
from communities.models import Belonging, Organization, OrganizationName
from communities.names import organization_key

Kind = Organization.Kind
ATTEMPTS = 3
"""How often the list is read anew because a member started one of its pages at this very moment."""


def gather_organizations(kinds: Mapping[str, str]) -> tuple[dict[str, int], set[str]]:
    """Return the page of each name (by its key), and the keys of those that were started now, by nobody.

    `kinds` says for each name, as it is written, what kind of organization it is. A page that nobody looks after, and
    that was taken for a company until a list called it a school, is a school from then on.
    """
    written = {key: name for name in kinds if (key := organization_key(name))}
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with transaction.atomic():
                pages = _pages_of(written)
                missing = {key: name for key, name in written.items() if key not in pages}
                pages |= _start({key: (name, kinds[name]) for key, name in missing.items()})
        except IntegrityError:
            if attempt == ATTEMPTS:
                raise
        else:
            break
    schools = [pages[key] for key, name in written.items() if kinds[name] == Kind.SCHOOL]
    Organization.objects.filter(pk__in=schools, kind=Kind.COMPANY, started_by=None, roles=None).update(kind=Kind.SCHOOL)
    return pages, set(missing)


def _pages_of(keys: Iterable[str]) -> dict[str, int]:
    return dict(OrganizationName.objects.filter(key__in=list(keys)).values_list("key", "organization"))


def _start(missing: Mapping[str, tuple[str, str]]) -> dict[str, int]:
    """Start the pages of names that have none, in three queries."""
    if not missing:
        return {}
    slugs = _slugs([name for name, _kind in missing.values()])
    pages = Organization.objects.bulk_create(
        Organization(name=name, slug=slug, kind=kind)
        for (name, kind), slug in zip(missing.values(), slugs, strict=True)
    )
    OrganizationName.objects.bulk_create(
        OrganizationName(organization=page, name=page.name, use=OrganizationName.Use.PRESENT) for page in pages
    )
    return {key: page.pk for key, page in zip(missing, pages, strict=True)}


def _slugs(names: list[str]) -> list[str]:
    """Return a free address for each name; whose own is taken gets four letters more."""
    wanted = [free_slug(name, taken=lambda slug: False, most=50, otherwise="organization") for name in names]
    taken = RESERVED | set(Organization.objects.filter(slug__in=wanted).values_list("slug", flat=True))
    found: list[str] = []
    for slug in wanted:
        free = slug if slug not in taken else f"{slug}-{get_random_string(4, LETTERS)}"
        taken |= {free}
        found.append(free)
    return found


def set_roster_belongings(said: Mapping[int, set[int]]) -> set[int]:
    """Make the belongings that come from a roster those that it says now: for each member, the pages.

    Returns the members for whom that changed something.
    """
    known = set(
        Belonging.objects.filter(member__in=said, source=Belonging.Source.ROSTER).values_list("member", "organization")
    )
    wanted = {(member, page) for member, pages in said.items() for page in pages}
    gone, new = known - wanted, wanted - known
    if gone:
        pairs = Belonging.objects.filter(source=Belonging.Source.ROSTER, member__in={member for member, _page in gone})
        rows = pairs.values_list("pk", "member", "organization")
        Belonging.objects.filter(pk__in=[pk for pk, *pair in rows if tuple(pair) in gone]).delete()
    Belonging.objects.bulk_create(
        [Belonging(member_id=member, organization_id=page, source=Belonging.Source.ROSTER) for member, page in new],
        ignore_conflicts=True,
    )
    return {member for member, _page in gone | new}
