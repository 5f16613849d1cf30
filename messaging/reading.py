"""What a member reads: the list of their conversations, and one conversation from its end backwards."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.moments import day_in_words, short_moment
from accounts.names import fold
from accounts.words import as_html
from messaging.models import CHANGEABLE_FOR, Conversation, Message, Seat

LISTED = 20
"""Conversations on a page of the list."""
SHOWN = 30
"""Messages on a page of a conversation."""
CAUGHT_UP = 300
"""Messages at the most that a page that stays open keeps up to date."""


@dataclass(kw_only=True)
class Entry:
    """A conversation in the list. `other` is None if the reader may not see them (any longer)."""

    seat: Seat
    other: User | None
    name: str
    says: str
    when: str
    unread: bool
    message_id: int | None = None


@dataclass(kw_only=True)
class Line:
    """A message as its reader sees it. `day` is said where a new one begins."""

    message: Message
    mine: bool
    text: SafeString
    when: str
    day: str
    changeable: bool
    read: bool


@dataclass(kw_only=True)
class Thread:
    """A stretch of a conversation. `state` changes whenever anything in it would look different."""

    lines: list[Line]
    earlier: int | None
    later: bool
    state: str

    @property
    def first(self) -> int:
        return self.lines[0].message.pk if self.lines else 0

    @property
    def last(self) -> int:
        return self.lines[-1].message.pk if self.lines else 0


def seat_of(member: User) -> QuerySet[Seat]:
    """The member's seats, each with what its conversation's page needs to know of the other side."""
    theirs = (
        Seat.objects.filter(conversation=OuterRef("conversation"), member__read_receipts=True)
        .filter(member__in=User.objects.visible_to(member))
        .exclude(member=member)
    )
    return (
        Seat.objects.filter(member=member, conversation__in=Conversation.objects.visible_to(member))
        .select_related("conversation")
        .annotate(
            writable=Exists(Conversation.objects.writable_by(member).filter(pk=OuterRef("conversation"))),
            read_by_other=Subquery(theirs.values("read_up_to")[:1])
            if member.read_receipts
            else Value(None, output_field=BigIntegerField()),
        )
    )


def list_page(
    member: User, *, archived: bool = False, words: str = "", before: int | None = None
) -> tuple[list[Seat], int | None]:
    """Return a page of the member's conversations, newest first, and where the next one begins."""
    seats = Seat.objects.listed_for(member).select_related("conversation", "last_message")
    seats = _with_words(seats, words, member) if words else seats.filter(archived_at__isnull=not archived)
    if before is not None:
        seats = seats.filter(last_message_id__lt=before)
    found = list(seats[: LISTED + 1])
    page = found[:LISTED]
    return page, page[-1].last_message_id if len(found) > LISTED else None


def _with_words(seats: QuerySet[Seat], words: str, member: User) -> QuerySet[Seat]:
    """Those in which the words were written, or whose other side is called so; archived ones too."""
    folded = fold(words)
    if not folded:
        return seats.none()
    written = Message.objects.present().filter(conversation=OuterRef("conversation"), text_folded__contains=folded)
    called = User.objects.visible_to(member).named_like(words).exclude(pk=member.pk)
    return seats.annotate(hit=Subquery(written.order_by("-id").values("pk")[:1])).filter(
        Q(hit__isnull=False) | Q(conversation__low__in=called) | Q(conversation__high__in=called)
    )


def others(seats: Iterable[Seat], member: User) -> dict[int, User]:
    """Return by number those of the other sides whom the member may see."""
    numbers = {seat.conversation.other_id(member) for seat in seats}
    return User.objects.visible_to(member).in_bulk([number for number in numbers if number is not None])


def entries(seats: Sequence[Seat], member: User, seen: dict[int, User]) -> list[Entry]:
    """Return the conversations as the list shows them; where words were looked for, with the message that has them."""
    hits = {seat.pk: hit for seat in seats if (hit := getattr(seat, "hit", None))}
    messages = Message.objects.in_bulk(list(hits.values())) if hits else {}
    return [_entry(seat, member, seen, messages.get(hits.get(seat.pk, 0))) for seat in seats]


def _entry(seat: Seat, member: User, seen: dict[int, User], hit: Message | None) -> Entry:
    message = hit or seat.last_message
    other = seen.get(seat.conversation.other_id(member) or 0)
    return Entry(
        seat=seat,
        other=other,
        name=other.name if other else _("A member"),
        says=_summary(message, mine=message.sender_id == member.pk),
        when=short_moment(message.sent_at),
        unread=(seat.last_message_id or 0) > seat.read_up_to,
        message_id=hit.pk if hit else None,
    )


def _summary(message: Message, *, mine: bool) -> str:
    if message.deleted_at:
        return _("Message deleted")
    return _("You: %(text)s") % {"text": message.text[:200]} if mine else message.text[:200]


def newest(seat: Seat, member: User, *, since: int | None = None) -> Thread:
    """Return the end of a conversation; or, for a page that is open already, everything from `since` on."""
    messages = seat.conversation.messages.order_by("-id")
    if since is not None:
        return _thread(seat, member, list(messages.filter(pk__gte=since)[:CAUGHT_UP]), earlier=None)
    found = list(messages[: SHOWN + 1])
    return _thread(seat, member, found[:SHOWN], earlier=found[SHOWN - 1].pk if len(found) > SHOWN else None)


def older(seat: Seat, member: User, *, before: int) -> Thread:
    """Return the messages before the one numbered `before`."""
    found = list(seat.conversation.messages.filter(pk__lt=before).order_by("-id")[: SHOWN + 1])
    earlier = found[SHOWN - 1].pk if len(found) > SHOWN else None
    return _thread(seat, member, found[:SHOWN], earlier=earlier, later=True)


def around(seat: Seat, member: User, *, at: int) -> Thread:
    """Return the messages around the one numbered `at`."""
    after = list(seat.conversation.messages.filter(pk__gt=at).order_by("id")[: SHOWN // 3])
    if len(after) < SHOWN // 3:
        return newest(seat, member)
    return older(seat, member, before=after[-1].pk + 1)


def _thread(seat: Seat, member: User, messages: list[Message], *, earlier: int | None, later: bool = False) -> Thread:
    messages = messages[::-1]
    read_id = _last_read(messages, member, seat.read_by_other or 0)
    lines: list[Line] = []
    for message in messages:
        day = day_in_words(message.sent_at)
        new_day = not lines or day != day_in_words(lines[-1].message.sent_at)
        mine = message.sender_id == member.pk
        lines.append(
            Line(
                message=message,
                mine=mine,
                text=as_html(message.text),
                when=short_time(message),
                day=day if new_day else "",
                changeable=seat.writable and mine and _is_changeable(message),
                read=message.pk == read_id,
            )
        )
    return Thread(lines=lines, earlier=earlier, later=later, state=_state(lines))


def short_time(message: Message) -> str:
    """The time of day; the day itself stands above."""
    return f"{timezone.localtime(message.sent_at):%H:%M}"


def _is_changeable(message: Message) -> bool:
    """The same as the scope `changeable_by`, for one's own message in a conversation that is open for writing."""
    return message.deleted_at is None and message.sent_at > timezone.now() - CHANGEABLE_FOR


def _last_read(messages: list[Message], member: User, read_up_to: int) -> int:
    """The number of one's newest message that the other has read."""
    read = [message.pk for message in messages if message.sender_id == member.pk and message.pk <= read_up_to]
    return max(read, default=0)


def _state(lines: list[Line]) -> str:
    shown = [
        (line.message.pk, str(line.message.edited_at), bool(line.message.deleted_at), line.changeable, line.read)
        for line in lines
    ]
    return hashlib.blake2b(repr(shown).encode(), digest_size=8).hexdigest()
