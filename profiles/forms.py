"""What members type about themselves."""

import re
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.audiences import Audience
from accounts.forms.lines import CardLines
from accounts.models import User
from accounts.names import fold
from accounts.pictures import ACCEPT
from accounts.refusals import Refusal
from config.forms import Lines
from profiles.announcing import AUDIENCES, Announcing, goes_on, is_new
from profiles.models import ContactDetail, Education, Interest, Language, Position, Skill
from profiles.organizations import what_in_house_lacks
from profiles.photos import read_photo

_TIME = ["started_month", "started_year", "ended_month", "ended_year"]
_PHONE = re.compile(r"\+?[\d\s()./-]{4,30}")


class InRows:
    """A form whose fields stand in rows; a row of several is shown side by side."""

    rows: list[list[str]]
    apart: list[str] = []
    """Fields that stand below the others, under a heading of their own."""

    def in_rows(self) -> list[list[forms.BoundField]]:
        return [[self[name] for name in row] for row in self.rows]  # type: ignore[index]

    def below(self) -> list[forms.BoundField]:
        return [self[name] for name in self.apart if name in self.fields]  # type: ignore[index]


class CardForm(CardLines, InRows, forms.ModelForm):
    """Name, headline and the rest of what a card says."""

    rows = [["first_name", "last_name"], ["headline"], ["place"], ["looking_for", "recruiter"]]

    class Meta:
        model = User
        fields = ["first_name", "last_name", "headline", "place", "looking_for", "recruiter"]
        widgets = {
            "first_name": forms.TextInput({"autocomplete": "given-name", "data-first": True}),
            "last_name": forms.TextInput({"autocomplete": "family-name"}),
        }
        help_texts = {"headline": _("What you do, in a line.")}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["first_name"].required = True
        self.fields["first_name"].error_messages["required"] = _("Say what you are called.")
        self.fields["recruiter"].help_text = self._what_is_missing()

    def _what_is_missing(self) -> str:
        """What an in-house recruiter still has to do; the choice is kept meanwhile."""
        if self.instance.recruiter != User.Recruiter.IN_HOUSE:
            return gettext("In-house is shown to others once an address at your organization’s email domain proves it.")
        lack = what_in_house_lacks(self.instance)
        if lack is None:
            return gettext("Your address at the organization’s email domain proves it.")
        return format_html('{} <a href="{}">{}</a>', lack.text, lack.url, lack.link)


class AboutForm(InRows, forms.ModelForm):
    """The member in their own words."""

    rows = [["about"]]

    class Meta:
        model = User
        fields = ["about"]
        widgets = {"about": Lines({"rows": 8, "data-first": True})}
        help_texts = {"about": _("What you work on, what you care about, what people can ask you.")}


class PhotoForm(forms.Form):
    """A photo of oneself; `cleaned_data["photo"]` is it in all sizes, encoded anew."""

    photo = forms.FileField(
        label=_("Photo"),
        help_text=_("JPEG, PNG, WebP or GIF, at most 8 MB. It is cropped to a square."),
        widget=forms.FileInput({"accept": ACCEPT, "data-preview": "photo-preview"}),
        error_messages={"required": _("Choose a picture first."), "empty": _("This file is empty. Choose another.")},
    )

    def clean_photo(self):
        try:
            return read_photo(self.cleaned_data["photo"])
        except Refusal as refusal:
            raise ValidationError(refusal.sentence) from refusal


class EntryForm(InRows, forms.ModelForm):
    """An entry of a profile; a new one carries a key, so that sending it twice makes one."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk is None:
            self.fields["key"] = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)
        first = next(iter(self.fields.values()))
        first.widget.attrs["data-first"] = True


class SpanForm(EntryForm):
    """An entry with a time."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        months = [("", _("Month")), *MONTHS.items()]
        for end in ("started", "ended"):
            self.fields[f"{end}_month"] = forms.TypedChoiceField(
                label=self.fields[f"{end}_month"].label, choices=months, coerce=int, empty_value=None, required=False
            )
            self.fields[f"{end}_year"].widget = forms.NumberInput(
                {"inputmode": "numeric", "placeholder": _("Year"), "min": 1900, "max": 2100}
            )

    def clean(self):
        data = super().clean()
        for end in ("started", "ended"):
            if data.get(f"{end}_month") and not data.get(f"{end}_year") and f"{end}_year" not in self.errors:
                self.add_error(f"{end}_year", _("A month needs its year."))
        if (data.get("started_year") or 0) > timezone.localdate().year + 1:
            self.add_error("started_year", _("This year is far in the future."))
        start = (data.get("started_year") or 0, data.get("started_month") or 0)
        end = (data.get("ended_year") or 9999, data.get("ended_month") or 12)
        if start[0] and end < start:
            self.add_error("ended_year", _("This is before the start."))
        return data


def suggesting() -> forms.TextInput:
    """A field that suggests the names of organizations while one types (static/js/suggest.js); any text is fine."""
    address = reverse_lazy("suggest_organizations")
    return forms.TextInput(
        {"data-suggest": address, "data-suggestions": _("Suggestions"), "autocomplete": "organization"}
    )


class CircleField(forms.ChoiceField):
    """Who is told; nobody has to choose, since there is a narrow one to begin with."""

    def clean(self, value):
        return super().clean(value or self.initial)


class PositionForm(SpanForm):
    """A position, and what others are to be told of it: nothing, unless it is ticked for this one."""

    rows = [["title"], ["organization"], ["place"], _TIME, ["description"]]
    apart = ["announce", "words", "anniversaries", "announced_to"]

    announce = forms.BooleanField(label=_("Tell others about this new position"), required=False)
    words = forms.CharField(label=_("A sentence of your own with it"), max_length=300, required=False)
    anniversaries = forms.BooleanField(
        label=_("Tell them on its anniversaries"),
        help_text=_("Each year, in the month in which it began, while it goes on."),
        required=False,
    )
    announced_to = CircleField(label=_("Who is told"), choices=AUDIENCES.items())

    class Meta:
        model = Position
        fields = ["title", "organization", "place", *_TIME, "description"]
        widgets = {"organization": suggesting(), "description": Lines({"rows": 4})}
        help_texts = {"ended_year": _("Empty means: until now.")}
        error_messages = {"organization": {"required": _("Say where this was.")}}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        position = self.instance
        self.fields["announced_to"].initial = position.announced_to
        self.fields["announced_to"].help_text = _("It appears in their feeds, where they can congratulate you.")
        self.fields["announce"].initial = position.announced_at is not None
        self.fields["anniversaries"].initial = position.anniversaries_at is not None
        announce = self.fields["announce"]
        if position.announced_at:
            announce.help_text = _("Untick it to take this back, with its comments and congratulations.")
            del self.fields["words"]
        elif position.pk is None or position.is_new:
            announce.help_text = _("Once, for a position that goes on and began within the last three months.")
        else:
            announce.disabled = True
            announce.help_text = _(
                "Offered within three months of the month in which a position began, while it goes on."
            )
            del self.fields["words"]

    def clean(self):
        """What was typed, with what is ticked as one: `announcing`."""
        data = super().clean()
        ticked = {name: data.pop(name, None) for name in self.apart}
        start, end = [(data.get(f"{at}_year"), data.get(f"{at}_month")) for at in ("started", "ended")]
        if ticked["announce"] and not self.fields["announce"].initial:
            self._refuse_unless_new(start, end)
        if ticked["anniversaries"] and not all(start):
            self.add_error("anniversaries", _("Say in which month and year it began; it has no anniversaries else."))
        elif ticked["anniversaries"] and not self.fields["anniversaries"].initial and not goes_on(end):
            self.add_error("anniversaries", _("This position has ended."))
        data["announcing"] = Announcing(
            new=bool(ticked["announce"]),
            anniversaries=bool(ticked["anniversaries"]),
            to=ticked["announced_to"] or Audience.CONNECTIONS,
            words=ticked["words"] or "",
        )
        return data

    def _refuse_unless_new(self, start: tuple, end: tuple) -> None:
        if not all(start):
            self.add_error("announce", _("Say in which month and year it began: only what is new is announced."))
        elif not is_new(started=start, ended=end):
            self.add_error("announce", _("Only a position that goes on and began within three months is announced."))


class EducationForm(SpanForm):
    rows = [["school"], ["degree"], _TIME, ["description"]]

    class Meta:
        model = Education
        fields = ["school", "degree", *_TIME, "description"]
        widgets = {"school": suggesting(), "description": Lines({"rows": 4})}
        labels = {"degree": _("Degree or course")}
        help_texts = {"ended_year": _("Empty means: until now.")}
        error_messages = {"school": {"required": _("Say which school this was.")}}


class ContactDetailForm(EntryForm):
    rows = [["kind", "value"], ["audience"], ["preferred"]]

    class Meta:
        model = ContactDetail
        fields = ["kind", "value", "audience", "preferred"]
        labels = {"preferred": _("The best way to reach me")}
        error_messages = {"value": {"required": _("Fill this in, or cancel.")}}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["kind"].choices = ContactDetail.Kind.choices

    def clean(self):
        data = super().clean()
        value, kind = data.get("value"), data.get("kind")
        if value and kind in self._checks:
            try:
                data["value"] = self._checks[kind](value)
            except ValidationError as error:
                self.add_error("value", error)
        return data

    @staticmethod
    def _email(value: str) -> str:
        EmailValidator(_("This doesn't look like an email address."))(value)
        return value

    @staticmethod
    def _phone(value: str) -> str:
        if not _PHONE.fullmatch(value) or sum(letter.isdigit() for letter in value) < 4:
            raise ValidationError(_("Write a phone number, with its country code: +46 40 123 456."))
        return value

    @staticmethod
    def _website(value: str) -> str:
        value = value if "://" in value else f"https://{value}"
        URLValidator(schemes=["https", "http"], message=_("This doesn't look like the address of a website."))(value)
        return value

    _checks = {
        ContactDetail.Kind.EMAIL: _email,
        ContactDetail.Kind.PHONE: _phone,
        ContactDetail.Kind.WEBSITE: _website,
    }


class WordForm(InRows, forms.ModelForm):
    """One more word for a list; a word that is on it already is only written anew."""

    rows = [["name"]]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["name"].widget.attrs |= {"data-first": True, "autocomplete": "off"}
        self.fields["name"].error_messages["required"] = _("Write something to add.")

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not fold(name):
            raise ValidationError(_("Use at least one letter or number."))
        return name


class SkillForm(WordForm):
    class Meta:
        model = Skill
        fields = ["name"]
        labels = {"name": _("Add a skill")}


class InterestForm(WordForm):
    class Meta:
        model = Interest
        fields = ["name"]
        labels = {"name": _("Add an interest")}


class LanguageForm(WordForm):
    rows = [["name", "level"]]

    class Meta:
        model = Language
        fields = ["name", "level"]
        labels = {"name": _("Add a language")}
