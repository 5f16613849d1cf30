"""What members are told of their network."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from network.endorsements import endorsed
from network.models import ConnectionRequest, Follow, Introduction
from network.named import naming, with_named
from network.recommendation_notices import declare_recommendations
from notifications.kinds import Family, Kind, declare
from notifications.of_many import EMAIL_WAITS, number, who


def declare_kinds() -> None:
    """Add the network's notices to those that members can be told of."""
    declare(
        Kind(
            slug="request_received",
            family=Family.NETWORK,
            label=_("Somebody asks to connect"),
            sentence=_("%(name)s asks to connect."),
            why=_("You get this because somebody asked to connect with you."),
            subjects_visible_to=lambda viewer: with_named(
                ConnectionRequest.objects.waiting_for(viewer).select_related("sender"), viewer
            ),
            address=lambda request: reverse("requests_received"),
            link=_("Answer"),
            remark=lambda request: naming(request.named_seen, sender=request.sender) or request.get_context_display(),
            quote=lambda request: request.note,
        )
    )
    declare(
        Kind(
            slug="request_accepted",
            family=Family.NETWORK,
            label=_("Somebody accepts your request"),
            sentence=_("%(name)s accepted your request. You are connected now."),
            why=_("You get this because you asked somebody to connect, and they accepted."),
            subjects_visible_to=lambda viewer: (
                ConnectionRequest.objects.asked_by(viewer).filter(accepted_at__isnull=False).select_related("recipient")
            ),
            address=lambda request: request.recipient.get_absolute_url(),
        )
    )
    _declare_introductions()
    declare_recommendations()
    declare(
        Kind(
            slug="endorsement",
            family=Family.NETWORK,
            label=_("Somebody endorses a skill of yours"),
            sentence=_("%(name)s endorsed a skill of yours."),
            why=_("You get this because somebody endorsed a skill that you list."),
            subjects_visible_to=endorsed,
            address=lambda skill: reverse("endorsements"),
            link=_("See who"),
            named=who,
            number=number,
            waits=EMAIL_WAITS,
            icon="badge-check",
            remark=lambda skill: skill.name,
        )
    )
    declare(
        Kind(
            slug="question",
            family=Family.NETWORK,
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
            family=Family.NETWORK,
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
            family=Family.NETWORK,
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
            family=Family.NETWORK,
            label=_("Somebody follows you"),
            sentence=_("%(name)s follows you."),
            why=_("You get this because somebody follows you."),
            subjects_visible_to=lambda viewer: Follow.objects.of(viewer).select_related("follower"),
            address=lambda follow: follow.follower.get_absolute_url(),
            by_email_at_first=False,
        )
    )


def _asked_for(viewer) -> QuerySet[Introduction]:
    """Whoever asked may see what they are told of their introductions as long as they see the other two."""
    return Introduction.objects.asked_by(viewer).select_related("to")


def _declare_introductions() -> None:
    """What the three of an introduction are told, each no longer than they may see it; never that one declined (§5)."""
    introductions = Introduction.objects
    declare(
        Kind(
            slug="introduction_asked",
            family=Family.NETWORK,
            label=_("Somebody asks you for an introduction"),
            sentence=_("%(name)s asks you for an introduction."),
            why=_("You get this because a connection asked you for an introduction."),
            subjects_visible_to=lambda viewer: introductions.asked_of(viewer).select_related("to"),
            address=lambda introduction: reverse("pass_introduction_on", args=[introduction.pk]),
            link=_("Answer"),
            remark=lambda introduction: _("To %(name)s") % {"name": introduction.to.name},
            quote=lambda introduction: introduction.reason,
        )
    )
    declare(
        Kind(
            slug="introduction_received",
            family=Family.NETWORK,
            label=_("Somebody is introduced to you"),
            sentence=_("%(name)s introduces somebody to you."),
            why=_("You get this because a connection introduced somebody to you."),
            subjects_visible_to=lambda viewer: introductions.introduced_to(viewer).select_related("asker"),
            address=lambda introduction: reverse("introductions"),
            remark=lambda introduction: introduction.asker.name,
            quote=lambda introduction: introduction.line,
        )
    )
    declare(
        Kind(
            slug="introduction_passed_on",
            family=Family.NETWORK,
            label=_("Somebody introduces you"),
            sentence=_("%(name)s introduced you."),
            why=_("You get this because you asked for an introduction."),
            subjects_visible_to=_asked_for,
            address=lambda introduction: introduction.to.get_absolute_url(),
            remark=lambda introduction: _("To %(name)s") % {"name": introduction.to.name},
        )
    )
    declare(
        Kind(
            slug="introduction_name",
            family=Family.NETWORK,
            label=_("Somebody lets you use their name"),
            sentence=_("%(name)s lets you use their name."),
            why=_("You get this because you asked for an introduction."),
            subjects_visible_to=_asked_for,
            address=lambda introduction: reverse("ask_to_connect", args=[introduction.to.handle]),
            remark=lambda introduction: _("When you ask %(name)s to connect") % {"name": introduction.to.name},
        )
    )
    declare(
        Kind(
            slug="introduction_connected",
            family=Family.NETWORK,
            label=_("Somebody connects with you after an introduction"),
            sentence=_("%(name)s connected with you after the introduction."),
            why=_("You get this because you asked for an introduction."),
            subjects_visible_to=_asked_for,
            address=lambda introduction: introduction.to.get_absolute_url(),
        )
    )
    declare(
        Kind(
            slug="introduction_brought_about",
            family=Family.NETWORK,
            label=_("An introduction of yours brings two people together"),
            sentence=_("%(name)s connected after your introduction."),
            why=_("You get this because you introduced two people."),
            subjects_visible_to=lambda viewer: introductions.brought_about_by(viewer).select_related("asker", "to"),
            address=lambda introduction: introduction.asker.get_absolute_url(),
            remark=lambda introduction: _("With %(name)s") % {"name": introduction.asker.name},
            by_email_at_first=False,
        )
    )
