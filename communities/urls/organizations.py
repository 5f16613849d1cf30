"""The addresses of organizations and their openings."""

from django.urls import URLPattern, path
from django.views.decorators.vary import vary_on_headers

from communities.views import following, managing, openings, organizations, starting
from communities.views.logo import logo

urlpatterns: list[URLPattern] = [
    path("organizations/", organizations.organizations, name="organizations"),
    path("organizations/new/", starting.start, name="new_organization"),
    path("organizations/openings/", openings.openings, name="openings"),
    path("organizations/openings/applied/", openings.applied, name="applied_openings"),
    path("organizations/openings/<int:pk>/tick/", openings.tick, name="mark_applied"),
    path("organizations/openings/<int:pk>/untick/", openings.untick, name="unmark_applied"),
    path("organizations/logos/<slug:key>/<int:size>/", logo, name="logo"),
    path("organizations/<slug:slug>/", organizations.organization, name="organization"),
    path("organizations/<slug:slug>/posts/", organizations.posts, name="organization_posts"),
    path("organizations/<slug:slug>/people/", organizations.people, name="organization_people"),
    path("organizations/<slug:slug>/follow/", following.follow, name="follow_organization"),
    path("organizations/<slug:slug>/unfollow/", following.unfollow, name="unfollow_organization"),
    path("organizations/<slug:slug>/mute/", following.mute, name="mute_organization"),
    path("organizations/<slug:slug>/unmute/", following.unmute, name="unmute_organization"),
    path("organizations/<slug:slug>/take-up/", starting.take_up, name="take_up_organization"),
    path("organizations/<slug:slug>/edit/", managing.edit, name="edit_organization"),
    path("organizations/<slug:slug>/logo/", managing.put_logo, name="put_logo"),
    path("organizations/<slug:slug>/logo/remove/", managing.remove_logo, name="remove_logo"),
    path("organizations/<slug:slug>/names/", managing.names, name="organization_names"),
    path("organizations/<slug:slug>/names/present/", managing.rename, name="rename_organization"),
    path("organizations/<slug:slug>/names/<int:pk>/remove/", managing.drop_name, name="remove_organization_name"),
    path("organizations/<slug:slug>/roles/", managing.roles, name="organization_roles"),
    path("organizations/<slug:slug>/roles/<int:pk>/remove/", managing.drop_role, name="remove_organization_role"),
    path("organizations/<slug:slug>/step-down/", managing.step_down, name="step_down_from_organization"),
    path("organizations/<slug:slug>/openings/", openings.openings_of, name="organization_openings"),
    path("organizations/<slug:slug>/openings/new/", openings.new, name="new_opening"),
    path("organizations/<slug:slug>/openings/<int:pk>/", openings.opening, name="opening"),
    path("organizations/<slug:slug>/openings/<int:pk>/edit/", openings.edit, name="edit_opening"),
    path("organizations/<slug:slug>/openings/<int:pk>/close/", openings.close, name="close_opening"),
]

# Some of them answer htmx with a piece.
for route in urlpatterns:
    route.callback = vary_on_headers("HX-Request")(route.callback)
