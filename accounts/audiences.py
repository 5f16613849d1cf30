"""The circles that a member opens something to (product.md §1, §2, §11)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Who a post, a contact detail or a profile is for."""

    PUBLIC = "public", _("Public")
    MEMBERS = "members", _("Members")
    CONNECTIONS = "connections", _("Connections")
    GROUP = "group", _("Members of the group")
    NOBODY = "nobody", _("Nobody")

    @property
    def width(self) -> int:
        """How wide the circle is, 3 (public) to 0 (nobody): narrowing lowers it. A group is a circle of its own."""
        return {"public": 3, "members": 2, "connections": 1, "group": 1, "nobody": 0}[self.value]


def audiences(*which: Audience) -> list[tuple[str, str]]:
    """Return the choices of a field that allows only some audiences."""
    return [(audience.value, audience.label) for audience in which]
