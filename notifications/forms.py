"""What members say about the emails they want."""

from django import forms
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
