from collections.abc import Iterable

from accounts.models import User
from network.actions import (
    accept_request,
    approve_recommendation,
    ask_to_connect,
    follow_member,
    recommend_member,
)
from network.models import Connection, ConnectionRequest, Follow, Recommendation


def request(sender: User, recipient: User, *, context: str = "worked", note: str = "", **fields) -> ConnectionRequest:
    """`sender` asks `recipient` to connect."""
    return ask_to_connect(recipient, by=sender, context=context, note=note, **fields)


def connect(one: User, other: User, **fields) -> ConnectionRequest:
    """`one` asks `other`, who accepts."""
    return accept_request(request(one, other, **fields), by=other)


def connect_all(one: User, others: Iterable[User]) -> None:
    """`one` is connected with each of the others and all follow each other: for long lists; nothing else happened."""
    ways = [way for other in others for way in ((one, other), (other, one))]
    Connection.objects.bulk_create(Connection(member=member, other=other) for member, other in ways)
    Follow.objects.bulk_create(Follow(follower=member, followed=other) for member, other in ways)


def follow(follower: User, followed: User, **fields) -> Follow:
    """`follower` follows `followed`, openly unless `quiet=True`."""
    return follow_member(followed, by=follower, **fields)


def recommend(
    author: User, subject: User, text: str = "", *, relationship: str = "team", approved: bool = False, **fields
) -> Recommendation:
    """`author`, who is connected with `subject`, recommends them, and they approve if `approved`."""
    text = text or f"{author.first_name} says: we measured rivers together for three years, and I trust every number."
    written = recommend_member(subject, by=author, relationship=relationship, text=text, **fields)
    if approved:
        approve_recommendation(written, by=subject, fingerprint=written.fingerprint)
        written.refresh_from_db()
    return written
