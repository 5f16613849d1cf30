from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "moderation"

    def ready(self) -> None:
        from messaging.registers import holds
        from moderation.actions import holds_message

        holds.append(holds_message)
