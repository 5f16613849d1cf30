from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "communities"

    def ready(self) -> None:
        from accounts import registers
        from communities.actions import belong_by_address

        registers.on_address.append(belong_by_address)
