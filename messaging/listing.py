"""The list of a member's conversations, and what they find in it by words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.moments import short_moment
from accounts.written_once import NUMBERS, Among, WrittenOnce
from live.renewing import whole_pages
from messaging.models import Message, Seat
from messaging.words import words_in

LISTED = 20
"""Conversations, or messages that were found, on a page."""
AROUND = 60
"""Letters that are shown before a word that was found."""
SHOWN = 200
"""Letters of a message in a list."""

_EPOCH, _TICK = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


@dataclass(frozen=True)
class Place:
    """Where a page of the list ends: at which message, and whether among the unread ones that stand first.

    `begun_at` is when one began to read a list of those first: what was unread then goes on standing there, whatever
    one reads meanwhile.
    """

    message: int
    unread: bool = False
    begun_at: datetime | None = None

    def __str__(self) -> str:
        begun = f".{(self.begun_at - _EPOCH) // _TICK}" if self.begun_at else ""
        return f"{'u' if self.unread else ''}{self.message}{begun}"

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """Return the place that an address names; None for what we never wrote."""
        found = re.fullmatch(r"(u?)([0-9]{1,18})(?:\.([0-9]{1,17}))?", text)
        if found is None:
            return None
        begun_at = _EPOCH + int(found[3]) * _TICK if found[3] else None
        return cls(int(found[2]), unread=bool(found[1]), begun_at=begun_at)


@dataclass(kw_only=True)
class Entry:
    """A conversation in the list, or a message that was found. `other` is None if the reader may not see them."""

    conversation_id: int
    other: User | None
    name: str
    says: str | SafeString
    when: str
    unread: bool = False
    muted: bool = False
    archived: bool = False
    message_id: int | None = None


def list_page(
    member: User,
    *,
    archived: bool = False,
    unread_first: bool = False,
    after: Place | None = None,
    held: int = 0,
) -> tuple[list[Seat], Place | None]:
    """Return a page of the member's conversations, newest first, and where the next one begins.

    It is as long as needed for a page that holds so many already (`live.renewing`).
    """
    size = whole_pages(held, of=LISTED)
    if unread_first:
        return _unread_first(_seats(member, archived), after, size)
    if after is None:
        found = _first_page(archived, size).objects(member)
    else:
        found = list(_after(_seats(member, archived), after)[: size + 1])
    return found[:size], Place(found[size - 1].last_message_id or 0) if len(found) > size else None


def _unread_first(seats: QuerySet[Seat], after: Place | None, size: int) -> tuple[list[Seat], Place | None]:
    begun_at = after.begun_at if after else None
    now, unread, read = timezone.now(), seats.unread(at=begun_at), seats.read(at=begun_at)
    found = list(_after(unread, after)[: size + 1]) if after is None or after.unread else []
    standing_first = len(found)
    if standing_first <= size:
        found += _after(read, after if after and not after.unread else None)[: size + 1 - standing_first]
    if len(found) <= size:
        return found, None
    last = found[size - 1].last_message_id or 0
    return found[:size], Place(last, unread=size <= standing_first, begun_at=begun_at or now)


def _seats(member: User, archived: bool) -> QuerySet[Seat]:
    seats = Seat.objects.listed_for(member).filter(archived_at__isnull=not archived)
    return seats.select_related("conversation", "last_message")


@cache
def _first_page(archived: bool, size: int) -> WrittenOnce:
    return WrittenOnce(lambda member: _seats(member, archived)[: size + 1])


def _after(seats: QuerySet[Seat], place: Place | None) -> QuerySet[Seat]:
    return seats.filter(last_message_id__lt=place.message) if place else seats


def is_unread(seat: Seat) -> bool:
    return (seat.last_message_id or 0) > seat.read_up_to


def called(member: User, words: str) -> list[Seat]:
    """Return the newest of the member's conversations whose other side is called so, archived ones too."""
    named = User.objects.visible_to(member).named_like(words).exclude(pk=member.pk)
    either = Q(pk=OuterRef("conversation__low")) | Q(pk=OuterRef("conversation__high"))
    seats = Seat.objects.listed_for(member).filter(Exists(named.filter(either)))
    return list(seats.select_related("conversation", "last_message")[:LISTED])


def found(member: User, words: str, *, after: Place | None = None) -> tuple[list[Message], Place | None]:
    """Return the member's messages with all of `words`, newest first, and where the next page begins.

    They are sorted by a number that no index knows: PostgreSQL would else walk through everybody's newest messages,
    where the words are common, until it has met enough of the member's.
    """
    messages = Message.objects.visible_to(member).present().with_words(words, reader=member)
    if after:
        messages = messages.filter(pk__lt=after.message)
    rows = list(messages.select_related("conversation").order_by((F("pk") + 0).desc())[: LISTED + 1])
    return rows[:LISTED], Place(rows[LISTED - 1].pk) if len(rows) > LISTED else None


def others(rows: Iterable[Seat | Message], member: User) -> dict[int, User]:
    """Return by number those of the other sides whom the member may see."""
    numbers = {row.conversation.other_id(member) for row in rows}
    return {other.pk: other for other in _seen().objects(member, numbers=numbers - {None})}


@cache
def _seen() -> WrittenOnce:
    return WrittenOnce(lambda member: User.objects.visible_to(member).filter(Among(F("pk"), NUMBERS)))


def entries(seats: Iterable[Seat], member: User, seen: dict[int, User]) -> list[Entry]:
    """Return conversations as the list shows them."""
    return [
        Entry(
            **_side(seat, member, seen),
            says=_summary(seat.last_message, member),
            when=short_moment(seat.last_message.sent_at),
            unread=is_unread(seat),
            muted=seat.muted_at is not None,
            archived=seat.archived_at is not None,
        )
        for seat in seats
        if seat.last_message is not None
    ]


def hits(messages: Iterable[Message], member: User, seen: dict[int, User], words: str) -> list[Entry]:
    """Return messages that were found, each with the words in their place."""
    return [
        Entry(
            **_side(message, member, seen),
            says=_said(excerpt(message.text, words), mine=message.sender_id == member.pk),
            when=short_moment(message.sent_at),
            message_id=message.pk,
        )
        for message in messages
    ]


def _side(row: Seat | Message, member: User, seen: dict[int, User]) -> dict:
    other = seen.get(row.conversation.other_id(member) or 0)
    return {
        "conversation_id": row.conversation_id,
        "other": other,
        "name": other.name if other else _("A member"),
    }


def _summary(message: Message, member: User) -> str:
    if message.deleted_at:
        return _("Message deleted")
    says = message.text[:SHOWN] or _("A picture or a file")
    return _said(says, mine=message.sender_id == member.pk)


def _said(says: str, *, mine: bool) -> str:
    return format_html(_("You: {text}"), text=says) if mine else says


def excerpt(text: str, words: str) -> SafeString:
    """Return the piece of a text in which one of `words` begins a word for the first time, and marks that word."""
    wanted = tuple(words_in(words))
    for match in re.finditer(r"\S+", text):
        if any(word.startswith(wanted) for word in words_in(match[0])):
            return _marked(text, *match.span())
    return format_html("{}", text[:SHOWN])


def _marked(text: str, start: int, end: int) -> SafeString:
    begin = max(0, start - AROUND)
    if begin:
        begin = text.find(" ", begin, start) + 1 or start
    end = min(end, begin + SHOWN)
    before, after = text[begin:start], text[end : begin + SHOWN]
    return format_html(
        "{}{}<mark>{}</mark>{}{}",
        "…" if begin else "",
        before,
        text[start:end],
        after,
        "…" if begin + SHOWN < len(text) else "",
    )
