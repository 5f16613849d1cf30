"""Posts, articles and comments, and the feed in which members read them.

- what is kept: `models`; what members do with it: `actions`; what they fill in: `forms`; pages: `views`
- `lists`: which posts stand in a list, in which order, and where its next page begins
- `highlights`: how the feed is ranked, and how a reader is told why
- `quiet`: what a reader can do to read less of something, and undoes
- `tags`: what tags bring into a feed, their pages, and finding them
- `showing`: what a card and the page of a post show
- `articles`: from Markdown to what readers see, and drafts
- beside them: what was said before (`history.py`), what was hidden by moderators (`hiding.py`), pictures
  (`pictures.py`), what members are told (`notices.py`, `congratulations.py`), a way to reach somebody (`ways.py`), and
  Atom (`atom.py`)
"""
