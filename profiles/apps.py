from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "profiles"

    def ready(self) -> None:
        from accounts import registers
        from profiles.photos import erase_photo

        registers.on_departure.append(erase_photo)
