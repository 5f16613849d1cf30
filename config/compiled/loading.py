"""The loader of compiled templates, and what stands in them in the place of Django's nodes."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.template import Engine, Template
from django.template.base import Node, NodeList
from django.template.context import Context
from django.template.loader_tags import ExtendsNode
from django.template.loaders import cached


class Loader(cached.Loader):
    """Keeps templates as Django's loader does, each compiled when it is first rendered."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        is_known = self.cache_key(template_name, skip) in self.get_template_cache
        template = super().get_template(template_name, skip)
        if not is_known:
            compile_later(template, self.engine)
        return template


def compile_later(template: Template, engine: Engine) -> None:
    """Put functions in the place of a template's nodes, its blocks' if it extends another, and its partials'."""
    for partial in template.extra_data.get("partials", {}).values():
        partial.nodelist = one_function(partial.nodelist, engine)
    extending: list[Any] = template.nodelist.get_nodes_by_type(ExtendsNode)
    for node in extending:
        for block in node.blocks.values():
            block.nodelist = one_function(block.nodelist, engine)
    if not extending:
        template.nodelist = one_function(template.nodelist, engine)


def one_function(nodes: NodeList, engine: Engine) -> NodeList:
    """Nodes as one that runs as a function."""
    if is_compiled(nodes):
        return nodes
    return NodeList([Compiled(nodes, engine)])


def is_compiled(nodes: NodeList) -> bool:
    return len(nodes) == 1 and isinstance(nodes[0], Compiled)


def as_written(nodes: NodeList) -> NodeList:
    """Nodes as they were before they became one."""
    first: Any = nodes[0] if is_compiled(nodes) else None
    return first.nodelist if first else nodes


class Compiled(Node):
    """Nodes that run as one function, written when they are first rendered."""

    def __init__(self, nodes: NodeList, engine: Engine) -> None:
        self.nodelist, self.engine = nodes, engine

    @cached_property
    def function(self) -> Callable[[Context], str]:
        from config.compiled.writing import written

        return written(self.nodelist, self.engine)

    def render(self, context: Context) -> str:
        if not context.autoescape:
            return self.nodelist.render(context)
        return self.function(context)
