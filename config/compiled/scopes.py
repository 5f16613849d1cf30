"""Which names of a template are Python's own in its function, and which are looked up in the context."""

from dataclasses import dataclass, field, replace


@dataclass
class Scope:
    """The names that are local, each with its expression.

    `is_own`: whether names that are set here are local; otherwise they are put into the context. `is_alone`: whether
    there is nothing but them, as in what is included with `only`.
    """

    names: dict[str, str] = field(default_factory=dict)
    is_own: bool = False
    is_alone: bool = False

    def within(self, names: dict[str, str]) -> "Scope":
        return replace(self, names=self.names | names, is_own=True)

    def told(self) -> str:
        """The names as a node of Django is told of them."""
        return "{" + ", ".join(f"{name!r}: {value}" for name, value in self.names.items()) + "}"

    def first(self, name: str) -> str:
        if name in self.names:
            return self.names[name]
        if self.is_alone:
            return name if name in ("True", "False", "None") else "MISSING"
        return f"first(context, {name!r})"
