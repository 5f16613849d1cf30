"""Templates under test: a variable that nobody defined is an error in ours, and nothing in other people's."""

import sys
from pathlib import Path
from types import FrameType

from django.template.base import FilterExpression, Node

HOME = Path(__file__).resolve().parent.parent
OURS = [HOME / "templates", *(HOME / app / "templates" for app in ("accounts", "moderation", "profiles"))]


class UndefinedVariableError(AssertionError):
    """A template of ours printed, or passed on, a variable that is not in its context."""


class UndefinedIsAnError(str):
    """Django's `string_if_invalid`: the empty text that it always is, unless a template of ours asks for it.

    Django takes its truth value each time it resolves a variable that doesn't exist;
    conditions (`{% if %}`) and loops don't ask.
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        frame: FrameType | None = sys._getframe(1)
        if frame and isinstance(frame.f_locals.get("self"), FilterExpression):
            expression = frame.f_locals["self"]
            if origin := origin_of(frame):
                raise UndefinedVariableError(f"{{{{ {expression.token} }}}} is undefined in {origin}")
        return False


def origin_of(frame: FrameType | None) -> str | None:
    """The template of ours that is being rendered in `frame`, if it is one of ours."""
    while frame:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and frame.f_code.co_name == "render_annotated":
            name = getattr(getattr(node, "origin", None), "name", "")
            return name if any(Path(name).is_relative_to(folder) for folder in OURS) else None
        frame = frame.f_back
    return None
