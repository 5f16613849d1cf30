"""What apps above `communities` want done when something happens to an organization, in the same transaction."""

from collections.abc import Callable

on_merge: list[Callable] = []
"""Called as `move(from_=…, into=…)`: give what refers to one organization's page to the other's."""
