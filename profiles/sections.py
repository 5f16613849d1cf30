"""The sections of a profile that are lists, and what is particular to each."""

from dataclasses import dataclass

from django.forms import ModelForm
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from profiles.forms import (
    ContactDetailForm,
    EducationForm,
    InterestForm,
    LanguageForm,
    PositionForm,
    SkillForm,
)
from profiles.models import ContactDetail, Education, Interest, Language, Position, Skill


@dataclass(frozen=True)
class Section:
    """A list on a profile: its name in addresses, its heading, and how its entries are written."""

    name: str
    title: str | Promise
    model: type
    form: type[ModelForm]
    adding: str | Promise = ""
    editing: str | Promise = ""
    deleting: str | Promise = ""


ENTRIES = {
    section.name: section
    for section in [
        Section("positions", _("Positions"), Position, PositionForm, _("Add a position"), _("Edit this position"),
                _("Delete this position?")),
        Section("education", _("Education"), Education, EducationForm, _("Add education"), _("Edit this education"),
                _("Delete this education?")),
        Section("contact", _("Contact"), ContactDetail, ContactDetailForm, _("Add a contact detail"),
                _("Edit this contact detail"), _("Delete this contact detail?")),
    ]
}  # fmt: skip
"""Lists whose entries have a form each."""

WORDS = {
    section.name: section
    for section in [
        Section("skills", _("Skills"), Skill, SkillForm),
        Section("interests", _("Interests"), Interest, InterestForm),
        Section("languages", _("Languages"), Language, LanguageForm),
    ]
}
"""Lists of words, changed one word at a time."""
