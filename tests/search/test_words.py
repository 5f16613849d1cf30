"""By what members are found: every part of a profile, at once, whoever writes it and in whichever way."""

from uuid import uuid4

import pytest
from django.db import connection

from accounts.actions import claim_account, create_member
from accounts.audiences import Audience
from accounts.models import User
from network.models import Connection
from profiles.actions import add_entry, add_word, change_profile, delete_from_profile, edit_entry
from profiles.models import ContactDetail, Education, Interest, Position, Skill
from search.models import FormerWords, MemberWords
from search.people import find_people, nearest
from search.wanted import Wanted, matching
from tests.communities.breakers import organization
from tests.factories import MemberFactory, UnclaimedFactory, connect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]


def found(viewer, **wanted) -> list[str]:
    people, _more = find_people(Wanted(**wanted), viewer=viewer, most=50)
    return [member.handle for member in people]


def test_each_part_of_a_profile_finds_its_member_and_no_longer_when_it_is_gone(lina, ines):
    change_profile(ines, by=ines, headline="Gauges", place="Besançon")
    job = add_entry(Position, by=ines, key=uuid4(), title="Hydrologist", organization="River Authority")
    study = add_entry(Education, by=ines, key=uuid4(), school="Uppsala", degree="Geodesy")
    skill, interest = add_word(Skill, by=ines, name="C++"), add_word(Interest, by=ines, name="Ice")
    for words in ("gaug", "besanc", "hydro", "river auth", "uppsala", "geod", "c++", "ice", "ines gaug upps ice"):
        assert found(lina, words=words) == ["ines"], words
    edit_entry(job, by=ines, organization="Port of Lyon", title="")
    assert found(lina, words="river") == []
    assert found(lina, words="port") == ["ines"]
    for part in (job, study, skill, interest):
        delete_from_profile(part, by=ines)
    change_profile(ines, by=ines, headline="", place="")
    for words in ("port", "upps", "c++", "ice", "gaug", "besanc"):
        assert found(lina, words=words) == [], words


@pytest.mark.parametrize(
    "fields",
    [{"kind": "email", "value": "secretword@example.com"}, {"kind": "other", "value": "secretword"}],
)
def test_contact_details_and_the_address_one_signs_in_with_find_nobody(lina, ines, fields):
    ContactDetail.objects.create(member=ines, audience="public", **fields)
    change_profile(ines, by=ines, about="secretword")
    for words in ("secretword", "example.com", "ines@example.com"):
        assert found(lina, words=words) == [], words


def test_rows_written_past_the_actions_count_too(lina, ines):
    Skill.objects.bulk_create([Skill(member=ines, name="Sediment"), Skill(member=ines, name="Turbidity")])
    assert found(lina, words="sedim turb") == ["ines"]
    Skill.objects.all().delete()
    assert found(lina, words="sedim") == []


def test_somebody_who_is_deleted_leaves_no_words_behind(lina):
    member = MemberFactory(headline="Gauges")
    Skill.objects.create(member=member, name="Sediment")
    change_profile(member, by=member, headline="Weirs")
    assert FormerWords.objects.exists()
    member.delete()
    connection.check_constraints()
    assert not MemberWords.objects.filter(words__isnull=False).exclude(member__in=User.objects.all()).exists()
    assert not FormerWords.objects.exists()


@pytest.mark.parametrize(
    ("wanted", "finds"),
    [
        ({"place": "lyon"}, True),
        ({"place": "FRANCE lyon"}, True),
        ({"place": "paris"}, False),
        ({"skill": "water chem"}, True),
        ({"skill": "chemistry"}, False),
        ({"organization": "river auth"}, True),
        ({"organization": "The River Authority Ltd"}, True),
        ({"organization": "river authority", "is_now": True}, True),
        ({"organization": "port", "is_now": True}, False),
        ({"organization": "port"}, True),
        ({"organization": "River of Lyon"}, False),
        ({"school": "univ. of mich"}, True),
        ({"school": "Univ. of Michigan"}, True),
        ({"organization": "michigan"}, False),
        ({"words": "ines", "place": "lyon", "skill": "water", "organization": "river", "school": "uni"}, True),
        ({"words": "ines", "place": "lyon", "skill": "water", "organization": "rivers"}, False),
        ({"words": "…"}, False),
        ({"place": "…"}, False),
        ({"skill": "&|!:*'\\"}, False),
        ({"organization": "'; --"}, False),
    ],
)
def test_filters_ask_for_whole_names_by_their_beginning_and_for_all_of_them(lina, ines, wanted, finds):
    change_profile(ines, by=ines, place="Lyon, France")
    Skill.objects.create(member=ines, name="Water chemistry")
    Position.objects.create(member=ines, organization="River Authority", started_year=2013)
    Position.objects.create(member=ines, organization="Port of Lyon", started_year=2008, ended_year=2012)
    Education.objects.create(member=ines, school="University of Michigan")
    assert found(lina, **wanted) == (["ines"] if finds else [])


def test_any_name_of_an_organization_finds_those_who_list_another(lina, ines):
    page = organization(name="River Authority")
    page.names.create(name="River Authority", use="present")
    page.names.create(name="Water Board", use="former")
    Position.objects.create(member=ines, organization="Water Board")
    assert found(lina, organization="River Authority") == ["ines"]
    assert found(lina, organization="River Authority", is_now=True) == ["ines"]


@pytest.mark.parametrize(("degree", "finds"), [("1", ["near"]), ("2", ["second"]), ("3", ["far"])])
@pytest.mark.parametrize("few", [500, 0], ids=["few", "many"])
def test_a_degree_finds_those_alone(lina, monkeypatch, few, degree, finds):
    monkeypatch.setattr("search.people.FEW", few)
    near, second, _far = (MemberFactory(first_name="Kim", handle=handle) for handle in ("near", "second", "far"))
    User.objects.filter(pk=lina.pk).update(first_name="Kim")
    connect(lina, near)
    connect(near, second)
    assert found(lina, words="example", degree=degree) == finds


@pytest.mark.parametrize("ties", [0, 40], ids=["more-matches-than-ties", "more-ties-than-matches"])
@pytest.mark.parametrize("gathered", [3_000, 20], ids=["many", "very-many"])
def test_few_and_many_matches_come_in_the_same_order_page_by_page(lina, monkeypatch, ties, gathered):
    monkeypatch.setattr("search.many.GATHERED", gathered)
    for _number in range(ties):
        connect(lina, MemberFactory(first_name="Max", last_name="Other"))
    for number in range(30):
        member = MemberFactory(
            first_name="Kim" if number % 3 else "Max", last_name=f"N{number % 4}", headline="kim" if number % 2 else ""
        )
        Skill.objects.create(member=member, name="Kim")
        if number % 5 == 0:
            connect(lina, member)
            friend = member
        elif number % 5 == 1:
            connect(friend, member)
        elif number % 5 == 2:
            connect(friend, member)
            User.objects.filter(pk=member.pk).update(connections_audience=Audience.NOBODY)
    connect(friend, Connection.objects.of(lina).exclude(other=friend).first().other)
    wanted = Wanted(words="kim")
    orders = []
    for few in (500, 0):
        monkeypatch.setattr("search.people.FEW", few)
        order, after = [], None
        while True:
            page = nearest(matching(wanted, lina), wanted, viewer=lina, after=after, most=7)
            order += page
            if not page:
                break
            after = page[-1]
        orders.append(order)
    assert len(orders[0]) == 30
    assert orders[0] == orders[1] == sorted(orders[0])
    assert {place.closeness for place in orders[0]} == {0, 1, 2}


def test_who_is_called_so_comes_before_who_says_so(lina):
    MemberFactory(first_name="Aa", handle="by-skill").skills.create(name="Berg")
    MemberFactory(first_name="Bb", handle="by-headline", headline="Berg")
    MemberFactory(first_name="Cc", last_name="Berg", handle="by-name")
    assert found(lina, words="berg") == ["by-name", "by-headline", "by-skill"]


def test_somebody_from_a_roster_is_found_once_they_claim_their_account(lina):
    person = UnclaimedFactory(first_name="Walter")
    Skill.objects.create(member=person, name="Sediment")
    assert found(lina, words="walter sed") == []
    claim_account(person)
    assert found(lina, words="walter sed") == [person.handle]


def test_a_new_member_is_found_at_once(lina):
    made = create_member(email="new@example.com", first_name="Zsófia")
    assert found(lina, words="zsof") == [made.handle]
