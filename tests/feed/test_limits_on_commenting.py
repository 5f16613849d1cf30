"""Who may comment, as the author limits it, also after they changed their mind (product.md §8)."""

import pytest

from accounts.refusals import Refusal
from communities.actions import give_role, start_organization
from feed.actions import comment_on_post, edit_comment, limit_commenting
from feed.lists.timeline import with_what_they_show
from feed.models import Post
from feed.showing.items import present
from network.actions import disconnect
from tests.factories import comment, pass_on, post

pytestmark = pytest.mark.usefixtures("unmailed")

ALL = {"ines", "tomasz", "amara", "lina"}
MAY = {"anyone": ALL, "connections": {"ines", "tomasz"}, "nobody": {"ines"}}
"""Of those who see a post of Ines's; Bill, Jorge and visitors don't."""


def who_may(said, cast) -> dict[str, set]:
    """Who is offered to comment, who gets a comment through and who a reply; each asked by itself."""
    first = said.comments.filter(parent=None).first()
    found: dict[str, set] = {"offered": set(), "comments": set(), "replies": set()}
    for name, member in cast.items():
        if name == "visitor":
            continue
        (item,) = present(with_what_they_show(Post.objects.filter(pk=said.pk)), viewer=member)
        found["offered"] |= {name} if item.may_comment else set()
        for act, reply_to in (("comments", None), ("replies", first)):
            try:
                comment_on_post(said, by=member, text="I may.", reply_to=reply_to)
            except Refusal:
                continue
            found[act].add(name)
    return found


@pytest.mark.parametrize("limit", MAY)
@pytest.mark.parametrize("before", MAY)
def test_the_table_of_who_comments_before_and_after_the_limit_changed(before, limit, cast):
    said = post(cast["ines"], audience="public", comments_from=before)
    comment(cast["ines"], said, "First.")
    expected = {"offered": MAY[before], "comments": MAY[before], "replies": MAY[before]}
    seen = who_may(said, cast)
    assert {act: names & ALL for act, names in seen.items()} == expected
    assert not (seen["comments"] | seen["replies"]) & {"bill", "jorge"}
    limit_commenting(said, by=cast["ines"], comments_from=limit)
    seen = who_may(said, cast)
    assert {act: names & ALL for act, names in seen.items()} == dict.fromkeys(expected, MAY[limit])


def test_what_was_said_before_a_limit_stays_and_can_be_mended(cast):
    said = post(cast["ines"], audience="public")
    theirs = comment(cast["lina"], said, "Befor.")
    limit_commenting(said, by=cast["ines"], comments_from="nobody")
    assert edit_comment(theirs, by=cast["lina"], text="Before.").text == "Before."


def test_connections_who_part_comment_no_more_where_only_connections_may(cast):
    said = post(cast["ines"], audience="public", comments_from="connections")
    disconnect(cast["ines"], by=cast["tomasz"])
    with pytest.raises(Refusal, match=r"Only Ines’s connections can comment\."):
        comment(cast["tomasz"], said)


def test_a_repost_with_words_has_a_limit_of_its_own(cast):
    original = post(cast["ines"], audience="public", comments_from="nobody")
    about = pass_on(cast["tomasz"], original, text="Talk about it here.")
    assert comment(cast["lina"], about).post == about
    with pytest.raises(Refusal, match=r"Ines closed this to comments\."):
        comment(cast["lina"], original)


def test_of_an_organizations_post_its_editors_are_the_author(cast):
    organization = start_organization(by=cast["ines"], name="River Office", audience="public")
    give_role(organization, cast["tomasz"], by=cast["ines"])
    said = post(cast["ines"], audience="public", organization=organization, comments_from="nobody")
    posts = with_what_they_show(Post.objects.filter(pk=said.pk))
    assert {name for name in ALL if present(posts, viewer=cast[name])[0].may_comment} == {"ines", "tomasz"}
