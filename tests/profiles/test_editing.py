"""Changing one's own profile, in place with htmx and on pages of its own without."""

import re
from uuid import uuid4

import pytest

from accounts.models import User
from accounts.refusals import Refusal
from profiles import actions
from profiles.models import ContactDetail, Education, Interest, Language, Position, Skill
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
CARD = {"first_name": "Lina", "last_name": "Berg", "headline": "Hydrologist", "place": "Malmö",
        "looking_for": "work", "recruiter": "in_house"}  # fmt: skip
VALID = {
    "positions": {"title": "Head", "organization": "Malmö Stad", "started_year": 2013, "started_month": 2},
    "education": {"school": "Uppsala", "degree": "MSc", "started_year": 2006, "ended_year": 2008},
    "contact": {"kind": "email", "value": "lina@example.net", "audience": "members"},
}
INVALID = {
    "positions": {"title": "What was typed", "organization": ""},
    "education": {"school": "", "degree": "What was typed"},
    "contact": {"kind": "email", "value": "What was typed", "audience": "members"},
}
MODELS = {"positions": Position, "education": Education, "contact": ContactDetail}
WORDS = {"skills": Skill, "interests": Interest, "languages": Language}


@pytest.fixture
def client(as_member, lina):
    return as_member(lina)


def section_of_page(client, name: str) -> str:
    page = client.get("/in/lina/").content.decode()
    return re.search(rf'<section[^>]* id="{name}".*?</section>', page, re.DOTALL)[0]


def test_the_card_is_changed_and_the_page_loaded_anew(client, lina):
    assert client.post("/profile/card/edit/", CARD)["Location"] == "/in/lina/"
    assert {field: getattr(User.objects.get(pk=lina.pk), field) for field in CARD} == CARD
    assert client.post("/profile/card/edit/", CARD, headers=HTMX)["HX-Redirect"] == "/in/lina/"


def test_a_changed_name_is_found_at_once(client, lina):
    client.post("/profile/card/edit/", CARD | {"last_name": "Ørsted"})
    assert list(User.objects.named_like("orst")) == [lina]


def test_changing_the_card_leaves_the_rest_of_the_member_alone(client, lina):
    User.objects.filter(pk=lina.pk).update(about="Kept", door="nobody")
    client.post("/profile/card/edit/", CARD)
    changed = User.objects.get(pk=lina.pk)
    assert (changed.about, changed.door, changed.handle) == ("Kept", "nobody", "lina")


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("first_name", ["", "  ", "!!", "a" * 101])
def test_a_bad_card_comes_back_with_what_was_typed(client, lina, headers, first_name):
    response = client.post("/profile/card/edit/", CARD | {"first_name": first_name}, headers=headers)
    page = response.content.decode()
    assert response.status_code == 422
    assert 'aria-invalid="true"' in page
    assert "Hydrologist" in page
    assert User.objects.get(pk=lina.pk).headline == ""


def test_about_is_changed_in_place(client, lina):
    piece = client.post("/profile/about/edit/", {"about": "Rain, and patience."}, headers=HTMX).content.decode()
    assert piece.strip() == section_of_page(client, "about")
    assert "Rain, and patience." in piece


@pytest.mark.parametrize("name", VALID)
def test_an_entry_is_added_changed_and_deleted_without_javascript(client, lina, name):
    form = client.get(f"/profile/{name}/add/").content.decode()
    key = re.search(r'name="key" value="([^"]+)"', form)[1]
    assert "<h1" in form
    added = client.post(f"/profile/{name}/add/", VALID[name] | {"key": key})
    assert (added.status_code, added["Location"]) == (302, f"/in/lina/#{name}")
    entry = MODELS[name].objects.get(member=lina)
    for field, value in VALID[name].items():
        assert getattr(entry, field) == value

    text = next(field for field in ("organization", "school", "value") if field in VALID[name])
    changed = VALID[name] | {text: "https://lina.example"} | ({"kind": "website"} if name == "contact" else {})
    assert client.post(f"/profile/{name}/{entry.pk}/", changed)["Location"] == f"/in/lina/#{name}"
    assert getattr(MODELS[name].objects.get(), text) == "https://lina.example"

    assert "<form" in client.get(f"/profile/{name}/{entry.pk}/delete/").content.decode()
    assert MODELS[name].objects.exists()
    assert client.post(f"/profile/{name}/{entry.pk}/delete/").status_code == 302
    assert not MODELS[name].objects.exists()
    assert client.post(f"/profile/{name}/{entry.pk}/delete/").status_code == 302, "a second press is no error"


@pytest.mark.parametrize("name", VALID)
def test_with_htmx_only_the_section_comes_and_it_is_that_of_a_fresh_page(client, lina, name):
    form = client.get(f"/profile/{name}/add/", headers=HTMX).content.decode()
    assert "<html" not in form
    assert f'id="{name}"' in form
    piece = client.post(f"/profile/{name}/add/", VALID[name] | {"key": uuid4()}, headers=HTMX)
    assert piece.content.decode().strip() == section_of_page(client, name)
    assert "HX-Request" in piece["Vary"]
    entry = MODELS[name].objects.get()
    form = client.get(f"/profile/{name}/{entry.pk}/", headers=HTMX).content.decode()
    assert f"/profile/{name}/{entry.pk}/delete/" in form
    assert str(next(iter(VALID[name].values()))) in form


@pytest.mark.parametrize("name", ["card", "about", *VALID, *WORDS])
def test_cancelling_brings_the_section_back_as_it_was(client, lina, name):
    piece = client.get(f"/profile/{name}/", headers=HTMX).content.decode()
    assert piece.strip() == section_of_page(client, name)
    assert client.get(f"/profile/{name}/")["Location"] == f"/in/lina/#{name}"


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("name", INVALID)
def test_a_bad_entry_comes_back_with_what_was_typed_and_what_is_wrong(client, name, headers):
    response = client.post(f"/profile/{name}/add/", INVALID[name] | {"key": uuid4()}, headers=headers)
    page = response.content.decode()
    assert response.status_code == 422
    assert "What was typed" in page
    assert 'aria-invalid="true"' in page
    assert ("<html" in page) == (not headers)
    assert not MODELS[name].objects.exists()


@pytest.mark.parametrize("name", VALID)
def test_a_form_sent_twice_adds_one_entry(client, lina, name):
    key = uuid4()
    for _twice in range(2):
        assert client.post(f"/profile/{name}/add/", VALID[name] | {"key": key}).status_code == 302
    assert MODELS[name].objects.filter(member=lina).count() == 1
    client.post(f"/profile/{name}/add/", VALID[name] | {"key": uuid4()})
    assert MODELS[name].objects.filter(member=lina).count() == 2


def test_another_members_key_is_none_of_mine(lina, ines):
    key = uuid4()
    for member in (lina, ines):
        actions.add_entry(Position, by=member, key=key, organization="Eau")
    assert Position.objects.count() == 2


@pytest.mark.parametrize("name", VALID)
def test_the_entries_of_others_lead_nowhere(client, ines, name):
    entry = actions.add_entry(MODELS[name], by=ines, key=uuid4(), **VALID[name])
    assert client.get(f"/profile/{name}/{entry.pk}/").status_code == 404
    assert client.post(f"/profile/{name}/{entry.pk}/", VALID[name]).status_code == 404
    assert client.get(f"/profile/{name}/{entry.pk}/delete/").status_code == 404
    client.post(f"/profile/{name}/{entry.pk}/delete/")
    assert MODELS[name].objects.filter(pk=entry.pk).exists()


@pytest.mark.parametrize(
    ("times", "field"),
    [({"started_year": 2013, "ended_year": 2010}, "ended_year"),
     ({"started_year": 2013, "started_month": 5, "ended_year": 2013, "ended_month": 4}, "ended_year"),
     ({"started_month": 5}, "started_year"), ({"started_year": 1820}, "started_year"),
     ({"started_year": 2090}, "started_year"), ({"started_year": 2010, "ended_month": 4}, "ended_year"),
     ({"started_year": "soon"}, "started_year"), ({"started_year": 2010, "started_month": 13}, "started_month")],
)  # fmt: skip
def test_times_that_cannot_be_are_refused_beside_their_field(client, times, field):
    response = client.post("/profile/positions/add/", {"organization": "Eau", "key": uuid4()} | times)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


@pytest.mark.parametrize("times", [{}, {"ended_year": 2010}, {"started_year": 2010, "ended_year": 2010},
                                   {"started_year": 2010, "started_month": 5, "ended_year": 2010}])  # fmt: skip
def test_times_may_be_vague(client, times):
    response = client.post("/profile/positions/add/", {"organization": "Eau", "key": uuid4()} | times)
    assert response.status_code == 302


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [("website", "lina.example", "https://lina.example"), ("website", "http://lina.example/a", "http://lina.example/a"),
     ("website", "javascript:alert(1)", None), ("website", "javascript://x.example/%0aalert(1)", None),
     ("website", "data:text/html,x", None), ("website", "ftp://x.example", None), ("email", "lina at example", None),
     ("email", "lina@example.net", "lina@example.net"), ("phone", "+46 (0)40 123-456", "+46 (0)40 123-456"),
     ("phone", "call me", None), ("phone", "+ - ( )", None), ("other", "Signal: lina.12", "Signal: lina.12"),
     ("address", "Main street 1", "Main street 1"), ("website", "", None)],
)  # fmt: skip
def test_a_contact_detail_is_what_it_says_it_is(client, lina, kind, typed, kept):
    sent = {"kind": kind, "value": typed, "audience": "members", "key": uuid4()}
    response = client.post("/profile/contact/add/", sent)
    assert response.status_code == (302 if kept else 422)
    assert list(ContactDetail.objects.values_list("value", flat=True)) == ([kept] if kept else [])


def test_only_one_contact_detail_is_the_preferred_one(client, lina):
    for value in ("one@example.net", "two@example.net"):
        client.post(
            "/profile/contact/add/",
            {"kind": "email", "value": value, "audience": "members", "preferred": "on", "key": uuid4()},
        )
    assert list(ContactDetail.objects.filter(preferred=True).values_list("value", flat=True)) == ["two@example.net"]
    first = ContactDetail.objects.get(value="one@example.net")
    client.post(
        f"/profile/contact/{first.pk}/",
        {"kind": "email", "value": "one@example.net", "audience": "members", "preferred": "on"},
    )
    assert list(ContactDetail.objects.filter(preferred=True)) == [first]


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("name", WORDS)
def test_words_are_added_one_after_another_and_removed(client, lina, name, headers):
    for word in ("C++", "C#", "  deep   water "):
        response = client.post(f"/profile/{name}/edit/", {"name": word}, headers=headers)
        assert response.status_code == (200 if headers else 302)
    assert [word.name for word in WORDS[name].objects.filter(member=lina)] == ["C++", "C#", "deep water"]
    if headers:
        assert "deep water" in response.content.decode()
        assert "<html" not in response.content.decode()
    first = WORDS[name].objects.first()
    for _twice in range(2):
        client.post(f"/profile/{name}/{first.pk}/remove/", headers=headers)
    assert [word.name for word in WORDS[name].objects.filter(member=lina)] == ["C#", "deep water"]


@pytest.mark.parametrize("name", WORDS)
def test_a_word_counts_once_however_it_is_written(client, lina, name):
    for word in ("Statistics", "statistics", "STATÍSTICS "):
        client.post(f"/profile/{name}/edit/", {"name": word})
    assert [word.name for word in WORDS[name].objects.all()] == ["STATÍSTICS"]


@pytest.mark.parametrize("typed", ["", "  ", "!?", "x" * 81])
def test_what_is_no_word_is_refused_and_stays_in_the_field(client, typed):
    response = client.post("/profile/skills/edit/", {"name": typed})
    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.content.decode()
    assert not Skill.objects.exists()


def test_the_words_of_others_stay(client, ines):
    skill = actions.add_word(Skill, by=ines, name="Patience")
    client.post(f"/profile/skills/{skill.pk}/remove/")
    assert Skill.objects.filter(pk=skill.pk).exists()


def test_a_language_has_a_level(client, lina):
    client.post("/profile/languages/edit/", {"name": "Portuguese", "level": "working"})
    assert "Portuguese · Working knowledge" in section_of_page(client, "languages")


def test_a_list_ends_somewhere_and_says_so(client, lina):
    for number in range(actions.MOST[Skill]):
        Skill.objects.create(member=lina, name=f"Skill {number}")
    response = client.post("/profile/skills/edit/", {"name": "One more"})
    assert response.status_code == 422
    assert "at most 50" in response.content.decode()
    assert client.post("/profile/skills/edit/", {"name": "skill 7"}).status_code == 302


@pytest.mark.parametrize("model", [Position, Education, ContactDetail])
def test_entries_end_somewhere_too(lina, model, monkeypatch):
    monkeypatch.setitem(actions.MOST, model, 1)
    fields = next(VALID[name] for name, known in MODELS.items() if known is model)
    actions.add_entry(model, by=lina, key=uuid4(), **fields)
    with pytest.raises(Refusal):
        actions.add_entry(model, by=lina, key=uuid4(), **fields)


def test_nobody_changes_the_profile_of_another(lina, ines):
    entry = actions.add_entry(Position, by=ines, key=uuid4(), organization="Eau")
    for change in (
        lambda: actions.change_profile(ines, by=lina, headline="x"),
        lambda: actions.edit_entry(entry, by=lina, organization="x"),
        lambda: actions.delete_from_profile(entry, by=lina),
        lambda: actions.remove_photo(ines, by=lina),
    ):
        with pytest.raises(Refusal):
            change()


@pytest.mark.parametrize(
    "path", ["card/edit", "about/edit", "photo/edit", "photo/delete", "card", "skills", "positions/add", "skills/edit"]
)
def test_a_visitor_is_asked_to_sign_in(as_member, visitor, path):
    client = as_member(visitor)
    for answer in (client.get(f"/profile/{path}/"), client.post(f"/profile/{path}/")):
        assert answer.status_code in (302, 405)
        assert answer.status_code == 405 or answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("path", ["nothing", "nothing/add", "nothing/edit", "skills/add", "positions/edit", "skills/1"])
def test_a_section_that_does_not_exist_leads_nowhere(client, path):
    assert client.get(f"/profile/{path}/").status_code == 404


@pytest.mark.parametrize("viewer", ["tomasz", "lina", "visitor"])
def test_others_are_offered_nothing_to_edit(as_member, cast, viewer):
    User.objects.filter(handle="ines").update(profile_audience="public")
    Position.objects.create(member=cast["ines"], organization="Eau")
    assert "/profile/" not in as_member(cast[viewer]).get("/in/ines/").content.decode()


def test_an_empty_profile_of_another_shows_no_empty_sections(as_member, lina):
    MemberFactory(handle="bare")
    page = as_member(lina).get("/in/bare/").content.decode()
    assert re.findall(r'<section[^>]* id="(\w+)" data-section', page) == ["card"]
