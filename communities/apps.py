from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "communities"

    def ready(self) -> None:
        from accounts import registers
        from communities import digest
        from communities.actions import belong_by_address, end_invitations_between, leave_groups
        from communities.actions.seats import end_attendances_between, leave_events
        from communities.notices import declare_kinds
        from communities.notices_of_groups import declare_kinds_of_groups
        from communities.reminders import ask_who_was_there, remind
        from notifications import chores

        registers.on_address.append(belong_by_address)
        declare_kinds()
        digest.declare_section()
        declare_kinds_of_groups()
        registers.on_block += [end_attendances_between, end_invitations_between]
        registers.on_departure += [leave_events, leave_groups]
        chores.declare(remind)
        chores.declare(ask_who_was_there)
