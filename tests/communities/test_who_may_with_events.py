"""The table of events (product.md §2, §12): who sees what of one, and who may do what, every cell over HTTP."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from accounts.actions import block_member
from communities.actions import be_interested, follow_organization, join_group, renew_calendar_key, start_group
from communities.models import Attendance
from tests.communities.breakers import organization
from tests.factories import MemberFactory, move_event, put_up_event, seat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

LINK = "https://meet.example/secret"
CELLS = ("page", "listed", "attendees", "file", "answers", "link", "link in file", "subscribed", "link subscribed",
         "confirms", "edits", "cancels")  # fmt: skip
SEES = {"page", "listed", "attendees", "file", "answers"}
COMES = SEES | {"link", "link in file", "subscribed", "link subscribed", "confirms"}
HOSTS = SEES | {"link", "edits", "cancels"}
NOTHING: set[str] = set()

OF_A_MEMBER = {
    "host": HOSTS | {"subscribed"},
    "attendee": COMES,
    "waiting": SEES | {"subscribed"},
    "interested": SEES | {"subscribed"},
    "outsider": SEES,
    "blocked by the host": NOTHING,
    "blocker of the host": NOTHING,
    "visitor": {"page", "listed", "file"},
}
OF_AN_ORGANIZATION = {
    "who put it up": HOSTS | {"subscribed"},
    "another editor": HOSTS,
    "attendee": COMES,
    "follower": SEES,
    "outsider": SEES,
    "blocked by who put it up": SEES,
    "visitor": {"page", "listed", "file"},
}
OF_A_GROUP = {
    "who put it up": HOSTS | {"subscribed"},
    "another moderator": HOSTS,
    "attendee": COMES,
    "member of the group": SEES,
    "member who was let out": NOTHING,
    "outsider": NOTHING,
    "visitor": NOTHING,
}


class Scene:
    """An event of two seats with a private link, and everybody of a table."""

    def __init__(self, names, **fields):
        self.people = {name: MemberFactory(public=True) for name in names if name != "visitor"}
        self.people["visitor"] = AnonymousUser()
        self.host = self.people.get("host") or self.people["who put it up"]
        self.ona = MemberFactory(first_name="Ona")
        self.prepare(fields)
        self.event = put_up_event(self.host, link=LINK, capacity=2, **{"audience": "public"} | fields)
        seat(self.event, self.people["attendee"], self.ona)

    def prepare(self, fields):
        pass


class MembersEvent(Scene):
    def __init__(self):
        super().__init__(OF_A_MEMBER)
        seat(self.event, self.people["waiting"])
        be_interested(self.event, by=self.people["interested"])
        block_member(self.people["blocked by the host"], by=self.host)
        block_member(self.host, by=self.people["blocker of the host"])


class OrganizationsEvent(Scene):
    def __init__(self):
        super().__init__(OF_AN_ORGANIZATION)

    def prepare(self, fields):
        fields["organization"] = known = organization(audience="public")
        for editor in (self.host, self.people["another editor"]):
            known.roles.create(member=editor, role="editor")
        follow_organization(known, by=self.people["follower"])
        block_member(self.people["blocked by who put it up"], by=self.host)


class GroupsEvent(Scene):
    def __init__(self):
        super().__init__(OF_A_GROUP)
        self.event.group.memberships.filter(member=self.people["member who was let out"]).delete()

    def prepare(self, fields):
        fields["group"] = circle = start_group(by=self.host, name="Low water")
        for name in ("another moderator", "attendee", "member of the group", "member who was let out"):
            join_group(circle, by=self.people[name])
        join_group(circle, by=self.ona)
        circle.memberships.filter(member=self.people["another moderator"]).update(is_moderator=True)


def cells_of(scene: Scene, viewer, client) -> set[str]:
    """Try everything as a viewer; return what they could see and do."""
    event, may = scene.event, set()

    def address(name: str) -> str:
        return reverse(name, args=[event.slug])

    def get(path: str) -> str:
        answer = client.get(path)
        return answer.content.decode().replace("\r\n ", "") if answer.status_code == 200 else ""

    page, file = get(address("event")), get(address("event_calendar"))
    may |= {"page"} if page else set()
    may |= {"link"} if LINK in page else set()
    may |= {"file"} if file else set()
    may |= {"link in file"} if LINK in file else set()
    listing = get(reverse("events"))
    report = get(reverse("report", args=["event", event.pk]))
    assert LINK not in report + listing + get(reverse("events") + "?where=online") + get("/search/?q=river")
    may |= {"listed"} if address("event") in listing else set()
    may |= {"attendees"} if "Ona" in get(address("event_attendees")) else set()
    assert ("Ona" in page) is ("attendees" in may), "the page shows the list's beginning to the same people"
    if viewer.is_authenticated:
        calendar = get(reverse("calendar", args=[renew_calendar_key(by=viewer).key]))
        may |= {"subscribed"} if "BEGIN:VEVENT" in calendar else set()
        may |= {"link subscribed"} if LINK in calendar else set()
    before = list(Attendance.objects.order_by("pk").values())
    client.post(address("answer_event"), {"answer": "interested"})
    may |= {"answers"} if Attendance.objects.filter(member=viewer.pk, answer="interested").exists() else set()
    Attendance.objects.all().delete()
    Attendance.objects.bulk_create(Attendance(**row) for row in before)
    may |= {"edits"} if get(address("edit_event")) else set()
    move_event(event, starts_at=timezone.now() - timedelta(minutes=10))
    client.post(address("confirm_attendance"))
    may |= {"confirms"} if Attendance.objects.filter(member=viewer.pk, confirmed_at__isnull=False).exists() else set()
    client.post(address("cancel_event"))
    event.refresh_from_db()
    may |= {"cancels"} if event.cancelled_at else set()
    return may


@pytest.mark.parametrize(
    ("scene", "name"),
    [
        (scene, name)
        for scene, table in (
            (MembersEvent, OF_A_MEMBER),
            (OrganizationsEvent, OF_AN_ORGANIZATION),
            (GroupsEvent, OF_A_GROUP),
        )
        for name in table
    ],
    ids=str,
)
def test_who_sees_and_who_may(scene, name, as_member):
    tables = {MembersEvent: OF_A_MEMBER, OrganizationsEvent: OF_AN_ORGANIZATION, GroupsEvent: OF_A_GROUP}
    built = scene()
    viewer = built.people[name]
    found = cells_of(built, viewer, as_member(viewer))
    expected = tables[scene][name]
    assert {cell: cell in found for cell in CELLS} == {cell: cell in expected for cell in CELLS}


def test_an_event_for_members_is_not_there_for_visitors(as_member):
    event = put_up_event(MemberFactory(public=True))
    for name in ("event", "event_calendar"):
        assert as_member(AnonymousUser()).get(reverse(name, args=[event.slug])).status_code == 404


def test_a_link_is_read_no_more_by_whoever_gave_their_seat_back(as_member):
    event, guest = put_up_event(MemberFactory(), link=LINK), MemberFactory()
    seat(event, guest)
    browser, page = as_member(guest), reverse("event", args=[event.slug])
    assert LINK in browser.get(page).content.decode()
    browser.post(reverse("answer_event", args=[event.slug]), {"answer": "away"})
    assert LINK not in browser.get(page).content.decode()
