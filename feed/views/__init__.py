"""The feed and the front page (`home.py`), posts (`posts.py`) and comments (`comments.py`)."""
