"""What stands between a viewer and another member: connection, requests, follows, and what either may do next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.db.models.functions import JSONObject

from accounts.models import User
from accounts.models.standing import FOR_GOOD
from accounts.written_once import NUMBERS, Among, WrittenOnce
from network.doors import DOORS_OF_ALL, WHAT_OPENS, Asking, Earlier, judge, open_door
from network.models import AskingPause, Connection, ConnectionRequest, Follow, Introduction, Mute
from network.named import full_name, naming, with_named

if TYPE_CHECKING:
    from network.advice import Advice


@dataclass(kw_only=True)
class Standing:
    """What one page or card says and offers about a member; `here` is the address to come back to.

    `question` and `answer` belong to the one open request, whoever sent it (§3.9).
    """

    member: User
    here: str = ""
    is_self: bool = False
    is_visitor: bool = False
    connected_at: datetime | None = None
    sent_at: datetime | None = None
    sent_pk: int | None = None
    received: dict | None = None
    question: str = ""
    answer: str = ""
    introduction: dict | None = None
    """The open introduction to the member that the viewer asked for, by what they may know of it (§5)."""
    introduced: dict | None = None
    """The open introduction by which the member was introduced to the viewer (§5)."""
    follows: bool = False
    quiet: bool = False
    muted_until: datetime | None = None
    follows_me: bool = False
    may_follow: bool = False
    asking: Asking | None = None
    asking_rests: bool = False
    """Whether the viewer may ask nobody for a while (§3.11)."""
    advice: Advice | None = None
    """What the site advises, where the page asks for it (`network.advice`)."""

    @property
    def may_ask(self) -> bool:
        """Whether a Connect button stands here; an open request of one's own may be asked anew in time (§3.6)."""
        return self.asking is not None and self.asking.allowed and not self.introduced

    @property
    def may_ask_now(self) -> bool:
        """Whether a request would go off today: what is offered as a way, or advised."""
        return self.may_ask and not self.asking_rests

    @property
    def may_question(self) -> bool:
        """Whether the viewer may still ask their one question about the request that they received (§3.9)."""
        return self.received is not None and not self.question and not self.received["unknown_at"]

    @property
    def may_message(self) -> bool:
        return self.connected_at is not None

    @property
    def may_endorse(self) -> bool:
        """Connections and open followers may (§2, §7)."""
        return self.connected_at is not None or (self.follows and not self.quiet)

    @property
    def muted_for_good(self) -> bool:
        return self.muted_until == FOR_GOOD

    @property
    def main(self) -> str:
        """The one main button: message, accept, introduced, connect or follow; empty if there is none here."""
        if self.connected_at:
            return "message"
        if self.received:
            return "accept"
        if self.introduced:
            return "introduced"
        if self.advice:
            return self.advice.move if self.advice.move in ("connect", "follow") else ""
        follow = self.may_follow and not self.follows
        if self.may_ask and not self.sent_pk and not (self.member.follow_first and follow):
            return "connect"
        return "follow" if follow else ""


def standing(member: User, *, viewer, here: str = "") -> Standing:
    """Return what stands between the viewer and one member, in one query."""
    (only,) = standings([member], viewer=viewer, here=here)
    return only.standing


def standings(members: Iterable[User], *, viewer, here: str = "") -> list[User]:
    """Set `standing` on each of `members`, in one query for all of them."""
    members = list(members)
    if not viewer.is_authenticated:
        for member in members:
            member.standing = Standing(member=member, here=here, is_visitor=True)
        return members
    facts = _facts([member for member in members if member.pk != viewer.pk], viewer)
    for member in members:
        if member.pk == viewer.pk:
            member.standing = Standing(member=member, here=here, is_self=True)
        else:
            member.standing = _standing(member, facts[member.pk], here=here)
    return members


_THROUGH = {"first_name": "through__first_name", "last_name": "through__last_name"}
_ASKED = JSONObject(**_THROUGH, **{name: name for name in ("pk", "asked_at", "passed_on_at", "may_name_at")})
_PASSED_ON = JSONObject(**_THROUGH, **{name: name for name in ("pk", "set_aside_at", "reason", "line")})


def _facts(others: list[User], viewer) -> dict[int, dict]:
    """Look up what stands between the viewer and each of the others.

    Whether a request of the viewer was declined is not asked; that the other doesn't know the viewer is, always, and
    only `judge` looks at it.
    """
    if not others:
        return {}
    if any(member.door in WHAT_OPENS for member in others):
        rows = _looked_up(User.objects.filter(pk__in={member.pk for member in others}), viewer)
        return {row["pk"]: row for row in rows.annotate(door_open=open_door(others, to=viewer))}
    doors = {member.pk: member.door in DOORS_OF_ALL for member in others}
    found = _looked_up_for_anybody().dicts(viewer, numbers=[*doors])
    return {row["pk"]: row | {"door_open": doors[row["pk"]]} for row in found}


@cache
def _looked_up_for_anybody() -> WrittenOnce:
    """The same of any members whose doors don't depend on what they share with the viewer."""
    return WrittenOnce(lambda viewer: _looked_up(User.objects.filter(Among(F("pk"), NUMBERS)), viewer))


def _looked_up(members, viewer):
    """What stands between the viewer and members, but for their doors."""
    requests = ConnectionRequest.objects.order_by("sent_at")
    connection = Connection.objects.filter(member=viewer, other=OuterRef("pk"))
    said = {name: name for name in ("pk", "sent_at", "note", "question", "answer", "later_on", "unknown_at")}
    asked = JSONObject(withdrawn_at="withdrawn_at", **said)
    received = JSONObject(context="context", declined_at="declined_at", named="named_seen", **said)
    to_me = with_named(requests.open().filter(sender=OuterRef("pk"), recipient=viewer), viewer)
    introductions = Introduction.objects.all()
    mine = introductions.asked_by(viewer).open().filter(to=OuterRef("pk"))
    for_me = introductions.introducing_to(viewer).filter(asker=OuterRef("pk")).order_by("reached_at")
    attempts = introductions.filter(asker=viewer, to=OuterRef("pk")).order_by().values("to")
    return members.values(
        "pk",
        connected_at=Subquery(connection.values("connected_at")),
        asked=ArraySubquery(requests.filter(sender=viewer, recipient=OuterRef("pk")).values(row=asked)),
        open_pk=Subquery(requests.open().filter(sender=viewer, recipient=OuterRef("pk")).values("pk")[:1]),
        received=ArraySubquery(to_me.values(row=received)),
        introduction=Subquery(mine.values(row=_ASKED)[:1]),
        introduced=Subquery(for_me.values(row=_PASSED_ON)[:1]),
        introductions=Subquery(attempts.values(number=Count("pk"))),
        follow=Subquery(
            Follow.objects.filter(follower=viewer, followed=OuterRef("pk")).values(row=JSONObject(quiet="quiet"))
        ),
        muted_until=Subquery(Mute.objects.standing().filter(member=viewer, other=OuterRef("pk")).values("muted_until")),
        follows_me=Exists(Follow.objects.open().filter(follower=OuterRef("pk"), followed=viewer)),
        asking_rests=Exists(AskingPause.objects.now().filter(member=viewer)),
    )


def _standing(member: User, fact: dict, *, here: str) -> Standing:
    sent = next((row for row in fact["asked"] if row["pk"] == fact["open_pk"]), {})
    follow = fact["follow"] or {}
    connected = fact["connected_at"] is not None
    received = _received(fact["received"][0], member) if fact["received"] and not connected else None
    return Standing(
        member=member,
        here=here,
        connected_at=fact["connected_at"],
        sent_pk=fact["open_pk"],
        sent_at=_moment(sent.get("sent_at")),
        received=received,
        question=(sent or received or {}).get("question", ""),
        answer=(sent or received or {}).get("answer", ""),
        introduction=None if connected else _introduction(fact["introduction"]),
        introduced=None if connected else _introduction(fact["introduced"]),
        follows=bool(follow),
        quiet=follow.get("quiet", False),
        muted_until=fact["muted_until"],
        follows_me=fact["follows_me"],
        may_follow=connected or member.followers_from == User.FollowersFrom.ANYONE,
        asking=None if connected else _asking(member, fact),
        asking_rests=fact["asking_rests"],
    )


def _asking(member: User, fact: dict) -> Asking:
    earlier = [
        Earlier(
            sent_at=datetime.fromisoformat(row["sent_at"]),
            withdrawn_at=_moment(row["withdrawn_at"]),
            note=row["note"],
            later_on=_day(row["later_on"]),
            unknown_at=_moment(row["unknown_at"]),
        )
        for row in fact["asked"]
    ]
    return judge(member, earlier, door_open=lambda: fact["door_open"], other_attempts=fact["introductions"] or 0)


def _received(row: dict, sender: User) -> dict:
    """An open request to the viewer; `is_set_aside` and the like are their own doing."""
    return row | {
        "sent_at": _moment(row["sent_at"]),
        "context": ConnectionRequest.Context(row["context"]).label,
        "naming": naming(row["named"], sender=sender),
        "later_on": _day(row["later_on"]),
        "is_set_aside": bool(row["declined_at"] or row["later_on"]),
    }


def _introduction(row: dict | None) -> dict | None:
    """An introduction as it comes from the database, with its moments, and the name of who was asked for it."""
    if row is None:
        return None
    return row | {key: _moment(value) for key, value in row.items() if key.endswith("_at")} | {"name": full_name(row)}


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
