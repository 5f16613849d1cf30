"""What every page knows of the community."""

from django.utils.functional import SimpleLazyObject

from accounts.models import Community


def community(request) -> dict:
    return {"community": SimpleLazyObject(Community.current)}
