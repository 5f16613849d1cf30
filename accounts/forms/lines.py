"""The short texts of a card, which stand beside other people's words on every page."""

from django.utils.translation import gettext as _

from accounts.names import fold, on_one_line


class CardLines:
    """A form with some of them: each on one line, without what nobody sees, and a first name that can be read."""

    def clean(self):
        data = super().clean()
        for name in {"first_name", "last_name", "headline", "place"} & data.keys():
            data[name] = on_one_line(data[name])
        if data.get("first_name") is not None and not fold(data["first_name"]):
            self.add_error("first_name", _("A name needs a letter."))
        return data
