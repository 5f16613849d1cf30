"""Every phrase of the lists can be found: an example is made for each of its words, and the list finds it."""

import re

import pytest

from network.coach.note import Note
from network.coach.patterns import KINDS, Patterns
from network.coach.vocabulary import FOLDER, entries

PITCH = [f"pitch/{path.stem}" for path in sorted(FOLDER.glob("en/pitch/*"))]
LISTS = ["who", "wishes", "empty", "specific", "topics", *PITCH]
PIECES = re.compile(r"\(|\)|\[|\]|\||<\w+>|~\d?|\^|\$|!|[^\s()\[\]|<>~^$!]+")
EXAMPLES = {
    "me": "Tomasina", "you": "Jane", "name": "Quillon", "role": "nurse", "work": "podcast", "topic": "beehives",
    "event": "conference", "news": "promotion", "day": "yesterday", "doing": "campaigning", "number": "200",
    "thing": "beehives", "does": "carve", "did": "repaired",
}  # fmt: skip


def examples(line: str) -> list[str]:
    """Return texts that the phrase should find, so many that each of its alternatives is in one."""
    pieces = PIECES.findall(line)

    def choice(at: int, turn: int, end: str) -> tuple[list[str], int, int]:
        options, words, most = [], [], 1
        while at < len(pieces) and pieces[at] != end:
            piece = pieces[at]
            at += 1
            if piece == "!":  # what mustn't follow
                at = choice(at + 1, turn, ")")[1] if pieces[at] == "(" else at + 1
            elif piece == "|":
                options.append(words)
                words = []
            elif piece in "([":
                inner, at, count = choice(at, turn, ")" if piece == "(" else "]")
                words += inner
                most = max(most, count)
            elif piece[0] == "<":
                words.append(EXAMPLES[piece[1:-1]])
            elif piece.endswith("*"):
                words.append(piece[:-1] + "x")
            elif piece[0] not in "~^$":
                words.append(piece)
        options.append(words)
        return options[turn % len(options)], at + 1, max(most, len(options))

    most = choice(0, 0, "")[2]
    return [" ".join(choice(0, turn, "")[0]) for turn in range(most)]


def _finds(line: str, text: str) -> bool:
    note = Note(text, recipient="Jane Doe", sender="Tomasina Hall")
    note.language = "en"
    return any(True for _place in Patterns([line]).find(note.places, note.text))


@pytest.mark.parametrize("name", LISTS)
def test_every_phrase_finds_its_examples(name):
    lost = [
        (text, line)
        for line in entries(FOLDER / "en" / f"{name}.txt")
        for text in examples(line)
        if not any(_finds(line, said) for said in (text, f"{text} there"))  # some mustn't end the sentence
    ]
    assert not lost


def test_every_kind_has_an_example():
    assert set(EXAMPLES) == set(KINDS)
