"""The profile page: what it shows, and what it costs."""

import pytest

from accounts.actions import change_handle
from accounts.models import FormerHandle
from feed.models import Post
from profiles.models import ContactDetail, Education, Interest, Language, Position, Skill
from tests.factories import MemberFactory, connect, follow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

MOST_QUERIES = 22


def fill(member, each: int) -> None:
    """Give a member `each` of everything."""
    for number in range(each):
        Position.objects.create(member=member, title=f"Post {number}", organization=f"Works {number // 2}")
        Education.objects.create(member=member, school=f"School {number}", started_year=1990)
        Skill.objects.create(member=member, name=f"Skill {number}")
        Interest.objects.create(member=member, name=f"Interest {number}")
        Language.objects.create(member=member, name=f"Language {number}", level="fluent")
        ContactDetail.objects.create(member=member, kind="email", value=f"m{number}@example.net", audience="members")
        Post.objects.create(author=member, text=f"Update {number}", audience="public")


def test_it_says_who_somebody_is(as_member, lina, ines):
    ines.headline, ines.place, ines.about = "River chemist", "Lyon", "I count nitrates.\n\nAsk me about rain."
    ines.looking_for, ines.recruiter = "clients", "agency"
    ines.save()
    fill(ines, 1)
    page = as_member(lina).get("/in/ines/").content.decode()
    for text in ["Ines Moreau", "River chemist", "Lyon", "<p>Ask me about rain.</p>", "Post 0", "Works 0", "School 0",
                 "1990 – now", "Skill 0", "Interest 0", "Language 0 · Fluent", "mailto:m0@example.net",
                 "Looking for: Clients", "Agency recruiter"]:  # fmt: skip
        assert text in page
    assert page.count("<h1") == 1


def test_what_a_member_wrote_is_text_and_never_markup(as_member, lina, ines):
    evil = "<script>alert(1)</script>"
    ines.headline = ines.about = ines.place = evil
    ines.save()
    Position.objects.create(member=ines, organization=evil, description=evil)
    Skill.objects.create(member=ines, name=evil)
    ContactDetail.objects.create(member=ines, kind="website", value="javascript:alert(1)", audience="public")
    page = as_member(lina).get("/in/ines/").content.decode()
    assert evil not in page
    assert 'href="javascript:' not in page


def test_links_lend_nobody_the_sites_name(as_member, lina, ines):
    ContactDetail.objects.create(member=ines, kind="website", value="https://ines.example", audience="members")
    ContactDetail.objects.create(member=ines, kind="phone", value="+33 (4) 78", audience="members")
    page = as_member(lina).get("/in/ines/").content.decode()
    assert '<a href="https://ines.example" rel="nofollow ugc noopener">ines.example</a>' in page
    assert '<a href="tel:+33478" rel="nofollow ugc noopener">' in page


def test_the_preferred_contact_detail_stands_first(as_member, lina, ines):
    ContactDetail.objects.create(member=ines, kind="email", value="first@example.net", audience="members")
    ContactDetail.objects.create(
        member=ines, kind="email", value="best@example.net", audience="members", preferred=True
    )
    page = as_member(lina).get("/in/ines/").content.decode()
    assert page.index("best@example.net") < page.index("first@example.net")


def test_positions_at_one_organization_stand_together_and_the_current_one_first(as_member, lina, ines):
    Position.objects.create(member=ines, title="Chemist", organization="Eau", started_year=2010, ended_year=2013)
    Position.objects.create(member=ines, title="Head", organization="EAU", started_year=2013, started_month=3)
    Position.objects.create(member=ines, title="Student", organization="Lab", started_year=2008, ended_year=2008)
    page = as_member(lina).get("/in/ines/").content.decode()
    assert page.index("March 2013 – now") < page.index("2010 – 2013") < page.index("<small>2008</small>")
    assert page.count(">EAU") == 1


def test_totals_are_one_number_for_every_viewer(as_member, ines, tomasz, amara, lina, vera):
    hidden = MemberFactory(connections_audience="nobody")
    connect(ines, hidden)
    follow(MemberFactory(), ines, quiet=True)
    connect(ines, MemberFactory(first_name="Gone"))
    leaving = ines.connections.get(other__first_name="Gone").other
    leaving.suspended_until = vera.suspended_until
    leaving.save()
    lina_blocked_by = MemberFactory()
    connect(ines, lina_blocked_by)
    from accounts.actions import block_member

    block_member(lina, by=lina_blocked_by)
    for viewer in (ines, tomasz, amara, lina):
        page = as_member(viewer).get("/in/ines/").content.decode()
        assert "3 connections" in page, viewer.first_name
        assert "4 followers" in page, viewer.first_name


def test_a_changed_handle_leads_on_to_the_current_one(as_member, lina, ines):
    FormerHandle.objects.create(handle="ines-m", member=ines)
    response = as_member(lina).get("/in/ines-m/")
    assert (response.status_code, response["Location"]) == (302, "/in/ines/")


def test_an_address_in_capitals_leads_to_the_real_one(as_member, lina, ines):
    assert as_member(lina).get("/in/Ines/")["Location"] == "/in/ines/"


@pytest.mark.parametrize("viewer", ["bill", "jorge", "visitor"])
def test_a_former_handle_of_somebody_unseen_leads_nowhere(as_member, cast, viewer):
    FormerHandle.objects.create(handle="ines-m", member=cast["ines"])
    client = as_member(cast[viewer])
    gone, never = client.get("/in/ines-m/"), client.get("/in/never-there/")
    assert gone.status_code == never.status_code == 404


@pytest.mark.parametrize(
    ("viewer", "seen"),
    [("ines", "abc"), ("tomasz", "abc"), ("amara", "ab"), ("lina", "ab"), ("visitor", "a")],
)
def test_the_latest_posts_are_those_that_the_viewer_may_see(as_member, cast, viewer, seen):
    ines = cast["ines"]
    type(ines).objects.filter(pk=ines.pk).update(profile_audience="public")
    for letter, audience in (("a", "public"), ("b", "members"), ("c", "connections")):
        Post.objects.create(author=ines, text=f"update-{letter}", audience=audience)
    page = as_member(cast[viewer]).get("/in/ines/").content.decode()
    assert [letter for letter in "abc" if f"update-{letter}" in page] == list(seen)


@pytest.mark.parametrize("viewer", ["ines", "tomasz", "lina", "visitor"])
def test_it_costs_the_same_for_little_and_for_much(as_member, cast, django_assert_max_num_queries, viewer):
    ines, client = cast["ines"], as_member(cast[viewer])
    type(ines).objects.filter(pk=ines.pk).update(profile_audience="public")
    client.get("/in/ines/")
    counts = []
    for more in (1, 50):
        fill_from(ines, more)
        with django_assert_max_num_queries(MOST_QUERIES) as queries:
            assert client.get("/in/ines/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def fill_from(member, each: int) -> None:
    for model in (Position, Education, Skill, Interest, Language, ContactDetail):
        model.objects.filter(member=member).delete()
    Post.objects.filter(author=member).delete()
    fill(member, each)


def test_a_handle_taken_back_leads_browsers_in_no_circle(as_member, lina, ines):
    FormerHandle.objects.create(handle="ines-m", member=ines)
    browser = as_member(lina)
    assert browser.get("/in/ines-m/").status_code == 302  # a browser would keep 301 for ever
    change_handle("ines-m", by=ines)
    assert browser.get("/in/ines-m/").status_code == 200
    assert browser.get("/in/ines/").status_code == 302
