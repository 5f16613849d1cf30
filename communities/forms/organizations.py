"""What members type about organizations."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from accounts.audiences import Audience
from accounts.names import on_one_line
from accounts.pictures import ACCEPT
from accounts.refusals import Refusal
from communities.logos import read_logo
from communities.models import Organization, OrganizationName, OrganizationRole
from config.forms import Lines

AUDIENCES = [
    (Audience.PUBLIC.value, _("Public: everybody, visitors too")),
    (Audience.MEMBERS.value, _("Members: everybody who is signed in")),
]


def web_address(**options) -> forms.URLField:
    """Return a field for the address of a page elsewhere, and of nothing else."""
    wrong = {"invalid": _("This doesn't look like the address of a website.")}
    field = forms.URLField(assume_scheme="https", error_messages=wrong, **options)
    field.validators = [URLValidator(schemes=["https", "http"])]
    return field


class OrganizationForm(forms.ModelForm):
    """What a page says of its organization, and who sees it."""

    website = web_address(label=_("Website"), max_length=200, required=False)
    audience = forms.ChoiceField(label=_("Who sees the page"), choices=AUDIENCES, initial=Audience.MEMBERS)

    class Meta:
        model = Organization
        fields = ["kind", "about", "place", "website", "audience"]
        widgets = {"about": Lines({"rows": 6})}
        help_texts = {"about": _("What it does, and for whom.")}

    def clean_place(self) -> str:
        return on_one_line(self.cleaned_data["place"])


class StartForm(OrganizationForm):
    """A new page: its name, and what it says."""

    class Meta(OrganizationForm.Meta):
        fields = ["name", *OrganizationForm.Meta.fields]
        labels = {"name": _("Name")}
        help_texts = OrganizationForm.Meta.help_texts | {"name": _("As your positions or your education have it.")}
        error_messages = {"name": {"required": _("Say what it is called.")}}

    field_order = ["name"]

    def clean_name(self) -> str:
        return on_one_line(self.cleaned_data["name"])


class LogoForm(forms.Form):
    """A logo; `cleaned_data["logo"]` is it in all sizes, encoded anew."""

    logo = forms.FileField(
        label=_("Logo"),
        help_text=_("JPEG, PNG, WebP or GIF, at most 8 MB. It is cropped to a square."),
        widget=forms.FileInput({"accept": ACCEPT, "data-preview": "logo-preview"}),
        error_messages={"required": _("Choose a picture first."), "empty": _("This file is empty. Choose another.")},
    )

    def clean_logo(self):
        try:
            return read_logo(self.cleaned_data["logo"])
        except Refusal as refusal:
            raise ValidationError(refusal.sentence) from refusal


class RenameForm(forms.Form):
    """Another present name."""

    name = forms.CharField(
        label=_("Present name"), max_length=150, error_messages={"required": _("Say what it is called.")}
    )

    def clean_name(self) -> str:
        return on_one_line(self.cleaned_data["name"])


class NameForm(RenameForm):
    """What else an organization is or was called."""

    use = forms.ChoiceField(
        label=_("What it is"),
        choices=[(use.value, use.label) for use in (OrganizationName.Use.OTHER, OrganizationName.Use.FORMER)],
        initial=OrganizationName.Use.OTHER,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["name"].label = _("Another name")
        self.fields["name"].help_text = _("CVs that use it lead to this page.")


class RoleForm(forms.Form):
    """Whom to let look after a page: by handle, as one connection's or anybody's profile has it in its address."""

    handle = forms.CharField(
        label=_("Their handle"),
        max_length=40,
        help_text=_("The last part of their profile’s address. Your connections are offered as you write."),
        error_messages={"required": _("Say who it is.")},
        widget=forms.TextInput({"list": "connections", "autocomplete": "off", "autocapitalize": "none"}),
    )
    role = forms.ChoiceField(
        label=_("What they may do"),
        choices=[
            (OrganizationRole.Role.EDITOR.value, _("Editor: writes updates and openings")),
            (OrganizationRole.Role.ADMIN.value, _("Admin: also looks after the page, its names and its people")),
        ],
        initial=OrganizationRole.Role.EDITOR,
        widget=forms.RadioSelect,
    )

    def clean_handle(self) -> str:
        return self.cleaned_data["handle"].strip().rstrip("/").rpartition("/")[2].removeprefix("@").lower()
