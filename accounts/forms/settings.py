"""The settings, a form for each section; and the password before an account is deleted."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.handles import RESERVED, is_taken
from accounts.models import User
from accounts.zones import zone_choices

_SLUG = RegexValidator(
    r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$",
    _("Use small letters without accents, digits and hyphens; begin and end with a letter or a digit."),
)


class SightForm(forms.ModelForm):
    """Who sees the member."""

    class Meta:
        model = User
        fields = ("profile_audience", "engines_may_list", "connections_audience")
        widgets = {"profile_audience": forms.RadioSelect, "connections_audience": forms.RadioSelect}
        help_texts = {
            "profile_audience": _(
                "Public: anybody on the web sees your profile, your public posts and the details that you made public. "
                "Members: only people who are signed in do."
            ),
            "engines_may_list": _(
                "Only while your profile is public. It holds for your public posts too. Without it, people who have "
                "the address or look in the directory here still find you, and search engines are asked not to."
            ),
            "connections_audience": _(
                "The list on your profile. Whoever sees it sees only the people who are open to them. With “Nobody”, "
                "your connections count towards nobody's degrees and mutual connections either, and you are in "
                "nobody else's list."
            ),
        }


class DoorForm(forms.ModelForm):
    """Who may ask the member to connect."""

    class Meta:
        model = User
        fields = ("door", "note_required")
        widgets = {"door": forms.RadioSelect}
        help_texts = {
            "door": _(
                "Whoever may not ask sees no Connect button on your profile, but the ways that are open, such as "
                "following you. Proved common ground is a mutual connection, a group that you are both in, an event "
                "where both of you confirm that you were, or an organization that both profiles name and where both "
                "are known to be. With “People who know my email address” the asker has to type it. Requests that "
                "wait already stay."
            ),
            "note_required": _("People can send you a request only with a few words of their own."),
        }


class FollowingForm(forms.ModelForm):
    """Who may follow the member, and whether they ask to be followed first."""

    class Meta:
        model = User
        fields = ("followers_from", "follow_first")
        widgets = {"followers_from": forms.RadioSelect}
        help_texts = {
            "followers_from": _(
                "With “Only my connections”, everybody else who follows you now stops following you. "
                "They are not told, and going back doesn't bring them back."
            ),
            "follow_first": _("Follow becomes the main button on your profile, and Connect stands behind it."),
        }


class WordsForm(forms.ModelForm):
    """Endorsements by followers, and read receipts."""

    class Meta:
        model = User
        fields = ("follower_endorsements", "read_receipts")
        help_texts = {
            "follower_endorsements": _(
                "They stand apart from those by your connections. Switched off, nobody sees them, and they come back "
                "when you switch them on again."
            ),
            "read_receipts": _(
                "Your connections see when you have read their messages, and you see when they have read yours. "
                "Switched off, neither is shown."
            ),
        }


class TimeForm(forms.ModelForm):
    """The time zone in which the member reads times."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zone_choices,
        required=False,
        help_text=_("Times on every page and in every email are shown in it. Nobody else sees it."),
    )

    class Meta:
        model = User
        fields = ("time_zone",)


class HandleForm(forms.Form):
    """The last part of the address of one's profile."""

    handle = forms.CharField(
        label=_("Handle"),
        min_length=2,
        max_length=40,
        validators=[_SLUG],
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("The last part of your profile's address. The old address keeps leading to you."),
    )

    def __init__(self, *args, member: User, **kwargs):
        super().__init__(*args, **{"initial": {"handle": member.handle}} | kwargs)
        self.member = member

    def clean_handle(self):
        handle = self.cleaned_data["handle"]
        if handle in RESERVED and handle != self.member.handle:
            raise forms.ValidationError(_("This handle is kept for the site itself."))
        if is_taken(handle, by_other_than=self.member):
            raise forms.ValidationError(_("This handle is taken."))
        return handle


class LeaveForm(forms.Form):
    """The password again, before an account is deleted."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, check, **kwargs):
        super().__init__(*args, **kwargs)
        self.check = check

    def clean_password(self):
        password = self.cleaned_data["password"]
        if not self.check(password):
            raise forms.ValidationError(_("This is not your password."))
        return password
