"""Things that can be reported, by Ines, and who looks after them."""

import pytest

from accounts.actions import create_operator
from feed.models import Comment, Post
from messaging.models import Conversation, Message, Seat


@pytest.fixture
def operator(db):
    return create_operator(email="operator@example.com", first_name="Olga", last_name="Berg", handle="olga")


@pytest.fixture
def post(ines):
    return Post.objects.create(author=ines, text="Come and buy my gauges", audience="members")


@pytest.fixture
def comment(post, ines):
    return Comment.objects.create(post=post, author=ines, text="The cheapest gauges")


@pytest.fixture
def message(ines, tomasz):
    """A message by Ines to Tomasz, between two others."""
    low, high = sorted([ines, tomasz], key=lambda member: member.pk)
    conversation, _ = Conversation.objects.get_or_create(low=low, high=high)
    for member in (low, high):
        Seat.objects.get_or_create(conversation=conversation, member=member)
    Message.objects.create(conversation=conversation, sender=ines, text="A secret before")
    reported = Message.objects.create(conversation=conversation, sender=ines, text="Buy my gauges, Tomasz")
    Message.objects.create(conversation=conversation, sender=tomasz, text="A secret after")
    return reported


@pytest.fixture
def desk(as_member, operator, settings):
    """The operator's browser on a development machine, where no second factor is asked for."""
    settings.DEBUG = True
    return as_member(operator)
