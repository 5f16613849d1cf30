"""What members and operators do to accounts.

- making members at once (`members.py`)
- claiming an account, inviting, being welcomed (`joining.py`)
- what a member decides for themselves (`choosing.py`)
- suspending, leaving, staying, deleting for good (`standing.py`)
- addresses that mail doesn't reach (`addresses.py`)
- walls between two members (`walls.py`)
"""

from accounts.actions.addresses import mark_bounced, mark_reached, send_address_link
from accounts.actions.choosing import change_choices, change_handle
from accounts.actions.joining import address_confirmed, claim_account, invite, send_claim_link, welcome_member
from accounts.actions.members import create_member, create_operator
from accounts.actions.standing import (
    delete_departed,
    keep_account,
    leave,
    reactivate_member,
    suspend_member,
)
from accounts.actions.walls import block_member, lock_pair, lock_pairs, unblock_member

__all__ = [
    "address_confirmed",
    "block_member",
    "change_choices",
    "change_handle",
    "claim_account",
    "create_member",
    "create_operator",
    "delete_departed",
    "invite",
    "keep_account",
    "leave",
    "lock_pair",
    "lock_pairs",
    "mark_bounced",
    "mark_reached",
    "reactivate_member",
    "send_address_link",
    "send_claim_link",
    "suspend_member",
    "unblock_member",
    "welcome_member",
]
