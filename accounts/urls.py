"""The addresses where members are welcomed, claim their accounts and keep their settings."""

from django.urls import path

from accounts.views import joining, reach, sessions, settings, standing, theme, walls, welcome

urlpatterns = [
    path("theme.css", theme.theme, name="theme"),
    path("join/again/", joining.send_link_again, name="send_link_again"),
    path("join/<str:token>/", joining.join, name="join"),
    path("claim/<str:uid>/<str:token>/", joining.claim, name="claim"),
    path("welcome/", welcome.welcome, name="welcome"),
    path("welcome/people/", welcome.welcome_people, name="welcome_people"),
    path("settings/", settings.settings, name="settings"),
    path("settings/handle/", settings.settings_handle, name="settings_handle"),
    path("settings/blocked/", walls.settings_blocked, name="settings_blocked"),
    path("settings/blocked/<int:pk>/unblock/", walls.settings_unblock, name="settings_unblock"),
    path("settings/sessions/<int:pk>/end/", sessions.end_session, name="end_session"),
    path("settings/address/again/", reach.send_reach_link, name="send_reach_link"),
    path("reached/<str:token>/", reach.reached, name="reached"),
    path("settings/delete/", standing.settings_delete, name="settings_delete"),
    path("settings/leaving/", standing.leaving, name="leaving"),
    path("settings/leaving/keep/", standing.keep, name="keep_account"),
    path("settings/choices/<slug:section>/", settings.settings_section, name="settings_section"),
]
