"""The address of the stream that an open page listens to."""

from django.urls import path

from live import views

urlpatterns = [path("live/", views.stream, name="live")]
