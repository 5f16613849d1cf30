"""The addresses where organizations are proved, and that members are there. They come before those by a page's slug."""

from django.urls import URLPattern, path

from communities.views import proving

urlpatterns: list[URLPattern] = [
    path("organizations/proof/<str:token>/", proving.proof, name="proof"),
]
