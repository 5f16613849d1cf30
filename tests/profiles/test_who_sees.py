"""Who sees a profile, a photo and a contact detail: product.md §2, cell by cell."""

import re

import pytest

from accounts.actions import unblock_member
from accounts.models import User
from accounts.models.standing import FOR_GOOD
from profiles.actions import change_photo
from profiles.models import ContactDetail
from profiles.photos import SIZES, read_photo
from tests.cast import CAST
from tests.profiles.test_pictures import picture, upload

pytestmark = pytest.mark.django_db

# viewer: (sees a profile for members, sees a public one)
SEES = {
    "ines": (True, True),
    "tomasz": (True, True),
    "amara": (True, True),
    "lina": (True, True),
    "bill": (False, False),
    "jorge": (False, False),
    "visitor": (False, True),
}
PROFILES = ["members", "public"]

# viewer: the audiences of contact details that they see, on a public profile
DETAILS = {
    "ines": {"public", "members", "connections", "nobody"},
    "tomasz": {"public", "members", "connections"},
    "amara": {"public", "members"},
    "lina": {"public", "members"},
    "bill": set(),
    "jorge": set(),
    "visitor": {"public"},
}


def test_the_tables_name_the_whole_cast():
    assert list(SEES) == list(DETAILS) == CAST


@pytest.fixture
def photo_of_ines(ines) -> str:
    return change_photo(ines, by=ines, picture=read_photo(upload(picture()))).photo_key


@pytest.mark.parametrize("audience", PROFILES)
@pytest.mark.parametrize("viewer", SEES)
def test_who_sees_a_profile_and_its_photo(as_member, cast, photo_of_ines, viewer, audience):
    User.objects.filter(handle="ines").update(profile_audience=audience)
    client, expected = as_member(cast[viewer]), 200 if SEES[viewer][PROFILES.index(audience)] else 404
    assert client.get("/in/ines/").status_code == expected
    assert [client.get(f"/photos/{photo_of_ines}/{size}/").status_code for size in SIZES] == [expected] * len(SIZES)


@pytest.mark.parametrize("viewer", DETAILS)
@pytest.mark.parametrize("htmx", [False, True])
def test_each_contact_detail_is_seen_by_its_own_audience(as_member, cast, viewer, htmx):
    User.objects.filter(handle="ines").update(profile_audience="public")
    for audience in ("public", "members", "connections", "nobody"):
        ContactDetail.objects.create(
            member=cast["ines"], kind="email", value=f"for-{audience}@example.net", audience=audience
        )
    headers = {"HX-Request": "true"} if htmx else {}
    page = as_member(cast[viewer]).get("/in/ines/", headers=headers).content.decode()
    assert {name for name in DETAILS["ines"] if f"for-{name}@" in page} == DETAILS[viewer]


@pytest.mark.parametrize("viewer", ["tomasz", "amara", "lina", "visitor"])
@pytest.mark.parametrize("field", ["suspended_until", "leaves_at"])
def test_nobody_sees_a_member_who_is_not_there(as_member, cast, photo_of_ines, viewer, field):
    User.objects.filter(handle="ines").update(profile_audience="public", **{field: FOR_GOOD})
    client = as_member(cast[viewer])
    assert client.get("/in/ines/").status_code == 404
    assert client.get(f"/photos/{photo_of_ines}/96/").status_code == 404


@pytest.mark.parametrize("viewer", ["bill", "jorge", "lina", "visitor"])
def test_a_profile_that_one_may_not_see_looks_like_one_that_never_was(as_member, cast, viewer):
    if viewer == "lina":
        User.objects.filter(handle="ines").update(suspended_until=FOR_GOOD)
    client = as_member(cast[viewer])
    client.get("/in/ines/")  # whatever the first request sets up

    def answer(handle: str):
        response = client.get(f"/in/{handle}/")
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
        return response.status_code, page.replace(handle, "HANDLE"), list(response.headers)

    assert answer("ines") == answer("nowhere-at-all")


def test_the_wall_down_again_shows_the_profile(as_member, ines, jorge):
    unblock_member(jorge, by=ines)
    assert as_member(jorge).get("/in/ines/").status_code == 200


@pytest.mark.parametrize("viewer", CAST)
def test_a_photo_hidden_by_an_operator_is_shown_to_nobody(as_member, cast, photo_of_ines, viewer):
    User.objects.filter(handle="ines").update(profile_audience="public", photo_hidden_at=FOR_GOOD)
    client = as_member(cast[viewer])
    assert client.get(f"/photos/{photo_of_ines}/96/").status_code == 404
    assert photo_of_ines not in client.get("/in/ines/").content.decode()


def test_a_visitor_is_offered_to_sign_in_wherever_nothing_is_shown(as_member, visitor, ines):
    for handle in ("ines", "nowhere-at-all"):
        page = as_member(visitor).get(f"/in/{handle}/").content.decode()
        assert f'href="/accounts/login/?next=/in/{handle}/"' in page
