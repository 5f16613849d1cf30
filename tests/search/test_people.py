"""Finding people by the beginning of any of their names, the nearest first."""

import re

import pytest

from accounts.actions import block_member, unblock_member
from accounts.models import User
from search.people import Place, find_people
from search.wanted import Wanted
from tests.factories import MemberFactory, connect

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

MOST_QUERIES = 13


def found(client, words: str, **headers) -> list[str]:
    page = client.get("/search/people/", {"q": words}, headers=headers).content.decode()
    return re.findall(r'<a class="name" href="/in/([^/]+)/">', page)


def without_tokens(text: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)


@pytest.mark.parametrize(
    ("first_name", "last_name", "words"),
    [
        ("Łukasz", "Wiśniewski", ["lukasz", "WISN", "Łuk wiś", "wis luk", "łu"]),
        ("Sinéad", "O'Brien", ["o'brien", "O’Br", "brien", "sinead o"]),
        ("Jean-Luc", "Muñoz", ["jean", "luc", "jean-luc", "MUNOZ", "jean luc mu"]),
        ("Nguyễn", "Thị Đào", ["nguyen", "thi dao", "đào", "dao ng"]),
        ("小明", "王", ["王", "小", "小明", "王 小"]),
        ("محمد", "العربي", ["محمد", "محم", "الع"]),
        ("अमित", "शर्मा", ["अमित", "अमि", "शर्", "शर्मा अ"]),
        ("สมชาย", "ใจดี", ["สมชาย", "สม", "ใจ"]),
        ("Øyvind", "Ångström", ["oyvind", "angstrom", "ång"]),
        ("Straße", "Groß", ["gross", "GROß", "strasse"]),
        ("İpek", "Yılmaz", ["ipek", "yilmaz", "YILMAZ"]),
        ("Лев", "Толстой", ["лев", "ТОЛ"]),
        ("민준", "김", ["민준", "민", "김"]),
    ],
)
def test_a_name_in_any_script_is_found_by_the_beginning_of_any_of_its_words(
    as_member, lina, first_name, last_name, words
):
    MemberFactory(first_name=first_name, last_name=last_name, handle="sought")
    client = as_member(lina)
    for some in words:
        assert found(client, some) == ["sought"], some


def test_a_vowel_sign_tells_two_hindi_names_apart(as_member, lina):
    MemberFactory(first_name="अमित", handle="amit")
    MemberFactory(first_name="अमर", handle="amar")
    assert found(as_member(lina), "अमि") == ["amit"]


@pytest.mark.parametrize("words", ["", "  ", "!!!", "& | !", "a:* | b", "'", "\\", "(", "<->", "\x00", "%", "a" * 500])
def test_whatever_is_typed_is_no_error(as_member, lina, words):
    assert as_member(lina).get("/search/people/", {"q": words}).status_code == 200


def test_the_middle_of_a_name_is_no_beginning(as_member, lina):
    MemberFactory(first_name="Annabel", handle="annabel")
    assert found(as_member(lina), "nabel") == []


def test_every_word_must_be_the_beginning_of_a_name(as_member, lina):
    MemberFactory(first_name="Anna", last_name="Berg", handle="anna")
    assert found(as_member(lina), "anna b") == ["anna"]
    assert found(as_member(lina), "anna c") == []


def test_the_nearest_come_first_and_then_the_alphabet(as_member, lina):
    people = {
        handle: MemberFactory(first_name="Kim", last_name=last, handle=handle)
        for handle, last in [("far-a", "Abel"), ("far-z", "Zorn"), ("third", "Baum"), ("second", "Young"),
                             ("first-b", "Zander"), ("first-a", "Yates")]
    }  # fmt: skip
    connect(lina, people["first-a"])
    connect(lina, people["first-b"])
    connect(people["first-a"], people["second"])
    connect(people["second"], people["third"])
    assert found(as_member(lina), "kim") == ["first-a", "first-b", "second", "far-a", "third", "far-z"]


def test_a_connection_that_hides_its_own_brings_nobody_nearer(as_member, lina):
    middle = MemberFactory(connections_audience="nobody")
    near = MemberFactory(first_name="Kim", last_name="Z", handle="near")
    MemberFactory(first_name="Kim", last_name="A", handle="far")
    connect(lina, middle)
    connect(middle, near)
    assert found(as_member(lina), "kim") == ["far", "near"]


def test_one_finds_oneself(as_member, lina):
    assert found(as_member(lina), "lina") == ["lina"]


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(
    ("viewer", "finds_members", "finds_public"),
    [("ines", True, True), ("tomasz", True, True), ("amara", True, True), ("lina", True, True), ("bill", False, False),
     ("jorge", False, False), ("visitor", False, True)],
)  # fmt: skip
def test_only_whom_the_viewer_may_see_is_found(as_member, cast, viewer, finds_members, finds_public, htmx):
    headers = {"HX-Request": "true"} if htmx else {}
    client, members = as_member(cast[viewer]), User.objects.filter(handle="ines")
    assert found(client, "moreau", **headers) == (["ines"] if finds_members else [])
    members.update(profile_audience="public")
    assert found(client, "moreau", **headers) == (["ines"] if finds_public else [])


@pytest.mark.parametrize("field", ["suspended_until", "leaves_at", "claimed_at"])
def test_nobody_who_is_not_there_is_found(as_member, lina, vera, field):
    gone = MemberFactory(first_name="Gone")
    change = {"welcomed_at": None, "claimed_at": None} if field == "claimed_at" else {field: vera.suspended_until}
    User.objects.filter(pk=gone.pk).update(**change)
    assert found(as_member(lina), "gone") == []
    assert found(as_member(lina), "vera") == []


def test_pages_neither_repeat_nor_skip_while_others_come_and_go(as_member, lina):
    people = [MemberFactory(first_name="Kim", last_name=f"N{number % 7}") for number in range(65)]
    for near in people[40:50]:
        connect(lina, near)
    for second in people[50:55]:
        connect(people[40], second)
    client, seen, url = as_member(lina), [], "/search/people/?q=kim"
    while url:
        page = client.get(url).content.decode()
        seen += re.findall(r'<a class="name" href="/in/([^/]+)/">', page)
        onward = re.search(r'class="btn" href="([^"]+)" hx-get', page)
        url = onward[1].replace("&amp;", "&") if onward else ""
        MemberFactory(first_name="Kim", last_name="Aaa")  # comes before everybody who is still to be shown
        block_member(people[0], by=lina)
        unblock_member(people[0], by=lina)
    assert len(seen) == len(set(seen))
    assert {member.handle for member in people} <= set(seen)


def test_reading_on_by_htmx_brings_the_same_people_as_by_page(as_member, lina):
    for _number in range(30):
        MemberFactory(first_name="Kim")
    client = as_member(lina)
    url = re.search(r'class="btn" href="([^"]+)" hx-get', client.get("/search/people/?q=kim").content.decode())[1]
    url = url.replace("&amp;", "&")
    rows = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in rows
    assert "<h1" not in rows
    assert rows.strip() in client.get(url).content.decode()


def test_live_results_are_those_of_the_page_and_say_how_many(as_member, lina, ines):
    client = as_member(lina)
    piece = client.get("/search/people/", {"q": "ines"}, headers={"HX-Request": "true"})
    page = without_tokens(client.get("/search/people/", {"q": "ines"}).content.decode())
    rows, _status, said = without_tokens(piece.content.decode()).partition('<p class="visually-hidden" id="found"')
    assert rows.strip()
    assert rows.strip() in page
    assert "1 person found" in said
    assert "1 person found" in page
    assert "HX-Request" in piece["Vary"]


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "9.1.1.a",
        "1.1.x.a",
        "-1.1.1.a",
        "1.1.99999999999999999999.a",
        "0.0.1.\0",
        "²...",
        "1.1..a",
        "1.3.1.a",
        "12.0.1.a",
    ],
)
def test_a_made_up_place_is_the_beginning(as_member, lina, ines, text):
    assert Place.read(text) is None
    assert found(as_member(lina), "ines") == ["ines"]
    assert as_member(lina).get("/search/people/", {"q": "ines", "after": text}).status_code == 200


def test_a_place_survives_its_own_text():
    place = Place(2, 1, "jean luc. 小", 17)
    assert Place.read(str(place)) == place


@pytest.mark.parametrize("viewer", ["lina", "visitor"])
def test_it_costs_the_same_whatever_it_finds(as_member, cast, django_assert_max_num_queries, viewer):
    client, counts, friend = as_member(cast[viewer]), [], MemberFactory()
    connect(cast["lina"], friend)
    client.get("/search/people/?q=kim")
    for more in (3, 60):
        for number in range(more):
            member = MemberFactory(first_name="Kim", profile_audience="public")
            if number < more / 3:
                connect(friend, member)
        with django_assert_max_num_queries(MOST_QUERIES) as queries:
            client.get("/search/people/?q=kim")
        counts.append(len(queries))
    assert counts[1] <= counts[0]


def test_found_people_carry_their_degree(lina, ines, tomasz):
    connect(lina, tomasz)
    people, after = find_people(Wanted(words="i"), viewer=lina, most=5)
    assert [(member.handle, member.degree, member.mutual_count) for member in people] == [("ines", 2, 1)]
    assert after is None
