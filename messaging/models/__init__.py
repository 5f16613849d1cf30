"""What two connections write to each other.

- `Conversation`: between two members, one a pair for ever
- `Seat`: a member's side of a conversation: what they read, muted, archived
- `Message`: one message; edited and deleted within 15 minutes
- `Attachment`: a picture or a file that came with a message
- `Revision`: what a message said before, for 30 days and for reports alone
"""

from messaging.models.attachment import Attachment
from messaging.models.conversation import Conversation, Seat
from messaging.models.message import CHANGEABLE_FOR, Message
from messaging.models.revision import Revision

__all__ = ["CHANGEABLE_FOR", "Attachment", "Conversation", "Message", "Revision", "Seat"]
