"""What people are looked for by, beside words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from search.models import SavedSearch
from search.wanted import Wanted

MOST = 100
"""How many characters of what is searched for are read; the rest is left out."""


class PeopleForm(forms.Form):
    """The filters of the search for people. It never complains: what isn't known counts as not said."""

    degree = forms.ChoiceField(
        label=_("How near"), choices=[("", _("Everybody")), *SavedSearch.Degree.choices], required=False
    )
    place = forms.CharField(label=_("Place"), required=False)
    organization = forms.CharField(label=_("Organization"), required=False)
    is_now = forms.BooleanField(label=_("Works there now"), required=False)
    school = forms.CharField(label=_("School"), required=False)
    skill = forms.CharField(label=_("Skill"), required=False)

    def __init__(self, said, *, viewer):
        super().__init__(said, auto_id="find_%s")
        if not viewer.is_authenticated:
            del self.fields["degree"]
        for name, most in LENGTHS.items():
            self.fields[name].widget.attrs |= {"maxlength": most, "autocomplete": "off"}

    def wanted(self) -> Wanted:
        """Return what is asked for."""
        self.is_valid()
        said = {name: plain(self.cleaned_data.get(name) or "", most) for name, most in LENGTHS.items()}
        return Wanted(
            words=plain(self.data.get("q", "")),
            degree=self.cleaned_data.get("degree", ""),
            is_now=bool(said["organization"] and self.cleaned_data.get("is_now")),
            **said,
        )


LENGTHS = {"place": 100, "organization": 150, "school": 150, "skill": 80}


def plain(text: str, most: int = MOST) -> str:
    """Return what was typed, on one line, without what a database can't hold, and not too long."""
    return " ".join(text.replace("\0", " ").split())[:most].strip()
