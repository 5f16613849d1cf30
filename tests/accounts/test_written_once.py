"""Sentences of visibility are written in SQL once, and say the same as when they are written each time."""

from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import Block, User
from accounts.written_once import WORDS, Among, WrittenOnce, as_of_today, written_once
from feed.models import Post
from tests.factories import MemberFactory, post
from tests.world import build_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]


def scopes() -> list[tuple[type, str]]:
    """Every scope of the site that is written once, by model and name."""
    found = []
    for model in apps.get_models():
        kind = type(model._default_manager.all())
        found += [(model, name) for name, method in vars(kind).items() if hasattr(method, "is_written_once")]
    return found


def test_every_scope_finds_the_same_written_once_or_each_time():
    world = build_world()
    viewers = [world.ines, world.tomasz, world.lina, world.blocked, AnonymousUser()]
    found_something = set()
    for model, name in scopes():
        rows = model._default_manager.all()
        scope = getattr(type(rows), name)
        for viewer in viewers:
            who = [viewer] if scope.is_written_once else []
            try:
                each_time = set(scope.__wrapped__(rows, *who).values_list("pk"))
            except TypeError:  # it is for members alone
                assert not viewer.is_authenticated
                continue
            assert set(getattr(rows, name)(*who).values_list("pk")) == each_time, (model, name, viewer)
            found_something |= {(model, name)} if each_time else set()
    assert len(found_something) > 30
    assert {(User, "visible_to"), (Post, "visible_to")} <= found_something


def test_it_stands_in_subqueries_of_its_own_table_and_of_others(ines, tomasz, lina, bill):
    seen = User.objects.visible_to(ines)
    own = post(tomasz, audience="members")
    theirs = Post.objects.visible_to(ines).filter(author=OuterRef("pk"), author__in=User.objects.visible_to(ines))
    assert list(seen.filter(Exists(theirs), pk__in=User.objects.visible_to(lina))) == [tomasz]
    assert list(seen.filter(posts__in=Post.objects.visible_to(ines)).values_list("posts", flat=True)) == [own.pk]
    assert bill not in seen
    assert bill in User.objects.exclude(pk__in=seen)


class AgedQuerySet(QuerySet):
    @written_once
    def newest(self):
        return self.filter(joined_at__gt=timezone.now() - timedelta(days=1))

    @written_once
    def joining(self):
        return self.filter(posts__text="")

    @written_once
    def curious(self, member):
        return self.filter(door=member.door)

    @written_once
    def asking(self, member):
        return self.filter(pk__in=list(Block.objects.filter(blocker=member).values_list("blocked", flat=True)))


def test_moments_move_on():
    MemberFactory(joined_at=timezone.now())
    people = AgedQuerySet(User)
    assert people.newest().count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert people.newest().count() == 0


def test_days_move_on_in_a_query_that_was_written_before_and_in_one_that_is_written_now():
    MemberFactory(joined_at=timezone.now())

    def joined_in_time(_viewer=None):
        year = as_of_today(lambda: timezone.localdate().year)
        day = as_of_today(lambda: timezone.localdate())
        return User.objects.filter(joined_at__year=year, joined_at__date=day).values("pk")

    written, nobody = WrittenOnce(joined_in_time), MemberFactory.build(pk=1)
    assert len(written.rows(nobody)) == joined_in_time().count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert len(written.rows(nobody)) == joined_in_time().count() == 0


def test_a_query_is_asked_of_words(ines, tomasz, lina):
    named = WrittenOnce(lambda viewer: User.objects.filter(Among(F("handle"), WORDS)).order_by("handle").values("pk"))
    assert named.rows(ines, numbers=[tomasz.handle, "100%", lina.handle]) == [(lina.pk,), (tomasz.pk,)]
    assert named.rows(ines, numbers=[]) == []


def test_what_depends_on_more_than_who_somebody_is_is_refused(ines):
    for refused in ("curious", "asking"):
        with pytest.raises(TypeError, match="asks the database"):
            getattr(AgedQuerySet(User), refused)(ines)
    with pytest.raises(TypeError, match="does more than to filter"):
        AgedQuerySet(User).joining()
