"""What members say: updates for all audiences, reposts, and what is said in groups and for organizations."""

from collections import deque
from functools import cache
from itertools import accumulate

from accounts.audiences import Audience
from benchmarks.loading import copy, without_indexes, words_of
from benchmarks.names import WORDS
from benchmarks.steps.groups import EACH, group_of, member_of
from benchmarks.steps.people import unequal
from feed.models import Post

TEXTS = 5_000
"""So many different ones there are."""
PASSED_ON, IN_GROUPS, BY_ORGANIZATIONS = 0.08, 0.04, 0.01


def write(made) -> None:
    many = made.members * made.posts
    with without_indexes(Post):
        copy(Post, many, _posts(made, many))


def _posts(made, many: int):
    dice, members, texts = made.dice("posts"), made.members, sentences(made, TEXTS)
    busy = list(accumulate(min(dice.lognormvariate(0, 1), 40.0) for _member in range(members)))
    passable: deque[int] = deque(maxlen=2_000)  # the newest that may be passed on
    authors, passed = iter(()), set()
    for number in range(1, many + 1):
        author = next(authors, None)
        if author is None:
            authors = iter(dice.choices(range(1, members + 1), cum_weights=busy, k=100_000))
            author = next(authors)
        text, words = dice.choice(texts)
        kind = dice.random()
        row = {"id": number, "author_id": author, "text": text, "words": words,
               "posted_at": made.now - made.since(number / many), "audience": _audience(dice)}  # fmt: skip
        if kind < PASSED_ON and passable:
            row |= {"repost_of_id": dice.choice(passable), "audience": Audience.MEMBERS}
            if dice.random() < 0.6 and (author, row["repost_of_id"]) not in passed:
                passed.add((author, row["repost_of_id"]))
                row |= {"text": "", "words": ""}
        elif kind > 1 - IN_GROUPS:
            place = dice.randint(1, made.groups * EACH)
            row |= {"author_id": member_of(place, members), "group_id": group_of(place), "audience": Audience.GROUP}
        elif kind > 1 - IN_GROUPS - BY_ORGANIZATIONS:
            row |= {"organization_id": dice.randint(1, made.organizations), "audience": Audience.MEMBERS}
        elif row["audience"] != Audience.CONNECTIONS:
            passable.append(number)
        yield row


def _audience(dice) -> str:
    drawn = dice.random()
    return Audience.PUBLIC if drawn < 0.3 else Audience.MEMBERS if drawn < 0.7 else Audience.CONNECTIONS


@cache
def sentences(made, many: int) -> list[tuple[str, str]]:
    """Texts of one to four sentences, each with its words as search stores them."""
    dice = made.dice("texts")
    texts = [" ".join(_sentence(dice) for _one in range(dice.randint(1, 4))) for _text in range(many)]
    return [(text, words_of([text])) for text in texts]


def _sentence(dice) -> str:
    return " ".join(unequal(dice, WORDS) for _word in range(dice.randint(6, 18))).capitalize() + "."
