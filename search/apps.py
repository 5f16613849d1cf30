from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        from notifications import chores
        from search.looking import look_for_new_people
        from search.notices import declare_kinds

        declare_kinds()
        chores.declare(look_for_new_people)
