"""What compiled templates call: looking things up and showing them, as Django's templates do."""

import re
from decimal import Decimal
from functools import cache
from html import escape
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.template import TemplateSyntaxError
from django.template.base import Node, Variable, VariableDoesNotExist, render_value_in_context
from django.template.context import Context
from django.templatetags.i18n import TranslateNode
from django.urls import NoReverseMatch
from django.utils.functional import LazyObject, empty
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]
from django.utils.translation import gettext, ngettext, override

from accounts.addresses import address as address_of

_to_escape = re.compile("[&<>\"']").search


class _Missing:
    """What a template finds where nothing is: it shows as nothing and is not true."""

    def __bool__(self) -> bool:
        return False


MISSING: Any = _Missing()


def first(context: Context, name: str) -> Any:
    """What a name stands for in the context."""
    for layer in reversed(context.dicts):
        if name in layer:
            value = layer[name]
            return _called(value) if callable(value) else value
    return MISSING


def look(thing: Any, name: str) -> Any:
    """What stands after a dot."""
    kind = type(thing)
    if kind is dict:
        if name not in thing:
            return _look_around(thing, name)
        value = thing[name]
    elif _has_attributes_only(kind):  # type: ignore[arg-type]
        try:
            value = getattr(thing, name)
        except Exception:  # noqa: BLE001 - which is then met again, and judged
            return _look_around(thing, name)
    elif isinstance(thing, LazyObject):
        if thing._wrapped is empty:
            thing._setup()
        return look(thing._wrapped, name)
    else:
        return _look_around(thing, name)
    return _called(value) if callable(value) else value


@cache
def _has_attributes_only(kind: Any) -> bool:
    return not hasattr(kind, "__getitem__")


class _Alone(dict):
    """A context of one name, as Django's variables need it."""

    template = SimpleNamespace(engine=SimpleNamespace(string_if_invalid=""))


def _look_around(thing: Any, name: str) -> Any:
    """The same, wherever Django would look, and with its patience for what fails."""
    if thing is MISSING:
        return MISSING
    try:
        return _after_dot(name)._resolve_lookup(_Alone(thing=thing))
    except VariableDoesNotExist:
        return MISSING
    except Exception as failure:
        if getattr(failure, "silent_variable_failure", False):
            return MISSING
        raise


@cache
def _after_dot(name: str) -> Any:
    return Variable(f"thing.{name}")


def _called(value: Any) -> Any:
    """What a function gives, where a template may call it."""
    if getattr(value, "do_not_call_in_templates", False):
        return value
    return _look_around(_Alone(called=value), "called")


def show(value: Any, context: Context) -> str:
    """A value as it stands in HTML."""
    kind = type(value)
    if kind is str:
        return escape(value) if _to_escape(value) else value
    if kind is SafeString:
        return value
    if kind is int and not settings.USE_THOUSAND_SEPARATOR:
        return str(value)
    if value is MISSING:
        return ""
    return render_value_in_context(value, context)


def filtered(filters: list, value: Any, context: Context, given: tuple) -> Any:
    """A value after its filters, as `FilterExpression.resolve` does it; `given` are their arguments."""
    arguments = iter(given)
    for function, wanted in filters:
        more = [next(arguments) for _one in wanted]
        if getattr(function, "expects_localtime", False):
            value = template_localtime(value, context.use_tz)
        options = {"autoescape": True} if getattr(function, "needs_autoescape", False) else {}
        new = function(value, *more, **options)
        value = mark_safe(new) if getattr(function, "is_safe", False) and isinstance(value, SafeData) else new  # noqa: S308
    return value


def argument(value: Any) -> Any:
    """What a filter is given: unlike the value that it works on it has to be there."""
    if value is MISSING:
        raise VariableDoesNotExist("A filter's argument is not in the context")
    return value


def items(values: Any) -> Any:
    """What a loop goes through."""
    if values is MISSING or values is None:
        return ()
    return values if hasattr(values, "__len__") else list(values)


def otherwise(value: Any, instead: Any) -> Any:
    return instead if value is MISSING else value


def holds(compare: Any, one: Any, other: Any) -> bool:
    """Whether a comparison holds; one that can't be made doesn't."""
    try:
        return compare(otherwise(one, None), otherwise(other, None))
    except Exception:  # noqa: BLE001 - as Django's
        return False


def outside(node: Node, context: Context, names: dict[str, Any]) -> Any:
    """What Django renders of a node, to which our own names are told."""
    with context.push(**{name: value for name, value in names.items() if value is not MISSING}):
        return node.render_annotated(context)


def set_outside(node: Node, context: Context, names: dict[str, Any], name: str) -> Any:
    """What a node puts into the context under a name."""
    with context.push(**{name: value for name, value in names.items() if value is not MISSING}):
        node.render_annotated(context)
        return context[name]


_said: dict[tuple, Any] = {}


def said(node: TranslateNode, context: Context, language: str | None) -> str:
    """What a node says, or keeps under a name, that says the same on every page but for the language."""
    key = node, language
    if key not in _said:
        with context.push():
            rendered = node.render(context)
            _said[key] = context[node.asvar] if node.asvar else rendered
    return _said[key]


def sentence(singular: str, plural: str, count: Any, language: str | None, values: dict[str, str]) -> str:
    """A translated sentence with what stands in its places; in the words of the code where a translation is broken."""
    try:
        return (ngettext(singular, plural, count) if plural else _translated(singular, language)) % values
    except (KeyError, ValueError):
        with override(None):
            return (ngettext(singular, plural, count) if plural else gettext(singular)) % values


@cache
def _translated(text: str, language: str | None) -> str:
    return gettext(text)


def number(value: Any, name: str) -> Any:
    """What a sentence counts by; only a number."""
    if not isinstance(value, Decimal | float | int):
        raise TemplateSyntaxError(f"{name!r} argument to a translated sentence must be a number.")
    return value


def csrf(node: Node, context: Context) -> str:
    """The hidden field against forged requests: one for all forms of a page."""
    kept: dict[Any, Any] = context.render_context.dicts[0]
    if csrf not in kept:
        kept[csrf] = node.render(context)
    return kept[csrf]


def address(name: str, given: tuple) -> Any:
    """The address of a name."""
    return address_of(name, *given)


def address_or_nothing(name: str, given: tuple) -> str:
    try:
        return address_of(name, *given)
    except NoReverseMatch:
        return ""


shown_address = conditional_escape
