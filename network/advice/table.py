"""The table of product.md §4, "Connect or follow?": read from the top, the first row that holds wins.

A row says, in this order: its name; the fact; when that holds; what is advised (where a row names several moves, the
first that is open); the sentence with what is really known of the two; and why, as the source says it. What stands as
%(…)s is filled in with the facts (`Facts.words`). Where a row advises to connect, `context` is what the page to ask
has ticked already, and `naming` what the note should name.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from network.advice.facts import Facts
from network.advice.moves import Move
from network.advice.said import BUSINESS, INTERVIEW, PLACED

MANY_FOLLOWERS = 500
FOLLOWERS_PER_CONNECTION = 5
SOON = 7
"""Days after an event."""
DAYS_ANSWERED = 3
"""On so many days within 60 two must have answered each other before the site suggests connecting."""


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    name: str
    fact: str
    holds: Callable[[Facts], object]
    advice: tuple[Move, ...]
    because: str
    why: str
    context: str = ""
    naming: str = ""


TABLE = [
    Row(
        "follow_first",
        "asks to be followed first",
        lambda facts: facts.asks_to_be_followed_first and not facts.follows,
        (Move.FOLLOW,),
        _("%(name)s asks people to follow first."),
        _("You see their public updates, and can ask to connect at any time."),
    ),
    Row(
        "mutual",
        "a mutual connection",
        lambda facts: facts.mutual_count,
        (Move.INTRODUCTION, Move.CONNECT),
        _("You both know %(mutuals)s."),
        _("A name that %(name)s knows says more than any note."),
        context="introduced",
        naming="%(mutual)s",
    ),
    Row(
        "together",
        "same employer, school or group at the same time",
        lambda facts: facts.together,
        (Move.CONNECT,),
        _("%(together)s."),
        _("People say yes to those whom they remember. Say where your ways crossed."),
    ),
    Row(
        "business",
        "we did business together (I say so)",
        lambda facts: facts.said == BUSINESS,
        (Move.CONNECT,),
        _("You say that you did business together."),
        _("People say yes to those whom they remember. Say what it was about."),
        context="business",
    ),
    Row(
        "event",
        "same event within 7 days",
        lambda facts: _was_at_an_event_lately(facts) and facts.talked is None,
        (Move.TALKED,),
        _("You were both at %(event)s %(when)s."),
        "",
    ),
    Row(
        "talked",
        "same event within 7 days, and they talked",
        lambda facts: _was_at_an_event_lately(facts) and facts.talked,
        (Move.CONNECT,),
        _("You talked at %(event)s %(when)s."),
        _("Soon after meeting is the best moment."),
        context="event",
        naming="%(event)s",
    ),
    Row(
        "did_not_talk",
        "same event within 7 days, and they didn't talk",
        lambda facts: _was_at_an_event_lately(facts) and facts.talked is False,
        (Move.FOLLOW, Move.KEEP_FOLLOWING),
        _("You were both at %(event)s %(when)s, and didn’t talk."),
        _("It may be too soon to connect. Follow, answer what they write, and connect when you know each other a bit."),
    ),
    Row(
        "applied",
        "I applied to or interviewed with their employer (I say so)",
        lambda facts: facts.said == INTERVIEW or facts.has_applied,
        (Move.CONNECT,),
        _("You say that you applied or had an interview at %(employer)s."),
        _("Connecting keeps you in mind there. Say what you applied for."),
        context="interview",
    ),
    Row(
        "placed",
        "a recruiter who placed me once (I say so)",
        lambda facts: facts.said == PLACED,
        (Move.CONNECT,),
        _("You say that %(name)s placed you in a position once."),
        _("It is worth keeping in touch with whoever knows your work."),
        context="interview",
    ),
    Row(
        "agency",
        "agency recruiter, and I am looking",
        lambda facts: facts.recruits == "agency" and facts.is_looking,
        (Move.CONNECT,),
        _("%(name)s recruits for an agency, and your profile says that you look for a new position."),
        _("Agencies know of positions at many places. Say which kind of work you look for."),
        context="interview",
    ),
    Row(
        "in_house_and_looking",
        "in-house recruiter, and I am looking",
        lambda facts: facts.recruits == "in_house" and facts.is_looking,
        (Move.APPLY, Move.FOLLOW_ORGANIZATION, Move.FOLLOW, Move.KEEP_FOLLOWING),
        _("%(name)s recruits for %(organization)s, and your profile says that you look for a new position."),
        "",
    ),
    Row(
        "in_house",
        "in-house recruiter",
        lambda facts: facts.recruits == "in_house" and not facts.is_looking,
        (Move.FOLLOW_ORGANIZATION, Move.FOLLOW, Move.KEEP_FOLLOWING),
        _("%(name)s recruits for %(organization)s."),
        "",
    ),
    Row(
        "influencer",
        "at least 500 followers and five times as many as connections",
        lambda facts: (
            facts.followers >= MANY_FOLLOWERS and facts.followers >= FOLLOWERS_PER_CONNECTION * facts.connections
        ),
        (Move.FOLLOW, Move.KEEP_FOLLOWING),
        _("%(name)s has %(followers)s followers and %(connections)s connections."),
        _("Among so many a request is easily overlooked; what they publish reaches you all the same."),
    ),
    Row(
        "followed_organization",
        "works at an organization that I follow, and nothing shared",
        lambda facts: facts.follows_organization and not facts.is_anything_shared,
        (Move.FOLLOW, Move.KEEP_FOLLOWING),
        _("You follow %(organization)s, where %(name)s works."),
        _("What they write may give you something to talk about. Connect later."),
    ),
    Row(
        "nothing_shared",
        "nothing shared",
        lambda facts: not facts.is_anything_shared,
        (Move.FOLLOW, Move.KEEP_FOLLOWING),
        _("The site knows of nothing that you and %(name)s share yet."),
        _("Follow first, and connect later, when you have talked a few times."),
    ),
]

CONVERTING = Row(
    "converting",
    "I follow them, and we answered each other on at least 3 days within 60",
    lambda facts: facts.may_ask and facts.follows and facts.days_answered >= DAYS_ANSWERED,
    (Move.CONNECT,),
    _("You and %(name)s have answered each other on %(days)s days in the last two months."),
    _("You know each other by now, so a request won’t come out of the blue."),
)
"""From following to connecting: what happened here between two people tells more than what stands in their CVs."""

OTHERWISE = Row(
    "otherwise",
    "something is shared, but nothing of the above",
    lambda facts: True,
    (Move.FOLLOW, Move.KEEP_FOLLOWING),
    _("%(shared)s."),
    _("That is something to talk about. Follow first, and connect when you have talked a few times."),
)
"""Two people have something in common that no row of the table names."""


def _was_at_an_event_lately(facts: Facts) -> bool:
    return bool(facts.event) and facts.event_days_ago is not None and facts.event_days_ago <= SOON
