"""Line 2: one or two sentences, three at the most."""

import pytest

from network.coach.lines.short import counted, judge
from network.coach.note import Note


def read(note: str) -> Note:
    return Note(note, recipient="Jane Doe", sender="Tom Hall")


@pytest.mark.parametrize(
    ("note", "count"),
    [
        ("We met.", 1),
        ("We met. It was good", 2),
        ("Hi Jane! We met.", 1),
        ("Hi Jane. We met.", 1),
        ("Good morning Dr. Doe! We met.", 1),
        ("Hi Jane, I hope you are doing well! We met.", 2),
        ("We met. Best wishes, Tom", 1),
        ("We met.\nKind regards\nTom Hall", 1),
        ("We met. Thanks!", 1),
        ("We met. Thanks for the paper!", 2),
        ("Dr. Lee and Prof. Ng met Mr. J. R. Fox at St. Anne's.", 1),
        ("I am at the Univ. of Leeds, dept. of physics.", 1),
        ("I like trees, e.g. oaks, i.e. big ones vs. small ones.", 1),
        ("I left the U.S. in 2012. It was hot.", 2),
        ("I left the U.S. Navy.", 1),
        ("I left the U.S. We met.", 2),
        ("We grew 3.5 percent.", 1),
        ("See https://example.org/a.b?c=d!e and www.example.com. It is good.", 2),
        ("Node.js is what I use.", 1),
        ("So ... we met", 1),
        ("So... We met", 2),
        ("Really?! Yes!!!", 2),
        ("I read “Who owns AI?” twice.", 1),
        ("I was at Yahoo! until 2010.", 1),
        ("we met.it was good", 1),
        ("We met.It was good.We talked.", 3),
        ("hi jane. we met. it was good", 2),
        ("We met 🙂 It was good", 2),
        ("Dear Jane,\nwe met\nin Leeds.\nIt was good", 2),
        ("Topics:\n1. Trees\n2. Rivers", 2),
        ("我们见过。很高兴！你好吗？", 3),
        ("हम मिले। अच्छा लगा।", 2),
        ("هل التقينا؟ نعم.", 2),
        ("🎉🎉 ... !!!", 0),
        ("", 0),
    ],
)
def test_how_many_sentences_count(note, count):
    assert len(counted(read(note))) == count


def test_three_sentences_are_short_and_four_are_not():
    assert judge(read("One is. Two are. Three are.")).ok is True
    line = judge(read("One is. Two are. Three are. Four are."))
    assert line.ok is False
    assert "4" in line.reason
    assert line.words("One is. Two are. Three are. Four are.") == ["Four are."]


def test_more_characters_than_a_note_may_have_are_too_many():
    note = "word " * 61
    assert judge(read(note)).ok is False
