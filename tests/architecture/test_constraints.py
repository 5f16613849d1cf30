"""Every constraint of the database has a row that breaks it."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Block, Community, Invitation, User
from feed.models import Comment, Post, Reaction, Revision, Tally
from messaging.models import Attachment, Conversation, Message, Seat
from moderation.models import Case, Decision, Report
from network.models import AgreedConnection, Connection, ConnectionRequest, Endorsement, Follow
from notifications.models import Choice, Email, Notice
from profiles.models import ContactDetail, Education, HiddenPhoto, Interest, Language, Position, Skill
from tests.architecture.breakers import BREAKERS, breaks, twice
from tests.communities.breakers import group, organization
from tests.factories import MemberFactory, celebration
from tests.feed import breakers as _of_articles  # noqa: F401
from tests.feed import breakers_of_reading as _of_reading  # noqa: F401
from tests.feed import breakers_of_words as _of_words  # noqa: F401
from tests.network import breakers_of_advice as _of_advice  # noqa: F401
from tests.network import breakers_of_answers as _of_answers  # noqa: F401
from tests.network import breakers_of_introductions as _of_introductions  # noqa: F401
from tests.network import breakers_of_muting as _of_muting  # noqa: F401
from tests.network import breakers_of_recommendations as _of_recommendations  # noqa: F401
from tests.network import breakers_of_suggestions as _of_suggestions  # noqa: F401
from tests.notifications import breakers as _of_emails  # noqa: F401
from tests.search import breakers as _of_searches  # noqa: F401

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
APPS = ["accounts", "notifications", "communities", "profiles", "network", "messaging", "feed", "search", "moderation"]


def pair() -> tuple[User, User]:
    one, other = MemberFactory(), MemberFactory()
    return one, other


def user(**fields) -> User:
    return User.objects.create(**{"email": "somebody@example.com", "handle": "somebody"} | fields)


def post(author: User, **fields) -> Post:
    return Post.objects.create(**{"author": author, "text": "Hello"} | fields)


def skill() -> Skill:
    return Skill.objects.create(member=MemberFactory(), name="Hydrology")


@breaks("accounts_user_email_once_in_any_case")
def _(one, other):
    user(email="Same@example.com", handle="one")
    user(email="same@example.com", handle="other")


@breaks("accounts_user_handle_is_a_slug")
def _(one, other):
    user(handle="no/slug")


@breaks("accounts_user_welcomed_has_a_name")
def _(one, other):
    user(claimed_at=NOW, welcomed_at=NOW)


@breaks("accounts_user_welcomed_has_claimed")
def _(one, other):
    user(first_name="Ines", welcomed_at=NOW)


@breaks("accounts_block_once")
def _(one, other):
    twice(Block, blocker=one, blocked=other)


@breaks("accounts_block_another")
def _(one, other):
    Block.objects.create(blocker=one, blocked=one)


@breaks("accounts_invitation_once_for_an_address")
def _(one, other):
    Invitation.objects.create(email="New@example.com")
    Invitation.objects.create(email="new@example.com")


@breaks("accounts_community_one_row")
def _(one, other):
    Community.objects.create(id=2)


@breaks("accounts_community_hue_is_an_angle")
def _(one, other):
    Community.objects.create(hue=360)


@breaks("notifications_notice_told_once")
def _(one, other):
    twice(Notice, recipient=one, actor=other, kind="comment", subject_id=1)


@breaks("notifications_notice_never_about_oneself")
def _(one, other):
    Notice.objects.create(recipient=one, actor=one, kind="comment", subject_id=1)


@breaks("notifications_notice_unread_in_the_app")
def _(one, other):
    Notice.objects.create(recipient=one, actor=other, kind="comment", subject_id=1, in_app=False)


@breaks("notifications_choice_once_for_a_kind")
def _(one, other):
    twice(Choice, member=one, kind="comment", in_app=True, by_email=False)


@breaks("notifications_email_sent_or_failed")
def _(one, other):
    Email.objects.create(to="a@example.com", subject="Hello", message=b"", sent_at=NOW, failed_at=NOW)


for model, name in ((Position, "organization"), (Education, "school")):
    slug = f"profiles_{model._meta.model_name}"

    @breaks(f"{slug}_ends_after_it_starts")
    def _(one, other, model=model, name=name):
        model.objects.create(
            member=one, **{name: "Here"}, started_year=2010, started_month=6, ended_year=2010, ended_month=5
        )

    @breaks(f"{slug}_a_month_has_a_year")
    def _(one, other, model=model, name=name):
        model.objects.create(member=one, **{name: "Here"}, started_month=6)

    @breaks(f"{slug}_once_for_a_key")
    def _(one, other, model=model, name=name):
        twice(model, member=one, key=uuid4(), **{name: "Here"})


for words in (Skill, Interest, Language):

    @breaks(f"profiles_{words._meta.model_name}_listed_once")
    def _(one, other, words=words):
        words.objects.create(member=one, name="Météo")
        words.objects.create(member=one, name="meteo")


@breaks("profiles_hiddenphoto_once")
def _(one, other):
    twice(HiddenPhoto, member=one, fingerprint="0" * 64)


@breaks("profiles_contactdetail_one_preferred")
def _(one, other):
    twice(ContactDetail, member=one, kind="email", value="a@example.com", preferred=True)


@breaks("profiles_contactdetail_once_for_a_key")
def _(one, other):
    twice(ContactDetail, member=one, kind="email", value="a@example.com", key=uuid4())


@breaks("network_connection_of_two")
def _(one, other):
    Connection.objects.create(member=one, other=one)


@breaks("network_connection_in_both_directions")
def _(one, other):
    Connection.objects.create(member=one, other=other)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@breaks("network_agreedconnection_lower_first")
def _(one, other):
    AgreedConnection.objects.create(one=other, other=one, agreed_on=date(2020, 1, 1))


@breaks("network_agreedconnection_once")
def _(one, other):
    twice(AgreedConnection, one=one, other=other, agreed_on=date(2020, 1, 1))


@breaks("network_connectionrequest_one_open_a_pair")
def _(one, other):
    ConnectionRequest.objects.create(sender=one, recipient=other, context="worked")
    ConnectionRequest.objects.create(sender=other, recipient=one, context="worked")


@breaks("network_connectionrequest_once_for_a_key")
def _(one, other):
    twice(ConnectionRequest, sender=one, recipient=other, context="worked", key=uuid4(), withdrawn_at=NOW)


@breaks("network_connectionrequest_of_two")
def _(one, other):
    ConnectionRequest.objects.create(sender=one, recipient=one, context="worked")


@breaks("network_connectionrequest_ends_once")
def _(one, other):
    ConnectionRequest.objects.create(sender=one, recipient=other, context="worked", withdrawn_at=NOW, accepted_at=NOW)


@breaks("network_follow_once")
def _(one, other):
    twice(Follow, follower=one, followed=other)


@breaks("network_follow_another")
def _(one, other):
    Follow.objects.create(follower=one, followed=one)


@breaks("network_endorsement_once")
def _(one, other):
    twice(Endorsement, skill=skill(), endorser=one)


@breaks("messaging_conversation_one_a_pair")
def _(one, other):
    twice(Conversation, low=one, high=other)


@breaks("messaging_conversation_lower_first")
def _(one, other):
    Conversation.objects.create(low=other, high=one)


@breaks("messaging_seat_one_a_member")
def _(one, other):
    twice(Seat, conversation=Conversation.objects.create(low=one, high=other), member=one)


@breaks("messaging_message_once_for_a_key")
def _(one, other):
    twice(Message, conversation=Conversation.objects.create(low=one, high=other), sender=one, text="Hi", key=uuid4())


@breaks("messaging_message_deleted_has_no_text")
def _(one, other):
    conversation = Conversation.objects.create(low=one, high=other)
    Message.objects.create(conversation=conversation, sender=one, text="Hi", deleted_at=NOW)


def attachment(one, other, **fields):
    """A file of a new message between the two."""
    conversation, _made = Conversation.objects.get_or_create(low=one, high=other)
    message = Message.objects.create(conversation=conversation, sender=one, text="Hi")
    return Attachment.objects.create(
        **{"message": message, "key": uuid4().hex, "name": "a.pdf", "content_type": "application/pdf", "size": 1}
        | fields
    )


@breaks("messaging_attachment_one_at_a_place")
def _(one, other):
    attachment(one, other, message=attachment(one, other).message)


@breaks("messaging_attachment_of_four")
def _(one, other):
    attachment(one, other, position=4)


@breaks("messaging_attachment_of_10_megabytes")
def _(one, other):
    attachment(one, other, size=10 * 1024 * 1024 + 1)


@breaks("messaging_attachment_a_picture_has_two_sides")
def _(one, other):
    attachment(one, other, width=10)


@breaks("feed_post_once_for_a_key")
def _(one, other):
    twice(Post, author=one, text="Hello", key=uuid4())


@breaks("feed_post_audience_is_a_circle")
def _(one, other):
    post(one, audience="nobody")


@breaks("feed_post_is_said_by_somebody")
def _(one, other):
    Post.objects.create(text="Hello")


@breaks("feed_post_of_an_organization")
def _(one, other):
    post(one, organization=organization(), audience="connections")


@breaks("feed_post_in_a_group")
def _(one, other):
    post(one, organization=organization(), group=group(), audience="group")


@breaks("feed_post_pinned_in_a_group")
def _(one, other):
    post(one, pinned_at=NOW)


@breaks("feed_post_hidden_by_its_group")
def _(one, other):
    post(one, is_hidden_by_group=True, hidden_at=NOW)


@breaks("feed_comment_hidden_by_its_group")
def _(one, other):
    Comment.objects.create(post=post(one), author=other, text="Yes", is_hidden_by_group=True)


@breaks("feed_post_one_wordless_repost")
def _(one, other):
    twice(Post, author=one, text="", repost_of=post(other))


@breaks("feed_post_reposts_another")
def _(one, other):
    own = post(one)
    own.repost_of = own
    own.save()


@breaks("feed_reaction_once")
def _(one, other):
    twice(Reaction, post=post(one), member=other)


@breaks("profiles_position_announced_to_a_circle")
def _(one, other):
    Position.objects.create(member=one, organization="Eau", announced_to="nobody")


@breaks("profiles_position_anniversary_of_a_month")
def _(one, other):
    Position.objects.create(member=one, organization="Eau", started_year=2020, anniversaries_at=timezone.now())


@breaks("feed_reaction_of_a_kind")
def _(one, other):
    Reaction.objects.create(post=post(one), member=other, kind="envy")


@breaks("feed_post_celebrates_once")
def _(one, other):
    twice(Post, author=one, celebrates=celebration(one).celebrates, anniversary_in=2020)


@breaks("feed_post_anniversary_of_something")
def _(one, other):
    Post.objects.create(author=one, anniversary_in=2020)


@breaks("feed_post_celebrates_its_author")
def _(one, other):
    Post.objects.create(author=one, celebrates=celebration(one).celebrates, anniversary_in=2020, repost_of=post(other))


@breaks("feed_comment_once_for_a_key")
def _(one, other):
    twice(Comment, post=post(one), author=other, text="Yes", key=uuid4())


@breaks("feed_comment_says_something")
def _(one, other):
    Comment.objects.create(post=post(one), author=other, text="")


@breaks("feed_comment_deleted_is_empty")
def _(one, other):
    Comment.objects.create(post=post(one), author=other, text="Yes", deleted_at=NOW)


@breaks("feed_post_deleted_is_empty")
def _(one, other):
    post(one, text="Still here", deleted_at=NOW)


@breaks("feed_tally_counts_up_from_nothing")
def _(one, other):
    Tally.objects.create(post=post(one), kind="like", number=-1)


@breaks("feed_revision_of_one_thing")
def _(one, other):
    Revision.objects.create(text="Before", written_at=NOW)


@breaks("feed_revision_redacted_is_empty")
def _(one, other):
    Revision.objects.create(post=post(one), text="Before", written_at=NOW, redacted_at=NOW)


@breaks("moderation_case_one_open_about_a_thing")
def _(one, other):
    twice(Case, subject_kind="post", subject_id=1)


@breaks("moderation_report_once_for_a_case")
def _(one, other):
    twice(Report, case=Case.objects.create(subject_kind="post", subject_id=1), reporter=one, reason="spam")


@breaks("moderation_decision_says_why")
def _(one, other):
    Decision.objects.create(subject_kind="post", subject_id=1, action="hide", by=one, why="")


def declared() -> set[str]:
    """The constraints that models declare, and those that a migration adds by hand."""
    models = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    return {constraint.name for model in models for constraint in model._meta.constraints} | {
        "network_connection_in_both_directions"
    }


def test_every_constraint_has_a_row_that_breaks_it():
    assert declared() == set(BREAKERS)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(BREAKERS))
def test_the_database_refuses(name):
    one, other = pair()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BREAKERS[name](one, other)
    assert name in str(refused.value)
