"""Saving searches for people, and giving them up."""

from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refusal
from search.models import SavedSearch
from search.wanted import Wanted

MOST = 20
"""How many searches a member keeps."""


@transaction.atomic
def save_search(wanted: Wanted, *, by: User) -> SavedSearch:
    """Keep a search for people; the same one again gives the first one back. Raises `Refusal`."""
    if not wanted.can_be_saved:
        raise Refusal(_("Look for somebody first: by a word, a place, an organization, a school or a skill."))
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # one at a time, so that the number holds
    mine = SavedSearch.objects.filter(member=by)
    if (known := mine.filter(**asdict(wanted)).first()) is not None:
        return known
    if mine.count() >= MOST:
        raise Refusal(_("You can keep %(most)s searches. Remove one first.") % {"most": MOST})
    return SavedSearch.objects.create(member=by, **asdict(wanted))


@transaction.atomic
def remove_search(search: SavedSearch, *, by: User) -> None:
    """Give up a search of one's own, with what it found. Raises `Refusal`."""
    if search.member_id != by.pk:
        raise Refusal(_("This is no longer there for you."))
    search.delete()
