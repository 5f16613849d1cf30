from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from live import registers
        from notifications import chores
        from notifications.digest import declare_digest
        from notifications.models import Notice
        from notifications.turns import see_to_turns

        declare_digest()
        chores.declare(see_to_turns)
        registers.scopes["notices"] = Notice.objects.visible_to
