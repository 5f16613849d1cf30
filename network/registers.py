"""What apps above `network` add to it: what is done when two members connect, further ways to reach somebody, and
what they know of who answered whom.

An app adds its function in `ready()`; what is done runs in the same transaction.
"""

from collections.abc import Callable

on_connect: list[Callable] = []
"""Called as `open(one=…, other=…, request=ConnectionRequest | None, at=datetime)`."""

ways: list[Callable] = []
"""Called as `more(member=…, viewer=…)`: a list of `network.ways.Way` that are open to the viewer."""

exchanges: list[Callable] = []
"""Called as `find(member=…, others=numbers, or a QuerySet of them, since=datetime)`: with whom of the others a
member exchanged answers, each at least one, as far as the member may see them: a dict of numbers and of how many days.
"""
