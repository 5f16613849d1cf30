"""Deleting leaves a place for what others said: under a comment, and about a post (product.md §8)."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from accounts.actions import block_member, delete_departed, leave
from accounts.models import User
from accounts.refusals import Refusal
from feed.actions import comment_on_post, delete_comment, delete_post, edit_comment, edit_post, react_to_post, repost
from feed.lists.activity import activity_of
from feed.lists.timeline import feed_of, with_what_they_show
from feed.models import Comment, Post, Reaction, Revision
from feed.showing.items import present
from feed.showing.threads import threads_of
from notifications.models import Notice
from tests.concurrently import at_once
from tests.factories import MemberFactory, comment, connect, pass_on, post

pytestmark = pytest.mark.usefixtures("unmailed")

GONE = "This comment was deleted."


def read(on: Post, viewer) -> list:
    """The threads that a viewer reads: of each its words, or None for a place, and the words of its replies."""
    threads, _more = threads_of(on, viewer=viewer)
    return [(thread.author and thread.text, [reply.text for reply in thread.replies]) for thread in threads]


def heard(on: Post, viewer) -> int:
    (item,) = present(with_what_they_show(Post.objects.filter(pk=on.pk)), viewer=viewer)
    return item.comments


def page_of(client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


class TestAComment:
    def test_nobody_answered_leaves_nothing(self, ines, tomasz):
        said = post(ines)
        delete_comment(comment(tomasz, said), by=tomasz)
        assert not Comment.objects.exists()

    def test_that_was_answered_leaves_a_place_without_author_and_words_past_ones_too(self, cast, as_member):
        said = post(cast["ines"], audience="public")
        first = comment(cast["tomasz"], said, "A secret.")
        edit_comment(first, by=cast["tomasz"], text="A secret, told better.")
        reply = comment(cast["lina"], said, "Answered.", reply_to=first)
        delete_comment(first, by=cast["tomasz"])
        delete_comment(first, by=cast["tomasz"])
        first.refresh_from_db()
        assert (first.text, first.author, first.edited_at) == ("", None, None)
        assert not Revision.objects.exists()
        assert read(said, cast["ines"]) == [(None, ["Answered."])]
        for address in (
            said.get_absolute_url(),
            reverse("comment", args=[first.pk]),
            reverse("comment", args=[reply.pk]),
        ):
            page = page_of(as_member(cast["amara"]), address)
            assert GONE in page
            assert "Answered." in page
            assert "secret" not in page
            assert "Tomasz" not in page

    def test_vanishes_for_whoever_sees_none_of_its_answers(self, cast, as_member):
        said = post(cast["tomasz"], audience="public")
        first = comment(cast["tomasz"], said)
        comment(cast["bill"], said, "Bill answers.", reply_to=first)
        delete_comment(first, by=cast["tomasz"])
        assert read(said, cast["amara"]) == [(None, ["Bill answers."])]
        assert read(said, cast["ines"]) == []
        assert as_member(cast["ines"]).get(reverse("comment", args=[first.pk])).status_code == 404
        assert GONE not in page_of(as_member(cast["ines"]), said.get_absolute_url())
        User.objects.filter(handle="tomasz").update(profile_audience="public")
        assert read(said, AnonymousUser()) == []

    def test_is_said_to_leave_its_answers_only_to_who_sees_one(self, ines, tomasz, lina, as_member):
        first = comment(tomasz, said := post(lina))
        comment(ines, said, reply_to=first)
        asking, words = reverse("delete_comment", args=[first.pk]), "The replies to it stay"
        assert words in page_of(as_member(tomasz), asking)
        block_member(tomasz, by=ines)
        assert words not in page_of(as_member(tomasz), asking)

    def test_counts_no_more_and_is_nobodys_activity_nor_notice(self, ines, tomasz, lina):
        said = post(ines, audience="public")
        first = comment(tomasz, said)
        comment(lina, said, reply_to=first)
        assert (heard(said, ines), Notice.objects.visible_to(ines).filter(actor=tomasz).count()) == (2, 1)
        delete_comment(first, by=tomasz)
        assert (heard(said, ines), Notice.objects.visible_to(ines).filter(actor=tomasz).count()) == (1, 0)
        assert activity_of(tomasz, viewer=ines).deeds == []

    def test_whose_last_answer_goes_goes_with_it(self, ines, tomasz, lina):
        said = post(ines)
        first = comment(tomasz, said)
        replies = [comment(lina, said, reply_to=first), comment(ines, said, reply_to=first)]
        delete_comment(first, by=ines)
        for reply in replies:
            assert Comment.objects.filter(pk=first.pk).exists()
            delete_comment(reply, by=reply.author)
        assert not Comment.objects.exists()

    def test_can_not_be_answered_edited_deleted_again_or_reported_but_its_answers_can(
        self, ines, tomasz, lina, as_member
    ):
        said = post(ines, audience="public")
        first = comment(tomasz, said)
        reply = comment(lina, said, reply_to=first)
        delete_comment(first, by=tomasz)
        with pytest.raises(Refusal):
            comment(lina, said, reply_to=first)
        assert comment(ines, said, reply_to=reply).parent == first
        for name in ("reply", "edit_comment", "delete_comment", "comment_history"):
            for member in (ines, tomasz, lina):
                assert as_member(member).get(reverse(name, args=[first.pk])).status_code == 404
        assert as_member(lina).get(reverse("report", args=["comment", first.pk])).status_code == 404

    def test_that_was_hidden_brings_its_answers_back_for_nobody(self, ines, tomasz, lina):
        said = post(ines, audience="public")
        first = comment(tomasz, said)
        comment(lina, said, reply_to=first)
        Comment.objects.filter(pk=first.pk).update(hidden_at=timezone.now())
        delete_comment(first, by=tomasz)
        assert [read(said, viewer) for viewer in (ines, tomasz, lina)] == [[], [], []]

    def test_of_somebody_who_leaves_for_good_leaves_a_place_for_what_others_answered(self, ines, tomasz, lina):
        said = post(ines)
        answered, alone, own = [comment(tomasz, said, text) for text in ("Answered.", "Alone.", "To oneself.")]
        comment(lina, said, "An answer.", reply_to=answered)
        comment(tomasz, said, "Mine.", reply_to=own)
        leave(by=tomasz)
        User.objects.filter(pk=tomasz.pk).update(leaves_at=timezone.now())
        assert delete_departed(tomasz.pk)
        assert read(said, ines) == [(None, ["An answer."])]
        assert not Comment.objects.filter(pk__in=[alone.pk, own.pk]).exists()


class TestAPostThatWasPassedOn:
    def test_keeps_what_others_wrote_and_says_that_it_is_gone(self, ines, tomasz, lina, as_member):
        original = post(ines, "The original.", audience="public")
        edit_post(original, by=ines, text="The original, told better.")
        comment(lina, original), react_to_post(original, by=lina)
        quoting, wordless = pass_on(tomasz, original, text="Look at this."), pass_on(lina, original)
        comment(lina, quoting, "I looked.")
        delete_post(original, by=ines)
        original.refresh_from_db()
        assert (original.text, original.edited_at) == ("", None)
        assert not Post.objects.filter(pk=wordless.pk).exists()
        assert (Reaction.objects.count(), Revision.objects.count(), Comment.objects.count()) == (0, 0, 1)
        page = page_of(as_member(lina), quoting.get_absolute_url())
        assert "Look at this." in page
        assert "I looked." in page
        assert "The post that this is about was deleted." in page
        assert "original" not in page
        assert "Ines" not in page
        assert as_member(ines).get(original.get_absolute_url()).status_code == 404
        assert list(feed_of(ines).posts) == [quoting]

    def test_is_still_shown_to_nobody_who_could_not_see_the_original(self, ines, tomasz, lina, amara):
        """What it passed on decides as before: else deleting it would show the words about it to more people."""
        for member in (lina, amara):
            connect(member, tomasz)
        near = pass_on(tomasz, post(ines, "For my own people.", audience="connections"), text="On what Ines said.")
        far = pass_on(tomasz, post(ines, "For all.", audience="public"), text="On what Ines told us all.")
        block_member(amara, by=ines)
        before = {viewer: set(Post.objects.visible_to(viewer).filter(author=tomasz)) for viewer in (lina, amara, ines)}
        assert before == {lina: {far}, amara: set(), ines: {near, far}}
        for passed_on in (near, far):
            delete_post(passed_on.repost_of, by=ines)
        after = {viewer: set(Post.objects.visible_to(viewer).filter(author=tomasz)) for viewer in (lina, amara, ines)}
        assert after == before

    def test_is_not_passed_on_again_nor_any_activity(self, ines, tomasz, lina, as_member):
        original = post(ines, audience="public")
        quoting = pass_on(tomasz, original, text="Look.")
        delete_post(original, by=ines)
        with pytest.raises(Refusal):
            repost(quoting, by=lina)
        assert as_member(lina).get(reverse("repost", args=[quoting.pk])).status_code == 404
        assert activity_of(tomasz, viewer=ines).deeds == []
        with pytest.raises(Refusal):
            comment_on_post(original, by=lina, text="Too late.")

    def test_goes_wholly_with_the_last_words_about_it(self, ines, tomasz, lina):
        original = post(ines, audience="public")
        about = [pass_on(tomasz, original, text="One."), pass_on(lina, original, text="Two.")]
        delete_post(original, by=ines)
        for each in about:
            assert Post.objects.filter(pk=original.pk).exists()
            delete_post(each, by=each.author)
        assert not Post.objects.exists()

    def test_costs_the_card_nothing_more(self, ines, tomasz):
        quoting = pass_on(tomasz, post(ines, audience="public"), text="Look.")
        delete_post(quoting.repost_of, by=ines)
        (item,) = present(with_what_they_show(Post.objects.filter(pk=quoting.pk)), viewer=tomasz)
        assert (item.original, item.is_original_gone, item.may_repost) == (None, True, False)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(2))
def test_answering_against_deleting_leaves_the_answer_in_a_place_or_refuses_it(round_):
    author, other = MemberFactory(), MemberFactory()
    said = post(author, audience="public")
    first = comment(author, said)
    answer, _none = at_once(
        lambda: comment_on_post(said, by=other, text="Yes.", reply_to=first), lambda: delete_comment(first, by=author)
    )
    left = [] if isinstance(answer, Refusal) else [answer.pk]
    assert list(Comment.objects.filter(parent__isnull=False).values_list("pk", flat=True)) == left
    assert Comment.objects.filter(pk=first.pk, deleted_at__isnull=False).exists() is bool(left)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(2))
def test_passing_on_against_deleting_keeps_the_words_or_refuses_them(round_):
    author, other = MemberFactory(), MemberFactory()
    original = post(author, audience="public")
    passed_on, _none = at_once(
        lambda: repost(original, by=other, text="Look."), lambda: delete_post(original, by=author)
    )
    if isinstance(passed_on, Refusal):
        assert not Post.objects.exists()
    else:
        assert set(Post.objects.visible_to(other)) == {passed_on}
