"""Articles, as they are read (docs/decisions/0064-articles-and-drafts.md).

- `markdown.py`: from what is typed to HTML; `reading_time.py`: how long it takes to read
- `pieces.py`: an article, as a card or its own page shows it
- `drafts.py`: the drafts of a member, as their list shows them
"""
