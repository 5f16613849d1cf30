"""What members write to each other."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _


class TextForm(forms.Form):
    """The text of a message that is there already."""

    text = forms.CharField(
        label=_("Message"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages={"required": _("Write something first.")},
    )


class MessageForm(TextForm):
    """A new message. The key makes a double press one message."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **options) -> None:
        options["initial"] = {"key": uuid4()} | options.get("initial", {})
        super().__init__(*args, **options)
        self.fields["text"].widget.attrs["rows"] = 1


class SearchForm(forms.Form):
    """Words to look for in one's messages and among the names of whom one writes with."""

    q = forms.CharField(required=False, max_length=100)
