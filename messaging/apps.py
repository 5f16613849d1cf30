from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "messaging"

    def ready(self) -> None:
        from messaging.actions import begin_with_note
        from messaging.notices import declare_counter, declare_kinds
        from network import registers

        registers.on_connect.append(begin_with_note)
        declare_kinds()
        declare_counter()
