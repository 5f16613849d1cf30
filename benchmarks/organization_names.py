"""Draws 100 organizations of the reference network, each with the other names that are nearest, to be read by eye.

    python -m benchmarks.organization_names

It reads the sheets and needs no database. Which of the names stand for one organization only a reader knows;
see `docs/reference-network.md`.
"""

import csv
import difflib
import random
from collections import defaultdict

from accounts.names import fold
from benchmarks.reference_network import data_folder
from communities.names import organization_key

SAMPLE, SEED = 100, 100
CELLS = [("roster.csv", "Employer"), ("roster.csv", "School"), ("positions.csv", "Company Name")]
USUAL = 12
"""A word that more names than this have in common brings nobody nearer."""


def names_by_key() -> dict[str, set[str]]:
    """Every name of the sheets, those that are one name together."""
    found: dict[str, set[str]] = defaultdict(set)
    for file, column in CELLS:
        with (data_folder() / file).open(encoding="utf-8-sig", newline="") as sheet:
            for row in csv.DictReader(sheet):
                if name := " ".join(row[column].split()):
                    found[organization_key(name)].add(name)
    return found


def near(key: str, names: dict[str, set[str]], words: dict[str, set[str]]) -> list[str]:
    """Return other names that are written nearly the same, or share a word that few have."""
    alike = difflib.get_close_matches(key, names, n=5, cutoff=0.75)
    sharing = [other for word in _words(names[key]) if len(words[word]) <= USUAL for other in words[word]]
    return sorted({min(names[other]) for other in [*alike, *sharing] if other != key})


def _words(written: set[str]) -> set[str]:
    return {word for name in written for word in fold(name).split()}


def main() -> None:
    names = names_by_key()
    words: dict[str, set[str]] = defaultdict(set)
    for key, written in names.items():
        for word in _words(written):
            words[word].add(key)
    print(f"{sum(map(len, names.values())):,} names, {len(names):,} organizations; written in more than one way:")
    for written in names.values():
        if len(written) > 1:
            print("  " + " = ".join(sorted(written)))
    for key in random.Random(SEED).sample(sorted(names), SAMPLE):
        print(f"{min(names[key])}\n    " + " · ".join(near(key, names, words)))


if __name__ == "__main__":
    main()
