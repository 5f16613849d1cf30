"""Every address of the site: each app's own, django-allauth's, the operators' admin and the health check."""

from django.contrib import admin
from django.urls import include, path

from config.health import healthz
from config.icon import favicon

urlpatterns = [
    path("favicon.ico", favicon),
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("", include("live.urls")),
    path("", include("accounts.urls")),
    path("", include("notifications.urls")),
    path("", include("communities.urls")),
    path("", include("profiles.urls")),
    path("", include("network.urls")),
    path("", include("messaging.urls")),
    path("", include("feed.urls")),
    path("", include("search.urls")),
    path("", include("moderation.urls")),
]
