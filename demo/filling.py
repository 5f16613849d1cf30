"""Makes the demo community, through the same actions as members and operators use, and dates what happened.

The same people, words and ties at every start; only the dates move along with the day.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from itertools import combinations

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.actions import create_operator
from accounts.models import Community, User
from accounts.names import fold
from accounts.refusals import Refusal
from communities.models import Organization
from demo import OPERATOR, PASSWORD, SIGN_INS, people, portraits, words
from demo.advice import let_people_talk
from demo.answers import answer_between
from demo.articles import write_articles
from demo.celebrations import let_others_know
from demo.changes import change_minds
from demo.conversations import write_messages
from demo.events import put_up_events
from demo.groups import start_groups
from demo.introductions import make_introductions
from demo.organizations import UPDATES, put_up_organizations
from demo.profiles import fill_profile
from demo.quieting import read_less
from demo.recommendations import write_recommendations
from demo.tags import follow_tags, name_people
from feed.actions import comment_on_post, publish_post, react_to_post, repost
from feed.models import Comment, Post, Reaction
from feed.pictures import NewPicture, read_picture
from moderation.actions import dismiss_case, hide_comment, hide_post, report_thing
from moderation.models import Case, Decision, Report
from network.actions import connect_members, decline_request, follow_member
from network.endorsing import endorse_skill
from network.models import AgreedConnection, Connection, ConnectionRequest, Endorsement, Follow
from notifications.models import Email, Notice
from profiles.models import Skill
from tests.factories import MemberFactory, UnclaimedFactory, request

WITH_INES = {
    "Tomasz": 900, "Lina": 420, "Oliver": 380, "Chloé": 45, "Marco": 700, "Emma": 12, "Noah": 160, "Samuel": 230,
    "Katarzyna": 300, "Priya": 520, "Ana": 610, "Zsófia": 340, "Carlos": 95, "Hannah": 75, "Anders": 60, "Jonas": 810,
}  # fmt: skip
"""Ines's connections, and how many days ago they were made."""
SETTINGS = {
    "Ines": {"profile_audience": "public", "engines_may_list": True, "connections_audience": "members"},
    "Amara": {"profile_audience": "public", "engines_may_list": True, "follow_first": True},
    "Tomasz": {"note_required": True},
    "Jorge": {"profile_audience": "public", "door": "mutual"},
    "Hannah": {"door": "nobody"},
    "Wei": {"door": "email"},
    "Minh": {"door": "ground"},
    "Patrick": {"followers_from": "connections", "connections_audience": "nobody"},
    "Oliver": {"profile_audience": "public"},
    "Leilani": {"profile_audience": "public"},
    "Chloé": {"profile_audience": "public", "engines_may_list": True},
    "Mei-Ling": {"profile_audience": "public", "looking_for": "people"},
    "Noah": {"profile_audience": "public"},
    "Emma": {"looking_for": "work"},
    "Felix": {"profile_audience": "public", "recruiter": "agency"},
    "Sarah": {"recruiter": "in_house"},
}


@transaction.atomic
def fill_community() -> int:
    """Fill an empty site with the demo community; return how many members it has."""
    community = Filling()
    community.set_up()
    community.bring_people()
    community.connect_people()
    community.organizations = put_up_organizations(community)
    community.send_requests()
    answer_between(community)
    community.write_posts()
    follow_tags(community)
    name_people(community)
    write_messages(community)
    community.endorse()
    write_recommendations(community)
    put_up_events(community)
    start_groups(community)
    make_introductions(community)
    let_people_talk(community)
    let_others_know(community)
    read_less(community)
    write_articles(community)
    change_minds(community)
    community.look_after()
    community.put_notices_in_order()
    Email.objects.all().delete()  # nobody is there to read them
    DBTaskResult.objects.all().delete()
    return len(community.members)


class Filling:
    """The making of the community, step by step."""

    def __init__(self) -> None:
        self.now = timezone.now().replace(minute=12, second=0, microsecond=0)
        self.dice = random.Random("Bridge Society")
        self.members: dict[str, User] = {}
        self.organizations: dict[str, Organization] = {}

    def __getitem__(self, first_name: str) -> User:
        return self.members[first_name]

    def ago(self, days: float) -> datetime:
        return self.now - timedelta(days=days, minutes=self.dice.randint(0, 50))

    @contextmanager
    def noticed(self, at: datetime) -> Iterator[None]:
        """Date the notices of what happens inside; what is older than four days was read."""
        newest = Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        yield
        read = at + timedelta(hours=5) if at < self.now - timedelta(days=4) else None
        Notice.objects.filter(pk__gt=newest).update(created_at=at, read_at=read)

    def set_up(self) -> None:
        Community.objects.create(
            name="The Bridge Society",
            purpose="Where people who measure, model and share water agree to know each other.",
            rules="Say who you are. Be kind. Say what you know, and how you know it.",
        )

    def bring_people(self) -> None:
        for number, person in enumerate(people.EVERYBODY):
            email = f"{fold(person.slug)}@example.org"
            joined = self.ago(13 if person.first_name == "Emma" else 950 - number * 4)
            member = MemberFactory(
                first_name=person.first_name,
                last_name=person.last_name,
                email=email,
                headline=person.headline,
                place=person.place,
                about=people.ABOUT.get(person.first_name, ""),
                joined_at=joined,
                claimed_at=joined,
                welcomed_at=joined,
                password=PASSWORD if email in SIGN_INS else None,
                **SETTINGS.get(person.first_name, {}),
            )
            self.members[person.first_name] = member
            fill_profile(member, person, dice=self.dice, portrait=number % 5 not in (2, 4))
        self.operator = create_operator(
            email=OPERATOR,
            password=PASSWORD,
            first_name="Olga",
            last_name="Berg",
            headline="Looks after this community",
        )
        waiting = [UnclaimedFactory(first_name=name, last_name="Lang", email=f"{name.lower()}.lang@example.org")
                   for name in ("Walter", "Ruth")]  # fmt: skip
        for one in waiting:
            low, high = sorted((one, self["Ines"]), key=lambda member: member.pk)
            AgreedConnection.objects.create(one=low, other=high, agreed_on=self.ago(3000).date())

    def connect_people(self) -> None:
        fields = {person.first_name: person.field for person in people.EVERYBODY}
        for one, other in combinations(self.members, 2):
            likely = 0.5 if fields[one] == fields[other] else 0.06
            if "Ines" not in (one, other) and self.dice.random() < likely and "recruiter" not in fields[one]:
                connect_members(self[one], self[other], at=self.ago(self.dice.randint(20, 800)))
        for name, days in WITH_INES.items():
            connect_members(self["Ines"], self[name], at=self.ago(days))
        for follower, followed, quiet in self._follows():
            if not Connection.objects.filter(member=self[follower], other=self[followed]).exists():
                at = self.ago(self.dice.randint(1, 300))
                with self.noticed(at):
                    follow = follow_member(self[followed], by=self[follower], quiet=quiet)
                Follow.objects.filter(pk=follow.pk).update(followed_at=at)

    def _follows(self) -> Iterator[tuple[str, str, bool]]:
        yield from (
            ("Ines", "Amara", False),
            ("Ines", "Leilani", False),
            ("Ines", "Jorge", True),
            ("Ines", "Wei", True),
        )
        yield from ((name, "Ines", name == "Aiko") for name in ("Amara", "Grace", "Aiko", "Luca", "Isabel", "Minh"))
        for name in self.members:
            if name not in ("Amara", "Ines", "Tomasz") and self.dice.random() < 0.4:
                yield name, "Amara", self.dice.random() < 0.2
            if name not in ("Tomasz", "Ines", "Amara") and self.dice.random() < 0.2:
                yield name, "Tomasz", self.dice.random() < 0.2

    def send_requests(self) -> None:
        asked: list[tuple[str, str, float, str, str]] = [
            ("Bill", "Ines", 2, "studied", words.NOTES["good"]),
            ("Fatima", "Ines", 4, "event", words.NOTES["shared"]),
            ("Rahul", "Ines", 6, "business", ""),
            ("Sarah", "Ines", 1, "interview", words.NOTES["recruiter"]),
            ("Felix", "Ines", 9, "business", words.NOTES["pitch"]),
            ("Sione", "Ines", 30, "other", words.NOTES["aside"]),
            ("Pilar", "Ines", 44, "other", ""),
            ("Ines", "Kenji", 8, "event", "Kenji, thank you for the tour of the Tone weirs. May I send you our notes on fish passes?"),
            ("Ines", "Grace", 20, "business", ""),
            ("Rebecca", "Tomasz", 3, "business", "Tomasz, we use your March set for the Aire. I'd like to tell you where it breaks."),
            ("Gabriela", "Amara", 5, "other", "Amara, your essay is pinned above our desk in Huaraz. Thank you for asking the neighbours."),
            ("Daniel", "Amara", 2, "event", ""),
            ("Tomasz", "Bill", 7, "worked", "Bill, same lakes, same ice, ten years apart. Shall we compare?"),
            ("Amara", "Jorge", 3, "business", "Jorge, I would like to write about the three sentences."),
        ]  # fmt: skip
        for sender, recipient, days, context, note in asked:
            at = self.ago(days)
            if Connection.objects.filter(member=self[sender], other=self[recipient]).exists():
                continue
            if recipient == "Jorge":
                User.objects.filter(pk=self["Jorge"].pk).update(door="anyone")
                self["Jorge"].door = "anyone"
            with self.noticed(at):
                sent = request(self[sender], self[recipient], context=context, note=note)
            ConnectionRequest.objects.filter(pk=sent.pk).update(sent_at=at)
            if sender in ("Sione", "Pilar"):
                decline_request(sent, by=self[recipient])
                ConnectionRequest.objects.filter(pk=sent.pk).update(declined_at=at + timedelta(days=1))
        User.objects.filter(pk=self["Jorge"].pk).update(door="mutual")

    def write_posts(self) -> None:
        self.posts: dict[str, Post] = {}
        reposts = list(words.REPOSTS)
        author, days, audience, text, description = words.PICTURE
        told = [*((*post, None, "", "") for post in (*words.POSTS, words.HIDDEN))]
        told.append((author, days, audience, text, portraits.ice_jam(), description, ""))
        told += [(author, days, "public", text, None, "", name) for author, days, name, text in UPDATES]
        for author, days, audience, text, picture, description, name in sorted(told, key=lambda one: -one[1]):
            while reposts and reposts[0][1] > days:
                self._repost(*reposts.pop(0))
            at = self.ago(days)
            with self.noticed(at):
                post = publish_post(
                    by=self[author],
                    text=text,
                    audience=audience,
                    pictures=[NewPicture(read_picture(picture), description)] if picture else (),
                    organization=self.organizations.get(name),
                )
            Post.objects.filter(pk=post.pk).update(posted_at=at)
            post.posted_at = at
            if not name:
                self.posts[author] = post
            self.like(post)
        for author, by, text, replies in words.COMMENTS:
            first = self._comment(self.posts[author], by, text, hours=3)
            for hours, (who, reply) in enumerate(replies, start=4):
                if first is not None:
                    self._comment(self.posts[author], who, reply, hours=hours, reply_to=first)

    def _repost(self, by: str, days: float, author: str, text: str) -> None:
        at = self.ago(days)
        with self.noticed(at):
            again = repost(self.posts[author], by=self[by], text=text)
        Post.objects.filter(pk=again.pk).update(posted_at=at)

    def like(self, post: Post) -> None:
        """Let some of those who see a post react to it, most of them by liking it."""
        kinds = ["like", "like", "like", *Reaction.Kind]
        likers, at = self.dice.sample(sorted(self.members), 7), min(post.posted_at + timedelta(hours=2), self.now)
        for member in (self[name] for name in likers if self[name] != post.author):
            with suppress(Refusal), self.noticed(at):  # refused where it isn't for them
                like = react_to_post(post, by=member, kind=kinds[(post.pk + member.pk) % len(kinds)])
                Reaction.objects.filter(pk=like.pk).update(reacted_at=at)

    def _comment(self, post: Post, by: str, text: str, *, hours: float, reply_to: Comment | None = None):
        if not Post.objects.answerable_by(self[by]).filter(pk=post.pk).exists():
            return None
        at = min(post.posted_at + timedelta(hours=hours), self.now)
        with self.noticed(at):
            comment = comment_on_post(post, by=self[by], text=text, reply_to=reply_to)
        Comment.objects.filter(pk=comment.pk).update(commented_at=at)
        return comment

    def endorse(self) -> None:
        for endorser, endorsed, name, basis in words.ENDORSEMENTS:
            skill = Skill.objects.filter(member=self[endorsed], name=name).first()
            follows = Follow.objects.open().filter(follower=self[endorser], followed=self[endorsed])
            if skill is None or not follows.exists():
                continue
            at = self.ago(self.dice.randint(2, 200))
            with self.noticed(at):
                endorsement = endorse_skill(skill, by=self[endorser], basis=basis)
            Endorsement.objects.filter(pk=endorsement.pk).update(endorsed_at=at)

    def put_notices_in_order(self) -> None:
        """Notices are read by number, the newest first; here they were made in the order of this file."""
        notices = list(Notice.objects.order_by("created_at", "pk"))
        Notice.objects.all().delete()
        for notice in notices:
            notice.pk = None
        Notice.objects.bulk_create(notices)

    def look_after(self) -> None:
        """What was reported, and what the operator decided."""
        advertisement = self.posts["Felix"]
        report_thing(advertisement, by=self["Katarzyna"], reason="spam", words="They ask for passports.")
        self._decided(hide_post(advertisement, by=self.operator, why=words.WHY_HIDDEN), days=6)
        raffle = comment_on_post(self.posts["Emma"], by=self["Felix"], text="Nice!!! Send me your CV, win a drone.")
        self._decided(
            hide_comment(raffle, by=self.operator, why="The raffle again, under a student's first post."), days=2
        )
        harmless = report_thing(self.posts["Hannah"], by=self["Rahul"], reason="other", words="A flood can't do that.")
        self._decided(dismiss_case(harmless.case, by=self.operator, why="A question, and a good one."), days=30)
        report_thing(self["Felix"], by=self["Amara"], reason="spam", words="He writes to everybody who posts.")
        report_thing(self["Felix"], by=self["Emma"], reason="spam", words="He wanted my passport.")
        Report.objects.filter(case__closed_at__isnull=True).update(reported_at=self.ago(1))
        Case.objects.filter(closed_at__isnull=True).update(opened_at=self.ago(1))

    def _decided(self, decision: Decision, *, days: float) -> None:
        """Date a case; a decision keeps its own time, as the database insists."""
        if decision.case:
            Case.objects.filter(pk=decision.case.pk).update(opened_at=self.ago(days + 1), closed_at=self.ago(days))
            Report.objects.filter(case=decision.case).update(reported_at=self.ago(days + 1))
