"""Recommendations (product.md §7): who writes, who decides, and who reads."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from accounts.actions import block_member, suspend_member
from accounts.models import User
from accounts.refusals import Refusal
from network.actions import (
    approve_recommendation,
    connect_members,
    disconnect,
    hide_recommendation,
    recommend_member,
    set_aside_recommendation,
    show_recommendation,
    take_back_recommendation,
)
from network.models import Recommendation
from network.models.recommendation import LONGEST, SHORTEST
from notifications.models import Notice
from tests.cast import CAST
from tests.factories import MemberFactory, connect, recommend

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

SIGN_IN, GONE, PAGE = "sign in", 404, 200
TEXT = "Ines waded into the Rhône in March to read one gauge, and came back with the number."
OTHER_TEXT = "Ines waded into the Saône in April to read two gauges, and came back with both numbers."

# viewer: what the page to recommend Ines answers
RECOMMENDS = {
    "ines": GONE, "tomasz": PAGE, "amara": GONE, "lina": GONE, "bill": GONE, "jorge": GONE, "visitor": SIGN_IN,
}  # fmt: skip
# viewer: reads what Tomasz wrote, which Ines approved; reports it
READS = {"ines": True, "tomasz": True, "amara": True, "lina": True, "bill": False, "jorge": False, "visitor": False}
REPORTS = {
    "ines": PAGE, "tomasz": GONE, "amara": PAGE, "lina": PAGE, "bill": GONE, "jorge": GONE, "visitor": SIGN_IN,
}  # fmt: skip
# state: whether it is on the profile; what Ines reads about it and may do; what Tomasz reads and may do
STATES = {
    "waiting": (False, "Waits for you", {"approve", "set_aside"}, "Waits for Ines’s approval.", {"edit", "take_back"}),
    "set aside": (False, "Set aside", {"approve"}, "Waits for Ines’s approval.", {"edit", "take_back"}),
    "approved": (True, "On your profile", {"hide"}, "Ines approved it on", {"edit", "take_back"}),
    "hidden": (False, "Hidden", {"hide"}, "Ines approved it on", {"edit", "take_back"}),
    "changed": (False, "Waits for you", {"approve", "set_aside"}, "Waits for Ines’s approval.", {"edit", "take_back"}),
    "hidden by an operator": (False, None, set(), "An operator hid it", {"edit", "take_back"}),
    "approved, and they parted": (True, "On your profile", {"hide"}, "Ines approved it on", {"take_back"}),
    "waiting, and they parted": (False, "Waits for you", {"approve", "set_aside"}, "Waits for Ines’s", {"take_back"}),
}


def in_state(state: str, tomasz: User, ines: User) -> Recommendation:
    approved = state not in ("waiting", "set aside", "waiting, and they parted")
    written = recommend(tomasz, ines, TEXT, approved=approved)
    if state == "set aside":
        set_aside_recommendation(written, by=ines)
    if state == "hidden":
        hide_recommendation(written, by=ines)
    if state == "changed":
        recommend(tomasz, ines, OTHER_TEXT)
    if state == "hidden by an operator":
        Recommendation.objects.update(hidden_at=timezone.now())
    if "parted" in state:
        disconnect(tomasz, by=ines)
    return written


def said(answer):
    return SIGN_IN if answer.status_code == 302 and "/accounts/login/" in answer.url else answer.status_code


def on_profile(viewer, ines: User) -> bool:
    return Recommendation.objects.visible_to(viewer).filter(subject=ines).exists()


def test_the_tables_name_the_whole_cast():
    assert list(RECOMMENDS) == list(READS) == list(REPORTS) == CAST


def test_only_a_connection_is_offered_to_recommend_and_can(as_member, cast, ines):
    form = {"relationship": "team", "text": TEXT, "key": uuid4()}
    for viewer, expected in RECOMMENDS.items():
        browser, address = as_member(cast[viewer]), reverse("recommend", args=["ines"])
        assert said(browser.get(address)) == expected, viewer
        browser.post(address, form | {"key": uuid4()})
        assert Recommendation.objects.exists() == (expected == PAGE), viewer
        profile = browser.get(reverse("profile", args=["ines"]))
        assert (address in profile.text) == (expected == PAGE), viewer
        Recommendation.objects.all().delete()


def test_who_reads_and_who_reports_what_stands_on_a_profile(as_member, cast, ines, tomasz):
    written = in_state("approved", tomasz, ines)
    User.objects.filter(pk=ines.pk).update(profile_audience="public")
    for viewer in CAST:
        browser = as_member(cast[viewer])
        for page in ("profile", "profile_recommendations"):
            assert (TEXT in browser.get(reverse(page, args=["ines"])).text) == READS[viewer], (viewer, page)
        assert said(browser.get(reverse("report", args=["recommendation", written.pk]))) == REPORTS[viewer], viewer
        own = "Edit yours" in browser.get(reverse("profile", args=["ines"])).text
        assert own == (viewer == "tomasz")


@pytest.mark.parametrize("author_is_public", [True, False])
def test_a_visitor_reads_only_what_somebody_with_a_public_profile_wrote(as_member, ines, tomasz, author_is_public):
    in_state("approved", tomasz, ines)
    User.objects.filter(pk=ines.pk).update(profile_audience="public")
    if author_is_public:
        User.objects.filter(pk=tomasz.pk).update(profile_audience="public")
    browser = as_member(AnonymousUser())
    for page in ("profile", "profile_recommendations"):
        answer = browser.get(reverse(page, args=["ines"]))
        assert (TEXT in answer.text) == author_is_public
        assert "Report" not in answer.text


@pytest.mark.parametrize("who", ["author", "subject"])
def test_nothing_by_or_about_a_suspended_member_is_shown(ines, tomasz, lina, who):
    in_state("approved", tomasz, ines)
    suspend_member(tomasz if who == "author" else ines, by=lina)
    assert not on_profile(lina, ines)
    assert not Recommendation.objects.received_by(ines).exists() or who == "subject"


def test_whoever_blocked_the_author_or_is_blocked_doesnt_read_it(ines, tomasz, lina):
    in_state("approved", tomasz, ines)
    assert on_profile(lina, ines)
    block_member(lina, by=tomasz)
    assert not on_profile(lina, ines)


@pytest.mark.parametrize("state", STATES)
def test_each_state_is_seen_and_answered_by_each_party_as_the_table_says(as_member, ines, tomasz, lina, state):
    shown, hers, her_acts, his, his_acts = STATES[state]
    written = in_state(state, tomasz, ines)
    assert on_profile(lina, ines) is shown
    received = as_member(ines).get(reverse("recommendations")).text
    if hers is None:
        assert TEXT not in received
    else:
        assert hers in received
    for act in ("approve", "set_aside", "hide"):
        assert (reverse(f"{act}_recommendation", args=[written.pk]) in received) == (act in her_acts), act
    page = as_member(tomasz).get(reverse("recommendations_written")).text
    assert his in page
    assert (reverse("recommend", args=["ines"]) in page) == ("edit" in his_acts)
    assert reverse("take_back_recommendation", args=[written.pk]) in page


@pytest.mark.parametrize("state", STATES)
def test_nobody_but_its_subject_answers_and_nobody_but_its_author_takes_it_back(as_member, cast, ines, tomasz, state):
    written = in_state(state, tomasz, ines)
    before = Recommendation.objects.filter(pk=written.pk).values().get()
    for viewer in set(CAST) - {"ines"}:
        for act in ("approve", "set_aside", "hide"):
            answer = as_member(cast[viewer]).post(
                reverse(f"{act}_recommendation", args=[written.pk]), {"fingerprint": written.fingerprint}
            )
            assert said(answer) == (SIGN_IN if viewer == "visitor" else GONE)
    for viewer in set(CAST) - {"tomasz"}:
        as_member(cast[viewer]).post(reverse("take_back_recommendation", args=[written.pk]))
    assert Recommendation.objects.filter(pk=written.pk).values().get() == before


def test_it_is_shown_once_approved_and_until_it_is_hidden_or_taken_back(as_member, ines, tomasz, lina):
    written, hers = recommend(tomasz, ines, TEXT), as_member(ines)
    act = {name: reverse(f"{name}_recommendation", args=[written.pk]) for name in ("approve", "set_aside", "hide")}
    hers.post(act["set_aside"])
    assert not on_profile(lina, ines)
    hers.post(act["approve"], {"fingerprint": written.fingerprint})
    assert on_profile(lina, ines)
    hers.post(act["set_aside"])  # from a page that was open before: it is too late for a silent no, which hiding is
    assert on_profile(lina, ines)
    hers.post(act["hide"])
    assert not on_profile(lina, ines)
    hers.post(act["approve"], {"fingerprint": written.fingerprint})
    assert not on_profile(lina, ines)
    hers.post(act["hide"], {"show": "on"})
    assert on_profile(lina, ines)
    address = reverse("take_back_recommendation", args=[written.pk])
    assert "Ines will not be told" in as_member(tomasz).get(address).text
    for _ in range(2):
        assert as_member(tomasz).post(address).status_code == 302
    assert not Recommendation.objects.exists()


def test_hiding_what_waits_changes_nothing(ines, tomasz):
    written = recommend(tomasz, ines, TEXT)
    hide_recommendation(written, by=ines)
    show_recommendation(written, by=ines)
    written.refresh_from_db()
    assert (written.approved_at, written.hidden_by_subject_at) == (None, None)


@pytest.mark.parametrize("state", ["waiting", "set aside", "approved", "hidden"])
def test_changed_words_wait_again_and_the_same_words_change_nothing(ines, tomasz, lina, state):
    written = in_state(state, tomasz, ines)
    recommend(tomasz, ines, f"  {TEXT}\n")
    assert on_profile(lina, ines) == (state == "approved")
    recommend(tomasz, ines, OTHER_TEXT)
    written.refresh_from_db()
    assert (written.text, written.approved_at, written.set_aside_at, written.hidden_by_subject_at) == (
        OTHER_TEXT, None, None, None,
    )  # fmt: skip
    assert Recommendation.objects.count() == 1


def test_only_the_words_that_were_read_are_approved(as_member, ines, tomasz, lina):
    written, browser = recommend(tomasz, ines, TEXT), as_member(ines)
    read = written.fingerprint
    recommend(tomasz, ines, OTHER_TEXT)
    answer = browser.post(reverse("approve_recommendation", args=[written.pk]), {"fingerprint": read})
    assert answer.status_code == 422
    assert "Tomasz has changed these words since you read them." in answer.text
    assert OTHER_TEXT in answer.text
    assert not on_profile(lina, ines)
    recommend(tomasz, ines, OTHER_TEXT, relationship="manager_of")  # how they know each other was read too
    assert browser.post(reverse("approve_recommendation", args=[written.pk])).status_code == 422
    written.refresh_from_db()
    browser.post(reverse("approve_recommendation", args=[written.pk]), {"fingerprint": written.fingerprint})
    assert on_profile(lina, ines)


def test_once_they_part_what_was_approved_stays_and_nothing_is_written_or_changed(as_member, ines, tomasz, lina):
    written = in_state("approved, and they parted", tomasz, ines)
    assert on_profile(lina, ines)
    browser, address = as_member(tomasz), reverse("recommend", args=["ines"])
    assert browser.get(address).status_code == 404
    answer = browser.post(address, {"relationship": "team", "text": OTHER_TEXT, "key": uuid4()})
    assert answer.status_code == 422  # the connection may end while one writes: nothing that was typed is lost
    assert "you are not connected" in answer.text
    assert OTHER_TEXT in answer.text
    take_back_recommendation(written, by=tomasz)
    with pytest.raises(Refusal):
        recommend_member(ines, by=tomasz, relationship="team", text=TEXT)
    connect_members(tomasz, ines)
    recommend(tomasz, ines, OTHER_TEXT)


@pytest.mark.parametrize("by_author", [True, False])
def test_a_block_ends_recommendations_both_ways(ines, tomasz, by_author):
    in_state("approved", tomasz, ines)
    recommend(ines, tomasz)
    one, other = (tomasz, ines) if by_author else (ines, tomasz)
    block_member(other, by=one)
    assert not Recommendation.objects.exists()


def test_a_form_sent_again_writes_nothing_anew(as_member, ines, tomasz, lina):
    form = {"relationship": "team", "text": TEXT, "key": uuid4()}
    browser, address = as_member(tomasz), reverse("recommend", args=["ines"])
    browser.post(address, form)
    written = Recommendation.objects.get()
    approve_recommendation(written, by=ines, fingerprint=written.fingerprint)
    assert browser.post(address, form).status_code == 302
    assert on_profile(lina, ines)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": "x" * (SHORTEST - 1)}, f"at least {SHORTEST} characters; this has {SHORTEST - 1}"),
        ({"text": " " * 80}, "Write what Ines is like to work with."),
        ({"text": "x" * (LONGEST + 1)}, f"up to {LONGEST} characters; this one has {LONGEST + 1}"),
        ({"relationship": "friend"}, "friend is not one of the available choices"),
        ({"relationship": ""}, "Choose how you know each other."),
    ],
    ids=["short", "blank", "long", "made up", "none"],
)
def test_bad_input_is_kept_and_said_beside_its_field(as_member, ines, tomasz, typed, sentence):
    form = {"relationship": "team", "text": TEXT, "key": uuid4()} | typed
    answer = as_member(tomasz).post(reverse("recommend", args=["ines"]), form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert form["text"].strip() in answer.text
    assert not Recommendation.objects.exists()


def test_a_line_break_counts_once(as_member, ines, tomasz):
    text = "\r\n".join(["x" * 9] * 200)[: LONGEST + 199]
    form = {"relationship": "team", "text": text, "key": uuid4()}
    assert as_member(tomasz).post(reverse("recommend", args=["ines"]), form).status_code == 302
    assert "\r" not in Recommendation.objects.get().text


def test_the_preview_shows_what_is_typed_and_stores_nothing(as_member, ines, tomasz):
    browser, address = as_member(tomasz), reverse("preview_recommendation", args=["ines"])
    typed = {"relationship": "client_of", "text": TEXT}
    page, piece = browser.post(address, typed), browser.post(address, typed, headers={"HX-Request": "true"})
    for answer in (page, piece):
        assert "Was a client of Ines" in answer.text
        assert TEXT in answer.text
    assert page.text.count(TEXT) == 2  # in the field, too
    assert "<html" not in piece.text
    assert piece.text.strip() in page.text
    assert not Recommendation.objects.exists()


def test_the_page_to_change_it_holds_what_one_wrote(as_member, ines, tomasz):
    in_state("approved", tomasz, ines)
    page = as_member(tomasz).get(reverse("recommend", args=["ines"]))
    assert page.context["form"].initial["text"] == TEXT
    assert "Ines approved these words." in page.text


def told(member: User) -> list[str]:
    return list(Notice.objects.visible_to(member).order_by("pk").values_list("kind", flat=True))


def test_who_is_told_of_what(ines, tomasz):
    Notice.objects.all().delete()
    written = recommend(tomasz, ines, TEXT)
    assert told(ines) == ["recommendation"]
    set_aside_recommendation(written, by=ines)
    recommend(tomasz, ines, OTHER_TEXT)  # not heard of before an answer, nor after a silent no
    assert (told(ines), told(tomasz)) == (["recommendation"], [])
    written.refresh_from_db()
    for _ in range(2):
        approve_recommendation(written, by=ines, fingerprint=written.fingerprint)
    assert told(tomasz) == ["recommendation_approved"]
    hide_recommendation(written, by=ines)
    show_recommendation(written, by=ines)
    recommend(tomasz, ines, TEXT)
    assert told(ines) == ["recommendation", "recommendation_changed"]
    assert told(tomasz) == []  # it is approved no longer
    written.refresh_from_db()
    approve_recommendation(written, by=ines, fingerprint=written.fingerprint)
    assert told(tomasz) == ["recommendation_approved"]
    take_back_recommendation(written, by=tomasz)
    assert (told(ines), told(tomasz)) == ([], [])


def test_whoever_writes_takes_back_and_writes_again_is_heard_of_once_a_month(ines, tomasz):
    Notice.objects.all().delete()
    for _ in range(3):
        written = recommend(tomasz, ines, TEXT)
        assert told(ines) == ["recommendation"]
        take_back_recommendation(written, by=tomasz)
    assert Notice.objects.count() == 1
    Notice.objects.update(created_at=timezone.now() - timedelta(days=31))
    recommend(tomasz, ines, TEXT)
    assert Notice.objects.visible_to(ines).get().read_at is None


def test_the_profile_shows_the_newest_three_and_the_page_all_of_them_once(as_member, ines, lina):
    browser = as_member(lina)
    for number in range(1, 24):
        author = MemberFactory(first_name=f"Author{number}")
        connect(author, ines)
        recommend(author, ines, approved=True)
        if number in (3, 4):
            more = "All recommendations" in browser.get(reverse("profile", args=["ines"])).text
            assert more == (number == 4)
    profile = browser.get(reverse("profile", args=["ines"]))
    shown = [row.author.first_name for row in profile.context["recommendations"]]
    assert shown == ["Author23", "Author22", "Author21"]
    address, seen = reverse("profile_recommendations", args=["ines"]), []
    while address:
        page = browser.get(address).context["page"]
        seen += [row.author_id for row in page.rows]
        address = page.next_url
    assert len(seen) == len(set(seen)) == 23


def test_what_waits_stands_first_then_what_is_shown_then_the_rest(as_member, ines):
    authors = {name: MemberFactory(first_name=name) for name in ("Waiting", "Shown", "Hidden", "Aside", "Newer")}
    for author in authors.values():
        connect(author, ines)
        recommend(author, ines, approved=author.first_name in ("Shown", "Hidden"))
    hide_recommendation(Recommendation.objects.get(author=authors["Hidden"]), by=ines)
    set_aside_recommendation(Recommendation.objects.get(author=authors["Aside"]), by=ines)
    rows = as_member(ines).get(reverse("recommendations")).context["page"].rows
    assert [row.author.first_name for row in rows] == ["Newer", "Waiting", "Shown", "Aside", "Hidden"]


COST = {"profile_recommendations": 9, "recommendations": 6, "recommendations_written": 6}
"""Session, member, community, what waits in the header (two), and the list; whose it is, and two for degrees."""


def test_every_list_costs_the_same_with_one_and_with_many(as_member, ines, tomasz, django_assert_max_num_queries):
    addresses = {name: reverse(name, args=["ines"] if "profile" in name else []) for name in COST}
    browser, costs = as_member(ines), []
    for number in (1, 21):
        for _ in range(number):
            other = MemberFactory()
            connect(other, ines)
            recommend(other, ines, approved=True)
            recommend(ines, other)
        cost = {}
        for name, address in addresses.items():
            browser.get(address)
            with django_assert_max_num_queries(COST[name]) as queries:
                assert len(browser.get(address).context["page"].rows) >= min(number, 20)
            cost[name] = len(queries)
        costs.append(cost)
    assert costs[0] == costs[1]


def test_an_empty_list_says_what_it_is_for(as_member, ines):
    browser = as_member(ines)
    for name in ("recommendations", "recommendations_written"):
        assert 'class="empty"' in browser.get(reverse(name)).text
    assert 'class="empty"' in browser.get(reverse("profile_recommendations", args=["ines"])).text
