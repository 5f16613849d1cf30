from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.refusals import Refusal
from communities.models import Group, Organization
from feed.actions import delete_draft, publish_draft, save_draft
from feed.actions.drafting import PublishedAlready
from feed.articles.drafts import drafts_of
from feed.forms.articles import DraftForm
from feed.lists import cursors
from feed.models import Draft
from feed.views.desk import MARKS, looks, state
from feed.views.holding import hold_files


@login_required
@vary_on_headers("HX-Request")
@require_safe
def drafts(request):
    """The articles that one began and didn't publish."""
    before = cursors.read(request.GET.get("before"))
    found, more = drafts_of(request.user, before=before)
    more_url = f"{reverse('drafts')}?before={cursors.written(more)}" if more else ""
    template = "feed/drafts.html#page" if request.htmx and before else "feed/drafts.html"
    return render(request, template, {"drafts": found, "more_url": more_url})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_article(request):
    """Beginning an article. It becomes a draft when it is saved for the first time."""
    return _write(request, Draft(author=request.user, key=uuid4()))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_organization_article(request, slug: str):
    """Beginning an article for an organization, in its name."""
    organization = get_object_or_404(Organization.objects.edited_by(request.user), slug=slug)
    return _write(request, Draft(author=request.user, key=uuid4(), organization=organization))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_group_article(request, slug: str):
    """Beginning an article for the members of a group."""
    group = get_object_or_404(Group.objects.joined_by(request.user), slug=slug)
    return _write(request, Draft(author=request.user, key=uuid4(), group=group))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request, pk: int):
    """Going on with a draft of one's own."""
    drafts = Draft.objects.visible_to(request.user).select_related("organization", "group")
    return _write(request, get_object_or_404(drafts, pk=pk))


def _write(request, draft: Draft):
    """Show what is written, save it, or publish it."""
    form, is_publishing = DraftForm(request.POST or None, request.FILES or None, draft=draft), "publish" in request.POST
    if request.method == "POST" and not is_publishing:
        form.take_unfinished()
    if form.is_valid():
        try:
            saved = save_draft(by=request.user, **form.said())
            if is_publishing and form.is_about(saved):
                return redirect(publish_draft(saved, by=request.user).article)
        except PublishedAlready as published:
            return redirect(published.post)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, form.lost or _("Your draft is saved.") if form.is_about(saved) else kept_apart())
            return redirect(saved)
    hold_files(request, form)
    return _page(request, draft, form)


@login_required
@require_POST
def preview_draft(request):
    """Saving what is written so far and showing how it would look: with htmx while one writes.

    With htmx a new picture stays in the page, and waits for the button that saves.
    """
    form = DraftForm(request.POST, request.FILES, draft=Draft(author=request.user))
    form.take_unfinished()
    if form.is_valid() and form.says_something:
        try:
            saved = save_draft(by=request.user, **form.said() | ({"pictures": ()} if request.htmx else {}))
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return _previewed(request, saved, form)
    if request.htmx:
        return render(request, "feed/_draft_state.html", state(form), status=422 if form.errors else 200)
    hold_files(request, form)
    saved = Draft.objects.visible_to(request.user).filter(key=form.cleaned_data.get("key")).first()
    return _page(request, saved or Draft(author=request.user), form)


def _previewed(request, saved: Draft, form: DraftForm):
    """Answer with what is saved: with htmx its state and how it looks, otherwise its page."""
    is_apart = not form.is_about(saved)
    if not request.htmx:
        if is_apart:
            messages.warning(request, kept_apart())
        return redirect(f"{saved.get_absolute_url()}#preview")
    page, apart = None if is_apart else form.cleaned_data["page"], kept_apart() if is_apart else form.lost
    context = state(DraftForm(draft=saved, page=page), saved_at=saved.saved_at, apart=apart)
    context |= looks(saved.title, saved.text, saved.pictures.all(), swap=True)
    return render(request, "feed/_draft_live.html", context)


def address_for(place: Organization | Group | None) -> str:
    """Return where one begins an article that is meant for an organization or a group, or for posts of one's own."""
    if place is None:
        return reverse("new_article")
    return reverse(f"new_{place._meta.model_name}_article", args=[place.slug])


def kept_apart() -> str:
    return _(
        "Your draft was saved on another page meanwhile. Nothing is overwritten: "
        "these words are a draft of their own, and the others stand in the list of your drafts."
    )


def _page(request, draft: Draft, form: DraftForm):
    """The page for writing a draft; what was typed comes back if it couldn't be saved."""
    pictures = draft.pictures.all() if draft.pk else []
    typed = looks(form["title"].value() or "", form["text"].value() or "", pictures)
    context = state(form, saved_at=draft.saved_at if draft.pk else None, apart="" if form.errors else form.lost) | typed
    context |= {
        "draft": draft, "article": None, "place": form.place, "now": None, "pictures": pictures, "marks": MARKS,
        "action_url": draft.get_absolute_url() if draft.pk else address_for(form.place),
        "preview_url": reverse("preview_draft"),
    }  # fmt: skip
    return render(request, "feed/write_article.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request, pk: int):
    """Asking before a draft is deleted."""
    draft = get_object_or_404(Draft.objects.visible_to(request.user), pk=pk)
    if request.method == "POST":
        delete_draft(draft, by=request.user)
        messages.success(request, _("Your draft is gone."))
        return redirect("drafts")
    context = {
        "title": _("Delete this draft?"),
        "text": draft.title,
        "action": request.path,
        "button": _("Delete the draft"),
        "back": draft.get_absolute_url(),
        "bad": True,
        "form": None,
    }
    return render(request, "confirm.html", context)
