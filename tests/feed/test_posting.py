"""Publishing, changing, reposting, liking and commenting: product.md §8."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accounts.actions import block_member
from accounts.audiences import Audience
from accounts.refusals import Refusal
from feed.actions import (
    comment_on_post,
    delete_comment,
    delete_post,
    edit_comment,
    edit_post,
    limit_commenting,
    publish_post,
    react_to_post,
    repost,
    take_back_reaction,
)
from feed.models import Comment, Post, Reaction
from notifications.models import Notice
from tests.factories import comment, like, pass_on, post


def kinds_told(member) -> list[str]:
    return sorted(Notice.objects.visible_to(member).values_list("kind", flat=True))


def test_a_post_is_for_members_unless_its_author_says_otherwise(ines):
    assert post(ines).audience == Audience.MEMBERS


def test_a_replayed_form_posts_once(ines):
    key = uuid4()
    first = publish_post(by=ines, text="Once.", key=key)
    assert publish_post(by=ines, text="Twice.", key=key) == first
    assert Post.objects.get().text == "Once."


def test_a_key_is_each_authors_own(ines, lina):
    key = uuid4()
    assert publish_post(by=ines, text="Mine.", key=key) != publish_post(by=lina, text="Mine too.", key=key)


def test_an_empty_post_is_refused(ines):
    with pytest.raises(Refusal):
        publish_post(by=ines, text="  \n ")


def test_new_words_mark_a_post_as_edited_and_a_narrower_audience_does_not(ines):
    mine = post(ines, "Before.", audience="public")
    assert edit_post(mine, by=ines, text="Before.", audience="members").edited_at is None
    edited = edit_post(mine, by=ines, text="After.")
    assert edited.edited_at is not None
    assert (edited.text, edited.audience) == ("After.", "members")


@pytest.mark.parametrize(
    ("was", "becomes", "is_allowed"),
    [
        ("public", "members", True),
        ("public", "connections", True),
        ("members", "connections", True),
        ("members", "public", False),
        ("connections", "members", False),
        ("connections", "public", False),
    ],
)
def test_an_audience_is_narrowed_but_never_widened(ines, was, becomes, is_allowed):
    mine = post(ines, audience=was)
    if is_allowed:
        assert edit_post(mine, by=ines, text=mine.text, audience=becomes).audience == becomes
    else:
        with pytest.raises(Refusal):
            edit_post(mine, by=ines, text=mine.text, audience=becomes)
        mine.refresh_from_db()
        assert mine.audience == was


def test_nobody_changes_or_deletes_what_another_wrote(ines, tomasz):
    mine = post(ines)
    with pytest.raises(Refusal):
        edit_post(mine, by=tomasz, text="Mine now.")
    with pytest.raises(Refusal):
        limit_commenting(mine, by=tomasz, comments_from="nobody")
    delete_post(mine, by=tomasz)
    assert Post.objects.get() == mine


def test_deleting_a_post_takes_everything_that_hung_on_it_and_is_done_once(ines, tomasz):
    mine = post(ines)
    comment(tomasz, mine), like(tomasz, mine), pass_on(tomasz, mine)
    delete_post(mine, by=ines)
    delete_post(mine, by=ines)
    assert not Post.objects.exists()
    assert not Comment.objects.exists()
    assert not Reaction.objects.exists()


class TestReposting:
    def test_a_repost_of_a_repost_passes_on_the_original(self, ines, tomasz, lina):
        original = post(ines, audience="public")
        assert repost(pass_on(tomasz, original, text="Look."), by=lina).repost_of == original

    def test_its_audience_is_the_originals_and_never_wider(self, ines, tomasz):
        original = post(ines, audience="members")
        with pytest.raises(Refusal):
            repost(original, by=tomasz, audience="public")
        assert repost(original, by=tomasz).audience == "members"
        assert repost(original, by=tomasz, text="For few.", audience="connections").audience == "connections"

    def test_a_member_has_one_wordless_repost_and_any_number_with_words(self, ines, tomasz):
        original = post(ines)
        assert repost(original, by=tomasz) == repost(original, by=tomasz)
        repost(original, by=tomasz, text="One.")
        repost(original, by=tomasz, text="Two.")
        assert original.reposts.count() == 3

    def test_what_one_does_not_see_can_not_be_passed_on(self, ines, lina, bill):
        hidden = post(ines, audience="connections")
        for member in (lina, bill):
            with pytest.raises(Refusal):
                repost(hidden, by=member)

    def test_a_repost_that_one_sees_of_something_that_one_does_not_can_not_be_passed_on(self, ines, tomasz, lina):
        passed_on = pass_on(tomasz, post(ines, audience="public"), text="Look.", audience="public")
        block_member(lina, by=ines)
        with pytest.raises(Refusal):
            repost(passed_on, by=lina)

    def test_the_database_refuses_a_second_wordless_repost_and_one_of_itself(self, ines, tomasz):
        original = post(ines)
        pass_on(tomasz, original)
        with pytest.raises(IntegrityError, match="feed_post_one_wordless_repost"), transaction.atomic():
            Post.objects.create(author=tomasz, repost_of=original)
        with pytest.raises(IntegrityError, match="feed_post_reposts_another"), transaction.atomic():
            Post.objects.filter(pk=original.pk).update(repost_of=original)


class TestLiking:
    def test_liking_twice_likes_once_and_unliking_twice_is_fine(self, ines, tomasz):
        mine = post(ines)
        assert react_to_post(mine, by=tomasz) == react_to_post(mine, by=tomasz)
        take_back_reaction(mine, by=tomasz)
        take_back_reaction(mine, by=tomasz)
        assert not Reaction.objects.exists()

    def test_what_one_does_not_see_can_not_be_liked(self, ines, lina):
        with pytest.raises(Refusal):
            react_to_post(post(ines, audience="connections"), by=lina)


class TestCommenting:
    def test_a_reply_to_a_reply_stands_beside_it(self, ines, tomasz, lina):
        mine = post(ines)
        first = comment(tomasz, mine)
        second = comment(lina, mine, reply_to=first)
        assert comment(ines, mine, reply_to=second).parent == first

    def test_a_replayed_form_comments_once(self, ines, tomasz):
        mine, key = post(ines), uuid4()
        assert comment_on_post(mine, by=tomasz, text="A", key=key) == comment_on_post(
            mine, by=tomasz, text="B", key=key
        )

    def test_the_author_hears_of_a_comment_and_a_commenter_of_a_reply_each_once(self, ines, tomasz, lina):
        mine = post(ines)
        first = comment(tomasz, mine)
        comment(lina, mine, reply_to=first)
        assert kinds_told(ines).count("comment") == 2
        assert kinds_told(tomasz).count("reply") == 1
        comment(ines, mine, reply_to=comment(ines, mine))
        assert "reply" not in kinds_told(ines), "nobody is told of what they did themselves"

    def test_an_author_whose_comment_is_replied_to_hears_of_the_reply_only(self, ines, lina):
        mine = post(ines)
        comment(lina, mine, reply_to=comment(ines, mine))
        assert kinds_told(ines) == ["reply"]

    def test_nobody_is_told_of_a_comment_that_they_may_not_see(self, cast):
        said = post(cast["tomasz"], audience="public")
        first = comment(cast["ines"], said)
        with pytest.raises(Refusal):
            comment(cast["bill"], said, reply_to=first)
        second = comment(cast["lina"], said, reply_to=first)
        block_member(cast["lina"], by=cast["ines"])
        comment(cast["amara"], said, reply_to=second)
        assert "reply" not in kinds_told(cast["ines"])
        assert kinds_told(cast["lina"]) == [], "Amara's reply stands under Ines's comment, which Lina doesn't see"

    @pytest.mark.parametrize(
        ("limit", "allowed"),
        [("anyone", {"ines", "tomasz", "amara", "lina"}), ("connections", {"ines", "tomasz"}), ("nobody", {"ines"})],
    )
    def test_the_author_decides_who_comments(self, cast, limit, allowed):
        mine = limit_commenting(post(cast["ines"]), by=cast["ines"], comments_from=limit)
        for name in ("ines", "tomasz", "amara", "lina", "bill", "jorge"):
            if name in allowed:
                assert comment(cast[name], mine)
            else:
                with pytest.raises(Refusal):
                    comment(cast[name], mine)

    def test_a_comment_is_edited_by_its_author_alone(self, ines, tomasz):
        said = comment(tomasz, post(ines), "Before.")
        with pytest.raises(Refusal):
            edit_comment(said, by=ines, text="Not my words.")
        assert edit_comment(said, by=tomasz, text="After.").edited_at is not None

    @pytest.mark.parametrize(("name", "is_gone"), [("ines", True), ("tomasz", True), ("lina", False)])
    def test_a_comment_is_deleted_by_its_author_or_the_posts(self, cast, name, is_gone):
        said = comment(cast["tomasz"], post(cast["ines"]))
        delete_comment(said, by=cast[name])
        assert Comment.objects.filter(pk=said.pk).exists() is not is_gone

    def test_the_database_refuses_an_empty_comment(self, ines):
        with pytest.raises(IntegrityError, match="feed_comment_says_something"):
            Comment.objects.create(post=post(ines), author=ines, text="")


def test_disconnecting_takes_back_what_was_for_connections(ines, tomasz):
    from network.actions import disconnect

    mine = post(ines, audience="connections")
    disconnect(tomasz, by=ines)
    with pytest.raises(Refusal):
        react_to_post(mine, by=tomasz)
