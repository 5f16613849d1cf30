"""Conversations to write in."""

import pytest

from messaging.actions import open_conversation, send_message


@pytest.fixture
def conversation(ines, tomasz):
    """Of Ines and Tomasz, who are connected."""
    return open_conversation(ines, tomasz)


@pytest.fixture
def written(conversation, tomasz):
    """What Tomasz wrote to Ines."""
    return send_message(conversation, by=tomasz, text="Are you at the dam on Friday?")
