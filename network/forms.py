"""What members fill in about their network."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from config.forms import Lines
from network.doors import Asking
from network.models import ConnectionRequest, Endorsement, Introduction, Recommendation
from network.models.recommendation import LONGEST, SHORTEST, as_said
from network.models.request import ASK_AGAIN_AFTER, LATEST


class AskForm(forms.Form):
    """A connection request (product.md §3.1)."""

    context = forms.ChoiceField(
        label=_("How do you know each other?"),
        choices=ConnectionRequest.Context,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you know each other.")},
    )
    note = forms.CharField(
        label=_("Your note"),
        max_length=300,
        required=False,
        widget=Lines(attrs={"rows": 5}),
        error_messages={"max_length": _("A note has up to %(limit_value)d characters; this one has %(show_value)d.")},
    )
    named = forms.TypedChoiceField(
        label=_("Who may be named?"),
        required=False,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose somebody who lets you use their name.")},
    )
    email = forms.EmailField(
        label=_("Their email address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}), max_length=254
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args,
        recipient: User,
        asking: Asking,
        namable: Sequence[User] = (),
        typed: Mapping[str, str] | None = None,
        **options,
    ):
        """`typed` is what stands in the form and is not sent yet: it is shown again, with nothing wrong about it.

        `namable` are those who introduced the two, or let the sender use their name (§5).
        """
        kept = {name: typed[name] for name in ("context", "note", "named", "email", "key") if typed and name in typed}
        super().__init__(*args, initial={"key": uuid4()} | _introduced_by(namable) | kept, **options)
        self.recipient, self.asking = recipient, asking
        names = {"name": recipient.first_name}
        self.fields["note"].required = asking.needs_note
        self.fields["note"].error_messages["required"] = gettext("Write a note to %(name)s.") % names
        self._let_name(namable)
        if asking.needs_email:
            self.fields["email"].label = gettext("%(name)s’s email address") % names
            self.fields["email"].help_text = (
                gettext("%(name)s is asked by people who know their email address.") % names
            )
        else:
            del self.fields["email"]

    def _let_name(self, namable: Sequence[User]) -> None:
        if not namable:
            del self.fields["named"]
            return
        people = {str(member.pk): member for member in namable}
        field = self.fields["named"]
        field.choices = [*((number, member.name) for number, member in people.items()), ("", _("Nobody"))]
        field.coerce = people.__getitem__
        field.label = gettext("Whom do you name?")
        field.help_text = gettext("%(name)s reads from us that it is true. It goes with “Introduced by somebody”.") % {
            "name": self.recipient.first_name
        }

    def names_somebody(self, typed: Mapping[str, str]) -> bool:
        """Whether what is typed names, as introducing, one of those who may be named."""
        if "named" not in self.fields or typed.get("context") != ConnectionRequest.Context.INTRODUCED:
            return False
        return typed.get("named") in {number for number, _name in self.fields["named"].choices if number}

    def clean(self) -> dict:
        """Nobody is named where the two know each other in another way."""
        if self.cleaned_data.get("context") != ConnectionRequest.Context.INTRODUCED:
            self.cleaned_data["named"] = None
        return self.cleaned_data

    def clean_note(self) -> str:
        note = self.cleaned_data["note"]
        if note and not self.asking.note_is_new(note):
            raise forms.ValidationError(_("You have sent this note before. Write a new one."))
        return note


def _introduced_by(namable: Sequence[User]) -> dict:
    """What a request begins with where somebody may be named."""
    return {"context": ConnectionRequest.Context.INTRODUCED, "named": namable[0].pk} if namable else {}


class IntroductionForm(forms.Form):
    """Asking a mutual connection for an introduction (§5): whom, and why."""

    through = forms.TypedChoiceField(
        error_messages={
            "required": _("Choose whom you ask."),
            "invalid_choice": _("Choose somebody who is connected with both of you."),
        }
    )
    reason = forms.CharField(
        max_length=300,
        widget=Lines(attrs={"rows": 5}),
        error_messages={
            "required": _("Say why you would like to be introduced."),
            "max_length": _("A reason has up to %(limit_value)d characters; this one has %(show_value)d."),
        },
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, to: User, people: Sequence[User], **options):
        """`people` are those who can be asked for an introduction to `to`."""
        super().__init__(*args, **options)
        by_number = {str(member.pk): member for member in people}
        self.fields["through"].choices = [(number, member.name) for number, member in by_number.items()]
        self.fields["through"].coerce = by_number.__getitem__
        self.fields["reason"].label = gettext("Why would you like to meet %(name)s?") % {"name": to.first_name}
        self.fields["reason"].help_text = gettext("Whom you ask reads it, and %(name)s once it is passed on.") % {
            "name": to.first_name
        }


class PassOnForm(forms.Form):
    """Passing an introduction on, with a line of one's own (§5)."""

    line = forms.CharField(
        max_length=300,
        widget=Lines(attrs={"rows": 4}),
        error_messages={
            "required": _("Write a line of your own."),
            "max_length": _("A line has up to %(limit_value)d characters; this one has %(show_value)d."),
        },
    )

    def __init__(self, *args, introduction: Introduction, **options):
        super().__init__(*args, **options)
        names = {"name": introduction.to.first_name, "asker": introduction.asker.first_name}
        self.fields["line"].label = gettext("Your line to %(name)s") % names
        self.fields["line"].help_text = gettext("Only %(name)s reads it, together with what %(asker)s wrote.") % names


class QuestionForm(forms.Form):
    """The one question about a request, with a suggestion to begin with (§3.9)."""

    question = forms.CharField(
        label=_("Your question"),
        max_length=200,
        initial=_("How do we know each other?"),
        widget=Lines(attrs={"rows": 2}),
        error_messages={
            "required": _("Write your question."),
            "max_length": _("A question has up to %(limit_value)d characters; this one has %(show_value)d."),
        },
    )


class AnswerForm(forms.Form):
    """The one answer to it (§3.9)."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=300,
        widget=Lines(attrs={"rows": 2}),
        error_messages={
            "required": _("Write your answer."),
            "max_length": _("An answer has up to %(limit_value)d characters; this one has %(show_value)d."),
        },
    )


class LaterForm(forms.Form):
    """From which day on to be asked again: from tomorrow on, within a year (§3.9)."""

    on = forms.DateField(
        label=_("From"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Choose a day.")},
    )

    def __init__(self, *args, **options):
        today = timezone.localdate()
        super().__init__(*args, initial={"on": today + ASK_AGAIN_AFTER}, **options)
        self.first, self.last = today + timedelta(days=1), today + LATEST
        self.fields["on"].widget.attrs |= {"min": self.first.isoformat(), "max": self.last.isoformat()}

    def clean_on(self):
        if not self.first <= self.cleaned_data["on"] <= self.last:
            raise forms.ValidationError(_("Choose a day from tomorrow on, within a year."))
        return self.cleaned_data["on"]


class EndorseForm(forms.Form):
    """The basis of an endorsement, which may stay unsaid (§7)."""

    basis = forms.ChoiceField(choices=Endorsement.Basis, required=False)


class RecommendForm(forms.Form):
    """A recommendation (§7); with what was written before, or typed and not sent yet."""

    relationship = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": _("Choose how you know each other.")}
    )
    text = forms.CharField(
        label=_("Your recommendation"),
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=Lines(attrs={"rows": 9}),
        error_messages={
            "min_length": _("Write a sentence or two: at least %(limit_value)d characters; this has %(show_value)d."),
            "max_length": _("A recommendation has up to %(limit_value)d characters; this one has %(show_value)d."),
        },
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args, subject: User, written: Recommendation | None = None, typed: Mapping[str, str] | None = None
    ):
        stands = {"relationship": written.relationship, "text": written.text} if written else {}
        kept = {name: typed[name] for name in ("relationship", "text", "key") if typed and name in typed}
        super().__init__(*args, initial={"key": uuid4()} | stands | kept)
        names = {"name": subject.first_name}
        self.fields["relationship"].choices = as_said(subject)
        self.fields["relationship"].label = gettext("How do you know %(name)s?") % names
        self.fields["text"].error_messages["required"] = gettext("Write what %(name)s is like to work with.") % names
