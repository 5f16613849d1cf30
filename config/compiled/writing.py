"""Writes the function of a template: Python that does what its nodes say."""

import operator
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.template import Engine
from django.template.base import FilterExpression, Node, NodeList, TextNode, Variable, VariableNode
from django.template.context import Context
from django.template.defaulttags import (
    CommentNode,
    CsrfTokenNode,
    CycleNode,
    ForNode,
    IfChangedNode,
    IfNode,
    LoadNode,
    PartialDefNode,
    ResetCycleNode,
    TemplateLiteral,
    URLNode,
    WithNode,
)
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode, construct_relative_path
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.utils.html import conditional_escape
from django.utils.translation import get_language

from config.compiled import running
from config.compiled.loading import as_written, one_function
from config.compiled.scopes import Scope

COMPARISONS = {
    "==": operator.eq, "!=": operator.ne, ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le,
    "is": operator.is_, "is not": operator.is_not, "in": lambda one, other: one in other,
    "not in": lambda one, other: one not in other,
}  # fmt: skip
DEEPEST = 12
"""How deep inclusions go before they are left to Django: a template may include itself."""


class LeaveIt(Exception):
    """A piece of a template is left to Django."""


def written(nodes: NodeList, engine: Engine) -> Callable[[Context], str]:
    """Return the function that renders nodes."""
    writer = _Writer(engine)
    writer.nodes(nodes, Scope())
    return writer.function()


class _Writer:
    """The lines of a function, and the things that they mention."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.lines: list[str] = []
        self.text = ""
        self.indent = 1
        self.depth = 0
        self.many = 0
        self.set_here: list[str] = []
        self.things: dict[str, Any] = {name: getattr(running, name) for name in dir(running) if name[0] != "_"}
        self.things["get_language"] = get_language

    def function(self) -> Callable[[Context], str]:
        self.flush()
        start = ["def render(context):", " out = []", " add = out.append", " language = get_language()"]
        set_here = [f" {name} = MISSING" for name in self.set_here]
        source = "\n".join([*start, *set_here, *self.lines, " return ''.join(out)"])
        exec(compile(source, "<template>", "exec"), self.things)  # noqa: S102 - our own templates
        return self.things["render"]

    def line(self, line: str) -> None:
        self.flush()
        self.lines.append(" " * self.indent + line)

    def add(self, expression: str) -> None:
        self.line(f"add({expression})")

    def flush(self) -> None:
        if self.text:
            text, self.text = self.text, ""
            self.lines.append(" " * self.indent + f"add({text!r})")

    def name(self) -> str:
        self.many += 1
        return f"v{self.many}"

    def set_name(self, name: str, scope: Scope) -> str:
        """The local name of what a node sets; nothing where it is asked for and wasn't set."""
        self.set_here.append(self.name())
        scope.names[name] = self.set_here[-1]
        return self.set_here[-1]

    def thing(self, thing: Any) -> str:
        """The name under which the function knows a thing."""
        name = f"t{len(self.things)}"
        self.things[name] = thing
        return name

    @contextmanager
    def block(self, opening: str) -> Iterator[None]:
        self.line(opening)
        self.indent += 1
        yield
        self.line("pass")
        self.indent -= 1

    def nodes(self, nodes: NodeList, scope: Scope) -> None:
        for node in as_written(nodes):
            self.node(node, scope)

    def node(self, node: Node, scope: Scope) -> None:
        """Write a node, or, if something in it isn't known here, the call of Django's."""
        write = WAYS.get(type(node))
        if write is None:
            return self.outside(node, scope)
        before = len(self.lines), self.text, self.indent, self.depth, dict(scope.names)
        try:
            write(self, node, scope)
        except LeaveIt:
            many, self.text, self.indent, self.depth, names = before
            del self.lines[many:]
            scope.names.clear()
            scope.names.update(names)
            self.outside(node, scope)

    def outside(self, node: Node, scope: Scope) -> None:
        if scope.is_alone:
            raise LeaveIt
        name = _set_by(node)
        if name and scope.is_own:
            value = f"set_outside({self.thing(node)}, context, {scope.told()}, {name!r})"
            self.line(f"{self.set_name(name, scope)} = {value}")
            return
        _compile_inside(node, self.engine)
        if scope.names:
            self.add(f"outside({self.thing(node)}, context, {scope.told()})")
        else:
            self.add(f"{self.thing(node)}.render_annotated(context)")

    # Expressions

    def value(self, expression: Any, scope: Scope, *, missing: str = "''") -> str:
        """Return the Python of an expression; what isn't there is MISSING, or, for a filter, as `missing` says."""
        value = self.variable(expression.var, scope) if expression.is_var else self.thing(expression.var)
        if not expression.filters:
            return value
        given = [
            f"argument({self.variable(argument, scope)})" if is_looked_up else self.thing(running.mark_safe(argument))
            for _function, arguments in expression.filters
            for is_looked_up, argument in arguments
        ]
        filters = self.thing(expression.filters)
        return f"filtered({filters}, otherwise({value}, {missing}), context, ({''.join(f'{one}, ' for one in given)}))"

    def variable(self, variable: Variable, scope: Scope) -> str:
        if variable.translate:
            return f"{self.thing(variable)}.resolve(context)"
        if variable.lookups is None:
            return self.thing(variable.literal)
        name, *rest = variable.lookups
        value = scope.first(name)
        for bit in rest:
            value = f"look({value}, {bit!r})"
        return value

    def condition(self, condition: Any, scope: Scope) -> str:
        if isinstance(condition, TemplateLiteral):
            return self.value(condition.value, scope, missing="None")
        one = self.condition(condition.first, scope)
        if condition.id == "not":
            return f"(not {one})"
        other = self.condition(condition.second, scope)
        if condition.id in ("and", "or"):
            return f"({one} {condition.id} {other})"
        return f"holds({self.thing(COMPARISONS[condition.id])}, {one}, {other})"

    # Nodes

    def write_text(self, node: TextNode, scope: Scope) -> None:
        self.text += node.s

    def write_nothing(self, node: Node, scope: Scope) -> None:
        pass

    def write_variable(self, node: VariableNode, scope: Scope) -> None:
        self.add(f"show({self.value(node.filter_expression, scope)}, context)")

    def write_if(self, node: Any, scope: Scope) -> None:
        for number, (condition, nodes) in enumerate(node.conditions_nodelists):
            word = "if" if number == 0 else "elif"
            opening = "else:" if condition is None else f"{word} {self.condition(condition, scope)}:"
            with self.block(opening):
                self.nodes(nodes, scope)

    def write_for(self, node: Any, scope: Scope) -> None:
        if _mentions_its_loop(node):
            raise LeaveIt
        values, names = self.name(), {name: self.name() for name in node.loopvars}
        self.line(f"{values} = items({self.value(node.sequence, scope, missing='None')})")
        start, inner = len(self.lines), scope.within(names)
        each = ", ".join(names.values())
        with self.block(f"for {each} in {f'reversed({values})' if node.is_reversed else values}:"):
            self.nodes(node.nodelist_loop, inner)
        for name in inner.names.keys() - scope.names.keys() - names.keys():
            self.lines.insert(start, f"{' ' * self.indent}{inner.names[name]} = MISSING")
        if node.nodelist_empty:
            with self.block(f"if not len({values}):"):
                self.nodes(node.nodelist_empty, scope)

    def write_with(self, node: WithNode, scope: Scope) -> None:
        self.nodes(node.nodelist, scope.within(self.given(node.extra_context, scope)))

    def given(self, expressions: dict[str, FilterExpression], scope: Scope) -> dict[str, str]:
        """Write down what is given under names, and return the names with Python's."""
        names = {}
        for name, expression in expressions.items():
            names[name] = self.name()
            self.line(f"{names[name]} = otherwise({self.value(expression, scope)}, '')")
        return names

    def write_include(self, node: Any, scope: Scope) -> None:
        name = node.template.var
        if node.template.is_var or node.template.filters or self.depth > DEEPEST:
            raise LeaveIt
        nodes = as_written(self.engine.get_template(construct_relative_path(node.origin.template_name, name)).nodelist)
        if nodes.get_nodes_by_type(BlockNode) or nodes.get_nodes_by_type(ExtendsNode):
            raise LeaveIt
        self.depth += 1
        names = self.given(node.extra_context, scope)
        self.nodes(nodes, Scope(names, is_own=True, is_alone=True) if node.isolated_context else scope.within(names))
        self.depth -= 1

    def write_partial(self, node: PartialDefNode, scope: Scope) -> None:
        if node.inline:
            self.nodes(node.nodelist, scope)

    def write_csrf(self, node: CsrfTokenNode, scope: Scope) -> None:
        if not scope.is_alone:
            self.add(f"csrf({self.thing(node)}, context)")

    def write_static(self, node: StaticNode, scope: Scope) -> None:
        if node.varname or node.path.is_var or node.path.filters:
            raise LeaveIt
        self.text += conditional_escape(StaticNode.handle_simple(node.path.var))

    def write_translation(self, node: TranslateNode, scope: Scope) -> None:
        expression = node.filter_expression
        if expression.filters or node.message_context or not expression.is_var or expression.var.literal is None:
            raise LeaveIt
        said = f"said({self.thing(node)}, context, language)"
        if node.asvar:
            self.keep(said, node.asvar, scope)
        else:
            self.add(said)

    def write_sentence(self, node: BlockTranslateNode, scope: Scope) -> None:
        """A translated sentence, with what stands in its places; perhaps one for one and one for many."""
        if node.message_context or bool(node.plural) != bool(node.counter and node.countervar):
            raise LeaveIt
        inner = scope.within(self.given(node.extra_context, scope))
        singular, places = node.render_token_list(node.singular)
        plural, count = "", "0"
        if node.plural:
            plural, more = node.render_token_list(node.plural)
            places, count = [*places, *more], self.name()
            self.line(f"{count} = number({self.value(node.counter, inner)}, {node.countervar!r})")
            inner = inner.within({str(node.countervar): count})
        values = ", ".join(f"{place!r}: show({inner.first(place)}, context)" for place in dict.fromkeys(places))
        said = f"sentence({self.thing(singular)}, {self.thing(plural)}, {count}, language, {{{values}}})"
        if node.asvar:
            self.keep(f"mark_safe({said})", node.asvar, scope)
        else:
            self.add(said)

    def write_address(self, node: URLNode, scope: Scope) -> None:
        if node.view_name.is_var or node.view_name.filters or ":" in node.view_name.var or node.kwargs:
            raise LeaveIt
        given = "".join(f"otherwise({self.value(each, scope)}, ''), " for each in node.args)
        value = f"{'address_or_nothing' if node.asvar else 'address'}({self.thing(node.view_name.var)}, ({given}))"
        if node.asvar:
            self.keep(value, node.asvar, scope)
        else:
            self.add(f"shown_address({value})")

    def keep(self, value: str, name: str, scope: Scope) -> None:
        """Put a value under a name that a tag gives it."""
        target = self.set_name(name, scope) if scope.is_own else f"context[{name!r}]"
        self.line(f"{target} = {value}")


WAYS: dict[type[Node], Callable[[_Writer, Any, Scope], None]] = {
    TextNode: _Writer.write_text,
    VariableNode: _Writer.write_variable,
    IfNode: _Writer.write_if,
    ForNode: _Writer.write_for,
    WithNode: _Writer.write_with,
    IncludeNode: _Writer.write_include,
    PartialDefNode: _Writer.write_partial,
    CsrfTokenNode: _Writer.write_csrf,
    StaticNode: _Writer.write_static,
    TranslateNode: _Writer.write_translation,
    BlockTranslateNode: _Writer.write_sentence,
    URLNode: _Writer.write_address,
    LoadNode: _Writer.write_nothing,
    CommentNode: _Writer.write_nothing,
}


def _set_by(node: Node) -> str | None:
    """The name that a node puts into the context."""
    for attribute in ("asvar", "varname", "variable", "variable_name", "var_name", "target_var"):
        if name := getattr(node, attribute, None):
            return name
    return None


def _mentions_its_loop(node: ForNode) -> bool:
    """Whether anything within a loop asks how far it is. A loop within asks about itself, unless by `parentloop`."""
    return any(_mentions(inner, "forloop") for inner in [*node.nodelist_loop, *node.nodelist_empty])


def _mentions(node: Any, word: str) -> bool:
    texts = [node.token.contents] if node.token else []
    if isinstance(node, BlockTranslateNode):
        texts += [token.contents for token in [*node.singular, *(node.plural or [])]]
    if any(word in text for text in texts):
        return True
    if isinstance(node, ForNode):
        word = "parentloop"
    elif isinstance(node, CycleNode | IfChangedNode | ResetCycleNode):
        return word == "forloop"
    return any(
        _mentions(inner, word)
        for name in node.child_nodelists
        for inner in as_written(getattr(node, name, None) or NodeList())
    )


def _compile_inside(node: Node, engine: Engine) -> None:
    """Compile what stands within a node that Django renders."""
    if isinstance(node, IfNode):
        node.conditions_nodelists = [
            (condition, one_function(nodes, engine)) for condition, nodes in node.conditions_nodelists
        ]
        return
    for name in node.child_nodelists:
        nodes = getattr(node, name, None)
        if isinstance(nodes, NodeList) and nodes:
            setattr(node, name, one_function(nodes, engine))
