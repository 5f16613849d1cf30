"""What apps above `network` add to it: what is done when two members connect, and further ways to reach somebody.

An app adds its function in `ready()`; what is done runs in the same transaction.
"""

from collections.abc import Callable

on_connect: list[Callable] = []
"""Called as `open(one=…, other=…, request=ConnectionRequest | None, at=datetime)`."""

ways: list[Callable] = []
"""Called as `more(member=…, viewer=…)`: a list of `network.ways.Way` that are open to the viewer."""
