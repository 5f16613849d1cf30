"""Every address of the site: each app's own, django-allauth's, the operators' admin and the health check."""

from django.contrib import admin
from django.urls import include, path

from config.health import healthz
from config.icon import favicon

urlpatterns = [
    # What members ask for most comes first: an address is compared with one after the other.
    path("", include("feed.urls")),
    path("", include("profiles.urls")),
    path("", include("messaging.urls")),
    path("", include("network.urls")),
    path("", include("live.urls")),
    path("", include("search.urls")),
    path("", include("notifications.urls")),
    path("", include("communities.urls")),
    path("", include("accounts.urls")),
    path("", include("moderation.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("favicon.ico", favicon),
]
