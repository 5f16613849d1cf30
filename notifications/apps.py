from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from notifications import chores
        from notifications.digest import declare_digest
        from notifications.turns import see_to_turns

        declare_digest()
        chores.declare(see_to_turns)
        from live import registers
        from notifications.models import Notice

        registers.scopes["notices"] = Notice.objects.visible_to
