"""What may be listed for people who aren't signed in, and what search engines may list (product.md §2, §13).

A visitor sees a public profile; whether search engines may show it under a name is its member's own, second choice,
and holds for what they post and host too.
"""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.audiences import Audience
from accounts.models import User
from communities.models import Event, Opening, Organization
from feed.models import Post

VISITOR = AnonymousUser()


def people_in_directory(viewer) -> QuerySet[User]:
    """Members with public profiles, as the directory lists them; for members too only those."""
    return User.objects.visible_to(viewer).filter(profile_audience=Audience.PUBLIC)


def organizations_in_directory(viewer) -> QuerySet[Organization]:
    """Organizations with public pages."""
    return Organization.objects.visible_to(viewer).filter(audience=Audience.PUBLIC)


def people_for_engines() -> QuerySet[User]:
    """Members with public profiles who want search engines to find them."""
    return User.objects.visible_to(VISITOR).filter(engines_may_list=True)


def organizations_for_engines() -> QuerySet[Organization]:
    """Organizations with public pages."""
    return Organization.objects.visible_to(VISITOR)


def posts_for_engines() -> QuerySet[Post]:
    """Public posts by organizations, and by members who want to be found; of a repost, the original's author too."""
    own = Q(organization__isnull=False) | Q(author__engines_may_list=True)
    passed_on = (
        Q(repost_of__isnull=True)
        | Q(repost_of__organization__isnull=False)
        | Q(repost_of__author__engines_may_list=True)
    )
    return Post.objects.visible_to(VISITOR).filter(own, passed_on).exclude(text="")


def openings_for_engines() -> QuerySet[Opening]:
    """Openings of organizations with public pages, as long as one can apply."""
    return Opening.objects.visible_to(VISITOR).open()


def events_for_engines() -> QuerySet[Event]:
    """Public events of organizations, and of members who want to be found."""
    theirs = Q(organization__isnull=False) | Q(host__engines_may_list=True)
    return Event.objects.visible_to(VISITOR).filter(theirs)
