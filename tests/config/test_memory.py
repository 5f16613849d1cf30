"""A worker gives back to the system what it needed once."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import psutil
from config.memory import EVERY, give_back_now_and_then, use_one_heap

use_one_heap()
held = lambda: psutil.Process().memory_info().rss / 2**20
many = [bytearray(900) for _ in range(100_000)]
kept = many[::100]  # so that the heap can't just end earlier
del many
before = held()
for _ in range(EVERY - 1):
    give_back_now_and_then()
between = held()
give_back_now_and_then()
print(before, between, held())
"""


def test_what_was_needed_once_is_given_back_after_so_many_requests():
    home = Path(__file__).resolve().parents[2]
    told = subprocess.run([sys.executable, "-c", PROGRAM], cwd=home, capture_output=True, text=True, check=True).stdout
    before, between, after = map(float, told.split())
    assert abs(between - before) < 5
    assert after < before - 40
