"""The pages of who knows whom, by noun.

- `asking.py`: the page to ask on, and the answers
- `answering.py`: answers between yes and no
- `requests.py`: requests received, set aside and sent
- `introductions.py`: introductions to the viewer, asked of them, and asked for by them
- `introducing.py`: asking for one, and answering
- `connections.py`: one's own, somebody else's, mutual ones
- `follows.py`: whom one follows, and who follows
- `blocks.py`: walls
- `endorsements.py`: who vouches for which skill
- `recommendations.py`: who recommends whom, and what stands on whose profile
- `suggestions.py`: people whom one may know
- `answers.py`, `pages.py`, `tabs.py`: how all of them answer, page and hang together
"""
