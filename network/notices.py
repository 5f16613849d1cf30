"""What members are told of their network."""

from django.urls import reverse
from django.utils.formats import date_format
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
            slug="question",
            label=_("Somebody asks you a question about your request"),
            sentence=_("%(name)s asks you a question about your request."),
            why=_("You get this because you asked somebody to connect, and they have a question."),
            subjects_visible_to=lambda viewer: ConnectionRequest.objects.sent_by(viewer).filter(
                question_at__isnull=False
            ),
            address=lambda request: reverse("requests_sent"),
            link=_("Answer"),
            quote=lambda request: request.question,
        )
    )
    declare(
        Kind(
            slug="answer",
            label=_("Somebody answers your question about their request"),
            sentence=_("%(name)s answered your question."),
            why=_("You get this because you asked somebody a question about their request, and they answered."),
            subjects_visible_to=lambda viewer: ConnectionRequest.objects.answerable_by(viewer).filter(
                answer_at__isnull=False, declined_at__isnull=True
            ),
            address=lambda request: reverse("requests_set_aside" if request.later_on else "requests_received"),
            quote=lambda request: request.answer,
        )
    )
    declare(
        Kind(
            slug="later",
            label=_("Somebody asks you to ask again later"),
            sentence=_("%(name)s asks you to ask again later."),
            why=_("You get this because you asked somebody to connect, and they would like to be asked later."),
            subjects_visible_to=lambda viewer: (
                ConnectionRequest.objects.asked_by(viewer).asked_for_later().select_related("recipient")
            ),
            address=lambda request: request.recipient.get_absolute_url(),
            remark=lambda request: _("From %(date)s") % {"date": date_format(request.later_on, "j F Y")},
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
