"""What members write in a report, and operators in a decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config.forms import Lines
from moderation.models import Report


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What is wrong?"), choices=Report.Reason.choices, widget=forms.RadioSelect, required=True
    )
    words = forms.CharField(
        label=_("What happened?"),
        help_text=_("Only operators read this."),
        max_length=1000,
        required=False,
        widget=Lines(attrs={"rows": 4}),
    )
