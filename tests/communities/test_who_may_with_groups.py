"""Who sees and does what with a group: every viewer × every page, piece and action, for the three entries (§2, §12).

Ines moderates; `tomasz` is in it; `amara` is invited by him; `asked` asked to join; `lina` is an outsider; `banned` is
banned; `bill` blocked Ines and `jorge` was blocked by her, both outsiders; `visitor` isn't signed in.
"""

from copy import deepcopy
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from accounts.actions import block_member
from accounts.models import User
from communities.actions import ask_to_join, invite_to_group
from communities.models import Group, GroupBan, GroupInvitation, GroupRequest, Membership
from feed.lists.timeline import feed_of
from feed.models import Comment, Post
from moderation.actions import hide_in_group, report_thing
from moderation.models import Case
from tests.factories import MemberFactory, comment, connect, post
from tests.factories.groups import ban_from, group_of
from tests.scenes import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

VIEWERS = ["ines", "tomasz", "amara", "asked", "lina", "banned", "bill", "jorge", "visitor"]
ENTRIES = ["open", "request", "unlisted"]
INSIDE, MODERATOR = {"ines", "tomasz"}, {"ines"}
MEMBERS = set(VIEWERS) - {"visitor"}
KNOWING = {"open": MEMBERS, "request": MEMBERS, "unlisted": {"ines", "tomasz", "amara"}}
"""Who may know that the group is there."""
SECRETS = ["Only among us", "And so among us", "Taken away among us"]


@dataclass
class Scene:
    """One group with something of everything in it."""

    group: Group
    people: dict[str, User | AnonymousUser]
    said: Post
    answer: Comment
    hidden: Post
    case: Case
    asking: GroupRequest | None
    other: User


def build_people() -> dict[str, User | AnonymousUser]:
    made = {
        name: MemberFactory(first_name=name.title(), last_name="Person", handle=name)
        for name in VIEWERS
        if name != "visitor"
    }
    for one, other in (("tomasz", "ines"), ("tomasz", "amara"), ("tomasz", "banned")):
        connect(made[one], made[other])
    block_member(made["ines"], by=made["bill"])
    block_member(made["jorge"], by=made["ines"])
    return made | {"visitor": AnonymousUser()}


def build_scene(entry: str) -> Scene:
    people = build_people()
    other, ines, tomasz = MemberFactory(first_name="Other", handle="other"), people["ines"], people["tomasz"]
    group = group_of(ines, tomasz, other, name="Secret waters", entry="request")
    ask_to_join(group, by=people["asked"], answer="I measure.")
    asking = ask_to_join(group, by=MemberFactory(handle="wants"), answer="Me too.")
    Group.objects.filter(pk=group.pk).update(entry=entry)
    group.refresh_from_db()
    invite_to_group(group, [people["amara"], people["banned"]], by=tomasz)
    ban_from(group, people["banned"])
    said, hidden = post(tomasz, SECRETS[0], group=group), post(other, SECRETS[2], group=group)
    hide_in_group(hidden, by=ines, why="Not here")
    answer = comment(other, said, SECRETS[1])
    case = report_thing(said, by=other, reason="rude").case
    return Scene(group, people, said, answer, hidden, case, asking, other)


built = built_once(build_scene, ENTRIES)


@pytest.fixture
def scene(built, db) -> Scene:
    return deepcopy(built)


def status_of(answer) -> int | str:
    """The status; the way to signing in, said as 401."""
    to_sign_in = answer.status_code == 302 and answer.url.startswith("/accounts/login/")
    return 401 if to_sign_in else answer.status_code


def pages(scene: Scene) -> dict[str, tuple[str, set[str]]]:
    """Each page and piece, and who gets it; everybody else is told that it isn't there."""
    slug, knowing = scene.group.slug, KNOWING[scene.group.entry]

    def at(name: str, *args) -> str:
        return reverse(name, args=[slug, *args])

    return {
        "group": (at("group"), knowing),
        "leave": (at("leave_group"), INSIDE),
        "invite": (at("invite_to_group"), INSIDE),
        "members": (at("group_members"), INSIDE),
        "edit": (at("edit_group"), MODERATOR),
        "requests": (at("group_requests"), MODERATOR),
        "reports": (at("group_reports"), MODERATOR),
        "hidden": (at("group_hidden"), MODERATOR),
        "banned": (at("group_banned"), MODERATOR),
        "stop": (at("stop_moderating"), MODERATOR),
        "remove": (at("remove_from_group", "other"), MODERATOR),
        "hide post": (at("hide_in_group", "post", scene.said.pk), MODERATOR),
        "hide comment": (at("hide_in_group", "comment", scene.answer.pk), MODERATOR),
        "post": (scene.said.get_absolute_url(), INSIDE),
        "hidden post": (scene.hidden.get_absolute_url(), set()),
        "comment": (reverse("comment", args=[scene.answer.pk]), INSIDE),
        "reply": (reverse("reply", args=[scene.answer.pk]), INSIDE),
        "repost": (reverse("repost", args=[scene.said.pk]), set()),
        "report the post": (reverse("report", args=["post", scene.said.pk]), {"ines"}),
        "report the comment": (reverse("report", args=["comment", scene.answer.pk]), INSIDE),
        "report the group": (reverse("report", args=["group", scene.group.pk]), knowing - MODERATOR),
    }


SIGNED_OUT = {"post", "hidden post", "comment"}
"""Pages that visitors may open at all: there what isn't for them is 404, elsewhere they are asked to sign in."""


@pytest.mark.parametrize("viewer", VIEWERS)
def test_every_page_and_piece(scene, viewer, as_member):
    browser, wrong = as_member(scene.people[viewer]), {}
    for name, (address, may) in pages(scene).items():
        for headers in ({}, {"HX-Request": "true"}):
            answer = browser.get(address, headers=headers)
            expected = 200 if viewer in may else 401 if viewer == "visitor" and name not in SIGNED_OUT else 404
            if status_of(answer) != expected:
                wrong[name] = f"{status_of(answer)}, not {expected}"
            told = [secret for secret in SECRETS if secret in answer.text]
            if told and viewer not in INSIDE:
                wrong[f"{name} tells"] = told
    assert not wrong


@pytest.mark.parametrize("viewer", [name for name in VIEWERS if name != "visitor"])
def test_the_feed_and_profiles_tell_those_inside_alone(scene, viewer, as_member):
    member = scene.people[viewer]
    assert (scene.said in feed_of(member).posts) is (viewer in INSIDE)
    profile = as_member(member).get("/in/other/").text
    assert ("Secret waters" in profile) is (viewer in INSIDE)
    index = as_member(member).get(reverse("groups")).text
    listed = scene.group.entry != "unlisted"
    assert ("Secret waters" in index) is (listed or viewer in INSIDE | {"amara"})


def acts(scene: Scene) -> dict[str, tuple]:
    """Each action: its address, what it sends, who is answered at all, and whether it then was done."""
    group, slug, entry = scene.group, scene.group.slug, scene.group.entry
    knowing = KNOWING[entry]

    def at(name: str, *args) -> str:
        return reverse(name, args=[slug, *args])

    def is_in(viewer) -> bool:
        return Membership.objects.filter(group=group, member__handle=viewer).exists()

    joins = {"ines", "tomasz", "amara"} | ({"asked", "lina", "bill", "jorge"} if entry == "open" else set())
    asks = {"amara", "asked", "lina", "bill", "jorge"} if entry == "request" else set()
    moderates = Membership.objects.filter(group=group, is_moderator=True)
    key = str(uuid4())
    return {
        "join": (at("join_group"), {}, knowing, is_in, joins),
        "ask": (
            at("ask_to_join_group"), {"answer": "Let me in"}, knowing,
            lambda viewer: GroupRequest.objects.filter(answer="Let me in", member__handle=viewer).exists(), asks,
        ),
        "withdraw": (
            at("withdraw_group_request"), {}, knowing,
            lambda viewer: GroupRequest.objects.filter(withdrawn_at__isnull=False).exists(),
            {"asked"} & knowing,
        ),
        "decline": (
            at("decline_group_invitation"), {}, knowing,
            lambda viewer: GroupInvitation.objects.filter(declined_at__isnull=False).exists(), {"amara"},
        ),
        "mute": (
            at("mute_group"), {}, INSIDE,
            lambda viewer: Membership.objects.filter(member__handle=viewer, muted_until__isnull=False).exists(), INSIDE,
        ),
        "unmute": (at("unmute_group"), {}, INSIDE, None, INSIDE),
        "leave": (at("leave_group"), {}, INSIDE, lambda viewer: viewer == "tomasz" and not is_in(viewer), {"tomasz"}),
        "invite": (
            at("invite_to_group"), {"people": [scene.people["ines"].pk]}, INSIDE, None, INSIDE,
        ),
        "edit": (
            at("edit_group"), {"name": "Other waters", "entry": entry}, MODERATOR,
            lambda viewer: Group.objects.filter(name="Other waters").exists(), MODERATOR,
        ),
        "let in": (at("let_in", scene.asking.pk), {}, MODERATOR, lambda viewer: is_in("wants"), MODERATOR),
        "turn down": (
            at("turn_down", scene.asking.pk), {}, MODERATOR,
            lambda viewer: GroupRequest.objects.filter(declined_at__isnull=False).exists(), MODERATOR,
        ),
        "remove": (at("remove_from_group", "other"), {}, MODERATOR, lambda viewer: not is_in("other"), MODERATOR),
        "ban": (
            at("remove_from_group", "other"), {"ban": "on"}, MODERATOR,
            lambda viewer: GroupBan.objects.filter(member__handle="other").exists(), MODERATOR,
        ),
        "lift": (
            at("lift_group_ban", "banned"), {}, MODERATOR,
            lambda viewer: not GroupBan.objects.exists(), MODERATOR,
        ),
        "make moderator": (
            at("make_moderator", "other"), {}, MODERATOR, lambda viewer: moderates.count() == 2, MODERATOR,
        ),
        "stop": (at("stop_moderating"), {}, MODERATOR, lambda viewer: not moderates.exists(), set()),
        "pin": (
            at("pin_post", scene.said.pk), {}, MODERATOR,
            lambda viewer: Post.objects.filter(pinned_at__isnull=False).exists(), MODERATOR,
        ),
        "unpin": (at("unpin_post", scene.said.pk), {}, MODERATOR, None, MODERATOR),
        "hide post": (
            at("hide_in_group", "post", scene.said.pk), {"why": "Not here"}, MODERATOR,
            lambda viewer: Post.objects.filter(pk=scene.said.pk, is_hidden_by_group=True).exists(), MODERATOR,
        ),
        "hide comment": (
            at("hide_in_group", "comment", scene.answer.pk), {"why": "Not here"}, MODERATOR,
            lambda viewer: Comment.objects.filter(is_hidden_by_group=True).exists(), MODERATOR,
        ),
        "show": (
            at("show_in_group", "post", scene.hidden.pk), {}, MODERATOR,
            lambda viewer: not Post.objects.filter(hidden_at__isnull=False).exists(), MODERATOR,
        ),
        "keep": (
            at("decide_group_report", scene.case.pk), {"verdict": "keep"}, MODERATOR,
            lambda viewer: Case.objects.filter(closed_at__isnull=False).exists(), MODERATOR,
        ),
        "hand on": (
            at("decide_group_report", scene.case.pk), {"verdict": "hand_on"}, MODERATOR,
            lambda viewer: Case.objects.filter(handed_on_at__isnull=False).exists(), MODERATOR,
        ),
        "like": (
            reverse("react", args=[scene.said.pk]), {"kind": "curious"}, INSIDE,
            lambda viewer: scene.said.reactions.exists(), INSIDE,
        ),
        "comment": (
            reverse("new_comment", args=[scene.said.pk]), {"text": "Me too", "key": key}, INSIDE,
            lambda viewer: Comment.objects.filter(text="Me too").exists(), INSIDE,
        ),
        "reply": (
            reverse("reply", args=[scene.answer.pk]), {"text": "Me too", "key": key}, INSIDE,
            lambda viewer: Comment.objects.filter(text="Me too").exists(), INSIDE,
        ),
    }  # fmt: skip


NAMES = [
    "join", "ask", "withdraw", "decline", "mute", "unmute", "leave", "invite", "edit", "let in", "turn down", "remove",
    "ban", "lift", "make moderator", "stop", "pin", "unpin", "hide post", "hide comment", "show", "keep", "hand on",
    "like", "comment", "reply",
]  # fmt: skip


@pytest.mark.parametrize("viewer", VIEWERS)
def test_every_action(scene, viewer, as_member):
    from django.db import transaction

    browser, wrong = as_member(scene.people[viewer]), {}
    assert list(acts(scene)) == NAMES
    for name in NAMES:
        address, sent, answered, was_done, may = acts(scene)[name]
        with transaction.atomic():
            answer = browser.post(address, sent)
            expected = 401 if viewer == "visitor" else 404 if viewer not in answered else None
            if expected and status_of(answer) != expected:
                wrong[name] = f"{status_of(answer)}, not {expected}"
            elif not expected and status_of(answer) not in (302, 422):
                wrong[name] = f"{status_of(answer)}"
            if was_done and bool(was_done(viewer)) != (viewer in may or (name == "join" and viewer in INSIDE)):
                wrong[name] = f"done: {was_done(viewer)}"
            transaction.set_rollback(True)
    assert not wrong
