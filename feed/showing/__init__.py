"""What a card and the page of a post show, worked out before a template renders it.

- `items.py`: a post as a card, with all that the card says
- `speakers.py`: who says it; `saying.py`: its words, with links, tags and the people whom they name
- `grids.py`: its pictures, and how wide they stand
- `link_cards.py`: a card for the first link in it
- `reactions.py`: how many reacted, and how; `limits.py`: why somebody can't comment
- `threads.py`: the comments on it
"""
