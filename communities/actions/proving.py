"""Proving an organization by its email domain, and that members are there (product.md §1, §12).

Who follows the link in a letter holds the address that it went to. The address itself is kept nowhere.
"""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.letters import write_letter
from accounts.models import User
from accounts.refusals import Refusal
from communities import links
from communities.actions.following import survivor_of
from communities.actions.organizations import run_by
from communities.addresses import domain_of, is_for_everybody
from communities.models import Belonging, Organization, OrganizationDomain, ProofLetter

LETTERS_A_DAY = 5
"""How many links a member may have sent within 24 hours."""

Proves, DOMAIN = ProofLetter.Proves, Belonging.Source.DOMAIN


@transaction.atomic
def ask_to_prove_organization(organization: Organization, *, by: User, email: str, key: UUID) -> ProofLetter:
    """Send an admin the link that proves their organization by the domain of `email`. Raises `Refusal`.

    A replay with the same `key` sends nothing more.
    """
    organization, domain = run_by(by, organization), domain_of(email)
    _refuse_providers(domain)
    known = OrganizationDomain.objects.filter(domain=domain).first()
    if known is not None:
        _refuse_domain_of_another(known, organization)
        raise Refusal(_("%(domain)s proves it already.") % {"domain": domain})
    return _send("domain", organization, by=by, email=email, key=key, proves=Proves.ORGANIZATION)


@transaction.atomic
def ask_to_prove_member(organization: Organization, *, by: User, email: str, key: UUID) -> ProofLetter:
    """Send a member the link that proves that they are of an organization. Raises `Refusal`."""
    if not Organization.objects.visible_to(by).filter(pk=organization.pk).exists():
        raise Refusal(_("This page is no longer there for you."))
    _domain_of_its_own(organization, email)
    return _send("belonging", organization, by=by, email=email, key=key, proves=Proves.MEMBER)


@transaction.atomic
def follow_proof(letter: ProofLetter, *, by: User, email: str) -> Organization:
    """Take a link that was followed as the proof it is; following it again changes nothing. Raises `Refusal`.

    Where the page was merged into another meanwhile, it is that one's.
    """
    followed = ProofLetter.objects.select_for_update(no_key=True).filter(pk=letter.pk, member=by).first()
    organization = survivor_of(letter.organization)
    if followed is None or organization is None:
        raise Refusal(_("This link doesn’t work any more."))
    if followed.followed_at:
        if not Belonging.objects.filter(member=by, organization=organization, source=DOMAIN).exists():
            raise Refusal(_("This link was used already. Ask for a new one."))
        return organization
    if followed.proves == Proves.ORGANIZATION:
        domain = _prove_organization(organization, by=by, domain=domain_of(email))
    else:
        domain = _domain_of_its_own(organization, email)
    proof = {"domain": domain, "proved_at": timezone.now()}
    Belonging.objects.update_or_create(member=by, organization=organization, source=DOMAIN, defaults=proof)
    followed.followed_at = timezone.now()
    followed.save(update_fields=["followed_at"])
    return organization


@transaction.atomic
def take_domain_away(domain: OrganizationDomain, *, by: User) -> None:
    """Let a domain prove an organization no more; what it proved of members goes with it. Raises `Refusal`.

    Whoever has a confirmed address at another domain of the organization stays proved by that.
    """
    organization = run_by(by, domain.organization)
    OrganizationDomain.objects.filter(pk=domain.pk, organization=organization).delete()
    for other in OrganizationDomain.objects.filter(organization=organization):
        _belong_by_address(other)


@transaction.atomic
def end_belonging(belonging: Belonging, *, by: User) -> None:
    """Take back what is proved of oneself. A second time changes nothing."""
    Belonging.objects.filter(pk=belonging.pk, member=by).delete()


def belong_by_address(*, member: User, email: str) -> None:
    """Whose address was confirmed is of the organization that its domain proves."""
    domain = OrganizationDomain.objects.filter(domain=domain_of(email)).first()
    if domain is not None:
        _belong(domain, [member.pk])


def _prove_organization(organization: Organization, *, by: User, domain: str) -> OrganizationDomain:
    """Let a domain prove an organization, and that those belong to it who have a confirmed address there."""
    _refuse_providers(domain)
    defaults = {"organization": run_by(by, organization), "proved_by": by}
    known, is_new = OrganizationDomain.objects.get_or_create(domain=domain, defaults=defaults)
    if is_new:
        _belong_by_address(known)
    _refuse_domain_of_another(known, organization)
    return known


def _belong_by_address(domain: OrganizationDomain) -> None:
    """Once for each proved domain, so that no index is needed: one walk through the addresses."""
    there = EmailAddress.objects.filter(Q(email__iendswith=f"@{domain.domain}"), verified=True)
    _belong(domain, there.values_list("user", flat=True))


def _belong(domain: OrganizationDomain, members: Collection[int]) -> None:
    """Prove members by a domain; who is proved by another domain of the organization already stays so."""
    proofs = [
        Belonging(member_id=pk, organization_id=domain.organization_id, source=DOMAIN, domain=domain)
        for pk in dict.fromkeys(members)
    ]
    Belonging.objects.bulk_create(proofs, ignore_conflicts=True, batch_size=1000)


def _send(name: str, organization: Organization, *, by: User, email: str, key: UUID, proves: str) -> ProofLetter:
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if known := ProofLetter.objects.filter(member=by, key=key).first():
        return known
    if ProofLetter.objects.filter(member=by, sent_at__gt=timezone.now() - timedelta(days=1)).count() >= LETTERS_A_DAY:
        raise Refusal(_("You had %(most)s links sent within a day. Try again tomorrow.") % {"most": LETTERS_A_DAY})
    letter = ProofLetter.objects.create(member=by, organization=organization, proves=proves, key=key)
    subject, text = f"communities/email/{name}_subject.txt", f"communities/email/{name}.txt"
    told = {"organization": organization, "link": links.proof_link(letter, email), "days": links.PROOF_DAYS}
    write_letter(subject, text, to=email, member=by, asked_for=True, **told)
    return letter


def _domain_of_its_own(organization: Organization, email: str) -> OrganizationDomain:
    """Return the domain of an organization at which an address is. Raises `Refusal`."""
    domain = OrganizationDomain.objects.filter(organization=organization, domain=domain_of(email)).first()
    if domain is None:
        raise Refusal(_("This address is at none of the email domains that prove %(name)s.") % {"name": organization})
    return domain


def _refuse_providers(domain: str) -> None:
    if is_for_everybody(domain):
        raise Refusal(
            _("Anybody gets an address at %(domain)s. Use one that only people of the organization have.")
            % {"domain": domain}
        )


def _refuse_domain_of_another(domain: OrganizationDomain, organization: Organization) -> None:
    if domain.organization_id != organization.pk:
        raise Refusal(
            _("%(domain)s proves another organization. If that is the same one, operators can merge the two pages.")
            % {"domain": domain}
        )
