"""Asking to connect, and answering (product.md §3)."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.refusals import Refusal
from network.actions import WrongAddress, accept_request, ask_to_connect, decline_request, withdraw_request
from network.advice import Advice
from network.advice.beginning import begun
from network.advice.gathering import advice_on
from network.advice.said import Said
from network.coach import coach
from network.degrees import decorate
from network.forms import AskForm
from network.ground import common_ground
from network.models import ConnectionRequest, Introduction
from network.models.request import ASK_AGAIN_AFTER
from network.openers import openers
from network.quotas import quota_sentence
from network.standing import Standing, standing
from network.views.answers import answer_without_row, attempt, come_from, find_member
from network.ways import ways_to_reach
from profiles.models import ContactDetail


@login_required
def ask(request: HttpRequest, handle: str) -> HttpResponse:
    """The page on which one member asks another to connect; or why that isn't possible, and what is."""
    member = find_member(request, handle)
    now = standing(member, viewer=request.user, here=request.get_full_path())
    if now.connected_at:
        return redirect(member)
    if request.method != "POST":
        typed = begun(request.GET, viewer=request.user, member=member)
        return ask_page(request, now, ask_form(request, now, typed=typed))
    if _replayed(request):
        return redirect(member)
    form = ask_form(request, now, request.POST)
    if not form.is_valid():
        return ask_page(request, now, form, status=422)
    try:
        sent = ask_to_connect(member, by=request.user, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error("email" if isinstance(refusal, WrongAddress) else None, refusal.sentence)
        return ask_page(request, now, form, status=422)
    messages.success(request, _said(sent, member))
    return redirect(member)


def ask_form(request: HttpRequest, now: Standing, *data, **options) -> AskForm:
    """The form to ask a member, with those whom the viewer may name in it (§5)."""
    namable = [*Introduction.objects.namable_by(request.user, to=now.member).select_related("through")]
    people = [introduction.through for introduction in namable]
    return AskForm(*data, recipient=now.member, asking=now.asking, namable=people, **options)


def _advice(request: HttpRequest, now: Standing) -> Advice | None:
    """What the site advises, before anything was sent from a form; the member has their `ground`."""
    if request.method != "GET" or not now.may_ask:
        return None
    said, ground = Said.read(request.GET), now.member.ground
    return advice_on(now.member, viewer=request.user, standing=now, ground=ground, said=said)


def _replayed(request: HttpRequest) -> bool:
    """Whether this very form was sent before: a double click, or the browser's own reload."""
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        return False
    return ConnectionRequest.objects.filter(sender=request.user, key=key).exists()


def _said(sent: ConnectionRequest, member) -> str:
    if sent.accepted_at:
        return _("You and %(name)s are connected.") % {"name": member.name}
    return _("Your request to %(name)s is sent.") % {"name": member.name}


def ask_page(request: HttpRequest, now: Standing, form: AskForm, status: int = 200, **about) -> HttpResponse:
    """Render the page; `about` is what the coach says of the note, if it was asked (`network.views.coaching`)."""
    decorate([now.member], viewer=request.user)
    full = quota_sentence(request.user) if now.may_ask else ""
    details = ContactDetail.objects.visible_to(request.user).filter(member=now.member)
    common_ground([now.member], viewer=request.user)
    may_ask = now.may_ask and not full and not now.received
    ways = ways_to_reach(now.member, viewer=request.user, standing=now, details=details)
    context = {
        "member": now.member,
        "standing": now,
        "form": form,
        "may_ask": may_ask,
        "openers": openers(now.member, viewer=request.user) if may_ask else [],
        "sentence": full or (now.asking.sentence if now.asking else ""),
        "ask_again_at": timezone.now() + ASK_AGAIN_AFTER,
        "left_afterwards": now.asking.left - 1,
        "is_again": now.asking.again_at is not None,
        "ways": [way for way in ways if way.url != request.path],
        "lines": [{"line": line, "words": []} for line in coach("", recipient=now.member.name)],
        "is_blank": True,
        "advice": _advice(request, now),
    } | about
    return render(request, "network/ask.html", context, status=status)


@login_required
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes to a request."""
    received = _received(request, pk)
    keep_out = request.POST.get("keep_out_of_feed") == "on"
    done = _("You and %(name)s are connected.") % {"name": received.sender.name}
    attempt(request, lambda: accept_request(received, by=request.user, keep_out_of_feed=keep_out), done=done)
    return _answer(request)


@login_required
@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a request aside, silently."""
    received = _received(request, pk)
    done = _("The request is set aside. %(name)s will not be told.") % {"name": received.sender.first_name}
    attempt(request, lambda: decline_request(received, by=request.user), done=done)
    return _answer(request)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own request back."""
    mine = ConnectionRequest.objects.asked_by(request.user).select_related("recipient")
    sent = get_object_or_404(mine, pk=pk)
    done = _("Your request to %(name)s is withdrawn. They will not be told.") % {"name": sent.recipient.name}
    attempt(request, lambda: withdraw_request(sent, by=request.user), done=done)
    sent_by_me = ConnectionRequest.objects.sent_by(request.user)
    return answer_without_row(request, at="requests_sent", remaining=sent_by_me.exists)


def _received(request: HttpRequest, pk: int) -> ConnectionRequest:
    """A request to the viewer, answered or not: a second press is told so instead of 404."""
    to_me = ConnectionRequest.objects.received_by(request.user).select_related("sender")
    return get_object_or_404(to_me, pk=pk)


def _answer(request: HttpRequest) -> HttpResponse:
    requests = ConnectionRequest.objects
    if request.POST.get("list") == "requests_set_aside":
        return answer_without_row(
            request, at="requests_set_aside", remaining=requests.set_aside_by(request.user).exists
        )
    if request.POST.get("list") == "requests_received":
        return answer_without_row(request, at="requests_received", remaining=requests.waiting_for(request.user).exists)
    return redirect(come_from(request, "requests_received"))
