"""How much each kind of common ground weighs: for what is said first, and for whom to suggest first."""

MUTUAL = 10
MUTUAL_UP_TO = 10
"""Each mutual connection weighs one more, up to so many."""
EVENT = 12
GROUP = 8
PLACE_TOGETHER = {True: 15, False: 9}
"""An organization or school that two CVs name, at the same time: if it is proved, and if it is claimed."""
PLACE = {True: 7, False: 4}
"""When isn't known."""
PLACE_APART = {True: 6, False: 2}
"""At different times."""
