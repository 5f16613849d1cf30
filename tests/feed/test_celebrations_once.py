"""What happens when two announce or congratulate at the same moment: once, and no error but a plain refusal."""

import pytest

from accounts.refusals import Refusal
from feed.actions import announce_anniversaries, congratulate, delete_post, take_back_congratulation
from feed.models import Post, Reaction
from notifications.models import Notice
from profiles.actions import delete_from_profile, edit_entry
from profiles.announcing import Announcing
from profiles.models import Position
from tests.concurrently import at_once
from tests.factories import MemberFactory, celebration, connect, position_begun

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("unmailed")]
NEW, YEARLY = Announcing(new=True), Announcing(anniversaries=True)


@pytest.fixture
def ines():
    return MemberFactory(first_name="Ines")


def test_four_workers_announce_every_anniversary_once(ines):
    for _number in range(12):
        position_begun(ines, months_ago=24, announcing=YEARLY)
    assert sum(at_once(*[announce_anniversaries] * 4)) == 12
    assert Post.objects.count() == 12


def test_a_form_sent_twice_announces_once(ines):
    position = position_begun(ines)
    at_once(*[lambda: edit_entry(position, by=ines, announcing=NEW)] * 3)
    assert Post.objects.count() == 1


@pytest.mark.parametrize("round_", range(3))
def test_announcing_against_taking_back_ends_as_one_of_them(ines, round_):
    position = position_begun(ines, months_ago=24, announcing=YEARLY)
    results = at_once(
        announce_anniversaries,
        lambda: edit_entry(position, by=ines, announcing=Announcing()),
        lambda: edit_entry(position, by=ines, title="Director"),
    )
    assert not any(isinstance(result, Refusal) for result in results)
    announce_anniversaries()
    assert not Post.objects.exists()
    assert Position.objects.get().anniversaries_at is None


@pytest.mark.parametrize("round_", range(3))
def test_deleting_post_and_position_at_once_leaves_nothing(ines, round_):
    post = celebration(ines)
    results = at_once(
        lambda: delete_post(post, by=ines),
        lambda: delete_from_profile(post.celebrates, by=ines),
        lambda: edit_entry(post.celebrates, by=ines, announcing=NEW),
    )
    assert all(result is None or isinstance(result, Refusal | Position) for result in results)
    assert not Position.objects.exists()
    assert not Post.objects.exists()


@pytest.mark.parametrize("round_", range(3))
def test_a_double_congratulation_counts_and_tells_once(ines, round_):
    tomasz, amara = MemberFactory(), MemberFactory()
    connect(tomasz, ines), connect(amara, ines)
    Notice.objects.all().delete()
    post = celebration(ines)
    at_once(*[lambda: congratulate(post, by=tomasz)] * 2, *[lambda: congratulate(post, by=amara)] * 2)
    assert (Reaction.objects.count(), Notice.objects.count()) == (2, 1)
    at_once(lambda: congratulate(post, by=tomasz), lambda: take_back_congratulation(post, by=tomasz))
    assert Reaction.objects.count() in (1, 2)


def test_congratulating_what_is_taken_back_meanwhile_is_refused_and_leaves_nothing(ines):
    tomasz = MemberFactory()
    connect(tomasz, ines)
    post = celebration(ines)
    results = at_once(
        lambda: congratulate(post, by=tomasz), lambda: edit_entry(post.celebrates, by=ines, announcing=Announcing())
    )
    assert isinstance(results[0], Refusal | Reaction)
    assert not Reaction.objects.exists()
