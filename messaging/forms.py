"""What members write to each other."""

from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.refusals import Refusal
from config.forms import Lines
from messaging.files import read_file
from messaging.models import Attachment

NOTHING = _("Write something first.")


class TextForm(forms.Form):
    """The text of a message that is there already."""

    text = forms.CharField(
        label=_("Message"),
        max_length=5000,
        widget=Lines(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages={"required": NOTHING},
    )

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.fields["text"].widget.attrs.pop("maxlength", None)  # what was typed stays, and the form says what is wrong


class _FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several uploads at once; its value is what they are (`messaging.files.NewFile`)."""

    widget = _FilesInput

    def clean(self, data, initial=None):
        uploads = [upload for upload in data or [] if upload]
        if len(uploads) > Attachment.MOST:
            sentence = ngettext_lazy(
                "Send at most %(most)s file at once.", "Send at most %(most)s files at once.", Attachment.MOST
            )
            raise ValidationError(sentence % {"most": Attachment.MOST})
        files, wrong = [], []
        for upload in uploads:
            try:
                files.append(read_file(upload))
            except Refusal as refusal:
                wrong.append(refusal.sentence)
        if wrong:
            raise ValidationError(wrong)
        return files


class MessageForm(TextForm):
    """A new message: words, files, or both. The key makes a double press one message."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    files = FilesField(
        label=_("Pictures and files"),
        required=False,
        help_text=_("Up to 4, of at most 10 MB each. Only the two of you can open them."),
    )

    def __init__(self, *args, **options) -> None:
        options["initial"] = {"key": uuid4()} | options.get("initial", {})
        super().__init__(*args, **options)
        self.fields["text"].required = False
        self.fields["text"].widget.attrs |= {"rows": 1, "placeholder": _("Write a message")}

    def clean(self) -> dict:
        super().clean()
        cleaned = self.cleaned_data
        if not self.errors and not cleaned["text"] and not cleaned["files"]:
            self.add_error("text", NOTHING)
        if "files" not in self.errors and self.errors and cleaned.get("files"):
            self.add_error("files", _("Choose your files again: a browser doesn’t keep them."))
        return cleaned


class SearchForm(forms.Form):
    """Words to look for in one's messages and among the names of whom one writes with."""

    q = forms.CharField(required=False, max_length=100)
