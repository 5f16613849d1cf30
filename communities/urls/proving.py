"""The addresses where organizations are proved, and that members are there. They come before those by a page's slug."""

from django.urls import URLPattern, path

from communities.views import proving
from communities.views.suggesting import suggest

urlpatterns: list[URLPattern] = [
    path("organizations/names/", suggest, name="suggest_organizations"),
    path("organizations/proof/<str:token>/", proving.proof, name="proof"),
    path("organizations/<slug:slug>/domains/", proving.organization_domains, name="organization_domains"),
    path("organizations/<slug:slug>/domains/<int:pk>/take-away/", proving.take_away, name="take_domain_away"),
    path("organizations/<slug:slug>/confirm/", proving.prove_member, name="prove_member"),
    path("settings/proofs/", proving.belongings, name="belongings"),
    path("settings/proofs/<int:pk>/take-back/", proving.take_back, name="end_belonging"),
]
