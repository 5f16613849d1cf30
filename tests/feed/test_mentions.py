"""Whom a text names: kept when it is published or edited, a link for who may see them, plain text for others (§8)."""

import pytest

from feed.items import present
from feed.models import Mention, Post
from feed.timeline import with_what_they_show
from notifications.models import Notice
from tests.cast import CAST
from tests.factories import post


def said(to: Post, viewer) -> str:
    (item,) = present(with_what_they_show(Post.objects.filter(pk=to.pk)), viewer=viewer)
    return item.said


def named(text: Post) -> list[str]:
    return sorted(Mention.objects.standing().filter(post=text, comment=None).values_list("member__handle", flat=True))


def told(member) -> int:
    return Notice.objects.visible_to(member).filter(kind="mention").count()


LINK = '<a class="mention" href="/in/ines/" dir="auto">Ines Moreau</a>'


class TestWhoReadsThem:
    @pytest.mark.usefixtures("unmailed")
    def test_as_a_link_only_whoever_may_see_who_is_named(self, cast):
        written = post(cast["lina"], "Thanks, @Ines.", audience="public")
        seen = {name: said(written, cast[name]) for name in CAST}
        linked = f"<p>Thanks, {LINK}.</p>"
        plain = "<p>Thanks, @Ines.</p>"
        assert seen == dict.fromkeys(CAST, linked) | {"bill": plain, "jorge": plain, "visitor": plain}
