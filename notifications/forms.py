"""What members say about the emails they want."""

from datetime import time

from django import forms
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

from notifications.kinds import emailed


class EmailsForm(forms.Form):
    """Which kinds of email are on."""

    wanted = forms.MultipleChoiceField(
        label=_("Send me an email when"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.fields["wanted"].choices = [(kind.slug, kind.label) for kind in emailed()]


class QuietHoursForm(forms.Form):
    """From which full hour until which other one emails wait; neither, if they come at any hour."""

    begins_at = forms.TypedChoiceField(label=_("From"), required=False, coerce=time.fromisoformat, empty_value=None)
    ends_at = forms.TypedChoiceField(label=_("Until"), required=False, coerce=time.fromisoformat, empty_value=None)

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        hours = [time(hour) for hour in range(24)]
        choices = [("", _("No quiet hours")), *((hour.isoformat(), time_format(hour)) for hour in hours)]
        self.fields["begins_at"].choices = self.fields["ends_at"].choices = choices

    def clean_ends_at(self) -> time | None:
        begins_at, ends_at = self.cleaned_data.get("begins_at"), self.cleaned_data["ends_at"]
        if (begins_at is None) != (ends_at is None):
            raise forms.ValidationError(_("Choose both, or neither."))
        if begins_at and begins_at == ends_at:
            raise forms.ValidationError(_("Choose another hour than the first."))
        return ends_at
