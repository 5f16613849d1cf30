"""The stream of events of an open page."""

import math
import time
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from live.hub import hub
from live.stream import Stream, Ticket, can_be_taken_over, opening, take_over

MARGIN = 5
"""Seconds before the moment that a page names from which it is told again: clocks differ, and pages take a while."""


class Streaming(HttpResponse):
    """An answer that goes on after the web server is done with it: its head, and events until the connection ends."""

    def __init__(self, request: HttpRequest, ticket: Ticket, since: float) -> None:
        super().__init__(content_type="text/event-stream", headers={"X-Accel-Buffering": "no"})
        self.theirs, self.ticket, self.since = request.META["gunicorn.socket"], ticket, since

    def __iter__(self) -> Iterator[bytes]:
        """Run by the web server when every middleware has done its part; there is nothing left for it to send."""
        connection = take_over(self.theirs)
        try:
            connection.sendall(opening(self))
        except OSError:
            connection.close()
        else:
            hub().carry(Stream(connection, self.ticket, self.since))
        return iter(())


@require_GET
@never_cache
def stream(request: HttpRequest) -> HttpResponse:
    """What there is to fetch, as it comes. 204 where there is no stream to be had: the page then asks by itself."""
    member = request.user
    if not member.is_authenticated or not can_be_taken_over(request) or not hub().has_room_for(member.pk):
        return HttpResponse(status=204)
    ticket = Ticket(member.pk, request.session.session_key or "", member.password)
    since = min(_moment(request.GET.get("since", "")), time.time())
    return Streaming(request, ticket, since - MARGIN)


def _moment(text: str) -> float:
    try:
        moment = float(text)
    except ValueError:
        return 0.0
    return moment if math.isfinite(moment) else 0.0
