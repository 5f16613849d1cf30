"""How the pages of groups find what they are about, each through the scope that says who may."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.counting import how_many
from communities.models import Group, GroupRequest
from moderation.models import Case
from network.views.tabs import Tab


def find_group(request: HttpRequest, slug: str, groups: "QuerySet[Group] | None" = None) -> Group:
    """Return a group that the viewer may know of, with its size and what stands between the two, or answer 404."""
    groups = Group.objects.visible_to(request.user) if groups is None else groups
    return get_object_or_404(groups.with_size().with_standing_of(request.user), slug=slug.lower())


def find_joined(request: HttpRequest, slug: str) -> Group:
    """Return a group that the viewer is in, or answer 404."""
    return find_group(request, slug, Group.objects.joined_by(request.user))


def find_moderated(request: HttpRequest, slug: str) -> Group:
    """Return a group that the viewer moderates, or answer 404."""
    return find_group(request, slug, Group.objects.moderated_by(request.user))


def frame(group: Group, request: HttpRequest, *, at: str) -> dict:
    """Return what every page inside a group shows: its head, and the places in it; `at` is the name of the page."""
    places = [(_("Posts"), "group", None), (_("Members"), "group_members", group.size)]
    if group.is_moderated:
        waiting = _waiting(group, request.user)
        places += [
            (_("Requests"), "group_requests", waiting["asking"]),
            (_("Reports"), "group_reports", waiting["reported"]),
            (_("Hidden"), "group_hidden", None),
            (_("Banned"), "group_banned", None),
        ]
    tabs = [
        Tab(text=text, url=reverse(name, args=[group.slug]), number=number, current=name == at)
        for text, name, number in places
    ]
    return {"group": group, "tabs": tabs, "here": request.get_full_path()}


def _waiting(group: Group, moderator) -> dict:
    """Return how many requests and reports wait for a moderator, by one query."""
    requests = GroupRequest.objects.waiting_for(moderator).filter(group=group)
    reports = Case.objects.for_moderator(moderator).filter(group=group)
    return dict(
        Group.objects.filter(pk=group.pk)
        .values(asking=how_many(requests, "group"), reported=how_many(reports, "group"))
        .get()
    )
