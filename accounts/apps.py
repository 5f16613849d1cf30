from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts.sessions import still_signed_in
        from accounts.who_find import who_find
        from live import registers

        registers.may_go_on.append(still_signed_in)
        registers.who_find.append(who_find)
