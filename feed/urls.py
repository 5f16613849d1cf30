"""The addresses of the feed, of posts, their pictures and their comments."""

from django.urls import path

from feed.views import activity, comments, home, muted, posts, quieting, tags, why, writing

urlpatterns = [
    path("", home.home, name="home"),
    path("latest/", home.latest, name="latest"),
    path("highlights/", home.highlights, name="highlights"),
    path("new-posts/<slug:order>/", home.new_posts, name="new_posts"),
    path("posts/new/", writing.new_post, name="new_post"),
    path("organizations/<slug:slug>/posts/new/", writing.new_organization_post, name="new_organization_post"),
    path("groups/<slug:slug>/posts/new/", writing.new_group_post, name="new_group_post"),
    path("posts/<int:pk>/", posts.post, name="post"),
    path("posts/<int:pk>/edit/", posts.edit, name="edit_post"),
    path("posts/<int:pk>/delete/", posts.delete, name="delete_post"),
    path("posts/<int:pk>/repost/", posts.pass_on, name="repost"),
    path("posts/<int:pk>/why/", why.why, name="why"),
    path("posts/<int:pk>/hide/", quieting.hide, name="hide_from_feed"),
    path("posts/<int:pk>/show/", quieting.show, name="show_in_feed"),
    path("posts/<int:pk>/like/", posts.like, name="like_post"),
    path("posts/<int:pk>/unlike/", posts.unlike, name="unlike_post"),
    path("posts/<int:pk>/congratulate/", posts.congratulate, name="congratulate"),
    path("posts/<int:pk>/congratulate/undo/", posts.take_back_congratulation, name="take_back_congratulation"),
    path("posts/<int:pk>/comments/", comments.new_comment, name="new_comment"),
    path("comments/<int:pk>/", comments.comment, name="comment"),
    path("comments/<int:pk>/reply/", comments.reply, name="reply"),
    path("comments/<int:pk>/edit/", comments.edit, name="edit_comment"),
    path("comments/<int:pk>/delete/", comments.delete, name="delete_comment"),
    path("in/<slug:handle>/posts/", posts.profile_posts, name="profile_posts"),
    path("in/<slug:handle>/activity/", activity.activity, name="activity"),
    path("tags/<str:name>/", tags.tag, name="tag"),
    path("tags/<str:name>/follow/", tags.follow, name="follow_tag"),
    path("tags/<str:name>/unfollow/", tags.unfollow, name="unfollow_tag"),
    path("tags/<str:name>/mute/", tags.mute, name="mute_tag"),
    path("tags/<str:name>/unmute/", tags.unmute, name="unmute_tag"),
    path("in/<slug:handle>/see-less/", quieting.see_less, name="see_less"),
    path("in/<slug:handle>/see-as-before/", quieting.see_as_before, name="see_as_before"),
    path("settings/muted/", muted.muted, name="muted"),
    path("settings/muted/<slug:kind>/", muted.kind, name="muted_kind"),
    path("pictures/<slug:key>/<int:size>/", posts.picture, name="picture"),
]
