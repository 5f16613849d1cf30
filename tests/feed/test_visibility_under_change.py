"""Whatever changes, nobody is shown what isn't for them: in no order, at no cursor, in no count, name or notice (§2).

Four members post, pass on, comment, connect, follow, mute, block and hide at random, in a group, for an organization
and for themselves; operators hide and suspend. Beside the site runs an oracle in plain Python, which knows nothing of
its QuerySets. Every text and every name holds a word of its own, in which there is a letter that nothing else on a page
has: so whatever stands there is found.
"""

import re
from dataclasses import dataclass, field
from itertools import permutations

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from accounts.actions import block_member, unblock_member
from accounts.models import User
from accounts.models.standing import FOR_GOOD
from accounts.refusals import Refusal
from communities.actions import follow_organization, give_role, start_organization
from communities.models import Membership
from feed import hiding
from feed.actions import (
    comment_on_post,
    delete_post,
    edit_post,
    hide_from_feed,
    publish_post,
    repost,
)
from feed.highlights.readings import page_of, reading_of, start_of
from feed.lists.news import how_many_new
from feed.lists.timeline import feed_of
from feed.models import Comment, Post, Reaction, Reading
from feed.showing.items import present
from network.actions import (
    connect_members,
    disconnect,
    follow_member,
    mute_member,
    unfollow_member,
    unmute_member,
)
from tests.factories import MemberFactory, like
from tests.factories.groups import group_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

NAMES = ["ana", "bo", "cy", "di"]
PAIRS = st.sampled_from(list(permutations(NAMES, 2)))
WHO, NUMBERS = st.sampled_from(NAMES), st.integers(0, 5)
WIDTH = {"connections": 1, "members": 2, "public": 3}
WORD = re.compile(r"Ж[a-z]+Ж\d*")


@dataclass(eq=False)
class Said:
    """A post, as the oracle remembers it; of a repost, `original` is what it passes on."""

    pk: int
    author: str
    word: str
    audience: str
    is_the_organizations: bool = False
    original: "Said | None" = None
    is_hidden: bool = False

    @property
    def is_wordless(self) -> bool:
        return self.original is not None and not self.word

    @property
    def subject(self) -> "Said":
        return self.original if self.is_wordless else self


@dataclass(eq=False)
class Remark:
    """A comment, or a reply to one."""

    author: str
    on: Said
    word: str
    parent: "Remark | None"
    pk: int
    is_hidden: bool = False


@dataclass
class Oracle:
    """Who may see what, in the words of the rules."""

    posts: list[Said] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    connected: set[frozenset] = field(default_factory=set)
    follows: set[tuple] = field(default_factory=set)
    blocks: set[tuple] = field(default_factory=set)
    suspended: set[str] = field(default_factory=set)
    grouped: set[str] = field(default_factory=lambda: {"ana"})
    following: set[str] = field(default_factory=set)
    """Who follows the organization."""
    unwanted: set[tuple] = field(default_factory=set)
    muted: set[tuple] = field(default_factory=set)
    likes: set[tuple] = field(default_factory=set)

    def sees(self, viewer: str, other: str) -> bool:
        walled = (viewer, other) in self.blocks or (other, viewer) in self.blocks
        return other not in self.suspended and not walled

    def is_for(self, viewer: str, said: Said) -> bool:
        if said.is_hidden and viewer != said.author:
            return False
        if said.is_the_organizations:
            return True
        if not self.sees(viewer, said.author):
            return False
        if said.audience == "group":
            return viewer in self.grouped
        own = viewer == said.author
        return own or said.audience != "connections" or frozenset({viewer, said.author}) in self.connected

    def shows(self, viewer: str, said: Said) -> bool:
        if not self.is_for(viewer, said):
            return False
        original = said.original
        return original is None or (self.is_for(viewer, original) and not original.is_hidden)

    def is_heard(self, viewer: str, said: Said) -> bool:
        if said.is_the_organizations:
            return viewer in self.following
        if said.audience == "group":
            return viewer in self.grouped
        return viewer == said.author or (viewer, said.author) in self.follows

    def is_muted(self, viewer: str, said: Said) -> bool:
        """Muted is what somebody says and what passes it on; nothing that one says oneself, or an organization."""
        parts = [each for each in (said, said.original) if each and not each.is_the_organizations]
        own = viewer == said.author and not said.is_the_organizations
        return not own and any((viewer, each.author) in self.muted for each in parts)

    def feed(self, viewer: str) -> list[Said]:
        return [
            said
            for said in self.posts
            if self.is_heard(viewer, said)
            and self.shows(viewer, said)
            and not (said.is_the_organizations and said.is_hidden)
            and not (said.audience == "group" and said.is_hidden)
            and (viewer, said.subject) not in self.unwanted
            and not self.is_muted(viewer, said)
        ]

    def hears(self, viewer: str, remark: Remark) -> bool:
        shown = self.sees(viewer, remark.author) and (not remark.is_hidden or remark.author == viewer)
        return shown and (remark.parent is None or self.hears(viewer, remark.parent))

    def remarks_on(self, viewer: str, said: Said) -> list[Remark]:
        return [remark for remark in self.remarks if remark.on is said and self.hears(viewer, remark)]

    def words_for(self, viewer: str) -> set[str]:
        """Every word that may stand on a page of theirs, and every name."""
        seen = [said for said in self.posts if self.shows(viewer, said)]
        words = {said.word for said in seen} | {said.original.word for said in seen if said.original}
        words |= {remark.word for said in seen for remark in self.remarks_on(viewer, said)}
        return words | {f"Ж{name}Ж" for name in NAMES if self.sees(viewer, name)}

    def end_between(self, one: str, other: str) -> None:
        self.connected.discard(frozenset({one, other}))
        self.follows -= {(one, other), (other, one)}


class Changing(RuleBasedStateMachine):
    """The site and the oracle, side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        members = {name: MemberFactory(first_name=f"Ж{name}Ж", handle=name) for name in NAMES}
        self.pks = {name: member.pk for name, member in members.items()}
        self.organization = start_organization(by=members["ana"], name="Delta", audience="public")
        give_role(self.organization, members["bo"], by=members["ana"])
        self.group = group_of(members["ana"], name="Low water")
        self.oracle, self.words = Oracle(), 0
        for one, other in (("ana", "bo"), ("bo", "cy"), ("cy", "ana")):
            self.join_up(one, other)
        for name in ("bo", "cy", "di"):
            self.change_standing(name, "group"), self.change_standing(name, "organization")
        for name, where in zip(["ana", "bo", "cy", "ana", "di"], [*WIDTH, "group", "organization"], strict=True):
            self.post(name, where)
        self.pass_on("bo", 4, has_words=True), self.pass_on("cy", 4, has_words=False)
        self.readings = {name: reading_of(self.who(name)) for name in NAMES}

    def teardown(self) -> None:
        try:
            for name in NAMES:
                self.look(name)
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    def who(self, name: str) -> User:
        return User.objects.get(pk=self.pks[name])

    def word(self) -> str:
        self.words += 1
        return f"ЖwordЖ{self.words}"

    def does(self, doing):
        """Do it, as one request would; return what came of it, None if it was refused."""
        try:
            with transaction.atomic():
                return doing()
        except Refusal:
            return None

    def said(self, which: int) -> Said:
        return self.oracle.posts[-1 - which % len(self.oracle.posts)]

    def is_here(self, name: str) -> bool:
        return name not in self.oracle.suspended

    @rule(name=WHO, where=st.sampled_from([*WIDTH, "group", "organization"]))
    def post(self, name, where) -> None:
        word, place = self.word(), {"audience": where}
        if where == "organization":
            place = {"organization": self.organization, "audience": "public"}
        elif where == "group":
            place = {"group": self.group}
        made = self.is_here(name) and self.does(lambda: publish_post(by=self.who(name), text=word, **place))
        if made:
            said = Said(made.pk, name, word, made.audience, is_the_organizations=where == "organization")
            self.oracle.posts.append(said)

    @precondition(lambda self: self.oracle.posts)
    @rule(name=WHO, which=NUMBERS, has_words=st.booleans())
    def pass_on(self, name, which, has_words) -> None:
        said, word = self.said(which), self.word() if has_words else ""
        if not self.is_here(name):
            return
        original = said.original or said
        may = all(
            self.oracle.shows(name, each) and not each.is_hidden and each.audience != "group"
            for each in (said, original)
        )
        made = self.does(lambda: repost(Post.objects.get(pk=said.pk), by=self.who(name), text=word))
        assert bool(made) is may
        if made and all(made.pk != each.pk for each in self.oracle.posts):
            self.oracle.posts.append(Said(made.pk, name, word, made.audience, original=original))

    @precondition(lambda self: self.oracle.posts)
    @rule(name=WHO, which=NUMBERS, replies=st.booleans())
    def comment(self, name, which, replies) -> None:
        said = self.said(which).subject
        if not self.is_here(name):
            return
        heard = [remark for remark in self.oracle.remarks_on(name, said) if remark.parent is None]
        parent = heard[-1] if heard and replies and not heard[-1].is_hidden else None
        to = Comment.objects.get(pk=parent.pk) if parent else None
        word, post = self.word(), Post.objects.get(pk=said.pk)
        made = self.does(lambda: comment_on_post(post, by=self.who(name), text=word, reply_to=to))
        assert bool(made) is (self.oracle.shows(name, said) and not said.is_hidden)
        if made:
            self.oracle.remarks.append(Remark(name, said, word, parent, made.pk))

    @precondition(lambda self: self.oracle.posts)
    @rule(name=WHO, which=NUMBERS)
    def like(self, name, which) -> None:
        said = self.said(which).subject
        if self.is_here(name):
            made = self.does(lambda: like(self.who(name), Post.objects.get(pk=said.pk)))
            assert bool(made) is self.oracle.shows(name, said)
            self.oracle.likes |= {(name, said)} if made else set()

    @precondition(lambda self: self.oracle.posts)
    @rule(which=NUMBERS, what=st.sampled_from(["hide", "narrow", "delete", "remark"]))
    def change(self, which, what) -> None:
        said, oracle = self.said(which), self.oracle
        post, by = Post.objects.get(pk=said.pk), self.who(said.author)
        if what == "hide":
            said.is_hidden = not said.is_hidden
            (hiding.hide if said.is_hidden else hiding.restore)(post)
        elif what == "remark" and oracle.remarks:
            remark = oracle.remarks[-1 - which % len(oracle.remarks)]
            remark.is_hidden = not remark.is_hidden
            (hiding.hide if remark.is_hidden else hiding.restore)(Comment.objects.get(pk=remark.pk))
        elif what == "narrow" and said.audience in WIDTH and said.word and not said.is_the_organizations:
            if self.does(lambda: edit_post(post, by=by, text=said.word, audience="connections")):
                said.audience = "connections"
        elif what == "delete" and self.is_here(said.author):
            delete_post(post, by=by)
            if not Post.objects.filter(pk=said.pk).exists():
                gone = [each for each in oracle.posts if said in (each, each.original)]
                oracle.posts = [each for each in oracle.posts if each not in gone]
                oracle.remarks = [remark for remark in oracle.remarks if remark.on not in gone]
                oracle.likes = {like for like in oracle.likes if like[1] not in gone}

    @rule(pair=PAIRS, what=st.sampled_from(["connect", "follow", "mute", "unmute", "unfollow", "part"]))
    def draw_near(self, pair, what) -> None:
        one, other = pair
        if not (self.is_here(one) and self.is_here(other) and self.oracle.sees(one, other)):
            return
        me, them, follows = self.who(one), self.who(other), self.oracle.follows
        if what == "connect":
            self.join_up(one, other)
        elif what == "follow":
            follow_member(them, by=me)
            follows.add(pair)
        elif what == "unfollow":
            unfollow_member(them, by=me)
            follows.discard(pair)
        elif what == "part":
            if self.does(lambda: [disconnect(them, by=me)]) and frozenset(pair) in self.oracle.connected:
                self.oracle.end_between(*pair)
        elif what == "mute":
            mute_member(them, by=me, until=FOR_GOOD)
            self.oracle.muted.add(pair)
        else:
            unmute_member(them, by=me)
            self.oracle.muted.discard(pair)

    def join_up(self, one: str, other: str) -> None:
        connect_members(self.who(one), self.who(other))
        if frozenset({one, other}) not in self.oracle.connected:
            self.oracle.connected.add(frozenset({one, other}))
            self.oracle.follows |= {(one, other), (other, one)}

    @rule(pair=PAIRS, again=st.booleans())
    def wall(self, pair, again) -> None:
        one, other = pair
        if pair in self.oracle.blocks and again:
            unblock_member(self.who(other), by=self.who(one))
            self.oracle.blocks.discard(pair)
        elif self.is_here(one) and self.oracle.sees(one, other):
            block_member(self.who(other), by=self.who(one))
            self.oracle.blocks.add(pair)
            self.oracle.end_between(*pair)

    @rule(name=WHO, what=st.sampled_from(["suspend", "group", "organization"]))
    def change_standing(self, name, what) -> None:
        if what == "suspend":
            self.oracle.suspended ^= {name}
            User.objects.filter(pk=self.pks[name]).update(suspended_until=None if self.is_here(name) else FOR_GOOD)
        elif what == "organization":
            follow_organization(self.organization, by=self.who(name))
            self.oracle.following.add(name)
        elif name != "ana":
            self.oracle.grouped ^= {name}
            mine = Membership.objects.filter(group=self.group, member=self.pks[name])
            if name in self.oracle.grouped:
                Membership.objects.create(group=self.group, member_id=self.pks[name])
            else:
                mine.delete()

    @precondition(lambda self: self.oracle.posts)
    @rule(name=WHO, which=NUMBERS)
    def hide_from_ones_feed(self, name, which) -> None:
        said = self.said(which)
        if self.does(lambda: hide_from_feed(Post.objects.get(pk=said.pk), by=self.who(name))):
            self.oracle.unwanted.add((name, said.subject))

    @rule(name=WHO)
    def look(self, name) -> None:
        """At both orders, page by page, at the order of an earlier reading, and at whole pages of the site."""
        if not self.is_here(name):
            return
        viewer, feed = self.who(name), self.oracle.feed(name)
        latest = self.read_latest(viewer)
        assert {post.pk for post in latest} <= {said.pk for said in feed}
        assert self.subjects(latest) == {said.subject.pk for said in feed}
        self.check_items(name, latest)
        reading = reading_of(viewer, anew=True)
        highlights = self.read(reading, viewer)
        assert self.subjects(highlights) == {said.subject.pk for said in feed}
        assert len(self.subjects(highlights)) == len(highlights)
        assert {post.pk for post in self.read(self.readings[name], viewer)} <= {said.pk for said in feed}
        others = [said for said in feed if said.author != name]
        assert how_many_new(viewer, since=0) == min(len(others), 10)
        self.open_pages(name, viewer)

    def read_latest(self, viewer: User) -> list[Post]:
        posts, before = [], None
        while True:
            page = feed_of(viewer, before=before, limit=4)
            posts += page.posts
            if page.more is None:
                return posts
            assert page.posts, "a page that ends early tells of what is hidden"
            before = page.more

    def read(self, reading: Reading, viewer: User) -> list[Post]:
        posts, place = [], start_of(reading)
        while place:
            page = page_of(reading, place, viewer=viewer, limit=4)
            assert len(page.posts) == 4 or page.more is None
            posts, place = posts + page.posts, page.more
        return posts

    def subjects(self, posts: list[Post]) -> set[int]:
        return {post.repost_of_id if post.is_wordless else post.pk for post in posts}

    def check_items(self, name: str, posts: list[Post]) -> None:
        known = {said.pk: said for said in self.oracle.posts}
        for item in present(posts, viewer=self.who(name), reasons=True):
            said = known[item.id]
            likes = sum(liked is said and self.is_here(who) for who, liked in self.oracle.likes)
            reposts = sum(each.original is said and self.is_here(each.author) for each in self.oracle.posts)
            counts = (item.comments, item.likes, item.reposts)
            assert counts == (len(self.oracle.remarks_on(name, said)), likes, reposts)

    def open_pages(self, name: str, viewer: User) -> None:
        words, browser = self.oracle.words_for(name), Client()
        browser.force_login(viewer, backend="accounts.backends.MemberBackend")
        other = NAMES[self.words % len(NAMES)]
        theirs = (f"/in/{other}/posts/", f"/in/{other}/activity/")
        with transaction.atomic():
            for address in ("/latest/", "/highlights/", "/notices/", "/settings/muted/", *theirs):
                found = set(WORD.findall(browser.get(address).text))
                assert found <= words, f"{name} at {address}: {found - words}"
            for said in self.oracle.posts[-3:]:
                for address in (f"/posts/{said.pk}/", f"/posts/{said.pk}/why/"):
                    answer = browser.get(address)
                    assert (answer.status_code != 404) is self.oracle.shows(name, said), address
                    assert set(WORD.findall(answer.text)) <= words, address
            transaction.set_rollback(True)


def test_whatever_changes_nobody_is_shown_what_is_not_for_them(monkeypatch):
    monkeypatch.setattr("feed.highlights.ranking.RANKED", 6)
    monkeypatch.setattr("feed.lists.timeline.SPARE", 1)
    monkeypatch.setattr("feed.highlights.readings.SPARE", 1)
    run_state_machine_as_test(
        Changing,
        settings=settings(
            max_examples=6,
            stateful_step_count=30,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
    assert not Reaction.objects.exists()
