"""What happens when two answer a post at the same moment: one result, and no error but a plain refusal."""

from uuid import uuid4

import pytest

from accounts.refusals import Refusal
from feed.actions import (
    comment_on_post,
    delete_post,
    edit_post,
    follow_tag,
    publish_post,
    react_to_post,
    repost,
    take_back_reaction,
)
from feed.models import Comment, Mention, Post, PostTag, Reaction, Tag, TagFollow
from tests.concurrently import at_once
from tests.factories import MemberFactory, post

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = range(3)


@pytest.fixture
def said():
    return post(MemberFactory(), audience="public")


@pytest.mark.parametrize("round_", ROUNDS)
def test_a_double_like_likes_once(said, round_):
    member = MemberFactory()
    results = at_once(*[lambda: react_to_post(said, by=member)] * 4)
    assert all(isinstance(result, Reaction) for result in results)
    assert Reaction.objects.count() == 1


@pytest.mark.parametrize("round_", ROUNDS)
def test_like_against_unlike_ends_as_one_of_them(said, round_):
    member = MemberFactory()
    at_once(lambda: react_to_post(said, by=member), lambda: take_back_reaction(said, by=member))
    assert Reaction.objects.count() <= 1


@pytest.mark.parametrize("round_", ROUNDS)
def test_a_form_sent_twice_posts_and_comments_once(said, round_):
    member, key = MemberFactory(), uuid4()
    first, second = at_once(*[lambda: publish_post(by=member, text="Once.", key=key)] * 2)
    assert first == second
    first, second = at_once(*[lambda: comment_on_post(said, by=member, text="Once.", key=key)] * 2)
    assert first == second
    assert (Post.objects.count(), Comment.objects.count()) == (2, 1)


@pytest.mark.parametrize("round_", ROUNDS)
def test_two_wordless_reposts_are_one(said, round_):
    member = MemberFactory()
    first, second = at_once(lambda: repost(said, by=member), lambda: repost(said, by=member))
    assert first == second


@pytest.mark.parametrize("round_", ROUNDS)
def test_answering_against_deleting_leaves_nothing_behind(said, round_):
    member = MemberFactory()
    results = at_once(
        lambda: react_to_post(said, by=member),
        lambda: comment_on_post(said, by=member, text="Too late?"),
        lambda: repost(said, by=member, text="Too late?"),
        lambda: delete_post(said, by=said.author),
    )
    assert all(result is None or isinstance(result, Refusal | Reaction | Comment | Post) for result in results)
    left = Post.objects.exclude(deleted_at__isnull=False)
    assert not left.filter(repost_of__isnull=True).exists(), "at most what was passed on with words stays"
    assert not Reaction.objects.exists()
    assert not Comment.objects.exists()


def test_a_tag_that_two_use_for_the_first_time_is_one_tag():
    one, other = MemberFactory(), MemberFactory()
    results = at_once(
        lambda: publish_post(by=one, text="#rivers #lakes"),
        lambda: publish_post(by=other, text="#Lakes #Rivers"),
        lambda: follow_tag("rivers", by=one),
        lambda: follow_tag("Rivers", by=one),
    )
    assert not any(isinstance(result, Refusal) for result in results)
    assert Tag.objects.count() == 2
    assert PostTag.objects.count() == 4
    assert TagFollow.objects.count() == 1


def test_two_edits_that_name_the_same_person_name_them_once(said):
    MemberFactory(handle="ines")
    at_once(*[lambda: edit_post(said, by=said.author, text="@ines")] * 3)
    assert Mention.objects.count() == 1
