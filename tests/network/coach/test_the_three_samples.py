"""The three messages that the source gives as good ones.

Two reach all five lines. The first has four sentences, "I hope you are doing well!" being one of them: it misses
"short", which the same source asks for ("1-2 sentences max"), and would reach it without its first or its last.
"""

from network.coach import coach

FIRST = (
    "Hi Jane, I hope you are doing well! It was great meeting you last week at the Digital Media conference. "
    "I enjoyed our conversation about leveraging social media. I’d like to stay in touch."
)
SECOND = (
    "John, I see you also went to the University of Michigan – go blue! As a fellow alumni I’d be happy to connect."
)
THIRD = (
    "Hi Alex, Bill Chen mentioned that I should connect with you about potentially partnering on mobile projects. "
    "I look forward to discussing further!"
)


def kept(note: str, recipient: str) -> list[str]:
    return [line.key for line in coach(note, recipient=recipient, sender="Tom Hall") if line.ok]


def test_two_reach_all_five_lines():
    assert kept(SECOND, "John Smith") == kept(THIRD, "Alex Roe") == ["name", "short", "who", "specific", "no_pitch"]


def test_the_first_misses_short_alone():
    assert kept(FIRST, "Jane Doe") == ["name", "who", "specific", "no_pitch"]


def test_the_first_is_short_without_its_last_sentence():
    assert "short" in kept(FIRST.removesuffix(" I’d like to stay in touch."), "Jane Doe")
