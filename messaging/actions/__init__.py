"""Writing to each other (product.md §9).

- opening a conversation: `open_conversation`, `begin_with_note` (`opening.py`)
- `send_message` (`sending.py`)
- for 15 minutes: `edit_message`, `delete_message` (`changing.py`)
- one's own side of it: `mark_read`, `mute`, `unmute`, `archive`, `unarchive`, `disconnect_and_mute` (`keeping.py`)
- what open pages learn of all that (`telling.py`)
- what goes: `erase_files`, `forget_earlier_words` (`erasing.py`)
"""

from messaging.actions.changing import delete_message, edit_message
from messaging.actions.erasing import erase_files, forget_earlier_words
from messaging.actions.keeping import archive, disconnect_and_mute, mark_read, mute, unarchive, unmute
from messaging.actions.opening import begin_with_note, open_conversation
from messaging.actions.sending import TOLD_AFTER, send_message

__all__ = [
    "TOLD_AFTER",
    "archive",
    "begin_with_note",
    "delete_message",
    "disconnect_and_mute",
    "edit_message",
    "erase_files",
    "forget_earlier_words",
    "mark_read",
    "mute",
    "open_conversation",
    "send_message",
    "unarchive",
    "unmute",
]
