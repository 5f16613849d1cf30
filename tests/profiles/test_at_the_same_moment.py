"""One member, two presses at the same moment: one entry, one word, one preferred contact, and no error."""

from uuid import uuid4

import pytest

from accounts.refusals import Refusal
from profiles import actions
from profiles.models import ContactDetail, Position, Skill
from tests.concurrently import at_once
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_form_sent_twice_at_once_adds_one_entry():
    member, key = MemberFactory(), uuid4()
    add = lambda: actions.add_entry(Position, by=member, key=key, organization="Eau")  # noqa: E731
    first, second = at_once(add, add)
    assert first == second
    assert Position.objects.count() == 1


def test_a_word_written_twice_at_once_is_listed_once():
    member = MemberFactory()
    first, second = at_once(
        lambda: actions.add_word(Skill, by=member, name="Rain"), lambda: actions.add_word(Skill, by=member, name="RAIN")
    )
    assert first == second
    assert Skill.objects.count() == 1


def test_two_preferred_contacts_at_once_leave_one():
    member = MemberFactory()

    def prefer(value: str):
        fields = {"kind": "other", "value": value, "preferred": True}
        return lambda: actions.add_entry(ContactDetail, by=member, key=uuid4(), **fields)

    at_once(prefer("one"), prefer("other"))
    assert ContactDetail.objects.filter(preferred=True).count() == 1
    assert ContactDetail.objects.count() == 2


def test_the_last_free_line_is_given_once(monkeypatch):
    monkeypatch.setitem(actions.MOST, Skill, 1)
    member = MemberFactory()
    results = at_once(*[lambda name=name: actions.add_word(Skill, by=member, name=name) for name in ("a", "b")])
    assert sorted(isinstance(result, Refusal) for result in results) == [False, True]
