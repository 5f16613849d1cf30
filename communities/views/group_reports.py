"""What moderators do about what is said in their group: reports, hiding and showing again, pinning."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.refusals import Refusal
from communities.forms.groups import VerdictForm, WhyForm
from communities.models import Group
from communities.views.finding_groups import find_moderated, frame
from feed.actions import pin_post, unpin_post
from feed.models import Comment, Post
from moderation import actions
from moderation.models import Case
from moderation.reading import briefs_of
from moderation.subjects import subject_of
from network.views.answers import attempt
from network.views.pages import page_of

KINDS = {"post": Post, "comment": Comment}


@login_required
@require_safe
@vary_on_headers("HX-Request")
def reports(request: HttpRequest, slug: str) -> HttpResponse:
    """What was reported in a group, how often and why, but not by whom."""
    return _reports(request, find_moderated(request, slug))


def _reports(request: HttpRequest, group: Group, refused: dict[int, VerdictForm] | None = None) -> HttpResponse:
    cases = Case.objects.for_moderator(request.user).filter(group=group).select_related("member")
    page = page_of(cases, request, order=("-id",))
    forms = refused or {}
    rows = [(brief, forms.get(brief.case.pk) or _form(brief.case)) for brief in briefs_of(page.rows)]
    context = {"page": page, "rows": rows, "group": group}
    if request.htmx and not page.is_first:
        return render(request, "communities/group_reports.html#rows", context)
    context |= frame(group, request, at="group_reports")
    return render(request, "communities/group_reports.html", context, status=422 if refused else 200)


def _form(case: Case, data=None) -> VerdictForm:
    return VerdictForm(data, auto_id=f"case_{case.pk}_%s")


@login_required
@require_POST
def decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What a moderator decides about what was reported: hide it, keep it, or hand it on to the operators."""
    group = find_moderated(request, slug)
    case = get_object_or_404(Case.objects.for_moderator(request.user).filter(group=group), pk=pk)
    form = _form(case, request.POST)
    if form.is_valid():
        try:
            _VERDICTS[form.cleaned_data["verdict"]](case, by=request.user, why=form.cleaned_data["why"])
        except Refusal as refusal:
            form.add_error("why", refusal.sentence)
        else:
            attempt(request, lambda: None, done=_("Decided. Whoever reported it hears of it when it is closed."))
            return redirect("group_reports", group.slug)
    return _reports(request, group, {case.pk: form})


def _hide(case: Case, *, by, why: str) -> None:
    thing = subject_of(case)
    if thing is None:
        raise Refusal(_("It is gone."))
    actions.hide_in_group(thing, by=by, why=why)


_VERDICTS = {
    "hide": _hide,
    "keep": lambda case, *, by, why: actions.keep_in_group(case, by=by),
    "hand_on": lambda case, *, by, why: actions.hand_on(case, by=by),
}


@login_required
@require_safe
@vary_on_headers("HX-Request")
def hidden(request: HttpRequest, slug: str) -> HttpResponse:
    """What the moderators of a group hid: its posts, or its comments."""
    group, kind = find_moderated(request, slug), "comment" if request.GET.get("kind") == "comment" else "post"
    things = KINDS[kind].objects.hidden_for_moderator(request.user)
    things = things.filter(group=group) if kind == "post" else things.filter(post__group=group)
    page = page_of(things.select_related("author"), request, order=("-id",))
    context = {"page": page, "group": group, "kind": kind}
    if request.htmx and not page.is_first:
        return render(request, "communities/group_hidden.html#rows", context)
    return render(request, "communities/group_hidden.html", context | frame(group, request, at="group_hidden"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hide(request: HttpRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    """Ask why; then hide what somebody said in a group."""
    group = find_moderated(request, slug)
    thing = _said_in(group, request.user, kind, pk)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        done = _("It is hidden. %(name)s will be told why.") % {"name": thing.author.first_name}
        attempt(request, lambda: actions.hide_in_group(thing, by=request.user, **form.cleaned_data), done=done)
        return redirect(group if kind == "post" else thing.post)
    context = {
        "title": _("Hide this post?") if kind == "post" else _("Hide this comment?"),
        "text": _("Only %(name)s sees it then, and is told why. Moderators can show it again.")
        % {"name": thing.author.first_name},
        "action": request.path,
        "button": _("Hide it"),
        "back": thing.get_absolute_url() if kind == "post" else thing.post.get_absolute_url(),
        "bad": True,
        "form": form,
    }
    return render(request, "confirm.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def show(request: HttpRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    """Show again what a moderator of the group hid."""
    group = find_moderated(request, slug)
    if kind not in KINDS:
        raise Http404
    things = KINDS[kind].objects.hidden_for_moderator(request.user)
    where = {"group": group} if kind == "post" else {"post__group": group}
    thing = get_object_or_404(things.filter(**where), pk=pk)
    done = _("It is visible again.")
    attempt(request, lambda: actions.show_in_group(thing, by=request.user), done=done)
    return redirect("group_hidden", group.slug)


def _said_in(group: Group, viewer, kind: str, pk: int) -> Post | Comment:
    """Return a post or comment of a group that the viewer sees, or answer 404."""
    if kind not in KINDS:
        raise Http404
    if kind == "post":
        return get_object_or_404(Post.objects.visible_to(viewer).select_related("author"), pk=pk, group=group)
    comments = Comment.objects.visible_to(viewer).select_related("author", "post")
    return get_object_or_404(comments, pk=pk, post__group=group)


@login_required
@require_POST
def pin(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let a post stand on top of its group."""
    group = find_moderated(request, slug)
    post = _said_in(group, request.user, "post", pk)
    attempt(request, lambda: pin_post(post, by=request.user), done=_("The post is pinned."))
    return redirect(group)


@login_required
@require_POST
def unpin(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let a post stand among the others again."""
    group = find_moderated(request, slug)
    post = _said_in(group, request.user, "post", pk)
    attempt(request, lambda: unpin_post(post, by=request.user), done=_("The post isn’t pinned any more."))
    return redirect(group)
