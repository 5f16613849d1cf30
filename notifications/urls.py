"""The addresses where members read what happened."""

from django.urls import path

from notifications import views

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("waiting/", views.waiting, name="waiting"),
    path("notices/read/", views.notices_read, name="notices_read"),
    path("notices/<int:pk>/", views.notice, name="notice"),
    path("notices/<int:pk>/read/", views.notice_read, name="notice_read"),
    path("settings/emails/", views.settings_emails, name="settings_emails"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
