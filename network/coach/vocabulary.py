"""The lists under `words/`: one folder for each language, one entry a line; what follows a # is a remark."""

from functools import cache
from pathlib import Path

from network.coach.patterns import Patterns
from network.coach.plain import plain

FOLDER = Path(__file__).parent / "words"


def entries(path: Path) -> list[str]:
    """Return the entries of one list; none if the language has no such list."""
    if not path.exists():
        return []
    lines = (line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


@cache
def languages() -> list[str]:
    """Return the codes of all languages that the coach can tell apart."""
    return sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


@cache
def understood() -> frozenset[str]:
    """Return the codes of the languages whose phrases are there, so that every line can be judged."""
    return frozenset(code for code in languages() if (FOLDER / code / "who.txt").exists())


@cache
def words(language: str, name: str) -> frozenset[str]:
    """Return the words of a list; several may share a line."""
    return frozenset(plain(word) for line in entries(FOLDER / language / f"{name}.txt") for word in line.split())


@cache
def words_of_all(name: str) -> frozenset[str]:
    """Return the words of a list in all languages: people greet in one language and write in another."""
    return frozenset().union(*(words(language, name) for language in languages()))


@cache
def phrases(language: str, name: str) -> Patterns:
    """Return the phrases of a list, ready to be looked for."""
    return Patterns(entries(FOLDER / language / f"{name}.txt"))


@cache
def pairs(language: str, name: str) -> dict[str, str]:
    """Return a list whose lines read "what = how it is read"."""
    lines = (line.split("=") for line in entries(FOLDER / language / f"{name}.txt"))
    return {left.strip(): right.strip() for left, right in lines}


@cache
def groups(name: str) -> dict[str, frozenset[int]]:
    """Return, for each word of a list in all languages, the numbers of the lines that it stands in."""
    found: dict[str, set[int]] = {}
    number = 0
    for language in languages():
        for line in entries(FOLDER / language / f"{name}.txt"):
            number += 1
            for word in line.split():
                found.setdefault(plain(word), set()).add(number)
    return {word: frozenset(lines) for word, lines in found.items()}
