"""Signing up, claiming an account, asking for the invitation again, and the first things about oneself."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from allauth.account.forms import ResetPasswordKeyForm as AllauthNewPasswordForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.actions import send_claim_link
from accounts.adapter import MEMBER_INVITED
from accounts.forms.lines import CardLines
from accounts.models import Community, User
from accounts.zones import zone_choices

GOOD_PASSWORD = _("At least 10 characters, not only digits, and none of those that everybody uses.")


class SignupForm(AllauthSignupForm):
    """Email and password. What the answer says depends on the address's domain only, never on who has an account."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = GOOD_PASSWORD

    def clean_email(self):
        email = super().clean_email()
        invited = get_adapter().request.session.get(MEMBER_INVITED)
        if invited:
            return self._clean_invited(email, invited)
        community = Community.current()
        if community.joining == Community.Joining.DOMAINS and not community.lists(email):
            raise forms.ValidationError(
                _("%(community)s is for people with an address at %(domains)s."),
                params={"community": community.name, "domains": ", ".join(community.listed_domains)},
            )
        return email

    def _clean_invited(self, email, invited):
        if email != invited.lower() and Community.current().joining != Community.Joining.ANYONE:
            raise forms.ValidationError(_("Your invitation is for %(email)s."), params={"email": invited})
        return email

    def validate_unique_email(self, value):
        """An address that a member asked to change to, and didn't verify, keeps nobody else from signing up with it."""
        held = User.objects.filter(email__iexact=value) | User.objects.filter(
            emailaddress__email=value, emailaddress__verified=True
        )
        self.account_already_exists = held.exists()
        return value

    def try_save(self, request):
        """Of two sign-ups with one address in the same moment one makes the account; both get the same answer.

        Hashing the password takes most of the time: it is done for a known address too, so that waiting tells nothing.
        """
        if self.account_already_exists:
            User().set_password(self.cleaned_data["password1"])
        if request.session.get(MEMBER_INVITED) != self.cleaned_data["email"]:
            request.session.pop(MEMBER_INVITED, None)  # the invitation proves its own address, and no other
        try:
            with transaction.atomic():
                if not self.account_already_exists:
                    EmailAddress.objects.filter(email=self.cleaned_data["email"], verified=False).delete()
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)


class ResetPasswordForm(AllauthResetPasswordForm):
    """Asking for a new password; somebody from a roster has none yet and gets their claim link instead."""

    def clean_email(self):
        email = super().clean_email()
        found = [
            user
            for user in filter_users_by_email(email.lower(), prefer_verified=True, for_login=True)
            if user.email == email.lower()  # not who only asked to change to it
        ]
        self.unclaimed = [user for user in found if not user.claimed_at]
        self.users = [user for user in found if user.claimed_at]  # the suspended too: they learn more at sign-in
        return email

    def save(self, request, **kwargs):
        if self.users or not self.unclaimed:
            return super().save(request, **kwargs)
        send_claim_link(self.unclaimed[0])
        return self.cleaned_data["email"]


class NewPasswordForm(AllauthNewPasswordForm):
    """The new password. Whoever followed the link in the email holds the account's only address: it is verified."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = GOOD_PASSWORD

    def save(self):
        super().save()
        addresses = list(EmailAddress.objects.filter(user=self.user))
        if [address.verified for address in addresses] == [False]:
            addresses[0].set_verified()


class ClaimForm(forms.Form):
    """The password of somebody who claims their account."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=GOOD_PASSWORD,
    )

    def __init__(self, *args, member: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.member = member

    def clean_password(self):
        validate_password(self.cleaned_data["password"], self.member)
        return self.cleaned_data["password"]


class AddressForm(forms.Form):
    """The address of somebody whose invitation went astray."""

    email = forms.EmailField(label=_("Email address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class WelcomeForm(CardLines, forms.ModelForm):
    """Who a new member is: name, headline, place and time zone."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zone_choices,
        required=False,
        widget=forms.Select(attrs={"data-time-zone": ""}),
        help_text=_("Times on every page are shown in it."),
    )

    class Meta:
        model = User
        fields = ("first_name", "last_name", "headline", "place", "time_zone")
        help_texts = {
            "headline": _("What you do, in one line: “Structural engineer, bridges and footpaths”."),
            "place": _("A town or a region, as you would say it."),
        }
        widgets = {
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
            "headline": forms.TextInput(attrs={"autocomplete": "organization-title"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["first_name"].required = True
