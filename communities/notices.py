"""What members are told of organizations and events."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import Event, Organization, OrganizationRole
from communities.models.event import CONFIRMABLE_FOR
from communities.times import when
from notifications.kinds import Family, Kind, declare


def declare_kinds() -> None:
    """Add what members are told of organizations and events."""
    declare(
        Kind(
            slug="organization_role",
            family=Family.COMMUNITIES,
            label=_("Somebody lets you look after an organization’s page"),
            sentence=_("%(name)s lets you look after the page of an organization."),
            why=_("You get this because somebody lets you look after the page of an organization."),
            subjects_visible_to=_roles_of,
            address=lambda role: role.organization.get_absolute_url(),
            named=lambda role: str(_("An operator")),
            icon="building-2",
            remark=lambda role: f"{role.organization.name} · {role.get_role_display()}",
        )
    )
    declare(
        Kind(
            slug="event_changed",
            family=Family.COMMUNITIES,
            label=_("Time or place of an event change that you go to"),
            sentence=_("Time or place of %(name)s changed."),
            why=_("You get this because you said that you are coming to this event."),
            subjects_visible_to=_coming_up,
            address=Event.get_absolute_url,
            link=SEE,
            icon="calendar",
            remark=_when_and_where,
        )
    )
    declare(
        Kind(
            slug="event_cancelled",
            family=Family.COMMUNITIES,
            label=_("An event is cancelled that you go to"),
            sentence=_("%(name)s is cancelled."),
            why=_("You get this because you said that you are coming to this event, or are interested."),
            subjects_visible_to=lambda viewer: _mine(viewer).filter(cancelled_at__isnull=False),
            address=Event.get_absolute_url,
            link=SEE,
            icon="calendar",
            remark=_when_and_where,
        )
    )
    declare(
        Kind(
            slug="event_seat",
            family=Family.COMMUNITIES,
            label=_("You waited for a seat at an event, and have one now"),
            sentence=_("You have a seat at %(name)s now."),
            why=_("You get this because you waited for a seat at this event."),
            subjects_visible_to=_with_a_seat,
            address=Event.get_absolute_url,
            link=SEE,
            icon="calendar",
            remark=_when_and_where,
        )
    )
    declare(
        Kind(
            slug="event_reminder",
            family=Family.COMMUNITIES,
            label=_("An event begins within a day that you go to"),
            sentence=_("%(name)s begins within a day."),
            why=_("You get this because you have a seat at this event."),
            subjects_visible_to=_with_a_seat,
            address=Event.get_absolute_url,
            link=SEE,
            icon="calendar",
            remark=_when_and_where,
        )
    )
    declare(
        Kind(
            slug="event_ended",
            family=Family.COMMUNITIES,
            label=_("An event is over to which you went"),
            sentence=_("Were you at %(name)s?"),
            why=_("You get this because you had a seat at this event."),
            subjects_visible_to=lambda viewer: (
                _mine(viewer).past().attended_by(viewer).filter(ends_at__gt=timezone.now() - CONFIRMABLE_FOR)
            ),
            address=Event.get_absolute_url,
            link=_("Say whether you were there"),
            icon="calendar",
            remark=lambda event: _("If you confirm it, others who were there can find you for a week, and you them."),
        )
    )


SEE = _("See the event")


def _roles_of(viewer):
    """The viewer's roles with organizations that they see."""
    seen = Organization.objects.visible_to(viewer)
    return OrganizationRole.objects.filter(member=viewer, organization__in=seen).select_related("organization")


def _mine(viewer):
    """Events that one sees and has said something to: nobody else is told of them."""
    return Event.objects.visible_to(viewer).answered_by(viewer)


def _coming_up(viewer):
    return _mine(viewer).upcoming()


def _with_a_seat(viewer):
    return Event.objects.visible_to(viewer).upcoming().attended_by(viewer)


def _when_and_where(event: Event) -> str:
    """When, in the reader's zone too, and the place; the link is for the page alone."""
    return " · ".join(filter(None, [str(when(event)), event.place]))
