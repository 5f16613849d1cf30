"""Members and the walls between them.

- `User`: a member, or somebody an operator's roster invites (`user.py`, with `identity.py`,
  `choices.py`, `standing.py`)
- `FormerHandle`: a handle that a member gave up, which still leads to them
- `Block`: a wall between two members
- `Community`: what operators set for the whole site
- `Invitation`: an address that operators let join
"""

from accounts.models.block import Block
from accounts.models.community import Community
from accounts.models.handle import FormerHandle
from accounts.models.invitation import Invitation
from accounts.models.user import User

__all__ = ["Block", "Community", "FormerHandle", "Invitation", "User"]
