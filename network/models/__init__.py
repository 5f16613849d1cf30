"""Who knows whom.

- `ConnectionRequest`: one member asking another to connect (`request.py`)
- `EmailTry`: a try at a door that opens to people who know the address
- `AskingPause`: a week in which a member asks nobody (`pause.py`)
- `Connection`: two members who both agreed, a row in each direction (`connection.py`)
- `AgreedConnection`: a connection from an earlier system that waits until both have claimed their accounts
- `Follow`: one member's subscription to another's public updates (`follow.py`)
- `Introduction`: a mutual connection passing a request on (`introduction.py`)
- `Mute`: that a member keeps another out of their feed (`mute.py`)
- `NotNow`: that a member doesn't want to connect with somebody they follow yet (`not_now.py`)
- `Endorsement`: a member vouching for one skill of another (`endorsement.py`)
- `Recommendation`: a connection's written comment on a profile, shown once its subject approves (`recommendation.py`)
- `Suggestion`: somebody whom a member may know; `Dismissal`: that they don't want to be told (`suggestion.py`)
"""

from network.models.connection import AgreedConnection, Connection
from network.models.endorsement import Endorsement
from network.models.follow import Follow
from network.models.introduction import Introduction
from network.models.mute import Mute
from network.models.not_now import NotNow
from network.models.pause import AskingPause
from network.models.recommendation import Recommendation
from network.models.request import ConnectionRequest, EmailTry
from network.models.suggestion import Dismissal, SuggestedTo, Suggestion

__all__ = [
    "AgreedConnection",
    "AskingPause",
    "Connection",
    "ConnectionRequest",
    "Dismissal",
    "EmailTry",
    "Endorsement",
    "Follow",
    "Introduction",
    "Mute",
    "NotNow",
    "Recommendation",
    "SuggestedTo",
    "Suggestion",
]
