"""Tags (product.md §8).

- `tagged.py`: which posts a tag brings into a feed, and which a muted one keeps out of it
- `pages.py`: what the page of a tag shows
- `finding.py`: finding tags by how they begin
"""
