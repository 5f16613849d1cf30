from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "communities"

    def ready(self) -> None:
        from accounts import registers
        from communities.actions import belong_by_address
        from communities.actions.seats import end_attendances_between, leave_events
        from communities.notices import declare_kinds
        from communities.reminders import ask_who_was_there, remind
        from notifications import chores

        registers.on_address.append(belong_by_address)
        declare_kinds()
        registers.on_block.append(end_attendances_between)
        registers.on_departure.append(leave_events)
        chores.declare(remind)
        chores.declare(ask_who_was_there)
