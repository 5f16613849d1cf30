"""The addresses of conversations."""

from django.urls import path

from messaging.views import conversation, keeping, lists, single

urlpatterns = [
    path("messages/", lists.conversations, name="conversations"),
    path("messages/with/<slug:handle>/", conversation.conversation_with, name="conversation_with"),
    path("messages/<int:pk>/", conversation.conversation, name="conversation"),
    path("messages/<int:pk>/news/", conversation.conversation_news, name="conversation_news"),
    *(
        path(
            f"messages/<int:pk>/{change}/",
            keeping.change_conversation,
            {"change": change},
            name=f"{change}_conversation",
        )
        for change in ("mute", "unmute", "archive", "unarchive")
    ),
    path("messages/<int:pk>/leave/", keeping.disconnect_and_mute, name="disconnect_and_mute"),
    path("messages/edit/<int:pk>/", single.edit_message, name="edit_message"),
    path("messages/delete/<int:pk>/", single.delete_message, name="delete_message"),
    path("messages/files/<slug:key>/", single.message_file, name="message_file"),
    path("messages/files/<slug:key>/<int:size>/", single.message_picture, name="message_picture"),
]
