"""What addresses of messages say."""

from django.http import Http404, HttpRequest
from django.urls import reverse

from messaging.listing import Place
from messaging.models import Message


def number(request: HttpRequest, name: str) -> int | None:
    """Return the number that an address names, if it names one. Raises `Http404` if it is none."""
    text = request.GET.get(name)
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise Http404
    return int(text)


def place(request: HttpRequest) -> Place | None:
    """Return the place in the list that an address names, if it names one. Raises `Http404` if it is none."""
    text = request.GET.get("before")
    if text is None:
        return None
    found = Place.read(text)
    if found is None:
        raise Http404
    return found


def of_message(message: Message) -> str:
    """Return where a message stands in its conversation."""
    return f"{reverse('conversation', args=[message.conversation_id])}?at={message.pk}#message-{message.pk}"


def of_page(before: Place | None, **query: str) -> str:
    """Return the address of the next page of the list; nothing if there is none."""
    if before is None:
        return ""
    return reverse(
        "conversations", query={"before": str(before)} | {name: text for name, text in query.items() if text}
    )
