"""Connect or follow? The table of product.md §4: one test a row, one for each order of precedence, and what is open."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.advice import Facts, Move, advise
from network.advice.moves import HOW
from network.advice.said import WHAT
from network.advice.table import TABLE

OPEN = {"name": "Lina", "may_ask": True, "may_follow": True}
THERE = {"organization": "Streamline"}

# in the order of §4: the row; what makes it hold; what is advised; the reason that is given
ROWS = {
    "follow_first": ({"asks_to_be_followed_first": True}, "follow", "Lina asks people to follow first."),
    "mutual": (
        {"mutual": "Tomasz Wiśniewski", "mutual_count": 3, "introducer": "Tomasz Wiśniewski"},
        "introduction",
        "You both know Tomasz Wiśniewski and 2 others.",
    ),
    "together": (
        {"together": "Both list Uppsala, 2006–2008", "together_as": "studied"},
        "connect",
        "Both list Uppsala, 2006–2008.",
    ),
    "business": ({"said": "business"}, "connect", "You say that you did business together."),
    "event": ({"event": "RiverConf", "event_days_ago": 7}, "talked", "You were both at RiverConf 7 days ago."),
    "talked": (
        {"event": "RiverConf", "event_days_ago": 1, "talked": True},
        "connect",
        "You talked at RiverConf yesterday.",
    ),
    "did_not_talk": (
        {"event": "RiverConf", "event_days_ago": 0, "talked": False},
        "follow",
        "You were both at RiverConf today, and didn’t talk.",
    ),
    "applied": (
        {"said": "interview", "employer": "Streamline"},
        "connect",
        "You say that you applied or had an interview at Streamline.",
    ),
    "placed": ({"said": "placed"}, "connect", "You say that Lina placed you in a position once."),
    "agency": (
        {"recruits": "agency", "is_looking": True},
        "connect",
        "Lina recruits for an agency, and your profile says that you look for a new position.",
    ),
    "in_house_and_looking": (
        {"recruits": "in_house", "is_looking": True, "openings": 2} | THERE,
        "apply",
        "Lina recruits for Streamline, and your profile says that you look for a new position.",
    ),
    "in_house": ({"recruits": "in_house"} | THERE, "follow_organization", "Lina recruits for Streamline."),
    "influencer": (
        {"followers": 500, "connections": 100},
        "follow",
        "Lina has 500 followers and 100 connections.",
    ),
    "followed_organization": (
        {"follows_organization": True} | THERE,
        "follow",
        "You follow Streamline, where Lina works.",
    ),
    "nothing_shared": ({}, "follow", "The site knows of nothing that you and Lina share yet."),
}
NEEDS_NOTHING_SHARED = {"followed_organization", "nothing_shared"}
SHARES = {"mutual", "together", "event", "talked", "did_not_talk"}


def facts_for(*rows: str, **more) -> Facts:
    facts: dict = dict(OPEN)
    for row in rows:
        facts |= ROWS[row][0]
    return Facts(**facts | more)


def test_the_rows_stand_in_the_order_of_the_rules():
    assert [row.name for row in TABLE] == list(ROWS)


@pytest.mark.parametrize("row", ROWS)
def test_a_row_gives_its_advice_and_names_its_facts(row):
    _facts, move, reason = ROWS[row]
    advice = advise(facts_for(row))
    assert (advice.row, advice.move, advice.reasons) == (row, move, (reason,))
    assert advice.title
    assert advice.why
    assert "%(" not in f"{advice.title}{advice.why}"


def agree(one: str, other: str) -> bool:
    """Whether both rows can hold at once."""
    first, second = ROWS[one][0], ROWS[other][0]
    contradict = any(first[name] != second[name] for name in first.keys() & second.keys())
    event = {one, other} <= {"event", "talked", "did_not_talk"}
    return not contradict and not event and not (NEEDS_NOTHING_SHARED & {one, other} and SHARES & {one, other})


PAIRS = [pair for pair in combinations(ROWS, 2) if agree(*pair)]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_the_row_that_stands_higher_wins(first, second):
    """Of all pairs that can hold at once; each second row would win alone."""
    advice = advise(facts_for(second, first))
    assert advice.row == first
    assert 1 <= len(advice.reasons) <= 2
    assert advice.reasons[0] == ROWS[first][2]


@pytest.mark.parametrize(
    ("rows", "reasons"),
    [
        (("together", "talked", "applied"), 2),  # a third would be one too many
        (("together", "influencer"), 1),  # speaks against
        (("influencer", "nothing_shared"), 1),  # says nothing
        (("in_house", "influencer"), 2),
    ],
)
def test_the_second_reason_points_the_same_way(rows, reasons):
    advice = advise(facts_for(*rows))
    assert list(advice.reasons) == [ROWS[row][2] for row in rows[:reasons]]


@pytest.mark.parametrize(
    ("facts", "row"),
    [
        ({"followers": 499, "connections": 10}, "nothing_shared"),
        ({"followers": 500, "connections": 101}, "nothing_shared"),
        ({"event": "RiverConf", "event_days_ago": 8, "shared": "Both were at RiverConf"}, "otherwise"),
        ({"recruits": "agency"}, "nothing_shared"),
        ({"asks_to_be_followed_first": True, "follows": True}, "nothing_shared"),
        ({"has_applied": True}, "applied"),
    ],
)
def test_where_a_row_ends(facts, row):
    assert advise(Facts(**OPEN | facts)).row == row


def test_where_only_connections_follow_it_says_so():
    advice = advise(facts_for("nothing_shared", may_follow=False))
    assert advice.why == "Lina is followed by connections only. If you ask, say in your note who you are."


def test_what_is_named_in_a_request_stands_in_the_title():
    assert advise(facts_for("talked")).title == "Connect, and name RiverConf"
    assert advise(facts_for("mutual", introducer="")).title == "Connect, and name Tomasz Wiśniewski"
    assert advise(facts_for("mutual")).title == "Ask Tomasz Wiśniewski to introduce you"


CONNECT_ROWS = ["together", "business", "talked", "applied", "placed", "agency"]
FOLLOW_ROWS = ["follow_first", "did_not_talk", "influencer", "followed_organization", "nothing_shared"]
SHUT = {"may_ask": False}
FOLLOWED = {"follows": True}
LIMITED = {"may_follow": False}
BY_TOMASZ = {"introducer": "Tomasz"}

# rows; what isn't open, or is open besides; what is advised then
CLOSED = [
    (CONNECT_ROWS, SHUT, "follow"),
    (CONNECT_ROWS, SHUT | BY_TOMASZ, "introduction"),
    (CONNECT_ROWS, SHUT | FOLLOWED, "keep_following"),
    (["together", "business", "talked", "placed", "agency"], SHUT | LIMITED, None),
    (["applied"], SHUT | LIMITED | THERE, "follow_organization"),
    (["mutual"], BY_TOMASZ | SHUT, "introduction"),
    (["mutual"], {"introducer": ""}, "connect"),
    (["mutual"], {"introducer": ""} | SHUT, "follow"),
    (["mutual"], {"introducer": ""} | SHUT | LIMITED, None),
    (["event"], SHUT, "follow"),
    (["event"], SHUT | BY_TOMASZ, "introduction"),
    (["event"], SHUT | FOLLOWED, "keep_following"),
    ([row for row in FOLLOW_ROWS if row != "follow_first"], FOLLOWED, "keep_following"),
    (FOLLOW_ROWS, LIMITED, "connect"),
    (FOLLOW_ROWS, LIMITED | BY_TOMASZ, "introduction"),
    (["nothing_shared", "follow_first"], LIMITED | SHUT, None),
    (["in_house_and_looking"], {"openings": 0}, "follow_organization"),
    (["in_house_and_looking"], {"openings": 0, "follows_organization": True}, "follow"),
    (["in_house"], {"follows_organization": True}, "follow"),
    (["in_house"], {"follows_organization": True} | FOLLOWED, "keep_following"),
    (["in_house"], {"follows_organization": True} | LIMITED, "connect"),
]


@pytest.mark.parametrize(
    ("row", "circumstances", "move"),
    [(row, circumstances, move) for rows, circumstances, move in CLOSED for row in rows],
)
def test_what_is_not_open_gives_way_to_what_is(row, circumstances, move):
    advice = advise(facts_for(row, **circumstances))
    assert (advice and advice.move) == move


@pytest.mark.parametrize(
    ("row", "circumstances", "others"),
    [
        ("together", {}, "follow"),
        ("together", FOLLOWED | BY_TOMASZ, "introduction"),
        ("together", FOLLOWED, None),
        ("mutual", {}, "connect"),
        ("mutual", SHUT, "follow"),
        ("nothing_shared", {}, "connect"),
        ("nothing_shared", SHUT | BY_TOMASZ, "introduction"),
        ("in_house_and_looking", {}, "follow_organization"),
        ("in_house", {}, "connect"),
        ("event", {}, None),
    ],
)
def test_the_other_choice_stands_beside_it(row, circumstances, others):
    assert advise(facts_for(row, **circumstances)).other == others


def test_people_who_answered_each_other_connect_whatever_their_cvs_say():
    for row in ("influencer", "nothing_shared", "mutual"):
        advice = advise(facts_for(row, follows=True, days_answered=3))
        assert (advice.row, advice.move) == ("converting", "connect")
        assert advice.reasons[0] == "You and Lina have answered each other on 3 days in the last two months."
    assert advise(facts_for("nothing_shared", follows=True, days_answered=2)).row == "nothing_shared"
    assert advise(facts_for("nothing_shared", days_answered=5)).row == "nothing_shared"


words, numbers, truths = st.sampled_from(["", "Uppsala", "100 %"]), st.integers(0, 5000), st.booleans()
KINDS = {"bool": truths, "str": words, "int": numbers, "int | None": st.none() | st.integers(0, 9)}
ANYTHING = st.builds(
    Facts,
    **{
        name: st.none() | truths if name == "talked" else KINDS[getattr(kind, "__name__", str(kind))]
        for name, kind in Facts.__annotations__.items()
    }
    | {"recruits": st.sampled_from(["", "agency", "in_house"]), "said": st.sampled_from(["", *WHAT])},
)


@given(ANYTHING)
def test_nothing_is_advised_that_is_not_open_and_always_something_that_is(facts):
    advice = advise(facts)
    open_ones = {move for move in Move if HOW[move].is_open(facts)}
    if advice is None:
        assert not open_ones & {Move.CONNECT, Move.FOLLOW, Move.KEEP_FOLLOWING, Move.INTRODUCTION}
        return
    assert advice.move in open_ones
    assert advice.other is None or advice.other in open_ones - {advice.move}
    assert 1 <= len(advice.reasons) <= 2
    assert advise(facts) == advice
