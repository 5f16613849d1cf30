"""Highlights: the feed, ranked (docs/decisions/0060-highlights.md).

- `signals.py`: by what it is ranked and how much each counts, in words that a member can read too
- `ranking.py`: ranking what a member would read, once, when they begin
- `readings.py`: the order in which they then read, and a page of it
- `closeness.py`: how close a member is to those whom they hear, worked out ahead; `exchanges.py`: who answered whom
- `reasons.py`: why a post stands where it stands, in one sentence; `explaining.py`: the whole reason, with its facts
"""
