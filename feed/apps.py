from django.apps import AppConfig


class FeedConfig(AppConfig):
    name = "feed"

    def ready(self) -> None:
        from accounts import registers
        from communities.registers import on_merge
        from feed import digest
        from feed.actions.celebrating import announce_anniversaries, say_what_is_ticked
        from feed.actions.commenting import leave_places_for_answers
        from feed.actions.holding import forget_held
        from feed.actions.picturing import erase_pictures
        from feed.actions.posting import leave_posts_to_organizations, move_posts
        from feed.highlights.closeness import work_out_closeness
        from feed.highlights.exchanges import days_of_exchange
        from feed.highlights.readings import forget_readings
        from feed.lists.news import in_the_feed_of, who_might_hear
        from feed.notices import declare_kinds
        from feed.ways import comment_on_recent_post
        from live.registers import hearers, scopes
        from network.registers import exchanges, ways
        from notifications import chores
        from profiles.registers import on_position

        declare_kinds()
        digest.declare_sections()
        scopes["posts"] = in_the_feed_of
        hearers["posts"] = who_might_hear
        ways.append(comment_on_recent_post)
        exchanges.append(days_of_exchange)
        on_merge.append(move_posts)
        on_position.append(say_what_is_ticked)
        chores.declare(announce_anniversaries)
        chores.declare(work_out_closeness)
        chores.declare(forget_readings)
        chores.declare(forget_held)
        registers.on_departure += [leave_posts_to_organizations, erase_pictures, leave_places_for_answers]
