"""A member's photo: choosing, replacing and removing it, and how its file is handed out."""

import pytest

from accounts.models import User
from accounts.pictures import path_of
from moderation.actions import hide_photo, restore_photo
from profiles.actions import change_photo, remove_photo
from profiles.photos import SIZES, read_photo
from tests.profiles.test_pictures import bomb, picture, upload

pytestmark = pytest.mark.django_db


def files_of(key: str) -> list[bool]:
    return [path_of("photos", key, size).exists() for size in SIZES]


def key_of(member) -> str:
    return User.objects.get(pk=member.pk).photo_key


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_a_chosen_photo_is_on_the_page_and_handed_out_as_webp(as_member, lina):
    client = as_member(lina)
    response = client.post("/profile/photo/edit/", {"photo": upload(picture())})
    assert (response.status_code, response["Location"]) == (302, "/in/lina/")
    key = key_of(lina)
    assert f"/photos/{key}/384/" in client.get("/in/lina/").content.decode()
    file = client.get(f"/photos/{key}/384/")
    assert file["Content-Type"] == "image/webp"
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Cache-Control"].startswith("private")
    assert "Cookie" in file["Vary"]
    assert file.content == path_of("photos", key, 384).read_bytes()


def test_a_photo_that_did_not_change_is_not_sent_again(as_member, lina):
    change_photo(lina, by=lina, picture=read_photo(upload(picture())))
    client, url = as_member(lina), f"/photos/{key_of(lina)}/96/"
    again = client.get(url, headers={"If-None-Match": client.get(url)["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_tag_gives_nobody_a_photo_that_they_may_not_see(as_member, ines, bill, visitor):
    change_photo(ines, by=ines, picture=read_photo(upload(picture())))
    url = f"/photos/{key_of(ines)}/96/"
    etag = as_member(ines).get(url)["ETag"]
    for viewer in (bill, visitor):
        assert as_member(viewer).get(url, headers={"If-None-Match": etag}).status_code == 404


def test_the_web_server_may_hand_it_out_instead(as_member, lina, settings):
    settings.MEDIA_ACCEL = "/media-inside/"
    change_photo(lina, by=lina, picture=read_photo(upload(picture())))
    key = key_of(lina)
    response = as_member(lina).get(f"/photos/{key}/48/")
    assert response["X-Accel-Redirect"] == f"/media-inside/photos/{key[:2]}/{key}-48.webp"
    assert response.content == b""


@pytest.mark.parametrize("path", ["0" * 32 + "/96/", "x/96/", "..%2f..%2fsettings/96/"])
def test_a_made_up_key_leads_nowhere(as_member, lina, path):
    assert as_member(lina).get(f"/photos/{path}").status_code == 404


@pytest.mark.parametrize("size", [0, 1, 95, 4096])
def test_a_made_up_size_leads_nowhere(as_member, lina, size):
    change_photo(lina, by=lina, picture=read_photo(upload(picture())))
    assert as_member(lina).get(f"/photos/{key_of(lina)}/{size}/").status_code == 404


def test_a_new_photo_takes_the_place_and_the_files_of_the_old_one(lina, commit):
    old = change_photo(lina, by=lina, picture=read_photo(upload(picture()))).photo_key
    with commit():
        new = change_photo(lina, by=lina, picture=read_photo(upload(picture(colour="red")))).photo_key
    assert files_of(old) == [False] * len(SIZES)
    assert files_of(new) == [True] * len(SIZES)


def test_a_removed_photo_is_gone_from_page_address_and_disk(as_member, lina, commit):
    key, client = change_photo(lina, by=lina, picture=read_photo(upload(picture()))).photo_key, as_member(lina)
    with commit():
        assert client.post("/profile/photo/delete/").status_code == 302
    assert key not in client.get("/in/lina/").content.decode()
    assert client.get(f"/photos/{key}/96/").status_code == 404
    assert files_of(key) == [False] * len(SIZES)


def test_removing_what_is_not_there_changes_nothing(lina):
    remove_photo(lina, by=lina)
    assert key_of(lina) == ""


@pytest.fixture
def hidden(lina, amara):
    """Lina's photo, which an operator hid."""
    change_photo(lina, by=lina, picture=read_photo(upload(picture())))
    hide_photo(User.objects.get(pk=lina.pk), by=amara, why="Not her")


@pytest.mark.usefixtures("hidden")
def test_another_photo_is_shown_after_an_operator_hid_one(lina):
    changed = change_photo(lina, by=lina, picture=read_photo(upload(picture(colour="red"))))
    assert changed.face == changed.photo_key != ""


@pytest.mark.usefixtures("hidden")
@pytest.mark.parametrize("removed_first", [False, True])
def test_the_photo_that_an_operator_hid_stays_hidden_when_put_up_again(as_member, lina, removed_first, commit):
    client = as_member(lina)
    with commit():
        if removed_first:
            client.post("/profile/photo/delete/")
        client.post("/profile/photo/edit/", {"photo": upload(picture())})
    assert not User.objects.get(pk=lina.pk).face
    assert as_member(lina).get(f"/photos/{key_of(lina)}/96/").status_code == 404
    assert "An operator hid your photo" in client.get("/in/lina/").content.decode()


@pytest.mark.usefixtures("hidden")
def test_a_photo_that_an_operator_restored_may_be_put_up_again(lina, amara):
    change_photo(lina, by=lina, picture=read_photo(upload(picture())))
    restore_photo(User.objects.get(pk=lina.pk), by=amara, why="It is her")
    remove_photo(lina, by=lina)
    assert change_photo(lina, by=lina, picture=read_photo(upload(picture()))).face


@pytest.mark.usefixtures("hidden")
def test_whose_photo_was_hidden_is_no_other_members_matter(ines):
    assert change_photo(ines, by=ines, picture=read_photo(upload(picture()))).face


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"text", "can&#x27;t be read as a picture"), (bomb(), "too many pixels"), (b"", "This file is empty"),
     (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "can&#x27;t be read as a picture")],
)  # fmt: skip
@pytest.mark.parametrize("htmx", [False, True])
def test_a_bad_file_is_refused_beside_the_field_and_changes_nothing(as_member, lina, content, sentence, htmx):
    key = change_photo(lina, by=lina, picture=read_photo(upload(picture()))).photo_key
    headers = {"HX-Request": "true"} if htmx else {}
    response = as_member(lina).post("/profile/photo/edit/", {"photo": upload(content)}, headers=headers)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert key_of(lina) == key


def test_no_file_at_all_is_said_beside_the_field(as_member, lina):
    response = as_member(lina).post("/profile/photo/edit/")
    assert (response.status_code, b"Choose a picture first." in response.content) == (422, True)
