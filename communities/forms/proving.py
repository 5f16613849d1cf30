"""What is typed to prove an organization, or that one is there."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _


class WorkAddressForm(forms.Form):
    """An address at an organization's email domain, to which a link goes."""

    email = forms.EmailField(
        label=_("Email address there"),
        max_length=254,
        help_text=_("A link goes to it. The address itself is kept nowhere and shown to nobody."),
        error_messages={"required": _("Type an address first."), "invalid": _("This is no email address.")},
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    key = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)
