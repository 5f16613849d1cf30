"""What a host types about an event."""

from uuid import uuid4
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.audiences import Audience
from accounts.names import fold, on_one_line
from accounts.zones import zone_choices, zone_of
from communities.models import Event, Group, Organization
from communities.times import NoSuchTime, moment_at
from config.forms import Lines

EXPLANATIONS = [
    (Audience.MEMBERS.value, gettext_lazy("Members: everybody who is signed in")),
    (Audience.PUBLIC.value, gettext_lazy("Public: everybody, visitors too")),
]
MOST_SEATS = 100_000


def _date(**options) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **options)


def _hour(**options) -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput({"type": "time"}, format="%H:%M"), **options)


class EventForm(forms.Form):
    """An event: what, when by the clocks of a place, where, and for whom.

    `cleaned_data` has the moments `starts_at` and `ends_at`; `remarks` says which times come twice, and are the first.
    """

    title = forms.CharField(
        label=gettext_lazy("What is it called"),
        max_length=150,
        error_messages={"required": gettext_lazy("Say what it is called.")},
    )
    starts_on = _date(label=gettext_lazy("Day"), error_messages={"required": gettext_lazy("Say on which day.")})
    starts = _hour(label=gettext_lazy("Begins"), error_messages={"required": gettext_lazy("Say when it begins.")})
    ends = _hour(label=gettext_lazy("Ends"), error_messages={"required": gettext_lazy("Say when it ends.")})
    ends_on = _date(label=gettext_lazy("Last day, if it ends on another"), required=False)
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        choices=lambda: zone_choices()[1:],
        help_text=gettext_lazy("Of the place where it happens. Everybody reads the time in their own zone too."),
    )
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200, required=False)
    link = forms.URLField(
        label=gettext_lazy("Link to take part online"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Only those who have a seat see it. Fill in a place, a link, or both."),
    )
    about = forms.CharField(
        label=gettext_lazy("What it is about"), max_length=5000, required=False, widget=Lines({"rows": 6})
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("Number of seats"),
        min_value=1,
        max_value=MOST_SEATS,
        required=False,
        help_text=gettext_lazy("When all are taken, people wait, and move up by themselves. Empty: no limit."),
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who sees it"), choices=EXPLANATIONS, initial=Audience.MEMBERS, widget=forms.RadioSelect
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.remarks: list[str] = []

    def clean_title(self) -> str:
        title = on_one_line(self.cleaned_data["title"])
        if not fold(title):
            raise forms.ValidationError(_("A title needs a letter."))
        return title

    def clean_place(self) -> str:
        return on_one_line(self.cleaned_data["place"])

    def clean(self):
        data = super().clean()
        if not data.get("place") and not data.get("link") and not {"place", "link"} & set(self.errors):
            self.add_error("place", _("Say where it is: a place, a link, or both."))
        if not {"starts_on", "starts", "ends", "ends_on", "time_zone"} & set(self.errors):
            zone, last_day = ZoneInfo(data["time_zone"]), data["ends_on"] or data["starts_on"]
            data["starts_at"] = self._moment("starts", data["starts_on"], zone)
            data["ends_at"] = self._moment("ends", last_day, zone)
            if data["starts_at"] and data["ends_at"] and data["ends_at"] <= data["starts_at"]:
                self.add_error("ends", _("It ends before it begins. If it goes past midnight, fill in the last day."))
        return data

    def _moment(self, field: str, day, zone: ZoneInfo):
        """Return the moment of a time by the clocks of the zone; say beside its field if they skip it that night."""
        hour = self.cleaned_data[field]
        try:
            moment, comes_twice = moment_at(day, hour, zone)
        except NoSuchTime as skipped:
            said = {"time": _time(hour), "before": _time(skipped.before), "after": _time(skipped.after)}
            sentence = _(
                "There is no %(time)s on that night: the clocks go forward. Choose %(before)s or %(after)s instead."
            )
            self.add_error(field, sentence % said)
            return None
        except (OverflowError, ValueError):
            self.add_error("starts_on", _("This day is too far away."))
            return None
        if comes_twice:
            sentence = _("%(time)s comes twice on that night, as the clocks go back. It is the first one.")
            self.remarks.append(sentence % {"time": _time(hour)})
        return moment

    def told(self) -> dict:
        """What the actions are told."""
        names = ["title", "starts_at", "ends_at", "time_zone", "place", "link", "about", "capacity", "audience"]
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    def rows(self) -> list[list[forms.BoundField]]:
        """The fields as they stand: those of a row side by side."""
        rows = [["host"], ["title"], ["starts_on", "starts", "ends"], ["ends_on", "time_zone"], ["place"], ["link"],
                ["about"], ["capacity"], ["audience"]]  # fmt: skip
        kept = [[self[name] for name in row if name in self.fields] for row in rows]
        return [row for row in kept if row]


class NewEventForm(EventForm):
    """A new event, with who invites: the member, an organization they edit or a group they moderate."""

    host = forms.ChoiceField(
        label=gettext_lazy("Who invites"),
        help_text=gettext_lazy("An event of a group is for its members alone."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args, by, asked_for: str = "", **options):
        super().__init__(*args, **options)
        self.hosts: dict[str, dict] = {"": {}}
        choices = [("", _("You, %(name)s") % {"name": by.name})]
        for kind, those in (
            ("organization", Organization.objects.edited_by(by).order_by("name_folded", "pk")),
            ("group", Group.objects.moderated_by(by).order_by("name_folded", "pk")),
        ):
            for one in those[:100]:
                self.hosts[f"{kind}:{one.slug}"] = {kind: one}
                choices.append((f"{kind}:{one.slug}", one.name))
        self.fields["host"].choices, self.fields["host"].required = choices, False
        self.fields["host"].initial = asked_for if asked_for in self.hosts else ""
        self.fields["time_zone"].initial = str(zone_of(by) or settings.TIME_ZONE)
        if len(choices) == 1:
            del self.fields["host"]

    def told(self) -> dict:
        host = self.hosts[self.cleaned_data.get("host", "")]
        return super().told() | host | {"key": self.cleaned_data["key"]}


class ChangeEventForm(EventForm):
    """An event that is there already, its times as the clocks of its place show them."""

    def __init__(self, *args, event: Event, **options):
        start, end = event.starts_at.astimezone(event.zone), event.ends_at.astimezone(event.zone)
        initial = {name: getattr(event, name) for name in ("title", "place", "link", "about", "capacity", "audience")}
        initial |= {"time_zone": event.time_zone, "starts_on": start.date(), "starts": start.time(), "ends": end.time()}
        if end.date() != start.date():
            initial["ends_on"] = end.date()
        super().__init__(*args, initial=initial, **options)
        if event.group_id:
            del self.fields["audience"]


def _time(hour) -> str:
    return date_format(hour, _("H:i"))
