"""Pages rendered both ways: by Django's engine, and by the functions that templates become in production."""

from copy import deepcopy

import pytest
from django.conf import settings as django_settings

from config.compiled.loading import Compiled


@pytest.fixture
def both_ways(settings, monkeypatch) -> list[str]:
    """Render every page twice, and note where the two differ; pages are answered as Django renders them."""
    settings.TEMPLATES = deepcopy(django_settings.TEMPLATES)
    options = settings.TEMPLATES[0]["OPTIONS"]
    options["loaders"] = [("config.compiled.loading.Loader", options["loaders"][0][1])]
    monkeypatch.setattr("django.middleware.csrf._mask_cipher_secret", lambda secret: secret * 2)
    differences: list[str] = []
    way: list[str] = []

    def render(self, context) -> str:
        if way:
            return self.nodelist.render(context) if way == ["Django's"] else self.function(context)
        way[:] = ["Django's"]
        try:
            by_django = self.nodelist.render(context)
            way[:] = ["compiled"]
            compiled = self.function(context)
        finally:
            way.clear()
        if compiled != by_django:
            differences.append(first_difference(compiled, by_django))
        return by_django

    monkeypatch.setattr(Compiled, "render", render)
    return differences


def first_difference(one: str, other: str) -> str:
    place = next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return f"{one[place - 60 : place + 60]!r} for {other[place - 60 : place + 60]!r}"
