"""A member's photo: square, in the four sizes that faces have on pages."""

from hashlib import sha256

from accounts.models import User
from accounts.pictures import Encoded, forget, path_of, reencode
from profiles.models import HiddenPhoto

FOLDER = "photos"
SIZES = (48, 96, 192, 384)
"""Lengths of the side, in pixels."""


def read_photo(upload) -> Encoded:
    """Return the uploaded photo in all sizes; raise `Refusal` for what is no fair picture."""
    return reencode(upload, sizes=SIZES, square=True)


def photos_visible_to(viewer):
    """Members whose photo the viewer may see: those they may see at all, unless an operator hid the photo."""
    return User.objects.visible_to(viewer).filter(photo_hidden_at__isnull=True).exclude(photo_key="")


def remember_hidden(member: User) -> None:
    """Keep the fingerprint of the photo that an operator hid, before its files go."""
    if fingerprint := _fingerprint_of_current(member):
        HiddenPhoto.objects.get_or_create(member=member, fingerprint=fingerprint)


def forget_hidden(member: User) -> None:
    """Let a member show their present photo again: an operator restored it."""
    HiddenPhoto.objects.filter(member=member, fingerprint=_fingerprint_of_current(member)).delete()


def was_hidden(picture: Encoded, *, member: User) -> bool:
    """Whether an operator hid this very photo of theirs before."""
    fingerprint = sha256(picture.files[SIZES[-1]]).hexdigest()
    return HiddenPhoto.objects.filter(member=member, fingerprint=fingerprint).exists()


def _fingerprint_of_current(member: User) -> str:
    path = path_of(FOLDER, member.photo_key, SIZES[-1])
    return sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def erase_photo(*, member: User) -> None:
    """Delete the photo of somebody whose account is deleted for good."""
    forget(member.photo_key, folder=FOLDER)
