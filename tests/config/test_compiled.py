"""Templates as functions do what Django's engine does, also where no page of ours goes."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.template import Context, Engine
from django.utils.safestring import mark_safe

from config.compiled.loading import Compiled, compile_later

INCLUDED = {
    "row.html": "<i>{{ name }}{% if more %}+{{ more.0 }}{% endif %}{{ title }}</i>",
    "open.html": "{{ title }}{{ person.name }}",
    "itself.html": "{{ n }}{% if n %}{% include 'itself.html' with n=rest rest='' only %}{% endif %}",
    "counted.html": "{% for one in many %}{{ forloop.counter }}{{ one }}{% endfor %}{{ many.0 }}",
    "base.html": "<title>{% block title %}base{% endblock %}</title>{% block main %}{{ title }}{% endblock %}",
}
LIBRARIES = {
    "i18n": "django.templatetags.i18n",
    "l10n": "django.templatetags.l10n",
    "static": "django.templatetags.static",
}


class Person:
    """Somebody whose properties fail in several ways."""

    name = "<Ada>"

    def __init__(self, friends=()):
        self.friends = friends

    def greet(self):
        return "hello"

    def delete(self):
        raise AssertionError("called")

    delete.alters_data = True  # type: ignore[attr-defined]

    def needs(self, something):
        raise AssertionError("called")

    @property
    def picture(self):
        raise ObjectDoesNotExist


def context() -> dict:
    return {
        "title": "Tea & <cake>", "safe": mark_safe("<b>safe</b>"), "person": Person([Person(), {"name": "Bo"}]),
        "many": ["a", "b<", 3], "pairs": [("x", 1), ("y", 2)], "none": None, "zero": 0, "half": 1234.5, "big": 1234567,
        "rows": {"items": "own", "first": [1, 2]}, "generated": (n for n in range(3)), "one": "outer",
        "nested": SimpleNamespace(deep=SimpleNamespace(er={"key": "found"})), "rest": "r", "true": True,
    }  # fmt: skip


TEMPLATES = (Path(__file__).parent / "to_compile.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("source", TEMPLATES)
def test_a_template_says_the_same_as_a_function(source, settings):
    settings.STATICFILES_STORAGE = "django.contrib.staticfiles.storage.StaticFilesStorage"
    loaders = [
        (
            "django.template.loaders.locmem.Loader",
            INCLUDED | {"page.html": "{% load i18n l10n %}" * (not source.startswith("{% extends")) + source},
        )
    ]
    plain = Engine(loaders=loaders, libraries=LIBRARIES).get_template("page.html")
    compiled = Engine(loaders=[("config.compiled.loading.Loader", loaders)], libraries=LIBRARIES).get_template(
        "page.html"
    )
    assert compiled.nodelist.get_nodes_by_type(Compiled)
    expected = plain.render(Context(context()))
    assert [compiled.render(Context(context())) for _twice in range(2)] == [expected, expected]


def test_what_a_property_fails_with_is_not_hidden():
    class Broken:
        @property
        def page(self):
            raise KeyError("page")

    template = Engine().from_string("{{ broken.page }}")
    compile_later(template, template.engine)
    with pytest.raises(KeyError):
        template.render(Context({"broken": Broken()}))
