"""The desk at which articles are written: what its page is made of, for a draft as for an article."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from feed.articles.markdown import render as rendered
from feed.articles.pieces import reading_time
from feed.models import Picture

MARKS = [
    {"name": _("Heading"), "before": "# ", "after": "", "line": True},
    {"name": _("Bold"), "before": "**", "after": "**", "line": False},
    {"name": _("Italic"), "before": "*", "after": "*", "line": False},
    {"name": _("Link"), "before": "[", "after": "](https://)", "line": False},
    {"name": _("List"), "before": "- ", "after": "", "line": True},
    {"name": _("Quote"), "before": "> ", "after": "", "line": True},
]
"""The buttons above the words, and what each puts around them, or before a line."""


def looks(title: str, text: str, pictures: Iterable[Picture], *, swap: bool = False) -> dict:
    """Return how an article would look; `swap` if that comes along with something else."""
    preview = rendered(text, pictures)
    return {"preview": preview, "title": title, "reading_time": reading_time(preview.minutes), "swap": swap}


def state(form, *, saved_at=None, apart: str = "") -> dict:
    """Return what the form says about itself: which draft it is, when it was saved, what is wrong with it."""
    return {"form": form, "saved_at": saved_at, "apart": apart}
