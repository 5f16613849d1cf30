"""What operators do with groups in the admin."""

import pytest
from django.urls import reverse

from communities.models import Group, Membership
from tests.factories.groups import ban_from, group_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]


def address(page, *args):
    return reverse(f"admin:communities_{page}", args=args)


def test_a_group_is_found_read_hidden_and_shown_again(desk, ines, tomasz, lina):
    group = group_of(ines, tomasz, name="Secret waters", entry="unlisted")
    ban_from(group, lina)
    assert "Secret waters" in desk.get(address("group_changelist"), {"q": "wat"}).text
    page = desk.get(address("group_change", group.pk)).text
    assert "Ines Moreau" in page
    desk.post(address("group_decide", group.pk, "hide"), {"why": "Not kind"})
    assert not Group.objects.visible_to(ines).exists()
    desk.post(address("group_decide", group.pk, "restore"), {"why": "A mistake"})
    assert Group.objects.visible_to(ines).exists()
    assert "Lina" in desk.get(address("groupban_changelist"), {"group__id__exact": group.pk}).text


def test_a_moderator_is_appointed_where_nobody_is_there(desk, ines, tomasz):
    group = group_of(ines, tomasz)
    Membership.objects.filter(member=ines).update(is_moderator=False)
    assert "Low water" in desk.get(address("group_changelist"), {"state": "unmoderated"}).text
    theirs = Membership.objects.get(group=group, member=tomasz)
    assert "Tomasz" in desk.get(address("membership_changelist"), {"q": "tomasz"}).text
    desk.post(address("membership_decide", theirs.pk, "appoint"), {})
    assert Membership.objects.get(pk=theirs.pk).is_moderator
    assert "Low water" not in desk.get(address("group_changelist"), {"state": "unmoderated"}).text
