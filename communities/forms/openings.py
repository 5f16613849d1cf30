"""What editors type about openings, and how readers filter them."""

from datetime import timedelta
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.names import on_one_line
from communities.forms.organizations import web_address
from communities.models import Opening
from communities.models.opening import today
from config.forms import Lines

LONGEST = timedelta(days=366)
"""How far ahead an opening may close."""


class OpeningForm(forms.ModelForm):
    """An opening; a new one carries a key, so that sending it twice makes one."""

    apply_link = web_address(label=_("Link for applications"), max_length=300, required=False)

    class Meta:
        model = Opening
        fields = ["title", "kind", "place", "is_remote", "text", "apply_link", "apply_email", "closes_on"]
        widgets = {
            "text": Lines({"rows": 8}),
            "closes_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }
        labels = {"text": _("What it is about"), "closes_on": _("Closing date")}
        help_texts = {
            "closes_on": _("The last day on which one can apply. The opening closes by itself after it."),
            "apply_email": _("Fill in a link, an address, or both."),
        }
        error_messages = {
            "title": {"required": _("Say what the position is called.")},
            "text": {"required": _("Say what it is about.")},
            "closes_on": {"required": _("Say until when one can apply.")},
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk is None:
            self.fields["key"] = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)

    def clean_title(self) -> str:
        return on_one_line(self.cleaned_data["title"])

    def clean_place(self) -> str:
        return on_one_line(self.cleaned_data["place"])

    def clean_closes_on(self):
        closes_on = self.cleaned_data["closes_on"]
        if closes_on == self.instance.closes_on:
            return closes_on
        if closes_on < today():
            raise forms.ValidationError(_("This day has passed."))
        if closes_on > today() + LONGEST:
            raise forms.ValidationError(_("Choose a day within a year."))
        return closes_on

    def clean(self):
        data = super().clean()
        if not data.get("place") and not data.get("is_remote") and "place" not in self.errors:
            self.add_error("place", _("Say where it is, or that it can be done remotely."))
        says_how = data.get("apply_link") or data.get("apply_email")
        if not says_how and not {"apply_link", "apply_email"} & self.errors.keys():
            self.add_error("apply_link", _("Say how to apply: by a link or an email address."))
        return data


class FilterForm(forms.Form):
    """Which openings to show."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("Any kind")), *Opening.Kind.choices])
    remote = forms.BooleanField(label=_("Remote only"), required=False)
