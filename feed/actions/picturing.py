"""Hanging pictures on posts and drafts, describing them and taking them down (product.md §8)."""

from collections.abc import Mapping, Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts import pictures
from accounts.models import User
from accounts.pictures import Encoded
from accounts.refusals import Refusal
from feed.models import Draft, Held, Picture, Post
from feed.pictures import FOLDER, NewPicture


def hang(new: Sequence[NewPicture], on: Post | Draft) -> None:
    """Add pictures to a post or draft that is locked, in order, each at the first free place. Raises `Refusal`.

    One that was held comes from where it waited; what else waited with it was left out, and goes.
    """
    taken = set(on.pictures.values_list("position", flat=True))
    free = [place for place in range(Picture.MOST) if place not in taken]
    if len(new) > len(free):
        raise Refusal(_("There can be at most %(most)s pictures. Remove one first.") % {"most": Picture.MOST})
    where = {"draft" if isinstance(on, Draft) else "post": on}
    for place, (picture, description) in zip(free, new, strict=False):
        if isinstance(picture, Picture):
            here = {"held": None, "position": place, "description": description.strip()} | where
            Picture.objects.filter(pk=picture.pk, held=picture.held_id).update(**here)
            continue
        Picture.objects.create(
            **where,
            position=place,
            key=pictures.keep(picture, folder=FOLDER),
            description=description.strip(),
            width=picture.width,
            height=picture.height,
        )
    if waited := {picture.held_id for picture, _description in new if isinstance(picture, Picture) and picture.held_id}:
        forget_files(Picture.objects.filter(held__in=waited))
        Held.objects.filter(pk__in=waited).delete()


def not_hung(new: Sequence[NewPicture], on: Post | Draft) -> list[NewPicture]:
    """Return those of some pictures that a post or draft, which is locked, doesn't have yet: what is sent again it has.

    One that was chosen is known again by its files, since the same upload is encoded to the same.
    """
    there = [picture.key for picture in on.pictures.all()]
    return [each for each in new if not (_is_hung(each.picture) or _is_among(each.picture, there))]


def _is_hung(picture: Encoded | Picture) -> bool:
    return isinstance(picture, Picture) and not Picture.objects.filter(pk=picture.pk, held=picture.held_id).exists()


def _is_among(picture: Encoded | Picture, keys: Sequence[str]) -> bool:
    return isinstance(picture, Encoded) and any(pictures.is_kept(picture, key, folder=FOLDER) for key in keys)


def describe(descriptions: Mapping[int, str], *, of: Post | Draft) -> bool:
    """Say anew what the pictures at some positions show; return whether that changed anything."""
    changed = []
    for picture in of.pictures.filter(position__in=descriptions):
        words = descriptions[picture.position].strip()
        if words != picture.description:
            picture.description = words
            changed.append(picture)
    return bool(Picture.objects.bulk_update(changed, ["description"])) if changed else False


def take_down(position: int, *, of: Post | Draft) -> None:
    """Remove the picture at a position, with its files; without one, nothing happens."""
    picture = of.pictures.filter(position=position)
    forget_files(picture)
    picture.delete()


def forget_files(of_pictures: QuerySet[Picture]) -> None:
    """Delete the files of pictures that are about to be deleted, or go along with what they hang on."""
    for key in of_pictures.values_list("key", flat=True):
        pictures.forget(key, folder=FOLDER)


def copy_pictures(from_: Draft, *, to: Draft) -> None:
    """Give a draft the pictures of another, at the same places, in files of its own."""
    for picture in from_.pictures.all():
        picture.pk, picture.draft, picture.key = None, to, pictures.copy(picture.key, folder=FOLDER)
        picture.save(force_insert=True)


def erase_pictures(*, member: User) -> None:
    """Delete the pictures of somebody whose account is deleted for good; run after their organizations' are left."""
    forget_files(Picture.objects.filter(Q(post__author=member) | Q(draft__author=member) | Q(held__author=member)))
