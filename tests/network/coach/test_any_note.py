"""Whatever somebody types: five lines, quickly, the same each time, whose marks lie inside the note."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from network.coach import coach
from network.coach.vocabulary import FOLDER, entries, understood

KEYS = ["name", "short", "who", "specific", "no_pitch"]
PHRASES = sorted({word for path in FOLDER.rglob("*.txt") for line in entries(path) for word in line.split()})
words = st.sampled_from([*PHRASES, "Jane", "Tom", ".", "!", "\n", "🎉", "$5", "https://x.co", "J.", "’", "\u202e"])
notes = st.text(max_size=400) | st.lists(words, max_size=70).map(" ".join) | st.lists(words, max_size=70).map("".join)


@given(
    note=notes,
    recipient=st.text(max_size=30) | st.sampled_from(["Jane Doe", "王小明", "J"]),
    sender=st.text(max_size=30),
)
@settings(max_examples=150, deadline=None)
def test_it_never_fails_and_marks_lie_inside(note, recipient, sender):
    lines = coach(note, recipient=recipient, sender=sender)
    assert [line.key for line in lines] == KEYS
    for line in lines:
        assert line.reason
        places = [place for mark in line.marks for place in mark]
        assert places == sorted(set(places))
        assert all(0 <= place <= len(note) for place in places)
        assert not line.marks or line.ok is False
    assert lines == coach(note, recipient=recipient, sender=sender)


HOSTILE = {
    "one letter": "a",
    "spaces": " ",
    "full stops": ".",
    "line breaks": "\n ",
    "digits": "1",
    "sums": "$1.",
    "dots in a word": "a.",
    "at signs": "a@",
    "brackets": "((",
    "emoji": "🎉 ",
    "accents": "e\u0301",
    "greetings": "hi ",
    "names": "Jane ",
    "beginnings of phrases": "i also we both have ",
    "your": "your ",
    "work": "work on ",
    "quick": "quick 15 minute ",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_its_time_grows_no_faster_than_the_note(name):
    """Only the first thousand characters are read, and none of them sends it astray."""
    note = (HOSTILE[name] * 100_000)[:100_000]
    seconds_for(note[:100])  # compiles what is needed
    assert seconds_for(note) < 2 * seconds_for(note[:1_000]) + 0.02
    assert seconds_for(note[:1_000]) < 1


def seconds_for(note: str) -> float:
    """The processor's time for a note, the least of three."""
    taken = []
    for _again in range(3):
        started = time.process_time()
        coach(note, recipient="Jane Doe", sender="Tom Hall")
        taken.append(time.process_time() - started)
    return min(taken)


def test_every_language_that_is_understood_has_all_its_lists():
    for code in understood():
        for name in ("ordinary", "vague", "who", "wishes", "empty", "specific", "topics", "pitch/not", "pitch/sales"):
            assert entries(FOLDER / code / f"{name}.txt"), (code, name)
