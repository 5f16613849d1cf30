from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.marks import folded_tag
from feed.actions import follow_tag, mute_tag, unfollow_tag, unmute_tag
from feed.lists import cursors
from feed.showing.items import present
from feed.tags.pages import posts_tagged, standing_of
from network.views.answers import come_from
from search.described import describe_tag


@require_safe
@vary_on_headers("HX-Request")
def tag(request, name: str):
    """The newest posts with a tag that the viewer sees. There is a page of every tag, used or not."""
    here = reverse("tag", args=[_named(name)])
    before = cursors.read(request.GET.get("before"))
    page = posts_tagged(name, viewer=request.user, before=before)
    context = {
        "items": present(page.posts, viewer=request.user),
        "more_url": f"{here}?before={cursors.written(page.more)}" if page.more else "",
    }
    if request.htmx and before:
        return render(request, "feed/_posts.html#page", context)
    context |= about(request, name) | describe_tag(name, request)
    return render(request, "feed/tag.html", context | {"is_later": before is not None})


def about(request, name: str) -> dict:
    """Return what the head of a tag's page says."""
    return {"name": name, "said": f"#{name}", "standing": standing_of(name, viewer=request.user)}


def _named(name: str) -> str:
    if not folded_tag(name):
        raise Http404
    return name


def _answer(request, name: str, action):
    action(_named(name), by=request.user)
    if request.htmx and request.POST.get("look") == "head":
        return render(request, "feed/tag.html#head", about(request, name))
    return redirect(come_from(request, reverse("tag", args=[name])))


@login_required
def follow(request, name: str):
    """Following a tag. A visitor comes here from signing in, and then goes to its page."""
    if request.method != "POST":
        return redirect("tag", _named(name))
    return _answer(request, name, follow_tag)


@login_required
@require_POST
def unfollow(request, name: str):
    """Following a tag no more."""
    return _answer(request, name, unfollow_tag)


@login_required
@require_POST
def mute(request, name: str):
    """Keeping a tag out of one's feed."""
    if not request.htmx:
        done = _("%(name)s stays out of your feed.") % {"name": f"#{name}"}
        messages.success(request, done, extra_tags=reverse("unmute_tag", args=[_named(name)]))
    return _answer(request, name, mute_tag)


@login_required
@require_POST
def unmute(request, name: str):
    """Letting a tag into one's feed again."""
    return _answer(request, name, unmute_tag)
