"""Keeping a search, and hearing of somebody new who matches: once, and of nothing else."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions import block_member, claim_account, unblock_member
from accounts.models import User
from accounts.models.standing import FOR_GOOD
from accounts.refusals import Refusal
from notifications import chores
from notifications.models import Notice
from profiles.actions import add_word, change_profile, delete_from_profile
from profiles.models import Position, Skill
from search.actions import MOST, remove_search, save_search
from search.looking import EVERY, forget_former_words, look_for_new_people
from search.models import Find, FormerWords, Look, MemberWords, SavedSearch
from search.wanted import Wanted
from tests.concurrently import at_once
from tests.factories import MemberFactory, UnclaimedFactory, connect

pytestmark = pytest.mark.django_db


@pytest.fixture
def saved(lina) -> SavedSearch:
    """Lina looks for hydrologists; it was saved two days ago, when everybody of today was there as they are."""
    search = save_search(Wanted(words="hydrolog"), by=lina)
    pass_days(2)
    return search


def pass_days(days: int) -> None:
    """Everything that happened so far happened so many days earlier."""
    past = timedelta(days=days)
    SavedSearch.objects.update(saved_at=F("saved_at") - past, looked_at=F("looked_at") - past)
    MemberWords.objects.update(changed_at=F("changed_at") - past)
    FormerWords.objects.update(changed_at=F("changed_at") - past)
    User.objects.update(welcomed_at=F("welcomed_at") - past)


def found(search: SavedSearch) -> list[str]:
    return list(Find.objects.filter(search=search).order_by("pk").values_list("member__handle", flat=True))


def letters() -> list:
    return [letter for letter in mail.outbox if "search that you saved" in letter.subject]


def test_it_is_a_chore_of_the_workers():
    assert look_for_new_people in chores.CHORES


def test_somebody_who_joins_and_somebody_who_comes_to_match_are_told_in_one_letter(saved, lina, tomasz):
    MemberFactory(first_name="New", handle="new", headline="Hydrologist", joined_at=timezone.now())
    add_word(Skill, by=tomasz, name="Hydrology")
    assert look_for_new_people() == 1
    assert found(saved) == ["tomasz", "new"]
    (letter,) = letters()
    assert letter.to == [lina.email]
    assert "hydrolog" in letter.subject
    assert f"/search/saved/{saved.pk}/" in letter.message().as_string()
    assert "List-Unsubscribe" in letter.message()
    assert Notice.objects.visible_to(lina).get().kind == "saved_search"


def test_the_same_day_and_the_next_nobody_is_told_again(saved, tomasz):
    skill = add_word(Skill, by=tomasz, name="Hydrology")
    look_for_new_people()
    assert look_for_new_people() == 0
    pass_days(1)
    delete_from_profile(skill, by=tomasz)
    pass_days(1)
    look_for_new_people()
    add_word(Skill, by=tomasz, name="Hydrology")
    pass_days(2)
    assert look_for_new_people() == 1
    assert found(saved) == ["tomasz"]
    assert len(letters()) == 1


def test_a_second_day_brings_a_second_letter_about_somebody_else(saved, tomasz, amara):
    add_word(Skill, by=tomasz, name="Hydrology")
    look_for_new_people()
    pass_days(2)
    add_word(Skill, by=amara, name="Hydrology")
    look_for_new_people()
    assert found(saved) == ["tomasz", "amara"]
    assert len(letters()) == 2


def test_who_matched_before_is_not_new_whatever_else_they_change(lina, tomasz):
    add_word(Skill, by=tomasz, name="Hydrology")
    saved = save_search(Wanted(words="hydrolog"), by=lina)
    pass_days(2)
    change_profile(tomasz, by=tomasz, headline="Chief hydrologist")
    assert look_for_new_people() == 1
    assert found(saved) == []
    assert letters() == []


def unblock(lina, tomasz):
    unblock_member(tomasz, by=lina)


def end_suspension(lina, tomasz):
    User.objects.filter(pk=tomasz.pk).update(suspended_until=None)


def stay(lina, tomasz):
    User.objects.filter(pk=tomasz.pk).update(leaves_at=None)


@pytest.mark.parametrize(
    ("shut", "opened"),
    [
        (lambda lina, tomasz: block_member(tomasz, by=lina), unblock),
        (lambda lina, tomasz: block_member(lina, by=tomasz), lambda lina, tomasz: unblock_member(lina, by=tomasz)),
        (lambda lina, tomasz: User.objects.filter(pk=tomasz.pk).update(suspended_until=FOR_GOOD), end_suspension),
        (lambda lina, tomasz: User.objects.filter(pk=tomasz.pk).update(leaves_at=timezone.now()), stay),
    ],
    ids=["blocked", "blocking", "suspended", "leaving"],
)  # fmt: skip
def test_nobody_behind_a_wall_is_told_nor_when_the_wall_comes_down(saved, lina, tomasz, shut, opened):
    shut(lina, tomasz)
    add_word(Skill, by=tomasz, name="Hydrology")
    look_for_new_people()
    assert found(saved) == []
    pass_days(2)
    opened(lina, tomasz)
    look_for_new_people()
    assert found(saved) == []
    assert letters() == []


@pytest.mark.parametrize(
    "choice", [{"profile_audience": "public"}, {"connections_audience": "members"}, {"door": "nobody"}]
)
def test_a_setting_makes_nobody_new(saved, lina, tomasz, choice):
    User.objects.filter(pk=tomasz.pk).update(**choice)
    assert look_for_new_people() == 1
    assert found(saved) == []


def test_somebody_from_a_roster_is_new_when_they_claim_their_account(saved):
    person = UnclaimedFactory(headline="Hydrologist")
    look_for_new_people()
    assert found(saved) == []
    pass_days(2)
    claim_account(person)
    look_for_new_people()
    assert found(saved) == [person.handle]


def test_the_degree_counts_as_it_is_on_the_day_of_the_look(lina, tomasz, amara):
    saved = save_search(Wanted(words="hydrolog", degree="1"), by=lina)
    pass_days(2)
    connect(lina, tomasz)
    add_word(Skill, by=tomasz, name="Hydrology")
    add_word(Skill, by=amara, name="Hydrology")
    look_for_new_people()
    assert found(saved) == ["tomasz"]


def test_who_begins_to_work_there_is_new_though_they_were_there_before(lina, tomasz):
    Position.objects.create(member=tomasz, organization="River Authority", started_year=2001, ended_year=2004)
    saved = save_search(Wanted(organization="river authority", is_now=True), by=lina)
    pass_days(2)
    Position.objects.create(member=tomasz, organization="River Authority", started_year=2020)
    look_for_new_people()
    assert found(saved) == ["tomasz"]


def test_one_is_not_told_of_oneself_and_who_is_away_is_told_nothing(saved, lina):
    change_profile(lina, by=lina, headline="Hydrologist")
    look_for_new_people()
    assert found(saved) == []
    pass_days(2)
    User.objects.filter(pk=lina.pk).update(suspended_until=FOR_GOOD)
    MemberFactory(headline="Hydrologist")
    look_for_new_people()
    assert not Look.objects.exists()


def test_a_letter_that_waits_and_the_page_forget_whom_one_may_not_see_any_more(
    saved, lina, tomasz, as_member, settings
):
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend", "QUEUES": ["default"]}}
    add_word(Skill, by=tomasz, name="Hydrology")
    look_for_new_people()
    assert "Tomasz" in as_member(lina).get(saved.get_absolute_url()).content.decode()
    block_member(lina, by=tomasz)
    assert not Notice.objects.visible_to(lina).exists()
    page = as_member(lina).get(saved.get_absolute_url()).content.decode()
    assert "Tomasz" not in page
    assert "Nobody new so far" in page


def test_the_same_search_is_kept_once_and_twenty_at_the_most(lina):
    first = save_search(Wanted(words="a"), by=lina)
    assert save_search(Wanted(words="a"), by=lina) == first
    for number in range(MOST - 1):
        save_search(Wanted(words=f"b{number}"), by=lina)
    with pytest.raises(Refusal):
        save_search(Wanted(words="one too many"), by=lina)
    assert SavedSearch.objects.count() == MOST
    remove_search(first, by=lina)
    save_search(Wanted(words="one more"), by=lina)


def test_what_asks_for_nothing_is_not_kept(lina):
    for wanted in (Wanted(), Wanted(degree="2")):
        with pytest.raises(Refusal):
            save_search(wanted, by=lina)


def test_nobody_sees_or_removes_somebody_elses(saved, ines, as_member):
    client = as_member(ines)
    assert client.get(saved.get_absolute_url()).status_code == 404
    assert client.post(f"/search/saved/{saved.pk}/remove/").status_code == 404
    assert "hydrolog" not in client.get("/search/saved/").content.decode()
    with pytest.raises(Refusal):
        remove_search(saved, by=ines)


def test_a_form_sent_twice_saves_once_and_says_what_is_wrong(lina, as_member):
    client = as_member(lina)
    for _time in range(2):
        answer = client.post("/search/saved/", {"q": "kim", "place": "Lyon", "is_now": "on"}, follow=True)
        assert "Saved." in answer.content.decode()
    kept = SavedSearch.objects.get()
    assert (kept.words, kept.place, kept.is_now) == ("kim", "Lyon", False)
    assert "Look for somebody first" in client.post("/search/saved/", {"q": ""}, follow=True).content.decode()


def test_former_words_are_kept_only_until_everybody_has_looked(saved, tomasz):
    change_profile(tomasz, by=tomasz, headline="Gauges")
    assert FormerWords.objects.count() == 1
    assert forget_former_words() == 0
    look_for_new_people()
    assert not FormerWords.objects.exists()


def test_a_look_costs_the_same_however_many_are_in_the_community(saved):
    counts = []
    for many in (1, 20):
        for _number in range(many):
            MemberFactory(headline="Hydrologist")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            look_for_new_people()
        counts.append(len(queries))
        pass_days(2)
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_look_once(unmailed, lina):
    search = save_search(Wanted(words="hydrolog"), by=lina)
    MemberFactory(headline="Hydrologist")
    SavedSearch.objects.update(looked_at=timezone.now() - 2 * EVERY)
    looked = at_once(look_for_new_people, look_for_new_people)
    assert sorted(looked) == [0, 1]
    assert Look.objects.filter(search=search).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_skills_added_at_once_are_both_found(unmailed, lina, tomasz):
    at_once(
        lambda: Skill.objects.create(member=tomasz, name="Sediment"),
        lambda: Skill.objects.create(member=tomasz, name="Turbidity"),
    )
    words = MemberWords.objects.get(member=tomasz).words
    assert "sediment" in words
    assert "turbidity" in words
