"""What members do with groups: who gets in, who looks after one, and what nobody is told (product.md §12)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.actions import block_member, leave, suspend_member
from accounts.actions.standing import delete_departed
from accounts.models import User
from accounts.refusals import Refusal
from communities.actions import (
    appoint_moderator,
    ask_to_join,
    change_group,
    decline_invitations,
    invite_to_group,
    join_group,
    leave_group,
    let_in,
    lift_ban,
    make_moderator,
    remove_from_group,
    start_group,
    step_down,
    turn_down,
    withdraw_from_asking,
)
from communities.models import Group, GroupInvitation, GroupRequest, Membership
from notifications.models import Notice
from tests.factories import MemberFactory, connect
from tests.factories.groups import ban_from, group_of, invite_into, moderates_too

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]


def members_of(group) -> set[User]:
    return {membership.member for membership in Membership.objects.filter(group=group)}


def moderators_of(group) -> set[User]:
    return {membership.member for membership in Membership.objects.filter(group=group, is_moderator=True)}


def told(member, kind) -> int:
    return Notice.objects.visible_to(member).filter(kind=kind).count()


class TestStarting:
    def test_its_starter_is_its_first_member_and_moderator(self, ines):
        group = start_group(by=ines, name="  Low   water ")
        assert (group.name, group.slug) == ("Low water", "low-water")
        assert moderators_of(group) == {ines}

    def test_a_replay_is_the_first_one(self, ines):
        key = uuid4()
        assert start_group(by=ines, name="Low water", key=key) == start_group(by=ines, name="Low water", key=key)
        assert Group.objects.count() == 1

    def test_two_groups_of_a_name_have_two_addresses(self, ines, lina):
        assert start_group(by=ines, name="New").slug.startswith("new-")
        assert start_group(by=ines, name="Low water").slug != start_group(by=lina, name="Low water").slug

    def test_the_address_of_an_unlisted_group_says_nothing_and_takes_no_name_away(self, ines, lina):
        hidden = start_group(by=ines, name="Low water", entry="unlisted")
        assert "low" not in hidden.slug
        assert start_group(by=lina, name="Low water").slug == "low-water"

    def test_only_a_group_that_one_asks_to_join_has_a_question(self, ines):
        group = start_group(by=ines, name="Low water", question="Why?")
        assert group.question == ""
        assert change_group(group, by=ines, entry="request", question="Why?").question == "Why?"
        assert change_group(group, by=ines, entry="unlisted").question == ""


class TestChanging:
    def test_only_a_moderator_changes_a_group(self, ines, tomasz):
        group = group_of(ines, tomasz)
        with pytest.raises(Refusal):
            change_group(group, by=tomasz, name="Mine")
        assert change_group(group, by=ines, name="High water").name_folded == "high water"

    def test_where_it_becomes_open_those_who_asked_are_in_it_and_told(self, ines, tomasz, amara, lina):
        group = group_of(ines, entry="request")
        ask_to_join(group, by=tomasz)
        turn_down(ask_to_join(group, by=lina), by=ines)
        ask_to_join(group, by=amara)
        withdraw_from_asking(group, by=amara)
        change_group(group, by=ines, entry="open")
        assert members_of(group) == {ines, tomasz}
        assert told(tomasz, "group_joined") == 1
        assert not GroupRequest.objects.exists()

    def test_where_it_becomes_unlisted_its_address_changes_and_those_who_asked_know_nothing(self, ines, lina):
        group = group_of(ines, entry="request")
        ask_to_join(group, by=lina)
        changed = change_group(group, by=ines, entry="unlisted")
        assert changed.slug != "low-water"
        assert not Group.objects.visible_to(lina).exists()
        assert not GroupRequest.objects.exists()


class TestGettingIn:
    def test_everybody_joins_an_open_group_once(self, ines, lina):
        group = group_of(ines)
        assert join_group(group, by=lina) == join_group(group, by=lina)
        assert members_of(group) == {ines, lina}

    @pytest.mark.parametrize("entry", ["request", "unlisted"])
    def test_nobody_joins_another_one_without_an_invitation(self, ines, lina, entry):
        with pytest.raises(Refusal):
            join_group(group_of(ines, entry=entry), by=lina)

    @pytest.mark.parametrize("entry", ["open", "request", "unlisted"])
    def test_whoever_is_invited_joins_any(self, ines, tomasz, entry):
        group = group_of(ines, entry=entry)
        invite_into(group, tomasz, by=ines)
        join_group(group, by=tomasz)
        assert members_of(group) == {ines, tomasz}
        assert not GroupInvitation.objects.exists()

    def test_whoever_asks_answers_the_question_and_is_let_in(self, ines, lina):
        group = group_of(ines, entry="request", question="Why?")
        with pytest.raises(Refusal):
            ask_to_join(group, by=lina, answer="  ")
        asked = ask_to_join(group, by=lina, answer=" I measure. ")
        assert asked.answer == "I measure."
        assert told(ines, "group_request") == 1
        let_in(asked, by=ines)
        assert members_of(group) == {ines, lina}
        assert told(lina, "group_joined") == 1
        assert told(ines, "group_request") == 0, "it is answered"
        with pytest.raises(Refusal):
            let_in(asked, by=ines)

    def test_asking_twice_changes_the_answer_and_tells_nobody_again(self, ines, lina):
        group = group_of(ines, entry="request", question="Why?")
        first = ask_to_join(group, by=lina, answer="One")
        second = ask_to_join(group, by=lina, answer="Two")
        assert (first.pk, first.asked_at) == (second.pk, second.asked_at)
        assert GroupRequest.objects.get().answer == "Two"
        assert Notice.objects.filter(kind="group_request").count() == 1

    def test_nobody_asks_where_one_need_not(self, ines, tomasz, lina):
        with pytest.raises(Refusal):
            ask_to_join(group_of(ines), by=lina)
        with pytest.raises(Refusal):
            ask_to_join(group_of(ines, tomasz, entry="request"), by=tomasz)

    def test_being_turned_down_looks_like_not_being_answered_whatever_one_does(self, ines, lina):
        group = group_of(ines, entry="request")
        asked = ask_to_join(group, by=lina)
        turn_down(asked, by=ines)
        assert GroupRequest.objects.of(lina).exists()
        assert told(ines, "group_request") == 0
        withdraw_from_asking(group, by=lina)
        assert not GroupRequest.objects.of(lina).exists()
        ask_to_join(group, by=lina)
        assert GroupRequest.objects.of(lina).exists()
        assert not GroupRequest.objects.waiting_for(ines).exists()
        assert told(ines, "group_request") == 0
        assert let_in(asked, by=ines), "a moderator may change their mind"

    def test_only_a_moderator_lets_in_and_turns_down(self, ines, tomasz, lina):
        asked = ask_to_join(group_of(ines, tomasz, entry="request"), by=lina)
        for answer in (let_in, turn_down):
            for other in (tomasz, lina):
                with pytest.raises(Refusal):
                    answer(asked, by=other)

    def test_a_banned_member_neither_joins_nor_asks_nor_is_let_in_until_it_is_lifted(self, ines, tomasz):
        group = group_of(ines, entry="request")
        asked = ask_to_join(group, by=tomasz)
        ban_from(group, tomasz)
        invite_into(group, tomasz, by=ines)
        for doing in (lambda: join_group(group, by=tomasz), lambda: ask_to_join(group, by=tomasz)):
            with pytest.raises(Refusal, match="at the moment"):
                doing()
        with pytest.raises(Refusal):
            let_in(asked, by=ines)
        lift_ban(group, tomasz, by=ines)
        assert join_group(group, by=tomasz)


class TestInviting:
    def test_every_member_invites_several_connections_at_once(self, ines, tomasz):
        friends = [MemberFactory() for _ in range(3)]
        for friend in friends:
            connect(friend, tomasz)
        group = group_of(ines, tomasz, friends[2])
        assert len(invite_to_group(group, friends, by=tomasz)) == 2, "one is in it"
        assert invite_to_group(group, friends, by=tomasz) == []
        assert told(friends[0], "group_invitation") == 1

    def test_only_connections_are_invited_and_only_by_who_is_in_it(self, ines, tomasz, lina):
        group = group_of(ines)
        with pytest.raises(Refusal, match="connections"):
            invite_to_group(group, [tomasz, lina], by=ines)
        with pytest.raises(Refusal):
            invite_to_group(group, [ines], by=tomasz)
        assert not GroupInvitation.objects.exists()

    def test_declining_is_silent_and_for_good(self, ines, tomasz):
        group = group_of(ines, entry="unlisted")
        invite_into(group, tomasz, by=ines)
        decline_invitations(group, by=tomasz)
        assert not Group.objects.visible_to(tomasz).exists()
        assert told(tomasz, "group_invitation") == 0
        assert invite_to_group(group, [tomasz], by=ines) == []
        assert not Group.objects.visible_to(tomasz).exists()

    @pytest.mark.parametrize("blocker", ["ines", "tomasz"])
    def test_a_block_ends_invitations_between_the_two(self, cast, blocker):
        ines, tomasz = cast["ines"], cast["tomasz"]
        group = group_of(ines, entry="unlisted")
        invite_into(group, tomasz, by=ines)
        one, other = (ines, tomasz) if blocker == "ines" else (tomasz, ines)
        block_member(other, by=one)
        assert not GroupInvitation.objects.exists()
        assert not Group.objects.visible_to(tomasz).exists()

    def test_an_invitation_by_somebody_suspended_or_gone_from_the_group_isnt_there(self, ines, tomasz, lina):
        group = group_of(lina, ines, entry="unlisted")
        invite_into(group, tomasz, by=ines)
        leave_group(group, by=ines)
        assert not Group.objects.visible_to(tomasz).exists()
        assert told(tomasz, "group_invitation") == 0


class TestLookingAfter:
    def test_a_member_is_removed_or_banned_and_a_moderator_is_not(self, ines, tomasz, amara):
        group = group_of(ines, tomasz, amara)
        remove_from_group(group, tomasz, by=ines)
        assert join_group(group, by=tomasz)
        remove_from_group(group, tomasz, by=ines, ban=True)
        with pytest.raises(Refusal):
            join_group(group, by=tomasz)
        moderates_too(group, amara, by=ines)
        with pytest.raises(Refusal):
            remove_from_group(group, amara, by=ines)
        assert members_of(group) == {ines, amara}

    def test_a_moderator_makes_another_one_who_is_told_once(self, ines, tomasz, lina):
        group = group_of(ines, tomasz)
        for _ in range(2):
            make_moderator(group, tomasz, by=ines)
        assert moderators_of(group) == {ines, tomasz}
        assert told(tomasz, "group_moderator") == 1
        with pytest.raises(Refusal):
            make_moderator(group, lina, by=ines)
        step_down(group, by=tomasz)
        assert told(tomasz, "group_moderator") == 0, "they aren't any more"

    def test_the_last_moderator_neither_steps_down_nor_leaves_while_others_are_there(self, ines, tomasz):
        group = group_of(ines, tomasz)
        for doing in (step_down, leave_group):
            with pytest.raises(Refusal, match="needs one"):
                doing(group, by=ines)
        moderates_too(group, tomasz, by=ines)
        leave_group(group, by=ines)
        assert members_of(group) == {tomasz}

    def test_a_suspended_moderator_is_not_enough(self, ines, tomasz, lina):
        group = group_of(ines, tomasz, lina)
        moderates_too(group, tomasz, by=ines)
        suspend_member(tomasz, by=lina)
        with pytest.raises(Refusal):
            leave_group(group, by=ines)

    def test_a_group_that_everybody_left_is_out_of_sight(self, ines, lina):
        group = group_of(ines)
        leave_group(group, by=ines)
        assert not Group.objects.visible_to(lina).exists()
        assert Group.objects.get().hidden_at

    def test_whoever_is_in_it_longest_moderates_after_the_last_moderator_is_gone(self, ines, tomasz, amara, vera):
        group, alone = group_of(ines, tomasz, amara, vera), group_of(ines, name="Alone")
        old = timezone.now() - timedelta(days=9)
        Membership.objects.filter(member__in=[amara, vera]).update(joined_at=old)
        leave(by=ines)
        User.objects.filter(pk=ines.pk).update(leaves_at=timezone.now())
        assert delete_departed(ines.pk)
        assert moderators_of(group) == {amara}, "Vera is suspended"
        assert told(amara, "group_moderator") == 1
        assert not Group.objects.visible_to(amara).filter(pk=alone.pk).exists()

    def test_an_operator_appoints_a_moderator(self, ines, tomasz, lina):
        group = group_of(ines, tomasz)
        theirs = Membership.objects.get(group=group, member=tomasz)
        with pytest.raises(Refusal):
            appoint_moderator(theirs, by=lina)
        appoint_moderator(theirs, by=MemberFactory(is_staff=True))
        assert moderators_of(group) == {ines, tomasz}

    def test_only_members_who_are_there_are_counted(self, ines, tomasz, vera):
        group_of(ines, tomasz, vera)
        assert Group.objects.with_size().get().size == 2
