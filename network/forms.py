"""What members fill in about their network."""

from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from network.doors import Asking
from network.models import ConnectionRequest, Endorsement


class NoteField(forms.CharField):
    """A note; a line break counts as one character, as it does for the counter beside it."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class AskForm(forms.Form):
    """A connection request (product.md §3.1)."""

    context = forms.ChoiceField(
        label=_("How do you know each other?"),
        choices=ConnectionRequest.Context,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you know each other.")},
    )
    note = NoteField(
        label=_("Your note"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": _("A note has up to %(limit_value)d characters; this one has %(show_value)d.")},
    )
    email = forms.EmailField(
        label=_("Their email address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}), max_length=254
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, recipient: User, asking: Asking, typed: QueryDict | None = None, **options):
        """`typed` is what stands in the form and is not sent yet: it is shown again, with nothing wrong about it."""
        kept = {name: typed[name] for name in ("context", "note", "email", "key") if typed and name in typed}
        super().__init__(*args, initial={"key": uuid4()} | kept, **options)
        self.recipient, self.asking = recipient, asking
        names = {"name": recipient.first_name}
        self.fields["note"].required = asking.needs_note
        self.fields["note"].error_messages["required"] = gettext("Write a note to %(name)s.") % names
        self.fields["note"].widget.attrs.pop("maxlength", None)  # what was typed stays, and the form says what is wrong
        if asking.needs_email:
            self.fields["email"].label = gettext("%(name)s’s email address") % names
            self.fields["email"].help_text = (
                gettext("%(name)s is asked by people who know their email address.") % names
            )
        else:
            del self.fields["email"]

    def clean_note(self) -> str:
        note = self.cleaned_data["note"]
        if note and not self.asking.note_is_new(note):
            raise forms.ValidationError(_("You have sent this note before. Write a new one."))
        return note


class EndorseForm(forms.Form):
    """The basis of an endorsement, which may stay unsaid (§7)."""

    basis = forms.ChoiceField(choices=Endorsement.Basis, required=False)
