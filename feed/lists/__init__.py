"""Which posts stand in a list, and in which order.

- `timeline.py`: the feed, what a member, organization or group says, and what visitors read, newest first
- `heard.py`: the numbers of the newest posts of everybody whom a member hears, which a feed is made of
- `orders.py`: the two orders of the feed, Latest and Highlights, and a page of either
- `news.py`: how many new posts there are above what somebody reads
- `latest.py`: the latest public posts of several members, for pages that name them
- `activity.py`: what a member commented on and reposted
- `cursors.py`: where a page of a list ends and the next one begins
"""
