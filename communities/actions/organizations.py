"""Starting the page of an organization, and looking after it (product.md §12)."""

from collections.abc import Callable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.pictures import Encoded, forget, keep
from accounts.refusals import Refusal
from accounts.slugs import free_slug
from communities.logos import FOLDER
from communities.models import Organization, OrganizationName, OrganizationRole
from communities.names import organization_key
from notifications.actions import notify
from notifications.models import Notice

RESERVED = frozenset(["new", "mine", "search", "directory", "logos", "names", "proof", "openings"])
LET_IN_A_DAY = 20
"""How many people a member lets look after pages within 24 hours, again and again the same one counted too."""
Use, Role = OrganizationName.Use, OrganizationRole.Role


@transaction.atomic
def start_organization(
    *,
    by: User | None,
    name: str,
    kind: str = Organization.Kind.COMPANY,
    may_start: Callable[[str], bool] = lambda key: True,
    **fields: str,
) -> Organization:
    """Start the page of an organization; its starter becomes its admin, and nobody if an operator's list brought it.

    If somebody started it at the same moment, theirs is returned, so that a name has one page. `may_start(key)` says
    whether the starter's CV names it. Raises `Refusal`.
    """
    key, name = organization_key(name), " ".join(name.split())
    if not key:
        raise Refusal(_("Use at least one letter or number."))
    if not may_start(key):
        raise Refusal(_("Put it into your positions or education first: whoever was there can start its page."))
    if known := organization_named(name):
        return known
    slug = free_slug(name, taken=_is_taken, most=50, otherwise="organization")
    try:
        with transaction.atomic():
            organization = Organization.objects.create(name=name, slug=slug, kind=kind, started_by=by, **fields)
            OrganizationName.objects.create(organization=organization, name=name, use=Use.PRESENT)
    except IntegrityError:
        known = organization_named(name)
        if known is None:
            raise
        return known
    if by is not None:
        OrganizationRole.objects.create(organization=organization, member=by, role=Role.ADMIN)
    return organization


def organization_named(name: str) -> Organization | None:
    """Return the organization that has this name, however it is written: the present one, another or a former one."""
    return Organization.objects.filter(names__key=organization_key(name) or None).first()


@transaction.atomic
def change_organization(organization: Organization, *, by: User, **fields: str) -> Organization:
    """Set kind, about, place, website or audience of a page that `by` looks after as an admin. Raises `Refusal`."""
    organization = run_by(by, organization)
    for field, value in fields.items():
        setattr(organization, field, value)
    organization.save(update_fields=list(fields))
    return organization


@transaction.atomic
def take_up_page(
    organization: Organization, *, by: User, may_take_up: Callable[[list[str]], bool] = lambda keys: True
) -> OrganizationRole:
    """Become the admin of a page that has none: a roster brought it, or its last admin left. Raises `Refusal`.

    `may_take_up(keys)` says whether the member's CV names the organization of these keys. Of two at the same moment
    one becomes it.
    """
    organization = locked(Organization.objects.visible_to(by), organization)
    if OrganizationRole.objects.filter(organization=organization, role=Role.ADMIN).exclude(member=by).exists():
        raise Refusal(_("Somebody looks after this page by now. Ask them to let you in."))
    if not may_take_up(list(OrganizationName.objects.filter(organization=organization).values_list("key", flat=True))):
        raise Refusal(_("Put it into your positions or education first: whoever was there can take up its page."))
    return _given(organization, by, Role.ADMIN)


@transaction.atomic
def change_logo(organization: Organization, *, by: User, picture: Encoded | None) -> Organization:
    """Show this logo from now on, or the initial if there is none; the files of the one before are deleted."""
    organization = run_by(by, organization)
    forget(organization.logo_key, folder=FOLDER)
    organization.logo_key = keep(picture, folder=FOLDER) if picture else ""
    organization.save(update_fields=["logo_key"])
    return organization


@transaction.atomic
def rename_organization(organization: Organization, *, by: User, name: str) -> Organization:
    """Give an organization a new name; the one before stays as a former name, and CVs lead here by it.

    Where only the way of writing it changes, there is no former name. Raises `Refusal`.
    """
    organization, name = run_by(by, organization), " ".join(name.split())
    present = OrganizationName.objects.get(organization=organization, use=Use.PRESENT)
    if organization_key(name) != present.key:
        _refuse_a_name_of_another(organization, name, by)
        OrganizationName.objects.filter(pk=present.pk).update(use=Use.FORMER)
        OrganizationName.objects.filter(organization=organization, key=organization_key(name)).delete()
        present = OrganizationName(organization=organization, use=Use.PRESENT)
    present.name = organization.name = name
    present.save()
    organization.save(update_fields=["name", "name_folded"])
    return organization


@transaction.atomic
def add_name(organization: Organization, *, by: User, name: str, use: str = Use.OTHER) -> OrganizationName:
    """Say what else an organization is or was called. A name that it has already is only written anew."""
    organization, name = run_by(by, organization), " ".join(name.split())
    _refuse_a_name_of_another(organization, name, by)
    known = OrganizationName.objects.filter(organization=organization, key=organization_key(name)).first()
    if known is not None and known.use == Use.PRESENT:
        raise Refusal(_("This is its present name."))
    known = known or OrganizationName(organization=organization)
    known.name, known.use = name, use
    known.save()
    return known


@transaction.atomic
def remove_name(organization: Organization, name: OrganizationName, *, by: User) -> None:
    """Take another or a former name away; CVs that use it lead here no more. The present name stays."""
    organization = run_by(by, organization)
    OrganizationName.objects.filter(organization=organization, pk=name.pk).exclude(use=Use.PRESENT).delete()


@transaction.atomic
def give_role(organization: Organization, member: User, *, by: User, role: str = Role.EDITOR) -> OrganizationRole:
    """Make somebody an editor or an admin. Raises `Refusal`, also where it would leave the page without an admin."""
    organization = run_by(by, organization)
    if not User.objects.visible_to(by).filter(pk=member.pk).exists():
        raise Refusal(_("There is no such member."))
    if role != Role.ADMIN:
        _refuse_to_lose_the_last_admin(organization, member)
    _refuse_to_tell_too_many(by)
    given = _given(organization, member, role)
    notify(recipient=member, kind="organization_role", actor=by, subject=given)
    return given


@transaction.atomic
def appoint_admin(organization: Organization, member: User, *, by: User) -> OrganizationRole:
    """Make somebody an admin of a page, also of one without. An operator does this, unnamed. Raises `Refusal`."""
    if not by.is_staff:
        raise Refusal(_("Only operators give a page an admin."))
    organization = locked(Organization.objects.filter(merged_into__isnull=True), organization)
    if not User.objects.present().filter(pk=member.pk).exists():
        raise Refusal(_("There is no such member."))
    given = _given(organization, member, Role.ADMIN)
    notify(recipient=member, kind="organization_role", actor=None, subject=given)
    return given


def _refuse_to_tell_too_many(by: User) -> None:
    """Anybody can be let in, strangers too, and is told with the page's name: so that it is no way to write to them."""
    since = timezone.now() - timedelta(days=1)
    if Notice.objects.filter(actor=by, kind="organization_role", created_at__gt=since).count() >= LET_IN_A_DAY:
        raise Refusal(_("You let %(most)s people in within a day. Try again tomorrow.") % {"most": LET_IN_A_DAY})


def _given(organization: Organization, member: User, role: str) -> OrganizationRole:
    return OrganizationRole.objects.update_or_create(organization=organization, member=member, defaults={"role": role})[
        0
    ]


@transaction.atomic
def take_role(organization: Organization, member: User, *, by: User) -> None:
    """Take somebody's role away, one's own too: an editor may step down. Raises `Refusal` for the last admin's."""
    scope = Organization.objects.edited_by(by) if member == by else Organization.objects.run_by(by)
    organization = locked(scope, organization)
    _refuse_to_lose_the_last_admin(organization, member)
    OrganizationRole.objects.filter(organization=organization, member=member).delete()


def run_by(member: User, organization: Organization) -> Organization:
    """Return an organization of which `member` is an admin, kept as it is until the transaction ends."""
    return locked(Organization.objects.run_by(member), organization)


def locked(scope, organization: Organization) -> Organization:
    """Return an organization from a scope, kept as it is until the transaction ends. Raises `Refusal`."""
    found = scope.select_for_update(of=("self",), no_key=True).filter(pk=organization.pk).first()
    if found is None:
        raise Refusal(_("You don’t look after this page."))
    return found


def _refuse_a_name_of_another(organization: Organization, name: str, by: User) -> None:
    if not organization_key(name):
        raise Refusal(_("Use at least one letter or number."))
    other = organization_named(name)
    if other is not None and other != organization:
        seen = Organization.objects.visible_to(by).filter(pk=other.pk).exists()  # else it is called as it was typed
        raise Refusal(_("%(name)s has a page of its own.") % {"name": other.name if seen else name})


def _refuse_to_lose_the_last_admin(organization: Organization, member: User) -> None:
    admins = OrganizationRole.objects.filter(organization=organization, role=Role.ADMIN)
    if admins.filter(member=member).exists() and not admins.exclude(member=member).exists():
        raise Refusal(_("Make somebody else an admin first: a page needs one."))


def _is_taken(slug: str) -> bool:
    return slug in RESERVED or Organization.objects.filter(slug=slug).exists()
