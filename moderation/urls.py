"""The addresses of reports."""

from django.urls import path

from moderation import views

urlpatterns = [
    path("report/thanks/", views.report_thanks, name="report_thanks"),
    path("report/<slug:kind>/<int:number>/", views.report, name="report"),
]
