"""Rows that break constraints, by the constraint's name; each is made by a function of two members."""

from collections.abc import Callable

BREAKERS: dict[str, Callable] = {}


def breaks(name: str) -> Callable:
    def keep(breaker: Callable) -> Callable:
        BREAKERS[name] = breaker
        return breaker

    return keep


def twice(model, **fields) -> None:
    model.objects.create(**fields)
    model.objects.create(**fields)
