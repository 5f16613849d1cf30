"""The fields of forms for pictures: up to four, each with what it shows."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from accounts.pictures import ACCEPT, Encoded
from accounts.refusals import Refusal
from feed.actions.holding import held_pictures
from feed.models import Picture, Post
from feed.pictures import NewPicture, read_picture

LONGEST = Picture._meta.get_field("description").max_length


class PictureField(forms.FileField):
    """An uploaded picture; its value is the picture in all sizes, encoded anew."""

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if not upload:
            return None
        try:
            return read_picture(upload)
        except Refusal as refusal:
            raise ValidationError(refusal.sentence) from refusal


class HoldingForm(forms.Form):
    """A form whose chosen files the site holds if it comes back (`hold`), until it is sent again.

    `HELD_BY` is the field that tells it from others: what one chose on another page is not for this one.
    """

    HELD_BY = "key"
    are_held = forms.BooleanField(required=False, widget=forms.HiddenInput)
    """Whether the form came back with pictures that are held."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.held: dict[int, Picture] = {}

    def hold(self, pictures: Iterable[Picture]) -> None:
        """Show pictures that are held in the places of their files."""
        self.held = {picture.number: picture for picture in pictures}
        if self.held:
            data: Any = self.data.copy()
            data["are_held"] = "1"
            self.data = data

    def find_held(self, author: User) -> None:
        """Show what is held for the form, if it came back with that."""
        if self.is_bound and self.data.get("are_held") and (key := self.held_for):
            self.hold(held_pictures(by=author, key=key))

    @property
    def held_for(self) -> UUID | None:
        """What tells the form that was sent from others, whatever else is wrong with it."""
        try:
            return self.fields[self.HELD_BY].clean(self.data.get(self.HELD_BY))
        except ValidationError:
            return None

    def new_files(self) -> dict[int, Encoded]:
        """By position, the files that were chosen and are fair pictures, whatever else is wrong."""
        raise NotImplementedError


class PicturesForm(HoldingForm):
    """Four pictures with their descriptions; those that are left empty are none.

    htmx keeps the chosen files in the page (`hx-preserve`) when the form comes back. Without it they are held, and each
    can be left out again.
    """

    NUMBERS = range(1, Picture.MOST + 1)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for number in self.NUMBERS:
            n = {"n": number}
            self.fields[f"without_{number}"] = forms.BooleanField(
                label=_("Leave picture %(n)s out") % n, required=False
            )
            keep = {"accept": ACCEPT, "data-preview": f"chosen-{number}", "hx-preserve": "true"}
            self.fields[f"picture_{number}"] = PictureField(
                label=_("Picture %(n)s") % n, required=False, widget=forms.FileInput(attrs=keep)
            )
            self.fields[f"description_{number}"] = forms.CharField(
                label=_("What picture %(n)s shows") % n,
                help_text=_("For people who can’t see it."),
                max_length=LONGEST,
                required=False,
            )

    def picture_rows(self) -> list[dict]:
        """The fields of each picture, for the template."""
        names = ("picture", "description", "without")
        rows = [{"number": n} | {name: self[f"{name}_{n}"] for name in names} for n in self.NUMBERS]
        return [row | {"held": self.held.get(row["number"])} for row in rows]

    @property
    def has_pictures(self) -> bool:
        """Whether there are any, held ones too."""
        chosen = any(self.files.get(f"picture_{number}") for number in self.NUMBERS) if self.files else False
        return chosen or any(not self.data.get(f"without_{number}") for number in self.held)

    def new_files(self) -> dict[int, Encoded]:
        """By position, the files that were chosen and are fair pictures, whatever else is wrong."""
        files = {n - 1: self.cleaned_data.get(f"picture_{n}") for n in self.NUMBERS}
        return {place: picture for place, picture in files.items() if picture}

    @property
    def has_wrong_pictures(self) -> bool:
        return any(name.startswith(("picture_", "description_")) for name in self.errors)

    def new_pictures(self) -> list[NewPicture]:
        """The pictures that were chosen, in order; of a valid form."""
        rows = [(self._picture(n), self.cleaned_data[f"description_{n}"]) for n in self.NUMBERS]
        return [NewPicture(picture, description) for picture, description in rows if picture]

    def _picture(self, number: int) -> Encoded | Picture | None:
        held = None if self.cleaned_data[f"without_{number}"] else self.held.get(number)
        return self.cleaned_data[f"picture_{number}"] or held

    @cached_property
    def reminder(self) -> str:
        """Ask once for the descriptions that are missing; nothing if there are none, or if it was asked before."""
        if not self.is_bound or self.errors or self.data.get("reminded"):
            return ""
        without = [
            str(n) for n in self.NUMBERS
            if self._picture(n) and not self.cleaned_data[f"description_{n}"]
        ]  # fmt: skip
        return (
            ngettext(
                "Picture %(which)s has no description yet. Who can’t see it will not know what it shows. "
                "Say it in a few words, or press again to go on without.",
                "Pictures %(which)s have no descriptions yet. Who can’t see them will not know what they show. "
                "Say it in a few words, or press again to go on without.",
                len(without),
            )
            % {"which": get_text_list(without, _("and"))}
            if without
            else ""
        )


class DescriptionsForm(forms.Form):
    """What the pictures of a post show, said anew."""

    def __init__(self, *args, post: Post, **options):
        super().__init__(*args, **options)
        self.pictures = list(post.pictures.all())
        for picture in self.pictures:
            self.fields[f"description_{picture.number}"] = forms.CharField(
                label=_("What picture %(n)s shows") % {"n": picture.number},
                help_text=gettext_lazy("For people who can’t see it."),
                initial=picture.description,
                max_length=LONGEST,
                required=False,
            )

    def described(self) -> list[dict]:
        """Each picture with its field, for the template."""
        return [{"picture": picture, "field": self[f"description_{picture.number}"]} for picture in self.pictures]

    def descriptions(self) -> dict[int, str]:
        """The descriptions by position; of a valid form."""
        return {each.position: self.cleaned_data[f"description_{each.number}"] for each in self.pictures}
