"""What apps above `messaging` know of messages.

An app adds its function in `ready()`.
"""

from collections.abc import Callable

holds: list[Callable] = []
"""Called as `holds(message)`: whether its files have to stay when it is deleted, since somebody reported it."""
