"""Reacting to a post, and who did."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.refusals import Refusal
from feed import actions
from feed.forms.posts import ReactionForm
from feed.lists import cursors
from feed.models import Post
from feed.showing.items import Item, present
from feed.showing.reactions import TAKE_BACK, choices, people_who_reacted
from feed.views.posts import found


@login_required
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def react(request, pk: int):
    """Reacting in one of five ways, and taking it back; asked for, it offers them: as a menu, or on a page."""
    post = found(request, pk)
    if post.celebrates_id:
        raise Http404
    form = ReactionForm(request.POST or None)
    if form.is_valid():
        kind = form.cleaned_data["kind"]
        if kind == TAKE_BACK:
            return _done(request, post, actions.take_back_reaction)
        return _done(request, post, actions.react_to_post, kind=kind)
    item = _shown(request, post)
    item.choices = choices(mine=item.mine)
    template = "feed/_posts.html#like" if request.htmx else "feed/react.html"
    return render(request, template, {"item": item}, status=422 if form.errors else 200)


@login_required
@require_POST
def congratulate(request, pk: int):
    """Congratulating a member on what their post celebrates."""
    return _done(request, found(request, pk), actions.congratulate)


@login_required
@require_POST
def take_back_congratulation(request, pk: int):
    """Congratulating no more."""
    return _done(request, found(request, pk), actions.take_back_congratulation)


def _done(request, post: Post, action, **what):
    try:
        action(post, by=request.user, **what)
    except Refusal as gone:
        raise Http404 from gone
    if not request.htmx:
        return redirect(f"{post.get_absolute_url()}#post-{post.pk}")
    return render(request, "feed/_posts.html#like", {"item": _shown(request, post)})


def _shown(request, post: Post) -> Item:
    """Return the item as it stands where the form was, on the page of the post or on a card; the focus stays there."""
    (item,) = present([post], viewer=request.user, whole=request.GET.get("page") == "post")
    item.focus = True
    return item


@require_safe
@vary_on_headers("HX-Request")
def reactions(request, pk: int):
    """Who reacted to a post: those whom the viewer sees. All others are in the number alone."""
    post, before = found(request, pk), cursors.read(request.GET.get("before"))
    people, more = people_who_reacted(post, viewer=request.user, before=before)
    (item,) = present([post], viewer=request.user, whole=True, along=people)
    context = {
        "item": item,
        "people": people,
        "more_url": f"{reverse('reactions', args=[post.pk])}?before={cursors.written(more)}" if more else "",
        "is_later": before is not None,
    }
    return render(request, "feed/reactions.html#rows" if request.htmx and before else "feed/reactions.html", context)
