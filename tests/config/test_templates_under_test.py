"""The tests' own instrument: undefined variables fail in templates of ours, and only there."""

import pytest
from django.template import Context, Engine
from django.template.base import Origin, Template

from tests.templates import HOME, UndefinedIsAnError, UndefinedVariableError

OURS = Origin(str(HOME / "templates" / "page.html"))
THEIRS = Origin("/elsewhere/site-packages/admin/page.html")


def render(source: str, origin: Origin) -> str:
    engine = Engine(string_if_invalid=UndefinedIsAnError())
    return Template(source, origin=origin, engine=engine).render(Context({"known": {"name": "Ines"}}))


@pytest.mark.parametrize("source", ["{{ nobody }}", "{{ known.age }}", "{% if known %}{{ nobody }}{% endif %}"])
def test_an_undefined_variable_in_a_template_of_ours_fails(source):
    with pytest.raises(UndefinedVariableError, match=r"page\.html"):
        render(source, OURS)


def test_a_defined_variable_and_a_condition_on_an_undefined_one_are_fine():
    assert render("{{ known.name }}{% if nobody %}!{% endif %}", OURS) == "Ines"


def test_other_peoples_templates_are_left_alone():
    assert render("[{{ nobody }}{{ nobody|default:'none' }}]", THEIRS) == "[none]"
