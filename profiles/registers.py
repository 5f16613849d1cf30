"""What apps above `profiles` want done when a CV changes, in the same transaction."""

from collections.abc import Callable

on_position: list[Callable] = []
"""Called as `say(position=…, words=…)` when a position was added or changed: announce what its member ticked, and
take back what they ticked no more. `words` is a sentence of theirs that goes with what is announced now."""
