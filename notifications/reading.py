"""A page of one's notices, each with what it says and where it leads: all, those unread, or those of a family."""

from dataclasses import dataclass
from functools import cache, lru_cache

from django.db.models import BigIntegerField, F, QuerySet

from accounts.models import User
from accounts.moments import short_moment
from accounts.written_once import NUMBERS, Among, WrittenOnce
from notifications.kinds import KINDS, Family, Kind, of_family
from notifications.models import Notice

PAGE = 20
MOST = BigIntegerField.MAX_BIGINT
UNREAD = "unread"


@dataclass
class Line:
    """A notice as its reader sees it."""

    notice: Notice
    sentence: str
    icon: str
    remark: str
    quote: str
    address: str
    when: str


def read_page(member: User, *, show: str = "", before: int | None = None) -> tuple[list[Line], int | None]:
    """Return the newest notices (older than the one numbered `before`), and where the next page begins.

    `show` narrows them to those that are `UNREAD` or to a family.

    One query for the notices and one for each kind among them, however many there are.
    """
    found = _page(show, tuple(KINDS.values())).objects(member, number=MOST if before is None else before)
    page = found[:PAGE]
    return lines_of(page, member), page[-1].pk if len(found) > PAGE else None


def lines_of(notices: list[Notice], member: User) -> list[Line]:
    """Return what a member's notices say, by one query for each kind among them."""
    subjects = _subjects(notices, member)
    return [_line(notice, subjects[notice.kind, notice.subject_id]) for notice in notices]


def _subjects(notices: list[Notice], member: User) -> dict:
    subjects = {}
    for slug in {notice.kind for notice in notices}:
        wanted = [notice.subject_id for notice in notices if notice.kind == slug]
        found = _subjects_of(KINDS[slug]).objects(member, numbers=wanted)
        subjects |= {(slug, subject.pk): subject for subject in found}
    return subjects


@lru_cache(maxsize=10)
def _page(show: str, kinds: tuple) -> WrittenOnce:
    """The notices older than a number, as long as the kinds are the same, which is always but in tests."""

    def query(member, number) -> QuerySet[Notice]:
        notices = Notice.objects.visible_to(member).filter(pk__lt=number).select_related("actor").order_by("-id")
        if show == UNREAD:
            notices = notices.unread()
        elif show:
            notices = notices.filter(kind__in=[kind.slug for kind in of_family(Family(show))])
        return notices[: PAGE + 1]

    return WrittenOnce(query)


@cache
def _subjects_of(kind: Kind) -> WrittenOnce:
    return WrittenOnce(lambda member: kind.subjects_visible_to(member).filter(Among(F("pk"), NUMBERS)))


def _line(notice: Notice, subject) -> Line:
    kind = KINDS[notice.kind]
    return Line(
        notice=notice,
        sentence=kind.told(notice.actor, subject),
        icon=kind.icon,
        remark=str(kind.remark(subject)),
        quote=kind.quote(subject),
        address=kind.address(subject),
        when=short_moment(notice.created_at),
    )


def where_to(notice: Notice) -> str:
    """Return where a notice leads that its recipient sees."""
    kind = KINDS[notice.kind]
    return kind.address(kind.subjects_visible_to(notice.recipient).get(pk=notice.subject_id))
