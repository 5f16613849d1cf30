"""Pages about accounts.

- joining: invitations, claiming (`joining.py`)
- the welcome (`welcome.py`)
- settings (`settings.py`), blocked people (`walls.py`), other sessions (`sessions.py`)
- suspended, leaving, staying (`standing.py`)
- the site's colour (`theme.py`)
"""
