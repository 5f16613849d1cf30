"""The addresses of what is between members: requests, connections, follows, walls, endorsements, suggestions."""

from django.urls import path
from django.views.decorators.vary import vary_on_headers

from network.views import (
    asking,
    blocks,
    coaching,
    connections,
    endorsements,
    follows,
    introducing,
    introductions,
    recommendations,
    requests,
    suggestions,
)

urlpatterns = [
    path("in/<slug:handle>/connect/", asking.ask, name="ask_to_connect"),
    path("in/<slug:handle>/connect/note/", coaching.coach_note, name="coach_note"),
    path("in/<slug:handle>/introduction/", introducing.ask, name="ask_for_introduction"),
    path("in/<slug:handle>/connections/", connections.connections_of, name="profile_connections"),
    path("in/<slug:handle>/mutual/", connections.mutual, name="mutual_connections"),
    path("in/<slug:handle>/disconnect/", connections.end_connection, name="disconnect"),
    path("in/<slug:handle>/follow/", follows.follow, name="follow"),
    path("in/<slug:handle>/unfollow/", follows.unfollow, name="unfollow"),
    path("in/<slug:handle>/mute/", follows.mute, name="mute"),
    path("in/<slug:handle>/unmute/", follows.unmute, name="unmute"),
    path("in/<slug:handle>/remove-follower/", follows.end_following, name="remove_follower"),
    path("in/<slug:handle>/block/", blocks.block, name="block"),
    path("in/<slug:handle>/recommend/", recommendations.recommend, name="recommend"),
    path("in/<slug:handle>/recommend/preview/", recommendations.preview, name="preview_recommendation"),
    path("in/<slug:handle>/recommendations/", recommendations.recommendations_of, name="profile_recommendations"),
    path("in/<slug:handle>/dismiss/", suggestions.dismiss, name="dismiss_suggestion"),
    path("in/<slug:handle>/suggest-again/", suggestions.take_back, name="take_back_dismissal"),
    path("skills/<int:pk>/endorse/", endorsements.endorse, name="endorse"),
    path("skills/<int:pk>/withdraw/", endorsements.withdraw, name="withdraw_endorsement"),
    path("network/", requests.received, name="requests_received"),
    path("network/set-aside/", requests.set_aside, name="requests_set_aside"),
    path("network/sent/", requests.sent, name="requests_sent"),
    path("network/introductions/", introductions.introductions, name="introductions"),
    path("network/introductions/answered/", introductions.answered, name="introductions_answered"),
    path("network/introductions/<int:pk>/pass-on/", introducing.pass_on, name="pass_introduction_on"),
    path("network/introductions/<int:pk>/let-name/", introducing.let_be_named, name="let_name"),
    path("network/introductions/<int:pk>/decline/", introducing.decline, name="decline_introduction"),
    path("network/introductions/<int:pk>/connect/", introducing.connect, name="connect_introduced"),
    path("network/introductions/<int:pk>/set-aside/", introducing.set_aside, name="set_introduction_aside"),
    path("network/connections/", connections.connections, name="connections"),
    path("network/following/", follows.following, name="following"),
    path("network/followers/", follows.followers, name="followers"),
    path("network/suggestions/", suggestions.suggestions, name="suggestions"),
    path("network/suggestions/dismissed/", suggestions.dismissals, name="dismissals"),
    path("network/endorsements/", endorsements.endorsements, name="endorsements"),
    path("network/endorsements/by-followers/", endorsements.followers_shown, name="follower_endorsements"),
    path("network/endorsements/<int:pk>/hide/", endorsements.hide, name="hide_endorsement"),
    path("network/recommendations/", recommendations.received, name="recommendations"),
    path("network/recommendations/written/", recommendations.written, name="recommendations_written"),
    path("network/recommendations/<int:pk>/approve/", recommendations.approve, name="approve_recommendation"),
    path("network/recommendations/<int:pk>/set-aside/", recommendations.set_aside, name="set_aside_recommendation"),
    path("network/recommendations/<int:pk>/hide/", recommendations.hide, name="hide_recommendation"),
    path("network/recommendations/<int:pk>/take-back/", recommendations.take_back, name="take_back_recommendation"),
    path("network/requests/<int:pk>/accept/", asking.accept, name="accept_request"),
    path("network/requests/<int:pk>/decline/", asking.decline, name="decline_request"),
    path("network/requests/<int:pk>/withdraw/", asking.withdraw, name="withdraw_request"),
]

# Each of them answers htmx with a piece, and everybody else with a page.
for route in urlpatterns:
    route.callback = vary_on_headers("HX-Request")(route.callback)
