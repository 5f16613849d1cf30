"""The addresses of events."""

from django.urls import path
from django.views.decorators.vary import vary_on_headers

from communities.views import attending, calendars, events

urlpatterns = [
    path("events/", events.events, name="events"),
    path("events/new/", events.new_event, name="new_event"),
    path("events/past/", events.past_events, name="past_events"),
    path("events/calendar/", calendars.my_calendar, name="my_calendar"),
    path("events/calendar/<slug:key>.ics", calendars.calendar, name="calendar"),
    path("events/<slug:slug>/", events.event, name="event"),
    path("events/<slug:slug>/edit/", events.edit_event, name="edit_event"),
    path("events/<slug:slug>/cancel/", events.cancel, name="cancel_event"),
    path("events/<slug:slug>/answer/", attending.answer, name="answer_event"),
    path("events/<slug:slug>/confirm/", attending.confirm, name="confirm_attendance"),
    path("events/<slug:slug>/attendees/", attending.attendees, name="event_attendees"),
    path("events/<slug:slug>/met/", attending.met, name="event_met"),
    path("events/<slug:slug>/event.ics", calendars.event_calendar, name="event_calendar"),
]

# Each of them answers htmx with a piece where it asks for one.
for route in urlpatterns:
    route.callback = vary_on_headers("HX-Request")(route.callback)
