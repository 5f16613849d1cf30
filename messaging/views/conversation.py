from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from accounts.refusals import Refusal
from live import renewing
from messaging import actions, listing, reading
from messaging.forms import MessageForm
from messaging.models import Attachment, Seat
from messaging.views import addresses
from network.standing import standing
from network.ways import ways_to_reach
from profiles.models import ContactDetail


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@vary_on_headers("HX-Request")
def conversation(request: HttpRequest, pk: int) -> HttpResponse:
    """One conversation, where one goes on reading or from somewhere in it; a POST writes into it."""
    seat = _find_seat(request, pk)
    if request.method == "POST":
        return _write(request, seat)
    thread, piece = _stretch(request, seat)
    _have_read(seat, thread, request.user)
    return _show(request, seat, thread, MessageForm(), piece=piece if request.htmx else "")


def _find_seat(request: HttpRequest, pk: int) -> Seat:
    try:
        return reading.seat_of(request.user, pk)
    except Seat.DoesNotExist as nothing:
        raise Http404 from nothing


def _stretch(request: HttpRequest, seat: Seat) -> tuple[reading.Thread, str]:
    """Return the stretch that the address names, and the piece that a page which is open already is given of it."""
    before, after, at = (addresses.number(request, name) for name in ("before", "after", "at"))
    if before is not None:
        return reading.older(seat, request.user, before=before), "earlier"
    if after is not None:
        return reading.newer(seat, request.user, after=after), "rest"
    if at is not None:
        return reading.around(seat, request.user, at=at), ""
    if "end" in request.GET:
        return reading.newest(seat, request.user), ""
    return reading.opened(seat, request.user), ""


@login_required
@require_safe
@never_cache
def conversation_news(request: HttpRequest, pk: int) -> HttpResponse:
    """What an open page asks for: the stretch it shows, if anything in it has changed."""
    seat = _find_seat(request, pk)
    thread = reading.since(seat, request.user, first=addresses.number(request, "from") or 0)
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


def _write(request: HttpRequest, seat: Seat) -> HttpResponse:
    form = MessageForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.send_message(seat.conversation, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("text", str(refusal))
            seat = reading.seat_of(request.user, seat.conversation_id)
        else:
            if not request.htmx:
                return redirect(f"{reverse('conversation', args=[seat.conversation_id])}#end")
            form = MessageForm()
            seat.pitch_id = None
    if request.htmx:
        thread = reading.since(seat, request.user, first=_posted_first(request))
        return _show(request, seat, thread, form, piece="writing")
    return _show(request, seat, reading.opened(seat, request.user), form)


def _show(
    request: HttpRequest, seat: Seat, thread: reading.Thread, form: MessageForm, *, piece: str = ""
) -> HttpResponse:
    member = request.user
    unsent = form["text"].value() if form.is_bound and not seat.writable else ""
    context = {"seat": seat, "thread": thread, "form": form, "unsent": unsent, "most_files": Attachment.MOST}
    context |= {"open_id": seat.conversation_id}
    status = 422 if form.is_bound else 200
    archived = seat.archived_at is not None
    seats, before = listing.list_page(member, archived=archived) if not piece else ([], None)
    seen = listing.others([*seats, seat], member)
    other = seen.get(seat.conversation.other_id(member) or 0)
    context |= _ways(request, seat, other) | {"other": other}
    if piece:
        return render(request, f"messaging/conversation.html#{piece}", context, status=status)
    context |= {
        "most_held": renewing.MOST_HELD,
        "entries": listing.entries(seats, member, seen),
        "next_page": addresses.of_page(before, archived="1" if archived else ""),
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


def _have_read(seat: Seat, thread: reading.Thread, member: User) -> None:
    if thread.whole and thread.last > seat.read_up_to:
        actions.mark_read(seat.conversation, by=member, up_to=thread.last)


def _posted_first(request: HttpRequest) -> int:
    first = request.POST.get("from", "")
    return int(first) if first.isascii() and first.isdigit() and len(first) < 19 else 0
