"""The pages of profiles.

- `page.py`: a member's profile
- `photo.py`: the file of a photo
- `search.py`: finding people
- `editing.py`, `entries.py`: changing one's own profile in place
"""
