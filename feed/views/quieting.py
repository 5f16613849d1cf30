from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.refusals import Refusal
from feed import actions
from feed.highlights.signals import Signal
from feed.lists.orders import in_feed
from feed.views.posts import found_in_feed
from network.views.answers import attempt, come_from, find_member


@login_required
@require_POST
def hide(request, pk: int):
    """Keep a post out of one's feed; with htmx, a line with the way back stands in its place."""
    post = found_in_feed(request, pk)
    try:
        actions.hide_from_feed(post, by=request.user)
    except Refusal as gone:
        raise Http404 from gone
    undo = reverse("show_in_feed", args=[post.pk])
    if request.htmx and "in_place" in request.POST:
        context = {"undo_url": undo, "number": post.shown_id, "stands_by": request.POST["in_place"]}
        return render(request, "feed/_hidden.html", context)
    messages.success(request, _("This post is hidden from your feed."), extra_tags=undo)
    return redirect(come_from(request, "home"))


@login_required
@require_POST
def show(request, pk: int):
    """Let a post into one's feed again; with htmx, its card comes back as it stood."""
    post = found_in_feed(request, pk)
    actions.show_in_feed(post, by=request.user)
    if request.htmx and "in_place" in request.POST:
        stood_by = request.POST["in_place"]
        signals = {post.pk: Signal(stood_by)} if stood_by in Signal else {}
        items = in_feed([post], signals, viewer=request.user)
        return render(request, "feed/_posts.html#page", {"items": items, "more_url": ""})
    messages.success(request, _("The post is back in your feed."))
    return redirect(come_from(request, "home"))


@login_required
@require_POST
def see_less(request, handle: str):
    """Let somebody's posts weigh less in one's Highlights."""
    member = find_member(request, handle)
    name = {"name": member.first_name}
    if attempt(request, lambda: actions.see_less(member, by=request.user)):
        said = _("You will see less of %(name)s in Highlights. %(name)s will not be told.") % name
        messages.success(request, said, extra_tags=reverse("see_as_before", args=[member.handle]))
    return redirect(come_from(request, "home"))


@login_required
@require_POST
def see_as_before(request, handle: str):
    """Let somebody's posts weigh as much as before."""
    member = find_member(request, handle)
    done = _("You will see %(name)s as before.") % {"name": member.first_name}
    attempt(request, lambda: actions.see_as_before(member, by=request.user), done=done)
    return redirect(come_from(request, "home"))
