"""What members do to their own profiles."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.models.identity import FOLDED
from accounts.names import fold
from accounts.pictures import Encoded, forget, keep
from accounts.refusals import Refusal
from profiles import registers
from profiles.announcing import Announcing
from profiles.models import ContactDetail, Education, Interest, Language, Position, Skill
from profiles.photos import FOLDER, remember_hidden, was_hidden

type Entry = Position | Education | ContactDetail
type ListedWord = Skill | Interest | Language

MOST = {Position: 50, Education: 30, ContactDetail: 20, Skill: 50, Interest: 50, Language: 30}
"""How many of each a profile holds."""


@transaction.atomic
def change_profile(member: User, *, by: User, **fields: str) -> User:
    """Set fields of the card or the text about oneself: those of `accounts.models.identity`."""
    _refuse_others(member.pk, by)
    member = _lock(member)
    for name, value in fields.items():
        setattr(member, name, value)
    member.save(update_fields=[*fields, *FOLDED])
    return member


@transaction.atomic
def add_entry(model: type[Entry], *, by: User, key: UUID, announcing: Announcing | None = None, **fields) -> Entry:
    """Add an entry to the profile of `by`; the same key again gives the first one back.

    `announcing` is what they ticked beside a position; nothing is announced without it. Raises `Refusal`.
    """
    _lock(by)
    if (known := model.objects.filter(member=by, key=key).first()) is not None:
        return known
    _refuse_more_than_fits(model, by)
    _make_room_for_preferred(by, fields)
    entry = model(member=by, key=key, **fields)
    return _written(entry, announcing)


@transaction.atomic
def edit_entry(entry: Entry, *, by: User, announcing: Announcing | None = None, **fields) -> Entry:
    """Set fields of an entry of one's own profile, and what is announced of it if `announcing` says so.

    Raises `Refusal`, also when it is gone by now.
    """
    _refuse_others(entry.member_id, by)
    _lock(by)
    known = _kept(entry)
    if known is None:
        raise Refusal(_("This is no longer in your profile."))
    _make_room_for_preferred(by, fields)
    for name, value in fields.items():
        setattr(known, name, value)
    return _written(known, announcing)


def _written(entry: Entry, announcing: Announcing | None) -> Entry:
    """Save an entry; of a position, let the apps above say what its member wants others to know."""
    if not isinstance(entry, Position):
        entry.save()
        return entry
    if announcing is not None:
        _tick(entry, announcing)
    elif not entry.started_month:
        entry.anniversaries_at = None
    entry.save()
    for say in registers.on_position:
        say(position=entry, words=announcing.words if announcing else "")
    return entry


def _tick(position: Position, announcing: Announcing) -> None:
    """Set what is announced of a position. Only a new tick is asked whether it makes sense. Raises `Refusal`."""
    if announcing.new and not position.announced_at and not position.is_new:
        raise Refusal(_("Only a position that goes on and began within the last three months is announced as new."))
    if announcing.anniversaries and not (position.started_year and position.started_month):
        raise Refusal(_("Say in which month it began, so that its anniversaries are known."))
    now = timezone.now()
    position.announced_at = (position.announced_at or now) if announcing.new else None
    position.anniversary_year = position.anniversary_year if announcing.anniversaries else None
    position.anniversaries_at = (position.anniversaries_at or now) if announcing.anniversaries else None
    position.announced_to = announcing.to


@transaction.atomic
def add_word(model: type[ListedWord], *, by: User, name: str, **fields) -> ListedWord:
    """List a skill, interest or language; one that is listed already is only written anew."""
    _lock(by)
    known = model.objects.filter(member=by, folded=fold(name)).first()
    if known is None:
        _refuse_more_than_fits(model, by)
        return model.objects.create(member=by, name=name, **fields)
    known.name = name
    for field, value in fields.items():
        setattr(known, field, value)
    known.save()
    return known


@transaction.atomic
def delete_from_profile(part: Entry | ListedWord, *, by: User) -> None:
    """Take an entry or a word out of one's own profile; what stands on it, endorsements or posts, goes with it."""
    _refuse_others(part.member_id, by)
    _kept(part)
    part.delete()


@transaction.atomic
def change_photo(member: User, *, by: User, picture: Encoded) -> User:
    """Show this photo from now on; the files of the one before it are deleted.

    A new photo is shown even where an operator hid the last one; one that was hidden before stays hidden.
    """
    return _put_photo(member, by=by, picture=picture)


@transaction.atomic
def remove_photo(member: User, *, by: User) -> User:
    """Show initials instead of a photo."""
    return _put_photo(member, by=by, picture=None)


def _put_photo(member: User, *, by: User, picture: Encoded | None) -> User:
    _refuse_others(member.pk, by)
    member = _lock(member)
    if member.photo_hidden_at:
        remember_hidden(member)
    forget(member.photo_key, folder=FOLDER)
    member.photo_key = keep(picture, folder=FOLDER) if picture else ""
    member.photo_hidden_at = timezone.now() if picture and was_hidden(picture, member=member) else None
    member.save(update_fields=["photo_key", "photo_hidden_at"])
    return member


def _lock(member: User) -> User:
    """Let one change at a time at a profile: its limits and its one preferred contact hold against a double click."""
    return User.objects.select_for_update(no_key=True).get(pk=member.pk)


def _kept[Part: Entry | ListedWord](part: Part) -> Part | None:
    """Return a part of a profile as it is now, locked before anything that stands on it; None if it is gone."""
    parts: QuerySet[Part] = type(part).objects.all()  # type: ignore[assignment]
    return parts.select_for_update(no_key=True).filter(pk=part.pk).first()


def _refuse_others(owner: int, by: User) -> None:
    if owner != by.pk:
        raise Refusal(_("Only they can change their profile."))


def _refuse_more_than_fits(model: type[Entry | ListedWord], by: User) -> None:
    if model.objects.filter(member=by).count() >= MOST[model]:
        raise Refusal(_("A profile holds at most %(most)s of these. Remove one first.") % {"most": MOST[model]})


def _make_room_for_preferred(by: User, fields: dict) -> None:
    if fields.get("preferred"):
        ContactDetail.objects.filter(member=by, preferred=True).update(preferred=False)
