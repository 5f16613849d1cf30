"""The addresses of conversations."""

from django.urls import path

from messaging import views

urlpatterns = [
    path("messages/", views.conversations, name="conversations"),
    path("messages/with/<slug:handle>/", views.conversation_with, name="conversation_with"),
    path("messages/<int:pk>/", views.conversation, name="conversation"),
    path("messages/<int:pk>/news/", views.conversation_news, name="conversation_news"),
    *(
        path(
            f"messages/<int:pk>/{change}/",
            views.change_conversation,
            {"change": change},
            name=f"{change}_conversation",
        )
        for change in ("mute", "unmute", "archive", "unarchive")
    ),
    path("messages/edit/<int:pk>/", views.edit_message, name="edit_message"),
    path("messages/delete/<int:pk>/", views.delete_message, name="delete_message"),
]
