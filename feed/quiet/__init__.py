"""Reading less of something (product.md §8).

- `remedies.py`: what a reader can do about a post in their feed: mute, unfollow, see less, hide
- `kinds.py`: the kinds of what a member muted and hid, for the page that lists and undoes all of it
"""
