"""Who congratulated a member, for the one notice that tells them of all (product.md §8, §10)."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Trim
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from feed.models import Post, Reaction

NAMED = 2
"""How many of those who congratulated are named, if there are no more."""


def congratulated(viewer):
    """The viewer's celebrations on which somebody congratulated whom they see, with the names and how many."""
    said = Reaction.objects.filter(
        post=OuterRef("pk"), kind=Reaction.Kind.CELEBRATE, member__in=User.objects.visible_to(viewer)
    )
    names = said.order_by("-pk").values(who=Trim(Concat("member__first_name", Value(" "), "member__last_name")))
    total = said.order_by().values("post").annotate(n=Count("pk")).values("n")
    own = Post.objects.visible_to(viewer).filter(Exists(said), author=viewer, celebrates__isnull=False)
    return own.select_related("author", "celebrates").annotate(
        congratulators=ArraySubquery(names[:NAMED]), congratulations=Coalesce(Subquery(total), 0)
    )


def who_congratulated(post) -> str:
    """Name those who congratulated, of a post of `congratulated`: the newest, and how many more."""
    first, *more = post.congratulators
    if not more:
        return first
    if post.congratulations <= NAMED:
        return _("%(name)s and %(other)s") % {"name": first, "other": more[0]}
    others = post.congratulations - 1
    return ngettext("%(name)s and %(n)s other", "%(name)s and %(n)s others", others) % {"name": first, "n": others}
