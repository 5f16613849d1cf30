"""The addresses of groups."""

from django.urls import path

from communities.views import group_members, group_reports, group_requests, groups, joining

urlpatterns = [
    path("groups/", groups.groups, name="groups"),
    path("groups/new/", groups.new_group, name="new_group"),
    path("groups/mine/", groups.my_groups, name="my_groups"),
    path("groups/<slug:slug>/", groups.group, name="group"),
    path("groups/<slug:slug>/edit/", groups.edit_group, name="edit_group"),
    path("groups/<slug:slug>/join/", joining.join, name="join_group"),
    path("groups/<slug:slug>/ask/", joining.ask, name="ask_to_join_group"),
    path("groups/<slug:slug>/withdraw/", joining.withdraw, name="withdraw_group_request"),
    path("groups/<slug:slug>/decline/", joining.decline, name="decline_group_invitation"),
    path("groups/<slug:slug>/leave/", joining.leave, name="leave_group"),
    path("groups/<slug:slug>/mute/", joining.mute, name="mute_group"),
    path("groups/<slug:slug>/unmute/", joining.unmute, name="unmute_group"),
    path("groups/<slug:slug>/invite/", group_requests.invite, name="invite_to_group"),
    path("groups/<slug:slug>/requests/", group_requests.requests, name="group_requests"),
    path("groups/<slug:slug>/requests/<int:pk>/let-in/", group_requests.let_in, name="let_in"),
    path("groups/<slug:slug>/requests/<int:pk>/turn-down/", group_requests.turn_down, name="turn_down"),
    path("groups/<slug:slug>/members/", group_members.members, name="group_members"),
    path("groups/<slug:slug>/members/<slug:handle>/remove/", group_members.remove, name="remove_from_group"),
    path("groups/<slug:slug>/members/<slug:handle>/moderator/", group_members.promote, name="make_moderator"),
    path("groups/<slug:slug>/stop/", group_members.stop, name="stop_moderating"),
    path("groups/<slug:slug>/banned/", group_members.banned, name="group_banned"),
    path("groups/<slug:slug>/banned/<slug:handle>/lift/", group_members.lift, name="lift_group_ban"),
    path("groups/<slug:slug>/reports/", group_reports.reports, name="group_reports"),
    path("groups/<slug:slug>/reports/<int:pk>/", group_reports.decide, name="decide_group_report"),
    path("groups/<slug:slug>/hidden/", group_reports.hidden, name="group_hidden"),
    path("groups/<slug:slug>/posts/<int:pk>/pin/", group_reports.pin, name="pin_post"),
    path("groups/<slug:slug>/posts/<int:pk>/unpin/", group_reports.unpin, name="unpin_post"),
    path("groups/<slug:slug>/<slug:kind>/<int:pk>/hide/", group_reports.hide, name="hide_in_group"),
    path("groups/<slug:slug>/<slug:kind>/<int:pk>/show/", group_reports.show, name="show_in_group"),
]
