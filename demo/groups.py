"""The groups of the demo community: who is in them, and what they say to each other."""

from datetime import timedelta
from typing import TYPE_CHECKING

from communities.actions import (
    ask_to_join,
    invite_to_group,
    join_group,
    let_in,
    make_moderator,
    mute_group,
    start_group,
)
from communities.models import Group, GroupInvitation, GroupRequest, Membership
from feed.actions import comment_on_post, pin_post, publish_post
from feed.models import Comment, Post
from moderation.actions import report_thing
from moderation.models import Case, Report

if TYPE_CHECKING:
    from demo.filling import Filling

GROUPS: list[tuple[str, str, str, str, str, str, list[str]]] = [
    # name, entry, about, rules, question, moderator, members
    (
        "Low water", "request",
        "For people who measure rivers when there is little in them: gauges, rating curves, quarrels about zero.",
        "Say what you measured, and how. No selling. What is said here stays here.",
        "Which river do you look after?",
        "Ines", ["Tomasz", "Oliver", "Samuel", "Carlos", "Mateus", "Jonas", "Zsófia", "Marco", "Minh", "Grace"],
    ),
    (
        "Open data for rivers", "open",
        "Formats, licences, and the courage to publish what is half clean.",
        "Links are welcome, with a sentence about why.", "",
        "Anders", ["Tomasz", "Amara", "Rahul", "David", "Luca", "Noah", "Katarzyna", "Wei", "Hyun-woo"],
    ),
    (
        "Young hydrologists", "open", "First jobs, first floods, first papers.", "", "",
        "Emma", ["Minh", "Isabel", "Noah", "Rahul", "Thandiwe"],
    ),
    (
        "Writing about water", "open",
        "Editors, reporters and scientists who would like to be understood.", "Be kind about drafts.", "",
        "Amara", ["Chloé", "Luca", "Leilani", "Tomasz"],
    ),
    (
        "Board of the society", "unlisted", "Minutes, money and the annual meeting.", "", "",
        "Katarzyna", ["Patrick", "Thandiwe", "Tomasz"],
    ),
]  # fmt: skip
POSTS = [
    # group, author, days ago, text, pinned, comments
    ("Low water", "Ines", 60, "Read this first: we write levels in centimetres above the station’s own zero, and say which zero. Everything else we can argue about.", True, [("Oliver", "May I have this on a mug?")]),
    ("Low water", "Oliver", 9, "Three of our gauges disagree by 4 cm since the dry weeks. Same bank, same make. Has anybody seen the mounts creep?", False, [("Jonas", "Yes, with the old brackets. Measure against the bolt, not against the plate."), ("Ines", "We had 3 cm on the Saône. It was the bolt.")]),
    ("Low water", "Minh", 2, "Salinity has reached the second weir, two weeks before last year. Which of you has tidal stretches and a rating curve that survives them?", False, [("Carlos", "Not a curve, a table. I send you ours.")]),
    ("Open data for rivers", "Anders", 20, "We keep a list of portals that give raw values with their flags. Add yours in a comment.", True, [("Tomasz", "The March set of the Vistula, with all its warts.")]),
    ("Open data for rivers", "Rahul", 3, "I wrote a small reader for eleven national formats. It fails politely on the twelfth.", False, []),
    ("Writing about water", "Chloé", 5, "“Hundred-year flood”: what do you write instead?", False, [("Amara", "“A one in a hundred chance, every year.” Longer, and nobody has misread it yet.")]),
    ("Young hydrologists", "Emma", 4, "My first field week is over. What do you wish somebody had told you before yours?", False, []),
    ("Board of the society", "Katarzyna", 6, "The hall in Wrocław is ours for the second week of May. Patrick looks at the contract.", False, []),
]  # fmt: skip


def start_groups(community: "Filling") -> None:
    """Fill the site with groups, the same at every start."""
    groups = {row[0]: _start(community, *row) for row in GROUPS}
    for name, author, days, text, pinned, comments in sorted(POSTS, key=lambda row: -row[2]):
        _say(community, groups[name], author, days, text, pinned=pinned, comments=comments)
    _ask_and_invite(community, groups)


def _start(community, name, entry, about, rules, question, moderator, members) -> Group:
    started = community.ago(120)
    with community.noticed(started):
        group = start_group(
            by=community[moderator], name=name, entry=entry, about=about, rules=rules, question=question
        )
        Membership.objects.bulk_create(Membership(group=group, member=community[member]) for member in members)
        if name in ("Low water", "Open data for rivers"):
            make_moderator(group, community["Oliver" if name == "Low water" else "Tomasz"], by=community[moderator])
    Group.objects.filter(pk=group.pk).update(started_at=started)
    for number, membership in enumerate(Membership.objects.filter(group=group).order_by("pk")):
        Membership.objects.filter(pk=membership.pk).update(joined_at=started + timedelta(days=5 * number))
    return group


def _say(community, group: Group, author: str, days: float, text: str, *, pinned: bool, comments) -> None:
    at = community.ago(days)
    with community.noticed(at):
        post = publish_post(by=community[author], text=text, group=group)
    Post.objects.filter(pk=post.pk).update(posted_at=at)
    if pinned:
        pin_post(post, by=community[author])
    for hours, (who, words) in enumerate(comments, start=2):
        with community.noticed(at + timedelta(hours=hours)):
            comment = comment_on_post(post, by=community[who], text=words)
        Comment.objects.filter(pk=comment.pk).update(commented_at=at + timedelta(hours=hours))


def _ask_and_invite(community, groups: dict[str, Group]) -> None:
    """A request with an answer, one that was let in, invitations, a mute, and a report for the moderators."""
    low_water = groups["Low water"]
    for name, days, answer in (("Bill", 3, "The Great Lakes, if they count as a slow river."), ("Hana", 1, "The Morava, below Olomouc. I also bring 40 wetlands.")):  # fmt: skip
        with community.noticed(community.ago(days)):
            asked = ask_to_join(low_water, by=community[name], answer=answer)
        GroupRequest.objects.filter(pk=asked.pk).update(asked_at=community.ago(days))
    with community.noticed(community.ago(30)):
        let_in(ask_to_join(low_water, by=community["Tariq"], answer="The lower Indus."), by=community["Ines"])
    with community.noticed(community.ago(2)):
        for name, inviter in (("Writing about water", "Tomasz"), ("Board of the society", "Katarzyna")):
            invite_to_group(groups[name], [community["Ines"]], by=community[inviter])
    GroupInvitation.objects.update(invited_at=community.ago(2))
    join_group(groups["Young hydrologists"], by=community["Ines"])
    mute_group(groups["Young hydrologists"], by=community["Ines"], until=community.now + timedelta(days=25))
    offer = publish_post(by=community["Marco"], text="Cheap radar heads, ask me for a price!", group=low_water)
    Post.objects.filter(pk=offer.pk).update(posted_at=community.ago(1))
    for name in ("Zsófia", "Grace"):
        report_thing(offer, by=community[name], reason="spam", words="He asked me twice already.")
    Report.objects.filter(case__group=low_water).update(reported_at=community.ago(1))
    Case.objects.filter(group=low_water).update(opened_at=community.ago(1))
