"""The addresses of profiles, of their photos, of changing one's own."""

from django.urls import path

from profiles.views import editing, entries, words
from profiles.views.page import profile
from profiles.views.photo import photo

urlpatterns = [
    path("in/<slug:handle>/", profile, name="profile"),
    path("photos/<slug:key>/<int:size>/", photo, name="photo"),
    path("profile/card/edit/", editing.edit_card, name="edit_card"),
    path("profile/about/edit/", editing.edit_about, name="edit_about"),
    path("profile/photo/edit/", editing.edit_photo, name="edit_photo"),
    path("profile/photo/delete/", editing.delete_photo, name="delete_photo"),
    path("profile/<str:name>/", editing.section, name="profile_section"),
    path("profile/<str:name>/add/", entries.add, name="add_entry"),
    path("profile/<str:name>/edit/", words.edit_words, name="edit_words"),
    path("profile/<str:name>/<int:pk>/", entries.edit, name="edit_entry"),
    path("profile/<str:name>/<int:pk>/delete/", entries.delete, name="delete_entry"),
    path("profile/<str:name>/<int:pk>/remove/", words.remove_word, name="remove_word"),
]
