"""What members fill in: for posts and comments (`posts.py`), articles (`articles.py`), pictures (`pictures.py`)."""
