"""What apps above `accounts` want done when something happens to a member.

An app adds its function in `ready()`; it runs in the same transaction. `tests/architecture/test_registers.py`
lists all entries.
"""

from collections.abc import Callable

on_block: list[Callable] = []
"""Called as `end(blocker=…, blocked=…)`: end what stands between two members (product.md §14)."""

on_claim: list[Callable] = []
"""Called as `welcome(member=…)`: somebody from a roster claimed their account."""

on_address: list[Callable] = []
"""Called as `confirm(member=…, email=…)`: a member confirmed that an email address is theirs."""

on_followers_limited: list[Callable] = []
"""Called as `end(member=…)`: only connections may follow from now on; end the other follows, quiet ones too (§6)."""

on_departure: list[Callable] = []
"""Called as `erase(member=…)` before an account is deleted for good: remove what doesn't go with the row, as files."""
