from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "messaging"

    def ready(self) -> None:
        from accounts import registers as registers_of_members
        from live.registers import scopes
        from messaging.actions import begin_with_note, erase_files, forget_earlier_words
        from messaging.models import Conversation
        from messaging.notices import declare_counter, declare_kinds
        from network import registers
        from notifications import chores

        registers_of_members.on_departure.append(erase_files)
        registers.on_connect.append(begin_with_note)
        declare_kinds()
        declare_counter()
        chores.declare(forget_earlier_words)
        scopes["messages"] = Conversation.objects.writable_by
