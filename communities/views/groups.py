"""Groups: which there are for a member, one of them from outside and from inside, starting and changing one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.refusals import Refusal
from communities.actions import change_group, start_group
from communities.forms.groups import AskToJoinForm, GroupForm, NewGroupForm
from communities.listing import coming_up
from communities.models import Group, GroupInvitation
from communities.views.finding_groups import find_group, find_moderated, frame
from feed.lists import cursors
from feed.lists.timeline import pinned_in, posts_in
from feed.showing.items import present
from network.views.pages import page_of

MINE = 6
"""How many of one's own groups stand above those to discover."""
SORTS = {"name": ("name_folded", "id"), "newest": ("-id",)}


@login_required
@require_safe
@vary_on_headers("HX-Request")
def groups(request: HttpRequest) -> HttpResponse:
    """The groups that a member is invited to, is in, and could join."""
    sort = request.GET.get("sort", "")
    found = Group.objects.listed_to(request.user).with_size().with_standing_of(request.user)
    page = page_of(found, request, order=SORTS.get(sort, SORTS["name"]))
    if request.htmx and not page.is_first:
        return render(request, "communities/groups.html#rows", {"page": page})
    mine = list(_mine(request).order_by("-memberships__joined_at", "-pk")[: MINE + 1])
    context = {
        "page": page,
        "sort": sort if sort in SORTS else "name",
        "invitations": invitations_to(request.user)[:20],
        "mine": mine[:MINE],
        "has_more": len(mine) > MINE,
    }
    return render(request, "communities/groups.html", context)


@login_required
@require_safe
@vary_on_headers("HX-Request")
def my_groups(request: HttpRequest) -> HttpResponse:
    """All groups that a member is in, those muted marked."""
    page = page_of(_mine(request), request, order=SORTS["name"])
    piece = "#rows" if request.htmx and not page.is_first else ""
    return render(request, f"communities/my_groups.html{piece}", {"page": page})


def _mine(request: HttpRequest):
    joined = Group.objects.joined_by(request.user).with_size().with_standing_of(request.user)
    return joined.filter(memberships__member=request.user)


def invitations_to(member, *, group: Group | None = None):
    """Return the invitations that wait for a member, the newest of each group."""
    waiting = GroupInvitation.objects.open_to(member).select_related("group", "by")
    waiting = waiting.filter(group=group) if group else waiting
    return waiting.order_by("group", "-pk").distinct("group")


@login_required
@require_safe
@vary_on_headers("HX-Request")
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """A group: what is said in it for those who are in it, and for others how they get in."""
    group = find_group(request, slug)
    if not group.is_joined:
        return outside(request, group)
    before = cursors.read(request.GET.get("before"))
    page = posts_in(group, viewer=request.user, before=before)
    pinned = [] if before else pinned_in(group, viewer=request.user)
    items = present([*pinned, *page.posts], viewer=request.user)
    context = {
        "items": items[len(pinned) :],
        "more_url": f"{group.get_absolute_url()}?before={cursors.written(page.more)}" if page.more else "",
    }
    if request.htmx and before:
        return render(request, "feed/_posts.html#page", context)
    context |= frame(group, request, at="group") | {
        "pinned": items[: len(pinned)],
        "is_later": before is not None,
        "events": coming_up(viewer=request.user, groups=[group]),
    }
    return render(request, "communities/group.html", context)


def outside(request: HttpRequest, group: Group, form: AskToJoinForm | None = None) -> HttpResponse:
    """What somebody who isn't in a group sees of it."""
    context = {
        "group": group,
        "form": form or AskToJoinForm(group=group),
        "invitation": invitations_to(request.user, group=group).first() if group.is_invited else None,
        "here": request.path,
    }
    return render(request, "communities/group_outside.html", context, status=422 if form else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_group(request: HttpRequest) -> HttpResponse:
    """Starting a group."""
    form = NewGroupForm(request.POST or None)
    if form.is_valid():
        try:
            group = start_group(by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Your group is there. Invite the people you want in it."))
            return redirect(group)
    context = {"form": form, "group": None}
    return render(request, "communities/group_form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_group(request: HttpRequest, slug: str) -> HttpResponse:
    """Changing a group as its moderator."""
    group = find_moderated(request, slug)
    form = GroupForm(request.POST or None, instance=group)
    if form.is_valid():
        try:
            changed = change_group(group, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect(changed)
    context = {"form": form, "group": Group.objects.get(pk=group.pk)}
    return render(request, "communities/group_form.html", context, status=422 if form.errors else 200)
