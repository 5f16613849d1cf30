"""What members say about what they want to be told, and where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time

from django import forms
from django.utils.translation import gettext_lazy as _

from notifications.kinds import KINDS, Family, Kind, emailed, of_family
from notifications.models import Choice, QuietHours


@dataclass(frozen=True)
class Row:
    """A kind, with what is ticked in its two columns; None where the kind doesn't offer it."""

    kind: Kind
    in_app: bool | None
    by_email: bool | None


class ChoicesForm(forms.Form):
    """Which kinds are told in the app, and which by email."""

    in_app = forms.MultipleChoiceField(label=_("In the app"), required=False)
    by_email = forms.MultipleChoiceField(label=_("By email"), required=False)

    def __init__(self, *args, choices: Mapping[str, Choice], **options) -> None:
        initial = {
            "in_app": [slug for slug, choice in choices.items() if choice.in_app],
            "by_email": [slug for slug, choice in choices.items() if choice.by_email],
        }
        super().__init__(*args, initial=initial, **options)
        self.fields["in_app"].choices = [(kind.slug, kind.label) for kind in KINDS.values() if kind.in_app]
        self.fields["by_email"].choices = [(kind.slug, kind.label) for kind in emailed()]

    def families(self) -> Iterator[tuple[Family, list[Row]]]:
        """The rows of the table, by what they are about."""
        ticked = {name: set(self[name].value()) for name in self.fields}
        for family in Family:
            rows = [
                Row(
                    kind,
                    kind.slug in ticked["in_app"] if kind.in_app else None,
                    kind.slug in ticked["by_email"] if kind.by_email else None,
                )
                for kind in of_family(family)
            ]
            if rows:
                yield family, rows


class QuietHoursForm(forms.Form):
    """From which full hour until which other one emails wait; neither, if they come at any hour."""

    begins_at = forms.TypedChoiceField(label=_("From"), required=False, coerce=time.fromisoformat, empty_value=None)
    ends_at = forms.TypedChoiceField(label=_("Until"), required=False, coerce=time.fromisoformat, empty_value=None)

    def __init__(self, *args, hours: QuietHours | None, **options) -> None:
        kept = {"begins_at": hours.begins_at.isoformat(), "ends_at": hours.ends_at.isoformat()} if hours else {}
        super().__init__(*args, initial=kept, **options)
        full = [time(hour) for hour in range(24)]
        choices = [("", _("No quiet hours")), *((hour.isoformat(), f"{hour:%H:%M}") for hour in full)]
        self.fields["begins_at"].choices = self.fields["ends_at"].choices = choices

    def clean_ends_at(self) -> time | None:
        begins_at, ends_at = self.cleaned_data.get("begins_at"), self.cleaned_data["ends_at"]
        if (begins_at is None) != (ends_at is None):
            raise forms.ValidationError(_("Choose both, or neither."))
        if begins_at and begins_at == ends_at:
            raise forms.ValidationError(_("Choose another hour than the first."))
        return ends_at
