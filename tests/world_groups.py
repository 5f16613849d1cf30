"""The groups of the small world (`tests/world.py`): one that Ines moderates, others that she sees from outside."""

from dataclasses import dataclass

from accounts.models import User
from accounts.models.standing import FOR_GOOD
from communities.actions import ask_to_join, invite_to_group, make_moderator, mute_group
from communities.models import Group, GroupRequest
from feed.actions import pin_post
from feed.models import Comment, Post
from moderation.actions import hide_in_group, report_thing
from moderation.models import Case
from tests.factories import MemberFactory, comment, post
from tests.factories.groups import ban_from, group_of


@dataclass
class Groups:
    """What there is; Ines moderates `hers`, and is outside of `asking`, `inviting` and `open`."""

    hers: Group
    asking: Group
    inviting: Group
    open: Group
    unlisted: Group
    request: GroupRequest
    case: Case
    post: Post
    pinned: Post
    comment: Comment
    hidden: Post


def build_groups(*, ines: User, tomasz: User, amara: User, lina: User, wei: User) -> Groups:
    members = [_member(name) for name in ("Мария", "Юки", "Омар", "Хассан")]
    maria, yuki, omar, hassan = members
    hers = group_of(
        ines, tomasz, amara, maria, yuki,
        name="Маловодье", about="О воде, которой мало.", rules="Говорите, что измерили.", entry="request",
        question="Что вы измеряете?",
    )  # fmt: skip
    make_moderator(hers, tomasz, by=ines)
    request = ask_to_join(hers, by=wei, answer="Реку.")
    ask_to_join(hers, by=omar, answer="Дождь.")
    ban_from(hers, hassan)
    pinned = post(ines, "Сначала прочтите это.", group=hers)
    pin_post(pinned, by=ines)
    said = post(tomasz, "Уровень падает.", group=hers)
    answer = comment(amara, said, "На сколько?")
    case = report_thing(post(maria, "Купите датчики.", group=hers), by=yuki, reason="spam").case
    hidden = post(yuki, "Ещё датчики.", group=hers)
    hide_in_group(hidden, by=ines, why="Не здесь.")
    comment_hidden = comment(maria, said, "И ещё.")
    hide_in_group(comment_hidden, by=ines, why="Не здесь.")
    asking = group_of(amara, name="Паводки", about="О воде, которой много.", entry="request", question="Где вы живёте?")
    inviting = group_of(tomasz, name="Ледостав", entry="unlisted", rules="Тихо.")
    invite_to_group(inviting, [ines], by=tomasz)
    muted = group_of(tomasz, ines, name="Болота")
    mute_group(muted, by=ines, until=FOR_GOOD)
    return Groups(
        hers=hers, asking=asking, inviting=inviting, open=group_of(tomasz, name="Озёра"),
        unlisted=group_of(lina, name="Тайное", entry="unlisted"), request=request, case=case, post=said, pinned=pinned,
        comment=answer, hidden=hidden,
    )  # fmt: skip


def _member(name: str) -> User:
    return MemberFactory(first_name=name, last_name="Иванова", headline="Гидролог")
