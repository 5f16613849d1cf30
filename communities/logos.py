"""The logo of an organization: square, in the sizes that faces have on pages."""

from accounts.pictures import Encoded, reencode
from communities.models import Organization

FOLDER = "logos"
SIZES = (96, 192, 384)
"""Lengths of the side, in pixels."""


def read_logo(upload) -> Encoded:
    """Return the uploaded logo in all sizes; raise `Refusal` for what is no fair picture."""
    return reencode(upload, sizes=SIZES, square=True)


def logos_visible_to(viewer):
    """Organizations whose logo the viewer may see: all that they see, and that have one."""
    return Organization.objects.visible_to(viewer).exclude(logo_key="")
