"""What is left of somebody who deleted their account: what others keep."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.actions import delete_departed, leave
from messaging.models import Message
from tests.factories import MemberFactory, connect

pytestmark = pytest.mark.django_db
FORTNIGHT = timedelta(days=14)


def test_what_others_keep_stays_without_the_name(lina, time_machine):
    member = MemberFactory()
    connect(member, lina, note="We met at the bridge congress.")
    assert Message.objects.filter(sender=member).exists()
    leave(by=member)
    time_machine.move_to(timezone.now() + FORTNIGHT + timedelta(minutes=1))
    delete_departed(member.pk)
    message = Message.objects.visible_to(lina).get()
    assert message.text == "We met at the bridge congress."
    assert message.sender is None
    assert not lina.connections.exists()
