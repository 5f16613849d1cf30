"""What members are told of their network."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.models import ConnectionRequest, Follow
from notifications.kinds import Kind, declare


def declare_kinds() -> None:
    """Add the network's notices to those that members can be told of."""
    declare(
        Kind(
            slug="request_received",
            label=_("Somebody asks to connect"),
            sentence=_("%(name)s asks to connect."),
            why=_("You get this because somebody asked to connect with you."),
            subjects_visible_to=lambda viewer: ConnectionRequest.objects.waiting_for(viewer),
            address=lambda request: reverse("requests_received"),
            link=_("Answer"),
            remark=lambda request: request.get_context_display(),
            quote=lambda request: request.note,
        )
    )
    declare(
        Kind(
            slug="request_accepted",
            label=_("Somebody accepts your request"),
            sentence=_("%(name)s accepted your request. You are connected now."),
            why=_("You get this because you asked somebody to connect, and they accepted."),
            subjects_visible_to=lambda viewer: ConnectionRequest.objects.filter(
                sender=viewer, accepted_at__isnull=False
            ).select_related("recipient"),
            address=lambda request: request.recipient.get_absolute_url(),
        )
    )
    declare(
        Kind(
            slug="follow",
            label=_("Somebody follows you"),
            sentence=_("%(name)s follows you."),
            why=_("You get this because somebody follows you."),
            subjects_visible_to=lambda viewer: Follow.objects.of(viewer).select_related("follower"),
            address=lambda follow: follow.follower.get_absolute_url(),
            by_email=False,
        )
    )
