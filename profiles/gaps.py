"""What a profile does not say yet: for its own member alone, and never more than a few."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from profiles.models import Position, Skill

MOST = 3


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Something to add, and where."""

    text: str
    url: str
    icon: str


def gaps_of(member: User) -> list[Gap]:
    """Return up to three things that the profile lacks, what others look for first before the rest; in one query."""
    has_position, has_skill = (
        User.objects.filter(pk=member.pk)
        .values_list(*(Exists(model.objects.filter(member=OuterRef("pk"))) for model in (Position, Skill)))
        .get()
    )
    lacking = [
        (member.photo_key, _("Add a photo"), reverse("edit_photo"), "camera"),
        (member.headline, _("Say in one line what you do"), reverse("edit_card"), "pencil"),
        (has_position, _("Add where you work"), reverse("add_entry", args=["positions"]), "briefcase"),
        (member.about, _("Write something about yourself"), reverse("edit_about"), "pencil"),
        (has_skill, _("Name what you are good at"), reverse("edit_words", args=["skills"]), "thumbs-up"),
        (member.place, _("Say where you are"), reverse("edit_card"), "map-pin"),
    ]
    return [Gap(text=text, url=url, icon=icon) for there, text, url, icon in lacking if not there][:MOST]
