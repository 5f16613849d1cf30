"""One's own connections, somebody else's, and those that two have in common (product.md §2, §11)."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.models import User
from network.actions import disconnect
from network.degrees import decorate, mutual_connections
from network.models import Connection
from network.models.connection import members_listing_to
from network.standing import standings
from network.views.answers import attempt, come_from, find_member
from network.views.pages import page_of
from network.views.tabs import tabs

SORTS = {"newest": ("-connected_at", "-other_id"), "name": ("other__name_folded", "other_id")}


@login_required
def connections(request: HttpRequest) -> HttpResponse:
    """The viewer's own connections: found by the beginning of a name, sorted by name or newest first."""
    query, sort = request.GET.get("q", "")[:100].strip(), request.GET.get("sort", "")
    named = _mine(request.user).filter(other__in=User.objects.named_like(query)) if query else _mine
    page = page_of(named, request, order=SORTS.get(sort, SORTS["newest"]))
    decorate([row.other for row in page.rows], viewer=request.user)
    context = {"page": page, "here": request.get_full_path()}
    if request.htmx and not page.is_first:
        return render(request, "network/connections.html#rows", context)
    context |= {
        "tabs": tabs(request.user, at="connections"),
        "query": query,
        "sort": sort if sort in SORTS else "newest",
    }
    return render(request, "network/connections.html", context)


def _mine(viewer: User) -> QuerySet[Connection]:
    return Connection.objects.of(viewer).visible_to(viewer).select_related("other")


@login_required
def connections_of(request: HttpRequest, handle: str) -> HttpResponse:
    """Somebody's connections, by their own setting; whoever may not see the list is told nothing of it."""
    if handle.lower() == request.user.handle:
        return redirect("connections")
    member = get_object_or_404(members_listing_to(request.user), handle=handle.lower())
    rows = Connection.objects.of(member).visible_to(request.user).select_related("other")
    page = page_of(rows, request, order=SORTS["name"])
    return _people(request, page, [row.other for row in page.rows], member=member, title=_("Connections of %(name)s"))


@login_required
def mutual(request: HttpRequest, handle: str) -> HttpResponse:
    """The connections that the viewer shares with somebody."""
    member = find_member(request, handle)
    page = page_of(mutual_connections(member, request.user), request, order=("name_folded", "id"))
    title = _("Connections that you share with %(name)s")
    return _people(request, page, page.rows, member=member, title=title)


def _people(request: HttpRequest, page, people: list[User], *, member: User, title: str) -> HttpResponse:
    standings(decorate(people, viewer=request.user), viewer=request.user, here=request.get_full_path())
    context = {"page": page, "people": people, "member": member, "title": title % {"name": member.name}}
    piece = "#rows" if request.htmx and not page.is_first else ""
    return render(request, f"network/people.html{piece}", context)


@login_required
def end_connection(request: HttpRequest, handle: str) -> HttpResponse:
    """Ask first; then end a connection, silently."""
    member = find_member(request, handle)
    get_object_or_404(Connection, member=request.user, other=member)
    back = come_from(request, member.get_absolute_url())
    if request.method != "POST":
        names = {"name": member.first_name}
        context = {
            "title": _("Remove %(name)s from your connections?") % {"name": member.name},
            "text": _(
                "You stop following each other, and neither can write to the other any more; what you wrote stays "
                "readable. %(name)s will not be told. To connect again, one of you has to ask."
            )
            % names,
            "action": request.get_full_path(),
            "button": _("Remove connection"),
            "back": back,
            "bad": True,
        }
        return render(request, "confirm.html", context)
    done = _("You and %(name)s are no longer connected.") % {"name": member.name}
    attempt(request, lambda: disconnect(member, by=request.user), done=done)
    return redirect(back)
