"""Points: what the words of a note add up to where no phrase is known, fitted to labelled notes."""

from pathlib import Path

import pytest

from network.coach import coach
from network.coach.note import Note
from network.coach.points import ENOUGH, features
from network.coach.vocabulary import pairs
from network.management.commands.fit_notes import fit
from network.management.commands.score_notes import read_rows

NOTES = sorted((Path(__file__).parent.parent / "notes").glob("*.csv"))
NO_PHRASE_KNOWS = "Jane, our gadgets tidy the cellars of vineyards overnight, and your first month costs nothing."


def lines(note: str, **more) -> dict:
    return {line.key: line for line in coach(note, recipient="Jane Doe", sender="Tom Hall", **more)}


def test_a_pitch_that_no_phrase_knows_fails_and_its_heaviest_words_are_marked():
    line = lines(NO_PHRASE_KNOWS)["no_pitch"]
    assert line.ok is False
    assert "costs" in " ".join(line.words(NO_PHRASE_KNOWS))
    assert "sell" in line.reason


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("Jane, an enviable post in our data function needs filling, and your résumé would suit.", "recruiter"),
        ("Jane, darling, such pretty eyes deserve dinner and wine with me.", "Keep to work"),
        ("Jane, I need somebody to sponsor me urgently, please answer me.", "presses"),
    ],
)
def test_the_reason_is_that_of_the_field_whose_words_it_has_most_of(note, said):
    line = lines(note)["no_pitch"]
    assert line.ok is False
    assert said in line.reason


def test_innocent_words_of_trade_are_no_pitch():
    for note in (
        "Jane, thanks for your talk on pricing for small bakeries, I was the one by the coffee urn.",
        "Jane, my product team and yours shared a wall at Skyscanner. How did the search rewrite end?",
        "Jane, you placed me at Ocado in 2015. Congratulations on running your own agency now!",
        "Jane, thank you for the interview in June and for the book on queueing.",
    ):
        assert lines(note)["no_pitch"].ok is True, note


def test_in_a_language_that_is_not_known_words_of_trade_are_still_a_pitch():
    line = lines("Hola Jane, te ofrecemos un software de facturación con descuento.")["no_pitch"]
    assert line.ok is False
    assert lines("Hola Jane, estudiamos juntas en la Complutense.")["no_pitch"].ok is None


def test_points_are_learned_from_notes():
    points = fit([["offer", "*"]] * 8 + [["thanks", "*"]] * 8, [True] * 8 + [False] * 8)
    assert points["offer"] > 0 > points["thanks"]


def test_the_points_are_those_that_the_labelled_notes_give():
    """Label more notes and run `manage.py fit_notes tests/network/notes/*.csv`; don't change a number."""
    labelled = [row for path in NOTES for _place, row in read_rows(path, many=True)]
    notes = [(row, Note(row["note"], recipient=row["recipient"], sender=row["sender"])) for row in labelled]
    known = [(row, sorted(features(note))) for row, note in notes if note.language]
    for line in ENOUGH:
        points = fit([found for _row, found in known], [row[line] == "0" for row, _found in known])
        kept = {feature: int(value) for feature, value in pairs("en", f"points/{line}").items()}
        apart = [key for key in points.keys() | kept.keys() if abs(points.get(key, 0) - kept.get(key, 0)) > 2]
        assert not apart, line  # arithmetic may round otherwise elsewhere
