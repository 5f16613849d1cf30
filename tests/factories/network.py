from accounts.models import User
from network.actions import accept_request, ask_to_connect, follow_member
from network.models import ConnectionRequest, Follow


def request(sender: User, recipient: User, *, context: str = "worked", note: str = "", **fields) -> ConnectionRequest:
    """`sender` asks `recipient` to connect."""
    return ask_to_connect(recipient, by=sender, context=context, note=note, **fields)


def connect(one: User, other: User, **fields) -> ConnectionRequest:
    """`one` asks `other`, who accepts."""
    return accept_request(request(one, other, **fields), by=other)


def follow(follower: User, followed: User, **fields) -> Follow:
    """`follower` follows `followed`, openly unless `quiet=True`."""
    return follow_member(followed, by=follower, **fields)
