"""Finding posts, organizations, groups and events: each through its own `visible_to` (product.md §13)."""

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Case, Exists, F, FloatField, IntegerField, OuterRef, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Extract, Now

from accounts.names import fold, words_like
from communities.models import Event, Group, Organization, OrganizationName
from feed.models import Post

BY_NAME = ("closeness", "name_folded", "id")
"""The order of organizations and groups: those who are called so before those who only say so."""
BY_TIME = ("order", "id")
"""The order of events: what comes, the soonest first; then what is over, the latest first."""


def posts_found(words: str, viewer, *, before: int | None = None, most: int) -> QuerySet[Post]:
    """Return the newest few posts that hold all the words, before a number, the newest first; by two queries.

    The first goes through all posts with the words, the newest first, and asks of each whether the viewer may see it
    until enough are found. "OFFSET 0" keeps PostgreSQL from asking that of all of them.
    """
    query = words_like(words)
    if query is None:
        return Post.objects.none()
    holding = Post.objects.filter(words=query, **({"pk__lt": before} if before else {})).order_by("-pk").values("pk")
    sql, values = holding.query.sql_with_params()
    seen, who = Post.objects.visible_to(viewer).filter(pk=RawSQL("found.id", ())).values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT found.id FROM ({sql} OFFSET 0) found (id) WHERE EXISTS ({seen} OFFSET 0) LIMIT {most:d}",  # noqa: S608
            [*values, *who],
        )
        return Post.objects.filter(pk__in=[number for (number,) in cursor.fetchall()]).order_by("-pk")


def organizations_found(words: str, viewer) -> QuerySet[Organization]:
    """Return the organizations of one of whose names, former ones too, the words are beginnings."""
    query, seen = words_like(words), Organization.objects.visible_to(viewer).with_proof()
    if query is None:
        return seen.annotate(closeness=Value(0)).none()
    named = OrganizationName.objects.filter(words=query)
    present = Exists(named.filter(organization=OuterRef("pk"), use=OrganizationName.Use.PRESENT))
    closeness = Case(When(present, then=Value(0)), default=Value(1), output_field=IntegerField())
    return seen.filter(pk__in=named.values("organization")).annotate(closeness=closeness)


def groups_found(words: str, viewer) -> QuerySet[Group]:
    """Return the groups whose name or text about themselves holds all the words."""
    return _holding(words, Group.objects.visible_to(viewer)).annotate(closeness=_called(words))


def events_found(words: str, viewer) -> QuerySet[Event]:
    """Return the events whose title, place or text holds all the words. The link isn't among them: it is for guests."""
    found = _holding(words, Event.objects.visible_to(viewer)).select_related("host", "organization", "group")
    starts = Extract(F("starts_at"), "epoch", output_field=FloatField())
    return found.annotate(order=Case(When(ends_at__gte=Now(), then=starts), default=Value(1e11) - starts))


def _holding(words: str, seen: QuerySet) -> QuerySet:
    query = words_like(words)
    return seen.none() if query is None else seen.filter(words=query)


def _called(words: str):
    folded = fold(words).split() or ["?"]
    query = SearchQuery(" & ".join(f"{word}:*A" for word in folded), config="simple", search_type="raw")
    return Case(When(words=query, then=Value(0)), default=Value(1), output_field=IntegerField())
