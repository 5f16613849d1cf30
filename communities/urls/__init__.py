"""The addresses of organizations with their openings, of groups, and of events."""

from communities.urls import events, groups, organizations, proving

urlpatterns = [*proving.urlpatterns, *organizations.urlpatterns, *groups.urlpatterns, *events.urlpatterns]
