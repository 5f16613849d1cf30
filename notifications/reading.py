"""A page of one's notices, each with what it says and where it leads: all, those unread, or those of a family."""

from dataclasses import dataclass

from accounts.models import User
from accounts.moments import short_moment
from notifications.kinds import KINDS, Family, of_family
from notifications.models import Notice

PAGE = 20
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
    notices = Notice.objects.visible_to(member).select_related("actor").order_by("-id")
    if show == UNREAD:
        notices = notices.unread()
    elif show:
        notices = notices.filter(kind__in=[kind.slug for kind in of_family(Family(show))])
    if before is not None:
        notices = notices.filter(pk__lt=before)
    found = list(notices[: PAGE + 1])
    page = found[:PAGE]
    subjects = _subjects(page, member)
    lines = [_line(notice, subjects[notice.kind, notice.subject_id]) for notice in page]
    return lines, page[-1].pk if len(found) > PAGE else None


def _subjects(notices: list[Notice], member: User) -> dict:
    subjects = {}
    for slug in {notice.kind for notice in notices}:
        wanted = [notice.subject_id for notice in notices if notice.kind == slug]
        found = KINDS[slug].subjects_visible_to(member).filter(pk__in=wanted)
        subjects |= {(slug, subject.pk): subject for subject in found}
    return subjects


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
