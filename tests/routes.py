"""Every address of the site, and what each kind of viewer gets there: the table that several tests walk.

Viewers (see `tests/world.py`): a visitor; Ines, whose world it is; Lina, a stranger to the others' things;
Bill, whom Ines blocked. A number is the status of a plain GET; `SIGN_IN` is the way to signing in.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import URLPattern, get_resolver, reverse

from tests.world import World

SIGN_IN = "sign in"
VIEWERS = ("visitor", "ines", "stranger", "blocked")


@dataclass(frozen=True)
class Route:
    """An address; `of(world)` gives its arguments, `query` what stands behind the question mark."""

    visitor: int | str
    ines: int | str
    stranger: int | str
    blocked: int | str
    of: Callable[[World], dict] = field(default=lambda world: {})
    query: str = ""
    page: bool = True

    def path(self, name: str, world: World) -> str:
        return reverse(name.partition(" ")[0], kwargs=self.of(world)) + self.query

    def status(self, viewer: str) -> int | str:
        return getattr(self, viewer)


def private(of=None, query: str = "", page: bool = True) -> Route:
    """A page of one's own: every member has theirs."""
    return Route(SIGN_IN, 200, 200, 200, of or (lambda world: {}), query, page)


def of_ines(of, page: bool = True) -> Route:
    """A page about something that belongs to Ines alone."""
    return Route(SIGN_IN, 200, 404, 404, of, page=page)


def post_only(of=None) -> Route:
    """An address that only takes a form of somebody signed in."""
    return Route(SIGN_IN, 405, 405, 405, of or (lambda world: {}), page=False)


def public(of=None, query: str = "", page: bool = True) -> Route:
    return Route(200, 200, 200, 200, of or (lambda world: {}), query, page)


ROUTES: dict[str, Route] = {
    # the site itself
    "healthz": public(page=False),
    "theme": public(page=False),
    "home": public(),
    "live": Route(204, 204, 204, 204, page=False),  # gunicorn's connections alone can be taken over
    # accounts
    "welcome": private(),
    "welcome_people": private(),
    "settings": private(),
    "settings_handle": post_only(),
    "settings_section": post_only(lambda world: {"section": "visibility"}),
    "settings_blocked": private(),
    "end_session": post_only(lambda world: {"pk": 1}),
    "settings_unblock": post_only(lambda world: {"pk": world.blocked.pk}),
    "settings_delete": private(),
    "leaving": Route(SIGN_IN, 302, 302, 302),
    "keep_account": post_only(),
    "send_reach_link": post_only(),
    "reached": Route(404, 404, 404, 404, lambda world: {"token": "wrong"}),
    "send_link_again": public(),
    "join": Route(404, 302, 302, 302, lambda world: {"token": "wrong"}),
    "claim": Route(404, 404, 404, 404, lambda world: {"uid": "wrong", "token": "wrong"}),
    # profiles
    "profile": Route(200, 200, 200, 404, lambda world: {"handle": "ines"}),
    "profile somebody's": Route(200, 200, 200, 200, lambda world: {"handle": "tomasz"}),
    "profile for members": Route(404, 200, 200, 200, lambda world: {"handle": "lina"}),
    "profile of a suspended member": Route(404, 404, 404, 404, lambda world: {"handle": "vera"}),
    "profile of one who leaves": Route(404, 404, 404, 404, lambda world: {"handle": "jan"}),
    "profile of one not welcomed yet": Route(404, 404, 404, 404, lambda world: {"handle": "jorge"}),
    "profile of nobody": Route(404, 404, 404, 404, lambda world: {"handle": "nobody"}),
    "profile moved": Route(302, 302, 302, 404, lambda world: {"handle": "ines-before"}),
    "edit_card": private(),
    "edit_about": private(),
    "edit_photo": private(),
    "delete_photo": Route(405, 405, 405, 405, page=False),
    "profile_section": Route(SIGN_IN, 302, 302, 302, lambda world: {"name": "positions"}, page=False),
    "add_entry": private(lambda world: {"name": "positions"}),
    "add_entry education": private(lambda world: {"name": "education"}),
    "add_entry contact": private(lambda world: {"name": "contact"}),
    "edit_words": private(lambda world: {"name": "skills"}),
    "edit_words languages": private(lambda world: {"name": "languages"}),
    "edit_entry": of_ines(lambda world: {"name": "positions", "pk": world.position.pk}),
    "edit_entry contact": of_ines(lambda world: {"name": "contact", "pk": world.contact.pk}),
    "delete_entry": of_ines(lambda world: {"name": "education", "pk": world.education.pk}),
    "remove_word": Route(405, 405, 405, 405, lambda world: {"name": "skills", "pk": world.skill.pk}, page=False),
    "photo": Route(404, 404, 404, 404, lambda world: {"key": "0" * 32, "size": 96}, page=False),
    # network
    "requests_received": private(),
    "requests_set_aside": private(),
    "requests_sent": private(),
    "connections": private(),
    "following": private(),
    "followers": private(),
    "endorsements": private(),
    "follower_endorsements": post_only(),
    "hide_endorsement": post_only(lambda world: {"pk": 1}),
    "endorse": Route(SIGN_IN, 405, 405, 405, lambda world: {"pk": world.tomasz.skills.get().pk}),
    "withdraw_endorsement": post_only(lambda world: {"pk": world.skill.pk}),
    "ask_to_connect": Route(SIGN_IN, 200, 200, 200, lambda world: {"handle": "amara"}),
    "ask_to_connect across a wall": Route(SIGN_IN, 404, 200, 404, lambda world: {"handle": "ines"}),
    "ask_to_connect by address": Route(SIGN_IN, 200, 200, 200, lambda world: {"handle": "wei"}),
    "coach_note": post_only(lambda world: {"handle": "amara"}),
    "profile_connections": Route(SIGN_IN, 200, 404, 404, lambda world: {"handle": "tomasz"}),
    "mutual_connections": Route(SIGN_IN, 200, 200, 200, lambda world: {"handle": "amara"}),
    "disconnect": Route(SIGN_IN, 200, 404, 404, lambda world: {"handle": "tomasz"}),
    "follow": Route(SIGN_IN, 302, 302, 302, lambda world: {"handle": "tomasz"}),
    "unfollow": post_only(lambda world: {"handle": "tomasz"}),
    "mute": post_only(lambda world: {"handle": "tomasz"}),
    "unmute": post_only(lambda world: {"handle": "tomasz"}),
    "remove_follower": post_only(lambda world: {"handle": "wei"}),
    "block": Route(SIGN_IN, 200, 200, 200, lambda world: {"handle": "tomasz"}),
    "accept_request": post_only(lambda world: {"pk": world.received.pk}),
    "decline_request": post_only(lambda world: {"pk": world.received.pk}),
    "withdraw_request": post_only(lambda world: {"pk": world.sent.pk}),
    # introductions
    "introductions": private(),
    "introductions_answered": private(),
    "ask_for_introduction": Route(SIGN_IN, 200, 200, 200, lambda world: {"handle": "wei"}),
    "ask_for_introduction that was asked for": Route(SIGN_IN, 200, 200, 200, lambda world: {"handle": "amara"}),
    "profile of one introduced": Route(404, 200, 200, 200, lambda world: {"handle": "raul"}),
    "ask_to_connect one introduced": Route(SIGN_IN, 200, 200, 200, lambda world: {"handle": "raul"}),
    "pass_introduction_on": of_ines(lambda world: {"pk": world.asked_of.pk}),
    "let_name": post_only(lambda world: {"pk": world.asked_of.pk}),
    "decline_introduction": post_only(lambda world: {"pk": world.asked_of.pk}),
    "connect_introduced": post_only(lambda world: {"pk": world.introduced.pk}),
    "set_introduction_aside": post_only(lambda world: {"pk": world.introduced.pk}),
    # recommendations
    "recommend": Route(SIGN_IN, 200, 404, 404, lambda world: {"handle": "tomasz"}),
    "preview_recommendation": post_only(lambda world: {"handle": "tomasz"}),
    "profile_recommendations": Route(200, 200, 200, 404, lambda world: {"handle": "ines"}),
    "profile_recommendations none": Route(404, 200, 200, 200, lambda world: {"handle": "lina"}),
    "recommendations": private(),
    "recommendations_written": private(),
    "approve_recommendation": post_only(lambda world: {"pk": world.recommended.pk}),
    "set_aside_recommendation": post_only(lambda world: {"pk": world.recommended.pk}),
    "hide_recommendation": post_only(lambda world: {"pk": world.recommended.pk}),
    "take_back_recommendation": of_ines(lambda world: {"pk": world.recommendation.pk}),
    "report recommendation": Route(
        SIGN_IN, 200, 200, 404, lambda world: {"kind": "recommendation", "number": world.recommended.pk}
    ),
    # network: suggestions
    "suggestions": private(),
    "beside_the_feed": Route(SIGN_IN, 302, 302, 302, page=False),
    "dismissals": private(),
    "dismiss_suggestion": post_only(lambda world: {"handle": "tomasz"}),
    "take_back_dismissal": post_only(lambda world: {"handle": "tomasz"}),
    # answers between yes and no
    "ask_question": of_ines(lambda world: {"pk": world.received.pk}),
    "answer_question": of_ines(lambda world: {"pk": world.sent.pk}),
    "ask_me_later": of_ines(lambda world: {"pk": world.received.pk}),
    "mark_as_unknown": of_ines(lambda world: {"pk": world.received.pk}),
    # connect or follow
    "profile of somebody one talked with": public(lambda world: {"handle": "amara"}, query="?talked=no"),
    "profile with what one says": public(lambda world: {"handle": "wei"}, query="?said=business"),
    "ask_to_connect as advised": private(lambda world: {"handle": "wei"}, query="?context=event&talked=yes"),
    "not_now": post_only(lambda world: {"handle": "wei"}),
    # messaging
    "conversations": private(),
    "conversation_with": Route(SIGN_IN, 302, 404, 404, lambda world: {"handle": "tomasz"}),
    "conversation": of_ines(lambda world: {"pk": world.conversation.pk}),
    "conversation_news": of_ines(lambda world: {"pk": world.conversation.pk}, page=False),
    "conversations unread first": private(query="?unread=first"),
    "conversations held": private(query="?held=1&open=1"),
    "conversations found": private(query="?q=%D0%B4%D0%BE%D0%B1"),
    "disconnect_and_mute": post_only(lambda world: {"pk": world.conversation.pk}),
    "message_file": of_ines(lambda world: {"key": world.message_file}, page=False),
    "message_picture": of_ines(lambda world: {"key": world.message_picture, "size": 640}, page=False),
    "edit_message": of_ines(lambda world: {"pk": world.message.pk}),
    "delete_message": of_ines(lambda world: {"pk": world.message.pk}),
    "mute_conversation": post_only(lambda world: {"pk": world.conversation.pk}),
    "unmute_conversation": post_only(lambda world: {"pk": world.conversation.pk}),
    "archive_conversation": post_only(lambda world: {"pk": world.conversation.pk}),
    "unarchive_conversation": post_only(lambda world: {"pk": world.conversation.pk}),
    # notices
    "waiting": private(page=False),
    "notices": private(),
    "notices_read": post_only(),
    "notice": Route(SIGN_IN, 302, 404, 404, lambda world: {"pk": world.notice.pk}, page=False),
    "notice_read": post_only(lambda world: {"pk": world.notice.pk}),
    "settings_emails": private(),
    "unsubscribe": Route(404, 404, 404, 404, lambda world: {"token": "wrong"}),
    # feed
    "new_post": private(),
    "post": Route(200, 200, 200, 200, lambda world: {"pk": world.post.pk}),
    "post for connections": Route(404, 200, 404, 404, lambda world: {"pk": world.own_post.pk}),
    "edit_post": of_ines(lambda world: {"pk": world.own_post.pk}),
    "delete_post": of_ines(lambda world: {"pk": world.own_post.pk}),
    "repost": Route(SIGN_IN, 200, 200, 200, lambda world: {"pk": world.post.pk}),
    # Atom feeds
    "profile_atom": Route(200, 200, 200, 404, lambda world: {"handle": "ines"}, page=False),
    "profile_atom for members": Route(404, 404, 404, 404, lambda world: {"handle": "lina"}, page=False),
    "profile_atom moved": Route(302, 302, 302, 404, lambda world: {"handle": "ines-before"}, page=False),
    "organization_atom": public(lambda world: {"slug": world.organization.slug}, page=False),
    "organization_atom for members": Route(
        404, 404, 404, 404, lambda world: {"slug": world.plain_organization.slug}, page=False
    ),
    "tag_atom": public(lambda world: {"name": "вода"}, page=False),
    # reactions and earlier words
    "react": private(lambda world: {"pk": world.post.pk}),
    "react to a celebration": Route(SIGN_IN, 404, 404, 404, lambda world: {"pk": world.celebration.pk}),
    "reactions": public(lambda world: {"pk": world.post.pk}),
    "reactions to a post for connections": Route(404, 200, 404, 404, lambda world: {"pk": world.own_post.pk}),
    "post_history": public(lambda world: {"pk": world.post.pk}),
    "post_history of a post for connections": Route(404, 200, 404, 404, lambda world: {"pk": world.own_post.pk}),
    "comment_history": Route(200, 200, 200, 404, lambda world: {"pk": world.own_comment.pk}),
    "comment that was deleted": Route(200, 200, 200, 404, lambda world: {"pk": world.deleted_comment.pk}),
    "comment_history of one that was deleted": Route(
        404, 404, 404, 404, lambda world: {"pk": world.deleted_comment.pk}
    ),
    "post about one that was deleted": Route(200, 200, 200, 200, lambda world: {"pk": world.about_a_deleted.pk}),
    # celebrations and activity
    "congratulate": post_only(lambda world: {"pk": world.celebration.pk}),
    "take_back_congratulation": post_only(lambda world: {"pk": world.celebration.pk}),
    "activity": Route(404, 200, 404, 404, lambda world: {"handle": "tomasz"}),
    "activity of one's own": Route(404, 200, 404, 404, lambda world: {"handle": "ines"}),
    "post that celebrates": Route(404, 200, 404, 404, lambda world: {"pk": world.celebration.pk}),
    "edit_post that celebrates": of_ines(lambda world: {"pk": world.own_celebration.pk}),
    "edit_entry that is announced": of_ines(
        lambda world: {"name": "positions", "pk": world.own_celebration.celebrates_id}
    ),
    # mentions and tags
    "complete_words": private(query="?q=@инес", page=False),
    "complete_words of tags": private(query="?q=%23вод", page=False),
    "tag": public(lambda world: {"name": "вода"}),
    "tag that nobody used": public(lambda world: {"name": "ничего"}),
    "tag that is none": Route(404, 404, 404, 404, lambda world: {"name": "2026"}),
    "follow_tag": Route(SIGN_IN, 302, 302, 302, lambda world: {"name": "вода"}),
    "unfollow_tag": post_only(lambda world: {"name": "вода"}),
    "mute_tag": post_only(lambda world: {"name": "вода"}),
    "unmute_tag": post_only(lambda world: {"name": "вода"}),
    # orders of the feed, and what is kept out of it
    "latest": private(),
    "highlights": private(),
    "new_posts": Route(SIGN_IN, 302, 302, 302, lambda world: {"order": "latest"}, page=False),
    "why": Route(SIGN_IN, 200, 200, 200, lambda world: {"pk": world.post.pk}),
    "why of a post for connections": Route(SIGN_IN, 200, 404, 404, lambda world: {"pk": world.own_post.pk}),
    "hide_from_feed": post_only(lambda world: {"pk": world.post.pk}),
    "show_in_feed": post_only(lambda world: {"pk": world.post.pk}),
    "see_less": post_only(lambda world: {"handle": "tomasz"}),
    "see_as_before": post_only(lambda world: {"handle": "tomasz"}),
    "muted": private(),
    "muted_kind": private(lambda world: {"kind": "posts"}),
    # comments
    "new_comment": post_only(lambda world: {"pk": world.post.pk}),
    "comment": Route(200, 200, 200, 200, lambda world: {"pk": world.comment.pk}),
    "comment that replies": Route(302, 302, 302, 404, lambda world: {"pk": world.own_comment.pk}),
    "reply": Route(SIGN_IN, 200, 200, 200, lambda world: {"pk": world.comment.pk}),
    "edit_comment": of_ines(lambda world: {"pk": world.own_comment.pk}),
    "delete_comment": of_ines(lambda world: {"pk": world.own_comment.pk}),
    "profile_posts": Route(200, 200, 200, 404, lambda world: {"handle": "ines"}),
    # articles
    "new_article": private(),
    "new_organization_article": of_ines(lambda world: {"slug": world.organization.slug}),
    "new_group_article": of_ines(lambda world: {"slug": world.groups.hers.slug}),
    "preview_draft": post_only(),
    "drafts": private(),
    "draft": of_ines(lambda world: {"pk": world.draft.pk}),
    "delete_draft": of_ines(lambda world: {"pk": world.draft.pk}),
    "article": Route(200, 200, 200, 404, lambda world: {"pk": world.article.pk, "slug": world.article.article.slug}),
    "article at an old address": Route(302, 302, 302, 404, lambda world: {"pk": world.article.pk, "slug": "old"}),
    "article that is a post": Route(404, 404, 404, 404, lambda world: {"pk": world.post.pk, "slug": "post"}),
    "post that is an article": Route(302, 302, 302, 404, lambda world: {"pk": world.article.pk}),
    "edit_article": of_ines(lambda world: {"pk": world.article.pk}),
    "preview_article": post_only(lambda world: {"pk": world.article.pk}),
    "picture of a draft": Route(
        404, 200, 404, 404, lambda world: {"key": world.draft.pictures.get().key, "size": 640}, page=False
    ),
    "picture": public(lambda world: {"key": world.post.pictures.get().key, "size": 640}, page=False),
    # organizations and openings
    "organizations": private(),
    "new_organization": private(),
    "organization": public(lambda world: {"slug": world.organization.slug}),
    "organization for members": Route(404, 200, 200, 200, lambda world: {"slug": world.plain_organization.slug}),
    "organization that was merged": Route(301, 301, 301, 301, lambda world: {"slug": "merged"}),
    "organization_posts": public(lambda world: {"slug": world.organization.slug}),
    "organization_people": public(lambda world: {"slug": world.organization.slug}),
    "organization_people before": public(lambda world: {"slug": world.organization.slug}, query="?when=before"),
    "follow_organization": Route(SIGN_IN, 302, 302, 302, lambda world: {"slug": world.organization.slug}),
    "unfollow_organization": post_only(lambda world: {"slug": world.organization.slug}),
    "mute_organization": post_only(lambda world: {"slug": world.organization.slug}),
    "unmute_organization": post_only(lambda world: {"slug": world.organization.slug}),
    "take_up_organization": post_only(lambda world: {"slug": world.plain_organization.slug}),
    "edit_organization": of_ines(lambda world: {"slug": world.organization.slug}),
    "put_logo": post_only(lambda world: {"slug": world.organization.slug}),
    "remove_logo": post_only(lambda world: {"slug": world.organization.slug}),
    "logo": public(lambda world: {"key": world.organization.logo_key, "size": 96}, page=False),
    "organization_names": of_ines(lambda world: {"slug": world.organization.slug}),
    "rename_organization": post_only(lambda world: {"slug": world.organization.slug}),
    "remove_organization_name": post_only(lambda world: {"slug": world.organization.slug, "pk": 1}),
    "organization_roles": of_ines(lambda world: {"slug": world.organization.slug}),
    "remove_organization_role": of_ines(
        lambda world: {"slug": world.organization.slug, "pk": world.organization.roles.get(role="editor").pk}
    ),
    "step_down_from_organization": of_ines(lambda world: {"slug": world.organization.slug}),
    "openings": public(),
    "openings of one kind": public(query="?kind=internship&remote=on"),
    "applied_openings": private(),
    "organization_openings": public(lambda world: {"slug": world.organization.slug}),
    "new_opening": of_ines(lambda world: {"slug": world.organization.slug}),
    "opening": public(lambda world: {"slug": world.organization.slug, "pk": world.opening.pk}),
    "opening that closed": public(lambda world: {"slug": world.organization.slug, "pk": world.closed_opening.pk}),
    "edit_opening": of_ines(lambda world: {"slug": world.organization.slug, "pk": world.opening.pk}),
    "close_opening": of_ines(lambda world: {"slug": world.organization.slug, "pk": world.opening.pk}),
    "mark_applied": post_only(lambda world: {"pk": world.opening.pk}),
    "unmark_applied": post_only(lambda world: {"pk": world.opening.pk}),
    # what is proved
    "suggest_organizations": private(query="?q=реч", page=False),
    "organization_domains": of_ines(lambda world: {"slug": world.organization.slug}),
    "take_domain_away": of_ines(lambda world: {"slug": world.organization.slug, "pk": world.domain.pk}),
    "prove_member": private(lambda world: {"slug": world.organization.slug}),
    "belongings": private(),
    "end_belonging": post_only(lambda world: {"pk": 1}),
    "proof": Route(SIGN_IN, 404, 404, 404, lambda world: {"token": "wrong"}),
    "new_organization_post": of_ines(lambda world: {"slug": world.organization.slug}),
    # groups
    "groups": private(),
    "groups newest": private(query="?sort=newest"),
    "my_groups": private(),
    "new_group": private(),
    "group": private(lambda world: {"slug": world.groups.hers.slug}),
    "group to ask": private(lambda world: {"slug": world.groups.asking.slug}),
    "group to join": private(lambda world: {"slug": world.groups.open.slug}),
    "group one is invited to": of_ines(lambda world: {"slug": world.groups.inviting.slug}),
    "group unlisted": Route(SIGN_IN, 404, 200, 404, lambda world: {"slug": world.groups.unlisted.slug}),
    "edit_group": of_ines(lambda world: {"slug": world.groups.hers.slug}),
    "join_group": post_only(lambda world: {"slug": world.groups.open.slug}),
    "ask_to_join_group": post_only(lambda world: {"slug": world.groups.asking.slug}),
    "withdraw_group_request": post_only(lambda world: {"slug": world.groups.asking.slug}),
    "decline_group_invitation": post_only(lambda world: {"slug": world.groups.inviting.slug}),
    "leave_group": of_ines(lambda world: {"slug": world.groups.hers.slug}),
    "mute_group": post_only(lambda world: {"slug": world.groups.hers.slug}),
    "unmute_group": post_only(lambda world: {"slug": world.groups.hers.slug}),
    "invite_to_group": of_ines(lambda world: {"slug": world.groups.hers.slug}),
    "group_requests": of_ines(lambda world: {"slug": world.groups.hers.slug}),
    "let_in": post_only(lambda world: {"slug": world.groups.hers.slug, "pk": world.groups.request.pk}),
    "turn_down": post_only(lambda world: {"slug": world.groups.hers.slug, "pk": world.groups.request.pk}),
    "group_members": of_ines(lambda world: {"slug": world.groups.hers.slug}),
    "remove_from_group": of_ines(lambda world: {"slug": world.groups.hers.slug, "handle": "amara"}),
    "make_moderator": post_only(lambda world: {"slug": world.groups.hers.slug, "handle": "amara"}),
    "stop_moderating": of_ines(lambda world: {"slug": world.groups.hers.slug}),
    "group_banned": of_ines(lambda world: {"slug": world.groups.hers.slug}),
    "lift_group_ban": post_only(lambda world: {"slug": world.groups.hers.slug, "handle": "amara"}),
    "group_reports": of_ines(lambda world: {"slug": world.groups.hers.slug}),
    "decide_group_report": post_only(lambda world: {"slug": world.groups.hers.slug, "pk": world.groups.case.pk}),
    "group_hidden": of_ines(lambda world: {"slug": world.groups.hers.slug}),
    "group_hidden comments": Route(
        SIGN_IN, 200, 404, 404, lambda world: {"slug": world.groups.hers.slug}, "?kind=comment"
    ),
    "pin_post": post_only(lambda world: {"slug": world.groups.hers.slug, "pk": world.groups.post.pk}),
    "unpin_post": post_only(lambda world: {"slug": world.groups.hers.slug, "pk": world.groups.pinned.pk}),
    "hide_in_group": of_ines(
        lambda world: {"slug": world.groups.hers.slug, "kind": "comment", "pk": world.groups.comment.pk}
    ),
    "show_in_group": post_only(
        lambda world: {"slug": world.groups.hers.slug, "kind": "post", "pk": world.groups.hidden.pk}
    ),
    "post in a group": Route(404, 200, 404, 404, lambda world: {"pk": world.groups.post.pk}),
    "new_group_post": of_ines(lambda world: {"slug": world.groups.hers.slug}),
    # events
    "events": public(),
    "events online": public(query="?where=online"),
    "past_events": public(),
    "new_event": private(),
    "my_calendar": private(),
    "calendar": public(lambda world: {"key": world.calendar_key.key}, page=False),
    "calendar of nobody": Route(404, 404, 404, 404, lambda world: {"key": "0" * 32}, page=False),
    "event": Route(200, 200, 200, 404, lambda world: {"slug": world.event.slug}),
    "event that took place": public(lambda world: {"slug": world.past_event.slug}),
    "edit_event": of_ines(lambda world: {"slug": world.event.slug}),
    "cancel_event": of_ines(lambda world: {"slug": world.event.slug}),
    "answer_event": post_only(lambda world: {"slug": world.event.slug}),
    "confirm_attendance": post_only(lambda world: {"slug": world.event.slug}),
    "event_attendees": Route(SIGN_IN, 200, 200, 404, lambda world: {"slug": world.event.slug}),
    "event_met": private(lambda world: {"slug": world.past_event.slug}),
    "event_calendar": Route(200, 200, 200, 404, lambda world: {"slug": world.event.slug}, page=False),
    # search
    "search": public(query="?q=томаш"),
    "search for nobody": public(query="?q=никто"),
    "search for nothing": public(),
    "complete_search": private(query="?q=том", page=False),
    "search_people": public(query="?q=томаш"),
    "search_people with filters": public(query="?q=т&place=лион&organization=речное&skill=хим"),
    "search_people who is nobody": public(query="?q=никто&school=нигде"),
    "search_posts": public(query="?q=паводке"),
    "search_posts for nothing": public(query="?q=никто"),
    "search_organizations": public(query="?q=речн"),
    "search_groups": private(query="?q=вод"),
    "search_events": public(query="?q=рек"),
    "saved_searches": private(),
    "saved_search": of_ines(lambda world: {"pk": world.saved.pk}),
    "remove_saved_search": post_only(lambda world: {"pk": world.saved.pk}),
    "directory": public(),
    "directory of a letter": public(query="?letter=q"),
    "directory of other letters": public(query="?letter=other"),
    "organizations_directory": public(),
    "robots": public(page=False),
    "sitemap": public(page=False),
    "sitemap_section": public(lambda world: {"section": "people"}, page=False),
    # moderation
    "report": Route(SIGN_IN, 200, 200, 200, lambda world: {"kind": "post", "number": world.post.pk}),
    "report_thanks": private(),
}

THEIR_OWN = ("account_", "mfa_", "usersessions_")
"""Names of django-allauth's addresses; its own rules hold there."""


def named_routes() -> set[str]:
    """Every named address of the site, but those of the admin and of django-allauth."""
    names: set[str] = set()

    def walk(patterns) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                names.add(pattern.name or str(pattern.pattern))
            elif getattr(pattern, "namespace", None) != "admin":
                walk(pattern.url_patterns)

    walk(get_resolver().url_patterns)
    return {name for name in names if not name.startswith(THEIR_OWN)}


def path_of(name: str, world: World) -> str:
    """Return where a page is; those of django-allauth stand in no table."""
    return ROUTES[name].path(name, world) if name in ROUTES else reverse(name)


BOUNCED = ("home", "settings", "account_email", "settings_emails")
"""Pages that say more to a member whose mail came back and who stopped all emails."""

PAGES = [
    (name, viewer)
    for name, route in ROUTES.items()
    if route.page
    for viewer in ("visitor", "ines")
    if route.status(viewer) == 200
] + [(name, "bounced") for name in BOUNCED]
"""Pages that a browser can open: the name of the route, and who opens it."""
