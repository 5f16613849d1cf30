"""Connect or follow: what the site advises about somebody whom a member isn't connected with (product.md §4).

- `table.py`: the rows, the first that holds wins; to be read and changed by somebody who is no programmer
- `facts.py`: what is known of the two, as far as the viewer may know it
- `moves.py`: what can be advised at all, and how it is said
- `said.py`: what the viewer says and the site can't know
- `advising.py`: from facts and rows to one piece of advice; no queries, and always the same answer
- `gathering.py`: where the facts come from
- `beginning.py`: how a request begins that the advice led to
- `converting.py`: from following to connecting
"""

from network.advice.advising import Advice, advise
from network.advice.facts import Facts
from network.advice.moves import Move

__all__ = ["Advice", "Facts", "Move", "advise"]
