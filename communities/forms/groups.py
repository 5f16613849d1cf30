"""What members fill in about groups."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.names import fold, on_one_line
from communities.actions.joining import AT_ONCE
from communities.models import Group, GroupRequest
from config.forms import Lines


class GroupForm(forms.ModelForm):
    """What a group is called, what it is for, and who may join. It checks and never saves."""

    class Meta:
        model = Group
        fields = ("name", "about", "rules", "entry", "question")
        labels = {"name": _("Name"), "about": _("What it is for"), "rules": _("Rules"), "entry": _("Who may join")}
        widgets = {
            "about": Lines(attrs={"rows": 3}),
            "rules": Lines(attrs={"rows": 3}),
            "entry": forms.RadioSelect,
        }
        error_messages = {"name": {"required": _("Say what it is called.")}}
        help_texts = {
            "rules": _("How you want to treat each other, and what belongs here."),
            "question": _("Only where people ask to join. Their answer helps you to decide."),
        }

    def clean_name(self) -> str:
        name = on_one_line(self.cleaned_data["name"])
        if not fold(name):
            raise forms.ValidationError(_("A name needs a letter or a number."))
        return name

    def clean(self) -> dict:
        data = super().clean() or self.cleaned_data
        return data if data.get("entry") == Group.Entry.REQUEST else data | {"question": ""}


class NewGroupForm(GroupForm):
    """A group to be started, once for its key."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class AskToJoinForm(forms.Form):
    """The answer to the question of a group."""

    answer = forms.CharField(
        max_length=GroupRequest._meta.get_field("answer").max_length,
        widget=Lines(attrs={"rows": 3}),
        error_messages={"required": _("Answer the question first.")},
    )

    def __init__(self, *args, group: Group, **options):
        super().__init__(*args, **options)
        self.fields["answer"].label = group.question or _("Anything the moderators should know?")
        self.fields["answer"].required = bool(group.question)


class InviteForm(forms.Form):
    """Whom to invite, among one's connections."""

    people = forms.ModelMultipleChoiceField(
        User.objects.none(), error_messages={"required": _("Choose somebody first.")}
    )

    def __init__(self, *args, connections, **options):
        super().__init__(*args, **options)
        self.fields["people"].queryset = connections

    def clean_people(self):
        people = self.cleaned_data["people"]
        if len(people) > AT_ONCE:
            raise forms.ValidationError(_("Invite up to %(most)s people at once.") % {"most": AT_ONCE})
        return people


class RemovalForm(forms.Form):
    """Whether somebody who is removed may come back."""

    ban = forms.BooleanField(label=_("Ban them: they can’t join again until a moderator lifts it"), required=False)


class WhyForm(forms.Form):
    """Why a moderator hides something."""

    why = forms.CharField(
        label=_("Why"),
        help_text=_("Its author reads this."),
        max_length=1000,
        widget=Lines(attrs={"rows": 2}),
        error_messages={"required": _("Say why.")},
    )


class VerdictForm(WhyForm):
    """What a moderator decides about reports: hide what was reported, keep it, or hand it on to the operators."""

    verdict = forms.ChoiceField(choices=[("hide", ""), ("keep", ""), ("hand_on", "")])

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["why"].help_text = _("Only needed if you hide it. Its author reads this.")
        if self.data.get("verdict") != "hide":
            self.fields["why"].required = False
