"""The advice on a profile, over HTTP: real facts, at most two reasons, and nothing that the viewer may not know."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from accounts.actions import block_member
from accounts.models import User
from accounts.models.standing import FOR_GOOD
from communities.actions import follow_organization, mark_applied, post_opening, start_organization
from communities.models import Belonging, OrganizationDomain
from network.advice import table
from network.models import AskingPause
from profiles.models import Education, Position
from tests.factories import MemberFactory, connect, follow, put_up_event, request, seat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

SAYS = "Is there something the site can’t know?"


def three_days_ago():
    return timezone.now().replace(hour=10) - timedelta(days=3)


def change(member: User, **fields) -> None:
    User.objects.filter(pk=member.pk).update(**fields)


def work_at_streamline(ines, *, proved: bool = False):
    """Ines works at Streamline, which has a page, and two openings."""
    boss = MemberFactory(first_name="Rahul")
    streamline = start_organization(by=boss, name="Streamline")
    Position.objects.create(member=ines, organization="Streamline", started_year=2020)
    about = {
        "text": "Code.",
        "place": "Lyon",
        "apply_email": "jobs@streamline.example",
        "closes_on": timezone.localdate(),
    }
    opening = post_opening(streamline, by=boss, title="Engineer", **about)
    if proved:
        domain = OrganizationDomain.objects.create(organization=streamline, domain="streamline.example")
        Belonging.objects.create(member=ines, organization=streamline, source="domain", domain=domain)
    return streamline, opening


def have_a_mutual_connection(ines, lina):
    for name in ("Tomasz", "Marco"):
        between = MemberFactory(first_name=name, last_name="Between")
        connect(between, ines)
        connect(between, lina)


def study_at_the_same_time(ines, lina):
    Education.objects.create(member=ines, school="Uppsala", started_year=2004, ended_year=2008)
    Education.objects.create(member=lina, school="Uppsala", started_year=2006, ended_year=2010)


def be_at_an_event(ines, lina):
    event = put_up_event(ines, "RiverConf", starts_at=three_days_ago())
    seat(event, ines, lina, confirmed=True)


def recruit_in_house(ines, lina):
    work_at_streamline(ines, proved=True)
    change(ines, recruiter="in_house")


def recruit_in_house_while_lina_looks(ines, lina):
    recruit_in_house(ines, lina)
    change(lina, looking_for="work")


def recruit_for_an_agency_while_lina_looks(ines, lina):
    change(ines, recruiter="agency")
    change(lina, looking_for="work")


def be_followed_by_many(ines, lina):
    for _number in range(5):
        follow(MemberFactory(), ines)


def work_where_lina_follows(ines, lina):
    follow_organization(work_at_streamline(ines)[0], by=lina)


def tick_an_application(ines, lina):
    mark_applied(work_at_streamline(ines)[1], by=lina)


def nothing(ines, lina):
    pass


# what happened before; what stands behind the address; what the page then says
SITUATIONS = {
    "follow_first": (
        lambda ines, lina: change(ines, follow_first=True),
        "",
        ["Follow Ines", "Ines asks people to follow first.", "Or ask to connect"],
    ),
    "mutual": (
        have_a_mutual_connection,
        "",
        [
            "Ask Marco Between to introduce you",
            "You both know Marco Between and 1 other.",
            "/in/ines/introduction/?through=marco",
            "Or ask to connect",
            "connect/?context=introduced",
        ],
    ),
    "together": (
        study_at_the_same_time,
        "",
        ["Connect with Ines", "Both list Uppsala, 2006–2008.", "connect/?context=studied", "Or follow Ines first"],
    ),
    "business": (
        nothing,
        "?said=business",
        ["You say that you did business together.", "connect/?context=business&said=business", "Take it back"],
    ),
    "event": (
        be_at_an_event,
        "",
        ["Did you and Ines talk?", "RiverConf 3 days ago", "?context=event&talked=yes&event=riverconf", "?talked=no"],
    ),
    "did_not_talk": (be_at_an_event, "?talked=no", ["Follow Ines", "and didn’t talk", "Or ask to connect"]),
    "applied": (
        lambda ines, lina: work_at_streamline(ines),
        "?said=interview",
        ["You say that you applied or had an interview at Streamline.", "connect/?context=interview"],
    ),
    "applied, by a tick": (tick_an_application, "", ["applied or had an interview at Streamline."]),
    "placed": (nothing, "?said=placed", ["You say that Ines placed you in a position once."]),
    "agency": (recruit_for_an_agency_while_lina_looks, "", ["Connect with Ines", "Ines recruits for an agency"]),
    "in_house": (recruit_in_house, "", ["Follow Streamline", "Ines recruits for Streamline.", "Or ask to connect"]),
    "in_house_and_looking": (
        recruit_in_house_while_lina_looks,
        "",
        ["Apply to Streamline first", "/organizations/streamline/openings/", "Follow Streamline too"],
    ),
    "influencer": (be_followed_by_many, "", ["Ines has 5 followers and 0 connections."]),
    "followed_organization": (work_where_lina_follows, "", ["You follow Streamline, where Ines works."]),
    "nothing_shared": (nothing, "", ["The site knows of nothing that you and Ines share yet.", SAYS, "?said=business"]),
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_profile_advises_by_what_is_really_so(as_member, ines, lina, monkeypatch, situation):
    monkeypatch.setattr(table, "MANY_FOLLOWERS", 5)
    happen, query, texts = SITUATIONS[situation]
    happen(ines, lina)
    answer = as_member(lina).get(f"/in/ines/{query}")
    advice = answer.context["standing"].advice
    assert advice.row == situation.partition(",")[0]
    assert 1 <= len(advice.reasons) <= 2
    page = unescape(answer.text)
    assert [text for text in texts if text not in page] == []
    assert page.count('id="advice"') == 1
    assert page.count('class="btn main"') <= 1


@pytest.mark.parametrize("situation", ["together", "nothing_shared", "influencer"])
def test_at_a_closed_door_nothing_leads_to_asking(as_member, ines, lina, monkeypatch, situation):
    monkeypatch.setattr(table, "MANY_FOLLOWERS", 5)
    SITUATIONS[situation][0](ines, lina)
    change(ines, door="nobody")
    page = unescape(as_member(lina).get("/in/ines/").text)
    assert "Follow Ines" in page
    assert "/in/ines/connect/" not in page
    assert SAYS not in page


def test_where_asking_rests_it_is_not_advised(as_member, ines, lina):
    study_at_the_same_time(ines, lina)
    now = timezone.now()
    AskingPause.objects.create(
        member=lina, set_at=now - timedelta(days=2), starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=6)
    )
    assert as_member(lina).get("/in/ines/").context["standing"].advice.move == "follow"


def hide_their_connections(tomasz, lina):
    change(tomasz, connections_audience="nobody")


def be_suspended(tomasz, lina):
    change(tomasz, suspended_until=FOR_GOOD)


def be_blocked(tomasz, lina):
    block_member(lina, by=tomasz)


@pytest.mark.parametrize("do", [hide_their_connections, be_suspended, be_blocked])
def test_a_mutual_connection_that_may_not_be_known_is_no_reason(as_member, ines, lina, tomasz, do):
    connect(tomasz, lina)
    assert "Tomasz" in as_member(lina).get("/in/ines/").text
    do(tomasz, lina)
    answer = as_member(lina).get("/in/ines/")
    assert answer.context["standing"].advice.row == "nothing_shared"
    assert "Tomasz" not in answer.text


def test_who_says_they_recruit_in_house_without_a_proof_is_not_taken_at_their_word(as_member, ines, lina):
    work_at_streamline(ines)
    change(ines, recruiter="in_house")
    assert as_member(lina).get("/in/ines/").context["standing"].advice.row == "nothing_shared"


def test_an_event_that_only_one_confirmed_is_no_common_ground(as_member, ines, lina):
    event = put_up_event(ines, "RiverConf", starts_at=three_days_ago())
    seat(event, ines, confirmed=True)
    seat(event, lina)
    assert "Did you and Ines talk?" not in unescape(as_member(lina).get("/in/ines/").text)


def test_nothing_is_advised_where_something_is_under_way(as_member, ines, tomasz, lina, amara, visitor):
    change(ines, profile_audience="public")
    request(lina, ines)
    request(ines, amara)
    for viewer in (ines, tomasz, lina, amara, visitor):
        assert 'id="advice"' not in as_member(viewer).get("/in/ines/?said=business&talked=no").text, viewer


@pytest.mark.parametrize(
    ("query", "context", "note"),
    [
        ("", None, ""),
        ("?context=studied", "studied", ""),
        ("?context=nonsense", None, ""),
        ("?context=event&talked=yes&event=riverconf", "event", "Hi Ines, it was good to talk with you at RiverConf."),
        ("?context=event&talked=yes&event=elsewhere", "event", ""),
        ("?context=studied&note=Buy&email=a@b.example&key=1", "studied", ""),
    ],
)
def test_the_page_to_ask_begins_with_what_is_known(as_member, ines, lina, query, context, note):
    be_at_an_event(ines, lina)
    elsewhere = put_up_event(ines, "Elsewhere", starts_at=three_days_ago())
    seat(elsewhere, ines, confirmed=True)
    form = as_member(lina).get(f"/in/ines/connect/{query}").context["form"]
    assert form.initial.get("context") == context
    assert form.initial.get("note", "").strip() == note
    assert "email" not in form.initial
    assert not form.errors


def test_the_page_to_ask_says_the_advice_shortly(as_member, ines, lina):
    be_at_an_event(ines, lina)
    page = unescape(as_member(lina).get("/in/ines/connect/?context=event&talked=yes&event=riverconf").text)
    assert "Connect, and name RiverConf" in page
    assert "You talked at RiverConf 3 days ago." in page
    change(ines, follow_first=True)
    assert "Ines asks people to follow first." in unescape(as_member(lina).get("/in/ines/connect/").text)
