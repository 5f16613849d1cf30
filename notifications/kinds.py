"""The kinds of notices. Each is declared by the app whose event it tells, in that app's `ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


HAVE_A_LOOK = _("Have a look")


class Family(TextChoices):
    """What notices are about, in the order in which members choose among them."""

    NETWORK = "network", _("Your network")
    POSTS = "posts", _("Posts")
    COMMUNITIES = "communities", _("Groups and events")
    MORE = "more", _("More")


def _nothing(subject) -> str:
    return ""


def _one(subject) -> int:
    return 1


@dataclass(frozen=True, kw_only=True, eq=False)
class Kind:
    """A kind of notice: what it is about, and how it is told.

    `subjects_visible_to(viewer)` is the scope of subjects that the viewer may (still) see; it is asked whenever
    the notice is shown, counted or emailed. `sentence` and `why` are translated, lazy; `sentence` has one place,
    `%(name)s`, for who did it, or, where nobody is named for it, for what `named(subject)` says; then `icon` stands
    in the place of a face. One that tells what many did names the first of them, says of how many it speaks
    (`number(subject)`, for `ngettext_lazy(…, "number")`), and its email `waits` for others; its `sentence` may be a
    function of the subject. `address(subject)` is where it leads, and `link` says so. `remark(subject)` adds a few
    words of the site ("Worked together"), `quote(subject)` what the actor wrote. Emails with the same
    `thread(subject)`, like "post.12", are one conversation in a mail program. An email that tells more than one
    thing is made by `composed(written, kind, subject)`, which returns None if there is nothing to tell. One that is
    not `in_app` only comes by email, one that is not `by_email` only in the app; one that is not `by_email_at_first`
    comes by email to whom it is switched on for.
    """

    slug: str
    label: Text
    sentence: Text | Callable[..., Text]
    why: Text
    subjects_visible_to: Callable[..., QuerySet]
    address: Callable[..., str]
    family: Family = Family.MORE
    link: Text = HAVE_A_LOOK
    named: Callable[..., str] = str
    number: Callable[..., int] = _one
    waits: timedelta = timedelta(0)
    icon: str = "bell"
    remark: Callable[..., Text] = _nothing
    quote: Callable[..., str] = _nothing
    thread: Callable[..., str] = _nothing
    composed: Callable | None = None
    in_app: bool = True
    by_email: bool = True
    by_email_at_first: bool = True

    def told(self, actor, subject) -> str:
        """The sentence: about who did it, or about the subject where nobody is named."""
        name = self.named(subject) if actor is None else actor.name
        sentence = self.sentence(subject) if callable(self.sentence) else self.sentence
        return str(sentence % {"name": " ".join(name.split()), "number": self.number(subject)})


KINDS: dict[str, Kind] = {}


def emailed() -> list[Kind]:
    """The kinds that members can be told by email."""
    return [kind for kind in KINDS.values() if kind.by_email]


def of_family(family: Family) -> list[Kind]:
    """The kinds of a family, in the order in which they were declared."""
    return [kind for kind in KINDS.values() if kind.family == family]


def declare(kind: Kind) -> None:
    """Add a kind to those that members can be told of."""
    KINDS[kind.slug] = kind
