"""Reading and writing messages."""

from django.contrib import messages as remarks
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from accounts.refusals import Refusal
from messaging import actions, reading
from messaging.forms import MessageForm, SearchForm, TextForm
from messaging.models import Conversation, Message, Seat
from network.standing import standing
from network.ways import ways_to_reach
from profiles.models import ContactDetail


@login_required
@require_safe
@never_cache
@vary_on_headers("HX-Request")
def conversations(request: HttpRequest) -> HttpResponse:
    """The list of one's conversations, or of those in which some words were written."""
    search = SearchForm(request.GET)
    words = search.cleaned_data["q"] if search.is_valid() else ""
    archived = "archived" in request.GET
    seats, next_before = reading.list_page(
        request.user, archived=archived, words=words, before=_number(request, "before")
    )
    context = {
        "entries": reading.entries(seats, request.user, reading.others(seats, request.user)),
        "next_page": _next_page(words, archived, next_before),
        "words": words,
        "archived": archived,
        "open_id": None,
    }
    template = "messaging/conversations.html#entries" if request.htmx else "messaging/conversations.html"
    return render(request, template, context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@vary_on_headers("HX-Request")
def conversation(request: HttpRequest, pk: int) -> HttpResponse:
    """One conversation, from its end or from somewhere in it; a POST writes into it."""
    seat = get_object_or_404(reading.seat_of(request.user), conversation=pk)
    if request.method == "POST":
        return _write(request, seat)
    before, at = _number(request, "before"), _number(request, "at")
    if before is not None:
        thread = reading.older(seat, request.user, before=before)
    elif at is not None:
        thread = reading.around(seat, request.user, at=at)
    else:
        thread = reading.newest(seat, request.user)
    if not thread.later:
        _have_read(seat, thread, request.user)
    if request.htmx and before is not None:
        return render(request, "messaging/conversation.html#earlier", {"seat": seat, "thread": thread})
    return _show(request, seat, thread, MessageForm())


@login_required
@require_safe
@never_cache
def conversation_news(request: HttpRequest, pk: int) -> HttpResponse:
    """What an open page asks every few seconds: the stretch it shows, if anything in it has changed."""
    seat = get_object_or_404(reading.seat_of(request.user), conversation=pk)
    thread = reading.newest(seat, request.user, since=_number(request, "from") or 0)
    _have_read(seat, thread, request.user)
    if request.GET.get("state") == thread.state:
        return HttpResponse(status=204)
    return render(request, "messaging/conversation.html#thread", {"seat": seat, "thread": thread})


@login_required
@require_safe
def conversation_with(request: HttpRequest, handle: str) -> HttpResponse:
    """The way from a profile to the conversation; it opens with the first visit of a connection."""
    member = get_object_or_404(User.objects.visible_to(request.user).exclude(pk=request.user.pk), handle=handle)
    try:
        found = actions.open_conversation(request.user, member)
    except Refusal as refusal:
        raise Http404 from refusal
    return redirect("conversation", found.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Changing one's own message."""
    message = get_object_or_404(_own_messages(request.user), pk=pk)
    form = TextForm(request.POST or None, initial={"text": message.text})
    if request.method == "POST" and form.is_valid():
        return _do(request, message, actions.edit_message, text=form.cleaned_data["text"])
    context = {"title": _("Edit your message"), "form": form, "button": _("Save"), "action": request.path}
    context |= {"text": _("The message will say that it was edited."), "back": _address(message), "bad": False}
    return render(request, "confirm.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Taking one's own message back."""
    message = get_object_or_404(_own_messages(request.user), pk=pk)
    if request.method == "POST":
        return _do(request, message, actions.delete_message)
    context = {"title": _("Delete this message?"), "button": _("Delete"), "action": request.path, "bad": True}
    context |= {"text": _("Its text goes for both of you. Its place says that it was deleted."), "form": None}
    return render(request, "confirm.html", context | {"back": _address(message)})


@login_required
@require_POST
def change_conversation(request: HttpRequest, pk: int, change: str) -> HttpResponse:
    """Muting, archiving, and taking it back."""
    found = get_object_or_404(Conversation.objects.visible_to(request.user), pk=pk)
    act, said = {
        "mute": (actions.mute, _("Muted. You get no emails about this conversation.")),
        "unmute": (actions.unmute, _("Emails tell you of this conversation again.")),
        "archive": (actions.archive, _("Archived. It comes back when something new is written in it.")),
        "unarchive": (actions.unarchive, _("Back among your conversations.")),
    }[change]
    act(found, by=request.user)
    remarks.success(request, said)
    return redirect("conversations") if change == "archive" else redirect("conversation", pk)


def _write(request: HttpRequest, seat: Seat) -> HttpResponse:
    form = MessageForm(request.POST)
    if form.is_valid():
        try:
            actions.send_message(
                seat.conversation, by=request.user, text=form.cleaned_data["text"], key=form.cleaned_data["key"]
            )
        except Refusal as refusal:
            form.add_error("text", str(refusal))
            seat = reading.seat_of(request.user).get(pk=seat.pk)
        else:
            if not request.htmx:
                return redirect(f"{reverse('conversation', args=[seat.conversation_id])}#end")
            form = MessageForm()
    thread = reading.newest(seat, request.user, since=_posted_first(request) if request.htmx else None)
    return _show(request, seat, thread, form)


def _show(request: HttpRequest, seat: Seat, thread: reading.Thread, form: MessageForm) -> HttpResponse:
    member = request.user
    status = 422 if form.is_bound else 200
    unsent = form["text"].value() if form.is_bound and not seat.writable else ""
    context = {"seat": seat, "thread": thread, "form": form, "unsent": unsent, "open_id": seat.conversation_id}
    is_swap = request.htmx and request.method == "POST"
    seats, next_before = reading.list_page(member, archived=seat.archived_at is not None) if not is_swap else ([], None)
    seen = reading.others([*seats, seat], member)
    other = seen.get(seat.conversation.other_id(member) or 0)
    context |= _ways(request, seat, other) | {"other": other}
    if is_swap:
        return render(request, "messaging/conversation.html#writing", context, status=status)
    context |= {
        "entries": reading.entries(seats, member, seen),
        "next_page": _next_page("", seat.archived_at is not None, next_before),
    }
    return render(request, "messaging/conversation.html", context, status=status)


def _ways(request: HttpRequest, seat: Seat, other: User | None) -> dict:
    """Where the box would be: how else one could reach them."""
    if seat.writable or other is None:
        return {"ways": []}
    between = standing(other, viewer=request.user, here=request.path)
    details = ContactDetail.objects.visible_to(request.user).filter(member=other).order_by("-preferred", "id")[:1]
    ways = ways_to_reach(other, viewer=request.user, standing=between, details=details)
    return {"ways": ways, "member": other, "standing": between}


def _do(request: HttpRequest, message: Message, act, **details) -> HttpResponse:
    try:
        act(message, by=request.user, **details)
    except Refusal as refusal:
        remarks.error(request, str(refusal))
    return redirect(_address(message))


def _own_messages(member: User):
    return Message.objects.visible_to(member).filter(sender=member).select_related("conversation")


def _address(message: Message) -> str:
    return f"{reverse('conversation', args=[message.conversation_id])}?at={message.pk}#message-{message.pk}"


def _have_read(seat: Seat, thread: reading.Thread, member: User) -> None:
    if thread.last > seat.read_up_to:
        actions.mark_read(seat.conversation, by=member, up_to=thread.last)


def _next_page(words: str, archived: bool, before: int | None) -> str:
    if before is None:
        return ""
    query = {"before": before} | ({"q": words} if words else {}) | ({"archived": 1} if archived else {})
    return reverse("conversations", query=query)


def _posted_first(request: HttpRequest) -> int:
    first = request.POST.get("from", "")
    return int(first) if first.isascii() and first.isdigit() and len(first) < 19 else 0


def _number(request: HttpRequest, name: str) -> int | None:
    """Return the number that an address names, if it names one. Raises `Http404` if it is none."""
    text = request.GET.get(name)
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise Http404
    return int(text)
