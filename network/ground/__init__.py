"""What two members share: common ground, proved or claimed (product.md §1).

- `common_ground` says it of many people at once (`gathering.py`); `Ground` and `Shared` are what it says (`shared.py`)
- mutual connections come from `network.degrees`; groups and events from `meeting.py`; organizations and schools, with
  the years that overlap (`times.py`), from `cvs.py`
- `proved_among` says only with whom anything is proved: what comes first, and what opens a door (`proof.py`)
"""

from network.ground.gathering import common_ground
from network.ground.proof import proved_among
from network.ground.shared import Ground, Shared

__all__ = ["Ground", "Shared", "common_ground", "proved_among"]
