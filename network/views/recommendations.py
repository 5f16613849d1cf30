"""Recommending a connection, and what stands on whose profile (product.md §7)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.refusals import Refusal
from network.actions import (
    approve_recommendation,
    hide_recommendation,
    recommend_member,
    set_aside_recommendation,
    show_recommendation,
    take_back_recommendation,
)
from network.degrees import decorate
from network.forms import RecommendForm
from network.models import Connection, Recommendation
from network.models.recommendation import LONGEST
from network.recommendations import NEWEST, received_in_order, shown_of, written_in_order
from network.views.answers import attempt, come_from, find_member
from network.views.pages import page_of


@login_required
def recommend(request: HttpRequest, handle: str) -> HttpResponse:
    """The page on which one writes about a connection, or changes what one wrote."""
    member = find_member(request, handle)
    if request.method != "POST":
        get_object_or_404(Connection, member=request.user, other=member)
        written = Recommendation.objects.written_by(request.user).filter(subject=member).first()
        return _page(request, member, RecommendForm(subject=member, written=written), written=written)
    form = RecommendForm(request.POST, subject=member)
    if form.is_valid():
        try:
            recommend_member(member, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            done = _("Your recommendation is with %(name)s, and is shown once they approve it.")
            messages.success(request, done % {"name": member.first_name})
            return redirect(member)
    return _page(request, member, form, status=422)


@login_required
@require_POST
def preview(request: HttpRequest, handle: str) -> HttpResponse:
    """How what is typed would look on the profile: with htmx that alone, otherwise on the page with what was typed."""
    member = find_member(request, handle)
    if request.htmx:
        return render(request, "network/recommend.html#preview", {"recommendation": _typed(request, member)})
    return _page(request, member, RecommendForm(subject=member, typed=request.POST))


def _page(
    request: HttpRequest, member: User, form: RecommendForm, *, written: Recommendation | None = None, status: int = 200
) -> HttpResponse:
    shown = _typed(request, member)
    if written:
        shown.relationship, shown.text, shown.changed_at = written.relationship, written.text, written.changed_at
    context = {"member": member, "form": form, "recommendation": shown, "written": written}
    return render(request, "network/recommend.html", context, status=status)


def _typed(request: HttpRequest, member: User) -> Recommendation:
    """A recommendation of what is typed so far, which isn't stored."""
    relationship, text = request.POST.get("relationship", ""), request.POST.get("text", "")[: LONGEST + 1]
    typed = Recommendation(author=request.user, subject=member, text=text.strip(), changed_at=timezone.now())
    if relationship in Recommendation.Relationship.values:
        typed.relationship = relationship
    return typed


def recommendations_of(request: HttpRequest, handle: str) -> HttpResponse:
    """All recommendations on a member's profile that the viewer may read."""
    member = get_object_or_404(User.objects.visible_to(request.user), handle=handle.lower())
    page = page_of(shown_of(member, request.user), request, order=NEWEST)
    for row in page.rows:
        row.subject = member
    decorate([row.author for row in page.rows], viewer=request.user)
    return _list(request, "network/recommendations_of.html", page, member=member)


@login_required
def received(request: HttpRequest) -> HttpResponse:
    """What was written about the viewer: what waits for them first, then what is shown, hidden and set aside."""
    return _received_page(request)


def _received_page(request: HttpRequest, *, refused: int = 0, sentence: str = "", status: int = 200) -> HttpResponse:
    page = page_of(received_in_order(request.user), request, order=("rank", *NEWEST))
    for row in page.rows:
        row.subject = request.user
        row.refusal = sentence if row.pk == refused else ""
    return _list(request, "network/recommendations.html", page, at="recommendations", status=status)


@login_required
def written(request: HttpRequest) -> HttpResponse:
    """What the viewer wrote about others. Whether one was set aside or hidden is never looked up here."""
    page = page_of(written_in_order(request.user), request, order=NEWEST)
    return _list(request, "network/recommendations_written.html", page, at="recommendations_written")


def _list(request: HttpRequest, template: str, page, *, status: int = 200, **context) -> HttpResponse:
    piece = "#rows" if request.htmx and not page.is_first else ""
    return render(request, f"{template}{piece}", {"page": page} | context, status=status)


@login_required
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a recommendation on one's profile, with the words that one read."""
    recommendation = get_object_or_404(_mine(request), pk=pk)
    try:
        approve_recommendation(recommendation, by=request.user, fingerprint=request.POST.get("fingerprint", ""))
    except Refusal as refusal:
        return _received_page(request, refused=pk, sentence=refusal.sentence, status=422)
    messages.success(request, _("The recommendation by %(name)s is on your profile.") % _named(recommendation))
    return redirect("recommendations")


@login_required
@require_POST
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a recommendation off one's profile, silently."""
    recommendation = get_object_or_404(_mine(request), pk=pk)
    done = _("The recommendation is set aside. %(name)s will not be told.") % _named(recommendation)
    attempt(request, lambda: set_aside_recommendation(recommendation, by=request.user), done=done)
    return redirect("recommendations")


@login_required
@require_POST
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a recommendation off one's profile, or put it there again."""
    recommendation = get_object_or_404(_mine(request), pk=pk)
    change = show_recommendation if request.POST.get("show") == "on" else hide_recommendation
    attempt(request, lambda: change(recommendation, by=request.user))
    return redirect("recommendations")


def _mine(request: HttpRequest) -> QuerySet[Recommendation]:
    return Recommendation.objects.received_by(request.user).select_related("author")


def _named(recommendation: Recommendation) -> dict[str, str]:
    return {"name": recommendation.author.first_name}


@login_required
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask first; then take back what one wrote."""
    mine = Recommendation.objects.written_by(request.user).select_related("subject").filter(pk=pk).first()
    back = come_from(request, "recommendations_written")
    if request.method == "POST":
        if mine is not None:  # a second press finds it gone already
            take_back_recommendation(mine, by=request.user)
            messages.success(request, _("Your recommendation of %(name)s is gone.") % {"name": mine.subject.name})
        return redirect(back)
    if mine is None:
        raise Http404
    context = {
        "title": _("Take back your recommendation of %(name)s?") % {"name": mine.subject.name},
        "text": _("Your words are deleted. %(name)s will not be told.") % {"name": mine.subject.first_name},
        "action": request.get_full_path(),
        "button": _("Take it back"),
        "back": back,
        "bad": True,
    }
    return render(request, "confirm.html", context)
