"""One conversation as a member reads it: from its end, from the first unread message, or from somewhere in it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.safestring import SafeString

from accounts.models import User
from accounts.moments import day_in_words
from accounts.words import as_html
from accounts.written_once import WrittenOnce
from messaging.attached import Shown, files_of_messages, shown
from messaging.models import CHANGEABLE_FOR, Conversation, Message, Seat
from messaging.models.message import said_before

SHOWN = 30
"""Messages on a page of a conversation."""
CONTEXT = 5
"""Messages that stand before the first unread one."""
CAUGHT_UP = 300
"""Messages at the most that a page that stays open keeps up to date."""


@dataclass(kw_only=True)
class Line:
    """A message as its reader sees it. `day` is said where a new one begins; `new` stands over the first unread."""

    message: Message
    mine: bool
    text: SafeString
    files: list[Shown]
    when: str
    day: str
    changeable: bool
    reportable: bool
    read: bool
    new: bool
    pitch: bool


@dataclass(kw_only=True)
class Thread:
    """A stretch of a conversation. `state` changes whenever anything in it would look different.

    `earlier` and `later` are the messages before and after which there is more; `whole` says that nothing unread
    stands before it.
    """

    lines: list[Line]
    earlier: int | None
    later: int | None
    state: str
    whole: bool

    @property
    def first(self) -> int:
        return self.lines[0].message.pk if self.lines else 0

    @property
    def last(self) -> int:
        return self.lines[-1].message.pk if self.lines else 0


def seat_of(member: User, pk: int) -> Seat:
    """Return the member's seat in a conversation, with what its page needs to know of the other side.

    Raises Seat.DoesNotExist.
    """
    found = _seat().objects(member, number=pk) if pk <= BigIntegerField.MAX_BIGINT else []
    if not found:
        raise Seat.DoesNotExist
    return found[0]


@cache
def _seat() -> WrittenOnce:
    return WrittenOnce(lambda member, number: _seats(member).filter(conversation=number))


def _seats(member: User) -> QuerySet[Seat]:
    told = Exists(User.objects.filter(pk=member.pk, read_receipts=True))
    theirs = Seat.objects.filter(told, conversation=OuterRef("conversation"), member__read_receipts=True)
    return (
        Seat.objects.filter(member=member, conversation__in=Conversation.objects.visible_to(member))
        .select_related("conversation")
        .annotate(
            writable=Exists(Conversation.objects.writable_by(member).filter(pk=OuterRef("conversation"))),
            read_by_other=Subquery(theirs.exclude(member=member).values("read_up_to")[:1]),
        )
    )


def opened(seat: Seat, member: User) -> Thread:
    """Return the end of a conversation; or, if more is unread than that, the stretch with the first unread message."""
    found = _newest().objects(member, number=seat.conversation_id)
    if len(found) <= SHOWN or found[SHOWN - 1].pk <= seat.read_up_to:
        return _thread(seat, member, found[SHOWN - 1 :: -1], earlier=len(found) > SHOWN, marks_new=True)
    before = _messages(seat.conversation_id).filter(pk__lte=seat.read_up_to).order_by("-id")[: CONTEXT + 1]
    new = _messages(seat.conversation_id).filter(pk__gt=seat.read_up_to).order_by("id")[: SHOWN - CONTEXT + 1]
    both = sorted(before.union(new, all=True), key=lambda message: message.pk)
    earlier = sum(message.pk <= seat.read_up_to for message in both) > CONTEXT
    messages = both[1:] if earlier else both
    later = sum(message.pk > seat.read_up_to for message in both) > SHOWN - CONTEXT
    messages = messages[:-1] if later else messages
    return _thread(seat, member, messages, earlier=earlier, later=later, marks_new=True)


def newest(seat: Seat, member: User) -> Thread:
    """Return the end of a conversation for whoever asks for it: what stands before counts as read."""
    found = _newest().objects(member, number=seat.conversation_id)
    return _thread(seat, member, found[SHOWN - 1 :: -1], earlier=len(found) > SHOWN, whole=True)


def since(seat: Seat, member: User, *, first: int) -> Thread:
    """Return everything from a message on, for a page that is open already."""
    found = list(_messages(seat.conversation_id).filter(pk__gte=first).order_by("-id")[:CAUGHT_UP])
    return _thread(seat, member, found[::-1], whole=True)


def older(seat: Seat, member: User, *, before: int) -> Thread:
    """Return the messages before the one numbered `before`."""
    found = list(_messages(seat.conversation_id).filter(pk__lt=before).order_by("-id")[: SHOWN + 1])
    return _thread(seat, member, found[SHOWN - 1 :: -1], earlier=len(found) > SHOWN, later=True)


def newer(seat: Seat, member: User, *, after: int) -> Thread:
    """Return the messages after the one numbered `after`."""
    found = list(_messages(seat.conversation_id).filter(pk__gt=after).order_by("id")[: SHOWN + 1])
    whole = after <= seat.read_up_to
    return _thread(seat, member, found[:SHOWN], earlier=True, later=len(found) > SHOWN, whole=whole)


def around(seat: Seat, member: User, *, at: int) -> Thread:
    """Return the messages around the one numbered `at`, which stands in the first third of what follows it."""
    after = list(_messages(seat.conversation_id).filter(pk__gt=at).order_by("id")[: SHOWN // 3 + 1])
    before = list(_messages(seat.conversation_id).filter(pk__lte=at).order_by("-id")[: SHOWN + 1])
    more = len(after) > SHOWN // 3
    after = after[: SHOWN // 3]
    kept = SHOWN - len(after)
    messages = before[kept - 1 :: -1] + after
    return _thread(seat, member, messages, earlier=len(before) > kept, later=more)


def _messages(conversation: int) -> QuerySet[Message]:
    said = Message.objects.filter(conversation=conversation)
    return said.annotate(has_files=files_of_messages(), said_before=said_before())


@cache
def _newest() -> WrittenOnce:
    return WrittenOnce(lambda member, number: _messages(number).order_by("-id")[: SHOWN + 1])


def _thread(
    seat: Seat,
    member: User,
    messages: Sequence[Message],
    *,
    earlier: bool = False,
    later: bool = False,
    whole: bool = False,
    marks_new: bool = False,
) -> Thread:
    read_by_other = seat.read_by_other if seat.writable else None  # what is read after the end is told nobody
    read_up_to = read_by_other or 0
    is_further_down = later and messages and read_up_to >= messages[-1].pk
    read_id = 0 if is_further_down else _last_read(messages, member, read_up_to)
    new_id = next((each.pk for each in messages if each.pk > seat.read_up_to), 0) if marks_new else 0
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
                files=shown(message),
                when=short_time(message),
                day=day if new_day else "",
                changeable=seat.writable and mine and _is_changeable(message),
                reportable=not mine and (message.deleted_at is None or message.said_before),
                read=message.pk == read_id,
                new=message.pk == new_id,
                pitch=seat.writable and message.pk == seat.pitch_id,
            )
        )
    first, last = (messages[0].pk, messages[-1].pk) if messages else (0, 0)
    return Thread(
        lines=lines,
        earlier=first if earlier else None,
        later=last if later else None,
        state=_state(lines),
        whole=whole or not earlier or first <= seat.read_up_to,
    )


def short_time(message: Message) -> str:
    """The time of day; the day itself stands above."""
    return f"{timezone.localtime(message.sent_at):%H:%M}"


def _is_changeable(message: Message) -> bool:
    """The same as the scope `changeable_by`, for one's own message in a conversation that is open for writing."""
    return message.deleted_at is None and message.sent_at > timezone.now() - CHANGEABLE_FOR


def _last_read(messages: Sequence[Message], member: User, read_up_to: int) -> int:
    """The number of one's newest message that the other has read."""
    read = [message.pk for message in messages if message.sender_id == member.pk and message.pk <= read_up_to]
    return max(read, default=0)


def _state(lines: list[Line]) -> str:
    looks = [
        (each.message.pk, str(each.message.edited_at), each.changeable, each.reportable, each.read, each.pitch)
        for each in lines
    ]
    return hashlib.blake2b(repr(looks).encode(), digest_size=8).hexdigest()
