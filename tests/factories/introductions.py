from accounts.models import User
from network.actions import ask_for_introduction, let_name, pass_introduction_on
from network.models import Introduction


def ask_through(through: User, *, asker: User, to: User, reason: str = "We both read old gauges.") -> Introduction:
    """`asker` asks `through` for an introduction `to` somebody."""
    return ask_for_introduction(to, by=asker, through=through, reason=reason)


def introduce(asker: User, to: User, *, through: User, line: str = "You two should talk.", **fields) -> Introduction:
    """`asker` asks, and `through` passes it on."""
    introduction = ask_through(through, asker=asker, to=to, **fields)
    pass_introduction_on(introduction, by=through, line=line)
    return again(introduction)


def allow(through: User, *, asker: User, to: User) -> Introduction:
    """`asker` asks, and `through` lets them use their name."""
    introduction = ask_through(through, asker=asker, to=to)
    let_name(introduction, by=through)
    return again(introduction)


def again(introduction: Introduction) -> Introduction:
    """The introduction as it is now."""
    return Introduction.objects.select_related("asker", "through", "to").get(pk=introduction.pk)
