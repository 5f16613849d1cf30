"""The addresses of organizations, groups and events."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
