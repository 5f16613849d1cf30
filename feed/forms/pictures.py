"""The fields of forms for pictures: up to four, each with what it shows."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.pictures import ACCEPT
from accounts.refusals import Refusal
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


class PicturesForm(forms.Form):
    """Four pictures with their descriptions; those that are left empty are none.

    htmx keeps the chosen files in the page (`hx-preserve`) when the form comes back.
    """

    NUMBERS = range(1, Picture.MOST + 1)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for number in self.NUMBERS:
            n = {"n": number}
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
        names = ("picture", "description")
        return [{"number": n} | {name: self[f"{name}_{n}"] for name in names} for n in self.NUMBERS]

    @property
    def has_files(self) -> bool:
        return any(self.files.get(f"picture_{number}") for number in self.NUMBERS) if self.files else False

    @property
    def has_wrong_pictures(self) -> bool:
        return any(name.startswith(("picture_", "description_")) for name in self.errors)

    def new_pictures(self) -> list[NewPicture]:
        """The pictures that were chosen, in order; of a valid form."""
        rows = [(self.cleaned_data[f"picture_{n}"], self.cleaned_data[f"description_{n}"]) for n in self.NUMBERS]
        return [NewPicture(picture, description) for picture, description in rows if picture]

    @cached_property
    def reminder(self) -> str:
        """Ask once for the descriptions that are missing; nothing if there are none, or if it was asked before."""
        if not self.is_bound or self.errors or self.data.get("reminded"):
            return ""
        without = [
            str(n) for n in self.NUMBERS
            if self.cleaned_data[f"picture_{n}"] and not self.cleaned_data[f"description_{n}"]
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
