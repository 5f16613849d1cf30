"""Events: those that come up, one of them, and putting one up (product.md §12)."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.refusals import Refusal
from communities.actions import cancel_event, change_event, start_event
from communities.actions.events import TooFewSeats, WrongTime
from communities.forms.events import ChangeEventForm, EventForm, NewEventForm
from communities.listing import for_lists, lines
from communities.models import Event
from communities.views.finding import find_event, page_about
from network.views.answers import attempt
from network.views.pages import page_of
from search.described import describe_event

MINE = 20
"""How many of one's own events stand above the others; few have more before them."""
PLACES = {"place": {"place__gt": ""}, "online": {"place": ""}}


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """What comes up: first one's own, then everything that one may see, by time; in a place, online, or both."""
    where = request.GET.get("where", "")
    coming = Event.objects.visible_to(request.user).coming()
    others, mine = coming.filter(cancelled_at__isnull=True, **PLACES.get(where, {})), Event.objects.none()
    if request.user.is_authenticated and where not in PLACES:
        mine = coming.concerning(request.user).order_by("starts_at", "pk")[:MINE]
        others = others.exclude(pk__in=mine.values("pk"))
    page = page_of(for_lists(others, request.user), request, order=("starts_at", "id"))
    context = {"page": page, "lines": lines(page.rows, request.user)}
    if request.htmx and not page.is_first:
        return render(request, "communities/events.html#rows", context)
    own = for_lists(mine, request.user) if page.is_first else []
    context |= {"mine": lines(own, request.user), "where": where if where in PLACES else "", "at": "events"}
    return render(request, "communities/events.html", context)


@require_safe
def past_events(request: HttpRequest) -> HttpResponse:
    """What took place, the newest first."""
    past = Event.objects.visible_to(request.user).past()
    page = page_of(for_lists(past, request.user), request, order=("-starts_at", "-id"))
    context = {"page": page, "lines": lines(page.rows, request.user)}
    if request.htmx and not page.is_first:
        return render(request, "communities/events.html#rows", context)
    context |= {"mine": [], "where": "", "at": "past_events"}
    return render(request, "communities/events.html", context)


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event: when, where, who invites, who comes, and what one can do."""
    context = page_about(find_event(request, slug), request)
    said = {"host": context["host"], "when": context["when"].words, "where": context["where"]}
    return render(request, "communities/event.html", context | describe_event(context["event"], request, **said))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_event(request: HttpRequest) -> HttpResponse:
    """Host an event."""
    if request.method != "POST":
        return _form_page(request, NewEventForm(by=request.user, asked_for=request.GET.get("host", "")))
    if known := _sent_before(request):
        return redirect(known)
    form = NewEventForm(request.POST, by=request.user)
    made = form.is_valid() and _done(form, lambda: start_event(by=request.user, **form.told()))
    if not made:
        return _form_page(request, form, status=422)
    return _say(request, form, made, _("The event is up."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_event(request: HttpRequest, slug: str) -> HttpResponse:
    """Change an event that one hosts."""
    found = find_event(request, slug, Event.objects.editable_by(request.user))
    if not found.takes_answers:
        return redirect(found)
    if request.method != "POST":
        return _form_page(request, ChangeEventForm(event=found), event=found)
    form = ChangeEventForm(request.POST, event=found)
    changed = form.is_valid() and _done(form, lambda: change_event(found, by=request.user, **form.told()))
    if not changed:
        return _form_page(request, form, event=found, status=422)
    return _say(request, form, changed, _("Saved."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask first; then call an event off, and tell those who answered it."""
    found = find_event(request, slug, Event.objects.editable_by(request.user))
    if request.method != "POST" and found.takes_answers:
        context = {
            "title": _("Cancel “%(title)s”?") % {"title": found.title},
            "text": _("Everybody who said that they are coming or are interested is told. It can’t be taken back."),
            "action": request.path,
            "button": _("Cancel the event"),
            "stay": _("Keep the event"),
            "back": found.get_absolute_url(),
            "bad": True,
        }
        return render(request, "confirm.html", context)
    attempt(request, lambda: cancel_event(found, by=request.user), done=_("The event is cancelled."))
    return redirect(found)


def _form_page(request: HttpRequest, form: EventForm, *, event: Event | None = None, status: int = 200) -> HttpResponse:
    return render(request, "communities/event_form.html", {"form": form, "event": event}, status=status)


def _done(form: EventForm, doing) -> Event | None:
    """Do it; or say beside its field why not."""
    try:
        return doing()
    except Refusal as refusal:
        field = {WrongTime: "starts_on", TooFewSeats: "capacity"}.get(type(refusal))
        form.add_error(field, refusal.sentence)
        return None


def _say(request: HttpRequest, form: EventForm, done: Event, sentence: str) -> HttpResponse:
    messages.success(request, " ".join([sentence, *form.remarks]))
    return redirect(done)


def _sent_before(request: HttpRequest) -> Event | None:
    """The event that this very form made before: a double click, or the browser's own reload."""
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        return None
    return Event.objects.filter(host=request.user, key=key).first()
