"""Who is in a group, and what its moderators do about it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from communities import actions
from communities.forms.groups import RemovalForm
from communities.models import Group, GroupBan, Membership
from communities.views.finding_groups import find_joined, find_moderated, frame
from network.degrees import decorate
from network.views.answers import attempt
from network.views.pages import page_of

ORDER = ("-is_moderator", "-joined_at", "-id")


@login_required
@require_safe
@vary_on_headers("HX-Request")
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is in a group: its moderators first, then whoever came last; found by the beginning of a name."""
    group, query = find_joined(request, slug), request.GET.get("q", "")[:100].strip()
    rows = Membership.objects.visible_to(request.user).filter(group=group).select_related("member")
    if query:
        rows = rows.filter(member__in=User.objects.named_like(query))
    page = page_of(rows, request, order=ORDER)
    decorate([row.member for row in page.rows], viewer=request.user)
    context = {"page": page, "group": group}
    if request.htmx and not page.is_first:
        return render(request, "communities/group_members.html#rows", context)
    context |= frame(group, request, at="group_members") | {"query": query}
    return render(request, "communities/group_members.html", context)


def _another(request: HttpRequest, group: Group, handle: str) -> User:
    """Return another member of a group, or answer 404."""
    inside = Membership.objects.visible_to(request.user).filter(group=group).exclude(member=request.user)
    return get_object_or_404(inside.select_related("member"), member__handle=handle.lower()).member


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, slug: str, handle: str) -> HttpResponse:
    """Ask first; then remove somebody from a group, or ban them too."""
    group = find_moderated(request, slug)
    member = _another(request, group, handle)
    form = RemovalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = _("%(name)s isn’t in the group any more.") % {"name": member.name}
        ban = form.cleaned_data["ban"]
        attempt(request, lambda: actions.remove_from_group(group, member, by=request.user, ban=ban), done=done)
        return redirect("group_members", group.slug)
    context = {
        "title": _("Remove %(name)s from the group?") % {"name": member.name},
        "text": _("%(name)s will not be told. What they wrote stays; you can hide it.") % {"name": member.first_name},
        "action": request.path,
        "button": _("Remove"),
        "back": group.get_absolute_url() + "members/",
        "bad": True,
        "form": form,
    }
    return render(request, "confirm.html", context)


@login_required
@require_POST
def promote(request: HttpRequest, slug: str, handle: str) -> HttpResponse:
    """Make somebody a moderator too."""
    group = find_moderated(request, slug)
    member = _another(request, group, handle)
    done = _("%(name)s is a moderator now, and will be told.") % {"name": member.name}
    attempt(request, lambda: actions.make_moderator(group, member, by=request.user), done=done)
    return redirect("group_members", group.slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask first; then moderate a group no more."""
    group = find_moderated(request, slug)
    if request.method == "POST":
        done = _("You don’t moderate %(name)s any more.") % {"name": group.name}
        attempt(request, lambda: actions.step_down(group, by=request.user), done=done)
        return redirect("group_members", group.slug)
    context = {
        "title": _("Stop moderating %(name)s?") % {"name": group.name},
        "text": _("You stay in the group. Another moderator can make you one again."),
        "action": request.path,
        "button": _("Stop moderating"),
        "back": group.get_absolute_url(),
        "bad": False,
        "form": None,
    }
    return render(request, "confirm.html", context)


@login_required
@require_safe
@vary_on_headers("HX-Request")
def banned(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is banned from a group."""
    group = find_moderated(request, slug)
    bans = GroupBan.objects.liftable_by(request.user).filter(group=group).select_related("member")
    page = page_of(bans, request, order=("-banned_at", "-id"))
    decorate([row.member for row in page.rows], viewer=request.user)
    context = {"page": page, "group": group}
    if request.htmx and not page.is_first:
        return render(request, "communities/group_banned.html#rows", context)
    return render(request, "communities/group_banned.html", context | frame(group, request, at="group_banned"))


@login_required
@require_POST
def lift(request: HttpRequest, slug: str, handle: str) -> HttpResponse:
    """Lift a ban."""
    group = find_moderated(request, slug)
    bans = GroupBan.objects.liftable_by(request.user).filter(group=group).select_related("member")
    member = get_object_or_404(bans, member__handle=handle.lower()).member
    done = _("%(name)s may join again.") % {"name": member.name}
    attempt(request, lambda: actions.lift_ban(group, member, by=request.user), done=done)
    return redirect("group_banned", group.slug)
