"""A post that an operator hid is there for its author alone: product.md §2, §14."""

import pytest
from django.utils import timezone

from feed.models import Comment, Post
from tests.factories import comment, pass_on, post

SENTENCE = "Drink from the reservoir."


@pytest.fixture
def hidden(ines) -> Post:
    ines.profile_audience = "public"
    ines.save()
    return post(ines, SENTENCE, audience="public", hidden_at=timezone.now())


@pytest.mark.parametrize("viewer", ["tomasz", "amara", "lina", "bill", "jorge", "visitor"])
def test_nobody_else_sees_a_hidden_post_anywhere(cast, as_member, hidden, viewer):
    browser = as_member(cast[viewer])
    assert browser.get(hidden.get_absolute_url()).status_code == 404
    for path in ("/", "/in/ines/", "/in/ines/posts/"):
        assert SENTENCE not in browser.get(path).content.decode(), path


def test_its_author_sees_that_it_is_hidden(cast, as_member, hidden):
    assert SENTENCE in as_member(cast["ines"]).get(hidden.get_absolute_url()).content.decode()


@pytest.mark.parametrize("viewer", ["tomasz", "lina", "visitor"])
def test_a_repost_of_a_hidden_post_vanishes_with_it(cast, as_member, ines, tomasz, viewer):
    tomasz.profile_audience = ines.profile_audience = "public"
    tomasz.save()
    ines.save()
    original = post(ines, SENTENCE, audience="public")
    passed_on = pass_on(tomasz, original, text="Look.")
    assert as_member(cast[viewer]).get(passed_on.get_absolute_url()).status_code == 200
    Post.objects.filter(pk=original.pk).update(hidden_at=timezone.now())
    assert as_member(cast[viewer]).get(passed_on.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("viewer", ["tomasz", "amara", "lina", "visitor"])
def test_a_hidden_comment_and_the_replies_to_it_are_for_nobody_but_their_authors(cast, as_member, ines, viewer):
    ines.profile_audience = "public"
    ines.save()
    shared = post(ines, "The gauges agree.", audience="public")
    hidden = comment(ines, shared, SENTENCE)
    comment(ines, shared, "And boil it.", reply_to=hidden)
    Comment.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now())
    page = as_member(cast[viewer]).get(shared.get_absolute_url()).content.decode()
    assert SENTENCE not in page
    assert "boil it" not in page
    assert as_member(cast[viewer]).get(f"/comments/{hidden.pk}/").status_code == 404
