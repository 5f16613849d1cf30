"""Who asks to join a group, and whom its members invite."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from accounts.refusals import Refusal
from communities import actions
from communities.forms.groups import InviteForm
from communities.models import Group, GroupInvitation, GroupRequest, Membership
from communities.views.finding_groups import find_joined, find_moderated, frame
from network.degrees import decorate
from network.models import Connection
from network.views.answers import attempt
from network.views.pages import page_of


@login_required
@require_safe
@vary_on_headers("HX-Request")
def requests(request: HttpRequest, slug: str) -> HttpResponse:
    """Who asks to join, the first one first, with their answer and what one has in common with them."""
    group = find_moderated(request, slug)
    waiting = GroupRequest.objects.waiting_for(request.user).filter(group=group).select_related("member")
    page = page_of(waiting, request, order=("asked_at", "id"))
    decorate([row.member for row in page.rows], viewer=request.user)
    context = {"page": page, "group": group}
    if request.htmx and not page.is_first:
        return render(request, "communities/group_requests.html#rows", context)
    return render(request, "communities/group_requests.html", context | frame(group, request, at="group_requests"))


@login_required
@require_POST
def let_in(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let somebody in."""
    asked = _asked(request, slug, pk)
    done = _("%(name)s is in the group now, and will be told.") % {"name": asked.member.name}
    attempt(request, lambda: actions.let_in(asked, by=request.user), done=done)
    return _without_row(request, asked.group)


@login_required
@require_POST
def turn_down(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Turn somebody down, silently."""
    asked = _asked(request, slug, pk)
    done = _("The request is turned down. %(name)s will not be told.") % {"name": asked.member.first_name}
    attempt(request, lambda: actions.turn_down(asked, by=request.user), done=done)
    return _without_row(request, asked.group)


def _asked(request: HttpRequest, slug: str, pk: int) -> GroupRequest:
    group = find_moderated(request, slug)
    waiting = GroupRequest.objects.waiting_for(request.user).filter(group=group).select_related("member")
    asked = get_object_or_404(waiting, pk=pk)
    asked.group = group
    return asked


def _without_row(request: HttpRequest, group: Group) -> HttpResponse:
    """Take a request out of the list: for htmx only what changes beside it, else the list anew."""
    if not request.htmx:
        return redirect("group_requests", group.slug)
    left = GroupRequest.objects.waiting_for(request.user).filter(group=group)
    group = find_moderated(request, group.slug)
    context = frame(group, request, at="group_requests") | {"is_empty": not left.exists()}
    return render(request, "communities/_request_gone.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Inviting connections of one's own, several at once."""
    group, query = find_joined(request, slug), request.GET.get("q", "")[:100].strip()
    if request.method == "POST":
        form = InviteForm(request.POST, connections=_to_invite(request.user))
        if form.is_valid() and _invited(request, group, form):
            return redirect(group)
    else:
        form = InviteForm(connections=User.objects.none())
    outside = _outside(group, request.user)
    if query:
        outside = outside.filter(other__in=User.objects.named_like(query))
    page = page_of(outside.select_related("other"), request, order=("other__name_folded", "other_id"))
    decorate([row.other for row in page.rows], viewer=request.user)
    chosen = {int(pk) for pk in form.data.getlist("people") if pk.isdecimal()} if form.is_bound else set()
    context = {"page": page, "group": group, "chosen": chosen}
    if request.htmx and not page.is_first:
        return render(request, "communities/group_invite.html#rows", context)
    context |= frame(group, request, at="invite_to_group") | {"query": query, "form": form}
    return render(request, "communities/group_invite.html", context, status=422 if form.errors else 200)


def _invited(request: HttpRequest, group: Group, form: InviteForm) -> bool:
    try:
        made = actions.invite_to_group(group, form.cleaned_data["people"], by=request.user)
    except Refusal as refusal:
        form.add_error("people", refusal.sentence)
        return False
    done = ngettext("%(n)s person is invited.", "%(n)s people are invited.", len(made))
    messages.success(request, done % {"n": len(made)})
    return True


def _to_invite(member: User):
    return User.objects.filter(pk__in=Connection.objects.of(member).visible_to(member).values("other"))


def _outside(group: Group, member: User):
    """Return the connections of a member who are not in a group, with whether they invited them already."""
    invited = GroupInvitation.objects.filter(group=group, by=member, member=OuterRef("other"))
    inside = Membership.objects.filter(group=group, member=OuterRef("other"))
    mine = Connection.objects.of(member).visible_to(member)
    return mine.filter(~Exists(inside)).annotate(is_invited=Exists(invited))
