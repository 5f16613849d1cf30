"""How each kind of email comes about: what happens between its reader, another member and a third one.

Everything is done by real actions. A new kind without a line here fails `test_kinds_and_situations.py`.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from communities.actions import (
    attend_event,
    cancel_event,
    change_event,
    give_role,
    make_moderator,
    start_organization,
    stay_away,
)
from communities.actions.joining import ask_to_join, let_in
from communities.reminders import ask_who_was_there, remind
from feed.actions import congratulate
from messaging.actions import open_conversation, send_message
from network.actions import answer_question, ask_for_later, ask_question, connect_introduced
from network.endorsing import endorse_skill
from notifications.actions import choose, notify
from notifications.kinds import emailed
from profiles.models import Skill
from search.actions import save_search
from search.models import Find, Look
from search.wanted import Wanted
from tests.factories import (
    allow,
    ask_through,
    celebration,
    comment,
    connect,
    follow,
    introduce,
    like,
    pass_on,
    post,
    put_up_event,
    recommend,
    request,
    seat,
)
from tests.factories.groups import group_of, invite_into

Happening = Callable[[User, User, User], Any]
HAPPENINGS: dict[str, Happening] = {}
"""By kind: `happen(reader, other, third)`; what it returns is told where no notice says what."""


def makes(slug: str) -> Callable[[Happening], Happening]:
    def keep(happening: Happening) -> Happening:
        HAPPENINGS[slug] = happening
        return happening

    return keep


@makes("request_received")
def _(reader, other, third):
    request(other, reader, note="We met in Malmö.")


@makes("request_accepted")
def _(reader, other, third):
    connect(reader, other)


@makes("question")
def _(reader, other, third):
    ask_question(request(reader, other), by=other, question="How do we know each other?")


@makes("answer")
def _(reader, other, third):
    asked = request(other, reader)
    ask_question(asked, by=reader, question="How do we know each other?")
    answer_question(asked, by=other, answer="From Malmö.")


@makes("later")
def _(reader, other, third):
    ask_for_later(request(reader, other), by=other, on=timezone.localdate() + timedelta(days=30))


@makes("introduction_asked")
def _(reader, other, third):
    connect(reader, other)
    connect(reader, third)
    ask_through(reader, asker=other, to=third)


@makes("introduction_received")
def _(reader, other, third):
    connect(other, reader)
    connect(other, third)
    introduce(third, reader, through=other)


@makes("introduction_passed_on")
def _(reader, other, third):
    connect(other, reader)
    connect(other, third)
    introduce(reader, third, through=other)


@makes("introduction_name")
def _(reader, other, third):
    connect(other, reader)
    connect(other, third)
    allow(other, asker=reader, to=third)


@makes("introduction_connected")
def _(reader, other, third):
    connect(third, reader)
    connect(third, other)
    connect_introduced(introduce(reader, other, through=third), by=other)


@makes("introduction_brought_about")
def _(reader, other, third):
    connect(reader, other)
    connect(reader, third)
    connect_introduced(introduce(third, other, through=reader), by=other)


@makes("recommendation")
def _(reader, other, third):
    connect(reader, other)
    recommend(other, reader)


@makes("recommendation_changed")
def _(reader, other, third):
    connect(reader, other)
    recommend(other, reader, approved=True)
    recommend(other, reader, "On second thoughts, and after three more years, I would say it even more warmly.")


@makes("recommendation_approved")
def _(reader, other, third):
    connect(reader, other)
    recommend(reader, other, approved=True)


@makes("follow")
def _(reader, other, third):
    follow(other, reader)


@makes("message_unread")
def _(reader, other, third):
    connect(reader, other)
    return send_message(open_conversation(other, reader), by=other, text="About the dam")


@makes("comment")
def _(reader, other, third):
    comment(other, post(reader))


@makes("reply")
def _(reader, other, third):
    first = comment(reader, post(third))
    comment(other, first.post, reply_to=first)


@makes("mention")
def _(reader, other, third):
    post(other, f"Ask @{reader.handle}.")


@makes("congratulation")
def _(reader, other, third):
    connect(reader, other)
    congratulate(celebration(reader), by=other)


@makes("like")
def _(reader, other, third):
    like(other, post(reader))


@makes("repost")
def _(reader, other, third):
    pass_on(other, post(reader))


@makes("endorsement")
def _(reader, other, third):
    connect(reader, other)
    endorse_skill(Skill.objects.create(member=reader, name="Hydrology"), by=other)


@makes("digest")
def _(reader, other, third):
    connect(reader, other)
    post(other, "Does anybody measure silt?")
    return reader


@makes("organization_role")
def _(reader, other, third):
    give_role(start_organization(by=other, name="Delta Works"), reader, by=other)


@makes("event_changed")
def _(reader, other, third):
    event = put_up_event(other)
    seat(event, reader)
    change_event(event, by=other, place="Malmö")


@makes("event_cancelled")
def _(reader, other, third):
    event = put_up_event(other)
    seat(event, reader)
    cancel_event(event, by=other)


@makes("event_seat")
def _(reader, other, third):
    event = put_up_event(other, capacity=1)
    attend_event(event, by=third)
    attend_event(event, by=reader)
    stay_away(event, by=third)


@makes("event_reminder")
def _(reader, other, third):
    seat(put_up_event(other, starts_at=timezone.now() + timedelta(hours=12)), reader)
    remind()


@makes("event_ended")
def _(reader, other, third):
    seat(put_up_event(other, starts_at=timezone.now() - timedelta(hours=5)), reader)
    ask_who_was_there()


@makes("group_request")
def _(reader, other, third):
    ask_to_join(group_of(reader, entry="request"), by=other)


@makes("group_joined")
def _(reader, other, third):
    let_in(ask_to_join(group_of(other, entry="request"), by=reader), by=other)


@makes("group_invitation")
def _(reader, other, third):
    connect(reader, other)
    invite_into(group_of(other, entry="unlisted"), reader, by=other)


@makes("group_moderator")
def _(reader, other, third):
    make_moderator(group_of(other, reader), reader, by=other)


@makes("saved_search")
def _(reader, other, third):
    search = save_search(Wanted(words="example"), by=reader)
    look = Look.objects.create(search=search)
    Find.objects.create(search=search, look=look, member=other)
    notify(recipient=reader, kind="saved_search", actor=None, subject=look)


def wants_everything(member: User) -> None:
    """Also what isn't emailed at first comes to this member."""
    slugs = [kind.slug for kind in emailed()]
    choose(by=member, in_app=slugs, by_email=slugs)
